# Les groupes hors du centre de services à qui le travail est transmis.
group-network = Techniciens de réseau
group-developers = Programmeurs et développeurs
group-analysts = Analystes de systèmes
group-security = Spécialistes de la sécurité
group-testing = Techniciens d’essai
