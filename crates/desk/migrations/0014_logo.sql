-- The desk's own sign, one at most. One that was taken away stays until another is kept, so that it can be had back.
CREATE TABLE logo (
  id BIGINT PRIMARY KEY CHECK (id = 1),
  shown BOOLEAN NOT NULL,
  sha256 TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('png', 'jpeg', 'webp')),
  width BIGINT NOT NULL,
  height BIGINT NOT NULL,
  bytes @bytes NOT NULL
);
