//! The fields of a form as they were typed, so that a refused form comes back with everything in it.

use std::collections::BTreeMap;

#[derive(Clone, Debug, Default)]
pub(crate) struct Fields(BTreeMap<String, String>);

impl From<BTreeMap<String, String>> for Fields {
    fn from(all: BTreeMap<String, String>) -> Self {
        Fields(all.into_iter().map(|(name, text)| (name, tidy(&text))).collect())
    }
}

/// Lines end in one way, and U+0000 is no letter.
fn tidy(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\0', "")
}

impl Fields {
    pub(crate) fn put(&mut self, name: String, text: &str) {
        self.0.insert(name, tidy(text));
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    pub(crate) fn text(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, text)| (name.as_str(), text.as_str()))
    }

    pub(crate) fn number(&self, name: &str) -> Option<i64> {
        self.text(name).trim().trim_start_matches('#').parse().ok()
    }
}
