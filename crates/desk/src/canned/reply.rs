//! The record of a canned reply, and what is said of a new one.

use db::{Read, args};

use crate::error::Result;
use crate::ids::{CannedId, TeamId};
use crate::words::Lang;

db::table! {
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct CannedReply {
        pub id: CannedId,
        pub name: String,
        /// What is typed after the slash.
        pub word: String,
        /// Empty when it is still to be written in this language.
        pub text_en: String,
        pub text_fr: String,
        /// Whose it is; for everybody without one.
        pub team: Option<TeamId>,
        pub retired: bool,
    }
}

impl CannedReply {
    /// The text in this language, or in the other when it is not there yet; with the language it is in.
    pub fn text(&self, lang: Lang) -> (Lang, &str) {
        let of = |lang| match lang {
            Lang::En => self.text_en.as_str(),
            Lang::Fr => self.text_fr.as_str(),
        };
        if of(lang).is_empty() {
            (lang.other(), of(lang.other()))
        } else {
            (lang, of(lang))
        }
    }
}

#[derive(Clone, Debug, Default)]
pub struct NewCanned {
    pub name: String,
    pub word: String,
    pub text_en: String,
    pub text_fr: String,
    pub team: Option<TeamId>,
}

/// Without a policy: callers ask whose it is.
pub(super) fn load(r: &mut Read, id: CannedId) -> Result<CannedReply> {
    Ok(r.one(
        "SELECT id, name, word, text_en, text_fr, team, retired FROM canned WHERE id = $1",
        &args![id],
    )?)
}
