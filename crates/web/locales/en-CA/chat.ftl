# Live chat: the technician's queue and talk, the visitor's pages, the widget, and what the administrator says of them.

chat-title = Chat
chat-waiting = Waiting
chat-waiting-count = { $count ->
    [one] { $count } visitor waits
   *[other] { $count } visitors wait
  }
chat-nobody = Nobody waits. Whoever asks on the portal or in the widget appears here, longest wait first.
chat-is-off = There is no chat at this desk yet; an administrator switches it on.
chat-open = Open chats
chat-take = Take
chat-gone = The visitor has gone
chat-share = I can take
chat-share-none = none, I am away
chat-share-some = { $count ->
    [one] { $count } chat at a time
   *[other] { $count } chats at a time
  }
chat-share-now = You have { $count } of { $most }.
chat-share-until = Visitors may ask until { $when }; then you are away.
chat-share-away = You take no chats now. Say how many you can take, so that visitors are let in.
chat-lines = What was said
chat-line = Your line
chat-send = Send
chat-enter = Enter sends, Shift and Enter begins a new line.
chat-unsent = Not sent yet
chat-unsent-words = What you typed was not sent
chat-lost = The connection is lost. What you write is sent by itself when it is back.
chat-typing = { $name } is typing…
chat-somebody-types = Somebody is typing…
chat-pane-waiting = Waiting for somebody since { $when }. Take it to answer.
chat-pane-ended = The chat has ended. What was said is on the ticket.
chat-pane-left = Nobody took it in time, so it became an ordinary request. Answer it on the ticket.
chat-pane-others = { $name } is talking with this visitor.
chat-pane-here = { $name } is here and reads your line at once.
chat-pane-gone = The visitor has gone. Your line goes by mail to { $address }.
chat-pane-gone-unproven = The visitor has gone and his address is not confirmed. He reads your line when he comes back or confirms it.
chat-hand-over = Hand over to
chat-hand-over-go = Hand over
chat-to-queue = The queue
chat-end = End the chat
chat-to-ticket = Open the ticket
line-chat-taken = { $name } took the chat
line-chat-given = { $name } handed the chat over to { $to }
line-chat-queued = { $name } put the chat back into the queue
line-chat-ended = { $name } ended the chat
line-chat-left = Nobody took the chat, so it became a request

# The visitor
chat-visit-title = Talk with us
chat-visit-lead = Say what is wrong, and a technician talks with you here.
chat-first = What is wrong?
chat-address-hint = If we lose each other, we answer here.
chat-start = Start the chat
chat-as-request = Send it as a request
chat-instead = Leave your words here: they become a request, and we answer by mail.
chat-off = There is no live chat here.
chat-closed = The chat is closed now.
chat-closed-until = The chat is closed now. It opens again { $when }.
chat-nobody-there = Nobody can take a chat just now.
chat-hours-always = At all hours.
chat-hours-times = { $from } to { $to }
chat-hours-days = { $first } to { $last }
chat-hours-day = { $day }, { $times }
chat-day-0 = Monday
chat-day-1 = Tuesday
chat-day-2 = Wednesday
chat-day-3 = Thursday
chat-day-4 = Friday
chat-day-5 = Saturday
chat-day-6 = Sunday
chat-place = { $place ->
    [1] You are next. Stay here: a technician answers as soon as one is free.
   *[other] You are number { $place } in the queue. Stay here: a technician answers as soon as one is free.
  }
chat-with = You are talking with { $name }.
chat-ended = The chat has ended. It is kept as your request { $number }.
chat-left = Nobody was free in time, so this became your request { $number }. We answer by mail; you need not wait here.
chat-look-again = Show what is new
chat-letter = Send me what was said by mail
chat-anew = Start again
way-chat = Chat
way-chat-words = Talk with a technician now

# The widget
widget-requests = My requests
widget-asked = It came in. If we do not know your address yet, a letter asks you to confirm it; then we answer by mail.
widget-paste = The line to paste
widget-paste-words = Put one of these at the end of each page of a site above. Its visitors then see a button for help and chat.

# The administrator
admin-nav-chat = Chat
chat-admin-title = Chat and widget
chat-admin-lead = Whether visitors may talk with the desk, when, and on which sites.
chat-switch = Live chat
chat-switch-yes = On
chat-switch-no = Off
chat-switch-hint = Off: the pages and the widget offer a request instead.
chat-hours = Hours
chat-hours-desk = The desk’s hours
chat-hours-hint = Outside them the page says when the chat opens again, and offers a request.
chat-minutes = Minutes until it becomes a request
chat-minutes-hint = A chat that nobody takes for so long becomes an ordinary request, and the visitor is told. From 1 to 120.
chat-sites = Sites that may show the widget
chat-sites-hint = One a line, such as https://www.example.org. No other site can frame it.
