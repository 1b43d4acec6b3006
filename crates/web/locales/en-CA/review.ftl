# Levels of people, and reviews before sending.

level = Level
level-0 = Not said: works alone
level-1 = 1, basic: under supervision
level-2 = 2, intermediate: mostly alone
level-3 = 3, advanced: alone, and looks after others
level-lead = How far this person works without supervision. Seen by the person, supervisors and administrators, and by nobody else.
toast-level = The level is set.
