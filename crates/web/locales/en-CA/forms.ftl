# Fields by topic: where they are made, on the portal and on a ticket.
forms-title = Forms
forms-lead = What a topic asks besides the subject and the words. A topic has the fields of the topic above it, then its own.
forms-empty = Fields belong to topics. Add a topic first, then say what it asks.
forms-own = Own fields
forms-inherited = From the topic above
forms-of = Form: { $topic }
forms-from = From { $topic }
forms-retired-one = “{ $field }” is asked no more. What tickets have in it stays.

form-title = Details
form-strays = You typed this for fields that are gone. Copy what you need:
form-blank = Nothing is filled in yet.
form-change = Fill in or change
form-former = { $count ->
    [one] One detail of a former topic
   *[other] { $count } details of former topics
}
form-for-solving = (needed to solve)
form-yes = Yes
form-no = No
form-none = Choose
form-empty = This topic asks for nothing of its own. A field is, for example, the building, or wired or Wi-Fi.
form-field-add = Add a field
form-fields = Fields of this topic
form-order = Order and use
form-kind = Kind
form-needed = Must be filled in
form-team-chip = Team only
form-up = Move { $field } up
form-down = Move { $field } down
form-retire = Retire
form-retired = Out of use
form-restore = Bring back
form-preview = Preview
form-preview-empty = They are asked for nothing.
form-as-requester = As a requester
form-as-team = As the team
form-when-filled = Shown when “{ $field }” has anything
form-when-has = Shown when “{ $field }” is: { $values }

form-kind-short = Short text
form-kind-long = Long text
form-kind-number = Number
form-kind-date = Date
form-kind-yes_no = Yes or no
form-kind-one = One of a list
form-kind-several = Several of a list
form-required-never = Never
form-required-asking = By the requester
form-required-solving = Before solving

form-label-en = Label in English
form-label-fr = Label in French
form-help-en = Help in English
form-help-fr = Help in French
form-help-hint = One line below the field; it may stay empty.
form-kind-hint = It stays as it is once the field is added.
form-key = Key
form-key-hint = What programs call it, once for all: small letters, digits and hyphens. Left empty, it is made from the English label.
form-unit-en = Unit in English
form-unit-fr = Unit in French
form-unit-hint = What the number counts: GB, people, $.
form-options = The list
form-options-hint = English and French side by side. Saving gives more lines. Empty both, or tick the box, to take one out of use; what tickets have stays.
form-option-en = { $number }, in English
form-option-fr = { $number }, in French
form-option-off = Out of use
form-needed-hint = Only where the field is shown.
form-who = Who sees it
form-team-only = Only the team
form-team-hint = Requesters are neither asked for it nor shown it.
form-shown-by = Shown
form-shown-hint = Always, or when an earlier field has something.
form-always = Always
form-shown-for = When it is one of these
form-shown-for-hint = None ticked: when it has anything.
