//! What a ticket has in the fields of its topic.

use std::collections::BTreeMap;

use desk::events::EventKind;
use desk::forms::{self, Given, Kind, NewField, Required, Value};
use desk::tickets::{self, Channel, Edit, ListQuery, NewTicket, Order};
use desk::views::{Clause, Field, Question};
use desk::{Error, EventId, FieldId, TicketNumber, TopicId};
use serde_json::json;

use super::{WAYS, about, chosen, short, way, words};
use crate::common::{key_of, on_both};

#[test]
fn each_kind_comes_back_as_it_was_given() {
    on_both(|small| {
        let topic = small.topic("Network", None);
        let mut given: Vec<(FieldId, Option<Value>)> = Vec::new();
        for (kind, value) in [
            (Kind::Short, Value::Words("<b>Library</b>".into())),
            (Kind::Long, Value::Words("One\nTwo".into())),
            (Kind::Number, Value::Amount(-12_500)),
            (Kind::Date, Value::Day("2026-11-17".parse().unwrap())),
            (Kind::YesNo, Value::Yes(false)),
            (Kind::One, Value::Chosen(vec!["wired".into()])),
            (Kind::Several, Value::Chosen(vec!["wi-fi".into(), "wired".into()])),
        ] {
            let new = NewField::new(kind, kind.as_str(), kind.as_str()).with_options(&WAYS);
            given.push((small.field(topic, new), Some(value)));
        }
        let number = small.about(topic);
        small.fills(number, &given).expect("filled");
        let has: Vec<(FieldId, Option<Value>)> = small
            .has(&small.technician, number)
            .into_iter()
            .map(|(id, value)| (id, Some(value)))
            .collect();
        assert_eq!(has, given);
        let emptied: Vec<(FieldId, Option<Value>)> = given.iter().map(|(id, _)| (*id, None)).collect();
        small.fills(number, &emptied).expect("emptied");
        assert!(small.has(&small.technician, number).is_empty());
    });
}

#[test]
fn what_does_not_fit_is_refused() {
    on_both(|small| {
        let topic = small.topic("Network", None);
        let line = small.field(topic, short("Line"));
        let long = small.field(topic, NewField::new(Kind::Long, "Long", "Long"));
        let list = small.field(topic, way());
        let number = small.about(topic);
        let table = [
            (line, words(&"x".repeat(251)), "refused-field-line"),
            (line, words("a\u{1}b"), "refused-characters"),
            (line, Some(Value::Yes(true)), "refused-field-choice"),
            (long, words(&"x".repeat(forms::MOST_WORDS + 1)), "refused-field-long"),
            (list, chosen("of another list"), "refused-field-choice"),
            (
                list,
                Some(Value::Chosen(vec!["wi-fi".into(), "wired".into()])),
                "refused-field-choice",
            ),
            (FieldId(999), words("x"), "refused-field-none"),
        ];
        for (field, value, key) in table {
            assert_eq!(about(small.fills(number, &[(field, value)])), [(field.0, key)]);
        }
        assert!(small.has(&small.technician, number).is_empty());
        small
            .fills(number, &[(long, words(&"x".repeat(forms::MOST_WORDS)))])
            .expect("just fits");
    });
}

#[test]
fn what_is_not_shown_is_not_taken_and_what_it_had_stays() {
    on_both(|small| {
        let topic = small.topic("Network", None);
        let by = small.field(topic, way());
        let name = small.field(topic, short("Name").shown_when(by, &["wi-fi"]));
        let number = small.about(topic);
        small
            .fills(number, &[(name, words("early"))])
            .expect("nothing is chosen");
        assert!(small.has(&small.technician, number).is_empty());
        small
            .fills(number, &[(by, chosen("wi-fi")), (name, words("Cedar"))])
            .expect("both at once");
        small
            .fills(number, &[(by, chosen("wired")), (name, words("Spruce"))])
            .expect("hidden again");
        assert_eq!(small.has(&small.technician, number).get(&name), words("Cedar").as_ref());
    });
}

#[test]
fn a_change_is_one_event_from_what_to_what_and_is_undone() {
    on_both(|small| {
        let topic = small.topic("Network", None);
        let by = small.field(topic, way());
        let number = small.about(topic);
        small.fills(number, &[(by, chosen("wi-fi"))]).expect("filled");
        let event = small.fills(number, &[(by, chosen("wired"))]).expect("changed");
        let last = small.history(number).pop().expect("an event");
        assert_eq!((last.id, last.kind), (event, EventKind::Filled));
        let told: serde_json::Value = serde_json::from_str(last.changes()).unwrap();
        assert_eq!(told, json!({ "fields": { by.to_string(): ["wi-fi", "wired"] } }));
        small.undo(event).expect("undone");
        assert_eq!(small.has(&small.technician, number).get(&by), chosen("wi-fi").as_ref());
        assert_eq!(small.undo(event), Err(Error::Conflict("conflict-changed-since")));
    });
}

#[test]
fn another_topic_keeps_what_the_former_one_had() {
    on_both(|small| {
        let (network, printing) = (small.topic("Network", None), small.topic("Printing", None));
        let by = small.field(network, way());
        let number = small.about(network);
        small.fills(number, &[(by, chosen("wired"))]).expect("filled");
        for topic in [printing, network] {
            let edit = Edit {
                topic: Some(Some(topic)),
                ..Edit::default()
            };
            small
                .does(move |tx, cx| tickets::edit(tx, cx, number, &edit))
                .expect("moved");
            assert_eq!(small.has(&small.technician, number).get(&by), chosen("wired").as_ref());
            assert_eq!(small.fills(number, &[(by, chosen("wired"))]).is_ok(), topic == network);
        }
    });
}

#[test]
fn a_requester_fills_in_what_he_must_where_it_is_shown() {
    on_both(|small| {
        let topic = small.topic("Network", None);
        let by = small.field(topic, way().required(Required::Asking));
        let name = small.field(
            topic,
            short("Name").shown_when(by, &["wi-fi"]).required(Required::Asking),
        );
        assert_eq!(about(small.asks(topic, &[])), [(by.0, "refused-field-empty")]);
        assert_eq!(
            about(small.asks(topic, &[(by, chosen("wi-fi"))])),
            [(name.0, "refused-field-empty")]
        );
        small.asks(topic, &[(by, chosen("wired"))]).expect("no name for a wire");
        let number = small
            .asks(topic, &[(by, chosen("wi-fi")), (name, words("Cedar"))])
            .expect("all");
        assert_eq!(small.has(&small.requester, number).len(), 2);
        // A technician on the phone writes down what he hears.
        small.about(topic);
    });
}

#[test]
fn what_only_the_team_sees_a_requester_neither_sees_nor_gives() {
    on_both(|small| {
        let topic = small.topic("Network", None);
        let secret = small.field(
            topic,
            NewField {
                team_only: true,
                ..short("Switch")
            },
        );
        assert_eq!(
            about(small.asks(topic, &[(secret, words("mine"))])),
            [(secret.0, "refused-field-none")]
        );
        let number = small.asks(topic, &[]).expect("asked");
        small.fills(number, &[(secret, words("S-12"))]).expect("filled");
        assert_eq!(small.has(&small.technician, number).len(), 1);
        assert!(small.has(&small.requester, number).is_empty());
        let own = Given::from([(secret, words("mine"))]);
        let filled = small.write(&small.requester, move |tx, cx| tickets::fill(tx, cx, number, &own));
        assert_eq!(filled, Err(Error::NotFound));
    });
}

#[test]
fn a_ticket_is_not_solved_before_what_solving_needs() {
    on_both(|small| {
        let topic = small.topic("Network", None);
        let by = small.field(topic, way());
        let point = short("Access point")
            .shown_when(by, &["wi-fi"])
            .required(Required::Solving);
        let point = small.field(topic, point);
        let (wired, wifi) = (small.about(topic), small.about(topic));
        small.fills(wired, &[(by, chosen("wired"))]).expect("filled");
        small.fills(wifi, &[(by, chosen("wi-fi"))]).expect("filled");
        small.solves(wired).expect("nothing is needed there");
        assert_eq!(about(small.solves(wifi)), [(point.0, "refused-field-solving")]);
        let closed = small.does(move |tx, cx| tickets::close(tx, cx, wifi));
        assert_eq!(about(closed), [(point.0, "refused-field-solving")]);
        small.fills(wifi, &[(point, words("P-3"))]).expect("filled");
        small.solves(wifi).expect("solved");
    });
}

#[test]
fn many_are_solved_but_for_those_that_lack_a_field() {
    on_both(|small| {
        let topic = small.topic("Network", None);
        small.field(topic, short("Access point").required(Required::Solving));
        let (lacks, plain) = (small.about(topic), small.open());
        let deed = tickets::Deed::Solve;
        let (_, done) = small
            .write(&small.technician, move |tx, cx| {
                tickets::bulk(tx, cx, &[lacks, plain], &deed)
            })
            .expect("done");
        assert_eq!((done.done, done.left), (vec![plain], vec![(lacks, "left-fields")]));
    });
}

#[test]
fn the_requester_himself_may_say_that_it_works() {
    on_both(|small| {
        let topic = small.topic("Network", None);
        small.field(topic, short("Access point").required(Required::Solving));
        let number = small.asks(topic, &[]).expect("asked");
        small
            .write(&small.requester, move |tx, cx| tickets::works_now(tx, cx, number))
            .expect("his own word");
    });
}

#[test]
fn programs_name_fields_by_their_keys() {
    on_both(|small| {
        let topic = small.topic("Network", None);
        let by = small.field(topic, way());
        let size = small.field(topic, NewField::new(Kind::Number, "Size", "Taille"));
        let number = small.about(topic);
        let sends = |given: serde_json::Value| {
            let given: BTreeMap<String, serde_json::Value> = serde_json::from_value(given).unwrap();
            small.write(&small.technician, move |tx, cx| {
                tickets::fill_named(tx, cx, number, &given)
            })
        };
        sends(json!({ "wired-or-wi-fi": "wired", "size": 12.5 })).expect("filled");
        let has = small.has(&small.technician, number);
        assert_eq!(
            (has.get(&by), has.get(&size)),
            (chosen("wired").as_ref(), Some(&Value::Amount(12_500)))
        );
        sends(json!({ "size": null })).expect("emptied");
        assert_eq!(small.has(&small.technician, number).len(), 1);
        assert_eq!(
            about(sends(json!({ "size": "12" }))),
            [(size.0, "refused-field-number")]
        );
        assert_eq!(
            about(sends(json!({ "a": 1, "size": 1, "zz": 1 }))),
            [(-1, "refused-field-none"), (-3, "refused-field-none")]
        );
    });
}

#[test]
fn a_topic_that_is_none_is_refused_though_a_team_is_named() {
    on_both(|small| {
        let team = small.team("Desk", false);
        let mut new = NewTicket::new(small.requester.viewer.person, Channel::Phone, "Wi-Fi", "It is slow.");
        (new.topic, new.team) = (Some(TopicId(999)), Some(team));
        let opened = small.write(&small.technician, move |tx, cx| {
            tickets::open(tx, cx, &new).map(|o| o.number)
        });
        assert_eq!(key_of(opened), "refused-no-such-topic");
    });
}

#[test]
fn a_view_finds_tickets_by_what_was_chosen() {
    on_both(|small| {
        let topic = small.topic("Network", None);
        let by = small.field(topic, way());
        let yes = small.field(topic, NewField::new(Kind::YesNo, "Others?", "D\u{2019}autres?"));
        let (wired, wifi) = (small.about(topic), small.about(topic));
        small
            .fills(wired, &[(by, chosen("wired")), (yes, Some(Value::Yes(true)))])
            .expect("filled");
        small
            .fills(wifi, &[(by, chosen("wi-fi")), (yes, Some(Value::Yes(false)))])
            .expect("filled");
        let form = small.read(&small.technician, forms::choosable).expect("read");
        let option = form.options_of(by).iter().find(|o| o.key == "wired").map(|o| o.id.0);
        let finds = |value: String, not: bool| {
            let question = Question {
                any: false,
                clauses: vec![Clause {
                    field: Field::Form,
                    not,
                    values: vec![value],
                }],
            };
            let query = ListQuery {
                condition: question.condition().expect("a condition"),
                order: Order::Oldest,
                limit: 10,
                after: None,
            };
            let page = small.read(&small.technician, move |r, cx| tickets::list(r, cx, &query));
            let numbers = page.expect("read").rows.into_iter().map(|row| row.number);
            numbers.collect::<Vec<TicketNumber>>()
        };
        assert_eq!(finds(format!("o{}", option.expect("an option")), false), [wired]);
        assert_eq!(finds(format!("o{}", option.expect("an option")), true), [wifi]);
        assert_eq!(finds(format!("n{yes}"), false), [wifi]);
    });
}

#[test]
fn words_that_solve_ask_for_the_same_fields() {
    on_both(|small| {
        let topic = small.topic("Network", None);
        let point = small.field(topic, short("Access point").required(Required::Solving));
        let number = small.about(topic);
        let solving = tickets::NewMessage {
            body: "Mended.".into(),
            then: Some(tickets::Status::Solved),
            ..tickets::NewMessage::default()
        };
        let verbs = [tickets::reply, tickets::note, tickets::log_call, tickets::log_visit];
        for verb in verbs {
            let new = solving.clone();
            let said = small.does(move |tx, cx| verb(tx, cx, number, &new).map(|(changed, _)| changed));
            assert_eq!(about(said), [(point.0, "refused-field-solving")]);
        }
        assert_eq!(small.ticket(number).status, tickets::Status::New);
        small.fills(number, &[(point, words("P-3"))]).expect("filled");
        small
            .does(move |tx, cx| tickets::reply(tx, cx, number, &solving).map(|(changed, _)| changed))
            .expect("solved");
        assert_eq!(small.ticket(number).status, tickets::Status::Solved);
    });
}

#[test]
fn what_no_keyboard_types_and_too_many_keys_are_refused() {
    on_both(|small| {
        let topic = small.topic("Network", None);
        let story = small.field(topic, NewField::new(Kind::Long, "Story", "R\u{e9}cit"));
        let number = small.about(topic);
        for text in ["a\0b", "a\u{1b}[0m"] {
            assert_eq!(
                about(small.fills(number, &[(story, words(text))])),
                [(story.0, "refused-characters")]
            );
        }
        small
            .fills(number, &[(story, words("a\n\tb"))])
            .expect("lines and tabs are words");
        let many = (0..=forms::MOST_FIELDS)
            .map(|at| (format!("k{at}"), serde_json::Value::Null))
            .collect();
        let sent = small.write(&small.technician, move |tx, cx| {
            tickets::fill_named(tx, cx, number, &many)
        });
        let refused = match sent {
            Err(Error::Refused(all)) => all,
            other => panic!("refused, not {other:?}"),
        };
        assert_eq!((refused.len(), refused[0].key), (1, "refused-many-fields"));
    });
}

#[test]
fn the_history_finds_what_was_filled_in_under_fields() {
    on_both(|small| {
        let topic = small.topic("Network", None);
        let name = small.field(topic, short("Name"));
        let number = small.about(topic);
        let event = small.fills(number, &[(name, words("Cedar"))]).expect("filled");
        let page = small
            .read(&small.technician, move |r, cx| {
                tickets::history_page(r, cx, number, Some(tickets::HistoryKind::Fields), None)
            })
            .expect("read");
        let found: Vec<EventId> = page.lines.iter().map(|line| line.event.id).collect();
        assert_eq!(found, [event]);
    });
}
