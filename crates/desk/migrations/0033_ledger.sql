-- When the clock of a ticket stood still, and why. `work` is set where only the length is known: working time paused
-- before pauses were written down one by one.
CREATE TABLE clock_pause (
  id @pk,
  ticket BIGINT NOT NULL REFERENCES ticket (number),
  reason TEXT NOT NULL CHECK (reason IN ('pending', 'on_hold', 'done', 'before')),
  words TEXT NOT NULL,
  from_at BIGINT NOT NULL,
  until_at BIGINT NULL,
  work BIGINT NULL
);
CREATE INDEX clock_pause_ticket ON clock_pause (ticket, id);
INSERT INTO clock_pause (ticket, reason, words, from_at, until_at, work)
  SELECT number, 'before', '', created_at, created_at, paused_work FROM ticket WHERE paused_work > 0;
INSERT INTO clock_pause (ticket, reason, words, from_at)
  SELECT number, CASE status WHEN 'pending' THEN 'pending' WHEN 'on_hold' THEN 'on_hold' ELSE 'done' END, waiting_for,
    paused_at FROM ticket WHERE paused_at IS NOT NULL;

-- What became of the promises of a ticket. `from_at` is when the target's clock began, `step` counts the steps of the
-- policy. A warning, a breach, a step and an answer are written once a target.
CREATE TABLE clock_line (
  id @pk,
  ticket BIGINT NOT NULL REFERENCES ticket (number),
  at BIGINT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('warned', 'breached', 'step', 'kept', 'moved')),
  target TEXT NOT NULL CHECK (target IN ('reply', 'answer', 'solve')),
  from_at BIGINT NOT NULL,
  step BIGINT NOT NULL DEFAULT 0,
  due_at BIGINT NOT NULL,
  due_was BIGINT NULL,
  policy BIGINT NULL REFERENCES policy (id),
  words TEXT NOT NULL
);
CREATE INDEX clock_line_ticket ON clock_line (ticket, id);
CREATE UNIQUE INDEX clock_line_once ON clock_line (ticket, kind, target, from_at, step) WHERE kind <> 'moved';
