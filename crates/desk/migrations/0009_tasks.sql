-- The steps of a ticket: its checklist. `position` orders those of one ticket; `due` is a day, written 2026-11-17.
-- A step taken away keeps its row, so that it can be had back.
CREATE TABLE step (
  id @pk,
  ticket BIGINT NOT NULL REFERENCES ticket (number),
  position BIGINT NOT NULL,
  words TEXT NOT NULL,
  assignee BIGINT NULL REFERENCES person (id),
  due TEXT NULL,
  done_at BIGINT NULL,
  done_by BIGINT NULL REFERENCES person (id),
  gone_at BIGINT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX step_ticket ON step (ticket, position, id);
CREATE INDEX step_assignee ON step (assignee, done_at, gone_at);
CREATE INDEX step_done_by ON step (done_by);

-- Time spent on a ticket without words that say so; calls and visits carry their own minutes.
CREATE TABLE time_entry (
  id @pk,
  ticket BIGINT NOT NULL REFERENCES ticket (number),
  person BIGINT NOT NULL REFERENCES person (id),
  minutes BIGINT NOT NULL,
  words TEXT NOT NULL DEFAULT '',
  at BIGINT NOT NULL,
  gone_at BIGINT NULL
);
CREATE INDEX time_entry_ticket ON time_entry (ticket, at, id);
CREATE INDEX time_entry_person ON time_entry (person);

-- Who waits at the counter, in the order they came. Ended by a ticket, or because they left.
CREATE TABLE walk_in (
  id @pk,
  name TEXT NOT NULL,
  person BIGINT NULL REFERENCES person (id),
  words TEXT NOT NULL,
  arrived_at BIGINT NOT NULL,
  ended_at BIGINT NULL,
  ticket BIGINT NULL REFERENCES ticket (number)
);
CREATE INDEX walk_in_waiting ON walk_in (arrived_at, id) WHERE ended_at IS NULL;
CREATE INDEX walk_in_person ON walk_in (person);
CREATE INDEX walk_in_ticket ON walk_in (ticket);

-- Through which door a change came: a page, the API, a keyed link, the desk itself. Older lines do not say.
ALTER TABLE event ADD COLUMN door TEXT NULL;
