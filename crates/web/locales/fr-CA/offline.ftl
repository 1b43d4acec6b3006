# Qui d’autre regarde, ce qui attend le réseau et ce qui est gardé sur un appareil.

here-looks = { $count ->
    [0] { $name } regarde aussi ce billet
    [1] { $name } et une autre personne regardent ce billet
   *[other] { $name } et { $count } autres personnes regardent ce billet
}
here-writes = { $count ->
    [0] { $name } écrit une réponse.
    [1] { $name } et une autre personne écrivent une réponse.
   *[other] { $name } et { $count } autres personnes écrivent une réponse.
}
stop-send = Envoyer quand même
stop-send-at = Envoyer quand même, { $when }
stop-edit = Modifier
stop-note = En faire une note
status-left = Vos mots ont été ajoutés. Quelqu’un a écrit entre-temps; le statut est donc resté tel quel. Lisez d’abord, puis changez le statut.
as-was = Pas de réseau. Voici l’état du { $when }.
waits-note = Votre note sur { $number } attend le réseau.
waits-call = Votre appel sur { $number } attend le réseau.
waits-visit = Votre visite sur { $number } attend le réseau.
waits-reply = Votre réponse sur { $number } vous attend.
waits-send = Envoyer
waits-held = Ce que vous avez écrit sur { $number } vous attend.
waits-look = Regarder d’abord
waits-copy = Copier
waits-drop = Supprimer
device-title = Cet appareil
device-own = Cet appareil est à moi
device-hint = Garde ici les 50 derniers billets ouverts et vos listes, sept jours au plus, pour que vous puissiez les lire sans réseau. Fermer la session les supprime. Laissez la case vide sur un ordinateur partagé.
