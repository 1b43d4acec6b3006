-- What tickets brought in from elsewhere were called there, so that answers to old letters find them: the systems they
-- come from, with the forms their numbers have in subjects (a JSON list such as ["[Ticket#{number}]"]), the numbers, and
-- the identifiers of their letters.
CREATE TABLE old_system (
  name TEXT PRIMARY KEY,
  forms TEXT NOT NULL DEFAULT '[]'
);

CREATE TABLE old_number (
  system TEXT NOT NULL REFERENCES old_system (name),
  number TEXT NOT NULL,
  ticket BIGINT NOT NULL REFERENCES ticket (number),
  PRIMARY KEY (system, number)
) @by_key;
CREATE INDEX old_number_ticket ON old_number (ticket);

CREATE TABLE old_message_id (
  name TEXT NOT NULL,
  ticket BIGINT NOT NULL REFERENCES ticket (number),
  PRIMARY KEY (name, ticket)
) @by_key;
CREATE INDEX old_message_id_ticket ON old_message_id (ticket);

-- Letters out of files are answered too.
INSERT INTO old_system (name) SELECT 'letters' FROM letter WHERE way = 'file' LIMIT 1;
