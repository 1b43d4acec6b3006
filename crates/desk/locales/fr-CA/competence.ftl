# Lettres au sujet des certifications.
certification-soon-subject = { $name } prend fin le { $day }
certification-soon-text = Votre certification { $name } prend fin le { $day }. Une fois renouvelée, inscrivez la nouvelle date sur votre page.
certification-over-subject = { $name } a pris fin le { $day }
certification-over-text = Votre certification { $name } a pris fin le { $day }. Si vous l’avez renouvelée, inscrivez la nouvelle date sur votre page; si elle ne vous est plus utile, retirez-la.
certification-footer = Vous recevez cette lettre parce que cette certification figure sur votre page de compétences.
