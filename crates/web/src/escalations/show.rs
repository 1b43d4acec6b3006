//! One escalation: the packet whole, as it is read and printed; what can be answered; and the rounds with what changed.

use askama::Template;
use axum::extract::{Path, Query};
use desk::escalations::{self, Difference, Escalation, Packet, Round, State};
use desk::tickets::{self, FileRow, Ticket};
use desk::{EscalationId, FileId, PersonId, TeamId};
use serde::Deserialize;

use super::names::{self, Names, people_of};
use crate::changes::{Back, Visit};
use crate::http::Outcome;
use crate::layout::{Markup, Shell, plain, respond_with};

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    done: Option<i64>,
}

#[derive(Template)]
#[template(path = "escalations/show.html")]
struct Page {
    shell: Shell,
    back: Back,
    escalation: Escalation,
    ticket: Ticket,
    /// As it went the last time.
    packet: Packet,
    rounds: Vec<Round>,
    names: Names,
    files: Vec<FileRow>,
    contact: Option<String>,
    /// The viewer speaks for the receiving side.
    answers: bool,
    done: Option<i64>,
}

pub(crate) async fn show(visit: Visit, Path(id): Path<i64>, Query(asked): Query<Asked>) -> Outcome {
    render(&visit, EscalationId(id), asked.done, Back::default()).await
}

pub(super) async fn render(visit: &Visit, id: EscalationId, done: Option<i64>, back: Back) -> Outcome {
    let lang = visit.lang();
    let (escalation, _) = visit.read(move |r, cx| escalations::find(r, cx, id)).await?;
    tickets::look(visit.state.desk(), &visit.staff.cx, escalation.ticket)
        .await
        .map_err(|e| visit.oops(e))?;
    let read = visit.read(move |r, cx| {
        let (escalation, ticket) = escalations::find(r, cx, id)?;
        let rounds = escalations::rounds(r, cx, id)?;
        let spoke = rounds.iter().flat_map(|round| [Some(round.sent_by), round.returned_by]);
        let people: Vec<PersonId> = people_of(&escalation).into_iter().chain(spoke.flatten()).collect();
        let names = Names::of(r, cx, lang, people)?;
        let (_, _, files) = tickets::conversation(r, cx, ticket.number)?;
        let contact = escalations::contact_of(r, cx, ticket.number)?;
        let answers = escalations::may_answer(&cx.viewer, &escalation, &ticket);
        Ok((escalation, ticket, rounds, names, files, contact, answers))
    });
    let (escalation, ticket, rounds, names, files, contact, answers) = read.await?;
    let shell = visit.shell("escalations-title", "escalations").await?;
    let page = Page {
        shell: shell.titled(format!("{} {}", escalation.id.shown(), ticket.subject)),
        packet: rounds.last().map(|round| round.packet.clone()).unwrap_or_default(),
        back,
        escalation,
        ticket,
        rounds,
        names,
        files,
        contact,
        answers,
        done,
    };
    respond_with(page.back.status(), &page)
}

impl Page {
    fn state(&self) -> (&'static str, &'static str, String) {
        names::state(&self.shell, self.escalation.state)
    }

    fn to(&self) -> String {
        self.names.to(&self.shell, self.escalation.to())
    }

    fn is_waiting(&self) -> bool {
        self.escalation.state == State::Waiting
    }

    fn is_returned(&self) -> bool {
        self.escalation.state == State::Returned
    }

    fn person(&self, id: &PersonId) -> String {
        self.names.person(&self.shell, id)
    }

    fn sent_from(&self) -> String {
        let team = self.escalation.from_team.as_ref();
        team.map(|team: &TeamId| self.names.team(team)).unwrap_or_default()
    }

    /// Its parts in one order, those that say something: the key of the heading, and the words.
    fn parts(&self) -> Vec<(&'static str, Markup)> {
        let p = &self.packet;
        let parts = [
            ("escalate-symptom", &p.symptom),
            ("escalate-steps", &p.steps),
            ("escalate-expected", &p.expected),
            ("escalate-seen", &p.seen),
            ("escalate-how_often", &p.how_often),
            ("escalate-nothing_because", &p.nothing_because),
            ("escalate-promised", &p.promised),
            ("escalate-wished", &p.wished),
        ];
        let said = parts.into_iter().filter(|(_, words)| !words.is_empty());
        said.map(|(key, words)| (key, plain(words))).collect()
    }

    /// Files that can still be read on the ticket.
    fn evidence(&self) -> Vec<&FileRow> {
        let named = |file: &&FileRow| self.packet.files.contains(&file.id);
        self.files.iter().filter(named).collect()
    }

    fn owed(&self) -> Vec<String> {
        let owed = [
            ("escalate-owed-reply", self.packet.reply_due),
            ("escalate-owed-solve", self.packet.solve_due),
        ];
        let said = owed
            .iter()
            .filter_map(|(key, due)| due.map(|due| self.shell.t1(key, "when", self.shell.date_time(&due))));
        said.collect()
    }

    fn file_name(&self, id: FileId) -> String {
        let file = self.files.iter().find(|file| file.id == id);
        file.map_or_else(|| id.to_string(), |file| file.name.clone())
    }

    /// What the round after this one said otherwise.
    fn changes_after(&self, round: &Round) -> Vec<Difference> {
        let next = self.rounds.iter().find(|one| one.number == round.number + 1);
        let differ = |next: &Round| escalations::differences(&round.packet, &next.packet, |id| self.file_name(id));
        next.map(differ).unwrap_or_default()
    }

    fn sent(&self, round: &Round) -> String {
        let sent = [
            ("name", self.person(&round.sent_by)),
            ("to", self.names.to(&self.shell, round.to)),
            ("when", self.shell.date_time(&round.sent_at)),
        ];
        told(&self.shell, "escalation-sent", sent)
    }

    fn came_back(&self, round: &Round) -> Option<String> {
        let (by, at) = (round.returned_by?, round.returned_at?);
        let back = [
            ("name", self.person(&by)),
            ("to", self.names.to(&self.shell, round.to)),
            ("when", self.shell.date_time(&at)),
        ];
        Some(told(&self.shell, "escalation-came-back", back))
    }
}

fn told(shell: &Shell, key: &str, named: [(&str, String); 3]) -> String {
    use desk::words::Arg;
    let named = named.map(|(name, words)| (name, Arg::Owned(words)));
    crate::words::text(shell.lang, key, &named)
}
