# Niveaux des personnes, et relecture avant l’envoi.

level = Niveau
level-0 = Non précisé : travaille de façon autonome
level-1 = 1, de base : sous supervision
level-2 = 2, intermédiaire : le plus souvent de façon autonome
level-3 = 3, avancé : de façon autonome, et encadre les autres
level-lead = Jusqu’où cette personne travaille sans supervision. Visible pour la personne, pour les superviseurs et pour l’administration, et pour personne d’autre.
toast-level = Le niveau est fixé.

reviews-title = Relectures
reviews-lead = Du plus ancien au plus récent. Rien de ce qui figure ici n’a encore été envoyé.
reviews-keys = j et k parcourent, o ouvre, y approuve.
reviews-empty = Rien n’attend de relecture.
reviews-count = { $count ->
    [one] { $count } relecture vous attend
   *[other] { $count } relectures vous attendent
}
review-of-reply = Réponse de { $name }
review-of-solution = Solution de { $name }
review-articles = Articles qui attendent un regard
review-turn-you = À vous
review-turn-team = À l’équipe
review-turn-named = À { $name }
review-turn-author = Vous est revenu
review-waiting-for = En attente de relecture par { $name }
review-waiting-team = En attente de relecture par l’équipe
review-returned-by = Renvoyé par { $name }
review-approved-by = Approuvé par { $name }, et envoyé
review-taken-back = Repris par la personne qui l’a écrit
review-open = Le regarder
review-since = Depuis la remise
review-notice-merged = Le billet a été fusionné avec un autre. C’est là que ce serait envoyé.
review-notice-done = Le billet est maintenant résolu ou fermé.
review-notice-moved = Une autre personne ou une autre équipe a maintenant le billet.
review-notice-answered = Autre chose a été dit entre-temps.
review-notice-other_person = Le billet est maintenant celui de quelqu’un d’autre; ceci ne peut pas être envoyé. Renvoyez-le.
review-notice-author_gone = La personne qui l’a écrit ne peut plus l’envoyer. Renvoyez-le, et répondez vous-même.
review-words = Texte
review-to = À
review-then = État ensuite
review-versions = Versions
review-first = Tel que remis d’abord.
review-reason-was = Renvoyé :
review-decide = Votre décision
review-edit-hint = Ce que vous changez ici est envoyé tel que vous le laissez. La personne qui l’a écrit voit la différence.
review-approve = Approuver et envoyer
review-send-back = Renvoyer
review-reason = Pourquoi le renvoyer
review-reason-hint = La personne qui l’a écrit le lit, puis remet son texte de nouveau.
review-own = Votre texte
review-again = Remettre de nouveau
review-take-back = Reprendre
toast-review-decided = Fait. La personne qui l’a écrit en est informée.
toast-review-asked = Remis pour relecture.

review-rules = Règles de relecture
review-rules-lead = De qui une personne expérimentée lit le texte avant le demandeur. Une règle modifiée ne touche rien de ce qui attend déjà.
review-rules-empty = Aucune règle : tout le monde envoie sans relecture.
review-rules-kept = En vigueur
review-rule-new = Nouvelle règle
review-rule-add = Ajouter la règle
review-rule-remove = Retirer
review-who = Le texte de qui
review-what = Quoi
review-reviewer = Qui relit
review-up-to = Tout le monde jusqu’au niveau { $level }
review-what-reply = Réponses
review-what-solution = Solutions
review-what-article = Articles
review-any-topic = Tous les sujets
review-by-team = Superviseurs et membres avancés de l’équipe du billet
review-read-by = Relu par { $name }; après quatre heures ouvrables, par l’équipe

line-review-asked = { $name } a remis un texte pour relecture
line-review-returned = { $name } a renvoyé un texte à la personne qui l’a écrit
line-review-approved = { $name } a approuvé ce que { $author } a écrit
line-review-approved-yours = { $name } a approuvé ce que vous avez écrit
line-review-taken-back = { $name } a repris un texte en relecture

audited-review-rule = Règle de relecture

refused-rule-known = Cette règle existe déjà.
refused-reviews-himself = Cette personne lirait son propre texte. Choisissez quelqu’un d’autre.
refused-nobody-reviews = Il ne reste personne pour relire : toutes les personnes expérimentées sont visées par cette règle. Nommez quelqu’un.
refused-review-unchanged = Il attend déjà, tel quel. Changez d’abord quelque chose.
conflict-needs-review = Vos réponses sont d’abord lues par une personne expérimentée. Écrivez sur la page du billet : la réponse y attendra la relecture.
conflict-solution-needs-review = Vos solutions sont d’abord lues par une personne expérimentée. Résolvez le billet sur sa propre page.
conflict-review-no-time = Vos réponses sont d’abord lues par une personne expérimentée; celle-ci ne peut pas partir à une heure fixée. Envoyez-la : elle attendra la relecture.
conflict-own-review = Personne n’approuve son propre texte.
conflict-review-of-another = C’est à quelqu’un d’autre. Le texte revient à l’équipe après quatre heures ouvrables.
conflict-review-authors = Seule la personne qui l’a écrit fait cela.
conflict-review-changed = Le texte ou le billet a changé pendant votre lecture. Regardez-le encore une fois.
conflict-review-other-person = Le billet est maintenant celui de quelqu’un d’autre : ce texte n’était pas écrit pour cette personne. Renvoyez-le.
conflict-review-author-gone = La personne qui l’a écrit ne peut plus rien envoyer sur ce billet. Renvoyez-le, et répondez vous-même.
