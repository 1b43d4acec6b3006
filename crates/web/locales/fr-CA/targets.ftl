# Les politiques d’engagement et le registre du compteur d’un billet.
targets-title = Engagements
targets-lead = Un billet reçoit la première politique qui lui convient. Les billets ouverts suivent un changement en arrière-plan, chacun avec une ligne dans son registre.
policy-add = Ajouter une politique
policy-promise = { $target ->
    [reply] Première réponse en { $time } : d’un billet reçu maintenant, avant { $due }
    [answer] Prochaine réponse en { $time } : à une question posée maintenant, avant { $due }
   *[solve] Solution en { $time } : d’un billet reçu maintenant, avant { $due }
}
policy-up = Monter « { $name } »
policy-down = Descendre « { $name } »
policy-retired = Hors service
policy-retired-now = La politique est hors service.
policy-retire = Mettre hors service
policy-restore = Remettre en service
policy-house = Les engagements de la maison
policy-house-hint = Pour tout billet auquel aucune politique ci-dessus ne convient, selon sa priorité; montrés ici à la priorité normale.
policy-whom = Pour qui
policy-whom-hint = Ne rien choisir dans une liste, c’est tout accepter. Un sujet vaut pour lui-même, non pour les sujets sous lui.
policy-priorities = Priorités
policy-channels = Canaux
policy-requesters = Demandeurs
policy-requesters-hint = Leurs adresses, séparées par des virgules.
policy-what = Ce qui est promis
policy-hours = Selon quel horaire
policy-length-hint = Heures et minutes, comme 4:30. Laisser vide pour ne rien promettre.
policy-answer-hint = À partir du mot du demandeur après une réponse. Heures et minutes.
policy-warning = Avertir
policy-warning-hint = À une part du temps, comme 75 %, ou un temps avant la fin, comme 0:30. La personne qui a le billet reçoit un courriel, sinon celle qui dirige son équipe.
policy-steps = Ensuite
policy-steps-hint = À une part du temps, comme 120 %, ou un temps après la fin, comme 1:00. Une ligne sans temps ne fait rien.
step-when = Quand, ligne { $place }
step-target = De quel engagement, ligne { $place }
step-deed = Ce qui est fait, ligne { $place }
step-person = Qui est prévenu, ligne { $place }
step-nobody = Personne en particulier
hours-house = Aux heures de la maison
hours-always = Jour et nuit
target-reply = Première réponse
target-answer = Prochaine réponse
target-solve = Solution
deed-tell_assignee = Prévenir la personne qui l’a
deed-tell_leads = Prévenir qui dirige son équipe
deed-tell_person = Prévenir la personne nommée
deed-raise_priority = Hausser la priorité d’un cran
deed-back_to_team = Le rendre à son équipe
preview-do = Montrer ce qui bouge
preview-count = { $count ->
    [0] Aucun billet ouvert ne bouge
    [one] { $count } billet ouvert sur { $open } bouge
   *[other] { $count } billets ouverts sur { $open } bougent
}
preview-move = { $target ->
    [reply] #{ $number }, première réponse : de { $was } à { $due }
    [answer] #{ $number }, prochaine réponse : de { $was } à { $due }
   *[solve] #{ $number }, solution : de { $was } à { $due }
}
clock-answer-by = Prochaine réponse avant { $time }
clock-ledger = Comment le compteur a tourné
clock-policy = Promis par « { $name } ».
clock-policy-house = Promis par la maison selon la priorité.
clock-within = en { $time }, avant { $due }
clock-never = —
ledger-started = Le compteur est parti le { $at }, à l’ouverture du billet.
ledger-started-later = Le compteur est parti le { $at } : le billet a été ouvert le { $was }, alors que personne ne travaillait.
ledger-paused-pending = En pause du { $at } au { $until }, parce qu’une question était posée au demandeur.
ledger-pauses-pending = En pause depuis le { $at }, parce qu’une question est posée au demandeur.
ledger-paused-on-hold = En pause du { $at } au { $until }, parce qu’il attendait un tiers.
ledger-pauses-on-hold = En pause depuis le { $at }, parce qu’il attend un tiers.
ledger-paused-for = En pause du { $at } au { $until }, en attente : { $words }.
ledger-pauses-for = En pause depuis le { $at }, en attente : { $words }.
ledger-paused-done = En pause du { $at } au { $until }, parce qu’il était terminé, puis rouvert.
ledger-pauses-done = Arrêté le { $at }, parce qu’il est terminé.
ledger-paused-before = Non compté du { $at } au { $until }, parce qu’il vient d’avant.
ledger-pauses-before = Non compté depuis le { $at }, parce qu’il vient d’avant.
ledger-paused-earlier = Les pauses d’avant la tenue de ce registre sont comptées aussi.
ledger-asked = Le demandeur a écrit de nouveau le { $at } : la prochaine réponse est attendue avant le { $due }.
ledger-moved-policy = { $target ->
    [reply] L’échéance de la première réponse est le { $due } et non le { $was }, parce qu’une autre politique convient maintenant.
    [answer] L’échéance de la prochaine réponse est le { $due } et non le { $was }, parce qu’une autre politique convient maintenant.
   *[solve] L’échéance de la solution est le { $due } et non le { $was }, parce qu’une autre politique convient maintenant.
}
ledger-moved-priority = { $target ->
    [reply] L’échéance de la première réponse est le { $due } et non le { $was }, parce que la priorité a changé.
    [answer] L’échéance de la prochaine réponse est le { $due } et non le { $was }, parce que la priorité a changé.
   *[solve] L’échéance de la solution est le { $due } et non le { $was }, parce que la priorité a changé.
}
ledger-moved-recomputed = { $target ->
    [reply] L’échéance de la première réponse est le { $due } et non le { $was }, parce qu’une politique ou un calendrier a changé.
    [answer] L’échéance de la prochaine réponse est le { $due } et non le { $was }, parce qu’une politique ou un calendrier a changé.
   *[solve] L’échéance de la solution est le { $due } et non le { $was }, parce qu’une politique ou un calendrier a changé.
}
ledger-warned = { $target ->
    [reply] Un avertissement est parti : la première réponse était attendue avant le { $due }.
    [answer] Un avertissement est parti : la prochaine réponse était attendue avant le { $due }.
   *[solve] Un avertissement est parti : la solution était attendue avant le { $due }.
}
ledger-breached = { $target ->
    [reply] La première réponse n’était pas donnée le { $due }.
    [answer] La prochaine réponse n’était pas donnée le { $due }.
   *[solve] Le billet n’était pas résolu le { $due }.
}
ledger-kept = { $target ->
    [reply] La première réponse est venue à temps : elle était attendue avant le { $due }.
    [answer] La prochaine réponse est venue à temps : elle était attendue avant le { $due }.
   *[solve] Résolu à temps : la solution était attendue avant le { $due }.
}
ledger-missed = { $target ->
    [reply] La première réponse est venue en retard : elle était attendue avant le { $due }.
    [answer] La prochaine réponse est venue en retard : elle était attendue avant le { $due }.
   *[solve] Résolu en retard : la solution était attendue avant le { $due }.
}
ledger-step = Une étape de la politique a eu lieu.
ledger-step-tell_assignee = La personne qui l’avait a été prévenue.
ledger-step-tell_leads = Qui dirige son équipe a été prévenu.
ledger-step-tell_person = La personne nommée dans la politique a été prévenue.
ledger-step-raise_priority = Sa priorité a été haussée.
ledger-step-back_to_team = Il est retourné à son équipe.
refused-no-target = Promettez au moins un des trois.
refused-target = Promettez au moins une minute et au plus 366 jours.
refused-length = Écrivez des heures et des minutes, comme 4:30.
refused-reply-after-solve = Une réponse ne peut être attendue après la solution.
refused-never-open = Selon cet horaire il n’y a jamais une minute de travail : rien ne pourrait être tenu.
refused-no-such-calendar = Choisissez un calendrier de la liste.
refused-warning = Écrivez de 1 % à 99 %, ou un temps plus court que chaque engagement, comme 0:30.
refused-step = Écrivez une part comme 120 %, ou un temps après la fin comme 1:00.
refused-step-target = Une étape porte sur ce qui n’est pas promis.
refused-step-person = Choisissez qui prévenir.
refused-too-many-policies = Il y a déjà { $number } politiques. Modifiez-en une.
audited-policy-add = Politique ajoutée
audited-policy-change = Politique modifiée
audited-policy-move = Politique déplacée dans l’ordre
audited-policy-retire = Politique mise hors service
audited-policy-restore = Politique remise en service
job-recompute_clocks = Recalcul des compteurs des billets ouverts après #{ $number }
