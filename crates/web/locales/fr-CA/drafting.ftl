# Brouillons de réponses et résumés par un serveur choisi par l’administration.

drafted-do = Rédiger à partir de ces sources
drafted-made = Rédigé par une machine à partir des sources ci-dessous. Rien n’a été envoyé. Lisez avant d’utiliser.
drafted-use = Utiliser ces mots
drafted-take-out = Retirer ces mots
drafted-sources = Sources
drafted-not-cited = non citée
drafted-cites-nothing = Rien n’est cité : aucune source n’appuie ces mots.
drafted-struck = { $count ->
    [one] Une citation ne nommait aucune source et a été retirée.
   *[other] { $count } citations ne nommaient aucune source et ont été retirées.
}
drafted-links = { $count ->
    [one] Un lien ne figurait dans aucune source et a été retiré.
   *[other] { $count } liens ne figuraient dans aucune source et ont été retirés.
}
drafted-ends-early = Le texte s’arrête avant la fin : le serveur ne peut en dire plus d’un coup.

summary-do = Résumer ce qui a été dit
summary-made = Résumé par une machine à partir des messages ci-dessous. Les notes, les appels et les visites n’y sont pas, car ils restent au centre.

drafting-said = Les mots du serveur :
drafting-fault-address = On ne peut envoyer de clé à cette adresse.
drafting-fault-inside = Le serveur se trouve dans un réseau que ce centre ne joint pas.
drafting-fault-line = Le serveur est injoignable.
drafting-fault-slow = Le serveur a mis plus de 20 secondes.
drafting-fault-long = Le serveur a répondu plus que ce qui est accepté.
drafting-fault-key = Le serveur ne laisse pas entrer le centre. La clé est sans doute fausse, échue ou absente.
drafting-fault-missing = Le serveur ne connaît pas ce qui lui est demandé. Le nom du modèle ou l’adresse est sans doute faux.
drafting-fault-often = Le serveur veut être interrogé moins souvent, ou son compte est épuisé.
drafting-fault-moved = Le serveur renvoie à une autre adresse. Le centre ne suit personne.
drafting-fault-refused = Le serveur n’accepte pas la question.
drafting-fault-broken = Le serveur a une défaillance.
drafting-fault-odd = Ce que le serveur a dit n’est pas un brouillon. L’adresse mène sans doute ailleurs.
drafting-mend-address = L’administration corrige l’adresse dans Administration, Brouillons. Hors de votre réseau, elle commence par https://.
drafting-mend-inside = La personne qui exploite la machine ajoute le réseau à « networks » dans firstline.toml et redémarre le centre.
drafting-mend-line = Réessayez dans une minute. Si cela dure, l’administration l’essaie dans Administration, Brouillons.
drafting-mend-slow = Réessayez. Si cela dure, l’administration choisit un modèle plus petit.
drafting-mend-long = Réessayez. Si cela dure, l’administration choisit un autre modèle.
drafting-mend-key = L’administration redonne la clé dans Administration, Brouillons.
drafting-mend-missing = L’administration corrige le modèle ou l’adresse dans Administration, Brouillons.
drafting-mend-often = Attendez une minute et réessayez. Si cela dure, l’administration vérifie le compte du serveur.
drafting-mend-moved = L’administration entre l’adresse où il mène dans Administration, Brouillons, si elle est digne de confiance.
drafting-mend-refused = L’administration compare les mots du serveur avec le modèle dans Administration, Brouillons.
drafting-mend-broken = Réessayez plus tard. Écrivez la réponse sans brouillon entre-temps.
drafting-mend-odd = L’administration corrige l’adresse dans Administration, Brouillons. Elle se termine d’habitude par /v1.

conflict-drafting-off = Les brouillons sont désactivés. L’administration les active dans Administration, Brouillons.
conflict-drafting-unset = Aucun serveur n’est encore choisi. Entrez son adresse et enregistrez, puis essayez.
conflict-drafting-busy = Votre dernier brouillon est encore en cours. Attendez qu’il arrive.
conflict-drafting-private = Le billet d’une équipe privée reste au centre. Écrivez la réponse sans brouillon.
conflict-drafting-nothing-said = Personne n’a encore rien dit qui puisse être résumé.
conflict-drafting-no-way = Ce centre a été démarré sans moyen de joindre d’autres serveurs. Démarrez-le avec « firstline serve ».
refused-drafting-sources = Aucune de ces sources ne peut plus servir à un brouillon. Rouvrez le billet.
refused-drafting-address = Entrez une adresse comme https://models.example.org/v1, sans nom, mot de passe ni point d’interrogation.
refused-drafting-never = Aucun serveur de ce genre ne peut être à cette adresse. Entrez le nom du serveur, ou une adresse de votre réseau.
refused-drafting-model = Entrez le nom du modèle, tel que le serveur l’appelle.
refused-drafting-key = Une clé est faite de lettres, de chiffres et de signes, sans espaces.
refused-drafting-key-again = Redonnez la clé : celle qui est gardée vaut pour un autre serveur. Ou cochez qu’elle doit être oubliée.

admin-nav-drafting = Brouillons
admin-drafting-title = Brouillons de réponses
admin-drafting-lead = Un serveur de votre choix peut rédiger un brouillon de réponse à partir des sources affichées à côté d’un billet, ou résumer un billet. Une personne lit chaque brouillon; rien ne part tout seul.
admin-drafting-switch = Brouillons
admin-drafting-switch-no = Désactivés : aucun serveur n’est interrogé
admin-drafting-switch-yes = Activés : l’équipe peut demander un brouillon
admin-drafting-switch-hint = Désactivés, rien n’en paraît sur les billets.
admin-drafting-address = Adresse du serveur
admin-drafting-address-hint = Tout serveur qui parle comme celui d’OpenAI, par exemple https://models.example.org/v1. Pour un serveur de votre propre réseau, ce réseau doit figurer sous « networks » dans firstline.toml.
admin-drafting-model = Modèle
admin-drafting-model-hint = Tel que le serveur l’appelle.
admin-drafting-key = Clé
admin-drafting-key-hint = Laissez vide pour un serveur qui n’en demande pas. Elle est gardée scellée et n’est montrée nulle part.
admin-drafting-key-kept = Une clé est gardée. Laissez vide pour la garder.
admin-drafting-forget = Oublier la clé qui est gardée
admin-drafting-leaves = Ce qui quitte le centre
admin-drafting-leaves-words = Seulement quand une personne de l’équipe demande un brouillon : l’objet, ce que le demandeur et le centre se sont dit, et les sources affichées à côté du billet. Les noms de personnes, les adresses et les numéros de téléphone sont remplacés avant, autant qu’une règle le peut, puis remis dans le brouillon. Chaque demande figure au journal de vérification.
admin-drafting-stays-words = Jamais : les notes, les appels, les visites, les fichiers joints, ni aucun billet d’une équipe privée.
admin-drafting-try = Essayer
admin-drafting-try-lead = Envoie une phrase qui ne contient rien d’aucun billet, et montre ce que le serveur répond.
admin-drafting-try-do = Essayer maintenant
admin-drafting-answers = Il répond

audited-drafting-set = Brouillons configurés
audited-drafting-tried = Serveur des brouillons essayé
audited-reply-drafted = Brouillon de réponse demandé
audited-summary-drafted = Résumé demandé
