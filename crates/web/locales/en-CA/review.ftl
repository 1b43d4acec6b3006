# Levels of people, and reviews before sending.

level = Level
level-0 = Not said: works alone
level-1 = 1, basic: under supervision
level-2 = 2, intermediate: mostly alone
level-3 = 3, advanced: alone, and looks after others
level-lead = How far this person works without supervision. Seen by the person, supervisors and administrators, and by nobody else.
toast-level = The level is set.

reviews-title = Reviews
reviews-lead = The oldest first. What is written here has not been sent yet.
reviews-keys = j and k walk, o opens, y approves.
reviews-empty = Nothing waits for a review.
reviews-count = { $count ->
    [one] { $count } review waits for you
   *[other] { $count } reviews wait for you
}
review-of-reply = Reply of { $name }
review-of-solution = Solution of { $name }
review-articles = Articles that wait for a look
review-turn-you = Your turn
review-turn-team = The team’s turn
review-turn-named = The turn of { $name }
review-turn-author = Came back to you
review-waiting-for = Waiting for a review by { $name }
review-waiting-team = Waiting for a review by the team
review-returned-by = Sent back by { $name }
review-approved-by = Approved by { $name }, and sent
review-taken-back = Taken back by its author
review-open = Look at it
review-since = Since it was handed in
review-notice-merged = The ticket was merged into another one. It would be sent there.
review-notice-done = The ticket is solved or closed by now.
review-notice-moved = Another person or another team has the ticket now.
review-notice-answered = Something else was said meanwhile.
review-notice-other_person = The ticket is another person’s now, so this cannot be sent. Send it back.
review-notice-author_gone = Its author may not send it any more. Send it back, and answer yourself.
review-words = Words
review-to = To
review-then = Status then
review-versions = Versions
review-first = As it was handed in first.
review-reason-was = Sent back:
review-decide = Your word
review-edit-hint = What you change here is sent as you leave it. The author sees the difference.
review-approve = Approve and send
review-send-back = Send back
review-reason = Why it goes back
review-reason-hint = The author reads this and hands it in again.
review-own = Your words
review-again = Hand in again
review-take-back = Take back
toast-review-decided = Done. The author is told.
toast-review-asked = Handed in for a review.

review-rules = Rules for reviews
review-rules-lead = Whose words a senior reads before a requester does. A rule that changes touches nothing that waits already.
review-rules-empty = No rule yet: everybody sends alone.
review-rules-kept = In force
review-rule-new = New rule
review-rule-add = Add the rule
review-rule-remove = Take away
review-who = Whose words
review-what = What
review-reviewer = Who reads
review-up-to = Everybody up to level { $level }
review-what-reply = Replies
review-what-solution = Solutions
review-what-article = Articles
review-any-topic = Every topic
review-by-team = Supervisors and advanced members of the ticket’s team
review-read-by = Read by { $name }; after four working hours by the team

line-review-asked = { $name } handed words in for a review
line-review-returned = { $name } sent words back to their author
line-review-approved = { $name } approved what { $author } wrote
line-review-approved-yours = { $name } approved what you wrote
line-review-taken-back = { $name } took words back from a review

audited-review-rule = Rule for reviews

refused-rule-known = There is such a rule already.
refused-reviews-himself = This person would read their own words. Choose somebody else.
refused-nobody-reviews = Nobody is left to read: every senior is under this rule. Name a reviewer.
refused-review-unchanged = It waits already, as it is. Change something first.
conflict-needs-review = Your replies are read by a senior first. Write it on the page of the ticket: it waits there for a review.
conflict-solution-needs-review = Your solutions are read by a senior first. Solve it on its own page, with “Solve”.
conflict-review-no-time = Your replies are read by a senior first, so this one cannot be given a time. Send it: it waits for a review.
conflict-own-review = Nobody approves their own words.
conflict-review-of-another = It is another person’s turn. It falls to the team after four working hours.
conflict-review-authors = Only its author does this.
conflict-review-changed = The words or the ticket changed while you read. Look once more.
conflict-review-other-person = The ticket is another person’s now: these words were not written for them. Send them back.
conflict-review-author-gone = Its author may not send on this ticket any more. Send it back, and answer yourself.
