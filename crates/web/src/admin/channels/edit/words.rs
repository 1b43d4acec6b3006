//! What the page of a mailbox says of it, in words.

use desk::mailboxes::rules::MailRule;
use desk::mailboxes::sources::{LeftThere, SignIn, Source};
use desk::mailboxes::watch::Alarm;
use desk::words as forms;

use super::{About, Page};
use crate::admin::choice::Choice;
use crate::words::is_known;

impl Page {
    /// What a rule does, in words.
    pub(super) fn does(&self, rule: &MailRule) -> String {
        let named = |all: &[Choice], id: Option<i64>| {
            let id = id.map(|id| id.to_string())?;
            all.iter().find(|c| c.value == id).map(|c| c.words.clone())
        };
        let mut parts: Vec<String> = Vec::new();
        if rule.only_record {
            parts.push(self.shell.t("rule-only-record"));
        }
        parts.extend(named(&self.teams, rule.team.map(|t| t.0)));
        parts.extend(named(&self.choices.topics, rule.topic.map(|t| t.0)));
        parts.extend(rule.priority.map(|p| self.shell.t(&format!("priority-{p}"))));
        parts.join(", ")
    }

    /// When it fits, in words.
    pub(super) fn says(&self, rule: &MailRule) -> String {
        let field = self.shell.t(&format!("rule-field-{}", rule.field));
        self.shell.t2("rule-says", "field", field, "words", rule.holds.as_str())
    }

    pub(super) fn how_fetched(&self, source: &Source) -> String {
        let kind = self.shell.t(&format!("source-protocol-{}", source.protocol));
        format!("{kind}, {}:{}", source.host, source.port)
    }

    /// Why a letter stays on its server.
    pub(super) fn why_left(&self, left: &LeftThere) -> String {
        let size = forms::bytes(self.shell.lang, left.bytes);
        self.shell.t2(
            &format!("left-{}", left.why),
            "size",
            size,
            "words",
            left.words.as_str(),
        )
    }

    /// What the server said, or what we say in its place.
    pub(super) fn words(&self, source: &Source) -> String {
        match is_known(self.shell.lang, &source.words) {
            true => self.shell.t(&source.words),
            false => source.words.clone(),
        }
    }

    pub(super) fn is_provider(&self, source: &Source) -> bool {
        source.sign_in != SignIn::Password
    }

    /// Nothing was handed over yet.
    pub(super) fn has_letters(&self, about: &About) -> bool {
        about.account.handed > 0 || about.account.in_ledger() > 0
    }

    /// What the server said is about the alarm that is shown.
    pub(super) fn is_about_words(&self, alarm: &Alarm) -> bool {
        matches!(alarm, Alarm::SignIn | Alarm::Failing | Alarm::Unsettled)
    }

    /// The server's words on letters it would not mark, where no alarm shows them.
    pub(super) fn unsettled_words(&self, about: &About, source: &Source) -> Option<String> {
        let shown = about.alarm.as_ref().is_some_and(|alarm| self.is_about_words(alarm));
        let told = source.unsettled > 0 && !source.words.is_empty() && !shown;
        told.then(|| self.words(source))
    }

    /// Somebody can have it fetched at once.
    pub(super) fn is_fetched(&self, about: &About, source: &Source) -> bool {
        source.active && about.mailbox.retired_at.is_none()
    }

    /// What an administrator does about it.
    pub(super) fn remedy(&self, alarm: &Alarm) -> String {
        self.shell.t(&format!("mailbox-do-{alarm}"))
    }

    pub(super) fn alarm(&self, alarm: &Alarm) -> String {
        self.shell.t(&format!("mailbox-now-{alarm}"))
    }
}
