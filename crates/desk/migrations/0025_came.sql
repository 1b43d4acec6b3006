-- When a letter last came for a mailbox is asked for each minute: along this index it is the first entry, however many
-- letters were brought in out of files since.
CREATE INDEX letter_came ON letter (mailbox, received_at) WHERE way <> 'file';
