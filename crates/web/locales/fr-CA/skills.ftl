# Les compétences : niveaux, autoévaluation, tableau, certifications et billets d’exercice.

skills-title = Compétences
skills-lead = Ce que les personnes que vous dirigez disent savoir faire, ce que vous en dites et ce que l’équipe souhaite.
skills-mine = Mes compétences
skills-private = Seules la personne et celles qui dirigent son équipe lisent cette page. Personne n’est classé.
skills-own-title = Autoévaluation
skills-own-lead = De dix à quinze minutes. Chaque réponse est conservée aussitôt : quittez quand il le faut et reprenez où vous en étiez.
skills-left =
    { $count ->
        [0] Toutes les réponses y sont
        [one] Il reste { $count } réponse
       *[other] Il reste { $count } réponses
    }
skills-go-on = Passer à la suivante
skills-answer-not_yet = Pas encore
skills-answer-with_help = Avec de l’aide
skills-answer-alone = Sans aide
skills-answer-shows = Je le montre aux autres
skills-lead-1 = De base : tâches courantes, sous supervision
skills-lead-2 = Intermédiaire : tâches courantes et inhabituelles, peu de supervision
skills-lead-3 = Avancé : tâches complexes, sans aide, et accompagnement des autres
skills-rule = Comment le niveau est établi : vous avez un niveau quand vous faites sans aide, ou montrez aux autres, au moins trois de ses quatre tâches, et qu’aucune n’est à « pas encore ». Un niveau compte quand ceux qui le précèdent sont atteints.
skills-finish = Terminer
skills-begin = Commencer
skills-begin-again = En commencer une autre à partir de ces réponses
skills-result = Votre dernier résultat
skills-level-0 = Pas encore de base
skills-level-1 = 1 De base
skills-level-2 = 2 Intermédiaire
skills-level-3 = 3 Avancé
area-business = Analyse et gestion des activités
area-design = Conception et architecture
area-development = Développement et mise en œuvre
area-testing = Essais et assurance de la qualité
area-security = Sécurité et normes
area-support = Administration et soutien
skills-areas = Domaines
skills-area = Domaine
skills-level = Niveau
skills-own = Soi-même
skills-of-lead = Responsable
skills-gap = Avis différents
skills-lead-higher = La personne responsable voit plus
skills-own-higher = La personne responsable voit moins
skills-target = Ce que l’équipe souhaite
skills-target-reached = Atteint
skills-target-far =
    { $count ->
        [one] Encore { $count } niveau
       *[other] Encore { $count } niveaux
    }
skills-target-set = Régler ce que l’équipe souhaite
skills-target-none = Non mesuré
skills-target-people = Personnes à ce niveau ou plus
skills-cover = { $have } personnes sur { $wanted }
skills-pair = { $own } / { $lead }
skills-matrix-hint = Chaque case donne le niveau selon la personne, puis selon la personne responsable, de 0 (pas encore de base) à 3 (avancé). Pour ce que l’équipe souhaite, le niveau de la personne responsable compte; à défaut, celui de la personne.
skills-person = Personne
skills-assessed = Autoévaluation
skills-not-yet = Pas encore
skills-say = Ce que vous en dites
skills-why = Pourquoi
skills-why-hint = Une phrase sur ce que vous avez vu. La personne la lit.
skills-said = Ce que les responsables ont dit
skills-over-time = Au fil du temps
skills-evidence = Résolus depuis un an, par sujet
skills-evidence-none = Aucun billet résolu depuis un an.
skills-solved-year = Résolus depuis un an
skills-no-topic = Sans sujet
skills-list = Compétences du centre
skills-list-lead = Ce qui compte ici en plus des six domaines : un programme, un lieu, une langue. Les responsables d’équipe et l’administration tiennent la liste.
skills-list-empty = Aucune compétence pour l’instant.
skills-skill = Compétence
skills-topics = Sujets où elle sert
skills-add = Ajouter une compétence
skills-edit = Modifier une compétence
skills-retire = Mettre hors service
skills-restore = Remettre en service
skills-retired = Hors service
certifications = Certifications
certifications-none = Aucune inscrite.
certification-add = Ajouter une certification
certification-edit = Modifier une certification
certification-name = Nom
certification-name-hint = Tel qu’il figure sur le certificat.
certification-issuer = Délivrée par
certification-number = Numéro
certification-obtained = Obtenue le
certification-expires = Expire le
certification-expires-hint = Vous recevez une lettre deux mois avant, deux semaines avant et le jour même.
certification-since = depuis le { $day }
certification-ends = Jusqu’au { $day }
certification-ended = A pris fin le { $day }
certification-lasts = N’expire pas
certification-remove = Retirer
practice-title = Billets d’exercice
practice-lead = Des billets résolus à refaire, sans les noms. Dites ce que vous feriez, puis voyez ce qui a été fait.
practice-mine = Les vôtres
practice-theirs = Des personnes que vous dirigez
practice-none = Rien à refaire. La personne qui dirige votre équipe peut vous donner un billet résolu.
practice-give = Donner un billet résolu
practice-give-lead = Une copie est faite sans ce qui nomme quelqu’un; les notes et les appels n’en font pas partie.
practice-ticket = Numéro du billet
practice-give-go = Donner
practice-offered = Résolus récemment, avec cause et étapes
practice-choose = Choisir
practice-given = Donné comme exercice
practice-given-lead = Relisez-le : la personne le voit maintenant. Reprenez-le s’il nomme encore quelqu’un.
practice-look = Y jeter un œil
practice-remove = Le reprendre
practice-open = À faire
practice-handed = Remis
practice-commented = Commenté
practice-for = Pour { $name }
practice-request = Ce que la personne a écrit
practice-asks = Que demanderiez-vous?
practice-asks-hint = Les questions dont il vous faut la réponse, et ce que vous vérifieriez vous-même.
practice-diagnosis = Qu’est-ce que c’est, et pourquoi le pensez-vous?
practice-diagnosis-hint = La cause probable selon vous et comment vous la confirmeriez.
practice-answer = Que répondriez-vous, et que feriez-vous?
practice-answer-hint = Comme vous l’écririez à la personne, avec les étapes.
practice-hand-in = Remettre et comparer
practice-keep = Garder pour plus tard
practice-yours = Ce que vous feriez
practice-done = Ce qui a été fait
practice-done-replies = Réponses
practice-done-cause = Cause
practice-done-steps = Étapes
practice-done-helped = Ce qui a aidé à trouver
practice-learnt = Qu’avez-vous appris?
practice-learnt-hint = Une chose que vous ferez la prochaine fois.
practice-comment = Commentaire de la personne responsable
practice-comment-hint = Ce qui était bon, et une chose à essayer la prochaine fois.
audited-competence-assessed = Niveau dit par une personne responsable
audited-competence-targets = Ce qu’une équipe souhaite savoir faire réglé
refused-answers-left =
    { $number ->
        [one] Il reste { $number } énoncé sans réponse. Répondez-y, puis terminez.
       *[other] Il reste { $number } énoncés sans réponse. Répondez-y, puis terminez.
    }
refused-no-answer = Choisissez une réponse.
refused-target-people = Donnez un nombre de personnes de 1 à 99.
refused-skill-there = Une compétence porte déjà ce nom.
refused-no-such-skill = Cette compétence n’existe pas. Choisissez-en une dans la liste.
refused-too-many-skills = Il y a déjà { $number } compétences. Modifiez-en une au lieu d’en ajouter.
refused-too-many-certifications = Il y a déjà { $number } certifications. Retirez-en d’abord.
refused-ends-before = Elle prend fin avant d’être obtenue. Vérifiez les deux dates.
refused-no-such-area = Choisissez un domaine dans la liste.
refused-no-such-level = Choisissez un niveau dans la liste.
conflict-no-assessment = Aucune autoévaluation n’est en cours. Commencez-en une d’abord.
conflict-practice-private = Ce billet appartient à une équipe privée : personne d’autre ne s’y exerce.
conflict-practice-not-solved = Ce billet n’est pas encore résolu. Choisissez-en un qui l’est.
conflict-practice-handed-in = Il est déjà remis. Ce que vous avez écrit reste tel quel.
conflict-practice-not-handed-in = Remettez-le d’abord; écrivez ensuite ce que vous avez appris.
