//! What came back, checked: words to be read by a person, with the sources they were drawn from.

use super::answer::Said;
use super::check::{self, Checked};
use super::mask::Mask;
use crate::clock::Time;
use crate::ids::MessageId;
use crate::suggestions::Target;
use crate::words::Lang;

/// Where a source stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    Suggested(Target),
    /// A message of the ticket itself, and when it was said.
    Message(MessageId, Time),
}

/// One of the sources that were given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cited {
    /// As the draft cites it, from 1.
    pub number: usize,
    pub origin: Origin,
    /// Of an article or a ticket its title; of a message its author.
    pub title: String,
    pub lang: Lang,
    /// Whether the draft cites it.
    pub cited: bool,
    /// Where a requester may read it.
    pub link: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub words: String,
    pub lang: Lang,
    /// The words as they would go to the requester.
    pub to_send: String,
    pub sources: Vec<Cited>,
    /// No source is cited: nothing says where it comes from.
    pub cites_nothing: bool,
    /// Citations of what was not given, and links that stand in no source: taken out.
    pub struck: usize,
    pub links: usize,
    /// It came to the end of what a draft may say.
    pub ends_early: bool,
}

/// What is kept beside the request until the answer comes.
#[derive(Clone, Debug)]
pub(super) struct Given {
    pub lang: Lang,
    pub mask: Mask,
    pub sources: Vec<Cited>,
    /// The words of the sources, as they stand here.
    pub texts: Vec<String>,
}

impl Given {
    pub(super) fn draft(self, said: &Said) -> Draft {
        let texts: Vec<&str> = self.texts.iter().map(String::as_str).collect();
        let whole = self.mask.restore(&said.text);
        let Checked {
            words,
            cited,
            struck,
            links,
        } = check::checked(&whole, self.sources.len(), &texts);
        let mut sources = self.sources;
        for source in &mut sources {
            source.cited = cited.contains(&source.number);
        }
        let public: Vec<Option<String>> = sources.iter().map(|s| s.link.clone()).collect();
        Draft {
            to_send: check::to_send(&words, &public),
            words,
            lang: self.lang,
            cites_nothing: cited.is_empty(),
            sources,
            struck,
            links,
            ends_early: said.ends_early,
        }
    }
}
