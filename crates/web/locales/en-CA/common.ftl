# The frame of every page, and what stands on more than one.

app-name = Firstline
skip-to-main = Skip to the content
nav-main = Main
nav-find = Find anything
nav-desk = Desk
nav-new = New ticket
nav-people = People
nav-letters = Letters
nav-views = Views
nav-small = Main, small screen
tab-inbox = Inbox
tab-find = Find
tab-new = New
tab-me = Me
view-mine = My open
view-unassigned = Unassigned
view-waiting = Waiting
view-watching = Watching
view-everyone = Everyone
tickets-count = { $count ->
    [one] { $count } ticket
   *[other] { $count } tickets
}
letters-held-count = { $count ->
    [one] { $count } letter held
   *[other] { $count } letters held
}
other-language = Français
sign-in = Sign in
portal-help-desk = Help desk
portal-my-requests = My requests
portal-to-desk = To the desk

# Errors.
error-title = This did not work
error-nothing-title = There is nothing here
error-first-page = Back to the first page
error-nothing-here = There is nothing here for you. Check the address, or go back to where you came from.
error-refused = What was sent could not be taken. Nothing was changed. Go back, correct it and send it again.
error-too-often = That was too often. Wait a little and try again.
error-busy = Too much is waiting just now. Nothing was lost; try again in a few seconds.
error-full = The disk is full: reading goes on, nothing new is taken. Tell whoever runs this desk.
error-fault = Something went wrong on our side. Nothing you sent was half kept. Tell whoever runs this desk the number below.
banner-offline = No network. Your words are kept.
banner-slow = This takes longer than usual. Your words are kept.
banner-failed = The desk could not keep this. Your words are still here: try again.
