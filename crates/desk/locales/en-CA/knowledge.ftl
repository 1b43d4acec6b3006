# What happened to an article, as its history tells it.
told-article-drafted = { $name } began the article
told-article-written = { $name } wrote in the draft
told-article-passage-added = { $name } added a passage
told-article-passage-moved = { $name } moved a passage
told-article-passage-removed = { $name } took a passage out
told-article-up-to-date = { $name } said that a passage is up to date as it is
told-article-restored = { $name } took an old version up again
told-article-dropped = { $name } threw the draft away
told-article-review-asked = { $name } asked for a review
told-article-approved = { $name } approved the draft
told-article-sent-back = { $name } sent the draft back
told-article-published = { $name } published a version
told-article-retired = { $name } retired the article
told-article-brought-back = { $name } brought the article back
told-article-changed = { $name } changed whose it is, its topic, for whom or when it is reviewed
told-article-reviewed = { $name } reviewed the article: no change
told-article-linked = { $name } linked a ticket
told-article-unlinked = { $name } took a link away
told-article-file-added = { $name } added a file
told-article-file-removed = { $name } removed a file
told-article-file-read = { $name } had the words of a file read
told-article-used = { $name } used the article on a ticket
told-article-rated = { $name } said whether it helped
told-article-undone = { $name } took that back

# The headings of an article from a ticket.
article-symptom = Symptom
article-cause = Cause
article-fix = Fix
article-helped = What helped to find it

# Letters to staff.
letter-asked-subject = { $number } awaits your review: { $title }
letter-asked-text = { $name } asks you to review { $number }, “{ $title }”. Approve it, or send it back with a word of what is missing.
letter-approved-subject = { $number } is approved: { $title }
letter-approved-text = { $name } approved your draft of { $number }, “{ $title }”. It can be published.
letter-back-subject = { $number } came back to you: { $title }
letter-back-text =
    { $name } sent your draft of { $number }, “{ $title }”, back:

    { $words }
letter-soon-subject = { $number } is due for review on { $day }: { $title }
letter-soon-text = { $number }, “{ $title }”, is yours. It is due for review on { $day }. Does it still hold? Say so on its page, or write what has changed.
letter-due-subject = { $number } is due for review: { $title }
letter-due-text = { $number }, “{ $title }”, is yours and was due for review on { $day }. Does it still hold? Say so on its page, or write what has changed.
letter-article-footer = You get this letter because the article is in your care or awaits your word. To the article:
# What is known of the words inside an attached file.
file-waiting = It waits to be read; until then its words are not searched.
file-read =
    { $pages ->
        [0] It was read, and has no words inside.
        [one] Its words are searched: one page.
       *[other] Its words are searched: { $pages } pages.
    }
file-encrypted = It asks for a password, so its words are not searched. Attach a copy without one.
file-broken = It is damaged, or is not what its name says; what cannot be read is not searched. Attach it anew, or as a PDF.
file-too-large = It holds more than is read of one file, and the rest is not searched. Attach it in parts.
file-too-slow = It takes longer to read than one file may, and the rest is not searched. Attach it in parts, or as a simpler PDF.
file-only-pictures = Its pages are pictures without words to search. Attach a copy in which text can be marked.
file-unknown-kind = Only the words of PDF, DOCX, ODT and plain text are searched.
file-missing = It is not where the desk keeps its files, so it cannot be read. Attach it anew.
file-no-reader = What reads attached files did not start on the server. Tell an administrator, then have the file read again.
