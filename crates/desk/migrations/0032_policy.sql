-- What is promised to whom. Policies are asked in the order of `place`; the first whose conditions hold decides, and
-- after the last stand the house's own targets by priority. Conditions and steps are JSON. `hours` says by which clock it
-- counts: the house's calendar, around the clock, or `calendar`. Targets and `warn_before` are working microseconds,
-- `warn_share` is per cent of a target.
CREATE TABLE policy (
  id @pk,
  place BIGINT NOT NULL,
  name_en TEXT NOT NULL,
  name_fr TEXT NOT NULL,
  conditions TEXT NOT NULL,
  hours TEXT NOT NULL CHECK (hours IN ('house', 'always', 'calendar')),
  calendar BIGINT NULL REFERENCES calendar (id),
  reply BIGINT NULL,
  answer BIGINT NULL,
  solve BIGINT NULL,
  warn_share BIGINT NULL,
  warn_before BIGINT NULL,
  steps TEXT NOT NULL,
  retired BOOLEAN NOT NULL DEFAULT FALSE,
  created_at BIGINT NOT NULL
);

-- The policy that a ticket has now (none: the house's own targets), since when its requester waits for a next reply and
-- what had been paused by then, and when its clock next has something to say.
ALTER TABLE ticket ADD COLUMN policy BIGINT NULL REFERENCES policy (id);
ALTER TABLE ticket ADD COLUMN asked_at BIGINT NULL;
ALTER TABLE ticket ADD COLUMN asked_paused BIGINT NOT NULL DEFAULT 0;
ALTER TABLE ticket ADD COLUMN answer_due BIGINT NOT NULL DEFAULT 9223372036854775807;
ALTER TABLE ticket ADD COLUMN alarm_at BIGINT NOT NULL DEFAULT 9223372036854775807;
UPDATE ticket SET alarm_at = next_due WHERE next_due < 9223372036854775807;
CREATE INDEX ticket_alarm ON ticket (alarm_at, number) WHERE alarm_at < 9223372036854775807;
