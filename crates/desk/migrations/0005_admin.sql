-- What the administrator's pages ask for: the letters of one mailbox, and the audit log by time, person and action.
CREATE INDEX letter_mailbox ON letter (mailbox, received_at);
CREATE INDEX audit_at ON audit (at, id);
CREATE INDEX audit_actor ON audit (actor, at, id);
CREATE INDEX audit_action ON audit (action, at, id);
