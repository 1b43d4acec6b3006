# Niveaux des personnes, et relecture avant l’envoi.

level = Niveau
level-0 = Non précisé : travaille de façon autonome
level-1 = 1, de base : sous supervision
level-2 = 2, intermédiaire : le plus souvent de façon autonome
level-3 = 3, avancé : de façon autonome, et encadre les autres
level-lead = Jusqu’où cette personne travaille sans supervision. Visible pour la personne, pour les superviseurs et pour l’administration, et pour personne d’autre.
toast-level = Le niveau est fixé.
