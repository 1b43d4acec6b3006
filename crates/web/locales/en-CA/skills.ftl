# Skills: levels, the self-assessment, the matrix, certifications, and practice tickets.

skills-title = Skills
skills-lead = What the people you lead say they can do, what you say, and what the team wants.
skills-mine = My skills
skills-private = Only the person and whoever leads the team read this page. Nobody is ranked.
skills-own-title = Self-assessment
skills-own-lead = Ten to fifteen minutes. Each answer is kept at once: leave when you must, and go on where you were.
skills-left =
    { $count ->
        [0] All answered
        [one] { $count } answer left
       *[other] { $count } answers left
    }
skills-go-on = Go on with the next one
skills-answer-not_yet = Not yet
skills-answer-with_help = With help
skills-answer-alone = Alone
skills-answer-shows = I show others
skills-lead-1 = Basic: routine tasks, under supervision
skills-lead-2 = Intermediate: standard and unusual tasks, little supervision
skills-lead-3 = Advanced: complex tasks, alone, and guiding others
skills-rule = How the level comes about: you have a level when you do at least three of its four tasks alone, or show others, and none of them is “not yet”. A level counts when those below it are reached.
skills-finish = Finish
skills-begin = Begin
skills-begin-again = Begin a new one from these answers
skills-result = Your last result
skills-level-0 = Not yet basic
skills-level-1 = 1 Basic
skills-level-2 = 2 Intermediate
skills-level-3 = 3 Advanced
area-business = Business analysis and management
area-design = Design and architecture
area-development = Development and implementation
area-testing = Testing and quality assurance
area-security = Security and standards
area-support = Administration and support
skills-areas = Areas
skills-area = Area
skills-level = Level
skills-own = Self
skills-of-lead = Lead
skills-gap = Seen differently
skills-lead-higher = The lead sees more
skills-own-higher = The lead sees less
skills-target = What the team wants
skills-target-reached = Reached
skills-target-far =
    { $count ->
        [one] { $count } level to go
       *[other] { $count } levels to go
    }
skills-target-set = Set what the team wants
skills-target-none = Not measured
skills-target-people = People at this level or above
skills-cover = { $have } of { $wanted } people
skills-pair = { $own } / { $lead }
skills-matrix-hint = In each cell stand the person’s own level and the lead’s, from 0 (not yet basic) to 3 (advanced). For what the team wants, the lead’s level counts; where there is none, the person’s own.
skills-person = Person
skills-assessed = Self-assessed
skills-not-yet = Not yet
skills-say = What you say
skills-why = Why
skills-why-hint = One sentence about what you saw. The person reads it.
skills-said = What leads said
skills-over-time = Over time
skills-evidence = Solved in the past year, by topic
skills-evidence-none = No solved tickets in the past year.
skills-solved-year = Solved in the past year
skills-no-topic = Without a topic
skills-list = Skills of the desk
skills-list-lead = What counts here beside the six areas: a program, a site, a language. Leads and administrators keep the list.
skills-list-empty = No skills yet.
skills-skill = Skill
skills-topics = Topics it is good for
skills-add = Add a skill
skills-edit = Change a skill
skills-retire = Take out of use
skills-restore = Bring back
skills-retired = Out of use
certifications = Certifications
certifications-none = None written down.
certification-add = Add a certification
certification-edit = Change a certification
certification-name = Name
certification-name-hint = As it stands on the certificate.
certification-issuer = Issued by
certification-number = Number
certification-obtained = Obtained
certification-expires = Expires
certification-expires-hint = You get a letter two months before, two weeks before and on the day.
certification-since = since { $day }
certification-ends = Until { $day }
certification-ended = Ended on { $day }
certification-lasts = Does not expire
certification-remove = Remove
practice-title = Practice tickets
practice-lead = Solved tickets to work once more, without the names. Say what you would do, then see what was done.
practice-mine = Yours
practice-theirs = Of the people you lead
practice-none = Nothing to practise. Whoever leads your team can give you a solved ticket.
practice-give = Give a solved ticket
practice-give-lead = A copy is made without what names anybody; notes and calls are left out.
practice-ticket = Ticket number
practice-give-go = Give it
practice-offered = Solved lately with a cause and steps
practice-choose = Choose
practice-given = Given as practice
practice-given-lead = Look it over: the person sees it now. Take it back if it still names somebody.
practice-look = Look at it
practice-remove = Take it back
practice-open = To be worked
practice-handed = Handed in
practice-commented = Commented
practice-for = For { $name }
practice-request = What the requester wrote
practice-asks = What would you ask?
practice-asks-hint = The questions you need answered, and what you would check yourself.
practice-diagnosis = What is it, and why do you think so?
practice-diagnosis-hint = Your likely cause and how you would confirm it.
practice-answer = What would you answer and do?
practice-answer-hint = As you would write it to the requester, with the steps.
practice-hand-in = Hand in and compare
practice-keep = Keep for later
practice-yours = What you would do
practice-done = What was done
practice-done-replies = Replies
practice-done-cause = Cause
practice-done-steps = Steps
practice-done-helped = What helped to find it
practice-learnt = What did you learn?
practice-learnt-hint = One thing you will do next time.
practice-comment = The lead’s comment
practice-comment-hint = What was good, and one thing to try next time.
audited-competence-assessed = Level said by a lead
audited-competence-targets = What a team wants to be able to do set
refused-answers-left =
    { $number ->
        [one] { $number } statement has no answer yet. Answer it, then finish.
       *[other] { $number } statements have no answer yet. Answer them, then finish.
    }
refused-no-answer = Choose an answer.
refused-target-people = Give a number of people from 1 to 99.
refused-skill-there = There is a skill of this name already.
refused-no-such-skill = There is no such skill. Choose one from the list.
refused-too-many-skills = There are { $number } skills already. Take some out of use by changing them.
refused-too-many-certifications = There are { $number } certifications already. Remove some first.
refused-ends-before = It ends before it was obtained. Check both days.
refused-no-such-area = Choose an area from the list.
refused-no-such-level = Choose a level from the list.
conflict-no-assessment = No self-assessment is under way. Begin one first.
conflict-practice-private = This ticket belongs to a private team, so it is nobody else’s to practise on.
conflict-practice-not-solved = This ticket is not solved yet. Choose a solved one.
conflict-practice-handed-in = It is handed in already. What you wrote stays as it was.
conflict-practice-not-handed-in = Hand it in first; then write what you learnt.
