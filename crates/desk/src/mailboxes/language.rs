//! Which of our two languages a letter is written in, by its most common little words. Pure, and content to say that
//! it does not know.

use crate::words::Lang;

const ENGLISH: &[&str] = &[
    "the", "and", "is", "are", "was", "to", "of", "it", "i", "my", "you", "your", "we", "have", "has", "not", "can",
    "with", "this", "that", "for", "when", "please", "hello", "thanks", "thank", "does", "cannot", "but",
];
const FRENCH: &[&str] = &[
    "le", "la", "les", "des", "du", "un", "une", "et", "est", "sont", "je", "mon", "ma", "mes", "vous", "votre",
    "nous", "ne", "pas", "pour", "avec", "que", "qui", "dans", "sur", "bonjour", "merci", "mais", "quand", "ce",
    "cette", "au", "plus", "été", "depuis", "il", "elle",
];

/// English or French, when the text leans clearly to one of them.
pub fn guess_language(text: &str) -> Option<Lang> {
    let (mut english, mut french) = (0_u32, 0_u32);
    for line in text.lines().filter(|l| !l.trim_start().starts_with('>')).take(200) {
        // "l'imprimante" and "n’imprime" hide the word before the apostrophe; that short word is French.
        for word in line
            .split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '’'))
            .take(400)
        {
            let word = word.to_lowercase();
            let word = match word.split_once(['\'', '’']) {
                Some(("l" | "d" | "j" | "n" | "s" | "c" | "qu" | "m", rest)) => {
                    french += 1;
                    rest.to_string()
                }
                _ => word,
            };
            english += u32::from(ENGLISH.contains(&word.as_str()));
            french += u32::from(FRENCH.contains(&word.as_str()));
        }
    }
    let (most, least, lang) = if english > french {
        (english, french, Lang::En)
    } else {
        (french, english, Lang::Fr)
    };
    (most >= 2 && most >= least * 2).then_some(lang)
}

/// The language a `Content-Language` field names first, if it is one of ours.
pub(super) fn named(field: &str) -> Option<Lang> {
    let first = field.split(',').next()?.trim().to_ascii_lowercase();
    Lang::parse(first.split('-').next()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_sentences_are_told_apart() {
        for english in [
            "Hello, my printer does not work.",
            "The VPN drops when I am on the train, please help",
            "Can you reset my password?",
        ] {
            assert_eq!(guess_language(english), Some(Lang::En), "{english}");
        }
        for french in [
            "Bonjour, mon imprimante ne fonctionne pas.",
            "L'imprimante du 2e étage n’imprime plus",
            "Je n'arrive plus à ouvrir une session depuis ce matin. Merci",
        ] {
            assert_eq!(guess_language(french), Some(Lang::Fr), "{french}");
        }
    }

    #[test]
    fn what_is_neither_is_not_guessed() {
        for other in [
            "",
            "0x80070005",
            "Drucker geht nicht",
            "プリンターが動きません",
            "test",
            "ok merci thanks",
        ] {
            assert_eq!(guess_language(other), None, "{other}");
        }
        assert_eq!(guess_language("> Hello, this is the desk and you have a reply\n"), None);
    }

    #[test]
    fn the_field_names_a_language() {
        assert_eq!(named("fr-CA, en"), Some(Lang::Fr));
        assert_eq!(named("en"), Some(Lang::En));
        assert_eq!(named("de"), None);
    }
}
