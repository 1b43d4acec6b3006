# Les champs par sujet : où ils sont créés, sur le portail et sur un billet.
forms-title = Formulaires
forms-lead = Ce qu’un sujet demande en plus de l’objet et des mots. Un sujet a les champs du sujet qui le précède, puis les siens.
forms-empty = Les champs appartiennent aux sujets. Ajoutez d’abord un sujet, puis dites ce qu’il demande.
forms-own = Champs propres
forms-inherited = Du sujet au-dessus
forms-of = Formulaire : { $topic }
forms-from = De { $topic }
forms-retired-one = « { $field } » n’est plus demandé. Ce que les billets y ont reste.

form-title = Précisions
form-strays = Vous avez écrit ceci dans des champs disparus. Copiez ce qu’il vous faut :
form-blank = Rien n’est encore rempli.
form-change = Remplir ou modifier
form-former = { $count ->
    [one] Une précision d’un ancien sujet
   *[other] { $count } précisions d’anciens sujets
}
form-for-solving = (nécessaire pour résoudre)
form-yes = Oui
form-no = Non
form-none = Choisir
form-empty = Ce sujet ne demande rien en propre. Un champ est, par exemple, l’immeuble, ou le fil ou le Wi-Fi.
form-field-add = Ajouter un champ
form-fields = Champs de ce sujet
form-order = Ordre et usage
form-kind = Genre
form-needed = À remplir
form-team-chip = Équipe seulement
form-up = Monter { $field }
form-down = Descendre { $field }
form-retire = Retirer
form-retired = Hors d’usage
form-restore = Ramener
form-preview = Aperçu
form-preview-empty = Rien ne leur est demandé.
form-as-requester = En demandeur
form-as-team = En équipe
form-when-filled = Paraît quand « { $field } » a quelque chose
form-when-has = Paraît quand « { $field } » vaut : { $values }

form-kind-short = Texte court
form-kind-long = Texte long
form-kind-number = Nombre
form-kind-date = Date
form-kind-yes_no = Oui ou non
form-kind-one = Un choix d’une liste
form-kind-several = Plusieurs choix d’une liste
form-required-never = Jamais
form-required-asking = Par la personne qui demande
form-required-solving = Avant de résoudre

form-label-en = Libellé en anglais
form-label-fr = Libellé en français
form-help-en = Aide en anglais
form-help-fr = Aide en français
form-help-hint = Une ligne sous le champ; elle peut rester vide.
form-kind-hint = Il ne change plus une fois le champ ajouté.
form-key = Clé
form-key-hint = Le nom que lui donnent les programmes, une fois pour toutes : petites lettres, chiffres et traits d’union. Vide, elle vient du libellé anglais.
form-unit-en = Unité en anglais
form-unit-fr = Unité en français
form-unit-hint = Ce que le nombre compte : Go, personnes, $.
form-options = La liste
form-options-hint = L’anglais et le français côte à côte. Enregistrer donne d’autres lignes. Videz les deux, ou cochez la case, pour en mettre une hors d’usage; ce que les billets ont reste.
form-option-en = { $number }, en anglais
form-option-fr = { $number }, en français
form-option-off = Hors d’usage
form-needed-hint = Seulement où le champ paraît.
form-who = Qui le voit
form-team-only = L’équipe seulement
form-team-hint = Les demandeurs ne le voient pas et n’ont pas à le remplir.
form-shown-by = Paraît
form-shown-hint = Toujours, ou quand un champ précédent a quelque chose.
form-always = Toujours
form-shown-for = Quand il vaut l’un de ces choix
form-shown-for-hint = Aucun coché : quand il a quelque chose.
