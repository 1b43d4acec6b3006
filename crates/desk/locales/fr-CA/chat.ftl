# Le courriel avec ce qui a été dit en clavardage.

chat-letter-subject = Ce qui s’est dit dans votre clavardage, demande { $number }
chat-letter-lead = Bonjour, voici ce qui s’est dit dans votre clavardage. Tout est gardé dans votre demande { $number }.
chat-letter-footer = Vous pouvez la lire, et y ajouter, ici :
