-- What the desk supports, who answers for it, and which topics are about it. `documents` is a JSON list of titles and
-- addresses. `shown` ones stand on the public status page.
CREATE TABLE service (
  id @pk,
  name_en TEXT NOT NULL,
  name_fr TEXT NOT NULL,
  about_en TEXT NOT NULL,
  about_fr TEXT NOT NULL,
  owner BIGINT NULL REFERENCES person (id),
  team BIGINT NULL REFERENCES team (id),
  documents TEXT NOT NULL DEFAULT '[]',
  shown BOOLEAN NOT NULL DEFAULT FALSE,
  retired BOOLEAN NOT NULL DEFAULT FALSE,
  created_at BIGINT NOT NULL
);

CREATE TABLE service_topic (
  topic BIGINT PRIMARY KEY REFERENCES topic (id),
  service BIGINT NOT NULL REFERENCES service (id)
);
CREATE INDEX service_topic_service ON service_topic (service);

-- The log of changes to systems. `begins_at` and `ends_at` are what was planned, `started_at` and `ended_at` what
-- happened; `from_at` and `to_at` follow from them (and from `created_at` where nothing is said), for lists and the
-- calendar. `revision` grows with every change of the row.
CREATE TABLE system_change (
  number @pk,
  title TEXT NOT NULL,
  words TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft', 'asked', 'approved', 'refused', 'in_progress', 'done', 'failed', 'backed_out')),
  risk TEXT NOT NULL CHECK (risk IN ('low', 'medium', 'high')),
  begins_at BIGINT NULL,
  ends_at BIGINT NULL,
  started_at BIGINT NULL,
  ended_at BIGINT NULL,
  from_at BIGINT NOT NULL,
  to_at BIGINT NOT NULL,
  site TEXT NOT NULL,
  back_out TEXT NOT NULL,
  result TEXT NOT NULL,
  notice_en TEXT NOT NULL,
  notice_fr TEXT NOT NULL,
  owner BIGINT NOT NULL REFERENCES person (id),
  opened_by BIGINT NOT NULL REFERENCES person (id),
  asked_by BIGINT NULL REFERENCES person (id),
  decided_by BIGINT NULL REFERENCES person (id),
  decided_at BIGINT NULL,
  decision TEXT NOT NULL,
  removed BOOLEAN NOT NULL DEFAULT FALSE,
  revision BIGINT NOT NULL DEFAULT 0,
  created_at BIGINT NOT NULL
);
CREATE INDEX system_change_from ON system_change (from_at, number);
CREATE INDEX system_change_started ON system_change (started_at) WHERE started_at IS NOT NULL;
CREATE INDEX system_change_state ON system_change (state, from_at);

CREATE TABLE change_service (
  change BIGINT NOT NULL REFERENCES system_change (number),
  service BIGINT NOT NULL REFERENCES service (id),
  PRIMARY KEY (change, service)
) @by_key;
CREATE INDEX change_service_service ON change_service (service, change);

-- Devices by their names, in the order they were given.
CREATE TABLE change_device (
  change BIGINT NOT NULL REFERENCES system_change (number),
  place BIGINT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (change, place)
) @by_key;

CREATE TABLE change_ticket (
  change BIGINT NOT NULL REFERENCES system_change (number),
  ticket BIGINT NOT NULL REFERENCES ticket (number),
  at BIGINT NOT NULL,
  PRIMARY KEY (change, ticket)
) @by_key;
CREATE INDEX change_ticket_ticket ON change_ticket (ticket);

-- What was opened after a change is found by when it was opened.
CREATE INDEX ticket_created ON ticket (created_at);

-- Something many rely on does not work. `note` is for the desk; title and updates are for everybody, in both languages.
CREATE TABLE outage (
  number @pk,
  title_en TEXT NOT NULL,
  title_fr TEXT NOT NULL,
  phase TEXT NOT NULL CHECK (phase IN ('investigating', 'identified', 'watching', 'over')),
  shown BOOLEAN NOT NULL DEFAULT TRUE,
  note TEXT NOT NULL,
  began_at BIGINT NOT NULL,
  ended_at BIGINT NULL,
  opened_by BIGINT NOT NULL REFERENCES person (id),
  removed BOOLEAN NOT NULL DEFAULT FALSE,
  created_at BIGINT NOT NULL
);
CREATE INDEX outage_open ON outage (number) WHERE phase <> 'over';
CREATE INDEX outage_began ON outage (began_at, number);

CREATE TABLE outage_service (
  outage BIGINT NOT NULL REFERENCES outage (number),
  service BIGINT NOT NULL REFERENCES service (id),
  effect TEXT NOT NULL CHECK (effect IN ('disturbed', 'down')),
  PRIMARY KEY (outage, service)
) @by_key;
CREATE INDEX outage_service_service ON outage_service (service);

CREATE TABLE outage_update (
  id @pk,
  outage BIGINT NOT NULL REFERENCES outage (number),
  phase TEXT NOT NULL CHECK (phase IN ('investigating', 'identified', 'watching', 'over')),
  words_en TEXT NOT NULL,
  words_fr TEXT NOT NULL,
  author BIGINT NOT NULL REFERENCES person (id),
  withdrawn BOOLEAN NOT NULL DEFAULT FALSE,
  at BIGINT NOT NULL
);
CREATE INDEX outage_update_outage ON outage_update (outage, id);

CREATE TABLE outage_ticket (
  outage BIGINT NOT NULL REFERENCES outage (number),
  ticket BIGINT NOT NULL REFERENCES ticket (number),
  at BIGINT NOT NULL,
  PRIMARY KEY (outage, ticket)
) @by_key;
CREATE INDEX outage_ticket_ticket ON outage_ticket (ticket);

-- Who said that it hits him too: once a person.
CREATE TABLE outage_me_too (
  outage BIGINT NOT NULL REFERENCES outage (number),
  person BIGINT NOT NULL REFERENCES person (id),
  at BIGINT NOT NULL,
  PRIMARY KEY (outage, person)
) @by_key;
CREATE INDEX outage_me_too_person ON outage_me_too (person);
