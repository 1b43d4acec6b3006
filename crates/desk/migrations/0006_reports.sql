-- What a ticket counts for in the reports, as the follower of the log last saw it. Days are days of the house's zone
-- since 1970-01-01; minutes are working time. A ticket merged into another has no row. No team and no topic are 0.
CREATE TABLE report_ticket (
  ticket BIGINT PRIMARY KEY REFERENCES ticket (number),
  team BIGINT NOT NULL,
  topic BIGINT NOT NULL,
  channel TEXT NOT NULL,
  opened BIGINT NOT NULL,
  replied BIGINT NULL,
  reply_minutes BIGINT NULL,
  solved BIGINT NULL,
  solve_minutes BIGINT NULL,
  at_once BOOLEAN NOT NULL,
  reopened TEXT NOT NULL
);
-- What is open, by age: counted from the index alone.
CREATE INDEX report_ticket_open ON report_ticket (opened, team, topic, channel, solved) WHERE solved IS NULL;

-- The sums, kept by difference from `report_ticket`: one row for each day (and once more for each month, by its first
-- day), measure, team, topic, channel and, where a measure has a length, bucket of lengths.
CREATE TABLE report_sum (
  grain TEXT NOT NULL CHECK (grain IN ('day', 'month')),
  measure TEXT NOT NULL CHECK (measure IN ('opened', 'solved', 'reopened', 'first_contact', 'reply', 'solve')),
  start BIGINT NOT NULL,
  team BIGINT NOT NULL,
  topic BIGINT NOT NULL,
  channel TEXT NOT NULL,
  bucket BIGINT NOT NULL,
  n BIGINT NOT NULL,
  PRIMARY KEY (grain, measure, start, team, topic, channel, bucket)
) @by_key;

-- Who gets which report by mail, and when next.
CREATE TABLE report_subscription (
  id @pk,
  person BIGINT NOT NULL REFERENCES person (id),
  report TEXT NOT NULL CHECK (report IN ('volume', 'first-reply', 'time-to-solve', 'backlog', 'reopened', 'first-contact')),
  rhythm TEXT NOT NULL CHECK (rhythm IN ('daily', 'weekly', 'monthly')),
  part TEXT NOT NULL CHECK (part IN ('team', 'topic', 'channel')),
  team BIGINT NULL REFERENCES team (id),
  topic BIGINT NULL REFERENCES topic (id),
  channel TEXT NULL,
  next_at BIGINT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX report_subscription_person ON report_subscription (person, report);
CREATE INDEX report_subscription_team ON report_subscription (team);
CREATE INDEX report_subscription_topic ON report_subscription (topic);
