-- How far a member of the staff works without supervision: 1 basic, 2 intermediate, 3 advanced; nothing, when nobody has
-- said, and then he works alone.
ALTER TABLE person ADD COLUMN level BIGINT NULL CHECK (level BETWEEN 1 AND 3);

-- Whose words are read by a senior before they go out: of everybody up to a level, or of one person. `reviewer` is the one
-- named; nobody named means the seniors of the ticket's team. A rule that was taken away keeps its row.
CREATE TABLE review_rule (
  id @pk,
  level BIGINT NULL CHECK (level BETWEEN 1 AND 3),
  person BIGINT NULL REFERENCES person (id),
  what TEXT NOT NULL CHECK (what IN ('reply', 'solution', 'article')),
  topic BIGINT NULL REFERENCES topic (id),
  reviewer BIGINT NULL REFERENCES person (id),
  made_by BIGINT NOT NULL REFERENCES person (id),
  removed BOOLEAN NOT NULL DEFAULT FALSE,
  created_at BIGINT NOT NULL
);
CREATE INDEX review_rule_person ON review_rule (person);
CREATE INDEX review_rule_reviewer ON review_rule (reviewer);
CREATE INDEX review_rule_topic ON review_rule (topic);
CREATE INDEX review_rule_made_by ON review_rule (made_by);

-- Words that wait for a senior. `requester`, `team` and `assignee` are as they were when the words were handed in, so that
-- the reviewer is told what has changed since; `seen` is the newest message then. Until `falls_at` it is the turn of the
-- one named alone. `event` is the line of the log that sent them.
CREATE TABLE review (
  id @pk,
  ticket BIGINT NOT NULL REFERENCES ticket (number),
  what TEXT NOT NULL CHECK (what IN ('reply', 'solution')),
  author BIGINT NOT NULL REFERENCES person (id),
  reviewer BIGINT NULL REFERENCES person (id),
  state TEXT NOT NULL CHECK (state IN ('waiting', 'returned', 'taken_back', 'approved')),
  then_status TEXT NULL CHECK (then_status IN ('open', 'pending', 'on_hold', 'solved')),
  minutes BIGINT NULL,
  requester BIGINT NOT NULL REFERENCES person (id),
  team BIGINT NULL REFERENCES team (id),
  assignee BIGINT NULL REFERENCES person (id),
  seen BIGINT NOT NULL,
  falls_at BIGINT NOT NULL,
  handed_at BIGINT NOT NULL,
  decided_by BIGINT NULL REFERENCES person (id),
  decided_at BIGINT NULL,
  event BIGINT NULL,
  revision BIGINT NOT NULL DEFAULT 0,
  created_at BIGINT NOT NULL
);
CREATE INDEX review_ticket ON review (ticket);
CREATE INDEX review_waiting ON review (handed_at, id) WHERE state = 'waiting';
CREATE INDEX review_author ON review (author, state);
CREATE INDEX review_reviewer ON review (reviewer);
CREATE INDEX review_decided_by ON review (decided_by);
CREATE INDEX review_requester ON review (requester);
CREATE INDEX review_team ON review (team);
CREATE INDEX review_assignee ON review (assignee);

-- What was handed in, and what the reviewer made of it, in order. The four texts are packed; a reply has a body alone, a
-- solution the other three. `words` is what was said when a version was sent back.
CREATE TABLE review_version (
  id @pk,
  review BIGINT NOT NULL REFERENCES review (id),
  writer BIGINT NOT NULL REFERENCES person (id),
  body @bytes NOT NULL,
  cause @bytes NOT NULL,
  steps @bytes NOT NULL,
  helped @bytes NOT NULL,
  words TEXT NOT NULL DEFAULT '',
  at BIGINT NOT NULL
);
CREATE INDEX review_version_review ON review_version (review, id);
CREATE INDEX review_version_writer ON review_version (writer);

-- The files that go with the words; their content is in the store already.
CREATE TABLE review_file (
  id @pk,
  review BIGINT NOT NULL REFERENCES review (id),
  name TEXT NOT NULL,
  mime TEXT NOT NULL,
  bytes BIGINT NOT NULL,
  sha256 TEXT NOT NULL
);
CREATE INDEX review_file_review ON review_file (review);
CREATE INDEX review_file_sha256 ON review_file (sha256);
