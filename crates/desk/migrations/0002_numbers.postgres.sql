-- Ticket numbers start at 1001.
ALTER TABLE ticket ALTER COLUMN number RESTART WITH 1001;
