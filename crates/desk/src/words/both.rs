//! Words kept in English and in French side by side, of which one may be missing for a while.

use serde::{Deserialize, Serialize};

use super::Lang;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Both {
    pub en: String,
    pub fr: String,
}

/// Words with the language they are in, so that a page can mark those that are not in its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub lang: Lang,
    pub words: String,
}

impl Both {
    pub fn new(en: &str, fr: &str) -> Both {
        Both {
            en: en.to_string(),
            fr: fr.to_string(),
        }
    }

    /// What is there in that language, even if that is nothing.
    pub fn of(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::Fr => &self.fr,
        }
    }

    /// In that language; else in the other.
    pub fn said(&self, lang: Lang) -> Option<Said> {
        let there = [lang, lang.other()]
            .into_iter()
            .find(|lang| !self.of(*lang).is_empty())?;
        Some(Said {
            lang: there,
            words: self.of(there).to_string(),
        })
    }

    pub fn is_empty(&self) -> bool {
        self.en.is_empty() && self.fr.is_empty()
    }

    /// Without the spaces around, and with lines that end in one way.
    #[must_use]
    pub fn tidied(&self) -> Both {
        let tidy = |text: &str| text.trim().replace("\r\n", "\n");
        Both {
            en: tidy(&self.en),
            fr: tidy(&self.fr),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_said_in_the_other_language_and_marked() {
        let both = Both::new("Mail", "Courriel");
        let said = both.said(Lang::Fr).unwrap();
        assert_eq!((said.lang, said.words.as_str()), (Lang::Fr, "Courriel"));
        let one = Both::new("Mail", "");
        assert_eq!(one.said(Lang::Fr).unwrap().lang, Lang::En);
        assert_eq!(Both::default().said(Lang::Fr), None);
    }
}
