# Entrer, la première configuration, et ses propres paramètres.

gate-to-portal = Demander de l’aide sans ouvrir de session
sign-in-by-mail = Pas de mot de passe, ou perdu? Recevoir un lien par courriel
sign-in-wait = { $minutes ->
    [one] C’était trop souvent. Réessayez dans une minute.
   *[other] C’était trop souvent. Réessayez dans { $minutes } minutes.
}
sign-out = Fermer la session
field-address = Adresse de courriel
field-name = Nom
field-password = Mot de passe
field-new-password = Nouveau mot de passe
password-hint = De 12 à 128 caractères. Quelques mots font bien l’affaire.

# La première configuration.
setup-title = Configurez votre centre d’assistance
setup-lead = Une page, une seule fois. Tout se change plus tard.
setup-desk = Le centre
setup-desk-name = Nom du centre
setup-zone = Fuseau horaire
setup-public-url = Adresse où on le joint
setup-public-url-hint = Par exemple https://aide.example.org. Les courriels ne partent qu’une fois l’adresse donnée.
setup-mailbox = Adresse de courriel du centre
setup-mailbox-hint = Les courriels qui y arrivent deviennent des billets. On peut l’ajouter plus tard.
setup-you = Vous, qui administrez
setup-go = Ouvrir le centre

# Ses propres paramètres.
me-title = Mes paramètres
me-letter-when-named = M’envoyer un courriel quand on fait appel à moi dans un billet (avec @) et que je n’y ai pas regardé deux minutes plus tard
me-preferences = Langue et apparence
me-language = Langue
me-theme = Thème
theme-system = Comme le système
theme-light = Clair
theme-dark = Sombre
me-zone = Fuseau horaire
me-zone-hint = Laissé vide, c’est celui du centre.
me-keys = Touches seules, comme j et k pour se déplacer
me-password = Mot de passe
me-password-old = Mot de passe actuel
me-password-go = Changer le mot de passe
me-sessions = Vos sessions ouvertes
me-session-seen = dernière utilisation : { $when }
me-session-this = Ce navigateur
me-session-end = La fermer
me-tokens = Jetons pour les programmes
me-tokens-lead = Un jeton laisse un programme agir en votre nom, jamais au-delà de votre rôle. Il est montré une seule fois.
me-token-fresh = Copiez le nouveau jeton maintenant; il ne sera plus montré :
me-token-name = Nom du jeton
me-token-scopes = Il peut
me-token-add = Créer un jeton
me-token-revoke = Révoquer
scope-read = lire
scope-write = écrire
scope-admin = administrer
optional = (facultatif)
save = Enregistrer
saved = Enregistré
