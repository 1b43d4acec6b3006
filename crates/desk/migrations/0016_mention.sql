-- Who was named in a message, with `@`. `told` is false where he may not see the ticket; `watches` is true where it made
-- him a watcher, so that taking the words back takes that back too; `lettered` when a letter told him; `seen_at` is when he
-- looked at the ticket since.
CREATE TABLE mention (
  id @pk,
  message BIGINT NOT NULL REFERENCES message (id),
  person BIGINT NOT NULL REFERENCES person (id),
  told BOOLEAN NOT NULL,
  watches BOOLEAN NOT NULL,
  lettered BOOLEAN NOT NULL DEFAULT FALSE,
  seen_at BIGINT NULL,
  UNIQUE (message, person)
);
CREATE INDEX mention_unseen ON mention (person) WHERE seen_at IS NULL;

-- Whether a letter tells him that he was named on a ticket he has not looked at since.
ALTER TABLE person ADD COLUMN letter_when_named BOOLEAN NOT NULL DEFAULT TRUE;
