# What happened to an article, as its history tells it.
told-article-drafted = { $name } a commencé l’article
told-article-written = { $name } a écrit dans le brouillon
told-article-passage-added = { $name } a ajouté un passage
told-article-passage-moved = { $name } a déplacé un passage
told-article-passage-removed = { $name } a retiré un passage
told-article-up-to-date = { $name } a indiqué qu’un passage est à jour tel quel
told-article-restored = { $name } a repris une ancienne version
told-article-dropped = { $name } a abandonné le brouillon
told-article-review-asked = { $name } a demandé une révision
told-article-approved = { $name } a approuvé le brouillon
told-article-sent-back = { $name } a renvoyé le brouillon
told-article-published = { $name } a publié une version
told-article-retired = { $name } a retiré l’article
told-article-brought-back = { $name } a remis l’article en service
told-article-changed = { $name } a modifié la personne responsable, le sujet, le public ou la date de révision
told-article-reviewed = { $name } a révisé l’article sans rien y changer
told-article-linked = { $name } a lié un billet
told-article-unlinked = { $name } a supprimé un lien
told-article-file-added = { $name } a ajouté un fichier
told-article-file-removed = { $name } a retiré un fichier
told-article-file-read = { $name } a fait lire les mots d’un fichier
told-article-used = { $name } s’est servi de l’article sur un billet
told-article-rated = { $name } a dit si l’article a aidé
told-article-undone = { $name } est revenu en arrière

# The headings of an article from a ticket.
article-symptom = Symptôme
article-cause = Cause
article-fix = Solution
article-helped = Ce qui a aidé à trouver

# Letters to staff.
letter-asked-subject = { $number } attend votre révision : { $title }
letter-asked-text = { $name } vous demande de réviser { $number }, « { $title } ». Approuvez l’article, ou renvoyez-le en disant ce qui manque.
letter-approved-subject = { $number } est approuvé : { $title }
letter-approved-text = { $name } a approuvé votre brouillon de { $number }, « { $title } ». Il peut être publié.
letter-back-subject = { $number } vous revient : { $title }
letter-back-text =
    { $name } a renvoyé votre brouillon de { $number }, « { $title } » :

    { $words }
letter-soon-subject = { $number } est à réviser d’ici le { $day } : { $title }
letter-soon-text = { $number }, « { $title } », est à votre charge. L’article est à réviser d’ici le { $day }. Est-il toujours juste? Dites-le sur sa page, ou écrivez ce qui a changé.
letter-due-subject = { $number } est à réviser : { $title }
letter-due-text = { $number }, « { $title } », est à votre charge et devait être révisé le { $day }. L’article est-il toujours juste? Dites-le sur sa page, ou écrivez ce qui a changé.
letter-article-footer = Vous recevez ce courriel parce que l’article est à votre charge ou attend votre avis. L’article se trouve ici :
# Ce que l’on sait des mots d’un fichier joint.
file-waiting = Il attend d’être lu; d’ici là, ses mots ne sont pas cherchés.
file-read =
    { $pages ->
        [0] Il a été lu et ne contient aucun mot.
        [one] On cherche aussi dans ses mots : une page.
       *[other] On cherche aussi dans ses mots : { $pages } pages.
    }
file-encrypted = Il demande un mot de passe et ses mots ne sont donc pas cherchés. Joignez une copie sans mot de passe.
file-broken = Il est endommagé ou n’est pas ce que dit son nom; ce qui ne se lit pas n’est pas cherché. Joignez-le de nouveau, ou en PDF.
file-too-large = Il contient plus que ce qui est lu d’un fichier, et le reste n’est pas cherché. Joignez-le en plusieurs parties.
file-too-slow = Il est plus long à lire qu’un fichier ne peut l’être, et le reste n’est pas cherché. Joignez-le en plusieurs parties, ou en PDF plus simple.
file-only-pictures = Ses pages sont des images, sans mots à chercher. Joignez une copie dont le texte peut être sélectionné.
file-unknown-kind = On ne cherche que dans les mots des fichiers PDF, DOCX, ODT et de texte brut.
file-missing = Il n’est pas là où le centre d’assistance garde ses fichiers et ne peut pas être lu. Joignez-le de nouveau.
file-no-reader = Ce qui lit les fichiers joints n’a pas démarré sur le serveur. Avertissez un administrateur, puis faites relire le fichier.
