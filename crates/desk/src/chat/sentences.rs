//! The sentences of the letter with what was said, in both languages.

use std::sync::LazyLock;

use crate::words::{Arg, Catalog, Lang};

static CATALOG: LazyLock<Catalog> = LazyLock::new(|| {
    Catalog::new(&[
        (Lang::En, include_str!("../../locales/en-CA/chat.ftl")),
        (Lang::Fr, include_str!("../../locales/fr-CA/chat.ftl")),
    ])
});

pub(super) fn say(lang: Lang, key: &str, args: &[(&str, Arg<'_>)]) -> String {
    CATALOG.text(lang, key, args)
}
