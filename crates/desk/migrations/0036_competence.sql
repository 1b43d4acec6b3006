-- What a person says of himself: one row a round, answered over several days if need be. One may be open at a time.
CREATE TABLE self_assessment (
  id @pk,
  person BIGINT NOT NULL REFERENCES person (id),
  began_at BIGINT NOT NULL,
  finished_at BIGINT NULL
);
CREATE UNIQUE INDEX self_assessment_open ON self_assessment (person) WHERE finished_at IS NULL;
CREATE INDEX self_assessment_person ON self_assessment (person, id);

-- `statement` is its name in the program: area, level and place (`support-1-3`).
CREATE TABLE self_answer (
  assessment BIGINT NOT NULL REFERENCES self_assessment (id),
  statement TEXT NOT NULL,
  answer TEXT NOT NULL CHECK (answer IN ('not_yet', 'with_help', 'alone', 'shows')),
  PRIMARY KEY (assessment, statement)
) @by_key;

-- What came out when it was finished, kept as it came out. 0 stands for "not yet basic".
CREATE TABLE self_level (
  assessment BIGINT NOT NULL REFERENCES self_assessment (id),
  area TEXT NOT NULL CHECK (area IN ('business', 'design', 'development', 'testing', 'security', 'support')),
  level BIGINT NOT NULL CHECK (level BETWEEN 0 AND 3),
  PRIMARY KEY (assessment, area)
) @by_key;

-- The lead's words, each with why; the newest of an area counts, the others show the way.
CREATE TABLE lead_level (
  id @pk,
  person BIGINT NOT NULL REFERENCES person (id),
  area TEXT NOT NULL CHECK (area IN ('business', 'design', 'development', 'testing', 'security', 'support')),
  level BIGINT NOT NULL CHECK (level BETWEEN 0 AND 3),
  why TEXT NOT NULL,
  said_by BIGINT NOT NULL REFERENCES person (id),
  at BIGINT NOT NULL
);
CREATE INDEX lead_level_person ON lead_level (person, area, id);

-- What a team wants: so many people at this level or above.
CREATE TABLE team_target (
  team BIGINT NOT NULL REFERENCES team (id),
  area TEXT NOT NULL CHECK (area IN ('business', 'design', 'development', 'testing', 'security', 'support')),
  level BIGINT NOT NULL CHECK (level BETWEEN 1 AND 3),
  people BIGINT NOT NULL CHECK (people BETWEEN 1 AND 99),
  PRIMARY KEY (team, area)
) @by_key;

-- Skills of the desk's own, beside the six areas, and the topics they are good for.
CREATE TABLE skill (
  id @pk,
  name_en TEXT NOT NULL,
  name_fr TEXT NOT NULL,
  retired BOOLEAN NOT NULL DEFAULT FALSE
);

CREATE TABLE skill_topic (
  skill BIGINT NOT NULL REFERENCES skill (id),
  topic BIGINT NOT NULL REFERENCES topic (id),
  PRIMARY KEY (skill, topic)
) @by_key;
CREATE INDEX skill_topic_topic ON skill_topic (topic);

CREATE TABLE skill_level (
  skill BIGINT NOT NULL REFERENCES skill (id),
  person BIGINT NOT NULL REFERENCES person (id),
  own BIGINT NULL CHECK (own BETWEEN 0 AND 3),
  lead BIGINT NULL CHECK (lead BETWEEN 0 AND 3),
  PRIMARY KEY (skill, person)
) @by_key;
CREATE INDEX skill_level_person ON skill_level (person);

-- Days are midnights in UTC. `reminded` is how far its owner has been told that it ends.
CREATE TABLE certification (
  id @pk,
  person BIGINT NOT NULL REFERENCES person (id),
  name TEXT NOT NULL,
  issuer TEXT NOT NULL,
  number TEXT NOT NULL,
  obtained_at BIGINT NULL,
  expires_at BIGINT NULL,
  reminded BIGINT NOT NULL DEFAULT 0,
  removed BOOLEAN NOT NULL DEFAULT FALSE
);
CREATE INDEX certification_person ON certification (person, id);
