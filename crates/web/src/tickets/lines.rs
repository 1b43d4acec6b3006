//! The system lines of a conversation: who did what, one whole sentence an event, in the reader's language. What was
//! said (replies, notes, calls) is shown as itself and has no line.

use std::collections::BTreeMap;

use desk::events::{Event, EventKind};
use desk::problems::name_of;
use desk::suggestions;
use desk::tickets::Planned;
use desk::words::{Arg, Lang};
use desk::{ChangeNumber, EscalationId, PersonId, ProblemNumber, TicketNumber, Time};
use serde_json::{Map, Value};

use super::load::Loaded;
use super::reasons::called;
use super::{form, tasks};
use crate::inbox::Choices;
use crate::layout::Shell;

#[derive(Clone, Debug)]
pub(crate) struct LineView {
    pub icon: &'static str,
    pub words: String,
    pub at: Time,
}

/// What a line needs to name things.
pub(crate) struct Teller<'a> {
    shell: &'a Shell,
    names: &'a BTreeMap<i64, String>,
    known: &'a Choices,
    number: TicketNumber,
    planned: &'a [Planned],
    form: &'a form::Loaded,
}

/// What a page without the whole ticket must know to tell of it.
pub(crate) struct Known {
    pub names: BTreeMap<i64, String>,
    pub choices: Choices,
    pub planned: Vec<Planned>,
    pub form: form::Loaded,
}

/// People an event names besides the one who did it.
pub(crate) fn people_of(event: &Event) -> Vec<PersonId> {
    let mut ids = Vec::new();
    if matches!(event.kind, EventKind::Assigned | EventKind::ChatHandedOver) {
        ids.extend(event.subject.map(PersonId));
    }
    let changes = changes_of(event);
    if event.kind == EventKind::ReviewApproved {
        ids.extend(changes.get("author").and_then(Value::as_i64).map(PersonId));
    }
    for pair in ["requester", "assignee"]
        .into_iter()
        .filter_map(|field| changes.get(field))
    {
        ids.extend([&pair[0], &pair[1]].into_iter().filter_map(Value::as_i64).map(PersonId));
    }
    ids
}

pub(crate) fn changes_of(event: &Event) -> Map<String, Value> {
    serde_json::from_str(event.changes()).unwrap_or_default()
}

impl<'a> Teller<'a> {
    pub(crate) fn new(shell: &'a Shell, loaded: &'a Loaded) -> Teller<'a> {
        Teller {
            shell,
            names: &loaded.names,
            known: &loaded.known,
            number: loaded.detail.ticket.number,
            planned: &loaded.planned,
            form: &loaded.form,
        }
    }

    /// For a page that tells of a ticket and shows nothing else of it.
    pub(crate) fn of(shell: &'a Shell, known: &'a Known, number: TicketNumber) -> Teller<'a> {
        Teller {
            shell,
            names: &known.names,
            known: &known.choices,
            number,
            planned: &known.planned,
            form: &known.form,
        }
    }

    /// One sentence, or several when several fields were changed at once.
    pub(crate) fn lines(&self, event: &Event) -> Vec<LineView> {
        let line = |icon, words| LineView {
            icon,
            words,
            at: event.at,
        };
        match event.kind {
            EventKind::Edited => self
                .changed(event)
                .into_iter()
                .map(|words| line("pencil", words))
                .collect(),
            EventKind::Filled => self
                .filled(event)
                .into_iter()
                .map(|words| line("pencil", words))
                .collect(),
            _ => self
                .sentence(event)
                .map(|(icon, words)| line(icon, words))
                .into_iter()
                .collect(),
        }
    }

    fn sentence(&self, event: &Event) -> Option<(&'static str, String)> {
        Some(match event.kind {
            EventKind::Assigned => ("user", self.assigned(event)),
            EventKind::Pended => ("hourglass", self.by(event, "line-pended")),
            EventKind::Held => ("pause", self.held(event)),
            EventKind::Resumed => ("play", self.by(event, "line-resumed")),
            EventKind::Snoozed => ("clock", self.snoozed(event)),
            EventKind::Woken => ("clock", self.woken(event)),
            EventKind::RequesterWrote if changes_of(event).contains_key("snoozed_until") => {
                ("clock", self.shell.t("line-woken-early"))
            }
            EventKind::ReplyPlanned => ("clock", self.planned(event)),
            EventKind::ReplyUnplanned => ("clock", self.by(event, "line-unplanned")),
            EventKind::ReviewAsked => ("hand", self.by(event, "line-review-asked")),
            EventKind::ReviewReturned => ("undo-2", self.by(event, "line-review-returned")),
            EventKind::ReviewApproved => ("check", self.approved(event)),
            EventKind::ReviewTakenBack => ("x", self.by(event, "line-review-taken-back")),
            EventKind::ReplyHeldBack => ("triangle-alert", self.shell.t("line-held-back")),
            EventKind::Solved => ("circle-check", self.by(event, "line-solved")),
            EventKind::Reopened => ("rotate-ccw", self.by(event, "line-reopened")),
            EventKind::Closed => ("archive", self.by(event, "line-closed")),
            EventKind::Merged | EventKind::Unmerged => ("merge", self.merged(event)?),
            EventKind::Split => ("split", self.split(event)?),
            EventKind::LetterMoved => ("mail", self.letter_moved(event)?),
            EventKind::Linked => ("link", self.about(event, "line-linked")),
            EventKind::Unlinked => ("link", self.about(event, "line-unlinked")),
            EventKind::SuggestionUsed => ("search", self.suggested(event, "line-suggestion-used")?),
            EventKind::SuggestionDismissed => ("search", self.suggested(event, "line-suggestion-aside")?),
            EventKind::ProblemLinked => ("link", self.of_problem(event, "line-problem-linked")),
            EventKind::ProblemUnlinked => ("link", self.of_problem(event, "line-problem-unlinked")),
            EventKind::Tagged => ("tag", self.tagged(event, "line-tagged")),
            EventKind::Untagged => ("tag", self.tagged(event, "line-untagged")),
            EventKind::Undone => ("rotate-ccw", self.by(event, "line-undone")),
            EventKind::ReplyWithdrawn => ("rotate-ccw", self.by(event, "line-withdrawn")),
            EventKind::Confirmed => ("shield-check", self.by(event, "line-confirmed")),
            EventKind::Rated => self.rated(event)?,
            EventKind::ChatTaken => ("message-circle", self.by(event, "line-chat-taken")),
            EventKind::ChatHandedOver => ("message-circle", self.chat_given(event)),
            EventKind::ChatEnded => ("message-circle", self.by(event, "line-chat-ended")),
            EventKind::ChatLeft => ("message-circle", self.shell.t("line-chat-left")),
            EventKind::ChangeLinked => ("wrench", self.of_change(event, "line-change-linked")),
            EventKind::ChangeUnlinked => ("wrench", self.of_change(event, "line-change-unlinked")),
            EventKind::OutageLinked => ("triangle-alert", self.by(event, "line-outage-linked")),
            EventKind::OutageUnlinked => ("triangle-alert", self.by(event, "line-outage-unlinked")),
            EventKind::Escalated => ("users", self.of_escalation(event, "line-escalated")),
            EventKind::EscalationAccepted => ("hand", self.of_escalation(event, "line-escalation-accepted")),
            EventKind::EscalationReturned => ("undo-2", self.of_escalation(event, "line-escalation-returned")),
            EventKind::ReplyResent => ("mail", self.resent(event)),
            EventKind::ReplyFailed => ("triangle-alert", self.shell.t("line-failed")),
            _ => return tasks::line(self, event),
        })
    }

    pub(crate) fn lang(&self) -> Lang {
        self.shell.lang
    }

    fn name(&self, id: i64) -> String {
        if id == self.shell.me() {
            return self.shell.t("you-subject");
        }
        self.names
            .get(&id)
            .cloned()
            .unwrap_or_else(|| self.shell.desk_name.clone())
    }

    pub(crate) fn actor(&self, event: &Event) -> String {
        event
            .actor
            .map_or_else(|| self.shell.desk_name.clone(), |a| self.name(a.0))
    }

    pub(crate) fn told(&self, event: &Event, key: &str, more: &[(&str, Arg<'_>)]) -> String {
        let actor = self.actor(event);
        let mut args: Vec<(&str, Arg<'_>)> = vec![("name", Arg::Text(&actor))];
        args.extend(more.iter().cloned());
        crate::words::text(self.shell.lang, key, &args)
    }

    pub(crate) fn by(&self, event: &Event, key: &str) -> String {
        self.told(event, key, &[])
    }

    fn chat_given(&self, event: &Event) -> String {
        match event.subject {
            Some(to) => self.told(event, "line-chat-given", &[("to", Arg::Owned(self.name(to)))]),
            None => self.by(event, "line-chat-queued"),
        }
    }

    fn assigned(&self, event: &Event) -> String {
        match event.subject {
            None => self.by(event, "line-released"),
            Some(id) if event.actor == Some(PersonId(id)) => self.by(event, "line-took"),
            Some(id) => {
                let to = self.names.get(&id).cloned().unwrap_or_default();
                let to = if id == self.shell.me() {
                    self.shell.t("you-object")
                } else {
                    to
                };
                self.told(event, "line-assigned", &[("to", Arg::Owned(to))])
            }
        }
    }

    fn held(&self, event: &Event) -> String {
        let changes = changes_of(event);
        match changes
            .get("waiting_for")
            .and_then(|pair| pair[1].as_str())
            .filter(|w| !w.is_empty())
        {
            Some(whom) => self.told(event, "line-held-for", &[("whom", Arg::Text(whom))]),
            None => self.by(event, "line-held"),
        }
    }

    fn of_change(&self, event: &Event, key: &str) -> String {
        let change = ChangeNumber(event.subject.unwrap_or(0)).shown();
        self.told(event, key, &[("change", Arg::Owned(change))])
    }

    fn of_escalation(&self, event: &Event, key: &str) -> String {
        let number = EscalationId(event.subject.unwrap_or(0)).shown();
        self.told(event, key, &[("number", Arg::Owned(number))])
    }

    fn about(&self, event: &Event, key: &str) -> String {
        self.told(
            event,
            key,
            &[("number", Arg::Owned(format!("#{}", event.subject.unwrap_or(0))))],
        )
    }

    /// By the name it was given first: what it is by now is said on its own page.
    fn of_problem(&self, event: &Event, key: &str) -> String {
        let name = name_of(ProblemNumber(event.subject.unwrap_or(0)), false);
        self.told(event, key, &[("number", Arg::Owned(name))])
    }

    /// Both sides of a merge have an event; the page of the one kept tells its own.
    fn merged(&self, event: &Event) -> Option<String> {
        if event.ticket != Some(self.number) {
            return None;
        }
        let went = changes_of(event).contains_key("merged_into");
        Some(match (event.kind, went) {
            (EventKind::Merged, false) => self.about(event, "line-merged-in"),
            (EventKind::Merged, true) => self.about(event, "line-merged-away"),
            (_, false) => self.about(event, "line-unmerged-out"),
            (_, true) => self.about(event, "line-unmerged-back"),
        })
    }

    /// Both sides of a split have an event; which messages went is told on the one they came from.
    fn split(&self, event: &Event) -> Option<String> {
        if event.ticket != Some(self.number) {
            return None;
        }
        let off = changes_of(event).contains_key("messages");
        Some(self.about(event, if off { "line-split-off" } else { "line-split-from" }))
    }

    /// Both sides of a move have an event; which words went is told on the one they left.
    fn letter_moved(&self, event: &Event) -> Option<String> {
        if event.ticket != Some(self.number) {
            return None;
        }
        let off = changes_of(event).contains_key("message");
        Some(self.about(event, if off { "line-letter-off" } else { "line-letter-here" }))
    }

    fn suggested(&self, event: &Event, key: &str) -> Option<String> {
        let (_, target) = suggestions::of_event(event)?;
        Some(self.told(event, key, &[("number", Arg::Owned(called(target)))]))
    }

    fn tagged(&self, event: &Event, key: &str) -> String {
        let word = changes_of(event)
            .get("word")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_string();
        self.told(event, key, &[("word", Arg::Owned(word))])
    }

    fn snoozed(&self, event: &Event) -> String {
        let until = changes_of(event).get("snoozed_until").and_then(|pair| pair[1].as_i64());
        let time = until.map(|at| self.shell.date_time(&Time(at))).unwrap_or_default();
        self.told(event, "line-snoozed", &[("time", Arg::Owned(time))])
    }

    fn planned(&self, event: &Event) -> String {
        let reply = self.planned.iter().find(|p| Some(p.id.0) == event.subject);
        let time = reply.map(|p| self.shell.date_time(&p.send_at)).unwrap_or_default();
        self.told(event, "line-planned", &[("time", Arg::Owned(time))])
    }

    fn approved(&self, event: &Event) -> String {
        let author = changes_of(event).get("author").and_then(Value::as_i64);
        if author == Some(self.shell.me()) {
            return self.by(event, "line-review-approved-yours");
        }
        let author = author.map(|id| self.name(id)).unwrap_or_default();
        self.told(event, "line-review-approved", &[("author", Arg::Owned(author))])
    }

    fn resent(&self, event: &Event) -> String {
        let to = changes_of(event)
            .get("recipient")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_string();
        self.told(event, "line-resent", &[("to", Arg::Owned(to))])
    }

    /// The desk itself brings back what a person put away, at its time.
    fn woken(&self, event: &Event) -> String {
        match event.actor {
            Some(PersonId(0)) | None => self.shell.t("line-woken-then"),
            Some(_) => self.by(event, "line-woken"),
        }
    }

    fn rated(&self, event: &Event) -> Option<(&'static str, String)> {
        match changes_of(event).get("answer")?[1].as_str()? {
            "good" => Some(("thumbs-up", self.by(event, "line-rated-good"))),
            _ => Some(("thumbs-down", self.by(event, "line-rated-bad"))),
        }
    }

    fn filled(&self, event: &Event) -> Vec<String> {
        let sentence = |(field, from, to): (String, Option<String>, Option<String>)| {
            let words = |words: Option<String>| Arg::Owned(words.unwrap_or_else(|| self.shell.t("nothing")));
            let more = [("field", Arg::Owned(field)), ("from", words(from)), ("to", words(to))];
            self.told(event, "line-changed", &more)
        };
        let changed = form::told(self.shell.lang, self.form, event);
        changed.into_iter().map(sentence).collect()
    }

    fn changed(&self, event: &Event) -> Vec<String> {
        let changes = changes_of(event);
        let shown = [
            "subject",
            "priority",
            "impact",
            "urgency",
            "topic",
            "team",
            "language",
            "requester",
        ];
        let sentence = |field: &&str| {
            let pair = changes.get(*field)?;
            let name = self.shell.t(&format!("field-{field}"));
            let (from, to) = (self.value(field, &pair[0]), self.value(field, &pair[1]));
            let more = [
                ("field", Arg::Owned(name)),
                ("from", Arg::Owned(from)),
                ("to", Arg::Owned(to)),
            ];
            Some(self.told(event, "line-changed", &more))
        };
        shown.iter().filter_map(sentence).collect()
    }

    pub(crate) fn value(&self, field: &str, value: &Value) -> String {
        let lang = self.shell.lang;
        let id = value.as_i64();
        let named = match field {
            "topic" => self
                .known
                .topics
                .iter()
                .find(|t| Some(t.id.0) == id)
                .map(|t| t.name(lang).to_string()),
            "team" => self
                .known
                .teams
                .iter()
                .find(|t| Some(t.id.0) == id)
                .map(|t| t.name(lang).to_string()),
            "requester" | "assignee" => id.and_then(|id| self.names.get(&id).cloned()),
            "subject" | "waiting_for" => value.as_str().map(str::to_string),
            // "priority-high", "impact-one", "urgency-low", "language-fr".
            _ => value.as_str().map(|word| self.shell.t(&format!("{field}-{word}"))),
        };
        named
            .filter(|n| !n.is_empty())
            .unwrap_or_else(|| self.shell.t("nothing"))
    }
}
