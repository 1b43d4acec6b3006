# The ledger of letters, and the search.

letters-title = Letters
letters-lead = Every letter that came, what became of it and why. Nothing is thrown away.
letters-states = States of letters
letters-none = No letters here.
letter-title = Letter
letter-state-all = All
letter-state-kept = Being read
letter-state-filed = Filed
letter-state-held = Held
letter-state-automatic = Automatic
letter-state-bounce = Bounces
letter-state-duplicate = Twice
letter-state-refused = Set aside
letter-is-kept = Being read
letter-is-filed = Filed
letter-is-held = Held
letter-is-automatic = Automatic
letter-is-bounce = Bounce
letter-is-duplicate = Twice
letter-is-refused = Set aside
letter-from = From
letter-envelope-from = Envelope sender
letter-to = To
letter-subject = Subject
letter-no-subject = (no subject)
letter-why = What became of it
letter-ticket = Ticket
letter-when = Received
letter-size = Size
letter-defects = Defects
letter-file = File
letter-as-sent = As it was sent
letter-raw = Download the original
letter-open-ticket = Open ticket { $number }
letter-release-ticket = File it on its ticket
letter-release-new = Make it a new ticket
letter-read-again = Read it again
letters-find = An address, a Message-ID, words of the subject
letters-not-found = No letter here has “{ $words }”. Try another state, or fewer words.
letters-dismiss = Set the ticked ones aside
letter-tick = Tick
letter-dismiss = Set it aside
letter-release-on = File it on a ticket
letter-release-on-go = File it there
mailbox-one = Mailbox
mailbox-any = All mailboxes
letter-forwarded = Passes on a letter of
letter-sealed = Sealed
letter-encrypted = Encrypted: only whoever has the key can read it
letter-signed = Signed by its sender; the signature was not checked
letter-signed-shut = Signed; its contents could not be opened and are among the files
letter-invitation = Invitation
letter-invitation-off = Invitation, called off
letter-complaint = Complaint
letter-returned = Came back from
defect-too-deep = Its parts are nested over 100 deep; the rest is in the original.
defect-too-many-parts = It has over 1,000 parts; the rest is in the original.
defect-header-too-long = Its header is over 256 KiB or 1,000 fields; the rest is in the original.
defect-contents-too-big = Its contents take more memory than one letter may; the rest is in the original.
defect-text-too-long = Its text is over 4 MiB; the whole of it is a file.
defect-too-much-work = It takes more work than one letter may; the rest is in the original.
defect-reader-failed = It could not be read; the original is kept.
defect-no-headers = It has no header.
defect-no-sender = It names no sender.
defect-several-senders = It names several senders; the first counts.
defect-repeated-field = The field { $word } stands more than once; the first counts.
defect-bad-date = Its date cannot be read.
defect-no-boundary = A part with several parts does not say where they end.
defect-unclosed = It ends before its last part does.
defect-unknown-charset = The character set “{ $word }” is unknown.
defect-unknown-encoding = The transfer encoding “{ $word }” is unknown.
defect-bad-encoding = A part is not encoded as it says.
defect-zero-bytes = Its text holds zero bytes; they were left out.
defect-bad-wrapping = A wrapping of Outlook (winmail.dat) could not be opened; it is kept as a file.
defect-part-of-wrapping = Part of a wrapping of Outlook (winmail.dat) could not be read.
defect-sealed-shut = Its signed contents could not be opened; they are kept as a file.
defect-bad-calendar = A calendar file could not be read; it is kept as a file.
letter-nobody = nobody (<>)
letter-way = Came by
letter-way-smtp = SMTP
letter-way-lmtp = LMTP
letter-way-imap = Fetched from its server
letter-way-file = Imported from a file
letter-number = Number in the ledger
letter-vouched = Proof of the sender
letter-waits = A letter of { $sender } waits for somebody’s word.
letter-waits-look = Look at it

search-title = Search
search-label = Words, a number, an address
search-placeholder = Words, #1234, a serial number, a name
search-go = Search
search-corrected = Nothing has exactly these words. This is for: { $words }
search-tickets = Tickets
search-none = Nothing was found for “{ $words }”. Try fewer words or another spelling.
search-no-tickets = No ticket has these words.
paging = Pages
paging-next = Next page
paging-previous = Page before

letters-none-held = No letter waits for anybody’s word.
letters-none-yet = No letter has come yet. What comes to your mailboxes will stand here, whatever becomes of it.
letters-no-mailbox = There is no mailbox yet. Once the desk has one, every letter that comes stands here.
letters-back = { $count ->
    [0] Nothing was brought back: somebody has decided about it since.
    [one] One letter is back as it was.
   *[other] { $count } letters are back as they were.
}
letter-files = Files
letter-files-lead = As they came. Open one only if you know what it is.
letter-how = How it came
letter-release-hint = The number of any ticket you can work on.
letter-move-to = Move it to another ticket
letter-move-go = Move it there
letter-move-hint = Its words and files go along. Both tickets say so, and you can take it back.
mark-encrypted = Encrypted
mark-signed = Signed
mark-invitation = Invitation
mark-report = Report
mark-forwarded = Passed on
mark-files = Files
mark-defects = Defects
toast-letter-released = The letter was let in.
toast-letters-released = { $count ->
    [one] The letter was let in.
   *[other] { $count } letters were let in.
}
toast-letters-dismissed = { $count ->
    [one] The letter was set aside.
   *[other] { $count } letters were set aside.
}
toast-letter-moved = The letter was moved to { $number }.
toast-letter-moved-off = A letter was moved from { $number }.
line-letter-off = { $name } moved a letter to { $number }
line-letter-here = { $name } moved a letter here from { $number }
conflict-letter-not-filed = This letter stands on no ticket, so it cannot be moved. Let it in first.
conflict-letter-alone = This letter is all that its ticket has. Merge the two tickets instead.
refused-same-ticket = It stands on that ticket already. Choose another one.
audited-letter-moved = Letter moved to another ticket
audited-letter-put-back = Letter put back as it was
heaps-title = Very many letters at once
heaps-lead = These senders opened very many tickets in a short time, or a mailbox got more than it may. The rest is held. Decide about all of them at once; it can be taken back.
heap-count = { $count ->
    [one] One letter
   *[other] { $count } letters
}
heap-let-in = Let all in
heap-set-aside = Set all aside
heap-exempt = Allow very many tickets
toast-letters-left = { $count ->
    [one] One more like it waits.
   *[other] { $count } more like them wait.
}
conflict-heap-gone = Somebody has decided about these letters meanwhile.

# Pages of attached manuals.
search-manuals = In attached manuals
search-page = { $file }, page { $page }
search-page-number = page { $page }
search-attached-to = Attached to
