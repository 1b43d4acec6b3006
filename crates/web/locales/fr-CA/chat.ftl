# Le clavardage : la file et la conversation côté équipe, les pages du visiteur, le widget, et ce que l’administration en dit.

chat-title = Clavardage
chat-waiting = En attente
chat-waiting-count = { $count ->
    [one] { $count } personne attend
   *[other] { $count } personnes attendent
  }
chat-nobody = Personne n’attend. Qui écrit sur le portail ou dans le widget apparaît ici, l’attente la plus longue d’abord.
chat-is-off = Ce centre n’a pas encore de clavardage; l’administration peut l’activer.
chat-open = Conversations en cours
chat-take = Prendre
chat-gone = La personne est partie
chat-share = Je peux prendre
chat-share-none = aucune, je suis absent ou absente
chat-share-some = { $count ->
    [one] { $count } conversation à la fois
   *[other] { $count } conversations à la fois
  }
chat-share-now = Vous en avez { $count } sur { $most }.
chat-share-until = On peut vous joindre jusqu’à { $when }; ensuite, vous êtes hors ligne.
chat-share-away = Vous ne prenez aucune conversation. Dites combien vous pouvez en prendre pour que l’on puisse vous joindre.
chat-lines = Ce qui s’est dit
chat-line = Votre message
chat-send = Envoyer
chat-enter = Entrée envoie, Maj et Entrée commence une ligne.
chat-unsent = Pas encore envoyé
chat-unsent-words = Ce que vous avez écrit n’est pas parti
chat-lost = La connexion est perdue. Ce que vous écrivez partira de lui-même à son retour.
chat-typing = { $name } écrit…
chat-somebody-types = On vous écrit…
chat-pane-waiting = Attend quelqu’un depuis { $when }. Prenez la conversation pour répondre.
chat-pane-ended = Le clavardage est terminé. Ce qui s’est dit est dans le billet.
chat-pane-left = Personne ne l’a pris à temps; c’est devenu une demande ordinaire. Répondez-y dans le billet.
chat-pane-others = { $name } est en conversation avec cette personne.
chat-pane-here = { $name } est là et lit aussitôt votre message.
chat-pane-gone = La personne est partie. Votre message part par courriel à { $address }.
chat-pane-gone-unproven = La personne est partie et son adresse n’est pas confirmée. Elle lira votre message à son retour ou en la confirmant.
chat-hand-over = Confier à
chat-hand-over-go = Confier
chat-to-queue = La file d’attente
chat-end = Terminer le clavardage
chat-to-ticket = Ouvrir le billet
line-chat-taken = { $name } a pris le clavardage
line-chat-given = { $name } a confié le clavardage à { $to }
line-chat-queued = { $name } a remis le clavardage dans la file
line-chat-ended = { $name } a terminé le clavardage
line-chat-left = Personne n’a pris le clavardage; c’est devenu une demande

# Le visiteur
chat-visit-title = Parlez avec nous
chat-visit-lead = Dites ce qui ne va pas, et une personne technicienne vous répond ici.
chat-first = Qu’est-ce qui ne va pas?
chat-address-hint = Si la conversation se coupe, nous répondons ici.
chat-start = Commencer à clavarder
chat-as-request = Envoyer comme demande
chat-instead = Laissez vos mots ici : ils deviennent une demande, et nous répondons par courriel.
chat-off = Il n’y a pas de clavardage ici.
chat-closed = Le clavardage est fermé pour le moment.
chat-closed-until = Le clavardage est fermé pour le moment. Il ouvre de nouveau { $when }.
chat-nobody-there = Personne ne peut prendre de conversation en ce moment.
chat-hours-always = À toute heure.
chat-hours-times = de { $from } à { $to }
chat-hours-days = Du { $first } au { $last }
chat-hours-day = { $day }, { $times }
chat-day-0 = lundi
chat-day-1 = mardi
chat-day-2 = mercredi
chat-day-3 = jeudi
chat-day-4 = vendredi
chat-day-5 = samedi
chat-day-6 = dimanche
chat-place = { $place ->
    [1] C’est bientôt à vous. Restez ici : on vous répond dès que quelqu’un est libre.
   *[other] Vous êtes au rang { $place } de la file. Restez ici : on vous répond dès que quelqu’un est libre.
  }
chat-with = Vous parlez avec { $name }.
chat-ended = Le clavardage est terminé. Il est gardé dans votre demande { $number }.
chat-left = Personne n’était libre à temps; c’est devenu votre demande { $number }. Nous répondons par courriel; inutile d’attendre ici.
chat-look-again = Afficher les nouveautés
chat-letter = M’envoyer la conversation par courriel
chat-anew = Recommencer
way-chat = Clavardage
way-chat-words = Parlez maintenant avec quelqu’un du centre

# Le widget
widget-requests = Mes demandes
widget-asked = C’est reçu. Si nous ne connaissons pas encore votre adresse, un courriel vous demande de la confirmer; ensuite, nous répondons par courriel.
widget-paste = La ligne à coller
widget-paste-words = Placez l’une d’elles à la fin de chaque page d’un site nommé plus haut. On y verra alors un bouton d’aide et de clavardage.

# L’administration
admin-nav-chat = Clavardage
chat-admin-title = Clavardage et widget
chat-admin-lead = Si l’on peut clavarder avec le centre, quand, et sur quels sites.
chat-switch = Clavardage
chat-switch-yes = Activé
chat-switch-no = Désactivé
chat-switch-hint = Désactivé : les pages et le widget proposent plutôt une demande.
chat-hours = Heures
chat-hours-desk = Les heures du centre
chat-hours-hint = En dehors, la page dit quand le clavardage ouvre de nouveau et propose une demande.
chat-minutes = Minutes avant de devenir une demande
chat-minutes-hint = Un clavardage que personne ne prend pendant ce temps devient une demande ordinaire, et la personne en est avisée. De 1 à 120.
chat-sites = Sites qui peuvent afficher le widget
chat-sites-hint = Un par ligne, comme https://www.example.org. Aucun autre site ne peut l’encadrer.
