-- Requesters see the symptom and the workaround of this known error while they write.
ALTER TABLE problem ADD COLUMN public BOOLEAN NOT NULL DEFAULT FALSE;
