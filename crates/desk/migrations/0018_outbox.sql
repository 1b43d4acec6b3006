-- How many letters of one sender opened tickets lately: asked for each letter that would open one.
CREATE INDEX letter_sender ON letter (sender, received_at);

-- How a mailbox writes: what a reply quotes, what stands under it, and whether it says that a letter came in.
ALTER TABLE mailbox ADD COLUMN quote TEXT NOT NULL DEFAULT 'last' CHECK (quote IN ('none', 'last', 'all'));
ALTER TABLE mailbox ADD COLUMN signature_en TEXT NOT NULL DEFAULT '';
ALTER TABLE mailbox ADD COLUMN signature_fr TEXT NOT NULL DEFAULT '';
ALTER TABLE mailbox ADD COLUMN acknowledge BOOLEAN NOT NULL DEFAULT TRUE;

-- The words of a letter, where they are not the usual ones; of all mailboxes, or of one.
CREATE TABLE letter_template (
  id @pk,
  kind TEXT NOT NULL CHECK (kind IN ('acknowledgement', 'confirm', 'solved', 'sign_in', 'reply')),
  mailbox BIGINT NULL REFERENCES mailbox (id),
  language TEXT NOT NULL CHECK (language IN ('en', 'fr')),
  subject TEXT NOT NULL,
  body TEXT NOT NULL
);
CREATE UNIQUE INDEX letter_template_one ON letter_template (kind, language, COALESCE(mailbox, 0));
