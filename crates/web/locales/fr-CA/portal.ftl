# Le portail : ce que lisent les personnes qui demandent.

portal-ask = Demander de l’aide
portal-home = Retour à l’accueil
portal-you = Vous
portal-request = Votre demande
portal-no-subject = (sans objet)
portal-standing = Où en est la demande
portal-conversation = Conversation
portal-earlier = Propos précédents
portal-files-hint = Jusqu’à 10 fichiers, 25 Mio en tout.
portal-files-again = Choisissez de nouveau les fichiers : le navigateur ne les garde pas.
portal-field-wrong = { $field } : { $words }
portal-wait = { $minutes ->
    [one] C’était trop souvent. Rien n’a été envoyé; réessayez dans une minute.
   *[other] C’était trop souvent. Rien n’a été envoyé; réessayez dans { $minutes } minutes.
}

# L’accueil.
home-title = Comment pouvons-nous vous aider?
home-lead = Décrivez la situation dans vos mots. Une personne du soutien vous lit et vous répond.
home-example = Par exemple : mon RPV se coupe souvent
home-open = Vos demandes en cours
home-all = Toutes les demandes
home-more-open = Autres demandes en cours
home-none = Vous n’avez aucune demande en cours.
home-ways = Façons de nous joindre
way-ask = Demander ici
way-ask-words = Dites ce qui s’est passé, images à l’appui si vous en avez.
way-mail = Nous écrire
way-sign-in = Voir vos demandes
way-sign-in-words = Nous vous envoyons par courriel un lien pour ouvrir une session, sans mot de passe.

# Demander.
ask-title = Demander de l’aide
ask-lead = Dites d’abord ce qui s’est passé. Le reste prend une minute.
ask-refused = Votre demande n’est pas encore envoyée
ask-subject = Que s’est-il passé?
ask-body = Dites-nous-en plus
ask-body-hint = Qu’avez-vous fait, à quoi vous attendiez-vous, qu’avez-vous vu? Copiez le texte d’une erreur tel quel.
ask-topic = De quoi s’agit-il?
ask-topic-none = Je ne sais pas trop
ask-files = Fichiers
ask-name = Votre nom
ask-address-hint = C’est là que nous répondons. Nous vous enverrons d’abord un courriel pour confirmer l’adresse.
ask-go = Envoyer
ask-known = Vous avez déjà demandé de l’aide ici?
asked-title = Consultez vos courriels
asked-lead = Nous avons écrit à l’adresse que vous avez donnée. Ouvrez le lien du courriel pour la confirmer, et une personne du soutien vous répondra. Si rien n’arrive d’ici quelques minutes, regardez parmi les indésirables, ou vérifiez l’adresse et recommencez.
confirm-title = Confirmez votre adresse
confirm-lead = Vous nous avez demandé de l’aide. Confirmez que cette boîte de courriel est la vôtre, et nous vous y répondrons.
confirm-go = Confirmer
confirm-not-you = Si ce n’était pas vous, fermez cette page : il ne se passe rien.

# Ses demandes : à qui de jouer, et la suite.
requests-whose = Lesquelles
requests-all = Toutes
requests-open = En cours
requests-mine = Les miennes
requests-none = Vous n’avez aucune demande.
turn-received = Reçue
turn-desk = En traitement
turn-others = En attente d’un tiers
turn-you = À vous de jouer
turn-solved = Résolue
turn-closed = Fermée
next-soon = Une personne du soutien la lira.
next-late = Notre réponse est en retard. Une personne du soutien y viendra.
next-reply = Vous aurez de nos nouvelles au plus tard : { $when }
next-news = Prochaine nouvelle au plus tard : { $when }
next-others = Nous attendons quelqu’un d’autre et vous écrirons quand cela reprendra.
next-you = On attend votre réponse.
next-closes = Elle se ferme d’elle-même : { $when }; rouvrez-la si l’ennui revient.
next-closes-soon = Elle se ferme d’elle-même après sept jours. Rouvrez-la si l’ennui revient.
next-closed = Terminée. Une réponse ouvre une nouvelle demande, reliée à celle-ci.
answer-title = Votre réponse
answer-refused = Votre réponse n’est pas encore envoyée
answer-closed = Cette demande est fermée. Votre réponse en ouvre une nouvelle, reliée à celle-ci.
answer-go = Envoyer la réponse
answer-works = Ça marche maintenant
answer-reopen = Rouvrir
answer-colleague = C’est la demande d’un ou d’une collègue. Vous pouvez la lire; seule la personne qui l’a faite peut répondre.

# Les liens des courriels, et ouvrir une session sans mot de passe.
gone-title = Ce lien n’ouvre rien maintenant
gone-lead = Les liens prennent fin après un certain temps, certains ne servent qu’une fois, et un lien mal recopié n’ouvre rien. Ce que vous avez demandé n’est pas perdu : nous pouvons vous envoyer un nouveau lien pour ouvrir une session et voir vos demandes.
gone-go = Envoyez-moi un nouveau lien
link-title = Ouvrir une session par courriel
link-lead = Tapez votre adresse. Nous vous envoyons un lien qui ouvre une session, une seule fois, pendant 30 minutes.
link-go = Envoyez-moi un lien
link-password = Ouvrir une session avec un mot de passe
link-lost = J’ai perdu mon mot de passe
reset-title = Un nouveau mot de passe
reset-lead = Tapez votre adresse. Nous vous envoyons un lien qui sert une seule fois, pendant 30 minutes. Il permet de choisir un nouveau mot de passe, ou d’ouvrir une session sans mot de passe.
mailed-title = Consultez vos courriels
mailed-lead = Si nous connaissons l’adresse, un courriel avec un lien est en route. Il sert une seule fois, pendant 30 minutes. Si rien n’arrive d’ici quelques minutes, regardez parmi les indésirables, ou vérifiez l’adresse et recommencez.
link-in-title = Ouvrir une session
link-in-lead = Encore un clic et vous y êtes. Le lien ne sert qu’une fois.
link-in-lost = Je veux choisir un nouveau mot de passe
link-in-password = Choisir le mot de passe et ouvrir la session
