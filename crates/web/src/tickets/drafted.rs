//! `POST /tickets/{number}/drafted` and `/summary`: what a server drafted from the sources beside a ticket, or from its
//! messages, with where each statement comes from. It is a part of the page that only a press brings; its words go into
//! the composer by a press of their own (`compose.js`), and nothing is sent by itself.

use std::collections::BTreeMap;

use askama::Template;
use axum::Form;
use axum::http::StatusCode;
use desk::drafting::{self, Answered, Cited, Draft, Fault, Origin};
use desk::suggestions::{Target, TargetKind};
use desk::{Error, Result};

use super::fields::Fields;
use super::reasons::called;
use super::visit::Visit;
use crate::http::{Oops, Outcome};
use crate::layout::{Shell, respond_with};

/// What came of it.
enum Came {
    Draft(Box<Draft>),
    Fault(Fault),
    /// The desk itself says no, and why.
    No(String),
}

#[derive(Template)]
#[template(path = "tickets/drafted.html")]
struct Page {
    shell: Shell,
    number: i64,
    /// `drafted` or `summary`.
    part: &'static str,
    came: Came,
}

pub(crate) async fn reply(visit: Visit, Form(all): Form<BTreeMap<String, String>>) -> Outcome {
    let shown = targets(Fields::from(all).text("sources"));
    let asked = drafting::draft_reply(visit.state.desk(), &visit.staff.cx, visit.number, &shown).await;
    show(&visit, "drafted", asked)
}

pub(crate) async fn summary(visit: Visit) -> Outcome {
    let asked = drafting::summary(visit.state.desk(), &visit.staff.cx, visit.number).await;
    show(&visit, "summary", asked)
}

/// `article-118 ticket-2207`; what is none is left out.
fn targets(text: &str) -> Vec<Target> {
    let target = |word: &str| {
        let (kind, id) = word.rsplit_once('-')?;
        let (kind, id) = (TargetKind::parse(kind)?, id.parse().ok()?);
        Some(Target { kind, id })
    };
    text.split_whitespace().filter_map(target).collect()
}

fn show(visit: &Visit, part: &'static str, asked: Result<Answered<Draft>>) -> Outcome {
    let shell = Shell::desk(&visit.state, &visit.staff.seen, visit.nonce.clone(), "app-name", "");
    let (status, came) = match asked {
        Ok(Ok(draft)) => (StatusCode::OK, Came::Draft(Box::new(draft))),
        Ok(Err(fault)) => (StatusCode::OK, Came::Fault(fault)),
        Err(Error::Conflict(key)) => (StatusCode::CONFLICT, Came::No(shell.t(key))),
        Err(Error::Refused(all)) => {
            let words = all.first().and_then(|one| shell.refusal(&all, one.field));
            (StatusCode::UNPROCESSABLE_ENTITY, Came::No(words.unwrap_or_default()))
        }
        Err(other) => return Err(Oops::from(other).in_language(visit.lang())),
    };
    let number = visit.number.0;
    respond_with(
        status,
        &Page {
            shell,
            number,
            part,
            came,
        },
    )
}

impl Page {
    /// What it is called, and where it stands.
    fn place(&self, source: &Cited) -> (String, String) {
        match source.origin {
            Origin::Suggested(target) => {
                let folder = match target.kind {
                    TargetKind::Article => "knowledge",
                    TargetKind::KnownError => "problems",
                    TargetKind::Ticket | TargetKind::Solution => "tickets",
                };
                let name = format!("{} {}", called(target), source.title);
                (name, format!("/{folder}/{}", target.id))
            }
            Origin::Message(id, at) => {
                let name = format!("{}, {}", source.title, self.shell.when(&at));
                (name, format!("/tickets/{}?all=true#m{id}", self.number))
            }
        }
    }

    fn is_summary(&self) -> bool {
        self.part == "summary"
    }

    fn is_other(&self, draft: &Draft) -> bool {
        draft.lang != self.shell.lang
    }
}

/// A fault in words, here and on the administrator's page.
impl Shell {
    pub(crate) fn why_no_draft(&self, fault: &Fault) -> String {
        self.t(&format!("drafting-fault-{}", fault.cause))
    }

    pub(crate) fn how_to_mend(&self, fault: &Fault) -> String {
        self.t(&format!("drafting-mend-{}", fault.cause))
    }
}
