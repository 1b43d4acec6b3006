# Écrire sur un billet : mise en forme, aperçu, ce qui est proposé pendant la frappe, brouillons.

writes-in-en = Écrit en anglais
writes-in-fr = Écrit en français
write-format = Mise en forme
write-bold = Gras
write-italic = Italique
write-list = Liste
write-numbers = Liste numérotée
write-quote = Citation
write-code = Code
write-link = Lien
write-tip = { $name } (Ctrl { $key })
write-canned = Réponses types
write-preview = Aperçu
write-preview-of = Ce que ça donnera
write-offers = Ce qui peut s’insérer
write-earlier = Une version antérieure
write-earlier-tip = Reprendre l’autre version
offer-canned-change = Écrire ou modifier des réponses types
write-preview-solving = Si elle résout aussi la demande
