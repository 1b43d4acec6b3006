# The live board of a team, reviews of solved tickets, and coaching.

nav-team = Team
team-today = Today
team-week = Week
team-month = Month
team-print = Print
team-rooms = Rooms of the team
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

quality-title = Quality reviews
quality-lead = Five plain questions about a solved ticket. Each review is for the person and the leads of the team, and for nobody else.
quality-private = Only the person and the leads of the team can read this.
quality-queue = To be reviewed
quality-queue-none = Nothing waits. What the rules below draw comes here by itself.
quality-pick = A ticket of your choice
quality-pick-hint = The number of a solved ticket of somebody in your team.
quality-pick-do = Review it
quality-closed-ticket = A ticket you cannot open
quality-about = Solved by { $name }
quality-by = Reviewed by { $name }
quality-mine = Said of your tickets
quality-mine-lead = for you and your leads
quality-mine-none = No ticket of yours has been reviewed yet.
quality-done = Reviewed in your teams
quality-done-none = Nothing has been reviewed yet.
quality-team = { $name } as a whole
quality-trend = Answers by question
quality-question = Question
quality-now = Yes, these 90 days
quality-before = Yes, the 90 before
quality-trend-means = { $count ->
    [one] From one review in 90 days. What does not apply is not counted.
   *[other] From { $count } reviews in 90 days. What does not apply is not counted.
}
quality-missing = { $count ->
    [one] Too little to say anything yet: one more review, of somebody else, is needed.
   *[other] Too little to say anything yet: { $count } more reviews are needed.
}
quality-question-understood = Did we understand the problem?
quality-question-right = Was the answer right?
quality-question-plain = Was it plain and polite?
quality-question-recorded = Was it recorded so that the next can use it?
quality-question-kept = Was the promise kept?
quality-answer-yes = Yes
quality-answer-partly = Partly
quality-answer-no = No
quality-answer-none = Does not apply
quality-words = A word
quality-words-hint = What went well, and one thing to try next time.
quality-drop = Put aside
quality-dropped = Put aside. It says nothing of anybody.
quality-is-dropped = This review was put aside. It says nothing of anybody.
quality-restore = Take it up again
quality-rules = Drawn by itself
quality-rules-none = Nothing is drawn by itself yet.
quality-rule-nth = { $count ->
    [one] every solved ticket
   *[other] about one solved ticket in { $count }
}
quality-rule-weekly = { $count ->
    [one] one a week for each person
   *[other] { $count } a week for each person
}
quality-rule-add = Draw these
quality-rule-end = End
quality-rule-ended = Nothing more is drawn by this rule.
quality-how = How
quality-how-nth = One ticket in so many
quality-how-weekly = So many a week for each person
quality-many = How many
quality-many-hint = One in 1 to 100, or 1 to 20 a week.
refused-quality-team = Choose a team that you lead.
refused-quality-many = Give a number: one in 1 to 100, or 1 to 20 a week.
refused-quality-unsolved = This ticket is not solved, or nobody has it. Pick one that somebody solved.
refused-quality-own = You solved this one. Somebody else reviews it.
refused-quality-not-led = Whoever solved this is in no team that you lead.
refused-quality-twice = This ticket is being reviewed already. Look for it in the lists.
refused-quality-answer = Choose an answer; “Does not apply” is one too.
conflict-quality-dropped = This review was put aside meanwhile. Take it up again first.
conflict-quality-done = This review is filled already.

coaching-title = Coaching
coaching-mine = Your goals and notes
coaching-load = { $active } to work on now, { $waiting } waiting
coaching-private = Only this person and whoever leads a team of theirs can read this page.
coaching-private-own = Only you and whoever leads a team of yours can read this page.
coaching-goals = Goals
coaching-goals-none = No goal has been agreed yet.
coaching-goal = A goal you both agree on
coaching-goal-hint = One line, such as: close the printing tickets alone by spring.
coaching-goal-add = Add goal
coaching-goal-removed = The goal was taken away.
coaching-reached = Reached { $when }
coaching-reach = Reached
coaching-reopen = Not yet
coaching-remove = Take away
coaching-notes = Notes
coaching-note = A note you can both see
coaching-note-add = Add note
coaching-note-removed = The note was taken away.
coaching-answer = Answer
coaching-answer-add = Add answer
coaching-by = { $name }, { $when }
coaching-edited = (changed { $when })
coaching-before = What it said before
coaching-until = Until { $when }
coaching-edit = Change
