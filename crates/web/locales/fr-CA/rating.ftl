# Comment cela s’est passé : demandé quand une demande est résolue, et ce que l’équipe en voit.

rate-title = Comment cela s’est-il passé?
rate-lead = Votre demande { $number } a été résolue. Choisissez une réponse et envoyez-la; vous pourrez la changer pendant 30 jours.
rate-good = Ça s’est bien passé
rate-bad = Ça ne s’est pas bien passé
rate-words = Dans vos mots
rate-words-hint = Qu’est-ce qui a aidé, ou manqué? Le centre d’assistance vous lit.
rate-go = Envoyer
rate-change = Envoyer le changement
rate-thanks = Merci. C’est noté.
rate-said-good = Vous avez dit : ça s’est bien passé. Vous pouvez encore changer d’avis.
rate-said-bad = Vous avez dit : ça ne s’est pas bien passé. Vous pouvez encore changer d’avis.
rate-see = Voir votre demande
rate-open-title = Cette demande est rouverte
rate-open-lead = On y travaille; il n’y a donc encore rien à en dire. Nous vous le redemanderons quand elle sera résolue.
rate-late-title = Le délai pour dire comment cela s’est passé est terminé
rate-late-lead = La réponse pouvait être donnée pendant 30 jours. Si quelque chose ne va pas, répondez à votre demande ou demandez de nouveau : cela nous parvient en tout temps.
rate-refused = Votre réponse n’est pas encore envoyée

# Pour l’équipe.
line-rated-good = { $name } dit : ça s’est bien passé
line-rated-bad = { $name } dit : ça ne s’est pas bien passé
rated-title = Comment cela s’est passé
rated-good = Ça s’est bien passé
rated-bad = Ça ne s’est pas bien passé
rated-earlier = Après une résolution précédente

# Pendant qu’on écrit : ce qui a déjà été répondu.
answers-title = Déjà demandé
answers-yours = Votre demande no { $number }
answers-elsewhere = S’ouvre dans un nouvel onglet
answers-of = Demandée par { $name }, no { $number }

# Les demandes des collègues.
requests-colleagues = Celles de mes collègues
requests-no-colleagues = Vos collègues n’ont encore rien demandé. Leurs demandes apparaîtront ici; vous pourrez les lire.
request-asked-by = Demandée par { $name }
