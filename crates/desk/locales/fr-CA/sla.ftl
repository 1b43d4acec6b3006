# Les courriels au sujet des promesses qui approchent de leur échéance ou qui ne sont pas tenues.
promise-reply = la première réponse
promise-answer = la prochaine réponse
promise-solve = la solution
near-subject = Échéance { $due } : #{ $number }, { $subject }
near-text = Pour le billet #{ $number }, « { $subject } », { $target } est attendue avant l’échéance du { $due }.
late-subject = En retard : #{ $number }, { $subject }
late-text = Pour le billet #{ $number }, « { $subject } », l’échéance du { $due } est passée ({ $target }).
promise-footer = Vous recevez ce courriel parce qu’une politique de votre centre d’assistance le prévoit. Vers le billet :
