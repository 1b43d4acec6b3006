-- Which reports there are is the program's to know: no check names them. The numbers stay, for jobs name them.
CREATE TABLE report_subscribed (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person BIGINT NOT NULL REFERENCES person (id),
  report TEXT NOT NULL,
  rhythm TEXT NOT NULL CHECK (rhythm IN ('daily', 'weekly', 'monthly')),
  part TEXT NOT NULL CHECK (part IN ('team', 'topic', 'channel')),
  team BIGINT NULL REFERENCES team (id),
  topic BIGINT NULL REFERENCES topic (id),
  channel TEXT NULL,
  next_at BIGINT NOT NULL,
  created_at BIGINT NOT NULL
);
INSERT INTO report_subscribed (id, person, report, rhythm, part, team, topic, channel, next_at, created_at)
  SELECT id, person, report, rhythm, part, team, topic, channel, next_at, created_at FROM report_subscription;
DROP TABLE report_subscription;
ALTER TABLE report_subscribed RENAME TO report_subscription;
CREATE INDEX report_subscription_person ON report_subscription (person, report);
CREATE INDEX report_subscription_team ON report_subscription (team);
CREATE INDEX report_subscription_topic ON report_subscription (topic);
