# The administrator's pages: the state of the system, teams, topics, roles, organizations, channels, tokens, the audit
# log and how the desk shows itself.

nav-admin = Administration
admin-nav-state = State
admin-nav-teams = Teams
admin-nav-topics = Topics
admin-nav-roles = Roles
admin-nav-organizations = Organizations
admin-nav-channels = Channels
admin-nav-tokens = Tokens
admin-nav-audit = Audit log
admin-nav-brand = Appearance
field-name-en = Name in English
field-name-fr = Name in French

# The state of the system.
admin-state = State of the system
admin-all-well = Everything is working
admin-troubles = { $count ->
    [one] { $count } thing needs you
   *[other] { $count } things need you
}
admin-looked-at = Looked at { $when }.
admin-to-letters = All letters
admin-last-in = Last letter in
admin-last-out = Last letter out
admin-never = never
admin-unread = Came in, not read yet
admin-held = Held for a person to decide
admin-outbox-waiting = Waiting to leave
admin-outbox-failed = Could not be delivered, last 30 days
admin-work = Work in the background
admin-jobs-waiting = Jobs waiting
admin-jobs-given-up = Jobs given up
admin-index = Search index
admin-live = Live pages
admin-up-to-date = up to date
admin-behind = { $count ->
    [one] { $count } line behind, since { $when }
   *[other] { $count } lines behind, since { $when }
}
admin-not-running = not running here
admin-job-letter = The letter
admin-try-again = Try again
job-read_letter = Reading letter { $number }
job-send_letter = Sending letter { $number }
job-close_solved = Closing ticket { $number }
job-wake_ticket = Bringing back ticket { $number }
job-send_planned = Sending planned reply { $number }
job-mail_report = Writing the letter of report { $number }
job-tell_named = Telling who was named ({ $number })
job-remind_review = Telling the owner of article { $number } of its review
job-tell_affected = Telling everybody affected, round { $number }
job-read_manual = Reading the attached file { $number } of an article
admin-machine = Machine
admin-version = Version
admin-database = Database
admin-free = Free on the disk
admin-backup = Last backup
admin-not-known = not known to the desk
admin-backup-how = The command “firstline backup FILE” makes one and tells the desk.
admin-backup-postgres = On PostgreSQL the database is copied with its own tools, which do not tell the desk.
gigabytes = { $number } GB

trouble-disk-low = The disk is nearly full
remedy-disk-low = Free some space: below it, letters are turned away for a while and nothing new is kept.
trouble-unread = { $count ->
    [one] { $count } letter came in and has not been read for more than five minutes
   *[other] { $count } letters came in, and the oldest has not been read for more than five minutes
}
remedy-unread = The letters are safe. Restart the program; if they stay, the log of the program says why.
trouble-index-behind = Search does not find what is new
remedy-index-behind = Restart the program. If it stays behind, stop it, remove the folder “index” and start it again: it is built anew.
trouble-live-behind = Open pages do not show what is new
remedy-live-behind = Reloading a page shows everything. Restart the program.
trouble-jobs-given-up = { $count ->
    [one] { $count } job was given up
   *[other] { $count } jobs were given up
}
remedy-jobs-given-up = Read below why, mend that, and try again.
trouble-no-carrier = Letters cannot leave
remedy-no-carrier = Name the mail server that takes them: “relay” in firstline.toml, then restart the program. { $count } wait until then.
trouble-no-public-url = Letters wait for the address of the desk
remedy-no-public-url = Set “public_url” in firstline.toml to the address people use, then restart the program. { $count } wait until then.
trouble-outbox-stuck = { $count ->
    [one] { $count } letter should have left more than a quarter of an hour ago
   *[other] { $count } letters wait, and the oldest should have left more than a quarter of an hour ago
}
remedy-outbox-stuck = Check that the mail server of the desk can be reached. Letters are tried for four days; none is lost.
trouble-no-mailbox = The desk answers for no address yet
remedy-no-mailbox = Add a mailbox under Channels: until then every letter is refused and none leaves.
trouble-backup-old = The last backup is more than two days old
remedy-backup-old = Run “firstline backup FILE” now, and have it run every night.

# Teams.
teams-lead = A team shares a queue of tickets.
teams-empty = A team shares a queue: topics and mailboxes lead tickets to it. A small desk needs one.
team-add = New team
team-members = Members
team-leads = Led by
team-nobody = Nobody
team-private-chip = Private
team-private = Private: only its members see its tickets
team-private-hint = Administrators can look all the same, and each look is written into the audit log.
team-members-empty = Nobody belongs to this team yet, so nobody has it in mind when a ticket comes.
team-leads-chip = Leads
team-lead = Make lead
team-lead-end = No longer lead
team-leave = Take out
team-join = Add somebody
team-all-in = Everybody of the staff belongs to it.
team-left = { $name } no longer belongs to this team.
team-remove = Take the team away
team-remove-lead = Nothing leads to this team and it has no tickets. Taking it away cannot be undone.
team-bound = This team stays, because something is its own.
team-has-tickets = { $count ->
    [one] It has { $count } ticket.
   *[other] It has { $count } tickets, open or done.
}
team-has-topics = { $count ->
    [one] { $count } topic leads to it.
   *[other] { $count } topics lead to it.
}
team-has-views = { $count ->
    [one] One view is shared by it. Its members can remove it.
   *[other] { $count } views are shared by it. Its members can remove them.
}
team-has-canned = { $count ->
    [one] One canned reply is its own. Give it to another team, or to all.
   *[other] { $count } canned replies are its own. Give them to another team, or to all.
}
team-has-mailboxes = { $count ->
    [one] { $count } mailbox leads to it.
   *[other] { $count } mailboxes lead to it.
}

# Topics.
topics-lead = What tickets are about, on two levels.
topics-empty = A topic says what a ticket is about, and may lead it to a team. Requesters choose from them too.
topic-add = New topic
topic-add-under = Add one under it
topic-leads-to = goes to { $team }
topic-parent = Stands under
topic-parent-hint = A topic with others under it stays on the first level.
topic-first-level = Nothing: first level
topic-team = Its tickets go to
topic-team-hint = A new ticket about this goes to that team by itself.
topic-in-use = In use
topic-retired = Out of use
topic-retire = Take out of use
topic-retire-lead = It stays on old tickets and is offered no more, and neither is what stands under it. It can be brought back.
topic-restore = Bring back
topic-restore-lead = It is offered again. What stands under it is brought back one by one.

# Roles.
roles-lead = What each role may do, and who has it.
roles-nobody = Nobody has this role.
roles-requesters = A person is given another role on the person’s own page.
roles-note = Whoever is given another role is signed out everywhere and signs in again. Who becomes a requester leaves all teams; giving the role back does not bring the teams back.
may-requester = Asks, reads and answers their own requests on the portal and by mail. Never sees notes.
may-technician = Works on every ticket, except those of private teams they do not belong to. Adds and changes requesters and organizations.
may-supervisor = Does what a technician does. Meant for those who lead teams.
may-admin = Does everything, shapes the desk on these pages, and gives roles. A look at a ticket of somebody else’s private team is written into the audit log.
role-of = Role of { $name }
role-changed = { $name } is now { $role }.

# Organizations.
organizations-lead = Whom requesters belong to.
organizations-empty = An organization gathers its people: whoever writes from its mail domain belongs to it by itself.
organization-add = New organization
organization-domain = Mail domain
organization-domain-hint = Such as example.org. Newcomers who write from there belong to this organization.
organization-sharing = Who reads requests
organization-shares = Colleagues see each other’s requests
organization-shares-hint = Everybody of this organization then reads all its requests on the portal, also those that went to a private team.
organization-shares-chip = Colleagues
organization-own-only = Each their own
organization-note-hint = For the team only.
organization-nobody = Nobody belongs to it yet.

# Channels.
channels-lead = How requests come in and answers go out.
channels-empty = A mailbox is an address the desk answers for. Letters to any other address are refused.
channels-now = Now
channels-doors = Mail in and out
channels-doors-lead = These are read when the program starts. They are set in firstline.toml, by FIRSTLINE_ variables or on the command line.
mailboxes = Mailboxes
mailbox-add = New mailbox
mailbox-name = Name beside the address
mailbox-name-hint = Letters leave under this name; empty: the name of the desk.
mailbox-address-hint = Your mail server hands letters to this address over to the desk.
mailbox-team = Its tickets go to
mailbox-team-hint = Letters to a private team’s mailbox are for its members only.
mailbox-language = Language
mailbox-language-hint = For letters whose own language cannot be told.
mailbox-authserv = Name of our mail server in Authentication-Results
mailbox-authserv-hint = Only with it is mail from the staff believed without a person looking. Leave it empty when in doubt.
mailbox-month = Letters in 30 days
mailbox-last = Last letter
door-smtp = Letters in by SMTP
door-lmtp = Letters in by LMTP
door-relay = Letters out
door-public-url = Address of the desk
door-closed = closed
door-not-set = not set: letters wait
relay-encrypted = { $server }, encrypted
relay-plain = { $server }, not encrypted
relay-folder = Files in { $folder }; nothing leaves
relay-none = no mail server: letters wait
relay-own = none for the whole desk: letters leave only from mailboxes with a way out of their own

# Tokens.
tokens-lead = Programs that may act here, in whose name and how far.
tokens-empty = No program has a token. Each person makes their own; a program then acts in that person’s name.
tokens-make = To my tokens
tokens-for-good = A revoked token stops working at once and for good: it cannot be brought back, and whoever uses it needs a new one.
tokens-revoked = The token is revoked.
token-owner = Acts for
token-made = Made
token-used = Last used

# The audit log.
audit-lead = Every change of rights and settings, each line sealed with the one before.
audit-verify = Check the seal
audit-whole = The log is whole: every line fits the one before.
audit-broken = The log was changed: line { $line } does not fit the one before.
audit-broken-do = Compare it with a backup. Lines from there on cannot be trusted.
audit-filter = Choose lines
audit-filter-go = Show
audit-all = Show all
audit-anybody = Anybody
audit-anything = Anything
audit-desk = The desk itself
audit-who = Who
audit-action = What
audit-from = From
audit-to = To
audit-when = When
audit-subject = About
audit-data = Details
audit-empty = Nothing has been written yet. Changes of rights and settings stand here.
audit-none = No line answers to this.
audited-addresses = Addresses changed
audited-canned-add = Canned reply added
audited-canned-change = Canned reply changed
audited-canned-restore = Canned reply brought back
audited-canned-retire = Canned reply retired
audited-field-add = Form field added
audited-field-change = Form field changed
audited-field-move = Form field moved
audited-field-restore = Form field brought back
audited-field-retire = Form field retired
audited-job-again = Job tried again
audited-level = Level of a person set
audited-letter-released = Letter let in
audited-links-revoked = Links revoked
audited-looked-at-a-private-ticket = Looked at a private ticket
audited-mailbox-added = Mailbox added
audited-mailbox-changed = Mailbox changed
audited-merge = Person merged
audited-new-team = Team made
audited-password-set = Password set
audited-role = Role given
audited-setting = Setting changed
audited-share-requests = Sharing of requests
audited-suspend = Person suspended
audited-team-join = Joined a team
audited-team-lead = Leads a team
audited-team-lead-end = No longer leads a team
audited-team-leave = Left a team
audited-team-privacy = Privacy of a team
audited-team-removed = Team taken away
audited-token = Token made
audited-token-revoked = Token revoked
audited-unmerge = Merge undone
audited-unsuspend = Suspension ended

# How the desk shows itself.
brand-lead = What people see first: the name, a welcome, the colour and the logo.
brand-name = Name of the desk
brand-welcome-en = Welcome on the portal, in English
brand-welcome-fr = Welcome on the portal, in French
brand-welcome-hint = One or two sentences under the title. Empty in both languages: the usual words.
brand-accent = Accent colour
brand-accent-hint = Such as #0b6e4f, for links and main buttons. Empty: the usual green.
brand-accent-dark = Accent colour in the dark theme
brand-accent-dark-hint = Empty: the same hue, made as light as it must be.
brand-look = Look without saving
brand-preview = How it looks
brand-usual = The usual colour is in use.
brand-sample-button = Main button
brand-sample-chip = Done
brand-sample-link = A link in a sentence
brand-to-portal = Open the portal
brand-measured = Measured contrast
brand-pair = Where
brand-contrast = Contrast
brand-verdict = At least 4.5 to 1
brand-ratio = { $ratio } to 1
brand-enough = Enough
brand-not-enough = Too little
pair-light-text = Words on the page, light theme
pair-light-tint = Words on their own tint, light theme
pair-light-button = White words on the button, light theme
pair-dark-text = Words on a raised surface, dark theme
pair-dark-tint = Words on their own tint, dark theme
pair-dark-button = Dark words on the button, dark theme

brand-logo = Logo
brand-logo-none = The desk shows Firstline’s sign. Your own stands beside the name on every page, for the team and for requesters.
brand-logo-file = A picture
brand-logo-hint = PNG, JPEG or WebP, at most 100 KB. It is shown 28 pixels high; a transparent ground suits both themes.
brand-logo-size = { $width } by { $height } pixels
brand-logo-keep = Use this picture
brand-logo-remove = Show no logo
brand-logo-removed = The logo is gone from the pages.
admin-brake = Stopped answering by itself
admin-brake-words = { $letters } letters within an hour; { $usual } are usual.

admin-model = Model of meaning
admin-model-none = none; suggestions go by words
admin-model-done = { $points ->
    [one] one text reckoned
   *[other] { $points } texts reckoned
}
admin-model-waiting = { $points } texts reckoned, { $waiting } wait
admin-model-unfit = { $name } is not used. { $why }
model-unfit-missing = The file { $file } is missing or cannot be read: add the whole folder of the model again.
model-unfit-too-large = The file { $file } is too large: take a smaller model.
model-unfit-broken = The file { $file } cannot be read as what it should be ({ $part }): fetch it again.
model-unfit-unknown = { $file } names a kind this desk does not know ({ $part }): take a model of the BERT or XLM-R kind with WordPiece or Unigram.
model-unfit-lacks = { $file } lacks { $part }: fetch the model again, or take another.
model-unfit-shape = In { $file }, { $part } does not have the size the other files say: its files are not of one model.
model-unfit-not-a-number = In { $file } there are numbers that are none ({ $part }): fetch it again.
