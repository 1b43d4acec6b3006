//! The sentences of the pages, in both languages, compiled in from `locales/`.

use std::sync::LazyLock;

use desk::words::{Arg, Catalog, Lang};

macro_rules! texts {
    ($($file:literal),+ $(,)?) => {
        &[$(
            (Lang::En, include_str!(concat!("../locales/en-CA/", $file))),
            (Lang::Fr, include_str!(concat!("../locales/fr-CA/", $file))),
        )+]
    };
}

static CATALOG: LazyLock<Catalog> = LazyLock::new(|| {
    Catalog::new(texts![
        "admin.ftl",
        "calendars.ftl",
        "canned.ftl",
        "changes.ftl",
        "chat.ftl",
        "common.ftl",
        "compose.ftl",
        "desk.ftl",
        "drafting.ftl",
        "escalations.ftl",
        "flow.ftl",
        "forms.ftl",
        "help.ftl",
        "kb.ftl",
        "letters.ftl",
        "mailboxes.ftl",
        "offline.ftl",
        "people.ftl",
        "portal.ftl",
        "problems.ftl",
        "rating.ftl",
        "refusals.ftl",
        "reports.ftl",
        "review.ftl",
        "sign-in.ftl",
        "skills.ftl",
        "statements.ftl",
        "targets.ftl",
        "tasks.ftl",
        "team.ftl",
        "templates.ftl",
        "titles.ftl",
        "views.ftl",
        "wages.ftl"
    ])
});

pub fn text(lang: Lang, key: &str, args: &[(&str, Arg<'_>)]) -> String {
    CATALOG.text(lang, key, args)
}

/// Whether there is such a sentence: for what other versions of the desk may have written down.
pub fn is_known(lang: Lang, key: &str) -> bool {
    CATALOG.has(lang, key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_can_be_read() {
        assert!(CATALOG.has(Lang::En, "app-name"));
        assert!(CATALOG.has(Lang::Fr, "app-name"));
    }
}
