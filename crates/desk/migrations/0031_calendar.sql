-- When people work: the hours of a week, in a zone, without the public holidays of a set and without days of its own.
-- Where no zone is said it is the desk's. `week` is a JSON list of Monday to Sunday, each a list of periods in minutes
-- of the day. One calendar holds the desk's own hours; it is there from the beginning and is never taken out of use.
CREATE TABLE calendar (
  id @pk,
  name_en TEXT NOT NULL,
  name_fr TEXT NOT NULL,
  zone TEXT NULL,
  week TEXT NOT NULL,
  holidays TEXT NULL,
  house BOOLEAN NOT NULL DEFAULT FALSE,
  retired BOOLEAN NOT NULL DEFAULT FALSE,
  created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX calendar_house ON calendar (house) WHERE house;

-- Days on which nobody works, such as 2026-12-24; a yearly one comes again each year.
CREATE TABLE calendar_day (
  calendar BIGINT NOT NULL REFERENCES calendar (id),
  day TEXT NOT NULL,
  name TEXT NOT NULL,
  yearly BOOLEAN NOT NULL,
  PRIMARY KEY (calendar, day)
) @by_key;

INSERT INTO calendar (name_en, name_fr, week, house, created_at)
VALUES ('Opening hours', 'Heures d’ouverture',
  '[[[480,1020]],[[480,1020]],[[480,1020]],[[480,1020]],[[480,1020]],[],[]]', TRUE, 0);
