-- Where the letters of a mailbox are fetched, when they do not come to a door of ours, and how that goes. `secret` is
-- sealed: a password, or what a mail provider gave us to sign in with. `validity` and `last_uid` say how far an IMAP
-- folder was read.
CREATE TABLE source (
  mailbox BIGINT PRIMARY KEY REFERENCES mailbox (id),
  protocol TEXT NOT NULL CHECK (protocol IN ('imap', 'pop3')),
  host TEXT NOT NULL,
  port BIGINT NOT NULL,
  protection TEXT NOT NULL CHECK (protection IN ('none', 'starttls', 'implicit')),
  sign_in TEXT NOT NULL CHECK (sign_in IN ('password', 'microsoft', 'google')),
  user_name TEXT NOT NULL,
  client TEXT NOT NULL DEFAULT '',
  tenant TEXT NOT NULL DEFAULT '',
  secret @bytes NULL,
  folder TEXT NOT NULL DEFAULT 'INBOX',
  afterwards TEXT NOT NULL CHECK (afterwards IN ('seen', 'move', 'delete')),
  move_to TEXT NOT NULL DEFAULT '',
  active BOOLEAN NOT NULL DEFAULT TRUE,
  validity BIGINT NOT NULL DEFAULT 0,
  last_uid BIGINT NOT NULL DEFAULT 0,
  well_at BIGINT NULL,
  failing_since BIGINT NULL,
  fault TEXT NULL CHECK (fault IN ('sign-in', 'refused', 'line', 'broken', 'key')),
  words TEXT NOT NULL DEFAULT '',
  renew_by BIGINT NULL,
  changed_at BIGINT NOT NULL
);

-- Letters a POP3 server still shows and we already have.
CREATE TABLE source_seen (
  mailbox BIGINT NOT NULL REFERENCES mailbox (id),
  name TEXT NOT NULL,
  PRIMARY KEY (mailbox, name)
) @by_key;

-- When the administrators are told that nothing comes any more: after so many hours; 0 for never; NULL for longer than
-- the mailbox has ever been quiet before. And what they were told last.
ALTER TABLE mailbox ADD COLUMN quiet_hours BIGINT NULL;
ALTER TABLE mailbox ADD COLUMN told TEXT NOT NULL DEFAULT '';
ALTER TABLE mailbox ADD COLUMN told_at BIGINT NULL;

-- How many letters were handed over to us, by day (of UTC) and way, counted as they were kept: the ledger must hold as
-- many. `shard` lets several letters be counted at once. Mailbox 0: for no mailbox of ours.
CREATE TABLE letter_tally (
  mailbox BIGINT NOT NULL,
  way TEXT NOT NULL,
  day BIGINT NOT NULL,
  shard BIGINT NOT NULL,
  letters BIGINT NOT NULL,
  bytes BIGINT NOT NULL,
  PRIMARY KEY (mailbox, way, day, shard)
) @by_key;
INSERT INTO letter_tally (mailbox, way, day, shard, letters, bytes)
  SELECT COALESCE(mailbox, 0), way, received_at / 86400000000, 0, count(*), CAST(sum(bytes) AS BIGINT)
  FROM letter GROUP BY COALESCE(mailbox, 0), way, received_at / 86400000000;

-- What reading found besides words and files (a report, an invitation, a signature), as JSON; and who brought it, as our
-- own door saw it, with what we found out about the sender.
ALTER TABLE letter ADD COLUMN findings TEXT NOT NULL DEFAULT '{}';
ALTER TABLE letter ADD COLUMN peer TEXT NOT NULL DEFAULT '';
ALTER TABLE letter ADD COLUMN helo TEXT NOT NULL DEFAULT '';
ALTER TABLE letter ADD COLUMN vouched TEXT NOT NULL DEFAULT '';

-- What a mailbox does with letters that say something: the first rule that fits decides.
CREATE TABLE mail_rule (
  id @pk,
  mailbox BIGINT NOT NULL REFERENCES mailbox (id),
  place BIGINT NOT NULL,
  field TEXT NOT NULL CHECK (field IN ('sender', 'subject', 'words', 'recipient', 'file')),
  holds TEXT NOT NULL,
  team BIGINT NULL REFERENCES team (id),
  topic BIGINT NULL REFERENCES topic (id),
  priority TEXT NULL CHECK (priority IN ('low', 'normal', 'high', 'urgent')),
  only_record BOOLEAN NOT NULL DEFAULT FALSE
);
CREATE INDEX mail_rule_mailbox ON mail_rule (mailbox, place);
