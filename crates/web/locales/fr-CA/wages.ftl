# La planification selon les salaires.

wages-title = Salaires pour la planification
wages-intro = Ce que coûte un billet, une panne ou une présence. Un salaire est celui d’une région, jamais d’une personne, et ne figure sur aucune autre page.
wages-export = Enregistrer en fichier
wages-import = Importer un tableau
wages-empty = Le tableau est vide. Importez-en un.
wages-built-in = Ce sont les chiffres livrés avec Firstline, datés du jour où ils y sont entrés; importez ceux de votre propre source, avec leur date.
wages-table = Le tableau en usage
wages-before = Reprendre le tableau précédent
wages-who = Qui planifie selon les salaires
wages-who-how = L’administration et les personnes superviseures que vous autorisez. Pour les autres, cette page n’existe pas.
wages-no-supervisor = Personne ne supervise encore.
wages-allowed = Planifie selon les salaires
wages-allow = Autoriser
wages-close = Ne plus autoriser
wage-region = Région
wage-per = Payé par
wage-per-hour = heure
wage-per-year = année
wage-low = Bas
wage-median = Médian
wage-high = Élevé
wage-from = Source
wage-date = Date
wage-figures = Bas / médian / élevé
wage-source = Chiffres : { $source }, { $date }.
wage-of-a-year = Un chiffre annuel est réparti sur { $hours } heures.

plan-go = Calculer
plan-time = Temps
plan-ticket = Un billet
plan-spent = Temps travaillé
plan-spent-hint = Par exemple 25, 1:30 ou 1,5 h. Laissé vide, il est pris dans ce qu’on sait.
plan-median = La moitié { $count ->
    [one] du seul billet avec du temps noté a
   *[other] des { $count } billets avec du temps noté ont
} pris { $time } ou moins.
plan-median-days = (Noté dans les { $days } derniers jours, sur les billets que vous voyez.)
plan-no-median = Aucun temps n’a été noté dans les { $days } derniers jours sur les billets que vous voyez. Inscrivez un chiffre.
plan-outage = Une panne
plan-outage-number = Numéro d’une panne
plan-outage-hint = Sa durée et le nombre de « moi aussi » y sont pris, là où vous n’inscrivez rien.
plan-outage-how = Personnes touchées, multipliées par les minutes, au salaire de la région.
plan-people = Personnes touchées
plan-lasted = Durée
plan-cover = Présence
plan-heads = Personnes
plan-hours = Heures par semaine, chacune
plan-hours-hint = Par exemple 37,5; au plus 168.
plan-week = Une semaine
plan-year = Une année de 52 semaines

wages-import-how = Un fichier CSV dont la première ligne nomme les colonnes : région, bas, médiane, haut, source, date. Bas et haut peuvent être vides; on peut ajouter region_fr et par (heure ou année). Rien n’est conservé avant que vous ayez vu ce qui change.
wages-file = Fichier
wages-paste = Ou collez le tableau
wages-paste-hint = Des virgules, des points-virgules ou des tabulations entre les cellules.
wages-try = Voir ce qui change
wages-dry-run = Ce qui change
wages-what = Ce qui en advient
wages-added = Nouveau
wages-changed = Modifié
wages-same = Inchangé
wages-removed = Retiré
wages-keep = Remplacer le tableau en usage
wages-rejected = { $count ->
    [one] Une ligne ne peut pas être lue
   *[other] { $count } lignes ne peuvent pas être lues
}
wages-rejected-how = Rien n’est conservé tant qu’elles ne sont pas corrigées, pour qu’aucune région ne se perde.
wages-line = Ligne { $line } :
wage-reject-empty = il n’y a aucune ligne avec un salaire.
wage-reject-column = il manque une colonne : { $words }.
wage-reject-many = il y a plus de lignes qu’un tableau de régions n’en compte.
wage-reject-twice = cette région y est déjà : { $words }.
wage-reject-missing = cette cellule est vide : { $words }.
wage-reject-long = cette cellule est trop longue ou contient des caractères invisibles : { $words }.
wage-reject-per = payé par heure ou par année, et non « { $words } ».
wage-reject-figure = ce n’est pas un montant : « { $words } ». Écrivez-le comme 31,47.
wage-reject-order = bas, médian et élevé doivent aller en montant : { $words }.
wage-reject-date = ce n’est pas une date : « { $words } ». Écrivez-la comme 2026, 2026-11 ou 2026-11-24.

refused-plan-time = Inscrivez une durée comme 25, 1:30 ou 1,5 h.
refused-plan-people = Inscrivez un nombre de personnes de 1 à 1 000 000.
refused-plan-hours = Inscrivez de 0,01 à 168 heures par semaine.
refused-plan-outage = Cette panne n’existe pas. Vérifiez le numéro.
refused-not-supervisor = Seule une personne superviseure peut être autorisée. L’administration planifie déjà selon les salaires.
refused-wage-lines = { $number ->
    [one] Une ligne ne peut pas être lue. Corrigez-la d’abord.
   *[other] { $number } lignes ne peuvent pas être lues. Corrigez-les d’abord.
}
refused-wage-file = Envoyez un seul fichier CSV d’au plus 256 ko.
refused-wage-letters = Ce ne sont pas des caractères UTF-8. Enregistrez le fichier en « CSV UTF-8 » et réessayez.
conflict-wages-same = Le tableau en usage dit la même chose. Il n’y a rien à changer.
conflict-wages-first = C’est le tableau livré avec Firstline. Il n’y en a pas avant.
audited-wages-import = Tableau de salaires importé
audited-wages-back = Tableau de salaires retiré
audited-wages-allowed = Planification selon les salaires autorisée
audited-wages-closed = Planification selon les salaires terminée
