-- Words kept for the next time. One of the two texts may be empty; what is not offered any more is retired, never deleted.
CREATE TABLE canned (
  id @pk,
  name TEXT NOT NULL,
  word TEXT NOT NULL,
  text_en TEXT NOT NULL DEFAULT '',
  text_fr TEXT NOT NULL DEFAULT '',
  team BIGINT NULL REFERENCES team (id),
  retired BOOLEAN NOT NULL DEFAULT FALSE,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX canned_word ON canned (word);
CREATE INDEX canned_team ON canned (team);
CREATE INDEX canned_name ON canned (name, id);

-- What is being written on one ticket, by whomever: it goes along when the ticket is merged.
CREATE INDEX draft_place ON draft (place);
