# Les pages d’aide : des articles pour tout le monde.

help-title = Aide
help-lead = Les réponses à ce qu’on demande le plus. Cherchez dans vos mots.
help-search = Chercher dans l’aide
help-find = Trouver une réponse
help-useful = Les plus utiles
help-all = Tous les articles
help-empty = Il n’y a pas encore d’article ici.
help-none = Rien trouvé pour « { $words } »
help-none-words = C’est noté, pour que quelqu’un écrive l’article qui manque. Vous pouvez nous le demander maintenant, avec ce que vous avez tapé.
help-found = { $count ->
    [one] { $count } article trouvé
   *[other] { $count } articles trouvés
}
help-not-it = Ce n’est pas ce qu’il vous faut?
help-only-other = En anglais seulement
help-in-file = Page { $page } de { $name }
help-feed = Nouveaux articles
help-feed-of = { $desk } : nouveaux articles
help-often = Demandé souvent
help-home-lead = Décrivez la situation dans vos mots. Nous cherchons d’abord une réponse; s’il n’y en a pas, une personne du soutien vous aide.

# Un article.
help-published = Publié le { $date }
help-at-desk = Ouvrir du côté de l’équipe
help-other-notice = Cet article n’existe qu’en anglais pour le moment.
help-contents = Sur cette page
help-passage-other = Ce passage n’existe qu’en anglais pour le moment.
help-passage-lags = La version anglaise de ce passage est plus récente.
help-passage-newer = Le lire en anglais
help-files = Fichiers
help-solved = Est-ce que cela a réglé la question?
help-yes = Oui
help-no = Non
help-thanks-yes = Merci. Vous avez dit que cela a aidé.
help-thanks-no = Merci. Vous avez dit que cela n’a pas aidé.
help-told = Merci. Nous avons reçu vos mots.
help-words = Que devrions-nous savoir?
help-send = Envoyer ces mots
help-after-all-yes = Finalement, cela a aidé
help-after-all-no = Finalement, cela n’a pas aidé
help-still = Toujours rien?
help-ask-about = Demandez-nous de l’aide à ce sujet

# Pendant qu’on demande.
help-about = C’est à propos de « { $title } »
help-answers = Voici peut-être la réponse
help-answers-elsewhere = S’ouvre dans une autre fenêtre.
help-solves = C’est réglé
help-known = Problème connu
