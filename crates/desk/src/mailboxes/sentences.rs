//! The sentences of letters that leave and of the ledger's reasons, in both languages.

use std::sync::LazyLock;

use crate::words::{Arg, Catalog, Lang};

static CATALOG: LazyLock<Catalog> = LazyLock::new(|| {
    Catalog::new(&[
        (Lang::En, include_str!("../../locales/en-CA/letters.ftl")),
        (Lang::Fr, include_str!("../../locales/fr-CA/letters.ftl")),
    ])
});

pub(super) fn say(lang: Lang, key: &str) -> String {
    CATALOG.text(lang, key, &[])
}

pub(super) fn say_with(lang: Lang, key: &str, args: &[(&str, Arg<'_>)]) -> String {
    CATALOG.text(lang, key, args)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mailboxes::intake::reason_keys;

    #[test]
    fn every_reason_has_a_sentence_in_both_languages() {
        for key in reason_keys() {
            for lang in [Lang::En, Lang::Fr] {
                assert!(CATALOG.has(lang, key), "{key} in {lang:?}");
            }
        }
    }

    #[test]
    fn both_languages_know_the_same_keys() {
        let keys = |text: &str| -> Vec<String> {
            let names = text
                .lines()
                .filter_map(|l| l.split_once(" = ").or(l.strip_suffix(" =").map(|k| (k, ""))));
            names
                .map(|(k, _)| k.to_string())
                .filter(|k| !k.starts_with([' ', '#']))
                .collect()
        };
        let en = keys(include_str!("../../locales/en-CA/letters.ftl"));
        assert_eq!(en, keys(include_str!("../../locales/fr-CA/letters.ftl")));
        assert!(en.len() > 20);
    }
}
