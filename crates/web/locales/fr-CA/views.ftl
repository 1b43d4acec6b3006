# Les listes : ordre, filtre, plusieurs à la fois; les vues enregistrées; les touches et la palette.

# Ordre et filtre.
group-oldest = Les plus anciens d’abord
sort = Trier
sort-oldest = Billets, les plus anciens d’abord
sort-by-oldest = Trier du plus ancien au plus récent
filter = Filtrer
filter-go = Afficher
filter-clear = Retirer le filtre
filter-without = Retirer cette partie
rows-waiting = { $count } de plus
any = Peu importe
field-status = État
field-assignee = Attribué à
field-channel = Arrivé par
field-subject-has = Mots dans l’objet
me-short = Moi
my-teams = Mes équipes
channel-mail = Courriel
channel-portal = Portail
channel-chat = Clavardage
channel-alert = Alerte
channel-api = API
empty-saved = Rien ne correspond à cette vue.
empty-filtered = Rien ne correspond à ce filtre.

# Plusieurs à la fois.
pick-rows = En choisir plusieurs
pick-row = Choisir { $subject }
key-tick = choisir
key-all = touches
bulk = Billets choisis
bulk-chosen = { $count } choisis
bulk-do = Que faire
bulk-go = Le faire
do-tag = Ajouter l’étiquette
bulk-done = { $count ->
    [0] Rien n’a changé.
    [one] Un billet modifié.
   *[other] { $count } billets modifiés.
}
bulk-left = { $count ->
    [one] Un billet est resté tel quel :
   *[other] { $count } billets sont restés tels quels :
}
bulk-kept = { $count ->
    [one] Un billet avait changé depuis et reste tel qu’il est.
   *[other] { $count } billets avaient changé depuis et restent tels qu’ils sont.
}
left-not-found = Il n’est plus là pour vous.
left-tagged = Il portait déjà l’étiquette.
left-fields = Des champs nécessaires pour résoudre sont vides : { $tickets }.

# Les vues enregistrées.
views-title = Mes vues
views-more = Autres
views-empty = Une vue est une question que vous posez souvent : « en retard et à personne », « le RPV cette semaine ». Elle se tient à jour toute seule.
views-first = Écrire la première
views-full = La barre latérale contient { $count } vues. Retirez-en une d’abord.
view-new = Nouvelle vue
view-edit = Modifier cette vue
view-edit-named = Modifier la vue { $name }
view-star = Garder { $name } dans la barre latérale
view-save-this = Enregistrer comme vue
view-name = Nom
view-whose = Visible par
view-private = Moi uniquement
view-of-team = À tout le monde dans { $team }
view-match = Un billet est affiché quand
match-all = tout ceci est vrai
match-any = une de ces conditions est vraie
match-all-said = Les billets pour lesquels tout ceci est vrai :
match-any-said = Les billets pour lesquels une de ces conditions est vraie :
view-finds = { $count ->
    [0] Elle ne trouve aucun billet en ce moment.
    [one] Elle trouve un billet en ce moment.
   *[other] Elle trouve { $count } billets en ce moment.
}
view-finds-many = Elle trouve { $count } billets en ce moment.
view-finds-unknown = Choisissez ce que les billets ont en commun.
view-remove = Supprimer cette vue
view-gone = La vue est supprimée.
clause-number = Condition { $number }
clause-about = Ce sur quoi porte la condition
clause-is-or-not = Est ou n’est pas
clause-is = est
clause-is-not = n’est pas
clause-values = Lesquels
clause-words = Mots
clause-count = Combien
clause-add = Ajouter une condition
clause-remove = Retirer la condition { $number }
either = { $first } ou { $next }
about-standing = Avancement
about-status = État
about-priority = Priorité
about-assignee = Attribué à
about-team = Équipe
about-topic = Sujet
about-channel = Arrivé par
about-language = Langue
about-organization = Organisation
about-form = Une précision de son sujet
about-tag = Étiquettes, séparées par des virgules
about-subject = Mots dans l’objet
about-watched = Vous le suivez
about-unread = Nouveaux mots du demandeur
about-late = En retard
about-due_within = Dû d’ici tant d’heures
about-opened_within = Ouvert depuis au plus tant de jours
about-older_than = Ouvert depuis plus de tant de jours
about-quiet_for = Rien de changé depuis tant de jours
standing-unsolved = Pas encore résolu
standing-active = En attente de nous
standing-waiting = En attente d’autrui
standing-done = Résolu ou fermé
clause-standing = { $values }
clause-not-standing = Non : { $values }
clause-status = L’état est { $values }
clause-not-status = L’état n’est pas { $values }
clause-priority = La priorité est { $values }
clause-not-priority = La priorité n’est pas { $values }
clause-assignee = Attribué à { $values }
clause-not-assignee = Pas attribué à { $values }
clause-team = L’équipe est { $values }
clause-not-team = L’équipe n’est pas { $values }
clause-topic = Le sujet est { $values }
clause-not-topic = Le sujet n’est pas { $values }
clause-channel = Arrivé par { $values }
clause-not-channel = Pas arrivé par { $values }
clause-language = Écrit en { $values }
clause-not-language = Pas écrit en { $values }
clause-organization = De { $values }
clause-not-organization = Pas de { $values }
clause-form = { $values }
clause-not-form = Pas : { $values }
clause-tag = Étiquette { $words }
clause-not-tag = Sans l’étiquette { $words }
clause-subject = L’objet contient « { $words } »
clause-not-subject = L’objet ne contient pas « { $words } »
clause-watched = Vous le suivez
clause-not-watched = Vous ne le suivez pas
clause-unread = Des mots nouveaux que vous n’avez pas lus
clause-not-unread = Rien de nouveau pour vous
clause-late = Une promesse est dépassée
clause-not-late = Aucune promesse n’est dépassée
clause-due_within = { $count ->
    [one] Dû d’ici une heure, ou en retard
   *[other] Dû d’ici { $count } heures, ou en retard
}
clause-not-due_within = { $count ->
    [one] Pas dû d’ici une heure
   *[other] Pas dû d’ici { $count } heures
}
clause-opened_within = { $count ->
    [one] Ouvert depuis un jour au plus
   *[other] Ouvert depuis { $count } jours au plus
}
clause-not-opened_within = { $count ->
    [one] Pas ouvert dans le dernier jour
   *[other] Pas ouvert dans les { $count } derniers jours
}
clause-older_than = { $count ->
    [one] Ouvert depuis plus d’un jour
   *[other] Ouvert depuis plus de { $count } jours
}
clause-not-older_than = { $count ->
    [one] Ouvert il y a un jour au plus
   *[other] Ouvert il y a { $count } jours au plus
}
clause-quiet_for = { $count ->
    [one] Rien de changé depuis un jour
   *[other] Rien de changé depuis { $count } jours
}
clause-not-quiet_for = { $count ->
    [one] Changé dans le dernier jour
   *[other] Changé dans les { $count } derniers jours
}

# Les touches et la palette.
close = Fermer
keys-title = Toutes les touches
keys-lead = Chaque touche peut être changée : un caractère, ou deux pressés l’un après l’autre, séparés d’une espace. Un champ vide désactive sa touche. Les touches n’agissent que hors des champs.
keys-off = Les touches seules sont désactivées dans vos préférences.
keys-change = Changer les touches
keys-usual = Revenir aux touches habituelles
press-j = Billet suivant
press-k = Billet précédent
press-o = Ouvrir le billet
press-u = Retour à la liste
press-x = Choisir le billet
press-c = Nouveau billet
press-g-i = Aller à ma boîte
press-g-u = Aller aux billets sans responsable
press-g-t = Aller au tableau de l’équipe
press-g-k = Aller aux articles
press-slash = Chercher
press-question = Voir toutes les touches
press-f = Faits du billet
press-comma = Message plus ancien
press-dot = Message plus récent
press-r = Répondre
press-n = Note interne
press-l = Noter un appel
press-shift-l = Noter une visite
press-e = Résoudre
press-z = Annuler
press-a = Attribuer
press-i = Me l’attribuer
press-p = Priorité
press-t = Sujet
press-m = Fusionner
press-1 = Utiliser la première solution probable
press-2 = Utiliser la deuxième solution probable
press-3 = Utiliser la troisième solution probable
fixed-palette = Trouver ou faire n’importe quoi
fixed-send = Envoyer ou enregistrer
fixed-send-solve = Envoyer et résoudre
fixed-extend = En choisir plusieurs de suite
fixed-back = Fermer, ou retour à la liste
palette-hint = Une commande, un billet, une personne…
palette-none = Rien trouvé.
palette-view = Vue
left-unlinked = Il n’est plus lié au problème.
