//! One passage in two languages, and which of them lags. Pure.
//!
//! A text that is changed while it lags catches up; one that is changed while both say the same leaves the other behind.
//! Both changed together say the same. An empty text is missing, which is another thing than lagging.

use db::Packed;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::clock::Time;
use crate::ids::PassageId;
use crate::words::Lang;

/// The title stands before all others and is never moved or taken out.
pub const TITLE: PassageId = PassageId(0);

db::table! {
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Passage {
        pub passage: PassageId,
        pub place: i64,
        pub en: Packed,
        pub fr: Packed,
        /// In which version each text last changed; 0 while it is missing.
        pub en_version: i64,
        pub fr_version: i64,
        /// The last version in which both said the same.
        pub answered: i64,
        /// The language whose text does not answer the other's.
        pub behind: Option<Lang>,
        /// When the other text last changed.
        pub behind_at: Option<Time>,
        pub gone: bool,
    }
}

/// How the text of one language stands to the other's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    UpToDate,
    /// There is none in this language.
    Missing,
    /// The other text changed then, and this one has not answered yet; `answers` is the version in which they agreed.
    Behind {
        at: Time,
        answers: i64,
    },
}

/// The two texts of a passage, as they come from a form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Texts {
    #[serde(default)]
    pub en: String,
    #[serde(default)]
    pub fr: String,
}

impl Texts {
    pub fn new(en: &str, fr: &str) -> Texts {
        Texts {
            en: en.into(),
            fr: fr.into(),
        }
    }

    pub fn of(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::Fr => &self.fr,
        }
    }
}

/// Stands for a text on a form, so that the desk knows what was there when the form was opened.
pub fn mark(text: &str) -> String {
    let hash = data_encoding::HEXLOWER.encode(&Sha256::digest(tidy(text).as_bytes()));
    hash[..16].to_string()
}

/// As it is kept: one kind of line end, nothing empty around it. Browsers send CRLF for what they were given with LF.
pub(super) fn tidy(text: &str) -> String {
    let lines = text.replace("\r\n", "\n").replace('\r', "\n");
    lines.trim_matches('\n').trim_end().to_string()
}

impl Passage {
    pub(super) fn new(passage: PassageId, place: i64, texts: &Texts, version: i64) -> Passage {
        let of = |text: &str| if text.is_empty() { 0 } else { version };
        let (en, fr) = (tidy(&texts.en), tidy(&texts.fr));
        Passage {
            passage,
            place,
            en_version: of(&en),
            fr_version: of(&fr),
            answered: version,
            behind: None,
            behind_at: None,
            gone: false,
            en: Packed(en),
            fr: Packed(fr),
        }
    }

    pub fn text(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en.0,
            Lang::Fr => &self.fr.0,
        }
    }

    /// The version in which this text last changed.
    pub fn changed_in(&self, lang: Lang) -> i64 {
        match lang {
            Lang::En => self.en_version,
            Lang::Fr => self.fr_version,
        }
    }

    pub fn standing(&self, lang: Lang) -> Standing {
        if self.text(lang).is_empty() && !self.text(lang.other()).is_empty() {
            return Standing::Missing;
        }
        match (self.behind, self.behind_at) {
            (Some(behind), Some(at)) if behind == lang => Standing::Behind {
                at,
                answers: self.answered,
            },
            _ => Standing::UpToDate,
        }
    }

    /// Its texts become these, in that version. False when they are these already.
    pub(super) fn become_texts(&mut self, texts: &Texts, version: i64, now: Time) -> bool {
        let (en, fr) = (tidy(&texts.en), tidy(&texts.fr));
        let (new_en, new_fr) = (en != self.en.0, fr != self.fr.0);
        if !new_en && !new_fr {
            return false;
        }
        let of = |text: &str| if text.is_empty() { 0 } else { version };
        if new_en {
            (self.en_version, self.en) = (of(&en), Packed(en));
        }
        if new_fr {
            (self.fr_version, self.fr) = (of(&fr), Packed(fr));
        }
        match (new_en, new_fr) {
            (true, true) => self.agree(version),
            (true, false) => self.changed(Lang::En, version, now),
            _ => self.changed(Lang::Fr, version, now),
        }
        true
    }

    fn changed(&mut self, lang: Lang, version: i64, now: Time) {
        let alone = self.text(lang.other()).is_empty() || self.text(lang).is_empty();
        if alone || self.behind == Some(lang) {
            return self.agree(version);
        }
        // What said the same until now did so in the version before; a first lag within a new version keeps that.
        (self.behind, self.behind_at) = (Some(lang.other()), Some(now));
    }

    /// Both say the same, as of this version.
    pub(super) fn agree(&mut self, version: i64) {
        (self.answered, self.behind, self.behind_at) = (version, None, None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passage(en: &str, fr: &str) -> Passage {
        Passage::new(PassageId(1), 1, &Texts::new(en, fr), 1)
    }

    #[test]
    fn a_change_in_one_language_leaves_the_other_behind_until_it_answers() {
        let mut p = passage("Wait.", "Attendez.");
        assert!(p.become_texts(&Texts::new("Wait for the dot.", "Attendez."), 2, Time(20)));
        let lag = Standing::Behind {
            at: Time(20),
            answers: 1,
        };
        assert_eq!((p.standing(Lang::En), p.standing(Lang::Fr)), (Standing::UpToDate, lag));
        assert_eq!((p.changed_in(Lang::En), p.changed_in(Lang::Fr)), (2, 1));
        assert!(p.become_texts(&Texts::new("Wait for the green dot.", "Attendez."), 3, Time(30)));
        let lag = Standing::Behind {
            at: Time(30),
            answers: 1,
        };
        assert_eq!(p.standing(Lang::Fr), lag, "it lags behind what was said last");
        assert!(p.become_texts(
            &Texts::new("Wait for the green dot.", "Attendez le point vert."),
            3,
            Time(31)
        ));
        assert_eq!(p.standing(Lang::Fr), Standing::UpToDate);
        assert_eq!(
            p.standing(Lang::En),
            Standing::UpToDate,
            "an answer leaves nobody behind"
        );
        assert!(p.become_texts(&Texts::new("x", "Attendez le point vert."), 3, Time(31)));
        assert!(
            matches!(p.standing(Lang::Fr), Standing::Behind { answers: 3, .. }),
            "also within one version and one moment"
        );
    }

    #[test]
    fn both_at_once_say_the_same_and_nothing_new_changes_nothing() {
        let mut p = passage("a", "b");
        assert!(p.become_texts(&Texts::new("c", "d"), 2, Time(2)));
        assert_eq!((p.behind, p.answered), (None, 2));
        assert!(!p.become_texts(&Texts::new("c\r\n", "d\n\n"), 3, Time(3)));
        assert_eq!(p.en_version, 2);
    }

    #[test]
    fn what_is_not_there_is_missing_and_not_behind() {
        let mut p = passage("a", "");
        assert_eq!(p.standing(Lang::Fr), Standing::Missing);
        p.become_texts(&Texts::new("b", ""), 2, Time(2));
        assert_eq!((p.standing(Lang::Fr), p.behind), (Standing::Missing, None));
        p.become_texts(&Texts::new("b", "c"), 2, Time(2));
        assert_eq!(p.standing(Lang::Fr), Standing::UpToDate);
    }

    #[test]
    fn a_mark_is_of_the_text_whatever_a_browser_does_to_its_lines() {
        assert_eq!(mark("a\nb"), mark("a\r\nb\r\n"));
        assert_ne!(mark("a"), mark("b"));
    }
}
