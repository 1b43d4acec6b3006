-- The title the field has for the work of somebody on the staff: a unit group of the classification and, of the groups
-- whose job titles are known, one of them with its language. Without words it is the group's own title.
CREATE TABLE person_title (
  person BIGINT PRIMARY KEY REFERENCES person (id),
  code TEXT NOT NULL,
  words TEXT NOT NULL,
  lang TEXT NOT NULL CHECK (lang IN ('en', 'fr')),
  given_by BIGINT NOT NULL REFERENCES person (id),
  at BIGINT NOT NULL
);
CREATE INDEX person_title_given_by ON person_title (given_by);

-- What a team says of its work in a job description.
CREATE TABLE team_words (
  team BIGINT PRIMARY KEY REFERENCES team (id),
  words_en TEXT NOT NULL,
  words_fr TEXT NOT NULL
);

-- Tables of wages as they were brought in. The one in use is the newest that was not taken back; where there is none,
-- the one the program comes with.
CREATE TABLE wage_edition (
  id @pk,
  taken_back BOOLEAN NOT NULL DEFAULT FALSE,
  made_by BIGINT NOT NULL REFERENCES person (id),
  at BIGINT NOT NULL
);
CREATE INDEX wage_edition_made_by ON wage_edition (made_by);

-- Canadian cents, for an hour or for a year. `place` keeps the order of the file; `dated` is a year, a month or a day.
CREATE TABLE wage (
  edition BIGINT NOT NULL REFERENCES wage_edition (id),
  place BIGINT NOT NULL,
  region_en TEXT NOT NULL,
  region_fr TEXT NOT NULL,
  per TEXT NOT NULL CHECK (per IN ('hour', 'year')),
  low BIGINT NULL,
  median BIGINT NOT NULL,
  high BIGINT NULL,
  source TEXT NOT NULL,
  dated TEXT NOT NULL,
  PRIMARY KEY (edition, place)
) @by_key;

-- Supervisors whom an administrator lets plan with wages.
CREATE TABLE wage_planner (
  person BIGINT PRIMARY KEY REFERENCES person (id),
  at BIGINT NOT NULL
);
