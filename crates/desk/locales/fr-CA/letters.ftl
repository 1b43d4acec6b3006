# Les lettres qui partent du bureau, et les raisons inscrites au registre des lettres.

letter-no-subject = (sans objet)

mail-reply-footer = Répondez à cette lettre, ou consultez votre demande { $number } ici :
mail-ack-subject = Nous avons reçu votre demande { $number }
mail-ack-body =
    Bonjour,

    Votre demande nous est parvenue. Elle porte le numéro { $number }. Un technicien la lira et vous répondra.

    Pour ajouter quelque chose, répondez à cette lettre. Pour savoir où elle en est :
mail-confirm-subject = Confirmez votre adresse
mail-confirm-body =
    Bonjour,

    Quelqu’un a demandé de l’aide à { $desk } en donnant cette adresse. Si c’était vous, confirmez-la ici, et nous vous répondrons :
mail-confirm-footer = Si ce n’était pas vous, ne faites rien : nous ne vous en reparlerons plus.
mail-sign-in-subject = Votre lien de connexion
mail-sign-in-body =
    Bonjour,

    Ouvrez une session chez { $desk } avec ce lien. Il sert une seule fois, pendant 30 minutes :
mail-sign-in-footer = Si vous ne l’avez pas demandé, ne faites rien.

letter-wait-public-url = Cette lettre attend : indiquez l’adresse publique du bureau (public_url), puis elle partira d’elle-même.

letter-released-ticket = Un technicien l’a laissée passer; elle est en cours de classement dans son billet.
letter-released-new = Un technicien l’a laissée passer; elle devient un billet.
letter-reason-opened = Elle a ouvert un billet.
letter-reason-answered = Elle répond dans son billet.
letter-reason-follow-up = Elle répond à un billet fermé, donc elle en a ouvert un autre, relié.
letter-reason-replied = Réponse d’un technicien par courriel, attestée par notre serveur de courriel.
letter-reason-stranger = Elle porte la clé d’un billet, mais son expéditeur n’y participe pas. Classez-la si vous savez qui c’est.
letter-reason-no-proof = Elle prétend venir d’un technicien, et notre serveur de courriel ne l’atteste pas.
letter-reason-suspended = Son expéditeur est suspendu.
letter-reason-not-allowed = Son expéditeur ne peut pas répondre dans ce billet, ou la réponse est vide ou trop longue.
letter-reason-no-sender = Elle ne nomme aucun expéditeur, donc on ne peut répondre à personne.
letter-reason-oversize = Elle dépasse 35 Mio. L’original est conservé.
letter-reason-fault = Elle n’a pas pu être lue. L’original est conservé; relisez-la ou ouvrez l’original. { $detail }
letter-reason-automatic = Une machine l’a écrite. Rien ne lui répond, et elle n’ouvre aucun billet.
letter-reason-circular = Une circulaire. Rien ne lui répond, et elle n’ouvre aucun billet.
letter-reason-report = Le rapport d’une machine au sujet d’une lettre précédente.
letter-reason-feedback = Une plainte pour courriel indésirable, envoyée par un fournisseur de courriel.
letter-reason-loop = Une de nos propres lettres est revenue.
letter-reason-bounce = Une de nos lettres n’a pas pu être remise. { $detail }
letter-reason-late = Une de nos lettres est en retard; l’envoi continue. { $detail }
letter-reason-duplicate = La même lettre que le numéro { $detail } de ce registre.
