//! Fields by topic: what a form may be, what a ticket has in it, and who is asked for what. On both engines.

mod filling;
mod making;

use desk::forms::{self, Answers, Audience, Given, Kind, NewField, Value};
use desk::tickets::{self, Channel, NewTicket, Solution};
use desk::topics::{self, NewTopic};
use desk::{Context, Error, EventId, FieldId, Refusal, Result, TicketNumber, TopicId};

use crate::common::Small;

impl Small {
    pub(crate) fn topic(&self, name: &str, parent: Option<TopicId>) -> TopicId {
        let new = NewTopic {
            parent,
            name_en: name.into(),
            name_fr: name.into(),
            team: None,
        };
        self.write(&self.admin, move |tx, cx| topics::add(tx, cx, &new))
            .expect("added")
    }

    fn adds(&self, topic: TopicId, new: NewField) -> Result<FieldId> {
        self.write(&self.admin, move |tx, cx| forms::add(tx, cx, topic, &new))
    }

    fn field(&self, topic: TopicId, new: NewField) -> FieldId {
        self.adds(topic, new).expect("a field")
    }

    fn about(&self, topic: TopicId) -> TicketNumber {
        self.open_with(|new| new.topic = Some(topic)).number
    }

    fn fills(&self, number: TicketNumber, given: &[(FieldId, Option<Value>)]) -> Result<EventId> {
        let given: Given = given.iter().cloned().collect();
        self.write(&self.technician, move |tx, cx| tickets::fill(tx, cx, number, &given))
    }

    fn has(&self, cx: &Context, number: TicketNumber) -> Answers {
        self.read(cx, move |r, cx| forms::values_of(r, cx, number))
            .expect("read")
            .1
    }

    fn asks(&self, topic: TopicId, given: &[(FieldId, Option<Value>)]) -> Result<TicketNumber> {
        let mut new = NewTicket::new(self.requester.viewer.person, Channel::Portal, "Wi-Fi", "It is slow.");
        new.topic = Some(topic);
        new.given = given.iter().cloned().collect();
        self.write(&self.requester, move |tx, cx| tickets::open(tx, cx, &new))
            .map(|opened| opened.number)
    }

    fn solves(&self, number: TicketNumber) -> Result<()> {
        self.write(&self.technician, move |tx, cx| {
            tickets::solve(tx, cx, number, &Solution::default()).map(drop)
        })
    }

    fn field_of(&self, topic: TopicId, label: &str) -> FieldId {
        let form = self
            .db
            .read_now(move |r| forms::form_of(r, Some(topic), Audience::Team));
        let fields = form.expect("read").fields;
        fields.iter().find(|field| field.label_en == label).expect("a field").id
    }

    fn shown(&self, topic: TopicId) -> Vec<String> {
        let form = self
            .db
            .read_now(move |r| forms::form_of(r, Some(topic), Audience::Team));
        form.expect("read")
            .fields
            .into_iter()
            .map(|field| field.label_en)
            .collect()
    }
}

const WAYS: [(&str, &str); 2] = [("Wi-Fi", "Wi-Fi"), ("Wired", "Filaire")];

fn way() -> NewField {
    NewField::new(Kind::One, "Wired or Wi-Fi", "Filaire ou Wi-Fi").with_options(&WAYS)
}

fn short(label: &str) -> NewField {
    NewField::new(Kind::Short, label, label)
}

fn chosen(key: &str) -> Option<Value> {
    Some(Value::Chosen(vec![key.into()]))
}

fn words(text: &str) -> Option<Value> {
    Some(Value::Words(text.into()))
}

/// The fields a refusal is about, with the key of each.
fn about<T: std::fmt::Debug>(answer: Result<T>) -> Vec<(i64, &'static str)> {
    match answer {
        Err(Error::Refused(all)) => all.iter().map(|r: &Refusal| (r.number.unwrap_or(0), r.key)).collect(),
        other => panic!("refused, not {other:?}"),
    }
}
