# Les rapports : leurs noms, ce qu’ils comptent, leur phrase, les colonnes de leurs tableaux et leurs courriels.

report-volume = Volume
report-volume-means = Les billets arrivés, au jour de leur ouverture, et les billets résolus, au jour de la solution qui tient. Un billet fusionné dans un autre est compté avec celui-là.
report-first-reply = Première réponse
report-first-reply-means = Le temps ouvré entre l’ouverture et le premier mot avec le demandeur : une réponse, un appel ou une visite. Compté au jour de ce mot, à la largeur des classes 5, 10, 15, 20, 30, 45, 60 minutes et ainsi de suite.
report-time-to-solve = Délai de résolution
report-time-to-solve-means = Le temps ouvré entre l’ouverture et la solution qui tient, sans le temps où le billet attendait le demandeur ou un tiers. Compté au jour de la solution.
report-backlog = Arriéré par âge
report-backlog-means = Les billets ouverts ou en attente maintenant, selon le nombre de jours depuis leur ouverture.
report-reopened = Réouvertures
report-reopened-means = Les réouvertures qui n’ont pas été annulées, à leur jour. Un billet rouvert deux fois compte deux fois.
report-first-contact = Premier contact
report-first-contact-means = Résolu au premier contact : résolu avec au plus une réponse, un appel ou une visite, et jamais rouvert. Compté au jour de la solution.
report-satisfaction = Satisfaction
report-satisfaction-means = Ce que les demandeurs ont dit de l’aide reçue, au jour où ils l’ont dit : une réponse par personne et par résolution, la nouvelle remplace la première. Ceux qui n’ont rien dit ne comptent pas.

report-nothing = Rien dans cette période.
report-volume-said = { $days ->
    [1] En un jour
   *[other] En { $days } jours
}, { $count ->
    [0] aucun billet n’est arrivé
    [1] un billet est arrivé
   *[other] { $shown } billets sont arrivés
} et { $of ->
    [0] aucun n’a été résolu
    [1] un seul a été résolu
   *[other] { $of_shown } ont été résolus
}.
report-volume-before = { $days ->
    [1] La veille
   *[other] Durant les { $days } jours d’avant
}, { $count ->
    [0] il n’en était arrivé aucun
    [1] il en était arrivé un
   *[other] il en était arrivé { $count }
}.
report-volume-more = { $days ->
    [1] C’est { $share } de plus que la veille.
   *[other] C’est { $share } de plus que durant les { $days } jours d’avant.
}
report-volume-fewer = { $days ->
    [1] C’est { $share } de moins que la veille.
   *[other] C’est { $share } de moins que durant les { $days } jours d’avant.
}
report-volume-same = { $days ->
    [1] C’est à peu près autant que la veille.
   *[other] C’est à peu près autant que durant les { $days } jours d’avant.
}
report-first-reply-said = La moitié des { $shown } premières réponses sont venues en { $half } ouvrées ou moins, neuf sur dix en { $nine } ou moins.
report-first-reply-few = { $count ->
    [1] Une première réponse a été donnée
   *[other] { $count } premières réponses ont été données
} : trop peu pour dire combien de temps il faut d’habitude.
report-time-to-solve-said = La moitié des { $shown } billets résolus ont demandé { $half } ouvrées ou moins, neuf sur dix { $nine } ou moins.
report-time-to-solve-few = { $count ->
    [1] Un billet a été résolu
   *[other] { $count } billets ont été résolus
} : trop peu pour dire combien de temps il faut d’habitude.
report-half-before = { $days ->
    [1] La veille, la moitié tenait en { $half }.
   *[other] Durant les { $days } jours d’avant, la moitié tenait en { $half }.
}
report-reopened-said = { $count ->
    [0] Aucun billet n’a été rouvert
    [1] Un billet a été rouvert
   *[other] Il y a eu { $shown } réouvertures
} pour { $of_shown } billets résolus : { $share }.
report-reopened-few = { $count ->
    [0] Aucun billet n’a été rouvert
    [1] Un billet a été rouvert
   *[other] Il y a eu { $shown } réouvertures
} pour { $of ->
    [0] aucun billet résolu
    [1] un billet résolu
   *[other] { $of_shown } billets résolus
} : trop peu pour une part.
report-first-contact-said = { $share } de ce qui a été résolu l’a été au premier contact : { $shown } billets sur { $of_shown }.
report-first-contact-few = { $count ->
    [0] Aucun billet
    [1] Un billet
   *[other] { $count } billets
} sur { $of } { $of ->
    [1] résolu
   *[other] résolus
} : un seul contact au plus, mais trop peu pour une part.
report-satisfaction-said = { $share } de ceux qui ont répondu disent que ça s’est bien passé : { $shown } sur { $of_shown }.
report-satisfaction-few = { $of ->
    [1] Une personne a répondu
   *[other] { $of } personnes ont répondu
} et { $count ->
    [0] aucune ne dit que ça s’est bien passé
    [1] une seule dit que ça s’est bien passé
   *[other] { $count } disent que ça s’est bien passé
} : trop peu pour une part.
report-share-before = { $days ->
    [1] La veille, c’était { $share }.
   *[other] Durant les { $days } jours d’avant, c’était { $share }.
}
report-backlog-said = { $count ->
    [1] Un billet est ouvert
   *[other] { $shown } billets sont ouverts
}; { $of ->
    [0] aucun n’a plus d’une semaine
    [1] un seul a plus d’une semaine
   *[other] { $of_shown } ont plus d’une semaine
}.

report-column-day = Jour
report-column-week = Semaine débutant le
report-column-month = Mois
report-column-age = Âge
report-column-team = Équipe
report-column-topic = Sujet
report-column-channel = Canal
report-column-opened = Arrivés
report-column-solved = Résolus
report-column-replies = Premières réponses
report-column-half = La moitié en
report-column-nine = Neuf sur dix en
report-column-open = Ouverts
report-column-old = Plus d’une semaine
report-column-reopened = Réouvertures
report-column-at-once = Au premier contact
report-column-good = Bien passé
report-column-answers = Réponses
report-column-share = Part

report-age-today = Aujourd’hui
report-age-days = { $from } à { $to } jours
report-age-over = Plus de { $from } jours
report-no-team = Aucune équipe
report-no-topic = Aucun sujet
report-channel-mail = Courriel
report-channel-portal = Portail
report-channel-chat = Clavardage
report-channel-phone = Téléphone
report-channel-in_person = Comptoir
report-channel-alert = Alerte
report-channel-api = API

report-mail-subject = { $desk } : { $title }, du { $from } au { $to }
report-mail-subject-now = { $desk } : { $title }, { $to }
report-mail-footer = Vous avez demandé ce courriel. Pour en voir plus, ou pour ne plus le recevoir, ouvrez le rapport :
