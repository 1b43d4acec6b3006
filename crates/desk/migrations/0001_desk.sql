-- One text for both engines. Times are UTC microseconds, states are text with CHECK, JSON is text, ids are integers.
-- `@pk`, `@bytes` and `@txid` are the dialect words `db` replaces.

CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
);

CREATE TABLE organization (
  id @pk,
  name TEXT NOT NULL,
  domain TEXT NULL,
  shares_requests BOOLEAN NOT NULL DEFAULT FALSE,
  note TEXT NOT NULL DEFAULT '',
  created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX organization_domain ON organization (domain);

CREATE TABLE person (
  id @pk,
  name TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('requester', 'technician', 'supervisor', 'admin')),
  language TEXT NOT NULL DEFAULT 'en' CHECK (language IN ('en', 'fr')),
  organization BIGINT NULL REFERENCES organization (id),
  job TEXT NOT NULL DEFAULT '',
  site TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '',
  password TEXT NULL,
  suspended BOOLEAN NOT NULL DEFAULT FALSE,
  theme TEXT NOT NULL DEFAULT 'system' CHECK (theme IN ('system', 'light', 'dark')),
  single_keys BOOLEAN NOT NULL DEFAULT TRUE,
  zone TEXT NULL,
  merged_into BIGINT NULL REFERENCES person (id),
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX person_organization ON person (organization);
CREATE INDEX person_name ON person (name);
CREATE INDEX person_role ON person (role, name);

-- An address belongs to one person; it is kept in lower case.
CREATE TABLE address (
  address TEXT PRIMARY KEY,
  person BIGINT NOT NULL REFERENCES person (id),
  main BOOLEAN NOT NULL DEFAULT TRUE,
  confirmed BOOLEAN NOT NULL DEFAULT FALSE,
  bounced_at BIGINT NULL
);
CREATE INDEX address_person ON address (person);

CREATE TABLE phone (
  id @pk,
  person BIGINT NOT NULL REFERENCES person (id),
  number TEXT NOT NULL,
  digits TEXT NOT NULL
);
CREATE INDEX phone_person ON phone (person);
CREATE INDEX phone_digits ON phone (digits);

-- Words of people and organizations for the look-up while typing: lower case, accents folded, [a-z0-9] only, so that
-- a prefix is a range in every collation.
CREATE TABLE find_word (
  kind TEXT NOT NULL CHECK (kind IN ('person', 'org')),
  word TEXT NOT NULL,
  id BIGINT NOT NULL,
  PRIMARY KEY (kind, word, id)
) @by_key;
CREATE INDEX find_word_of ON find_word (kind, id, word);

CREATE TABLE team (
  id @pk,
  name_en TEXT NOT NULL,
  name_fr TEXT NOT NULL,
  private BOOLEAN NOT NULL DEFAULT FALSE,
  created_at BIGINT NOT NULL
);

CREATE TABLE membership (
  person BIGINT NOT NULL REFERENCES person (id),
  team BIGINT NOT NULL REFERENCES team (id),
  leads BOOLEAN NOT NULL DEFAULT FALSE,
  PRIMARY KEY (person, team)
);
CREATE INDEX membership_team ON membership (team);

CREATE TABLE topic (
  id @pk,
  parent BIGINT NULL REFERENCES topic (id),
  name_en TEXT NOT NULL,
  name_fr TEXT NOT NULL,
  team BIGINT NULL REFERENCES team (id),
  retired BOOLEAN NOT NULL DEFAULT FALSE
);

-- `number` is the key and what people say on the phone. `stage` repeats what status means for lists:
-- 0 somebody here must act, 1 waiting (pending or on hold), 2 done (solved, closed or merged away).
-- `next_due` is never null: 9223372036854775807 stands for "no promise runs".
CREATE TABLE ticket (
  number @pk,
  subject TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('new', 'open', 'pending', 'on_hold', 'solved', 'closed')),
  stage BIGINT NOT NULL,
  impact TEXT NOT NULL CHECK (impact IN ('one', 'group', 'all')),
  urgency TEXT NOT NULL CHECK (urgency IN ('low', 'medium', 'high')),
  priority TEXT NOT NULL CHECK (priority IN ('low', 'normal', 'high', 'urgent')),
  priority_set BOOLEAN NOT NULL DEFAULT FALSE,
  channel TEXT NOT NULL CHECK (channel IN ('mail', 'portal', 'chat', 'phone', 'in_person', 'alert', 'api')),
  language TEXT NOT NULL CHECK (language IN ('en', 'fr')),
  topic BIGINT NULL REFERENCES topic (id),
  team BIGINT NULL REFERENCES team (id),
  assignee BIGINT NULL REFERENCES person (id),
  requester BIGINT NOT NULL REFERENCES person (id),
  organization BIGINT NULL REFERENCES organization (id),
  confirmed BOOLEAN NOT NULL DEFAULT TRUE,
  merged_into BIGINT NULL REFERENCES ticket (number),
  waiting_for TEXT NOT NULL DEFAULT '',
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  replied_at BIGINT NULL,
  solved_at BIGINT NULL,
  closed_at BIGINT NULL,
  reply_due BIGINT NOT NULL,
  solve_due BIGINT NOT NULL,
  next_due BIGINT NOT NULL,
  paused_at BIGINT NULL,
  paused_work BIGINT NOT NULL DEFAULT 0,
  requester_spoke_at BIGINT NULL
);
-- The columns after `number` are there to be counted from: the side bar's counts never open a row.
CREATE INDEX ticket_due ON ticket (stage, next_due, number, merged_into, team, assignee);
CREATE INDEX ticket_assignee_due ON ticket (assignee, stage, next_due, number, merged_into, team);
CREATE INDEX ticket_team_due ON ticket (team, stage, next_due, number, merged_into);
CREATE INDEX ticket_requester ON ticket (requester, number);
CREATE INDEX ticket_organization ON ticket (organization, number);
-- Partial, so that "not merged", which is nearly every ticket, never looks like a way to find one.
CREATE INDEX ticket_merged ON ticket (merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE tag (
  ticket BIGINT NOT NULL REFERENCES ticket (number),
  word TEXT NOT NULL,
  PRIMARY KEY (ticket, word)
) @by_key;
CREATE INDEX tag_word ON tag (word, ticket);

CREATE TABLE watcher (
  ticket BIGINT NOT NULL REFERENCES ticket (number),
  person BIGINT NOT NULL REFERENCES person (id),
  PRIMARY KEY (ticket, person)
);
CREATE INDEX watcher_person ON watcher (person);

CREATE TABLE link (
  ticket BIGINT NOT NULL REFERENCES ticket (number),
  other BIGINT NOT NULL REFERENCES ticket (number),
  kind TEXT NOT NULL CHECK (kind IN ('related', 'follow_up', 'cause')),
  created_at BIGINT NOT NULL,
  PRIMARY KEY (ticket, other)
);
CREATE INDEX link_other ON link (other);

-- `body`, `quoted` and `html` are packed (docs/decisions): words are most of what a desk keeps. So are the words of a
-- solution, and what an event changed.
CREATE TABLE message (
  id @pk,
  ticket BIGINT NOT NULL REFERENCES ticket (number),
  kind TEXT NOT NULL CHECK (kind IN ('request', 'reply', 'note', 'call', 'visit')),
  state TEXT NOT NULL CHECK (state IN ('sent', 'held', 'review', 'withdrawn')),
  channel TEXT NOT NULL,
  author BIGINT NOT NULL REFERENCES person (id),
  format TEXT NOT NULL CHECK (format IN ('markdown', 'text')),
  body @bytes NOT NULL,
  quoted @bytes NOT NULL,
  html @bytes NULL,
  minutes BIGINT NULL,
  letter BIGINT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX message_ticket ON message (ticket, at, id);

CREATE TABLE file (
  id @pk,
  ticket BIGINT NOT NULL REFERENCES ticket (number),
  message BIGINT NOT NULL REFERENCES message (id),
  name TEXT NOT NULL,
  mime TEXT NOT NULL,
  bytes BIGINT NOT NULL,
  sha256 TEXT NOT NULL,
  content_id TEXT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX file_message ON file (message);
CREATE INDEX file_ticket ON file (ticket);
CREATE INDEX file_sha256 ON file (sha256);

CREATE TABLE solution (
  ticket BIGINT PRIMARY KEY REFERENCES ticket (number),
  cause @bytes NOT NULL,
  steps @bytes NOT NULL,
  helped @bytes NOT NULL,
  author BIGINT NOT NULL REFERENCES person (id),
  at BIGINT NOT NULL
);

-- What a person has read, so that a ticket opens at the first unread message.
CREATE TABLE read_mark (
  person BIGINT NOT NULL REFERENCES person (id),
  ticket BIGINT NOT NULL REFERENCES ticket (number),
  at BIGINT NOT NULL,
  PRIMARY KEY (person, ticket)
) @by_key;

CREATE TABLE draft (
  person BIGINT NOT NULL REFERENCES person (id),
  place TEXT NOT NULL,
  body TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (person, place)
);

CREATE TABLE custom_value (
  ticket BIGINT NOT NULL REFERENCES ticket (number),
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (ticket, field)
);

CREATE TABLE saved_view (
  id @pk,
  owner BIGINT NULL REFERENCES person (id),
  team BIGINT NULL REFERENCES team (id),
  name TEXT NOT NULL,
  condition TEXT NOT NULL
);

-- One line of history, written in the transaction of the fact. Readers follow (tx, id): see docs/decisions.
CREATE TABLE event (
  id @pk,
  tx BIGINT NOT NULL DEFAULT @txid,
  at BIGINT NOT NULL,
  kind TEXT NOT NULL,
  actor BIGINT NULL,
  ticket BIGINT NULL,
  team BIGINT NULL,
  subject BIGINT NULL,
  data @bytes NULL,
  request TEXT NULL
);
-- Where transactions have no number (SQLite) the key is the order, and this index is empty.
CREATE INDEX event_order ON event (tx, id) WHERE tx > 0;
CREATE INDEX event_ticket ON event (ticket, id);

CREATE TABLE follower (
  name TEXT PRIMARY KEY,
  tx BIGINT NOT NULL,
  event BIGINT NOT NULL,
  node TEXT NULL,
  lease_until BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE job (
  id @pk,
  kind TEXT NOT NULL,
  subject BIGINT NOT NULL DEFAULT 0,
  data TEXT NULL,
  run_at BIGINT NOT NULL,
  attempts BIGINT NOT NULL DEFAULT 0,
  state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'given_up')),
  lease_until BIGINT NOT NULL DEFAULT 0,
  words TEXT NOT NULL DEFAULT ''
);
CREATE INDEX job_due ON job (kind, state, run_at, id);
CREATE INDEX job_subject ON job (kind, subject);

-- Sign-in. Only hashes of secrets are kept.
CREATE TABLE session (
  hash TEXT PRIMARY KEY,
  id BIGINT NOT NULL,
  person BIGINT NOT NULL REFERENCES person (id),
  created_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  ends_at BIGINT NOT NULL,
  place TEXT NOT NULL DEFAULT '',
  browser TEXT NOT NULL DEFAULT ''
);
CREATE INDEX session_person ON session (person);

CREATE TABLE api_token (
  id @pk,
  hash TEXT NOT NULL,
  person BIGINT NOT NULL REFERENCES person (id),
  name TEXT NOT NULL,
  scopes TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  seen_at BIGINT NULL,
  revoked_at BIGINT NULL
);
CREATE UNIQUE INDEX api_token_hash ON api_token (hash);
CREATE INDEX api_token_person ON api_token (person);

-- Links that stand for a person for a while: set-up, sign-in by mail, password reset, one request, confirming an address.
CREATE TABLE keyed_link (
  hash TEXT PRIMARY KEY,
  purpose TEXT NOT NULL CHECK (purpose IN ('setup', 'sign_in', 'reset', 'ticket', 'confirm')),
  person BIGINT NULL REFERENCES person (id),
  ticket BIGINT NULL REFERENCES ticket (number),
  created_at BIGINT NOT NULL,
  ends_at BIGINT NOT NULL,
  used_at BIGINT NULL
);
CREATE INDEX keyed_link_person ON keyed_link (person);
CREATE INDEX keyed_link_ticket ON keyed_link (ticket);

CREATE TABLE throttle (
  name TEXT PRIMARY KEY,
  count BIGINT NOT NULL,
  since BIGINT NOT NULL,
  until BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE mailbox (
  id @pk,
  address TEXT NOT NULL,
  name TEXT NOT NULL DEFAULT '',
  team BIGINT NULL REFERENCES team (id),
  language TEXT NOT NULL DEFAULT 'en' CHECK (language IN ('en', 'fr')),
  authserv_id TEXT NULL,
  created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX mailbox_address ON mailbox (address);

-- The ledger: every letter has a state and a reason. `letter_raw` holds the bytes as they came.
CREATE TABLE letter (
  id @pk,
  mailbox BIGINT NULL REFERENCES mailbox (id),
  received_at BIGINT NOT NULL,
  envelope_from TEXT NOT NULL,
  envelope_to TEXT NOT NULL,
  way TEXT NOT NULL CHECK (way IN ('smtp', 'lmtp', 'imap', 'file')),
  bytes BIGINT NOT NULL,
  sha256 TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('kept', 'filed', 'held', 'automatic', 'bounce', 'duplicate', 'refused')),
  reason TEXT NOT NULL DEFAULT '',
  message_id TEXT NULL,
  sender TEXT NULL,
  sender_name TEXT NULL,
  subject TEXT NULL,
  attachments TEXT NOT NULL DEFAULT '[]',
  defects TEXT NOT NULL DEFAULT '',
  ticket BIGINT NULL REFERENCES ticket (number),
  message BIGINT NULL REFERENCES message (id),
  read_at BIGINT NULL
);
CREATE INDEX letter_state ON letter (state, id);
CREATE INDEX letter_message_id ON letter (message_id);
CREATE INDEX letter_sha256 ON letter (sha256);
CREATE INDEX letter_ticket ON letter (ticket);
CREATE INDEX letter_message ON letter (message);

CREATE TABLE letter_raw (
  letter BIGINT PRIMARY KEY REFERENCES letter (id),
  raw @bytes NOT NULL
);

-- What leaves. The row is written in the transaction of the reply, with its Message-ID fixed.
CREATE TABLE outgoing (
  id @pk,
  kind TEXT NOT NULL CHECK (kind IN ('reply', 'acknowledgement', 'solved', 'sign_in', 'confirm', 'notice')),
  ticket BIGINT NULL REFERENCES ticket (number),
  message BIGINT NULL REFERENCES message (id),
  person BIGINT NULL REFERENCES person (id),
  recipient TEXT NOT NULL,
  mailbox BIGINT NULL REFERENCES mailbox (id),
  language TEXT NOT NULL,
  message_id TEXT NOT NULL,
  data TEXT NOT NULL DEFAULT '{}',
  state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'failed', 'withdrawn')),
  created_at BIGINT NOT NULL,
  send_at BIGINT NOT NULL,
  attempts BIGINT NOT NULL DEFAULT 0,
  words TEXT NOT NULL DEFAULT '',
  sent_at BIGINT NULL
);
CREATE INDEX outgoing_state ON outgoing (state, send_at);
CREATE INDEX outgoing_message ON outgoing (message);
CREATE INDEX outgoing_ticket ON outgoing (ticket);
CREATE UNIQUE INDEX outgoing_message_id ON outgoing (message_id);
CREATE INDEX outgoing_brake ON outgoing (recipient, kind, created_at);

-- The reply address of one person on one ticket.
CREATE TABLE reply_address (
  token TEXT PRIMARY KEY,
  ticket BIGINT NOT NULL REFERENCES ticket (number),
  person BIGINT NOT NULL REFERENCES person (id),
  revoked_at BIGINT NULL
);
CREATE INDEX reply_address_ticket ON reply_address (ticket);

CREATE TABLE audit (
  id @pk,
  at BIGINT NOT NULL,
  actor BIGINT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  data TEXT NOT NULL,
  previous TEXT NOT NULL,
  hash TEXT NOT NULL
);

CREATE TABLE idempotency (
  person BIGINT NOT NULL,
  name TEXT NOT NULL,
  digest TEXT NOT NULL,
  status BIGINT NOT NULL,
  body TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (person, name)
);

-- What is a day old is swept out every few seconds; without this the sweep would read them all.
CREATE INDEX idempotency_at ON idempotency (at);

CREATE TABLE external_id (
  source TEXT NOT NULL,
  name TEXT NOT NULL,
  ticket BIGINT NOT NULL REFERENCES ticket (number),
  PRIMARY KEY (source, name)
) @by_key;
CREATE INDEX external_id_ticket ON external_id (ticket);
