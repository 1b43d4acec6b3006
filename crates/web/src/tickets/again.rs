//! A form that was refused, on its way back to the page: which one, why, and what was typed.

use desk::Refusal;
use desk::tickets::{MessageKind, TakenBack};

use super::fields::Fields;
use crate::layout::Shell;

#[derive(Clone, Debug, Default)]
pub(crate) struct Again {
    pub form: &'static str,
    pub refusals: Vec<Refusal>,
    /// What could not be done in the state things are in.
    pub conflict: Option<&'static str>,
    pub fields: Fields,
}

impl Again {
    /// On the page of the ticket that the one it was meant for was merged into.
    pub(crate) fn went_along(mut self) -> Again {
        if self.conflict == Some("conflict-merged") {
            self.conflict = Some("conflict-merged-here");
        }
        self
    }

    pub(crate) fn is(&self, form: &str) -> bool {
        self.form == form
    }

    pub(crate) fn any(&self) -> bool {
        self.conflict.is_some() || !self.refusals.is_empty()
    }

    /// What was typed into this form, if it is the one that came back.
    pub(crate) fn value(&self, form: &str, field: &str) -> &str {
        if self.form == form { self.fields.text(field) } else { "" }
    }

    /// What was typed, else what stands now.
    pub(crate) fn value_or<'a>(&'a self, form: &str, field: &str, now: &'a str) -> &'a str {
        if self.form == form && self.fields.has(field) {
            self.fields.text(field)
        } else {
            now
        }
    }

    pub(crate) fn why(&self, shell: &Shell, form: &str, field: &str) -> Option<String> {
        if self.form == form {
            shell.refusal(&self.refusals, field)
        } else {
            None
        }
    }

    /// All sentences, for the summary on top, each with its field; the fields of a topic's form say theirs themselves.
    pub(crate) fn sentences(&self, shell: &Shell) -> Vec<(&'static str, String)> {
        let refused = self
            .refusals
            .iter()
            .filter(|r| r.field != desk::forms::REFUSED)
            .filter_map(|r| Some((r.field, shell.refusal(&self.refusals, r.field)?)));
        refused.chain(self.conflict.map(|key| ("", shell.t(key)))).collect()
    }
}

/// What was typed and refused just now goes before words that were taken back.
pub(super) fn brought_back(back: Option<TakenBack>, again: Again) -> (Option<TakenBack>, Again) {
    let back = back.filter(|_| !again.any());
    let again = back.as_ref().map_or(again, words_again);
    (back, again)
}

/// Words taken back, as the composer's own form that came back.
fn words_again(back: &TakenBack) -> Again {
    let mut fields = Fields::default();
    fields.put("body".into(), &back.body);
    let minutes = back.minutes.map(|m| m.to_string()).unwrap_or_default();
    fields.put("minutes".into(), &minutes);
    Again {
        form: match back.kind {
            MessageKind::Note => "compose-note",
            MessageKind::Call => "compose-call",
            MessageKind::Visit => "compose-visit",
            MessageKind::Reply | MessageKind::Request => "compose-reply",
        },
        fields,
        ..Again::default()
    }
}

/// The kind of message the composer stands on.
pub(super) fn kind_of(again: &Again, asked: &str) -> MessageKind {
    let refused = again.form.strip_prefix("compose-").and_then(MessageKind::parse);
    let asked = MessageKind::parse(asked).filter(|k| *k != MessageKind::Request);
    refused.or(asked).unwrap_or(MessageKind::Reply)
}
