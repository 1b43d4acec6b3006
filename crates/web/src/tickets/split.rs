//! `/tickets/{number}/split`: which messages go to a ticket of their own. Without script the picture moves by itself: a
//! ticked message stands on the other side.

use askama::Template;
use axum::extract::Form;
use axum::http::StatusCode;
use desk::tickets::{self, Detail, MessageFormat, MessageKind, NamedPerson, Split};
use desk::{Error, MessageId, PersonId, Refusal, Time};

use super::fields::Fields;
use super::outcome::{Done, answer};
use super::visit::Visit;
use crate::http::{Oops, Outcome};
use crate::inbox::channel_icon;
use crate::layout::{Markup, Shell, counts, markdown, plain, respond_with};

struct Said {
    id: i64,
    note: bool,
    author: String,
    icon: &'static str,
    at: Time,
    body: Markup,
    goes: bool,
}

#[derive(Template)]
#[template(path = "tickets/split.html")]
struct Page {
    shell: Shell,
    number: i64,
    query: String,
    said: Vec<Said>,
    /// Who may be the requester of the new one.
    people: Vec<NamedPerson>,
    subject: String,
    requester: String,
    refusals: Vec<Refusal>,
}

#[derive(Default)]
struct Sent {
    messages: Vec<MessageId>,
    fields: Fields,
}

impl Sent {
    fn of(pairs: Vec<(String, String)>) -> Sent {
        let mut sent = Sent::default();
        for (name, value) in pairs {
            match (name.as_str(), value.parse()) {
                ("m", Ok(id)) => sent.messages.push(MessageId(id)),
                _ => sent.fields.put(name, &value),
            }
        }
        sent
    }

    fn split(&self) -> desk::Result<Split> {
        let requester = match self.fields.text("requester") {
            "" => None,
            id => Some(PersonId(
                id.parse()
                    .map_err(|_| Error::refused("requester", "refused-no-such-person"))?,
            )),
        };
        Ok(Split {
            messages: self.messages.clone(),
            subject: self.fields.text("subject").to_string(),
            requester,
        })
    }
}

pub(crate) async fn show(visit: Visit) -> Outcome {
    page(visit, StatusCode::OK, None, Vec::new()).await
}

pub(crate) async fn split(visit: Visit, Form(pairs): Form<Vec<(String, String)>>) -> Outcome {
    let sent = Sent::of(pairs);
    let asked = sent.split();
    let (cx, number) = (visit.staff.cx.clone(), visit.number);
    let split = visit.state.desk().write(move |tx| {
        tickets::find_visible(tx, &cx, number)?;
        let (show, event) = tickets::split(tx, &cx, number, &asked?)?;
        Ok(Done { show, event })
    });
    match split.await {
        Err(Error::Refused(refusals)) => page(visit, StatusCode::UNPROCESSABLE_ENTITY, Some(sent), refusals).await,
        other => answer(visit, "split", sent.fields, other).await,
    }
}

async fn page(visit: Visit, status: StatusCode, sent: Option<Sent>, refusals: Vec<Refusal>) -> Outcome {
    let (desk, cx, number) = (visit.state.desk(), visit.staff.cx.clone(), visit.number);
    tickets::look(desk, &cx, number)
        .await
        .map_err(|e| Oops::from(e).in_language(visit.lang()))?;
    let read = desk.read(move |r| Ok((tickets::detail(r, &cx, number)?, tickets::may_ask(r, &cx, number)?)));
    let (detail, people) = read.await.map_err(|e| Oops::from(e).in_language(visit.lang()))?;
    let shell = Shell::desk(&visit.state, &visit.staff.seen, visit.nonce.clone(), "split-title", "");
    let shell = shell.with_counts(counts(desk, &visit.staff.cx).await?);
    let subject = match &sent {
        Some(sent) => sent.fields.text("subject").to_string(),
        None => detail.ticket.subject.clone(),
    };
    let requester = sent.as_ref().map(|s| s.fields.text("requester").to_string());
    let goes = sent.map(|sent| sent.messages).unwrap_or_default();
    let page = Page {
        number: number.0,
        query: visit.at.list(),
        said: said(&shell, &detail, &goes),
        people,
        subject,
        requester: requester.unwrap_or_default(),
        refusals,
        shell,
    };
    respond_with(status, &page)
}

/// The messages of this ticket itself: what came with a merge goes by unmerging.
fn said(shell: &Shell, detail: &Detail, goes: &[MessageId]) -> Vec<Said> {
    let own = detail.messages.iter().filter(|m| m.ticket == detail.ticket.number);
    let view = |m: &tickets::MessageRow| Said {
        id: m.id.0,
        note: m.kind == MessageKind::Note,
        author: if m.author.0 == shell.me() {
            shell.t("you")
        } else {
            m.author_name.clone()
        },
        icon: if m.kind == MessageKind::Note {
            "lock"
        } else {
            channel_icon(m.channel)
        },
        at: m.at,
        body: match m.format {
            MessageFormat::Markdown => markdown(&m.body),
            MessageFormat::Text => plain(&m.body),
        },
        goes: goes.contains(&m.id),
    };
    own.map(view).collect()
}

impl Page {
    fn why(&self, field: &str) -> Option<String> {
        self.shell.refusal(&self.refusals, field)
    }

    /// The sentences of the summary, each with the field it leads to.
    fn wrong(&self) -> Vec<(&'static str, String)> {
        let one = |r: &Refusal| Some((r.field, self.shell.refusal(std::slice::from_ref(r), r.field)?));
        self.refusals.iter().filter_map(one).collect()
    }
}
