# How it went: asked when a request is solved, and what technicians see of it.

rate-title = How did it go?
rate-lead = Your request { $number } was solved. Choose an answer and send it; you can change it for 30 days.
rate-good = It went well
rate-bad = It did not
rate-words = In your own words
rate-words-hint = What helped, or what was missing? The help desk reads it.
rate-go = Send
rate-change = Send the change
rate-thanks = Thank you. It is noted.
rate-said-good = You said: it went well. You can still change it.
rate-said-bad = You said: it did not. You can still change it.
rate-see = See your request
rate-open-title = This request is open again
rate-open-lead = It is being worked on, so there is nothing to say about it yet. We ask again when it is solved.
rate-late-title = The time to say how it went is over
rate-late-lead = The answer could be given for 30 days. If something is not right, answer on your request or ask anew: that reaches us at any time.
rate-refused = Your answer was not sent yet

# For technicians.
line-rated-good = { $name } says: it went well
line-rated-bad = { $name } says: it did not go well
rated-title = How it went
rated-good = It went well
rated-bad = It did not go well
rated-earlier = After an earlier solving

# While one writes: what was answered before.
answers-title = Asked before
answers-yours = Your request #{ $number }
answers-elsewhere = Opens in a new tab
answers-of = Asked by { $name }, #{ $number }

# Colleagues' requests.
requests-colleagues = My colleagues’
requests-no-colleagues = Your colleagues have asked nothing yet. What they ask stands here, to be read.
request-asked-by = Asked by { $name }
