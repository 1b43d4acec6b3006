# The live board of a team, reviews of solved tickets, and coaching.

nav-team = Team
team-today = Today
team-week = Week
team-month = Month
team-print = Print
team-everything = Every team
team-mine = My teams
team-said-calm = { $open ->
    [0] Nothing is open.
    [one] One ticket is open, and it is on time.
   *[other] { $shown } tickets are open, and none is late.
}
team-said-late = { $late ->
    [one] { $shown } open, one of them late.
   *[other] { $shown } open, { $late_shown } of them late.
}
team-said-nobody = { $nobody ->
    [one] { $shown } open, none late. One has nobody.
   *[other] { $shown } open, none late. { $nobody_shown } have nobody.
}
team-said-both = { $nobody ->
    [one] { $shown } open, { $late_shown } late. One has nobody.
   *[other] { $shown } open, { $late_shown } late. { $nobody_shown } have nobody.
}
team-lead-today = { $day }, { $time }. { $here } of { $of } are here.
team-lead-quiet = { $day }, { $time }. A quiet day: nothing has come in and nothing was solved. { $here } of { $of } are here.
team-lead-before = The desk has not opened yet: the day shown is { $day }.
team-lead-closed = { $day }, { $time }. The desk is closed today.
team-figures = Key figures
team-of = of { $of }
team-open = Open
team-open-same = as many as a week ago at this hour
team-open-more = { $shown } more than a week ago at this hour
team-open-fewer = { $shown } fewer than a week ago at this hour
team-reply = First reply
team-reply-none = no first reply yet
team-reply-said = { $count ->
    [one] one reply
   *[other] half of { $shown } are faster
}
team-reply-before = half are faster; before that { $time } on a usual day
team-at-once = Solved at first contact
team-at-once-said = { $count ->
    [0] nothing solved yet
    [one] of one solved
   *[other] of { $shown } solved
}
team-kept = Promises kept
team-kept-said = { $late } late, { $soon } due within the hour
team-satisfaction = Satisfaction
team-satisfaction-said = { $count ->
    [0] no answers in 30 days
    [one] one answer in 30 days
   *[other] { $shown } answers in 30 days
}
team-flow = In and solved
team-flow-title = Tickets in and solved, by hour
team-flow-usual = { $count ->
    [one] by hour, against one day of the same name
   *[other] by hour, against { $count } days of the same name
}
team-usual-few = { $count ->
    [one] by hour; what is usual is known in one week
   *[other] by hour; what is usual is known in { $count } weeks
}
team-chart-said = { $opened } came in and { $solved } were solved.
team-peak = { $count } at { $hour } o’clock
team-hour = Hour
team-in = In
team-out = Solved
team-usual-in = Usually in
team-needs = Needs you
team-needs-none = Nothing is late, and everything has somebody.
team-need-with = { $name }, with { $who }
team-need-nobody = { $name }, with nobody
team-loads = Who has what
team-loads-none = Nobody is in this team yet.
team-key-late = late
team-key-soon = due soon
team-key-ok = on time
team-key-wait = waiting
team-here = here now
team-away = not here now
team-beads = { $late } late, { $soon } due soon, { $fine } on time, { $waiting } waiting
team-beads-more = { $late } late, { $soon } due soon, { $fine } on time, { $waiting } waiting, and { $more } more
team-ages = Open by age
team-age-today = Today
team-age-days = { $from } to { $to } days
team-age-over = Over { $from } days
team-old = { $count ->
    [0] none older than a week
    [one] one older than a week
   *[other] { $count } older than a week
}
team-cover = Cover by topic
team-cover-lead = who could take it now
team-person = Technician
team-cover-works = has tickets of it now
team-cover-team = is of the team it goes to
team-cover-no = neither
team-cover-gap = Nobody who is here now covers: { $topics }.
team-asked = Asked most
team-asked-lead = in seven days, against the seven before
team-asked-none = Nothing with a topic came in during these seven days.
team-asked-before = { $count } in the seven days before
