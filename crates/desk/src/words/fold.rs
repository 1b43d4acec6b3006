//! Words as they are compared: without case and without accents, so that "Écran" is found by "ecran".

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

pub fn fold(text: &str) -> String {
    let bare = text.nfd().filter(|c| !is_combining_mark(*c));
    bare.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_accents_do_not_part_words() {
        assert_eq!(fold("Écran ÉTEINT"), fold("ecran éteint"));
        assert_ne!(fold("écran"), fold("encre"));
    }
}
