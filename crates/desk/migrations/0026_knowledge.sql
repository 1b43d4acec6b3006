-- Articles of the knowledge base. `published` and `draft` name versions: readers see the one while the other is written.
-- Whoever made or decided something may be 0, the desk itself. `reminded` says how far the owner has been told of this
-- review date: 0 not yet, 1 that it comes, 2 that it is there.
CREATE TABLE article (
  id @pk,
  topic BIGINT NULL REFERENCES topic (id),
  audience TEXT NOT NULL CHECK (audience IN ('internal', 'public')),
  state TEXT NOT NULL CHECK (state IN ('draft', 'review', 'published', 'retired')),
  owner BIGINT NULL REFERENCES person (id),
  review_at BIGINT NULL,
  reviewed_at BIGINT NULL,
  reminded BIGINT NOT NULL DEFAULT 0,
  published BIGINT NULL,
  published_at BIGINT NULL,
  draft BIGINT NULL,
  source BIGINT NULL REFERENCES ticket (number),
  outside TEXT NULL,
  created_at BIGINT NOT NULL,
  created_by BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX article_state ON article (state, updated_at);
CREATE INDEX article_source ON article (source) WHERE source IS NOT NULL;
CREATE INDEX article_review ON article (review_at) WHERE review_at IS NOT NULL;
CREATE UNIQUE INDEX article_outside ON article (outside) WHERE outside IS NOT NULL;

-- One number a version for both languages. `saves` counts what was written into it, so that nobody approves what he has
-- not seen; `editors` is a JSON list of whoever wrote in it.
CREATE TABLE article_version (
  article BIGINT NOT NULL REFERENCES article (id),
  version BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft', 'review', 'sent_back', 'approved', 'published', 'dropped')),
  author BIGINT NOT NULL,
  editors TEXT NOT NULL,
  note TEXT NOT NULL DEFAULT '',
  saves BIGINT NOT NULL DEFAULT 1,
  reviewer BIGINT NULL REFERENCES person (id),
  decided_by BIGINT NULL,
  decided_at BIGINT NULL,
  words TEXT NOT NULL DEFAULT '',
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  published_at BIGINT NULL,
  published_by BIGINT NULL,
  PRIMARY KEY (article, version)
);
CREATE INDEX article_version_state ON article_version (state, changed_at);

-- The passages of a version; passage 0 is the title. A passage keeps its number from version to version. `behind` is the
-- language whose text does not answer the other's yet, since `behind_at`; `answered` is the version in which both said
-- the same. `gone` ones were taken out of this version and can be had back.
CREATE TABLE article_passage (
  article BIGINT NOT NULL,
  version BIGINT NOT NULL,
  passage BIGINT NOT NULL,
  place BIGINT NOT NULL,
  en @bytes NOT NULL,
  fr @bytes NOT NULL,
  en_version BIGINT NOT NULL,
  fr_version BIGINT NOT NULL,
  answered BIGINT NOT NULL,
  behind TEXT NULL CHECK (behind IN ('en', 'fr')),
  behind_at BIGINT NULL,
  gone BOOLEAN NOT NULL DEFAULT FALSE,
  PRIMARY KEY (article, version, passage),
  FOREIGN KEY (article, version) REFERENCES article_version (article, version)
);

CREATE TABLE article_link (
  article BIGINT NOT NULL REFERENCES article (id),
  kind TEXT NOT NULL CHECK (kind IN ('ticket', 'problem', 'change')),
  target BIGINT NOT NULL,
  at BIGINT NOT NULL,
  added_by BIGINT NOT NULL,
  PRIMARY KEY (article, kind, target)
);
CREATE INDEX article_link_target ON article_link (kind, target);

-- Pictures and attached files. Taken away they stay, for earlier versions show them.
CREATE TABLE article_file (
  id @pk,
  article BIGINT NOT NULL REFERENCES article (id),
  name TEXT NOT NULL,
  mime TEXT NOT NULL,
  bytes BIGINT NOT NULL,
  sha256 TEXT NOT NULL,
  at BIGINT NOT NULL,
  added_by BIGINT NOT NULL,
  gone_at BIGINT NULL,
  read TEXT NOT NULL DEFAULT 'waiting' CHECK (read IN ('waiting', 'read', 'failed')),
  fault TEXT NOT NULL DEFAULT ''
);
CREATE INDEX article_file_of ON article_file (article, id);
CREATE INDEX article_file_sha256 ON article_file (sha256);
CREATE INDEX article_file_waiting ON article_file (id) WHERE read = 'waiting';

-- The words inside an attached file, page by page; one page where the kind of file has none.
CREATE TABLE article_page (
  id @pk,
  article_file BIGINT NOT NULL REFERENCES article_file (id),
  page BIGINT NOT NULL,
  text @bytes NOT NULL
);
CREATE UNIQUE INDEX article_page_of ON article_page (article_file, page);

-- Whether it helped, at most once a reader a day. A visitor is a keyed hash of where he came from that day.
CREATE TABLE article_feedback (
  id @pk,
  article BIGINT NOT NULL REFERENCES article (id),
  version BIGINT NOT NULL,
  reader TEXT NOT NULL,
  day BIGINT NOT NULL,
  person BIGINT NULL REFERENCES person (id),
  language TEXT NOT NULL CHECK (language IN ('en', 'fr')),
  helped BOOLEAN NOT NULL,
  words @bytes NOT NULL,
  at BIGINT NOT NULL
);
CREATE UNIQUE INDEX article_feedback_once ON article_feedback (article, reader, day);
CREATE INDEX article_feedback_at ON article_feedback (article, at);

CREATE TABLE article_use (
  id @pk,
  article BIGINT NOT NULL REFERENCES article (id),
  ticket BIGINT NOT NULL REFERENCES ticket (number),
  how TEXT NOT NULL CHECK (how IN ('inserted', 'sent', 'read', 'linked')),
  at BIGINT NOT NULL,
  person BIGINT NOT NULL
);
CREATE INDEX article_use_of ON article_use (article, at);
CREATE INDEX article_use_ticket ON article_use (ticket);

-- What was looked for: nothing of it names a person. `article` 0 stands for searches that found nothing.
CREATE TABLE article_search (
  article BIGINT NOT NULL,
  language TEXT NOT NULL CHECK (language IN ('en', 'fr')),
  words TEXT NOT NULL,
  times BIGINT NOT NULL,
  last BIGINT NOT NULL,
  PRIMARY KEY (article, language, words)
) @by_key;
CREATE INDEX article_search_last ON article_search (article, last);

-- What happened to an article, for its page.
CREATE INDEX event_article ON event (subject, id) WHERE kind LIKE 'article%';
