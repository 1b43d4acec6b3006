-- Saved views: who changed one when, and when it was taken away (it can be had back). `condition` holds the question as
-- it was asked, clause by clause, so that it reads the same when it is opened again.
ALTER TABLE saved_view ADD COLUMN changed_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE saved_view ADD COLUMN gone_at BIGINT NULL;
CREATE INDEX saved_view_owner ON saved_view (owner);
CREATE INDEX saved_view_team ON saved_view (team);

-- The views a person keeps in the side bar.
CREATE TABLE favourite_view (
  person BIGINT NOT NULL REFERENCES person (id),
  view BIGINT NOT NULL REFERENCES saved_view (id),
  PRIMARY KEY (person, view)
) @by_key;
CREATE INDEX favourite_view_view ON favourite_view (view);

-- The single keys a person has changed, as JSON: {"r":"y"}.
ALTER TABLE person ADD COLUMN keys TEXT NOT NULL DEFAULT '';
