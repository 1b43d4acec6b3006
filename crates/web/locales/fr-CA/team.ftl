# Le tableau d’une équipe en direct, les relectures de billets résolus et l’accompagnement.

nav-team = Équipe
team-today = Aujourd’hui
team-week = Semaine
team-month = Mois
team-print = Imprimer
team-rooms = Pages de l’équipe
team-everything = Toutes les équipes
team-mine = Mes équipes
team-said-calm = { $open ->
    [0] Rien n’est ouvert.
    [one] Un seul billet est ouvert, et il est à temps.
   *[other] { $shown } billets sont ouverts, et aucun n’est en retard.
}
team-said-late = { $late ->
    [one] { $shown } ouverts, dont un en retard.
   *[other] { $shown } ouverts, dont { $late_shown } en retard.
}
team-said-nobody = { $nobody ->
    [one] { $shown } ouverts, aucun en retard. Un billet n’a personne.
   *[other] { $shown } ouverts, aucun en retard. { $nobody_shown } billets n’ont personne.
}
team-said-both = { $nobody ->
    [one] { $shown } ouverts, { $late_shown } en retard. Un billet n’a personne.
   *[other] { $shown } ouverts, { $late_shown } en retard. { $nobody_shown } billets n’ont personne.
}
team-lead-today = { $day }, { $time }. { $here } sur { $of } sont là.
team-lead-quiet = { $day }, { $time }. Une journée calme : rien n’est arrivé et rien n’a été résolu. { $here } sur { $of } sont là.
team-lead-before = Le service n’est pas encore ouvert : la journée montrée est celle du { $day }.
team-lead-closed = { $day }, { $time }. Le service est fermé aujourd’hui.
team-figures = Chiffres clés
team-of = sur { $of }
team-open = Ouverts
team-open-same = autant qu’il y a une semaine à cette heure
team-open-more = { $shown } de plus qu’il y a une semaine à cette heure
team-open-fewer = { $shown } de moins qu’il y a une semaine à cette heure
team-reply = Première réponse
team-reply-none = pas encore de première réponse
team-reply-said = { $count ->
    [one] une réponse
   *[other] la moitié de { $shown } sont plus rapides
}
team-reply-before = la moitié sont plus rapides; auparavant { $time } un jour habituel
team-at-once = Résolus au premier contact
team-at-once-said = { $count ->
    [0] rien de résolu encore
    [one] sur { $shown } résolu
   *[other] sur { $shown } résolus
}
team-kept = Promesses tenues
team-kept-said = { $late } en retard, { $soon } à échéance d’ici une heure
team-satisfaction = Satisfaction
team-satisfaction-said = { $count ->
    [0] aucun avis en 30 jours
    [one] { $shown } avis en 30 jours
   *[other] { $shown } avis en 30 jours
}
team-flow = Arrivés et résolus
team-flow-title = Billets arrivés et résolus, par heure
team-flow-usual = { $count ->
    [one] par heure, comparé à { $count } jour du même nom
   *[other] par heure, comparé à { $count } jours du même nom
}
team-usual-few = { $count ->
    [one] par heure; ce qui est habituel sera connu dans { $count } semaine
   *[other] par heure; ce qui est habituel sera connu dans { $count } semaines
}
team-chart-said = Arrivés : { $opened }. Résolus : { $solved }.
team-peak = { $count } à { $hour } h
team-hour = Heure
team-in = Arrivés
team-out = Résolus
team-usual-in = Arrivés d’habitude
team-needs = À voir
team-needs-none = Rien n’est en retard, et tout a quelqu’un.
team-need-with = { $name }, avec { $who }
team-need-nobody = { $name }, avec personne
team-loads = Qui a quoi
team-loads-none = Cette équipe n’a encore personne.
team-key-late = en retard
team-key-soon = bientôt dus
team-key-ok = à temps
team-key-wait = en attente
team-here = là en ce moment
team-away = pas là en ce moment
team-beads = { $late } en retard, { $soon } bientôt dus, { $fine } à temps, { $waiting } en attente
team-beads-more = { $late } en retard, { $soon } bientôt dus, { $fine } à temps, { $waiting } en attente, et { $more } de plus
team-ages = Ouverts par âge
team-age-today = Aujourd’hui
team-age-days = { $from } à { $to } jours
team-age-over = Plus de { $from } jours
team-old = { $count ->
    [0] aucun de plus d’une semaine
    [one] { $count } de plus d’une semaine
   *[other] { $count } de plus d’une semaine
}
team-cover = Couverture par sujet
team-cover-lead = qui pourrait le prendre maintenant
team-person = Technicien
team-cover-works = a des billets de ce sujet
team-cover-team = est de l’équipe qui le reçoit
team-cover-no = ni l’un ni l’autre
team-cover-gap = Personne parmi les présents ne couvre : { $topics }.
team-asked = Le plus demandé
team-asked-lead = en sept jours, comparé aux sept précédents
team-asked-none = Rien avec un sujet n’est arrivé pendant ces sept jours.
team-asked-before = { $count } pendant les sept jours précédents

quality-title = Revues de la qualité
quality-lead = Cinq questions simples sur un billet résolu. Chaque relecture est pour la personne et les responsables de l’équipe, et pour nul autre.
quality-private = Seuls la personne et les responsables de l’équipe peuvent lire ceci.
quality-queue = À relire
quality-queue-none = Rien n’attend. Ce que tirent les règles ci-dessous vient ici de lui-même.
quality-pick = Un billet de votre choix
quality-pick-hint = Le numéro d’un billet résolu par quelqu’un de votre équipe.
quality-pick-do = Le relire
quality-closed-ticket = Un billet que vous ne pouvez pas ouvrir
quality-about = Résolu par { $name }
quality-by = Relu par { $name }
quality-mine = Dit de vos billets
quality-mine-lead = pour vous et vos responsables
quality-mine-none = Aucun de vos billets n’a encore été relu.
quality-done = Relus dans vos équipes
quality-done-none = Rien n’a encore été relu.
quality-team = { $name } dans son ensemble
quality-trend = Réponses par question
quality-question = Question
quality-now = Oui, ces 90 jours
quality-before = Oui, les 90 jours d’avant
quality-trend-means = { $count ->
    [one] D’après { $count } relecture en 90 jours. Ce qui ne s’applique pas n’est pas compté.
   *[other] D’après { $count } relectures en 90 jours. Ce qui ne s’applique pas n’est pas compté.
}
quality-missing = { $count ->
    [one] Trop peu pour en dire quelque chose : il manque une relecture, d’une autre personne.
   *[other] Trop peu pour en dire quelque chose : il manque { $count } relectures.
}
quality-question-understood = Avons-nous compris le problème?
quality-question-right = La réponse était-elle juste?
quality-question-plain = Était-ce clair et poli?
quality-question-recorded = Est-ce noté de façon à servir au suivant?
quality-question-kept = La promesse a-t-elle été tenue?
quality-answer-yes = Oui
quality-answer-partly = En partie
quality-answer-no = Non
quality-answer-none = Ne s’applique pas
quality-words = Un mot
quality-words-hint = Ce qui a bien marché, et une chose à essayer la prochaine fois.
quality-drop = Mettre de côté
quality-dropped = Mise de côté. Elle ne dit rien de personne.
quality-is-dropped = Cette relecture a été mise de côté. Elle ne dit rien de personne.
quality-restore = La reprendre
quality-rules = Tirés d’eux-mêmes
quality-rules-none = Rien n’est encore tiré de lui-même.
quality-rule-nth = { $count ->
    [one] environ un billet résolu sur { $count }
   *[other] environ un billet résolu sur { $count }
}
quality-rule-weekly = { $count ->
    [one] { $count } par semaine pour chaque personne
   *[other] { $count } par semaine pour chaque personne
}
quality-rule-add = Tirer ceux-ci
quality-rule-end = Mettre fin
quality-rule-ended = Cette règle ne tire plus rien.
quality-how = Comment
quality-how-nth = Un billet sur tant
quality-how-weekly = Tant par semaine pour chaque personne
quality-many = Combien
quality-many-hint = Un sur 1 à 100, ou de 1 à 20 par semaine.
refused-quality-team = Choisissez une équipe dont vous êtes responsable.
refused-quality-many = Donnez un nombre : un sur 1 à 100, ou de 1 à 20 par semaine.
refused-quality-unsolved = Ce billet n’est pas résolu, ou personne ne l’a. Choisissez-en un que quelqu’un a résolu.
refused-quality-own = Vous avez résolu celui-ci. Quelqu’un d’autre le relira.
refused-quality-not-led = La personne qui l’a résolu n’est dans aucune équipe dont vous êtes responsable.
refused-quality-twice = Ce billet est déjà en relecture. Cherchez-le dans les listes.
refused-quality-answer = Choisissez une réponse; « Ne s’applique pas » en est une.
conflict-quality-dropped = Cette relecture a été mise de côté entre-temps. Reprenez-la d’abord.
conflict-quality-done = Cette relecture est déjà remplie.

coaching-title = Accompagnement
coaching-mine = Vos objectifs et vos notes
coaching-load = { $active } à traiter maintenant, { $waiting } en attente
coaching-private = Seuls cette personne et les responsables d’une de ses équipes peuvent lire cette page.
coaching-private-own = Seuls vous et les responsables d’une de vos équipes pouvez lire cette page.
coaching-goals = Objectifs
coaching-goals-none = Aucun objectif n’a encore été convenu.
coaching-goal = Un objectif dont vous convenez tous deux
coaching-goal-hint = Une ligne, par exemple : fermer seul les billets d’impression d’ici le printemps.
coaching-goal-add = Ajouter l’objectif
coaching-goal-removed = L’objectif a été retiré.
coaching-reached = Atteint { $when }
coaching-reach = Atteint
coaching-reopen = Pas encore
coaching-remove = Retirer
coaching-notes = Notes
coaching-note = Une note que vous pouvez voir tous deux
coaching-note-add = Ajouter la note
coaching-note-removed = La note a été retirée.
coaching-answer = Répondre
coaching-answer-add = Ajouter la réponse
coaching-by = { $name }, { $when }
coaching-edited = (modifiée { $when })
coaching-before = Ce qu’elle disait avant
coaching-until = Jusqu’à { $when }
coaching-edit = Modifier
