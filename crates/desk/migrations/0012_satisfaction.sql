-- What requesters say is counted too. The sums and what they come of are made anew: the follower of the log counts every
-- ticket again when `report-basis` is not there.
DROP TABLE report_ticket;
DROP TABLE report_sum;
-- Answers are counted there, no longer by their time.
DROP INDEX rating_at;
DELETE FROM setting WHERE name = 'report-basis';

-- What a ticket counts for, as in 0006; `rated` are the days of what was said of it, each with `+` or `-`.
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
  reopened TEXT NOT NULL,
  rated TEXT NOT NULL
) @by_key;
CREATE INDEX report_ticket_open ON report_ticket (opened, team, topic, channel, solved) WHERE solved IS NULL;

CREATE TABLE report_sum (
  grain TEXT NOT NULL CHECK (grain IN ('day', 'month')),
  measure TEXT NOT NULL CHECK (measure IN ('opened', 'solved', 'reopened', 'first_contact', 'reply', 'solve', 'good', 'bad')),
  start BIGINT NOT NULL,
  team BIGINT NOT NULL,
  topic BIGINT NOT NULL,
  channel TEXT NOT NULL,
  bucket BIGINT NOT NULL,
  n BIGINT NOT NULL,
  PRIMARY KEY (grain, measure, start, team, topic, channel, bucket)
) @by_key;
