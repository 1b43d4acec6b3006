# Les étapes, le temps passé, tout l’historique, la fiche de travail, la fusion et le comptoir.


# Les étapes.
steps-title = Étapes
steps-progress = { $done } sur { $all } faites
steps-arrange = Organiser
steps-add = Ajouter une étape
steps-add-hint = Entrée l’ajoute. Une liste collée devient une étape par ligne.
steps-none = Aucune étape pour l’instant. Écrivez la première ci-dessous : que faut-il faire avant que ce soit résolu?
steps-open = { $count ->
    [one] { $count } étape reste à faire.
   *[other] { $count } étapes restent à faire.
}
step-ticked-by = { $name }, { $at }
step-who-until = { $name }, d’ici le { $day }
step-until = d’ici le { $day }
step-done = Fait :
step-words = Ce qu’il faut faire
step-assignee = Qui s’en charge
step-due = Pour quel jour
step-up = Monter : { $words }
step-down = Descendre : { $words }
step-remove = Retirer : { $words }
my-steps = Mes étapes
my-steps-lead = Ce que vous avez à faire sur les billets ouverts, le jour le plus proche d’abord.
my-steps-none = Aucune étape ouverte n’est à vous. On confie une étape à quelqu’un sur la page des étapes d’un billet.
back-to-ticket = Retour au billet
toast-step-added = Étape ajoutée au billet { $number }.
toast-step-changed = Étape changée sur { $number }.
toast-step-ticked = Étape cochée sur { $number }.
toast-step-unticked = Étape rouverte sur { $number }.
toast-step-moved = Étape déplacée sur { $number }.
toast-step-removed = Étape retirée de { $number }.
toast-solved-steps = { $count ->
    [one] { $number } est résolu. { $count } étape reste à faire.
   *[other] { $number } est résolu. { $count } étapes restent à faire.
}
line-step-added = { $count ->
    [one] { $name } a ajouté l’étape « { $words } »
   *[other] { $name } a ajouté { $count } étapes, d’abord « { $words } »
}
line-step-removed = { $count ->
    [one] { $name } a retiré l’étape « { $words } »
   *[other] { $name } a retiré { $count } étapes, d’abord « { $words } »
}
line-step-changed = { $name } a changé l’étape « { $words } »
line-step-ticked = { $name } a coché « { $words } »
line-step-unticked = { $name } a rouvert l’étape « { $words } »
line-step-moved = { $name } a déplacé l’étape « { $words } »

# Le temps passé.
time-title = Temps passé
time-entry = { $time }, { $name }
time-how-long = Combien de temps
time-hint = En minutes, ou en heures et minutes : 90, 1:30, 1 h 30
time-words = À quoi (peut rester vide)
time-log = Noter du temps
time-do-log = Noter
time-remove = Retirer
toast-time-logged = Temps noté sur { $number }.
toast-time-changed = Temps corrigé sur { $number }.
toast-time-removed = Temps retiré de { $number }.
line-time-logged = { $name } a noté { $time }
line-time-changed = { $name } a corrigé le temps à { $time }
line-time-removed = { $name } a retiré { $time }

# Tout l’historique.
history-whole = Tout l’historique
history-show = Quoi montrer
history-all = Tout
history-words = Ce qui s’est dit
history-status = État
history-fields = Champs
history-steps = Étapes
history-time = Temps
history-none = Rien de ce genre ne s’est passé.
history-newest = Plus récent
history-older = Plus ancien
history-change = { $field } : de { $from } à { $to }
changed-status = État
changed-assignee = Personne responsable
changed-subject = Objet
changed-priority = Priorité
changed-team = Équipe
changed-topic = Sujet
changed-requester = Demandeur
changed-waiting_for = En attente de
changed-words = Mots
changed-due = Pour quel jour
changed-minutes = Temps
door-page = sur une page
door-api = par l’API
door-link = par le lien d’un courriel
door-desk = par le centre lui-même
line-opened = { $name } a ouvert le billet
line-wrote = { $name } a écrit
line-replied = { $name } a répondu
line-noted = { $name } a laissé une note
line-called = { $name } a noté un appel
line-visited = { $name } a noté une visite
line-watched = { $name } suit le billet
line-unwatched = { $name } ne suit plus le billet
line-other = { $name } a changé quelque chose

# La fiche de travail.
print-title = Fiche de travail
print-how = Imprimez cette page avec votre navigateur. Les boutons et cette ligne ne vont pas sur le papier.
print-with-notes = Avec les notes internes
print-without-notes = Sans les notes internes
print-has-notes = Avec les notes internes : pour l’équipe seulement
print-code = Code QR de { $address }
print-status = État
print-opened = Ouvert
print-signed = Signature
print-date = Date

# La fusion, avant de la faire.
merge-title = Fusionner deux billets
merge-look = Voir d’abord
merge-goes = Disparaît
merge-stays = Demeure
merge-what-happens = Ce qui va se passer
merge-number = { $stays } demeure. { $goes } se ferme et y mène.
merge-all = Tout ce que { $goes } contient se voit sur { $stays } : messages, fichiers, abonnés, étapes, temps et brouillons.
merge-answers = Qui répond à un courriel de { $goes } écrit sur { $stays }.
merge-replies = Les réponses sur { $stays } vont à { $name }.
merge-other-requester = { $name } ne lit que son propre échange, et ne reçoit pas les réponses écrites sur l’autre billet.
merge-messages = { $count ->
    [one] { $count } message
   *[other] { $count } messages
}
merge-files = { $count ->
    [one] { $count } fichier
   *[other] { $count } fichiers
}
merge-watchers = { $count ->
    [one] { $count } abonné
   *[other] { $count } abonnés
}
merge-steps = { $count ->
    [one] { $count } étape
   *[other] { $count } étapes
}
merge-drafts = { $count ->
    [one] { $count } brouillon à vous
   *[other] { $count } brouillons à vous
}
merge-do = Fusionner { $goes } dans { $stays }

# Le comptoir.
nav-counter = Comptoir
counter-title = Au comptoir
counter-waiting = { $count ->
    [0] Personne n’attend au comptoir.
    [one] { $count } personne attend au comptoir.
   *[other] { $count } personnes attendent au comptoir.
}
counter-take-next = Prendre la personne suivante
counter-take = Prendre
counter-take-one = Prendre { $name }
counter-left = { $name } n’est plus là
counter-empty = Qui vient en personne et ne peut être aidé tout de suite attend ici, dans l’ordre. Notez la première personne ci-dessous.
counter-since = depuis { $at }, { $time }
counter-name = Qui est-ce?
counter-note = Noter dans la file
toast-left = Retiré de la file.

# Un nouveau billet qui existe peut-être déjà.
alike-title = Un billet ouvert ressemble à celui-ci
alike-join = Le rejoindre
alike-join-one = Rejoindre { $number }
alike-hint = Rejoindre écrit ce que vous avez tapé sur ce billet, comme un appel ou une visite. Ouvrir un nouveau billet reste possible.
joined-field = { $field } : { $words }
joined-from = De { $name } :
new-solved-key = Ouvrir et résoudre (Ctrl Maj Entrée)
