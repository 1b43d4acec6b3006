# The portal: what requesters read.

portal-ask = Ask for help
portal-home = Back to the first page
portal-you = You
portal-request = Your request
portal-no-subject = (no subject)
portal-standing = Where it stands
portal-conversation = Conversation
portal-earlier = Earlier words
portal-files-hint = Up to 10 files, 25 MiB together.
portal-files-again = Choose the files again: the browser does not keep them.
portal-field-wrong = { $field }: { $words }
portal-wait = { $minutes ->
    [one] That was too often. Nothing was sent; try again in a minute.
   *[other] That was too often. Nothing was sent; try again in { $minutes } minutes.
}

# The first page.
home-title = How can we help?
home-lead = Describe it in your own words. A technician reads it and answers you.
home-example = For example: my VPN keeps dropping
home-open = Your open requests
home-all = All requests
home-more-open = More open requests
home-none = You have no open requests.
home-ways = Ways to reach us
way-ask = Ask here
way-ask-words = Say what happened, with pictures if you have them.
way-mail = Write to us
way-sign-in = See your requests
way-sign-in-words = We mail you a link to sign in. No password needed.

# Asking.
ask-title = Ask for help
ask-lead = Say what happened first. The rest takes a minute.
ask-refused = Your request was not sent yet
ask-subject = What happened?
ask-body = Tell us more
ask-body-hint = What did you do, what did you expect, what did you see? Copy the words of an error as they stand.
ask-topic = What is it about?
ask-topic-none = I am not sure
ask-files = Files
ask-name = Your name
ask-address-hint = We answer there. We first send you a letter to confirm the address.
ask-go = Send
ask-known = Asked here before?
asked-title = Check your mailbox
asked-lead = We sent a letter to the address you gave. Open the link in it to confirm, and a technician will answer you. If nothing comes within a few minutes, look among unwanted mail, or check the address and ask again.
confirm-title = Confirm your address
confirm-lead = You asked us for help. Confirm that this mailbox is yours, and we will answer you there.
confirm-go = Confirm
confirm-not-you = If it was not you, close this page: nothing happens.

# One's requests: whose turn it is, and what comes next.
requests-whose = Which requests
requests-all = All
requests-open = Open
requests-mine = Mine
requests-none = You have no requests.
turn-received = Received
turn-desk = Being worked on
turn-others = Waiting for somebody else
turn-you = Your turn
turn-solved = Solved
turn-closed = Closed
next-soon = A technician will read it.
next-late = Our answer is late. A technician will come to it.
next-reply = You hear from us by { $when }
next-news = Next news from us by { $when }
next-others = We wait for somebody else, and write to you when it goes on.
next-you = A technician waits for your answer.
next-closes = It closes by itself: { $when }. Reopen it if the trouble comes back.
next-closes-soon = It closes by itself after seven days. Reopen it if the trouble comes back.
next-closed = Done. An answer opens a new request, linked to this one.
answer-title = Your answer
answer-refused = Your answer was not sent yet
answer-closed = This request is closed. Your answer opens a new one, linked to it.
answer-go = Send the answer
answer-works = It works now
answer-reopen = Reopen
answer-colleague = This is a colleague’s request. You can read it; only the person who asked can answer.

# Links from letters, and signing in without a password.
gone-title = This link does not open anything now
gone-lead = Links end after a while, some can be used once, and a mistyped one opens nothing. What you asked is not lost: we can mail you a new link to sign in and see your requests.
gone-go = Mail me a new link
link-title = Sign in by mail
link-lead = Type your address. We mail you a link that signs you in, once, for 30 minutes.
link-go = Mail me a link
link-password = Sign in with a password
link-lost = I lost my password
reset-title = A new password
reset-lead = Type your address. We mail you a link, good once and for 30 minutes. Behind it you can set a new password, or sign in without one.
mailed-title = Check your mailbox
mailed-lead = If we know the address, a letter with a link is on its way. It works once, for 30 minutes. If nothing comes within a few minutes, look among unwanted mail, or check the address and try again.
link-in-title = Sign in
link-in-lead = One more click and you are in. The link works once.
link-in-lost = I want to set a new password
link-in-password = Set the password and sign in
