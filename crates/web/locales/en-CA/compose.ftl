# Writing on a ticket: marks, the preview, what is offered while typing, and drafts.

writes-in-en = Writes in English
writes-in-fr = Writes in French
write-format = Format
write-bold = Bold
write-italic = Italic
write-list = List
write-numbers = Numbered list
write-quote = Quote
write-code = Code
write-link = Link
write-tip = { $name } (Ctrl { $key })
write-canned = Canned replies
write-preview = Preview
write-preview-of = What it will look like
write-offers = What can be put in
write-earlier = An earlier version
write-earlier-tip = Put the other version back
offer-canned-change = Write or change canned replies
write-preview-solving = If it solves the request too
