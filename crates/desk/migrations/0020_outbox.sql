-- How many letters of one sender opened tickets lately: asked for each letter that would open one.
CREATE INDEX letter_sender ON letter (sender, received_at);
