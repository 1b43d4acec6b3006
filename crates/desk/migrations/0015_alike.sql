-- Before a ticket is opened, the open ones of a person and of an organization are looked through, the newest first.
CREATE INDEX ticket_open_requester ON ticket (requester, number) WHERE stage <> 2 AND merged_into IS NULL;
CREATE INDEX ticket_open_organization ON ticket (organization, number) WHERE stage <> 2 AND merged_into IS NULL;
