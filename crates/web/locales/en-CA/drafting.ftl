# Drafts of replies and summaries by a server of the administrator's choice.

drafted-do = Draft from these sources
drafted-made = Drafted by a machine from the sources below. Nothing was sent. Read it before you use it.
drafted-use = Use these words
drafted-take-out = Take these words out again
drafted-sources = Sources
drafted-not-cited = not cited
drafted-cites-nothing = It cites nothing: no source stands behind these words.
drafted-struck = { $count ->
    [one] One citation named no source and was taken out.
   *[other] { $count } citations named no source and were taken out.
}
drafted-links = { $count ->
    [one] One link stood in no source and was taken out.
   *[other] { $count } links stood in no source and were taken out.
}
drafted-ends-early = It stops before its end: the server may say no more at once.

summary-do = Sum up what was said
summary-made = Summed up by a machine from the messages below. Notes, calls and visits are not in it, for they stay on the desk.

drafting-said = The server’s own words:
drafting-fault-address = The address is none that a key may be sent to.
drafting-fault-inside = The server lies in a network that this desk does not reach out to.
drafting-fault-line = The server cannot be reached.
drafting-fault-slow = The server took longer than 20 seconds.
drafting-fault-long = The server answered more than is taken.
drafting-fault-key = The server does not let the desk in. The key is likely wrong, ended or missing.
drafting-fault-missing = The server does not know what it was asked for. The name of the model or the address is likely wrong.
drafting-fault-often = The server wants to be asked less often, or its account has run out.
drafting-fault-moved = The server sends to another address. The desk follows nobody.
drafting-fault-refused = The server does not take the question.
drafting-fault-broken = The server has a fault of its own.
drafting-fault-odd = What the server said is no draft. The address likely leads to something else.
drafting-mend-address = An administrator corrects the address in Administration, Drafts. Out in the world it begins with https://.
drafting-mend-inside = Whoever runs the machine adds the network to “networks” in firstline.toml and starts the desk again.
drafting-mend-line = Try again in a minute. If it lasts, an administrator tries it in Administration, Drafts.
drafting-mend-slow = Try again. If it lasts, an administrator chooses a smaller model.
drafting-mend-long = Try again. If it lasts, an administrator chooses another model.
drafting-mend-key = An administrator gives the key again in Administration, Drafts.
drafting-mend-missing = An administrator corrects the model or the address in Administration, Drafts.
drafting-mend-often = Wait a minute and try again. If it lasts, an administrator looks at the account of the server.
drafting-mend-moved = An administrator enters the address it leads to in Administration, Drafts, if that one is trusted.
drafting-mend-refused = An administrator compares the server’s words with the model in Administration, Drafts.
drafting-mend-broken = Try again later. Write the reply without a draft meanwhile.
drafting-mend-odd = An administrator corrects the address in Administration, Drafts. It usually ends with /v1.

conflict-drafting-off = Drafts are switched off. An administrator switches them on in Administration, Drafts.
conflict-drafting-unset = No server is set yet. Enter its address and save, then try it.
conflict-drafting-busy = Your last draft is still being written. Wait until it is there.
conflict-drafting-private = A private team’s ticket stays on the desk. Write the reply without a draft.
conflict-drafting-nothing-said = Nobody has said anything yet that could be summed up.
conflict-drafting-no-way = This desk was started without a way to other servers. Start it with “firstline serve”.
refused-drafting-sources = None of these sources may be used for a draft any more. Open the ticket again.
refused-drafting-address = Enter an address such as https://models.example.org/v1, without a name, a password or a question mark.
refused-drafting-never = No server of this kind can be at this address. Enter the name of the server, or an address of your network.
refused-drafting-model = Enter the name of the model, as the server calls it.
refused-drafting-key = A key is made of letters, digits and signs, without spaces.
refused-drafting-key-again = Give the key again: what is kept is for another server. Or tick that it is to be forgotten.

admin-nav-drafting = Drafts
admin-drafting-title = Drafts of replies
admin-drafting-lead = A server of your choice may draft a reply from the sources beside a ticket, or sum a ticket up. A person reads every draft; nothing is sent by itself.
admin-drafting-switch = Drafts
admin-drafting-switch-no = Off: no server is asked
admin-drafting-switch-yes = On: technicians may ask for a draft
admin-drafting-switch-hint = Off, nothing of it shows on any ticket.
admin-drafting-address = Address of the server
admin-drafting-address-hint = Any server that speaks as OpenAI’s does, such as https://models.example.org/v1. For a server in your own network, that network must stand under “networks” in firstline.toml.
admin-drafting-model = Model
admin-drafting-model-hint = As the server calls it.
admin-drafting-key = Key
admin-drafting-key-hint = Leave it empty for a server that asks for none. It is kept sealed and shown nowhere.
admin-drafting-key-kept = A key is kept. Leave this empty to keep it.
admin-drafting-forget = Forget the key that is kept
admin-drafting-leaves = What leaves the desk
admin-drafting-leaves-words = Only when a technician asks for a draft: the subject, what the requester and the desk said to each other, and the sources that stand beside the ticket. Names of people, addresses and telephone numbers are replaced before, as well as a rule can, and put back into the draft. Each request stands in the audit log.
admin-drafting-stays-words = Never: notes, calls, visits, attached files, and any ticket of a private team.
admin-drafting-try = Try it
admin-drafting-try-lead = Sends one sentence with nothing of any ticket in it, and shows what the server answers.
admin-drafting-try-do = Try it now
admin-drafting-answers = It answers

audited-drafting-set = Drafts set
audited-drafting-tried = Server for drafts tried
audited-reply-drafted = Draft of a reply asked for
audited-summary-drafted = Summary asked for
