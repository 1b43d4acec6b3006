# Le registre du courrier, et la recherche.

letters-title = Courriels reçus
letters-lead = Chaque courriel reçu, ce qu’il est devenu et pourquoi. Rien n’est jeté.
letters-states = États des courriels
letters-none = Aucun courriel ici.
letter-title = Courriel reçu
letter-state-all = Tous
letter-state-kept = En traitement
letter-state-filed = Classés
letter-state-held = Retenus
letter-state-automatic = Automatiques
letter-state-bounce = Avis de non-remise
letter-state-duplicate = En double
letter-state-refused = Mis de côté
letter-is-kept = En traitement
letter-is-filed = Classé
letter-is-held = Retenu
letter-is-automatic = Automatique
letter-is-bounce = Avis de non-remise
letter-is-duplicate = En double
letter-is-refused = Mis de côté
letter-from = De
letter-envelope-from = Expéditeur de l’enveloppe
letter-to = À
letter-subject = Objet
letter-no-subject = (sans objet)
letter-why = Ce qu’il est devenu
letter-ticket = Billet
letter-when = Reçu
letter-size = Taille
letter-defects = Défauts
letter-file = Fichier joint
letter-as-sent = Tel qu’envoyé
letter-raw = Télécharger l’original
letter-open-ticket = Ouvrir le billet { $number }
letter-release-ticket = Classer dans son billet
letter-release-new = En faire un nouveau billet
letter-read-again = Relire
letters-find = Une adresse, un Message-ID, des mots de l’objet
letters-not-found = Aucun courriel ici ne contient « { $words } ». Essayez un autre état, ou moins de mots.
letters-dismiss = Mettre de côté les courriels cochés
letter-tick = Cocher
letter-dismiss = Mettre de côté
letter-release-on = Classer dans un billet
letter-release-on-go = Classer
mailbox-one = Boîte
mailbox-any = Toutes les boîtes
letter-forwarded = Courriel transféré, de
letter-sealed = Protection
letter-encrypted = Chiffré : seule une personne qui a la clé peut le lire
letter-signed = Signé par son expéditeur; la signature n’a pas été vérifiée
letter-signed-shut = Signé; son contenu n’a pas pu être ouvert et se trouve parmi les fichiers joints
letter-invitation = Invitation
letter-invitation-off = Invitation, annulée
letter-complaint = Plainte pour courriel indésirable
letter-returned = Non remis à
defect-too-deep = Ses parties sont imbriquées plus de 100 fois; le reste est dans l’original.
defect-too-many-parts = Il a plus de 1 000 parties; le reste est dans l’original.
defect-header-too-long = Son en-tête dépasse 256 Kio ou 1 000 champs; le reste est dans l’original.
defect-contents-too-big = Son contenu demande plus de mémoire qu’il n’est permis pour un courriel; le reste est dans l’original.
defect-text-too-long = Son texte dépasse 4 Mio; il est entier dans un fichier.
defect-too-much-work = Il demande plus de travail qu’il n’est permis pour un courriel; le reste est dans l’original.
defect-reader-failed = Il n’a pas pu être lu; l’original est gardé.
defect-no-headers = Il n’a pas d’en-tête.
defect-no-sender = Il ne nomme aucun expéditeur.
defect-several-senders = Il nomme plusieurs expéditeurs; c’est le premier qui compte.
defect-repeated-field = Le champ { $word } figure plus d’une fois; c’est le premier qui compte.
defect-bad-date = Sa date est illisible.
defect-no-boundary = Une partie qui en contient d’autres ne dit pas où elles finissent.
defect-unclosed = Il finit avant sa dernière partie.
defect-unknown-charset = Le jeu de caractères « { $word } » est inconnu.
defect-unknown-encoding = Le codage de transfert « { $word } » est inconnu.
defect-bad-encoding = Une partie n’est pas codée comme elle le dit.
defect-zero-bytes = Son texte contient des octets nuls; ils ont été laissés de côté.
defect-bad-wrapping = Un emballage d’Outlook (winmail.dat) n’a pas pu être ouvert; il est gardé comme fichier.
defect-part-of-wrapping = Une partie d’un emballage d’Outlook (winmail.dat) n’a pas pu être lue.
defect-sealed-shut = Son contenu signé n’a pas pu être ouvert; il est gardé comme fichier.
defect-bad-calendar = Un fichier de calendrier n’a pas pu être lu; il est gardé comme fichier.
letter-nobody = personne (<>)
letter-way = Voie d’arrivée
letter-way-smtp = SMTP
letter-way-lmtp = LMTP
letter-way-imap = Relevé sur son serveur
letter-way-file = Importé d’un fichier
letter-number = Numéro au registre
letter-vouched = Preuve de l’expéditeur
letter-waits = Un courriel de { $sender } attend une décision.
letter-waits-look = Le voir

search-title = Recherche
search-label = Des mots, un numéro, une adresse
search-placeholder = Des mots, #1234, un numéro de série, un nom
search-go = Chercher
search-corrected = Rien ne contient exactement ces mots. Résultats pour : { $words }
search-tickets = Billets
search-none = Rien n’a été trouvé pour « { $words } ». Essayez moins de mots ou une autre orthographe.
search-no-tickets = Aucun billet ne contient ces mots.
paging = Pages
paging-next = Page suivante
paging-previous = Page précédente

letters-none-held = Aucun courriel n’attend de décision.
letters-none-yet = Aucun courriel n’est encore arrivé. Tout ce que reçoivent vos boîtes figurera ici, quoi qu’il en advienne.
letters-no-mailbox = Il n’y a pas encore de boîte de courriel. Dès que le centre en aura une, chaque courriel reçu figurera ici.
letters-back = { $count ->
    [0] Rien n’a été rétabli : quelqu’un en a décidé autrement depuis.
    [one] Un courriel est de nouveau comme avant.
   *[other] { $count } courriels sont de nouveau comme avant.
}
letter-files = Fichiers joints
letter-files-lead = Tels que reçus. N’en ouvrez un que si vous savez ce que c’est.
letter-how = Comment il est arrivé
letter-release-hint = Le numéro d’un billet sur lequel vous pouvez travailler.
letter-move-to = Déplacer dans un autre billet
letter-move-go = Déplacer
letter-move-hint = Son texte et ses fichiers le suivent. Les deux billets en gardent la trace, et vous pouvez annuler.
mark-encrypted = Chiffré
mark-signed = Signé
mark-invitation = Invitation
mark-report = Rapport
mark-forwarded = Transféré
mark-files = Fichiers joints
mark-defects = Défauts
toast-letter-released = Le courriel a été accepté.
toast-letters-released = { $count ->
    [one] Le courriel a été accepté.
   *[other] { $count } courriels ont été acceptés.
}
toast-letters-dismissed = { $count ->
    [one] Le courriel a été mis de côté.
   *[other] { $count } courriels ont été mis de côté.
}
toast-letter-moved = Le courriel a été déplacé dans { $number }.
toast-letter-moved-off = Un courriel de { $number } a été déplacé.
line-letter-off = Courriel déplacé dans { $number } par { $name }
line-letter-here = Courriel de { $number } déplacé ici par { $name }
conflict-letter-not-filed = Ce courriel n’est classé dans aucun billet; il ne peut donc pas être déplacé. Acceptez-le d’abord.
conflict-letter-alone = Son billet ne contient que ce courriel. Fusionnez plutôt les deux billets.
refused-same-ticket = Il se trouve déjà dans ce billet. Choisissez-en un autre.
audited-letter-moved = Courriel déplacé dans un autre billet
audited-letter-put-back = Courriel remis dans son état précédent
heaps-title = Très nombreux courriels à la fois
heaps-lead = Ces expéditeurs ont ouvert un très grand nombre de billets en peu de temps, ou une boîte en a reçu plus qu’elle ne le peut. Le reste est retenu. Décidez de tous à la fois; vous pourrez annuler.
heap-count = { $count ->
    [one] Un courriel
   *[other] { $count } courriels
}
heap-let-in = Tout accepter
heap-set-aside = Tout mettre de côté
heap-exempt = Permettre beaucoup de billets
toast-letters-left = { $count ->
    [one] Il en reste un comme lui.
   *[other] Il en reste { $count } comme eux.
}
conflict-heap-gone = Quelqu’un a décidé du sort de ces courriels entre-temps.

# Pages de manuels joints.
search-manuals = Dans les manuels joints
search-page = { $file }, page { $page }
search-page-number = page { $page }
search-attached-to = Joint à
