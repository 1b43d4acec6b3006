-- What a letter says, as one number (the SHA-256 of its words and files), and when its sender says it was written: by them,
-- with the identifier, the same letter is known when it comes again. Empty for letters read before.
ALTER TABLE letter ADD COLUMN content TEXT NOT NULL DEFAULT '';
ALTER TABLE letter ADD COLUMN dated BIGINT NULL;
CREATE INDEX letter_content ON letter (content) WHERE content <> '';

-- Under whose name a letter that opened a ticket counts for the brake: the sender with who brought it, or with our own
-- server's word. Empty for all others.
ALTER TABLE letter ADD COLUMN brake TEXT NOT NULL DEFAULT '';
CREATE INDEX letter_brake ON letter (brake, received_at) WHERE brake <> '';

-- Senders (an address or a whole domain) who may open very many tickets, as a monitoring system does.
CREATE TABLE brake_exempt (
  sender TEXT PRIMARY KEY,
  added_at BIGINT NOT NULL
) @by_key;

-- At most so many tickets an hour from letters to this mailbox; NULL for any number.
ALTER TABLE mailbox ADD COLUMN most_an_hour BIGINT NULL;
