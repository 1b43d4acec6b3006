# The letter to a technician who was named in a message.
named-subject = { $name } named you on #{ $number }: { $subject }
named-text = { $name } named you on ticket #{ $number }, “{ $subject }”. You watch it from now on. What was written there stays on the desk.
named-footer = You get this letter because you have not looked at the ticket since. Under “My settings” you can switch such letters off. To the ticket:
