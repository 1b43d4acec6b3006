//! One request, opened: by its requester's session, by its keyed link, or to be read by a colleague. The page and what
//! can be done on it are the same whichever way one came in.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use desk::access::Via;
use desk::escalations;
use desk::forms::{self, Answers, Form};
use desk::ratings;
use desk::sign_in::{self, LinkPurpose};
use desk::tickets::{self, Answer, Channel, Stage, Status, Ticket};
use desk::words::Lang;
use desk::{Context, Error, PersonId, Read, Refusal, TicketNumber, Write};

use super::rate::{self, Asking};
use super::standing::{Standing, standing};
use super::talk::{Said, talk};
use super::visitor::Visitor;
use crate::forms::say;
use crate::http::Outcome;
use crate::http::form::{self, Sent};
use crate::layout::Shell;
use crate::state::State;

#[derive(Clone, Debug)]
pub(super) struct Door {
    pub(super) visitor: Visitor,
    pub(super) cx: Context,
    pub(super) number: TicketNumber,
    /// He is its requester: he may answer. Otherwise he only reads.
    pub(super) own: bool,
    /// The path of the page below the language: `/requests/1001` or `/k/…`.
    pub(super) place: String,
    pub(super) keyed: bool,
}

/// What the requester does besides answering.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    Works,
    Reopen,
}

impl Deed {
    fn done(self, tx: &mut Write, cx: &Context, number: TicketNumber) -> desk::Result<()> {
        match self {
            Deed::Works => tickets::works_now(tx, cx, number),
            Deed::Reopen => tickets::reopen(tx, cx, number),
        }
        .map(drop)
    }
}

/// What was wrong with an answer, and the words that were typed.
#[derive(Debug, Default)]
pub(super) struct Back {
    pub(super) body: String,
    pub(super) refusals: Vec<Refusal>,
    pub(super) files_again: bool,
    /// How it went, as it was said, and what was wrong with that.
    pub(super) rated: Option<(rate::Said, Vec<Refusal>)>,
}

#[derive(Template)]
#[template(path = "portal/request.html")]
struct Page {
    shell: Shell,
    ticket: Ticket,
    standing: Standing,
    said: Vec<Said>,
    own: bool,
    keyed: bool,
    /// What the topic asked for, and what he answered.
    filled: Vec<(String, String)>,
    /// Who asked, where a colleague reads.
    asker: Option<String>,
    /// Who stays his contact while others work on it.
    contact: Option<String>,
    /// "How did it go?", when it can be said.
    asking: Option<Asking>,
    /// Where its forms go.
    base: String,
    back: Back,
}

/// The viewer as the requester of this one request and nothing else: whatever his role, he then sees and does what
/// any requester would.
pub(super) fn as_requester(cx: &Context, number: TicketNumber) -> Context {
    let mut narrowed = cx.clone();
    narrowed.viewer.via = Via::TicketLink(number);
    narrowed
}

impl Door {
    pub(super) async fn page(&self, state: &State, status: StatusCode, back: Back) -> Outcome {
        let (cx, number) = (self.cx.clone(), self.number);
        let own = self.own;
        let read = state.desk().read(move |r| {
            let talk = tickets::conversation(r, &cx, number)?;
            let round = own.then(|| ratings::round(r, &cx, number)).transpose()?;
            let asker = if own { None } else { asker_of(r, &talk.0)? };
            let filled = forms::values_of(r, &cx, number)?;
            let contact = escalations::contact_of(r, &cx, number)?;
            Ok((talk, round, asker, filled, contact))
        });
        let ((ticket, messages, files), round, asker, (form, answers), contact) =
            read.await.map_err(|e| self.visitor.oops(e))?;
        let mut shell = self.visitor.shell(state, "portal-request", &self.place);
        if !ticket.subject.is_empty() {
            shell = shell.titled(ticket.subject.clone());
        }
        let said = talk(&shell, self.me(), &messages, &files);
        let standing = standing(&shell, ticket.status, ticket.next_due, ticket.solved_at);
        let base = format!("/{}{}", self.visitor.lang, self.place);
        let mut asking = round.and_then(|round| Asking::of(&round, self.rate_place(&base)));
        if let Some((said, refusals)) = &back.rated {
            asking = asking.map(|a| a.back(said, refusals.clone()));
        }
        let page = Page {
            filled: filled(self.visitor.lang, &form, &answers),
            asker,
            contact,
            asking,
            shell,
            ticket,
            standing,
            said,
            own: self.own,
            keyed: self.keyed,
            base,
            back,
        };
        self.visitor.page(status, &page)
    }

    /// The link in a letter says how it went as well as it opens the request.
    fn rate_place(&self, base: &str) -> String {
        if self.keyed {
            base.replacen("/k/", "/rate/", 1)
        } else {
            format!("{base}/rate")
        }
    }

    /// Takes down how it went. What cannot be said any more is said by the page as it stands now.
    pub(super) async fn rate(&self, state: &State, said: rate::Said) -> Outcome {
        match rate::write(state, &self.cx, self.number, &said).await {
            Ok(()) | Err(Error::Conflict(_)) => Ok(self.again()),
            Err(Error::Refused(refusals)) => {
                let back = Back {
                    rated: Some((said, refusals)),
                    ..Back::default()
                };
                self.page(state, StatusCode::UNPROCESSABLE_ENTITY, back).await
            }
            Err(other) => Err(self.visitor.oops(other)),
        }
    }

    fn me(&self) -> PersonId {
        self.cx.viewer.person
    }

    /// Back to the page, after something was done.
    pub(super) fn again(&self) -> Response {
        self.visitor.to(&self.place)
    }

    /// Takes the answer, and does what the button beside it says. Said twice, it is done once.
    pub(super) async fn tell(&self, state: &State, mut sent: Sent, deed: Option<Deed>) -> Outcome {
        let body = sent.text("body").trim().to_string();
        let back = |refusals| Back {
            body: body.clone(),
            refusals,
            files_again: sent.had_files,
            rated: None,
        };
        if !sent.refusals.is_empty() {
            return self
                .page(state, StatusCode::UNPROCESSABLE_ENTITY, back(sent.refusals.clone()))
                .await;
        }
        let files = std::mem::take(&mut sent.files);
        match self.say(state, body.clone(), files, deed).await {
            Ok(to) => Ok(self.visitor.to(&to)),
            // Somebody was quicker, or the page was old: the page as it stands now says so.
            Err(Error::Conflict(_)) if deed.is_some() => Ok(self.again()),
            Err(Error::Refused(refusals)) => {
                let back = Back {
                    body,
                    refusals,
                    files_again: sent.had_files,
                    rated: None,
                };
                self.page(state, StatusCode::UNPROCESSABLE_ENTITY, back).await
            }
            Err(other) => Err(self.visitor.oops(other)),
        }
    }

    /// The path of the request that has the answer now: a new, linked one when the old one was closed.
    async fn say(
        &self,
        state: &State,
        body: String,
        files: Vec<form::Upload>,
        deed: Option<Deed>,
    ) -> desk::Result<String> {
        self.may_act()?;
        let silent = body.is_empty() && files.is_empty();
        let files = form::keep(state, files).await?;
        let answer = Answer {
            author: self.me(),
            channel: Channel::Portal,
            body,
            quoted: String::new(),
            html: None,
            files,
            letter: None,
            subject: String::new(),
        };
        let (cx, number, keyed, me) = (self.cx.clone(), self.number, self.keyed, self.me());
        let same = self.place.clone();
        let write = state.desk().write(move |tx| {
            let landed = match deed {
                Some(deed) if silent => return deed.done(tx, &cx, number).map(|()| same),
                _ => tickets::receive(tx, &cx, number, &answer)?.0,
            };
            if landed == number {
                // An answer to a solved request has reopened it already.
                if deed == Some(Deed::Works) {
                    // What cannot be called solved any more is answered all the same.
                    match Deed::Works.done(tx, &cx, number) {
                        Ok(()) | Err(Error::Conflict(_)) => {}
                        Err(other) => return Err(other),
                    }
                }
                return Ok(same);
            }
            if !keyed {
                return Ok(format!("/requests/{landed}"));
            }
            let link = sign_in::make_link(tx, LinkPurpose::Ticket, Some(me), Some(landed), cx.now)?;
            Ok(format!("/k/{}", link.as_str()))
        });
        write.await
    }

    pub(super) fn may_act(&self) -> desk::Result<()> {
        if self.own { Ok(()) } else { Err(Error::NotFound) }
    }
}

/// Those that are shown and filled in.
fn filled(lang: Lang, form: &Form, answers: &Answers) -> Vec<(String, String)> {
    let one = |field: &forms::Field| {
        let words = say(lang, form, field, answers.get(&field.id)?);
        Some((field.label(lang).to_string(), words))
    };
    form.shown(answers).into_iter().filter_map(one).collect()
}

fn asker_of(r: &mut Read, ticket: &Ticket) -> desk::Result<Option<String>> {
    let mut known = tickets::contacts(r, [ticket.requester])?;
    Ok(known.remove(&ticket.requester).map(|c| c.name))
}

impl Page {
    fn can_work(&self) -> bool {
        self.own && self.ticket.merged_into.is_none() && self.ticket.stage != Stage::Done as i64
    }

    fn can_reopen(&self) -> bool {
        self.own && self.ticket.status == Status::Solved
    }

    fn is_closed(&self) -> bool {
        self.ticket.status == Status::Closed
    }

    fn why(&self, field: &str) -> Option<String> {
        self.shell.refusal(&self.back.refusals, field)
    }

    fn file_place(&self) -> String {
        if self.keyed {
            format!("{}/files", self.base)
        } else {
            "/files".to_string()
        }
    }
}
