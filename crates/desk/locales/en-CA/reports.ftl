# The reports: their names, what they count, their one sentence, the columns of their tables, and the letters.

report-volume = Volume
report-volume-means = Tickets that came in, by the day they were opened, and tickets solved, by the day of the solution that stands. A ticket merged into another is counted there.
report-first-reply = First reply
report-first-reply-means = Working time from the opening to the first word with the requester: a reply, a call or a visit. Counted on the day of that word, to the width of the classes 5, 10, 15, 20, 30, 45, 60 minutes and so on.
report-time-to-solve = Time to solve
report-time-to-solve-means = Working time from the opening to the solution that stands, without the time the ticket waited for the requester or for others. Counted on the day of the solution.
report-backlog = Backlog by age
report-backlog-means = Tickets that are open or waiting now, by days since they were opened.
report-reopened = Reopened
report-reopened-means = Reopenings that were not taken back, by their day. A ticket that is reopened twice counts twice.
report-first-contact = First contact
report-first-contact-means = Solved at first contact: solved with at most one reply, call or visit, and never reopened. Counted on the day of the solution.
report-satisfaction = Satisfaction
report-satisfaction-means = What requesters said of the help they got, by the day they said it: one answer a person for each time a ticket was solved, and said anew it replaces the first. Those who said nothing are not counted.

report-nothing = Nothing in this period.
report-volume-said = { $count ->
    [0] No ticket
    [1] One ticket
   *[other] { $shown } tickets
} came in and { $of ->
    [0] none was solved
    [1] one was solved
   *[other] { $of_shown } were solved
} in { $days ->
    [1] one day
   *[other] { $days } days
}.
report-volume-before = { $days ->
    [1] The day before
   *[other] In the { $days } days before
}, { $count ->
    [0] none came in
    [1] one came in
   *[other] { $count } came in
}.
report-volume-more = { $days ->
    [1] That is { $share } more than the day before.
   *[other] That is { $share } more than in the { $days } days before.
}
report-volume-fewer = { $days ->
    [1] That is { $share } fewer than the day before.
   *[other] That is { $share } fewer than in the { $days } days before.
}
report-volume-same = { $days ->
    [1] That is about as many as the day before.
   *[other] That is about as many as in the { $days } days before.
}
report-first-reply-said = Half of { $shown } first replies came within { $half } of working time, nine in ten within { $nine }.
report-first-reply-few = { $count ->
    [1] One first reply was given
   *[other] { $count } first replies were given
}: too few to say how long they usually take.
report-time-to-solve-said = Half of { $shown } solved tickets took at most { $half } of working time, nine in ten at most { $nine }.
report-time-to-solve-few = { $count ->
    [1] One ticket was solved
   *[other] { $count } tickets were solved
}: too few to say how long they usually take.
report-half-before = { $days ->
    [1] The day before, half came within { $half }.
   *[other] In the { $days } days before, half came within { $half }.
}
report-reopened-said = { $count ->
    [0] No ticket was reopened
    [1] One ticket was reopened
   *[other] Tickets were reopened { $shown } times
} while { $of_shown } were solved: { $share }.
report-reopened-few = { $count ->
    [0] No ticket was reopened
    [1] One ticket was reopened
   *[other] Tickets were reopened { $shown } times
} while { $of ->
    [0] none was solved
    [1] one was solved
   *[other] { $of_shown } were solved
}: too few for a share.
report-first-contact-said = { $share } of what was solved was solved at first contact: { $shown } of { $of_shown } tickets.
report-first-contact-few = { $count ->
    [0] None
    [1] One
   *[other] { $count }
} of { $of ->
    [1] one solved ticket
   *[other] { $of } solved tickets
} needed one contact at most: too few for a share.
report-satisfaction-said = { $share } of those who answered say it went well: { $shown } of { $of_shown }.
report-satisfaction-few = { $of ->
    [1] One person answered
   *[other] { $of } people answered
}, and { $count ->
    [0] none says it went well
    [1] one says it went well
   *[other] { $count } say it went well
}: too few for a share.
report-share-before = { $days ->
    [1] The day before it was { $share }.
   *[other] In the { $days } days before it was { $share }.
}
report-backlog-said = { $count ->
    [1] One ticket is open
   *[other] { $shown } tickets are open
}; { $of ->
    [0] none is older than a week
    [1] one is older than a week
   *[other] { $of_shown } are older than a week
}.

report-column-day = Day
report-column-week = Week that begins
report-column-month = Month
report-column-age = Age
report-column-team = Team
report-column-topic = Topic
report-column-channel = Channel
report-column-opened = Came in
report-column-solved = Solved
report-column-replies = First replies
report-column-half = Half within
report-column-nine = Nine in ten within
report-column-open = Open
report-column-old = Older than a week
report-column-reopened = Reopened
report-column-at-once = At first contact
report-column-good = Went well
report-column-answers = Answers
report-column-share = Share

report-age-today = Today
report-age-days = { $from } to { $to } days
report-age-over = Over { $from } days
report-no-team = No team
report-no-topic = No topic
report-channel-mail = Mail
report-channel-portal = Portal
report-channel-chat = Chat
report-channel-phone = Phone
report-channel-in_person = Counter
report-channel-alert = Alert
report-channel-api = API

report-mail-subject = { $desk }: { $title }, { $from } to { $to }
report-mail-subject-now = { $desk }: { $title }, { $to }
report-mail-footer = You asked for this letter. To see more, or to get it no more, open the report:
