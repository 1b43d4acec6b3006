-- What a requester says of a solving: one answer a person for each time the ticket was solved. `words` are packed.
CREATE TABLE rating (
  id @pk,
  ticket BIGINT NOT NULL REFERENCES ticket (number),
  person BIGINT NOT NULL REFERENCES person (id),
  answer TEXT NOT NULL CHECK (answer IN ('good', 'bad')),
  words @bytes NOT NULL,
  solved_at BIGINT NOT NULL,
  at BIGINT NOT NULL
);
CREATE UNIQUE INDEX rating_round ON rating (ticket, solved_at, person);
CREATE INDEX rating_person ON rating (person);
CREATE INDEX rating_at ON rating (at);
