# Le cadre de chaque page, et ce qui sert à plusieurs.

app-name = Firstline
skip-to-main = Aller au contenu
nav-main = Principal
nav-find = Tout trouver
nav-desk = Centre d’assistance
nav-new = Nouveau billet
nav-people = Personnes
nav-letters = Courriels reçus
nav-views = Vues
nav-small = Principal, petit écran
tab-inbox = Billets
tab-find = Trouver
tab-new = Nouveau
tab-me = Moi
view-mine = Mes billets
view-unassigned = Sans responsable
view-waiting = En attente
view-watching = Suivis
view-everyone = Tous
tickets-count = { $count ->
    [one] { $count } billet
   *[other] { $count } billets
}
letters-held-count = { $count ->
    [one] { $count } courriel retenu
   *[other] { $count } courriels retenus
}
other-language = English
sign-in = Ouvrir une session
portal-help-desk = Centre d’assistance
portal-my-requests = Mes demandes
portal-to-desk = Vers le centre d’assistance

# Erreurs.
error-title = Cela n’a pas fonctionné
error-nothing-title = Il n’y a rien ici
error-first-page = Retour à l’accueil
error-nothing-here = Il n’y a rien ici pour vous. Vérifiez l’adresse, ou revenez d’où vous veniez.
error-refused = Ce qui a été envoyé n’a pas pu être accepté. Rien n’a été changé. Revenez, corrigez et envoyez de nouveau.
error-too-often = C’était trop souvent. Attendez un peu et recommencez.
error-busy = Trop de travail attend en ce moment. Rien n’est perdu; recommencez dans quelques secondes.
error-full = Le disque est plein : la lecture continue, rien de nouveau n’est accepté. Avertissez la personne qui exploite ce centre.
error-fault = Une défaillance est survenue de notre côté. Rien de ce que vous avez envoyé n’est gardé à moitié. Donnez le numéro ci-dessous à la personne qui exploite ce centre.
banner-offline = Pas de réseau. Vos mots sont gardés.
banner-slow = C’est plus long que d’habitude. Vos mots sont gardés.
banner-failed = Le centre d’assistance n’a pas pu garder cela. Vos mots sont toujours là : essayez de nouveau.
