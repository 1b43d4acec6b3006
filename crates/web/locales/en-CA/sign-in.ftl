# Getting in, the first set-up, and one's own settings.

gate-to-portal = Ask for help without signing in
sign-in-by-mail = No password, or lost it? Get a link by mail
sign-in-wait = { $minutes ->
    [one] That was too often. Try again in a minute.
   *[other] That was too often. Try again in { $minutes } minutes.
}
sign-out = Sign out
field-address = Mail address
field-name = Name
field-password = Password
field-new-password = New password
password-hint = 12 to 128 characters. A few words work well.

# The first set-up.
setup-title = Set up your desk
setup-lead = One page, once. Everything can be changed later.
setup-desk = The desk
setup-desk-name = Name of the desk
setup-zone = Time zone
setup-public-url = Address where people reach it
setup-public-url-hint = For example https://help.example.org. Letters leave only once it is set.
setup-mailbox = Mail address of the desk
setup-mailbox-hint = Letters to it become tickets. It can be added later.
setup-you = You, the first administrator
setup-go = Start the desk

# One's own settings.
me-title = My settings
me-letter-when-named = Email me when somebody names me on a ticket (with @) and I have not looked two minutes later
me-preferences = Language and look
me-language = Language
me-theme = Theme
theme-system = As the system
theme-light = Light
theme-dark = Dark
me-zone = Time zone
me-zone-hint = Left empty, it is the zone of the desk.
me-keys = Single keys, such as j and k to move
me-password = Password
me-password-old = Current password
me-password-go = Change the password
me-sessions = Where you are signed in
me-session-seen = last used { $when }
me-session-this = This browser
me-session-end = Sign it out
me-tokens = Tokens for programs
me-tokens-lead = A token lets a program act in your name, never above your role. It is shown once.
me-token-fresh = Copy the new token now; it is not shown again:
me-token-name = Name of the token
me-token-scopes = It may
me-token-add = Make a token
me-token-revoke = Revoke
scope-read = read
scope-write = write
scope-admin = administer
optional = (optional)
save = Save
saved = Saved
