# Lists: order, filter, many at once; saved views; keys and the palette.

# Order and filter.
group-oldest = Oldest first
sort = Sort
sort-oldest = Tickets, oldest first
sort-by-oldest = Sort by oldest
filter = Filter
filter-go = Show these
filter-clear = Clear the filter
filter-without = Remove this part
rows-waiting = { $count } new
any = Any
field-status = Status
field-assignee = Assigned to
field-channel = Came by
field-subject-has = Words in the subject
me-short = Me
my-teams = My teams
channel-mail = Mail
channel-portal = Portal
channel-chat = Chat
channel-alert = Alert
channel-api = API
empty-saved = Nothing fits this view.
empty-filtered = Nothing fits this filter.

# Many at once.
pick-rows = Choose several
pick-row = Choose { $subject }
key-tick = choose
key-all = keys
bulk = Chosen tickets
bulk-chosen = { $count } chosen
bulk-do = What to do
bulk-go = Do it
do-tag = Add the tag
bulk-done = { $count ->
    [0] Nothing was changed.
    [one] Changed one ticket.
   *[other] Changed { $count } tickets.
}
bulk-left = { $count ->
    [one] One was left as it was:
   *[other] { $count } were left as they were:
}
bulk-kept = { $count ->
    [one] One ticket had changed since and was left as it is.
   *[other] { $count } tickets had changed since and were left as they are.
}
left-not-found = It is no longer there for you.
left-tagged = It had the tag already.
left-fields = Fields that solving needs are empty: { $tickets }.

# Saved views.
views-title = My views
views-more = More
views-empty = A view is a question you ask often: "late and nobody's", "the VPN this week". It keeps itself up to date.
views-first = Write the first one
views-full = The side bar holds { $count } views. Take one out first.
view-new = New view
view-edit = Change this view
view-edit-named = Change the view { $name }
view-star = Keep { $name } in the side bar
view-save-this = Save as a view
view-name = Name
view-whose = Who sees it
view-private = Only me
view-of-team = Everybody in { $team }
view-match = A ticket is shown when
match-all = all of these hold
match-any = one of these holds
match-all-said = Tickets for which all of this holds:
match-any-said = Tickets for which one of these holds:
view-finds = { $count ->
    [0] It finds no ticket now.
    [one] It finds one ticket now.
   *[other] It finds { $count } tickets now.
}
view-finds-many = It finds { $count } tickets now.
view-finds-unknown = Choose what the tickets have in common.
view-remove = Remove this view
view-gone = The view is gone.
clause-number = Condition { $number }
clause-about = What the condition is about
clause-is-or-not = Is or is not
clause-is = is
clause-is-not = is not
clause-values = Which
clause-words = Words
clause-count = How many
clause-add = Add a condition
clause-remove = Remove condition { $number }
either = { $first } or { $next }
about-standing = Progress
about-status = Status
about-priority = Priority
about-assignee = Assigned to
about-team = Team
about-topic = Topic
about-channel = Came by
about-language = Language
about-organization = Organization
about-form = A detail of its topic
about-tag = Tags, separated by commas
about-subject = Words in the subject
about-watched = You watch it
about-unread = New words of the requester
about-late = Late
about-due_within = Due within so many hours
about-opened_within = Opened in the last so many days
about-older_than = Opened more than so many days ago
about-quiet_for = Nothing changed for so many days
standing-unsolved = Not solved yet
standing-active = Waiting for us
standing-waiting = Waiting for others
standing-done = Solved or closed
clause-standing = { $values }
clause-not-standing = Not: { $values }
clause-status = Status is { $values }
clause-not-status = Status is not { $values }
clause-priority = Priority is { $values }
clause-not-priority = Priority is not { $values }
clause-assignee = Assigned to { $values }
clause-not-assignee = Not assigned to { $values }
clause-team = Team is { $values }
clause-not-team = Team is not { $values }
clause-topic = Topic is { $values }
clause-not-topic = Topic is not { $values }
clause-channel = Came by { $values }
clause-not-channel = Did not come by { $values }
clause-language = Written in { $values }
clause-not-language = Not written in { $values }
clause-organization = From { $values }
clause-not-organization = Not from { $values }
clause-form = { $values }
clause-not-form = Not: { $values }
clause-tag = Tagged { $words }
clause-not-tag = Not tagged { $words }
clause-subject = The subject has “{ $words }”
clause-not-subject = The subject has no “{ $words }”
clause-watched = You watch it
clause-not-watched = You do not watch it
clause-unread = New words you have not read
clause-not-unread = No new words for you
clause-late = A promise has passed
clause-not-late = No promise has passed
clause-due_within = { $count ->
    [one] Due within the hour, or late
   *[other] Due within { $count } hours, or late
}
clause-not-due_within = { $count ->
    [one] Not due within the hour
   *[other] Not due within { $count } hours
}
clause-opened_within = { $count ->
    [one] Opened in the last day
   *[other] Opened in the last { $count } days
}
clause-not-opened_within = { $count ->
    [one] Not opened in the last day
   *[other] Not opened in the last { $count } days
}
clause-older_than = { $count ->
    [one] Opened more than a day ago
   *[other] Opened more than { $count } days ago
}
clause-not-older_than = { $count ->
    [one] Opened at most a day ago
   *[other] Opened at most { $count } days ago
}
clause-quiet_for = { $count ->
    [one] Nothing changed for a day
   *[other] Nothing changed for { $count } days
}
clause-not-quiet_for = { $count ->
    [one] Changed in the last day
   *[other] Changed in the last { $count } days
}

# Keys and the palette.
close = Close
keys-title = All keys
keys-lead = Each key can be changed: one character, or two pressed one after the other with a space between. An empty field switches its key off. Keys work outside fields only.
keys-off = Single keys are switched off in your settings.
keys-change = Change the keys
keys-usual = Back to the usual keys
press-j = Next ticket
press-k = Previous ticket
press-o = Open the ticket
press-u = Back to the list
press-x = Choose the ticket
press-c = New ticket
press-g-i = Go to my inbox
press-g-u = Go to the unassigned
press-g-t = Go to the team board
press-g-k = Go to the articles
press-slash = Search
press-question = Show all keys
press-f = Facts of the ticket
press-comma = Older message
press-dot = Newer message
press-r = Reply
press-n = Internal note
press-l = Log a call
press-shift-l = Log a visit
press-e = Solve
press-z = Undo
press-a = Assign
press-i = Assign to me
press-p = Priority
press-t = Topic
press-m = Merge
press-1 = Use the first likely solution
press-2 = Use the second likely solution
press-3 = Use the third likely solution
fixed-palette = Find or do anything
fixed-send = Send or save
fixed-send-solve = Send and solve
fixed-extend = Choose several in a row
fixed-back = Close, or back to the list
palette-hint = A command, a ticket, a person…
palette-none = Nothing found.
palette-view = View
left-unlinked = It is no longer linked to the problem.
