-- The team board. What a ticket counts for there, as the follower of the reports last saw it: its team (0 for none) and
-- the places among the sums, such as `opened:498561:0` (measure, start, part).
CREATE TABLE board_ticket (
  ticket BIGINT PRIMARY KEY REFERENCES ticket (number),
  team BIGINT NOT NULL,
  places TEXT NOT NULL
) @by_key;

-- The sums, kept by difference from `board_ticket`. A start is an hour, a day or a topic; a part is a length, a topic or
-- whoever has it now, by measure (see crates/desk/src/board/standing.rs). What a person has done is nowhere counted.
CREATE TABLE board_sum (
  measure TEXT NOT NULL,
  start BIGINT NOT NULL,
  team BIGINT NOT NULL,
  part BIGINT NOT NULL,
  n BIGINT NOT NULL,
  PRIMARY KEY (measure, start, team, part)
) @by_key;

-- Every ticket is counted once more, for the board.
DELETE FROM setting WHERE name = 'report-basis';

-- Reviews of solved tickets. What is drawn by itself, team by team: every so many-th ticket, or so many a week for each
-- person; `seed` makes the draw the same whoever looks.
CREATE TABLE quality_rule (
  id @pk,
  team BIGINT NOT NULL REFERENCES team (id),
  nth BIGINT NULL,
  weekly BIGINT NULL,
  topic BIGINT NULL REFERENCES topic (id),
  channel TEXT NULL,
  seed BIGINT NOT NULL,
  made_by BIGINT NOT NULL REFERENCES person (id),
  created_at BIGINT NOT NULL,
  ended_at BIGINT NULL,
  CHECK ((nth IS NULL) <> (weekly IS NULL))
);
CREATE INDEX quality_rule_team ON quality_rule (team, id);
CREATE INDEX quality_rule_topic ON quality_rule (topic);

-- One ticket of one person, drawn by a rule or picked by hand. `week` is the Monday of the week in which it was solved, in
-- days since 1970 of the house's zone.
CREATE TABLE quality_review (
  id @pk,
  ticket BIGINT NOT NULL REFERENCES ticket (number),
  person BIGINT NOT NULL REFERENCES person (id),
  team BIGINT NOT NULL REFERENCES team (id),
  rule BIGINT NULL REFERENCES quality_rule (id),
  picked_by BIGINT NULL REFERENCES person (id),
  week BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'dropped')),
  words TEXT NOT NULL DEFAULT '',
  reviewer BIGINT NULL REFERENCES person (id),
  created_at BIGINT NOT NULL,
  done_at BIGINT NULL
);
CREATE UNIQUE INDEX quality_review_ticket ON quality_review (ticket, person);
CREATE INDEX quality_review_person ON quality_review (person, state, id);
CREATE INDEX quality_review_team ON quality_review (team, state, id);
CREATE INDEX quality_review_rule ON quality_review (rule, person, week);

CREATE TABLE quality_answer (
  review BIGINT NOT NULL REFERENCES quality_review (id),
  question TEXT NOT NULL CHECK (question IN ('understood', 'right', 'plain', 'recorded', 'kept')),
  answer TEXT NOT NULL CHECK (answer IN ('yes', 'partly', 'no', 'none')),
  PRIMARY KEY (review, question)
) @by_key;

-- Coaching: goals that were agreed, and notes, for one person and his leads. A note that answers another names it.
CREATE TABLE coaching_goal (
  id @pk,
  person BIGINT NOT NULL REFERENCES person (id),
  made_by BIGINT NOT NULL REFERENCES person (id),
  words TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  reached_at BIGINT NULL,
  removed BOOLEAN NOT NULL DEFAULT FALSE
);
CREATE INDEX coaching_goal_person ON coaching_goal (person, id);

CREATE TABLE coaching_note (
  id @pk,
  person BIGINT NOT NULL REFERENCES person (id),
  author BIGINT NOT NULL REFERENCES person (id),
  answers BIGINT NULL REFERENCES coaching_note (id),
  words TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  edited_at BIGINT NULL,
  removed BOOLEAN NOT NULL DEFAULT FALSE
);
CREATE INDEX coaching_note_person ON coaching_note (person, id);
CREATE INDEX coaching_note_answers ON coaching_note (answers);

-- What a note said before it was changed.
CREATE TABLE coaching_version (
  id @pk,
  note BIGINT NOT NULL REFERENCES coaching_note (id),
  words TEXT NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX coaching_version_note ON coaching_version (note, id);
