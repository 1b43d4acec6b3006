# Who else looks, what waits for the network, and what is kept on a device.

here-looks = { $count ->
    [0] { $name } looks at this too
    [one] { $name } and one other look at this
   *[other] { $name } and { $count } others look at this
}
here-writes = { $count ->
    [0] { $name } is typing a reply.
    [one] { $name } and one other are typing replies.
   *[other] { $name } and { $count } others are typing replies.
}
stop-send = Send anyway
stop-send-at = Send anyway, { $when }
stop-edit = Edit
stop-note = Make it a note
status-left = Your words were added. Somebody wrote meanwhile, so the status was left as it is. Read it first, then set the status.
as-was = No network. This is as it was on { $when }.
waits-note = Your note on { $number } waits for the network.
waits-call = Your call on { $number } waits for the network.
waits-visit = Your visit on { $number } waits for the network.
waits-reply = Your reply on { $number } waits for you.
waits-send = Send
waits-held = What you wrote on { $number } waits for you.
waits-look = Look at it first
waits-copy = Copy
waits-drop = Delete
device-title = This device
device-own = This is my own device
device-hint = Keeps the last 50 tickets you opened and your lists here, for seven days at most, so that you can read them without a network. Signing out deletes them. Leave it off on a shared computer.
