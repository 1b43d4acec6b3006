# The log of changes, the catalogue of services, outages, and the public status page.

changes-title = Changes
changes-list = List
changes-calendar = Calendar of changes
changes-waiting = { $count ->
    [0] Waiting for approval
    [one] { $count } waits for approval
   *[other] { $count } wait for approval
}
changes-empty = Nothing is written down yet. Write the first change above, in one line.
changes-older = Older
changes-week-before = Week before
changes-week-after = Week after
changes-none-that-day = No change that day.
change-one-line = Done just now
change-record = Write it down
change-plan = Plan a change
change-edit = Change the plan
change-edit-decided = When the plan changes, it needs a new approval.
change-done-already = It is done already
change-number = Number
change-what = What
change-what-hint = One line, such as: updated the driver on LT-04.
change-words = In more words
change-state = State
change-when = When
change-who = Who
change-touched = What it touches
change-begins = Begins
change-ends = Ends
change-risk = Risk
change-services = Services
change-devices = Devices
change-devices-hint = Their names, with commas between them.
change-site = Site
change-site-hint = As it is written on the people there.
change-back-out = Back-out plan
change-back-out-hint = How to get back if it fails.
change-notice-en = What requesters are told, in English
change-notice-fr = What requesters are told, in French
change-notice-hint = It stands on the public status page. Left empty, nothing is said there.
change-for-ticket = It is linked to ticket #{ $number }.
change-result = Result
change-decision = Decided by
change-decide = Approve it?
change-decision-words = Your words
change-approve = Approve
change-refuse = Refuse
change-go-on = Next
change-ask = Ask for approval
change-start = Begin
change-how-ended = How it ended
change-result-words = What came of it
change-result-hint = Words are needed where it failed or was backed out.
change-tickets = Tickets
change-no-tickets = No ticket is linked.
change-link-ticket = Number of a ticket
change-after = Tickets in the 48 hours after it
change-after-none = None that touches the same service, device or site.
change-hours-after = { $count ->
    [0] within the hour
    [one] { $count } hour after
   *[other] { $count } hours after
}
change-before = What changed before it
change-before-none = Nothing in the 48 hours before that touches the same service, device, site or person.
change-just-before = within the hour
change-hours-before = { $count ->
    [one] { $count } hour before
   *[other] { $count } hours before
}
change-from-ticket = Write a change down for this ticket
change-from-to = { $from } to { $to }
change-meets = At the same time on the same service: { $changes }
change-unapproved = Without approval
change-rule = Rule of the house
change-rule-from = A change is approved by another person
change-rule-low = always
change-rule-medium = from medium risk on
change-rule-high = at high risk
change-rule-never = never
change-risk-low = Low risk
change-risk-medium = Medium risk
change-risk-high = High risk
change-state-draft = Draft
change-state-asked = Waits for approval
change-state-approved = Approved
change-state-refused = Refused
change-state-in_progress = In progress
change-state-done = Done
change-state-failed = Failed
change-state-backed_out = Backed out
change-touch-service = same service
change-touch-device = same device
change-touch-site = same site
change-touch-person = same person
line-change-linked = { $name } linked change { $change }
line-change-unlinked = { $name } took change { $change } off
line-outage-linked = { $name } linked this ticket to an outage
line-outage-unlinked = { $name } took this ticket off an outage

services-title = Services
services-empty = No service is listed yet.
service-one = Service
service-add = Add a service
service-edit = Change the service
service-owner = Who answers for it
service-nobody = Nobody
service-documents = Documents
service-documents-hint = One a line: its title, then its address.
service-topics = Topics that are about it
service-about-en = What it is, in English
service-about-fr = What it is, in French
service-shown = Show it on the public status page
service-retired = Out of use
service-retire = Take it out of use
service-restore = Bring it back
service-state-running = Running
service-state-maintenance = Maintenance
service-state-disturbed = Disturbed
service-state-down = Down

outage-one = Outage
outages-open = Open outages
outages-past = Past outages
outages-none = No outage has been written down.
outage-open = Open an outage
outage-edit = Change the outage
outage-languages = What is missing in one language is shown in the other, and marked.
outage-title-en = Title in English
outage-title-fr = Title in French
outage-words-en = What is told, in English
outage-words-fr = What is told, in French
outage-began = Began
outage-ended = Ended
outage-tickets = Tickets it explains
outage-tickets-hint = Their numbers, with commas between them.
outage-note = Note for the desk
outage-note-hint = Never shown to requesters.
outage-shown = Tell requesters: banner and status page
outage-not-shown = Requesters are not told
outage-no-en = English is missing
outage-no-fr = French is missing
outage-phase-investigating = We are looking for the cause
outage-phase-identified = The cause is known
outage-phase-watching = Mended, being watched
outage-phase-over = Over
outage-tell = Tell what is new
outage-do-tell = Tell everybody
outage-do-answer = Answer the tickets
outage-do-clear = All clear: tell, answer and solve
outage-answer-hint = Each ticket is answered in the language of its requester.
outage-answered = { $count ->
    [one] { $count } ticket answered.
   *[other] { $count } tickets answered.
}
outage-said = What was told
outage-said-none = Nothing yet.
outage-me-too = Me too
outage-me-too-count = { $count ->
    [0] nobody else yet
    [one] { $count } person says “me too”
   *[other] { $count } people say “me too”
}
outage-counted = You are counted. You need not write to us.
outage-sign-in = Sign in to say “me too”
outage-since = since { $when }
outage-other-language = Not yet translated.

status-title = Status of services
status-as-of = As of { $when }
status-all-well = Everything is working
status-never-down = Not down in the past 90 days
status-disturbed-for = Disturbed for { $time } in the past 90 days
status-down-for = Down for { $time } in the past 90 days: { $percent } % up
status-hit = { $service } ({ $effect })
status-planned = Planned
status-under-way = under way
status-past = The past 90 days
status-past-none = No outage.

audited-service-add = Service added
audited-service-change = Service changed
audited-service-retire = Service taken out of use
audited-service-restore = Service brought back
audited-change-approve = Change approved
audited-change-refuse = Change refused
