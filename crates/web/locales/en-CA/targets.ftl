# Policies of what is promised, and the ledger of a ticket's clock.
targets-title = Promises
targets-lead = A ticket gets the first policy that fits it. Open tickets follow a change in the background, each with a line in its ledger.
policy-add = Add a policy
policy-promise = { $target ->
    [reply] First reply within { $time }: of a ticket now by { $due }
    [answer] Next reply within { $time }: to a question now by { $due }
   *[solve] Solution within { $time }: of a ticket now by { $due }
}
policy-up = Move “{ $name }” up
policy-down = Move “{ $name }” down
policy-retired = Out of use
policy-retired-now = The policy is out of use.
policy-retire = Take out of use
policy-restore = Bring back into use
policy-house = The house’s own promises
policy-house-hint = For every ticket that no policy above fits, by its priority; shown here at normal priority.
policy-whom = For whom
policy-whom-hint = Choose nothing in a list to let it fit all. A topic fits itself, not the topics under it.
policy-priorities = Priorities
policy-channels = Channels
policy-requesters = Requesters
policy-requesters-hint = Their addresses, with commas between.
policy-what = What is promised
policy-hours = By which clock
policy-length-hint = Hours and minutes, such as 4:30. Leave empty to promise nothing.
policy-answer-hint = From the requester’s word after a reply. Hours and minutes.
policy-warning = Warn
policy-warning-hint = At so much of the time, such as 75 %, or so long before the end, such as 0:30. Whoever has the ticket gets a letter, else who leads its team.
policy-steps = Then
policy-steps-hint = At so much of the time, such as 120 %, or so long after the end, such as 1:00. A line without a time does nothing.
step-when = When, line { $place }
step-target = Of which promise, line { $place }
step-deed = What is done, line { $place }
step-person = Who is told, line { $place }
step-nobody = Nobody by name
hours-house = In the hours of the house
hours-always = Around the clock
target-reply = First reply
target-answer = Next reply
target-solve = Solution
deed-tell_assignee = Tell whoever has it
deed-tell_leads = Tell who leads its team
deed-tell_person = Tell the person named
deed-raise_priority = Raise the priority by one
deed-back_to_team = Give it back to its team
preview-do = Show what it moves
preview-count = { $count ->
    [0] No open ticket moves
    [one] 1 of { $open } open tickets moves
   *[other] { $count } of { $open } open tickets move
}
preview-move = { $target ->
    [reply] #{ $number }, first reply: from { $was } to { $due }
    [answer] #{ $number }, next reply: from { $was } to { $due }
   *[solve] #{ $number }, solution: from { $was } to { $due }
}
clock-answer-by = Next reply by { $time }
clock-ledger = How the clock ran
clock-policy = Promised by “{ $name }”.
clock-policy-house = Promised by the house’s own targets for its priority.
clock-within = within { $time }, by { $due }
clock-never = —
ledger-started = The clock started { $at }, when the ticket was opened.
ledger-started-later = The clock started { $at }: the ticket was opened { $was }, when nobody was at work.
ledger-paused-pending = Paused from { $at } to { $until }, because the requester was asked.
ledger-pauses-pending = Paused since { $at }, because the requester was asked.
ledger-paused-on-hold = Paused from { $at } to { $until }, because it waited for others.
ledger-pauses-on-hold = Paused since { $at }, because it waits for others.
ledger-paused-for = Paused from { $at } to { $until }, because it waited for { $words }.
ledger-pauses-for = Paused since { $at }, because it waits for { $words }.
ledger-paused-done = Paused from { $at } to { $until }, because it was done and then opened again.
ledger-pauses-done = Stopped { $at }, because it was done.
ledger-paused-before = Not counted from { $at } to { $until }, because it was brought in from before.
ledger-pauses-before = Not counted since { $at }, because it was brought in from before.
ledger-paused-earlier = Pauses from before this ledger was kept are counted too.
ledger-asked = The requester wrote again { $at }: a next reply is due { $due }.
ledger-moved-policy = { $target ->
    [reply] The first reply is due { $due }, not { $was }, because another policy fits now.
    [answer] The next reply is due { $due }, not { $was }, because another policy fits now.
   *[solve] The solution is due { $due }, not { $was }, because another policy fits now.
}
ledger-moved-priority = { $target ->
    [reply] The first reply is due { $due }, not { $was }, because the priority changed.
    [answer] The next reply is due { $due }, not { $was }, because the priority changed.
   *[solve] The solution is due { $due }, not { $was }, because the priority changed.
}
ledger-moved-recomputed = { $target ->
    [reply] The first reply is due { $due }, not { $was }, because a policy or a calendar was changed.
    [answer] The next reply is due { $due }, not { $was }, because a policy or a calendar was changed.
   *[solve] The solution is due { $due }, not { $was }, because a policy or a calendar was changed.
}
ledger-warned = { $target ->
    [reply] A warning went out: the first reply was due { $due }.
    [answer] A warning went out: the next reply was due { $due }.
   *[solve] A warning went out: the solution was due { $due }.
}
ledger-breached = { $target ->
    [reply] The first reply was not given by { $due }.
    [answer] The next reply was not given by { $due }.
   *[solve] It was not solved by { $due }.
}
ledger-kept = { $target ->
    [reply] The first reply came in time: it was due { $due }.
    [answer] The next reply came in time: it was due { $due }.
   *[solve] It was solved in time: it was due { $due }.
}
ledger-missed = { $target ->
    [reply] The first reply came late: it was due { $due }.
    [answer] The next reply came late: it was due { $due }.
   *[solve] It was solved late: it was due { $due }.
}
ledger-step = A step of the policy was taken.
ledger-step-tell_assignee = Whoever had it was told.
ledger-step-tell_leads = Who leads its team was told.
ledger-step-tell_person = The person named in the policy was told.
ledger-step-raise_priority = Its priority was raised.
ledger-step-back_to_team = It went back to its team.
refused-no-target = Promise at least one of the three.
refused-target = Promise at least a minute, and at most 366 days.
refused-length = Write hours and minutes, such as 4:30.
refused-reply-after-solve = A reply cannot be due after the solution.
refused-never-open = By this clock there is never a working minute, so that nothing can be kept.
refused-no-such-calendar = Choose a calendar of the list.
refused-warning = Write 1 % to 99 %, or a time shorter than every promise, such as 0:30.
refused-step = Write a share such as 120 %, or a time after the end such as 1:00.
refused-step-target = A step stands at something that is not promised.
refused-step-person = Choose whom to tell.
refused-too-many-policies = There are { $number } policies already. Change one of them.
audited-policy-add = Policy added
audited-policy-change = Policy changed
audited-policy-move = Policy moved in the order
audited-policy-retire = Policy taken out of use
audited-policy-restore = Policy brought back into use
job-recompute_clocks = Computing the clocks of open tickets after #{ $number } anew
