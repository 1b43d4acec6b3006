# Les personnes : la liste, une personne, le formulaire.

people-title = Personnes
people-add = Ajouter une personne
people-find = Nom, adresse ou numéro
people-empty = Personne n’est encore connu ici.
people-none = Aucun résultat pour « { $words } ».

role-requester = Demandeur
role-technician = Technicien
role-supervisor = Superviseur
role-admin = Administrateur

field-organization = Organisation
field-role = Rôle
field-phone = Téléphone
field-job = Fonction
field-site = Lieu
field-note = Note
note-hint = pour l’équipe seulement

person-edit = Modifier
person-reach = Coordonnées
person-tickets = Demandes
person-no-tickets = Aucune demande pour l’instant.
person-suspend = Suspendre
person-suspended = Suspendu
person-unsuspend = Lever la suspension
address-bounced = Courriels revenus le { $date }
person-merge = La même personne en double
person-merge-lead = Tout ce qui est à cette personne passe à l’autre. C’est réversible.
person-merge-into = Adresse de la personne qui reste
person-merge-go = Fusionner
person-merged-in = Fusionnées avec cette personne
toast-person-merged = Fusion faite. Tout se trouve ici maintenant.
