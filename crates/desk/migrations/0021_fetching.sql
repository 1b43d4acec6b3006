-- Somebody asked for a look at once; letters that are kept here and that the server would not mark, at the last look; and
-- when it gave all letters new numbers.
ALTER TABLE source ADD COLUMN asked_at BIGINT NULL;
ALTER TABLE source ADD COLUMN unsettled BIGINT NOT NULL DEFAULT 0;
ALTER TABLE source ADD COLUMN renumbered_at BIGINT NULL;

-- What was kept under that name: another letter under the same name is another letter.
ALTER TABLE source_seen ADD COLUMN sha256 TEXT NOT NULL DEFAULT '';

-- Letters that could not be had, how often, and when last: after a few times the others go before them.
CREATE TABLE source_missed (
  mailbox BIGINT NOT NULL REFERENCES mailbox (id),
  name TEXT NOT NULL,
  times BIGINT NOT NULL,
  words TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (mailbox, name)
) @by_key;

-- One more reason why a letter stays there.
CREATE TABLE source_left_now (
  mailbox BIGINT NOT NULL REFERENCES mailbox (id),
  name TEXT NOT NULL,
  why TEXT NOT NULL CHECK (why IN ('too-large', 'withheld', 'given-up')),
  bytes BIGINT NOT NULL DEFAULT 0,
  words TEXT NOT NULL DEFAULT '',
  since BIGINT NOT NULL,
  PRIMARY KEY (mailbox, name)
) @by_key;
INSERT INTO source_left_now (mailbox, name, why, bytes, words, since)
  SELECT mailbox, name, why, bytes, words, since FROM source_left;
DROP TABLE source_left;
ALTER TABLE source_left_now RENAME TO source_left;

-- A mailbox that is no longer in use: its letters and tickets stay, and letters to it are refused.
ALTER TABLE mailbox ADD COLUMN retired_at BIGINT NULL;
