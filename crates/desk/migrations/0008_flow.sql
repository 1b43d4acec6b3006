-- A ticket put away until a moment: a job brings it back then, and a word of the requester earlier. Its clock runs on.
ALTER TABLE ticket ADD COLUMN snoozed_until BIGINT NULL;

-- A reply that is written and leaves at its own time. `requester` and `seen` are whom it is for and how far its author
-- had read: when either is no longer so, it is held and not sent. `body` is packed; `then_status` goes with it.
CREATE TABLE planned_reply (
  id @pk,
  ticket BIGINT NOT NULL REFERENCES ticket (number),
  author BIGINT NOT NULL REFERENCES person (id),
  requester BIGINT NOT NULL REFERENCES person (id),
  body @bytes NOT NULL,
  then_status TEXT NULL CHECK (then_status IN ('open', 'pending', 'on_hold', 'solved')),
  seen BIGINT NOT NULL,
  send_at BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'held', 'sent', 'withdrawn')),
  reason TEXT NOT NULL DEFAULT '',
  message BIGINT NULL REFERENCES message (id),
  created_at BIGINT NOT NULL
);
CREATE INDEX planned_reply_ticket ON planned_reply (ticket, send_at);
CREATE INDEX planned_reply_author ON planned_reply (author);
CREATE INDEX planned_reply_requester ON planned_reply (requester);
CREATE INDEX planned_reply_message ON planned_reply (message);

-- The files that leave with it; their content is in the store already.
CREATE TABLE planned_file (
  id @pk,
  reply BIGINT NOT NULL REFERENCES planned_reply (id),
  name TEXT NOT NULL,
  mime TEXT NOT NULL,
  bytes BIGINT NOT NULL,
  sha256 TEXT NOT NULL
);
CREATE INDEX planned_file_reply ON planned_file (reply);
CREATE INDEX planned_file_sha256 ON planned_file (sha256);

-- A ticket that was split off another one: an answer to words that went along finds it.
CREATE TABLE split (
  ticket BIGINT PRIMARY KEY REFERENCES ticket (number),
  origin BIGINT NOT NULL REFERENCES ticket (number),
  at BIGINT NOT NULL
);
CREATE INDEX split_origin ON split (origin);
