# Les courriels qui partent du centre d’assistance, et les raisons inscrites au registre du courrier.

letter-no-subject = (sans objet)

mail-reply-footer = Répondez à ce courriel, ou consultez votre demande { $number } ici :
mail-ack-subject = Nous avons reçu votre demande { $number }
mail-ack-body =
    Bonjour,

    Votre demande nous est parvenue. Elle porte le numéro { $number }. Une personne du soutien la lira et vous répondra.

    Pour ajouter quelque chose, répondez à ce courriel. Pour savoir où elle en est :
mail-confirm-subject = Confirmez votre adresse
mail-confirm-body =
    Bonjour,

    Quelqu’un a demandé de l’aide à { $desk } en donnant cette adresse. Si c’était vous, confirmez-la ici, et nous vous répondrons :
mail-confirm-footer = Si ce n’était pas vous, ne faites rien : nous ne vous en reparlerons plus.
mail-solved-subject = Votre demande { $number } est résolue
mail-solved-body =
    Bonjour,

    Une personne du soutien a marqué votre demande { $number } comme résolue.
mail-solved-ask = Comment cela s’est-il passé?
mail-solved-reply = Nous tenons votre demande pour résolue. Comment cela s’est-il passé?
mail-went-well = Ça s’est bien passé
mail-went-not = Ça ne s’est pas bien passé
mail-solved-footer = Si l’ennui est toujours là, répondez à ce courriel et votre demande sera rouverte. Vous pouvez la lire ici :
mail-sign-in-subject = Votre lien pour ouvrir une session
mail-sign-in-body =
    Bonjour,

    Ouvrez une session chez { $desk } avec ce lien. Il sert une seule fois, pendant 30 minutes :
mail-sign-in-footer = Si vous ne l’avez pas demandé, ne faites rien.

letter-wait-public-url = Ce courriel attend : indiquez l’adresse publique du centre d’assistance (public_url), puis il partira de lui-même.

letter-released-ticket = Quelqu’un du soutien l’a laissé passer; il est en cours de classement dans son billet.
letter-released-new = Quelqu’un du soutien l’a laissé passer; il devient un billet.
letter-reason-opened = Il a ouvert un billet.
letter-reason-answered = Il répond dans son billet.
letter-reason-follow-up = Il répond à un billet fermé, donc il en a ouvert un autre, relié.
letter-reason-replied = Réponse d’un technicien par courriel, attestée par notre serveur de courriel.
letter-reason-stranger = Il porte la clé d’un billet, mais son expéditeur n’y participe pas. Classez-le si vous savez qui c’est.
letter-reason-no-proof = Il prétend venir d’un technicien, et notre serveur de courriel ne l’atteste pas.
letter-reason-suspended = Son expéditeur est suspendu.
letter-reason-not-allowed = Son expéditeur ne peut pas répondre dans ce billet, ou la réponse est vide ou trop longue.
letter-reason-no-sender = Il ne nomme aucun expéditeur, donc on ne peut répondre à personne.
letter-reason-oversize = Il dépasse 35 Mio. L’original est conservé.
letter-reason-fault = Il n’a pas pu être lu. L’original est conservé; relisez-le ou ouvrez l’original. { $detail }
letter-reason-automatic = Une machine l’a écrit. Rien ne lui répond, et il n’ouvre aucun billet.
letter-reason-circular = Une circulaire. Rien ne lui répond, et elle n’ouvre aucun billet.
letter-reason-report = Le rapport d’une machine au sujet d’un courriel précédent.
letter-reason-feedback = Une plainte pour courriel indésirable, envoyée par un fournisseur de courriel.
letter-reason-loop = Un de nos propres courriels est revenu.
letter-reason-bounce = Un de nos courriels n’a pas pu être remis. { $detail }
letter-reason-late = Un de nos courriels est en retard; l’envoi continue. { $detail }
letter-reason-duplicate = Le même courriel que le numéro { $detail } de ce registre.
letter-reason-dismissed = Quelqu’un du soutien a décidé que ce courriel n’appelle pas de billet. { $detail }
letter-reason-rule = Une règle de la boîte ne fait qu’inscrire ces courriels. La règle : { $detail }

mailbox-alarm-sign-in = La connexion à { $address } est refusée
mailbox-alarm-sign-in-text = Le centre n’arrive plus à se connecter à la boîte { $address } : aucun de ses courriels n’entre. Son serveur les garde en attendant. Donnez de nouveau le mot de passe, ou reliez de nouveau la boîte.
mailbox-alarm-failing = Les courriels de { $address } ne peuvent être relevés
mailbox-alarm-failing-text = Depuis un quart d’heure, aucun courriel de { $address } n’a pu être relevé. La page de la boîte montre ce que son serveur a dit. Le centre continue d’essayer.
mailbox-alarm-lapses = L’accès à { $address } prend bientôt fin
mailbox-alarm-lapses-text = Le droit de relever les courriels de { $address } prend fin d’ici deux semaines. Créez un nouveau secret chez le fournisseur et entrez-le, avec sa nouvelle date de fin, sur la page de la boîte; sinon plus rien n’entrera.
mailbox-alarm-quiet = Plus rien n’arrive à { $address }
mailbox-alarm-quiet-text = La boîte { $address } n’a rien reçu depuis plus longtemps que durant les quatre dernières semaines, ou que la durée que vous avez fixée. Envoyez-lui un courriel de l’extérieur et voyez s’il arrive.
mailbox-alarm-over = { $address } fonctionne de nouveau
mailbox-alarm-over-text = Ce qui avait été signalé au sujet de la boîte { $address } est réglé. Ce que son serveur avait gardé est en train d’être relevé.
mailbox-alarm-footer = Vous recevez ce courriel parce que vous veillez sur ce centre. La boîte :
letter-reason-storm = Son expéditeur a ouvert un très grand nombre de billets en peu de temps. Classez-le comme nouveau billet si c’en est un.
mail-brake-subject = { $desk } a cessé de répondre de lui-même pour l’instant
mail-brake-text =
    Le centre d’assistance a écrit de lui-même { $letters } courriels en une heure. D’habitude, c’est { $usual } à l’heure; quelque chose tourne peut-être en boucle.

    Jusqu’à l’heure suivante, personne ne reçoit d’accusé de réception. Rien n’est perdu : les courriels arrivent toujours, les billets s’ouvrent toujours, et les réponses des techniciens partent toujours.
mail-brake-footer = Ce qui arrive, ce qui part et ce qui attend :
mail-quote-lead = Le { $date }, { $name } a écrit :
mail-sample-name = Camille Roy
mail-sample-subject = L’imprimante du deuxième étage
mail-sample-reply = Éteignez-la et rallumez-la, puis dites-nous si elle imprime.
letter-reason-logged = Quelqu’un du soutien a consigné un changement : { $detail }
letter-reason-passed-on = Quelqu’un du soutien l’a transféré; c’est l’auteur de l’original qui demande : { $detail }
mailbox-alarm-left-there = Des courriels à { $address } restent sur leur serveur
mailbox-alarm-left-there-text = Certains courriels à { $address } ne peuvent être pris, parce qu’ils sont trop gros ou que leur serveur ne les donne pas. Ils y restent. La page de la boîte les nomme un à un; allez les voir là-bas, et répondez à leurs expéditeurs.
mailbox-alarm-unsettled = Le serveur de { $address } refuse de marquer les courriels
mailbox-alarm-unsettled-text = Les courriels à { $address } arrivent et sont gardés ici une seule fois, mais leur serveur refuse de les marquer, de les déplacer ou de les supprimer chez lui. La page de la boîte montre ce qu’il en dit; donnez ce droit au compte, ou choisissez un autre dossier ou une autre suite.
mailbox-alarm-renumbered = Les courriels de { $address } ont de nouveaux numéros
mailbox-alarm-renumbered-text = Le serveur de { $address } a donné de nouveaux numéros à tous ses courriels, comme après un déménagement ou une réparation. Ce qui n’est pas lu ou peut être nouveau a été repris; ce qui était déjà ici figure au registre comme doublon et n’a rien ouvert. Il n’y a rien à faire.
letter-reason-mailbox-storm = Les courriels à cette boîte ont ouvert en une heure autant de billets que l’administration le permet. Classez-le comme nouveau billet si c’en est un.
letter-reason-envelope = Un courriel d’une personne technicienne, mais la clé du billet ne figure que sur son enveloppe, que n’importe qui peut écrire : ces mots s’adressaient peut-être à d’autres. Classez-le sur le billet s’il lui était destiné.
door-refused-stranger = LMTP d’un serveur qui n’est pas des nôtres
door-refused-connections = Trop de connexions à la fois
door-refused-recipient = Aucune boîte de ce nom ici
door-refused-rate = Trop de courriels d’une même adresse
door-refused-size = Courriel trop gros
door-refused-sign-in = Nom ou mot de passe incorrect ou absent
door-refused-room = Plus de place pour d’autres courriels à ce moment
door-refused-not-now = Le centre n’a pas pu le prendre
door-refused-errors = Trop de commandes incorrectes
door-refused-slow = Trop long silence, ou trop grande lenteur
mailbox-alarm-sending = Les courriels de { $address } ne partent pas
mailbox-alarm-sending-text = La boîte { $address } a son propre serveur d’envoi, et le centre n’arrive pas à lui remettre ses courriels. Ils attendent et aucun n’est perdu. La page de la boîte montre ce que ce serveur a dit; donnez de nouveau le mot de passe, ou reliez de nouveau la boîte.
letter-reason-imported-stranger = Il répond à un courriel d’un billet venu d’un autre système, ou en porte l’ancien numéro, mais son expéditeur n’y participe pas. Classez-le si vous savez qui c’est.
letter-reason-imported-several = Il porte un ancien numéro que plusieurs billets venus d’ailleurs avaient. Classez-le sur le bon.
letter-reason-imported-already = Il est déjà entré, avec son billet.
letter-brought-old = Il vient d’un fichier. S’il ouvre un billet, celui-ci est fermé, car il est ancien.
