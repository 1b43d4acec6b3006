-- A solved ticket given to somebody to work once more: a copy without what names anybody, what he would do, and what he
-- learnt. Until `handed_at` he does not see what was done.
CREATE TABLE practice (
  id @pk,
  ticket BIGINT NOT NULL REFERENCES ticket (number),
  person BIGINT NOT NULL REFERENCES person (id),
  given_by BIGINT NOT NULL REFERENCES person (id),
  given_at BIGINT NOT NULL,
  language TEXT NOT NULL CHECK (language IN ('en', 'fr')),
  title TEXT NOT NULL,
  request TEXT NOT NULL,
  done_replies TEXT NOT NULL,
  done_cause TEXT NOT NULL,
  done_steps TEXT NOT NULL,
  done_helped TEXT NOT NULL,
  asks TEXT NOT NULL DEFAULT '',
  diagnosis TEXT NOT NULL DEFAULT '',
  answer TEXT NOT NULL DEFAULT '',
  handed_at BIGINT NULL,
  learnt TEXT NOT NULL DEFAULT '',
  comment TEXT NOT NULL DEFAULT '',
  removed BOOLEAN NOT NULL DEFAULT FALSE
);
CREATE INDEX practice_person ON practice (person, id);
CREATE INDEX practice_ticket ON practice (ticket);
