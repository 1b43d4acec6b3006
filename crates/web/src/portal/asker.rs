//! A request is opened from the form: by somebody signed in, or by a stranger whose address nobody has proven yet.

use std::collections::BTreeMap;

use desk::access::Viewer;
use desk::forms::Given;
use desk::knowledge::{self, How};
use desk::people::{self, Preferences};
use desk::sign_in::{Asking, count_asking};
use desk::tickets::{self, Channel, NewTicket};
use desk::words::Lang;
use desk::{ArticleId, Context, Error, PersonId, Result, TicketNumber, TopicId, Write};

use super::visitor::Visitor;
use crate::http::form::{self, Sent, Upload};
use crate::state::State;

/// What was typed.
#[derive(Clone, Debug, Default)]
pub(super) struct Question {
    pub(super) subject: String,
    pub(super) body: String,
    pub(super) topic: Option<TopicId>,
    pub(super) name: String,
    pub(super) address: String,
    /// The article he came from.
    pub(super) about: Option<ArticleId>,
    /// The fields of its topic, by their names in the form.
    pub(super) fields: BTreeMap<String, String>,
    /// The same, once they are read.
    pub(super) given: Given,
}

impl Question {
    pub(super) fn read(sent: &Sent) -> Question {
        let line = |name: &str| sent.text(name).split_whitespace().collect::<Vec<_>>().join(" ");
        Question {
            subject: line("subject"),
            body: sent.text("body").to_string(),
            topic: sent.text("topic").trim().parse().ok().map(TopicId),
            name: line("name"),
            address: sent.text("address").trim().to_string(),
            about: sent.text("about").trim().parse().ok().map(ArticleId),
            fields: sent
                .texts
                .iter()
                .filter(|(name, _)| name.starts_with("f."))
                .map(owned)
                .collect(),
            given: Given::new(),
        }
    }

    fn ticket(&self, requester: PersonId, lang: Lang) -> NewTicket {
        let mut new = NewTicket::new(requester, Channel::Portal, &self.subject, self.body.trim());
        new.topic = self.topic;
        new.given.clone_from(&self.given);
        new.language = Some(lang);
        new.acknowledge = true;
        new
    }
}

fn owned((name, text): (&String, &String)) -> (String, String) {
    (name.clone(), text.clone())
}

/// For oneself. The acknowledgement goes to one's own address.
pub(super) async fn open_own(
    state: &State,
    viewer: &Viewer,
    lang: Lang,
    question: Question,
    files: Vec<Upload>,
) -> Result<TicketNumber> {
    let cx = state.desk().context(viewer.clone(), None);
    let mut new = question.ticket(viewer.person, lang);
    new.files = form::keep(state, files).await?;
    let write = state.desk().write(move |tx| {
        let opened = tickets::open(tx, &cx, &new)?;
        tie(tx, &cx, question.about, opened.number)?;
        Ok(opened.number)
    });
    write.await
}

/// For an address somebody typed. Counted first, in a transaction of its own that stays whatever comes after; then the
/// files are kept and the ticket opened, marked as not confirmed: nothing but the confirmation is mailed.
pub(super) async fn open_stranger(
    state: &State,
    visitor: &Visitor,
    question: Question,
    files: Vec<Upload>,
) -> Result<()> {
    let (address, place, now) = (question.address.clone(), visitor.peer.to_string(), state.desk().now());
    state
        .desk()
        .write(move |tx| count_asking(tx, Asking::Confirmation, &address, &place, now))
        .await?;
    let files = form::keep(state, files).await?;
    let cx = state.desk().context(Viewer::desk(PersonId(0)), None);
    let lang = visitor.lang;
    let write = state.desk().write(move |tx| {
        let requester = whoever_it_is(tx, &cx, &question, lang)?;
        let mut new = question.ticket(requester, lang);
        new.files = files;
        new.confirmed = false;
        let cx = Context {
            viewer: Viewer::desk(requester),
            ..cx
        };
        let opened = tickets::open(tx, &cx, &new)?;
        tie(tx, &cx, question.about, opened.number)
    });
    write.await
}

/// The article he came from goes with the request, and counts as read from it. One that is not there any more stops nobody.
fn tie(tx: &mut Write, cx: &Context, about: Option<ArticleId>, number: TicketNumber) -> Result<()> {
    let Some(id) = about else { return Ok(()) };
    match knowledge::asked_from(tx, cx, id, number) {
        Ok(_) => knowledge::used(tx, cx, id, number, How::Read).map(drop),
        Err(Error::NotFound) => Ok(()),
        Err(other) => Err(other),
    }
}

/// The person of the address. What a stranger types about somebody who is known changes nothing of him.
pub(super) fn whoever_it_is(tx: &mut Write, cx: &Context, question: &Question, lang: Lang) -> Result<PersonId> {
    if let Some(known) = people::by_address(tx, &question.address)? {
        return Ok(known);
    }
    let person = people::recognise(tx, cx, &question.address, Some(&question.name))?;
    let own = Context {
        viewer: Viewer::desk(person),
        ..cx.clone()
    };
    people::set_preferences(
        tx,
        &own,
        &Preferences {
            language: Some(lang),
            ..Preferences::default()
        },
    )?;
    Ok(person)
}
