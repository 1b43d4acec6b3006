-- A problem: one cause behind several tickets. Shown P-12, and KE-12 once it is a known error (`known_at`), which it stays
-- however it goes on. Each text stands in English, in French or in both.
CREATE TABLE problem (
  number @pk,
  state TEXT NOT NULL CHECK (state IN ('open', 'known_error', 'fix_found', 'solved', 'closed')),
  known_at BIGINT NULL,
  title_en TEXT NOT NULL,
  title_fr TEXT NOT NULL,
  symptom_en TEXT NOT NULL,
  symptom_fr TEXT NOT NULL,
  cause_en TEXT NOT NULL,
  cause_fr TEXT NOT NULL,
  workaround_en TEXT NOT NULL,
  workaround_fr TEXT NOT NULL,
  fix_en TEXT NOT NULL,
  fix_fr TEXT NOT NULL,
  owner BIGINT NULL REFERENCES person (id),
  topic BIGINT NULL REFERENCES topic (id),
  opened_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  solved_at BIGINT NULL
);
CREATE INDEX problem_owner ON problem (owner);
CREATE INDEX problem_topic ON problem (topic);

-- The tickets a problem is behind. A ticket has at most one: so nobody is told twice, and "fixed 8 of 9" counts each once.
CREATE TABLE problem_ticket (
  ticket BIGINT PRIMARY KEY REFERENCES ticket (number),
  problem BIGINT NOT NULL REFERENCES problem (number),
  at BIGINT NOT NULL
);
CREATE INDEX problem_ticket_problem ON problem_ticket (problem, ticket);

-- Everybody affected is told that it is fixed: who said so, in which words, and how far it has come. `either` when the
-- words of the one language may go to readers of the other. `event` is the solving that it belongs to.
CREATE TABLE telling (
  id @pk,
  problem BIGINT NOT NULL REFERENCES problem (number),
  person BIGINT NOT NULL REFERENCES person (id),
  reply_en TEXT NOT NULL,
  reply_fr TEXT NOT NULL,
  either BOOLEAN NOT NULL,
  event BIGINT NOT NULL,
  stopped BOOLEAN NOT NULL DEFAULT FALSE,
  at BIGINT NOT NULL
);
CREATE INDEX telling_problem ON telling (problem, id);
CREATE INDEX telling_person ON telling (person);
CREATE INDEX telling_event ON telling (event);
CREATE TABLE telling_ticket (
  telling BIGINT NOT NULL REFERENCES telling (id),
  ticket BIGINT NOT NULL REFERENCES ticket (number),
  state TEXT NOT NULL CHECK (state IN ('waiting', 'told', 'left', 'taken_back')),
  reason TEXT NOT NULL DEFAULT '',
  event BIGINT NULL,
  PRIMARY KEY (telling, ticket)
);
CREATE INDEX telling_ticket_ticket ON telling_ticket (ticket);

-- The history of a problem, among the lines of the log; those of its tickets stand on the tickets.
CREATE INDEX event_problem ON event (subject, id) WHERE kind IN ('problem_opened', 'problem_edited', 'problem_known',
  'problem_fix_found', 'problem_solved', 'problem_reopened', 'problem_closed', 'problem_linked', 'problem_unlinked',
  'problem_undone');

-- Which recent tickets were asked for their like, with how much each says (0: too little to compare), and what they found:
-- how much of what the longer one says stands in the other, in thousandths. Swept after a fortnight.
CREATE TABLE asked_alike (
  ticket BIGINT PRIMARY KEY REFERENCES ticket (number),
  says BIGINT NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX asked_alike_at ON asked_alike (at);
CREATE TABLE found_alike (
  ticket BIGINT NOT NULL REFERENCES ticket (number),
  other BIGINT NOT NULL REFERENCES ticket (number),
  share BIGINT NOT NULL,
  PRIMARY KEY (ticket, other)
) @by_key;
CREATE INDEX found_alike_other ON found_alike (other);

-- Groups of similar recent tickets, each perhaps a problem. `words` are those they have in common, parted by line ends;
-- `burst_at` is when an hour began in which suddenly many came. One that was dismissed stays, so that it is not offered
-- again as it grows.
CREATE TABLE ticket_group (
  id @pk,
  state TEXT NOT NULL CHECK (state IN ('offered', 'dismissed')),
  words TEXT NOT NULL,
  burst_at BIGINT NULL,
  first_at BIGINT NOT NULL,
  last_at BIGINT NOT NULL
);
CREATE TABLE ticket_group_member (
  ticket BIGINT PRIMARY KEY REFERENCES ticket (number),
  ticket_group BIGINT NOT NULL REFERENCES ticket_group (id)
);
CREATE INDEX ticket_group_members ON ticket_group_member (ticket_group, ticket);
