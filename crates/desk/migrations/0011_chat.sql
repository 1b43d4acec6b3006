-- A live chat is a ticket of channel chat, and its lines are the ticket's messages. Here stands what lives only while
-- somebody waits or talks. Of the visitor's secret a hash is kept. `asked_at` is his place in the queue, `since` when the
-- present state began, `seen_at` when his browser was last there.
CREATE TABLE chat (
  ticket BIGINT PRIMARY KEY REFERENCES ticket (number),
  hash TEXT NOT NULL,
  person BIGINT NOT NULL REFERENCES person (id),
  state TEXT NOT NULL CHECK (state IN ('waiting', 'taken', 'ended', 'left')),
  technician BIGINT NULL REFERENCES person (id),
  asked_at BIGINT NOT NULL,
  since BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  ended_at BIGINT NULL
);
CREATE UNIQUE INDEX chat_hash ON chat (hash);
CREATE INDEX chat_state ON chat (state, asked_at, ticket);
CREATE INDEX chat_person ON chat (person, state);
CREATE INDEX chat_technician ON chat (technician, state);

-- The key a browser gave a line: sent again after a lost connection, it is the same line.
CREATE TABLE chat_line (
  ticket BIGINT NOT NULL REFERENCES ticket (number),
  client TEXT NOT NULL,
  message BIGINT NOT NULL REFERENCES message (id),
  PRIMARY KEY (ticket, client)
) @by_key;
CREATE INDEX chat_line_message ON chat_line (message);

-- "I can take three": how many chats a person takes at a time, until when. Nobody forgets for long to say he is away.
CREATE TABLE chat_share (
  person BIGINT PRIMARY KEY REFERENCES person (id),
  takes BIGINT NOT NULL,
  until BIGINT NOT NULL
);
CREATE INDEX chat_share_until ON chat_share (until);
