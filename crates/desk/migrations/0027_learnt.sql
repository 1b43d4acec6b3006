-- What helped whom: that an article, a ticket or a known error was linked to a ticket, used on it, or set aside there. One
-- line for each ticket and target; the ranking learns from it, strictly from the past.
CREATE TABLE learnt (
  id @pk,
  ticket BIGINT NOT NULL REFERENCES ticket (number),
  kind TEXT NOT NULL,
  target BIGINT NOT NULL,
  how TEXT NOT NULL,
  person BIGINT NULL REFERENCES person (id),
  at BIGINT NOT NULL,
  UNIQUE (ticket, kind, target)
);
CREATE INDEX learnt_target ON learnt (kind, target, at);
