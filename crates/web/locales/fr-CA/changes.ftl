# Le registre des changements, le catalogue des services, les pannes et la page publique d’état.

changes-title = Changements
changes-list = Liste
changes-calendar = Calendrier des changements
changes-waiting = { $count ->
    [0] À approuver
    [one] { $count } à approuver
   *[other] { $count } à approuver
}
changes-empty = Rien n’est encore consigné. Inscrivez le premier changement ci-dessus, en une ligne.
changes-older = Plus anciens
changes-week-before = Semaine précédente
changes-week-after = Semaine suivante
changes-none-that-day = Aucun changement ce jour-là.
change-one-line = Fait à l’instant
change-record = Consigner
change-plan = Planifier un changement
change-edit = Modifier le plan
change-edit-decided = Si le plan change, il faut une nouvelle approbation.
change-done-already = C’est déjà fait
change-number = Numéro
change-what = Quoi
change-what-hint = Une ligne, par exemple : pilote mis à jour sur LT-04.
change-words = Plus en détail
change-state = État
change-when = Quand
change-who = Qui
change-touched = Ce qui est touché
change-begins = Début
change-ends = Fin
change-risk = Risque
change-services = Services
change-devices = Appareils
change-devices-hint = Leurs noms, séparés par des virgules.
change-site = Site
change-site-hint = Tel qu’il figure sur les fiches des personnes.
change-back-out = Plan de retour en arrière
change-back-out-hint = Comment revenir en arrière en cas d’échec.
change-notice-en = Ce qu’on annonce, en anglais
change-notice-fr = Ce qu’on annonce, en français
change-notice-hint = Figure sur la page publique d’état. Laissé vide, rien n’y est annoncé.
change-for-ticket = Sera lié au billet #{ $number }.
change-result = Résultat
change-decision = Décision de
change-decide = L’approuver?
change-decision-words = Vos mots
change-approve = Approuver
change-refuse = Refuser
change-go-on = Suite
change-ask = Demander l’approbation
change-start = Commencer
change-how-ended = Comment cela s’est terminé
change-result-words = Ce qui en est advenu
change-result-hint = Des mots sont nécessaires en cas d’échec ou de retour en arrière.
change-tickets = Billets
change-no-tickets = Aucun billet n’est lié.
change-link-ticket = Numéro d’un billet
change-after = Billets des 48 heures qui ont suivi
change-after-none = Aucun qui touche le même service, le même appareil ou le même site.
change-hours-after = { $count ->
    [0] dans l’heure
    [one] { $count } heure après
   *[other] { $count } heures après
}
change-before = Ce qui a changé avant
change-before-none = Rien, dans les 48 heures précédentes, qui touche le même service, le même appareil, le même site ou la même personne.
change-just-before = dans l’heure
change-hours-before = { $count ->
    [one] { $count } heure avant
   *[other] { $count } heures avant
}
change-from-ticket = Consigner un changement pour ce billet
change-from-to = { $from } à { $to }
change-meets = En même temps sur le même service : { $changes }
change-unapproved = Sans approbation
change-rule = Règle de la maison
change-rule-from = Un changement est approuvé par une autre personne
change-rule-low = toujours
change-rule-medium = à partir d’un risque moyen
change-rule-high = si le risque est élevé
change-rule-never = jamais
change-risk-low = Risque faible
change-risk-medium = Risque moyen
change-risk-high = Risque élevé
change-state-draft = Brouillon
change-state-asked = En attente d’approbation
change-state-approved = Approuvé
change-state-refused = Refusé
change-state-in_progress = En cours
change-state-done = Fait
change-state-failed = Échoué
change-state-backed_out = Annulé, retour en arrière
change-touch-service = même service
change-touch-device = même appareil
change-touch-site = même site
change-touch-person = même personne
line-change-linked = { $name } a lié le changement { $change }
line-change-unlinked = { $name } a retiré le changement { $change }
line-outage-linked = { $name } a lié ce billet à une panne
line-outage-unlinked = { $name } a retiré ce billet d’une panne

services-title = Services
services-empty = Aucun service n’est encore inscrit.
service-one = Service
service-add = Ajouter un service
service-edit = Modifier le service
service-owner = Responsable
service-nobody = Personne
service-documents = Documents
service-documents-hint = Un par ligne : le titre, puis l’adresse.
service-topics = Sujets qui s’y rapportent
service-about-en = Ce que c’est, en anglais
service-about-fr = Ce que c’est, en français
service-shown = L’afficher sur la page publique d’état
service-retired = Hors service
service-retire = Retirer du catalogue
service-restore = Remettre au catalogue
service-state-running = En marche
service-state-maintenance = En entretien
service-state-disturbed = Perturbé
service-state-down = En panne

outage-one = Panne
outages-open = Pannes en cours
outages-past = Pannes passées
outages-none = Aucune panne n’a été consignée.
outage-open = Déclarer une panne
outage-edit = Modifier la panne
outage-languages = Ce qui manque dans une langue est montré dans l’autre, avec une mention.
outage-title-en = Titre en anglais
outage-title-fr = Titre en français
outage-words-en = Ce qu’on annonce, en anglais
outage-words-fr = Ce qu’on annonce, en français
outage-began = Début
outage-ended = Fin
outage-tickets = Billets qu’elle explique
outage-tickets-hint = Leurs numéros, séparés par des virgules.
outage-note = Note pour l’équipe
outage-note-hint = Jamais montrée aux demandeurs.
outage-shown = Prévenir les demandeurs : bandeau et page d’état
outage-not-shown = Les demandeurs ne sont pas prévenus
outage-no-en = L’anglais manque
outage-no-fr = Le français manque
outage-phase-investigating = Nous cherchons la cause
outage-phase-identified = La cause est connue
outage-phase-watching = Réparé, sous surveillance
outage-phase-over = Terminée
outage-tell = Dire ce qu’il y a de neuf
outage-do-tell = Prévenir tout le monde
outage-do-answer = Répondre aux billets
outage-do-clear = Fin de la panne : prévenir, répondre et résoudre
outage-answer-hint = Chaque billet reçoit la réponse dans la langue de la personne.
outage-answered = { $count ->
    [one] { $count } billet a reçu la réponse.
   *[other] { $count } billets ont reçu la réponse.
}
outage-said = Ce qui a été dit
outage-said-none = Rien encore.
outage-me-too = Moi aussi
outage-me-too-count = { $count ->
    [0] personne d’autre pour l’instant
    [one] { $count } personne dit « moi aussi »
   *[other] { $count } personnes disent « moi aussi »
}
outage-counted = C’est noté. Inutile de nous écrire.
outage-sign-in = Ouvrir une session pour dire « moi aussi »
outage-since = depuis { $when }
outage-other-language = Pas encore traduit.

status-title = État des services
status-as-of = En date de { $when }
status-all-well = Tout fonctionne
status-never-down = Aucune panne au cours des 90 derniers jours
status-disturbed-for = Perturbé pendant { $time } au cours des 90 derniers jours
status-down-for = En panne pendant { $time } au cours des 90 derniers jours : en marche { $percent } % du temps
status-hit = { $service } ({ $effect })
status-planned = Prévu
status-under-way = en cours
status-past = Les 90 derniers jours
status-past-none = Aucune panne.

audited-service-add = Service ajouté
audited-service-change = Service modifié
audited-service-retire = Service retiré du catalogue
audited-service-restore = Service remis au catalogue
audited-change-approve = Changement approuvé
audited-change-refuse = Changement refusé
