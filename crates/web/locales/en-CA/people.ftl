# People: the list, one person, and the form.

people-title = People
people-add = Add a person
people-find = Name, address or number
people-empty = Nobody is known here yet.
people-none = Nobody is found by “{ $words }”.

role-requester = Requester
role-technician = Technician
role-supervisor = Supervisor
role-admin = Administrator

field-organization = Organization
field-role = Role
field-phone = Phone
field-job = Job
field-site = Site
field-note = Note
note-hint = for the team only

person-edit = Change
person-reach = How to reach them
person-tickets = Requests
person-no-tickets = No requests yet.
person-suspend = Suspend
person-suspended = Suspended
person-unsuspend = End the suspension
address-bounced = Letters came back on { $date }
person-merge = The same person twice
person-merge-lead = Everything of this person moves to the other one. It can be undone.
person-merge-into = Address of the one that stays
person-merge-go = Merge
person-merged-in = Merged into this person
toast-person-merged = Merged. Everything stands here now.
