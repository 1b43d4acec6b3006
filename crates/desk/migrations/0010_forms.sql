-- Fields by topic. A topic's form is its parent's fields and then its own, in the order of their positions; a field may
-- be shown by what another has. Values are typed and hang on the ticket, whatever its topic becomes. The table of plain
-- texts that stood here before was never written to.
DROP TABLE custom_value;

CREATE TABLE form_field (
  id @pk,
  topic BIGINT NOT NULL REFERENCES topic (id),
  key TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('short', 'long', 'number', 'date', 'yes_no', 'one', 'several')),
  label_en TEXT NOT NULL,
  label_fr TEXT NOT NULL,
  help_en TEXT NOT NULL DEFAULT '',
  help_fr TEXT NOT NULL DEFAULT '',
  unit_en TEXT NOT NULL DEFAULT '',
  unit_fr TEXT NOT NULL DEFAULT '',
  required TEXT NOT NULL CHECK (required IN ('never', 'asking', 'solving')),
  team_only BOOLEAN NOT NULL,
  place BIGINT NOT NULL,
  shown_by BIGINT NULL REFERENCES form_field (id),
  shown_for TEXT NOT NULL DEFAULT '',
  retired BOOLEAN NOT NULL DEFAULT FALSE
);
CREATE UNIQUE INDEX form_field_key ON form_field (key);
CREATE INDEX form_field_topic ON form_field (topic, place, id);
CREATE INDEX form_field_shown_by ON form_field (shown_by);

CREATE TABLE form_option (
  id @pk,
  field BIGINT NOT NULL REFERENCES form_field (id),
  key TEXT NOT NULL,
  label_en TEXT NOT NULL,
  label_fr TEXT NOT NULL,
  retired BOOLEAN NOT NULL DEFAULT FALSE
);
CREATE UNIQUE INDEX form_option_key ON form_option (field, key);

-- One row a value; of a list of which several may be chosen, one row for each (`part` is then its option). A number is
-- in thousandths, a day is written 2026-11-17.
CREATE TABLE field_value (
  ticket BIGINT NOT NULL REFERENCES ticket (number),
  field BIGINT NOT NULL REFERENCES form_field (id),
  part BIGINT NOT NULL,
  option BIGINT NULL REFERENCES form_option (id),
  words TEXT NULL,
  amount BIGINT NULL,
  day TEXT NULL,
  yes BOOLEAN NULL,
  PRIMARY KEY (ticket, field, part)
) @by_key;
CREATE INDEX field_value_field ON field_value (field, ticket);
CREATE INDEX field_value_option ON field_value (option, ticket);
