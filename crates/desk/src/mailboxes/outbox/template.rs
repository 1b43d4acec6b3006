//! The words of a letter with fields in them: `{{number}}` and a few others, each a value and none a word of a program.
//! Pure. What is typed is kept as it is; a field that does not exist is refused when it is typed, not found out when a
//! letter leaves.

use super::fill::{Piece, pieces};
use super::queue::OutgoingKind;
use crate::error::{Checks, Error, Result};
use crate::mailboxes::sentences::say_with;
use crate::words::{Arg, Lang};

db::text_enum! {
    /// Whose words can be changed.
    pub enum TemplateKind {
        Acknowledgement => "acknowledgement",
        Confirm => "confirm",
        Solved => "solved",
        SignIn => "sign_in",
        /// What stands under a reply.
        Reply => "reply",
    }
}

impl TemplateKind {
    pub(super) fn of(kind: OutgoingKind) -> TemplateKind {
        match kind {
            OutgoingKind::Confirm => TemplateKind::Confirm,
            OutgoingKind::Solved => TemplateKind::Solved,
            OutgoingKind::SignIn => TemplateKind::SignIn,
            OutgoingKind::Reply => TemplateKind::Reply,
            OutgoingKind::Acknowledgement | OutgoingKind::Notice => TemplateKind::Acknowledgement,
        }
    }

    /// What can stand in double braces. A letter that a stranger can cause names nobody.
    pub fn fields(self) -> &'static [&'static str] {
        match self {
            TemplateKind::Acknowledgement | TemplateKind::Reply => &["number", "desk", "name", "link"],
            TemplateKind::Solved => &["number", "desk", "name", "link", "answers"],
            TemplateKind::Confirm | TemplateKind::SignIn => &["desk", "link"],
        }
    }

    fn fields_key(self) -> &'static str {
        match self {
            TemplateKind::Acknowledgement | TemplateKind::Reply => "refused-fields-reply",
            TemplateKind::Solved => "refused-fields-solved",
            TemplateKind::Confirm | TemplateKind::SignIn => "refused-fields-confirm",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// Empty for a reply, whose subject is that of its ticket.
    pub subject: String,
    /// Markdown.
    pub body: String,
}

/// The usual words.
pub fn usual(lang: Lang, kind: TemplateKind) -> Template {
    let args = [("number", Arg::Text("{{number}}")), ("desk", Arg::Text("{{desk}}"))];
    let said = |key: &str| say_with(lang, key, &args);
    let (subject, body) = match kind {
        TemplateKind::Acknowledgement => ("mail-ack-subject", said("mail-ack-body") + "\n\n{{link}}"),
        TemplateKind::Confirm => (
            "mail-confirm-subject",
            format!(
                "{}\n\n{{{{link}}}}\n\n{}",
                said("mail-confirm-body"),
                said("mail-confirm-footer")
            ),
        ),
        TemplateKind::SignIn => (
            "mail-sign-in-subject",
            format!(
                "{}\n\n{{{{link}}}}\n\n{}",
                said("mail-sign-in-body"),
                said("mail-sign-in-footer")
            ),
        ),
        TemplateKind::Solved => (
            "mail-solved-subject",
            format!(
                "{}\n\n{}\n\n{{{{answers}}}}\n\n{}\n\n{{{{link}}}}",
                said("mail-solved-body"),
                said("mail-solved-ask"),
                said("mail-solved-footer")
            ),
        ),
        TemplateKind::Reply => {
            return Template {
                subject: String::new(),
                body: said("mail-reply-footer") + "\n\n{{link}}",
            };
        }
    };
    Template {
        subject: said(subject),
        body,
    }
}

/// What is wrong with it, field by field.
pub(super) fn check(kind: TemplateKind, template: &Template) -> Result<()> {
    let known = kind.fields();
    let strange = |text: &str| pieces(text).any(|p| matches!(p, Piece::Field(name) if !known.contains(&name)));
    let has = |text: &str, field: &str| pieces(text).any(|p| p == Piece::Field(field));
    let mut checks = Checks::default();
    if kind != TemplateKind::Reply {
        checks
            .text(&template.subject, 200, "subject")
            .text(&template.body, 10_000, "body");
    }
    checks
        .at_most(&template.body, 10_000, "body")
        .check(
            !template.subject.chars().any(char::is_control),
            "subject",
            "refused-control-characters",
        )
        .check(!strange(&template.subject), "subject", kind.fields_key())
        .check(!strange(&template.body), "body", kind.fields_key())
        .check(
            !has(&template.subject, "link") && !has(&template.subject, "answers"),
            "subject",
            "refused-link-in-subject",
        );
    checks.done()?;
    let pointless = matches!(kind, TemplateKind::Confirm | TemplateKind::SignIn) && !has(&template.body, "link");
    if pointless {
        return Err(Error::refused("body", "refused-without-link"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_exist_is_refused_when_it_is_typed() {
        let key = |kind, subject: &str, body: &str| {
            let template = Template {
                subject: subject.into(),
                body: body.into(),
            };
            match check(kind, &template) {
                Ok(()) => "",
                Err(Error::Refused(why)) => why[0].key,
                Err(_) => panic!("refused, nothing else"),
            }
        };
        use TemplateKind as K;
        assert_eq!(key(K::Acknowledgement, "{{number}}", "{{name}} {{link}} {{desk}}"), "");
        assert_eq!(key(K::Acknowledgement, "x", "{{secret}}"), "refused-fields-reply");
        assert_eq!(key(K::Acknowledgement, "x", "{{#each a}}"), "refused-fields-reply");
        assert_eq!(key(K::Confirm, "x", "{{name}} {{link}}"), "refused-fields-confirm");
        assert_eq!(key(K::Confirm, "{{number}}", "{{link}}"), "refused-fields-confirm");
        assert_eq!(key(K::Confirm, "x", "Hello"), "refused-without-link");
        assert_eq!(key(K::Solved, "{{link}}", "x"), "refused-link-in-subject");
        assert_eq!(key(K::Solved, "", "x"), "refused-empty");
        assert_eq!(key(K::Reply, "", ""), "");
        assert_eq!(key(K::Solved, "x\r\nBcc: y", "x"), "refused-control-characters");
    }

    #[test]
    fn the_usual_words_would_be_accepted_in_both_languages() {
        for lang in [Lang::En, Lang::Fr] {
            for kind in TemplateKind::ALL {
                assert_eq!(check(*kind, &usual(lang, *kind)), Ok(()), "{kind} in {lang}");
            }
        }
    }
}
