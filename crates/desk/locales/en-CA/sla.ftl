# Letters about promises that are near their end or broken.
promise-reply = the first reply
promise-answer = the next reply
promise-solve = the solution
near-subject = Due { $due }: #{ $number }, { $subject }
near-text = On ticket #{ $number }, “{ $subject }”, { $target } is due { $due }.
late-subject = Late: #{ $number }, { $subject }
late-text = On ticket #{ $number }, “{ $subject }”, { $target } was due { $due } and is late.
promise-footer = You get this letter because a policy of your desk says so. To the ticket:
