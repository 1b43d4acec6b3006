-- Work handed over with everything that is known: to another team, to a group outside, or to a supervisor. `from_team` and
-- `from_assignee` are where it goes back to when it is returned. `contact` stays the requester's. `team` and `topic` are
-- those of the ticket when it was handed over, for the counts. `event` is the last deed, which can be taken back.
CREATE TABLE escalation (
  id @pk,
  ticket BIGINT NOT NULL REFERENCES ticket (number),
  state TEXT NOT NULL CHECK (state IN ('waiting', 'accepted', 'returned', 'withdrawn')),
  kind TEXT NOT NULL CHECK (kind IN ('team', 'group', 'supervisor')),
  to_team BIGINT NULL REFERENCES team (id),
  to_group TEXT NULL CHECK (to_group IN ('network', 'developers', 'analysts', 'security', 'testing')),
  to_person BIGINT NULL REFERENCES person (id),
  from_team BIGINT NULL REFERENCES team (id),
  from_assignee BIGINT NULL REFERENCES person (id),
  topic BIGINT NULL REFERENCES topic (id),
  contact BIGINT NULL REFERENCES person (id),
  taken_by BIGINT NULL REFERENCES person (id),
  round BIGINT NOT NULL,
  sent_by BIGINT NOT NULL REFERENCES person (id),
  sent_at BIGINT NOT NULL,
  event BIGINT NULL,
  created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX escalation_waiting ON escalation (ticket) WHERE state = 'waiting';
CREATE INDEX escalation_ticket ON escalation (ticket, id);
CREATE INDEX escalation_state ON escalation (state, sent_at);
CREATE INDEX escalation_sent ON escalation (sent_by, state);

-- What was handed over each time, as JSON, to whom (`team:3`), and why it came back.
CREATE TABLE escalation_round (
  escalation BIGINT NOT NULL REFERENCES escalation (id),
  round BIGINT NOT NULL,
  packet TEXT NOT NULL,
  sent_to TEXT NOT NULL,
  sent_by BIGINT NOT NULL REFERENCES person (id),
  sent_at BIGINT NOT NULL,
  reason TEXT NOT NULL DEFAULT '',
  returned_by BIGINT NULL REFERENCES person (id),
  returned_at BIGINT NULL,
  PRIMARY KEY (escalation, round)
) @by_key;
CREATE INDEX escalation_round_sent ON escalation_round (sent_at);

-- What is written of a packet that is not handed over yet: one a ticket, for everybody who works on it.
CREATE TABLE escalation_draft (
  ticket BIGINT PRIMARY KEY REFERENCES ticket (number),
  packet TEXT NOT NULL,
  by_person BIGINT NOT NULL REFERENCES person (id),
  at BIGINT NOT NULL
);
