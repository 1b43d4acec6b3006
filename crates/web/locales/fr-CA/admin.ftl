# Les pages de l’administration : l’état du système, équipes, sujets, rôles, organisations, canaux, jetons, journal de
# vérification et apparence du centre.

nav-admin = Administration
admin-nav-state = État
admin-nav-teams = Équipes
admin-nav-topics = Sujets
admin-nav-roles = Rôles
admin-nav-organizations = Organisations
admin-nav-channels = Canaux
admin-nav-tokens = Jetons
admin-nav-audit = Journal de vérification
admin-nav-brand = Apparence
field-name-en = Nom en anglais
field-name-fr = Nom en français

# L’état du système.
admin-state = État du système
admin-all-well = Tout fonctionne
admin-troubles = { $count ->
    [one] { $count } chose vous attend
   *[other] { $count } choses vous attendent
}
admin-looked-at = Vérifié le { $when }.
admin-to-letters = Tous les courriels reçus
admin-last-in = Dernier courriel reçu
admin-last-out = Dernier courriel parti
admin-never = jamais
admin-unread = Reçus, pas encore lus
admin-held = Retenus pour qu’une personne décide
admin-outbox-waiting = En attente de partir
admin-outbox-failed = Impossibles à livrer, 30 derniers jours
admin-work = Tâches en arrière-plan
admin-jobs-waiting = Tâches en attente
admin-jobs-given-up = Tâches abandonnées
admin-index = Index de recherche
admin-live = Pages en direct
admin-up-to-date = à jour
admin-behind = { $count ->
    [one] { $count } ligne de retard, depuis { $when }
   *[other] { $count } lignes de retard, depuis { $when }
}
admin-not-running = ne fonctionne pas ici
admin-job-letter = Le courriel
admin-try-again = Réessayer
job-read_letter = Lecture du courriel { $number }
job-send_letter = Envoi du courriel { $number }
job-close_solved = Fermeture du billet { $number }
job-wake_ticket = Retour du billet { $number }
job-send_planned = Envoi de la réponse prévue { $number }
job-mail_report = Rédaction du courriel du rapport { $number }
job-tell_named = Avis à la personne nommée ({ $number })
job-remind_review = Rappel de la révision de l’article { $number }
job-tell_affected = Information des personnes touchées, envoi { $number }
job-read_manual = Lecture du fichier joint { $number } d’un article
admin-machine = Machine
admin-version = Version
admin-database = Base de données
admin-free = Espace libre sur le disque
admin-backup = Dernière sauvegarde
admin-not-known = inconnu du centre
admin-backup-how = La commande « firstline backup FICHIER » en fait une et en avertit le centre.
admin-backup-postgres = Avec PostgreSQL, la base se copie avec ses propres outils, qui n’en avertissent pas le centre.
gigabytes = { $number } Go

trouble-disk-low = Le disque est presque plein
remedy-disk-low = Libérez de l’espace : s’il n’en reste plus, les courriels sont refusés pour un temps et rien de nouveau n’est gardé.
trouble-unread = { $count ->
    [one] { $count } courriel est arrivé et n’a pas été lu depuis plus de cinq minutes
   *[other] { $count } courriels sont arrivés, et le plus ancien n’a pas été lu depuis plus de cinq minutes
}
remedy-unread = Les courriels sont en sûreté. Redémarrez le programme; s’ils restent là, son journal dit pourquoi.
trouble-index-behind = La recherche ne trouve pas les nouveautés
remedy-index-behind = Redémarrez le programme. Si le retard demeure, arrêtez-le, supprimez le dossier « index » et redémarrez : l’index sera reconstruit.
trouble-live-behind = Les pages ouvertes ne montrent pas les nouveautés
remedy-live-behind = Recharger une page montre tout. Redémarrez le programme.
trouble-jobs-given-up = { $count ->
    [one] { $count } tâche a été abandonnée
   *[other] { $count } tâches ont été abandonnées
}
remedy-jobs-given-up = Lisez plus bas pourquoi, corrigez la cause et réessayez.
trouble-no-carrier = Les courriels ne peuvent pas partir
remedy-no-carrier = Nommez le serveur qui les prend : « relay » dans firstline.toml, puis redémarrez le programme. En attente d’ici là : { $count }.
trouble-no-public-url = Les courriels attendent l’adresse du centre
remedy-no-public-url = Indiquez dans « public_url » de firstline.toml l’adresse que les gens utilisent, puis redémarrez le programme. En attente d’ici là : { $count }.
trouble-outbox-stuck = { $count ->
    [one] { $count } courriel aurait dû partir il y a plus d’un quart d’heure
   *[other] { $count } courriels attendent, et le plus ancien aurait dû partir il y a plus d’un quart d’heure
}
remedy-outbox-stuck = Vérifiez que le serveur de courriel du centre répond. Les envois sont tentés pendant quatre jours; rien ne se perd.
trouble-no-mailbox = Le centre ne répond encore d’aucune adresse
remedy-no-mailbox = Ajoutez une boîte de courriel sous Canaux : d’ici là, tout courriel est refusé et aucun ne part.
trouble-backup-old = La dernière sauvegarde a plus de deux jours
remedy-backup-old = Lancez maintenant « firstline backup FICHIER », et faites-le lancer chaque nuit.

# Les équipes.
teams-lead = Une équipe partage une file de billets.
teams-empty = Une équipe partage une file : les sujets et les boîtes de courriel y mènent les billets. Un petit centre en a besoin d’une.
team-add = Nouvelle équipe
team-members = Membres
team-leads = Dirigée par
team-nobody = Personne
team-private-chip = Privée
team-private = Privée : seuls ses membres voient ses billets
team-private-hint = L’administration peut regarder quand même; chaque regard est inscrit au journal de vérification.
team-members-empty = Personne ne fait encore partie de cette équipe; personne n’y pense donc quand un billet arrive.
team-leads-chip = Dirige
team-lead = Faire diriger
team-lead-end = Ne dirige plus
team-leave = Retirer
team-join = Ajouter quelqu’un
team-all-in = Tout le personnel en fait partie.
team-left = { $name } ne fait plus partie de cette équipe.
team-remove = Supprimer l’équipe
team-remove-lead = Rien ne mène à cette équipe et elle n’a aucun billet. La suppression ne peut pas être annulée.
team-bound = Cette équipe reste, car des choses lui appartiennent.
team-has-tickets = { $count ->
    [one] Elle a { $count } billet.
   *[other] Elle a { $count } billets, ouverts ou terminés.
}
team-has-topics = { $count ->
    [one] { $count } sujet y mène.
   *[other] { $count } sujets y mènent.
}
team-has-views = { $count ->
    [one] Une vue est partagée par elle. Ses membres peuvent la supprimer.
   *[other] { $count } vues sont partagées par elle. Ses membres peuvent les supprimer.
}
team-has-canned = { $count ->
    [one] Une réponse type lui appartient. Donnez-la à une autre équipe, ou à toutes.
   *[other] { $count } réponses types lui appartiennent. Donnez-les à une autre équipe, ou à toutes.
}
team-has-mailboxes = { $count ->
    [one] { $count } boîte de courriel y mène.
   *[other] { $count } boîtes de courriel y mènent.
}

# Les sujets.
topics-lead = De quoi parlent les billets, sur deux niveaux.
topics-empty = Un sujet dit de quoi parle un billet et peut le mener à une équipe. Les demandeurs y choisissent aussi.
topic-add = Nouveau sujet
topic-add-under = En ajouter un dessous
topic-leads-to = va à { $team }
topic-parent = Placé sous
topic-parent-hint = Un sujet qui en a d’autres dessous reste au premier niveau.
topic-first-level = Rien : premier niveau
topic-team = Ses billets vont à
topic-team-hint = Un nouveau billet sur ce sujet va de lui-même à cette équipe.
topic-in-use = En usage
topic-retired = Hors d’usage
topic-retire = Mettre hors d’usage
topic-retire-lead = Il reste sur les anciens billets et n’est plus proposé, ni ce qui est dessous. Il peut être remis en usage.
topic-restore = Remettre en usage
topic-restore-lead = Il est proposé de nouveau. Ce qui est dessous se remet en usage un par un.

# Les rôles.
roles-lead = Ce que chaque rôle permet, et à qui il est donné.
roles-nobody = Personne n’a ce rôle.
roles-requesters = Un autre rôle se donne sur la page de la personne.
roles-note = Un nouveau rôle ferme toutes les sessions de la personne, qui en ouvre une nouvelle. Qui devient demandeur quitte toutes ses équipes; redonner le rôle ne redonne pas les équipes.
may-requester = Demande, lit ses propres demandes et y répond sur le portail et par courriel. Ne voit jamais les notes internes.
may-technician = Travaille sur tous les billets, sauf ceux des équipes privées dont la personne ne fait pas partie. Ajoute et modifie demandeurs et organisations.
may-supervisor = Fait ce que fait une personne technicienne. Pour qui dirige des équipes.
may-admin = Fait tout, façonne le centre sur ces pages et donne les rôles. Un regard sur un billet d’une équipe privée d’autrui est inscrit au journal de vérification.
role-of = Rôle de { $name }
role-changed = Nouveau rôle de { $name } : { $role }.

# Les organisations.
organizations-lead = À quoi appartiennent les demandeurs.
organizations-empty = Une organisation rassemble ses gens : qui écrit depuis son domaine de courriel en fait partie de soi-même.
organization-add = Nouvelle organisation
organization-domain = Domaine de courriel
organization-domain-hint = Par exemple exemple.org. Qui écrit de là pour la première fois fait partie de cette organisation.
organization-sharing = Qui lit les demandes
organization-shares = Les collègues voient les demandes les uns des autres
organization-shares-hint = Tous les gens de cette organisation lisent alors toutes ses demandes sur le portail, même celles d’une équipe privée.
organization-shares-chip = Les collègues
organization-own-only = Chacun les siennes
organization-note-hint = Pour l’équipe seulement.
organization-nobody = Personne n’en fait encore partie.

# Les canaux.
channels-lead = Par où arrivent les demandes et partent les réponses.
channels-empty = Une boîte de courriel est une adresse dont le centre répond. Les courriels à toute autre adresse sont refusés.
channels-now = En ce moment
channels-doors = Entrée et sortie du courriel
channels-doors-lead = Elles sont lues au démarrage du programme. Elles se règlent dans firstline.toml, par des variables FIRSTLINE_ ou sur la ligne de commande.
mailboxes = Boîtes de courriel
mailbox-add = Nouvelle boîte de courriel
mailbox-name = Nom à côté de l’adresse
mailbox-name-hint = Les courriels partent sous ce nom; vide : le nom du centre.
mailbox-address-hint = Votre serveur de courriel remet au centre les courriels à cette adresse.
mailbox-team = Ses billets vont à
mailbox-team-hint = Les courriels à la boîte d’une équipe privée sont pour ses membres seulement.
mailbox-language = Langue
mailbox-language-hint = Pour les courriels dont la langue ne se devine pas.
mailbox-authserv = Nom de notre serveur de courriel dans Authentication-Results
mailbox-authserv-hint = Sans ce nom, une personne vérifie chaque courriel du personnel. Dans le doute, laissez vide.
mailbox-month = Courriels en 30 jours
mailbox-last = Dernier courriel
door-smtp = Courriels reçus par SMTP
door-lmtp = Courriels reçus par LMTP
door-relay = Courriels envoyés
door-public-url = Adresse du centre
door-closed = fermée
door-not-set = non réglée : les courriels attendent
relay-encrypted = { $server }, chiffré
relay-plain = { $server }, non chiffré
relay-folder = Fichiers dans { $folder }; rien ne part
relay-none = aucun serveur de courriel : les courriels attendent
relay-own = aucun pour l’ensemble du centre d’assistance : seuls partent les courriels des boîtes qui ont leur propre voie d’envoi

# Les jetons.
tokens-lead = Les programmes qui peuvent agir ici, au nom de qui et jusqu’où.
tokens-empty = Aucun programme n’a de jeton. Chaque personne crée les siens; un programme agit alors au nom de cette personne.
tokens-make = Vers mes jetons
tokens-for-good = Un jeton révoqué cesse de fonctionner aussitôt et pour de bon : il ne revient pas, et qui s’en sert doit en obtenir un nouveau.
tokens-revoked = Le jeton est révoqué.
token-owner = Agit pour
token-made = Créé
token-used = Dernier usage

# Le journal de vérification.
audit-lead = Chaque changement de droits ou de paramètres, chaque ligne scellée avec la précédente.
audit-verify = Vérifier le sceau
audit-whole = Le journal est entier : chaque ligne suit la précédente.
audit-broken = Le journal a été modifié : la ligne { $line } ne suit pas la précédente.
audit-broken-do = Comparez-le avec une sauvegarde. À partir de là, les lignes ne sont plus sûres.
audit-filter = Choisir des lignes
audit-filter-go = Afficher
audit-all = Tout afficher
audit-anybody = N’importe qui
audit-anything = N’importe quoi
audit-desk = Le centre lui-même
audit-who = Qui
audit-action = Quoi
audit-from = Du
audit-to = Au
audit-when = Quand
audit-subject = À propos de
audit-data = Détails
audit-empty = Rien n’est encore inscrit. Les changements de droits et de paramètres se trouvent ici.
audit-none = Aucune ligne ne répond à cela.
audited-addresses = Adresses modifiées
audited-canned-add = Réponse type ajoutée
audited-canned-change = Réponse type modifiée
audited-canned-restore = Réponse type rétablie
audited-canned-retire = Réponse type retirée
audited-field-add = Champ de formulaire ajouté
audited-field-change = Champ de formulaire modifié
audited-field-move = Champ de formulaire déplacé
audited-field-restore = Champ de formulaire ramené
audited-field-retire = Champ de formulaire retiré
audited-job-again = Tâche relancée
audited-level = Niveau d’une personne fixé
audited-letter-released = Courriel laissé entrer
audited-links-revoked = Liens révoqués
audited-looked-at-a-private-ticket = Regard sur un billet privé
audited-mailbox-added = Boîte de courriel ajoutée
audited-mailbox-changed = Boîte de courriel modifiée
audited-merge = Personne fusionnée
audited-new-team = Équipe créée
audited-password-set = Mot de passe défini
audited-role = Rôle donné
audited-setting = Paramètre modifié
audited-share-requests = Partage des demandes
audited-suspend = Personne suspendue
audited-team-join = Entrée dans une équipe
audited-team-lead = Dirige une équipe
audited-team-lead-end = Ne dirige plus une équipe
audited-team-leave = Sortie d’une équipe
audited-team-privacy = Confidentialité d’une équipe
audited-team-removed = Équipe supprimée
audited-token = Jeton créé
audited-token-revoked = Jeton révoqué
audited-unmerge = Fusion annulée
audited-unsuspend = Suspension levée

# L’apparence du centre.
brand-lead = Ce que les gens voient d’abord : le nom, un mot de bienvenue, la couleur et le logo.
brand-name = Nom du centre
brand-welcome-en = Accueil du portail, en anglais
brand-welcome-fr = Accueil du portail, en français
brand-welcome-hint = Une ou deux phrases sous le titre. Vide dans les deux langues : les mots habituels.
brand-accent = Couleur d’accent
brand-accent-hint = Par exemple #0b6e4f, pour les liens et les boutons principaux. Vide : le vert habituel.
brand-accent-dark = Couleur d’accent du thème sombre
brand-accent-dark-hint = Vide : la même teinte, aussi claire qu’il le faut.
brand-look = Voir sans enregistrer
brand-preview = Aperçu
brand-usual = La couleur habituelle est en usage.
brand-sample-button = Bouton principal
brand-sample-chip = Fait
brand-sample-link = Un lien dans une phrase
brand-to-portal = Ouvrir le portail
brand-measured = Contraste mesuré
brand-pair = Où
brand-contrast = Contraste
brand-verdict = Au moins 4,5 pour 1
brand-ratio = { $ratio } pour 1
brand-enough = Suffisant
brand-not-enough = Insuffisant
pair-light-text = Mots sur la page, thème clair
pair-light-tint = Mots sur leur propre fond teinté, thème clair
pair-light-button = Mots blancs sur le bouton, thème clair
pair-dark-text = Mots sur une surface relevée, thème sombre
pair-dark-tint = Mots sur leur propre fond teinté, thème sombre
pair-dark-button = Mots foncés sur le bouton, thème sombre

brand-logo = Logo
brand-logo-none = Le bureau montre le signe de Firstline. Le vôtre se tient à côté du nom sur chaque page, pour l’équipe et pour les demandeurs.
brand-logo-file = Une image
brand-logo-hint = PNG, JPEG ou WebP, 100 Ko au plus. Elle est montrée à 28 pixels de haut; un fond transparent convient aux deux thèmes.
brand-logo-size = { $width } sur { $height } pixels
brand-logo-keep = Utiliser cette image
brand-logo-remove = Ne montrer aucun logo
brand-logo-removed = Le logo n’est plus sur les pages.
admin-brake = A cessé de répondre de lui-même
admin-brake-words = { $letters } courriels en une heure; d’habitude, { $usual }.

admin-model = Modèle de sens
admin-model-none = aucun; les suggestions se font par les mots
admin-model-done = { $points ->
    [one] { $points } texte calculé
   *[other] { $points } textes calculés
}
admin-model-waiting = { $points } textes calculés, { $waiting } en attente
admin-model-unfit = { $name } n’est pas utilisé. { $why }
model-unfit-missing = Le fichier { $file } manque ou ne peut être lu : ajoutez de nouveau le dossier complet du modèle.
model-unfit-too-large = Le fichier { $file } est trop grand : prenez un modèle plus petit.
model-unfit-broken = Le fichier { $file } ne peut être lu comme ce qu’il devrait être ({ $part }) : téléchargez-le de nouveau.
model-unfit-unknown = { $file } nomme un genre que ce centre d’assistance ne connaît pas ({ $part }) : prenez un modèle de type BERT ou XLM-R avec WordPiece ou Unigram.
model-unfit-lacks = Il manque { $part } dans { $file } : téléchargez le modèle de nouveau, ou prenez-en un autre.
model-unfit-shape = Dans { $file }, { $part } n’a pas la taille que disent les autres fichiers : ils ne sont pas d’un même modèle.
model-unfit-not-a-number = Dans { $file }, il y a des nombres qui n’en sont pas ({ $part }) : téléchargez-le de nouveau.
