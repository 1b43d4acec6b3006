# Letters that leave the desk, and the reasons in the ledger of letters.

letter-no-subject = (no subject)

mail-reply-footer = Answer this letter, or see your request { $number } here:
mail-ack-subject = We have your request { $number }
mail-ack-body =
    Hello,

    Your request came in. Its number is { $number }. A technician will read it and answer you.

    To add something, answer this letter. To see where it stands:
mail-confirm-subject = Confirm your address
mail-confirm-body =
    Hello,

    Somebody asked { $desk } for help and gave this address. If it was you, confirm it here, and we will answer:
mail-confirm-footer = If it was not you, do nothing: you will not hear from us again about it.
mail-solved-subject = Your request { $number } is solved
mail-solved-body =
    Hello,

    A technician marked your request { $number } as solved.
mail-solved-ask = How did it go?
mail-solved-reply = We take your request as solved. How did it go?
mail-went-well = It went well
mail-went-not = It did not
mail-solved-footer = If the trouble is still there, answer this letter and your request is opened again. You can read it here:
mail-sign-in-subject = Your sign-in link
mail-sign-in-body =
    Hello,

    Sign in to { $desk } with this link. It works once, for 30 minutes:
mail-sign-in-footer = If you did not ask for it, do nothing.

letter-wait-public-url = This letter waits: set the public address of the desk (public_url), then it leaves by itself.

letter-released-ticket = A technician let it in; it is being filed on its ticket.
letter-released-new = A technician let it in; it is becoming a ticket.
letter-reason-opened = It opened a ticket.
letter-reason-answered = It answers on its ticket.
letter-reason-follow-up = It answers a closed ticket, so it opened a linked one.
letter-reason-replied = A technician's reply by mail, proven by our mail server.
letter-reason-stranger = It carries the key of a ticket, but its sender takes no part in that ticket. File it if you know who it is.
letter-reason-no-proof = It claims to come from a technician, and our mail server does not vouch for that.
letter-reason-suspended = Its sender is suspended.
letter-reason-not-allowed = Its sender may not reply on that ticket, or the reply is empty or too long.
letter-reason-no-sender = It names no sender, so nobody can be answered.
letter-reason-oversize = It is larger than 35 MiB. The original is kept.
letter-reason-fault = It could not be read. The original is kept; read it again, or open the original. { $detail }
letter-reason-automatic = A machine wrote it. Nothing answers it, and it opens no ticket.
letter-reason-circular = A circular. Nothing answers it, and it opens no ticket.
letter-reason-report = A machine's report about an earlier letter.
letter-reason-feedback = A complaint about unwanted mail, sent by a mail provider.
letter-reason-loop = One of our own letters came back.
letter-reason-bounce = A letter of ours could not be delivered. { $detail }
letter-reason-late = A letter of ours is late and still being tried. { $detail }
letter-reason-duplicate = The same letter as number { $detail } of this ledger.
letter-reason-dismissed = A technician decided that it needs no ticket. { $detail }
letter-reason-rule = A rule of its mailbox only records such letters. The rule: { $detail }

mailbox-alarm-sign-in = { $address } cannot be signed in to
mailbox-alarm-sign-in-text = The desk cannot sign in to the mailbox { $address }, so no letter of it comes in. Its server keeps them meanwhile. Give the password again, or connect the mailbox anew.
mailbox-alarm-failing = { $address } cannot be fetched
mailbox-alarm-failing-text = For a quarter of an hour no letter of { $address } could be fetched. The page of the mailbox shows what its server said. The desk goes on trying.
mailbox-alarm-lapses = The sign-in of { $address } ends soon
mailbox-alarm-lapses-text = The right to fetch the letters of { $address } ends within two weeks. Make a new secret with the mail provider and enter it, with its new end, on the page of the mailbox before then, or nothing comes in any more.
mailbox-alarm-quiet = Nothing comes to { $address } any more
mailbox-alarm-quiet-text = The mailbox { $address } has been quiet for longer than it ever was in the last four weeks, or than you said it may be. Send it a letter from outside and see whether it arrives.
mailbox-alarm-over = { $address } works again
mailbox-alarm-over-text = What was told about the mailbox { $address } is over. What its server had kept meanwhile is being fetched.
mailbox-alarm-footer = You get this letter because you look after this desk. The mailbox:
letter-reason-storm = Its sender has opened very many tickets in a short time. File it as a new ticket if it is one.
mail-brake-subject = { $desk } has stopped answering by itself for now
mail-brake-text =
    The desk wrote { $letters } letters by itself within an hour. { $usual } an hour are usual here, so something may be going round in a loop.

    Until the next hour begins, nobody gets an acknowledgement. Nothing is lost: letters still come in, tickets are still opened, and replies of technicians still leave.
mail-brake-footer = What comes in and goes out, and what waits:
mail-quote-lead = On { $date }, { $name } wrote:
mail-sample-name = Camille Roy
mail-sample-subject = The printer on the second floor
mail-sample-reply = Please turn it off and on again, and tell us whether it prints.
letter-reason-logged = A technician wrote down a change: { $detail }
letter-reason-passed-on = A technician passed it on; whoever wrote the original asks: { $detail }
mailbox-alarm-left-there = Letters to { $address } stay on its server
mailbox-alarm-left-there-text = Some letters to { $address } cannot be taken, because they are too large or their server does not give them out. They stay there. The page of the mailbox names each; look at them there, and answer their senders.
mailbox-alarm-unsettled = The server of { $address } refuses to mark letters
mailbox-alarm-unsettled-text = Letters to { $address } come in and are kept here once, but its server refuses to mark, move or delete them there. The page of the mailbox shows the server’s words; give the account that right, or choose another folder or another thing to do afterwards.
mailbox-alarm-renumbered = The letters of { $address } have new numbers
mailbox-alarm-renumbered-text = The server of { $address } gave all its letters new numbers, as after a move or a repair. What is unread or may be new was fetched again; what was here already stands in the ledger as a duplicate and opened nothing. Nothing needs to be done.
letter-reason-mailbox-storm = Letters to this mailbox have opened as many tickets within the hour as its administrator allows. File it as a new ticket if it is one.
letter-reason-envelope = A technician's letter, but the key of the ticket stands only on its envelope, which anybody can write: he may have sent these words elsewhere. File it on the ticket if he meant it so.
door-refused-stranger = LMTP from a server that is not one of ours
door-refused-connections = Too many connections at a time
door-refused-recipient = No such mailbox here
door-refused-rate = Too many letters from one address
door-refused-size = Letter too large
door-refused-sign-in = Wrong name or password, or none
door-refused-room = No room for more letters at that moment
door-refused-not-now = The desk could not take it
door-refused-errors = Too many wrong commands
door-refused-slow = Nothing said for too long, or too slowly
mailbox-alarm-sending = Letters of { $address } do not leave
mailbox-alarm-sending-text = The mailbox { $address } has a server of its own for sending, and the desk cannot hand its letters over there. They wait and none is lost. The page of the mailbox shows what that server said; give the password again, or connect the mailbox anew.
letter-reason-imported-stranger = It answers a letter of a ticket that was brought in from elsewhere, or bears its old number, but its sender takes no part in that ticket. File it if you know who it is.
letter-reason-imported-several = It bears an old number that several tickets brought in from elsewhere had. File it on the right one.
letter-reason-imported-already = It came in before, as part of its ticket.
letter-brought-old = It came out of a file. If it opens a ticket, that one is closed, for it is old.
