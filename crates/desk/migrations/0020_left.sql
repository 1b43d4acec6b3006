-- Letters that stay on the server they would be fetched from, since they cannot be taken: until somebody has seen to them.
CREATE TABLE source_left (
  mailbox BIGINT NOT NULL REFERENCES mailbox (id),
  name TEXT NOT NULL,
  why TEXT NOT NULL CHECK (why IN ('too-large', 'withheld')),
  bytes BIGINT NOT NULL DEFAULT 0,
  words TEXT NOT NULL DEFAULT '',
  since BIGINT NOT NULL,
  PRIMARY KEY (mailbox, name)
) @by_key;
