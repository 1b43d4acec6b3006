# Steps, time spent, the whole history, the job sheet, merging, and the counter.


# Steps.
steps-title = Steps
steps-progress = { $done } of { $all } done
steps-arrange = Arrange
steps-add = Add a step
steps-add-hint = Enter adds it. A pasted list becomes one step a line.
steps-none = No steps yet. Write the first one below: what has to be done before this is solved?
steps-open = { $count ->
    [one] 1 step is open.
   *[other] { $count } steps are open.
}
step-ticked-by = { $name }, { $at }
step-who-until = { $name }, by { $day }
step-until = by { $day }
step-done = Done:
step-words = What to do
step-assignee = Who does it
step-due = By which day
step-up = Move up: { $words }
step-down = Move down: { $words }
step-remove = Remove: { $words }
my-steps = My steps
my-steps-lead = What is yours to do on open tickets, the next day first.
my-steps-none = No open step is yours. Steps are given to somebody on the page of a ticket’s steps.
back-to-ticket = Back to the ticket
toast-step-added = Step added to { $number }.
toast-step-changed = Step changed on { $number }.
toast-step-ticked = Step ticked on { $number }.
toast-step-unticked = Step open again on { $number }.
toast-step-moved = Step moved on { $number }.
toast-step-removed = Step removed from { $number }.
toast-solved-steps = { $count ->
    [one] Solved { $number }. 1 step is open.
   *[other] Solved { $number }. { $count } steps are open.
}
line-step-added = { $count ->
    [one] { $name } added the step “{ $words }”
   *[other] { $name } added { $count } steps, first “{ $words }”
}
line-step-removed = { $count ->
    [one] { $name } removed the step “{ $words }”
   *[other] { $name } removed { $count } steps, first “{ $words }”
}
line-step-changed = { $name } changed the step “{ $words }”
line-step-ticked = { $name } ticked “{ $words }”
line-step-unticked = { $name } opened the step “{ $words }” again
line-step-moved = { $name } moved the step “{ $words }”

# Time spent.
time-title = Time spent
time-entry = { $time }, { $name }
time-how-long = How long
time-hint = Minutes, or hours and minutes: 90, 1:30, 1 h 30
time-words = On what (may stay empty)
time-log = Log time
time-do-log = Log it
time-remove = Remove
toast-time-logged = Time logged on { $number }.
toast-time-changed = Time corrected on { $number }.
toast-time-removed = Time removed from { $number }.
line-time-logged = { $name } logged { $time }
line-time-changed = { $name } corrected the time to { $time }
line-time-removed = { $name } removed { $time }

# The whole history.
history-whole = Whole history
history-show = What to show
history-all = Everything
history-words = What was said
history-status = Status
history-fields = Fields
history-steps = Steps
history-time = Time
history-none = Nothing of this kind happened.
history-newest = Newest
history-older = Older
history-change = { $field }: from { $from } to { $to }
changed-status = Status
changed-assignee = Assigned to
changed-subject = Subject
changed-priority = Priority
changed-team = Team
changed-topic = Topic
changed-requester = Requester
changed-waiting_for = Waiting for
changed-words = Words
changed-due = By which day
changed-minutes = Time
door-page = on a page
door-api = through the API
door-link = by the link in a letter
door-desk = by the desk itself
line-opened = { $name } opened it
line-wrote = { $name } wrote
line-replied = { $name } replied
line-noted = { $name } left a note
line-called = { $name } kept a call
line-visited = { $name } kept a visit
line-watched = { $name } watches it
line-unwatched = { $name } stopped watching it
line-other = { $name } changed something

# The job sheet.
print-title = Job sheet
print-how = Print this page with your browser. Controls and this line stay off the paper.
print-with-notes = With internal notes
print-without-notes = Without internal notes
print-has-notes = With internal notes: for the team only
print-code = QR code of { $address }
print-status = Status
print-opened = Opened
print-signed = Signature
print-date = Date

# Merging, before it is done.
merge-title = Merge two tickets
merge-look = Look first
merge-goes = Goes away
merge-stays = Remains
merge-what-happens = What will happen
merge-number = { $stays } remains. { $goes } closes and leads there.
merge-all = Everything { $goes } holds is shown on { $stays }: messages, files, watchers, steps, time and drafts.
merge-answers = Whoever answers a letter of { $goes } writes on { $stays }.
merge-replies = Replies on { $stays } go to { $name }.
merge-other-requester = { $name } reads only what was said with them, and gets no replies written on the other ticket.
merge-messages = { $count ->
    [one] 1 message
   *[other] { $count } messages
}
merge-files = { $count ->
    [one] 1 file
   *[other] { $count } files
}
merge-watchers = { $count ->
    [one] 1 watcher
   *[other] { $count } watchers
}
merge-steps = { $count ->
    [one] 1 step
   *[other] { $count } steps
}
merge-drafts = { $count ->
    [one] 1 draft of yours
   *[other] { $count } drafts of yours
}
merge-do = Merge { $goes } into { $stays }

# The counter.
nav-counter = Counter
counter-title = At the counter
counter-waiting = { $count ->
    [0] Nobody waits at the counter.
    [one] 1 person waits at the counter.
   *[other] { $count } people wait at the counter.
}
counter-take-next = Take next
counter-take = Take
counter-take-one = Take { $name }
counter-left = { $name } left
counter-empty = Whoever comes in person and cannot be helped at once waits here, in order. Note the first one below.
counter-since = since { $at }, { $time }
counter-name = Who is it?
counter-note = Note in the line
toast-left = Taken out of the line.

# A new ticket that may be there already.
alike-title = An open ticket looks like this one
alike-join = Join it
alike-join-one = Join { $number }
alike-hint = Joining writes what you typed on that ticket as a call or a visit. Opening a new one is still possible.
joined-field = { $field }: { $words }
joined-from = From { $name }:
new-solved-key = Open and solve (Ctrl Shift Enter)
