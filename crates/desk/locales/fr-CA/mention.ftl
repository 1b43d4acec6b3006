# Le courriel à un technicien nommé dans un message.
named-subject = { $name } fait appel à vous dans #{ $number } : { $subject }
named-text = { $name } fait appel à vous dans le billet #{ $number }, « { $subject } ». Vous le suivez désormais. Ce qui y est écrit reste au centre d’assistance.
named-footer = Vous recevez ce courriel parce que vous n’avez pas regardé le billet depuis. Sous « Mes paramètres », vous pouvez désactiver ces courriels. Vers le billet :
