-- Ticket numbers start at 1001. SQLite keeps the next number of an AUTOINCREMENT key in sqlite_sequence.
INSERT INTO sqlite_sequence (name, seq) VALUES ('ticket', 1000);
