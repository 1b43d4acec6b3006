-- Where the letters of a mailbox leave, when they do not leave as all others of the desk do, and how that goes. `secret` is
-- a sealed password; a mailbox that is connected with its mail provider for fetching signs in with what was granted then.
CREATE TABLE sending (
  mailbox BIGINT PRIMARY KEY REFERENCES mailbox (id),
  host TEXT NOT NULL,
  port BIGINT NOT NULL,
  protection TEXT NOT NULL CHECK (protection IN ('none', 'starttls', 'implicit')),
  sign_in TEXT NOT NULL CHECK (sign_in IN ('password', 'connected')),
  user_name TEXT NOT NULL,
  secret @bytes NULL,
  well_at BIGINT NULL,
  failing_since BIGINT NULL,
  fault TEXT NULL CHECK (fault IN ('sign-in', 'refused', 'line', 'broken', 'key')),
  words TEXT NOT NULL DEFAULT '',
  changed_at BIGINT NOT NULL
);
