-- Keys that sign what leaves (DKIM), one for each domain of our mailboxes. `secret` is sealed; `record` is what the
-- domain's TXT record says at `<selector>._domainkey`. A key signs once it is active: its record must be found first.
CREATE TABLE dkim_key (
  domain TEXT PRIMARY KEY,
  selector TEXT NOT NULL,
  secret @bytes NOT NULL,
  record TEXT NOT NULL,
  active BOOLEAN NOT NULL DEFAULT FALSE,
  created_at BIGINT NOT NULL
);
