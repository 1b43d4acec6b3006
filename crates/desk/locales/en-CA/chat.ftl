# The letter with what was said in a chat.

chat-letter-subject = What was said in your chat, request { $number }
chat-letter-lead = Hello, this is what was said in your chat. It is kept as your request { $number }.
chat-letter-footer = You can read it, and add to it, here:
