//! What names people stays here: in place of it stands a word in brackets, and what came from the conversation and from
//! articles is put back into the answer. Pure.

use crate::knowledge::{Known, Personal, scrub, scrub_with};
use crate::words::Lang;

#[derive(Clone, Debug)]
pub(super) struct Mask {
    known: Known,
    lang: Lang,
    /// What stands in the place of what.
    hidden: Vec<(String, Personal, String)>,
}

impl Mask {
    pub(super) fn new(known: Known, lang: Lang) -> Mask {
        Mask {
            known,
            lang,
            hidden: Vec::new(),
        }
    }

    /// Taken out, to be put back into what is answered: `[name 1]`.
    pub(super) fn hide(&mut self, text: &str) -> String {
        let Mask { known, lang, hidden } = self;
        scrub_with(text, known, |kind, words| {
            if let Some((stands, ..)) = hidden.iter().find(|(_, of, is)| *of == kind && is == words) {
                return stands.clone();
            }
            let number = hidden.iter().filter(|(_, of, _)| *of == kind).count() + 1;
            let stands = format!("{} {number}]", kind.stands(*lang).trim_end_matches(']'));
            hidden.push((stands.clone(), kind, words.to_string()));
            stands
        })
    }

    /// Taken out for good: what an earlier ticket says of somebody is not for this one. `names` are those who had to do
    /// with it.
    pub(super) fn blot(&self, text: &str, names: &[String]) -> String {
        let mut known = self.known.clone();
        known.names.extend(names.iter().cloned());
        scrub(text, &known, self.lang).0
    }

    pub(super) fn restore(&self, text: &str) -> String {
        let mut text = text.to_string();
        for (stands, _, words) in &self.hidden {
            text = text.replace(stands, words);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_hidden_comes_back_and_what_was_blotted_does_not() {
        let known = Known {
            names: vec!["Maple Grove".into()],
            tickets: vec![],
        };
        let mut mask = Mask::new(known, Lang::En);
        let asked = "Maple Grove here, 514-555-0123 or 514-555-0199, maple@cedar.example. Maple Grove";
        let hidden = mask.hide(asked);
        assert_eq!(hidden, "[name 1] here, [phone 1] or [phone 2], [address 1]. [name 1]");
        assert_eq!(mask.hide(&hidden), hidden, "what was put in stays");
        let earlier = mask.blot("Ask Larch Hill at larch@cedar.example.", &["Larch Hill".into()]);
        assert_eq!(earlier, "Ask [name] at [address].");
        assert_eq!(
            mask.restore("Hello [name 1], we call [phone 2]. [name]"),
            "Hello Maple Grove, we call 514-555-0199. [name]"
        );
        let mut french = Mask::new(Known::default(), Lang::Fr);
        assert_eq!(french.hide("a@b.example"), "[adresse 1]");
    }
}
