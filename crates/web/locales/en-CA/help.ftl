# The help pages: articles for everybody.

help-title = Help
help-lead = Answers to what people ask most. Search in your own words.
help-search = Search the help
help-find = Find an answer
help-useful = Most useful
help-all = All articles
help-empty = There are no articles here yet.
help-none = Nothing found for “{ $words }”
help-none-words = We have noted it, so that somebody writes the missing article. You can ask us now, with what you typed.
help-found = { $count ->
    [one] 1 article found
   *[other] { $count } articles found
}
help-not-it = Not what you need?
help-only-other = In French only
help-in-file = Page { $page } of { $name }
help-feed = New articles
help-feed-of = { $desk }: new articles
help-often = Asked often
help-home-lead = Describe it in your own words. We look for an answer first, and a technician helps you if there is none.

# One article.
help-published = Published { $date }
help-at-desk = Open on the desk
help-other-notice = This article is in French only for now.
help-contents = On this page
help-passage-other = This passage is in French only for now.
help-passage-lags = The French version of this passage is newer.
help-passage-newer = Read it in French
help-files = Files
help-solved = Did this solve it?
help-yes = Yes
help-no = No
help-thanks-yes = Thank you. You said that it helped.
help-thanks-no = Thank you. You said that it did not help.
help-told = Thank you. We have your words.
help-words = What should we know?
help-send = Send these words
help-after-all-yes = It helped after all
help-after-all-no = It did not help after all
help-still = Still stuck?
help-ask-about = Ask us about this

# While asking.
help-about = This is about “{ $title }”
help-answers = This may be the answer
help-answers-elsewhere = Opens in another window.
help-solves = That solved it
help-known = Known problem
