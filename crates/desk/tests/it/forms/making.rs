//! Making a form: what a field may be, its order, and what becomes of it when it is retired.

use desk::forms::{self, Audience, Kind, NewField};
use desk::topics::{self, NewTopic};
use desk::{Context, Error, FieldId};

use super::{about, chosen, short, way, words};
use crate::common::{key_of, on_both};

#[test]
fn a_topic_has_the_fields_of_the_one_above_and_then_its_own() {
    on_both(|small| {
        let network = small.topic("Network", None);
        let wifi = small.topic("Wi-Fi", Some(network));
        small.field(wifi, short("Name"));
        small.field(network, short("Building"));
        assert_eq!(small.shown(wifi), ["Building", "Name"]);
        assert_eq!(small.shown(network), ["Building"]);
    });
}

#[test]
fn only_an_administrator_changes_a_form() {
    on_both(|small| {
        let topic = small.topic("Network", None);
        let field = small.field(topic, short("Building"));
        for cx in [&small.technician, &small.requester] {
            let new = short("Floor");
            let added = small.write(cx, move |tx, cx| forms::add(tx, cx, topic, &new));
            assert_eq!(added, Err(Error::NotFound));
            let gone = small.write(cx, move |tx, cx| forms::retire(tx, cx, field));
            assert_eq!(gone, Err(Error::NotFound));
        }
        assert_eq!(small.shown(topic), ["Building"]);
        let lines = "SELECT count(*) FROM audit WHERE action LIKE 'field-%'";
        assert_eq!(small.count(lines), 1);
    });
}

/// What no field may be, each with what is said of it.
fn impossible(stranger: FieldId, team: FieldId, many: &[(&str, &str)]) -> Vec<(&'static str, NewField)> {
    let list = || NewField::new(Kind::One, "List", "Liste");
    vec![
        ("refused-empty", NewField::new(Kind::Short, "", "Immeuble")),
        ("refused-empty", NewField::new(Kind::Short, "Building", " ")),
        (
            "refused-characters",
            NewField::new(Kind::Short, "Build\u{7}ing", "Immeuble"),
        ),
        (
            "refused-too-long",
            NewField {
                help_en: "x".repeat(501),
                ..short("Building")
            },
        ),
        (
            "refused-field-key",
            NewField {
                key: "Two words".into(),
                ..short("Building")
            },
        ),
        (
            "refused-field-key-taken",
            NewField {
                key: "taken".into(),
                ..short("Building")
            },
        ),
        ("refused-no-option", list()),
        ("refused-option-label", list().with_options(&[("Only English", "")])),
        ("refused-too-many-options", list().with_options(many)),
        ("refused-field-other-form", short("Floor").shown_when(stranger, &[])),
        ("refused-field-shown-team", short("Floor").shown_when(team, &[])),
        (
            "refused-field-choice",
            NewField {
                team_only: true,
                ..short("Floor").shown_when(team, &["any"])
            },
        ),
    ]
}

#[test]
fn a_field_that_cannot_be_is_refused_by_what_is_wrong() {
    on_both(|small| {
        let topic = small.topic("Network", None);
        let other = small.topic("Printing", None);
        let stranger = small.field(other, short("Tray"));
        let team = small.field(
            topic,
            NewField {
                team_only: true,
                ..short("Switch")
            },
        );
        small.field(
            topic,
            NewField {
                key: "taken".into(),
                ..short("Building")
            },
        );
        let many: Vec<(&str, &str)> = (0..=forms::MOST_OPTIONS).map(|_| ("A", "A")).collect();
        for (key, new) in impossible(stranger, team, &many) {
            assert_eq!(key_of(small.adds(topic, new)), key);
        }
        let fine = NewField::new(Kind::One, "List", "Liste").with_options(&many[..forms::MOST_OPTIONS]);
        small.field(topic, fine);
    });
}

#[test]
fn a_form_has_at_most_sixty_fields_its_parents_included() {
    on_both(|small| {
        let network = small.topic("Network", None);
        let wifi = small.topic("Wi-Fi", Some(network));
        for at in 0..30 {
            small.field(network, short(&format!("N{at}")));
            small.field(wifi, short(&format!("W{at}")));
        }
        assert_eq!(key_of(small.adds(wifi, short("One more"))), "refused-too-many-fields");
        assert_eq!(
            key_of(small.adds(network, short("One more"))),
            "refused-too-many-fields"
        );
    });
}

#[test]
fn a_field_is_never_shown_by_a_later_one() {
    on_both(|small| {
        let topic = small.topic("Network", None);
        let first = small.field(topic, way());
        let second = small.field(topic, short("Name").shown_when(first, &["wi-fi"]));
        let ring = way().shown_when(second, &[]);
        let change = move |tx: &mut desk::Write, cx: &Context| forms::change(tx, cx, first, &ring);
        assert_eq!(key_of(small.write(&small.admin, change)), "refused-field-later");
        let itself = way().shown_when(first, &["wi-fi"]);
        let change = move |tx: &mut desk::Write, cx: &Context| forms::change(tx, cx, first, &itself);
        assert_eq!(key_of(small.write(&small.admin, change)), "refused-field-later");
        let up = small.write(&small.admin, move |tx, cx| forms::step(tx, cx, second, true));
        assert_eq!(up, Err(Error::Conflict("conflict-field-order")));
        let retired = small.write(&small.admin, move |tx, cx| forms::retire(tx, cx, first));
        assert_eq!(retired, Err(Error::Conflict("conflict-field-shows")));
        assert_eq!(small.shown(topic), ["Wired or Wi-Fi", "Name"]);
    });
}

#[test]
fn fields_change_places_and_keep_what_tickets_have() {
    on_both(|small| {
        let topic = small.topic("Network", None);
        let (a, b) = (small.field(topic, short("A")), small.field(topic, short("B")));
        let number = small.about(topic);
        small.fills(number, &[(b, words("kept"))]).expect("filled");
        small
            .write(&small.admin, move |tx, cx| forms::step(tx, cx, b, true))
            .expect("moved");
        assert_eq!(small.shown(topic), ["B", "A"]);
        small
            .write(&small.admin, move |tx, cx| forms::retire(tx, cx, b))
            .expect("retired");
        assert_eq!(small.shown(topic), ["A"]);
        assert_eq!(
            small.fills(number, &[(b, None)]).map_err(|e| e.to_string()),
            Err("refused: form-field: refused-field-none".into())
        );
        small
            .write(&small.admin, move |tx, cx| forms::restore(tx, cx, b))
            .expect("back");
        assert_eq!(small.shown(topic), ["B", "A"]);
        assert_eq!(small.has(&small.technician, number).get(&b), words("kept").as_ref());
        let _ = a;
    });
}

#[test]
fn what_is_taken_out_of_a_list_is_retired_and_offered_no_more() {
    on_both(|small| {
        let topic = small.topic("Network", None);
        let id = small.field(topic, way());
        let number = small.about(topic);
        small.fills(number, &[(id, chosen("wi-fi"))]).expect("filled");
        let emptied = move |tx: &mut desk::Write, cx: &Context| {
            let (_, form) = forms::find(tx, cx, id)?;
            let mut new = way().with_options(&[("Radio", "Radio")]);
            new.options
                .extend(form.options_of(id).iter().map(|option| forms::NewOption {
                    id: Some(option.id),
                    ..forms::NewOption::default()
                }));
            forms::change(tx, cx, id, &new)
        };
        small.write(&small.admin, emptied).expect("changed");
        let form = small
            .db
            .read_now(move |r| forms::form_of(r, Some(topic), Audience::Team))
            .expect("read");
        let left: Vec<(&str, bool)> = form.options.iter().map(|o| (o.key.as_str(), o.retired)).collect();
        assert_eq!(left, [("wi-fi", true), ("wired", true), ("radio", false)]);
        assert_eq!(small.has(&small.technician, number).get(&id), chosen("wi-fi").as_ref());
        small
            .fills(number, &[(id, chosen("wi-fi"))])
            .expect("what stood may stay");
        let another = small.about(topic);
        assert_eq!(
            about(small.fills(another, &[(id, chosen("wi-fi"))])),
            [(id.0, "refused-field-choice")]
        );
    });
}

#[test]
fn a_topic_that_moves_brings_no_more_fields_than_a_form_may_have() {
    on_both(|small| {
        let (network, printers) = (small.topic("Network", None), small.topic("Printers", None));
        for at in 0..31 {
            small.field(network, short(&format!("N{at}")));
            small.field(printers, short(&format!("P{at}")));
        }
        let under = |parent| {
            let new = NewTopic {
                parent,
                name_en: "Printers".into(),
                name_fr: "Printers".into(),
                team: None,
            };
            small.write(&small.admin, move |tx, cx| topics::edit(tx, cx, printers, &new))
        };
        assert_eq!(key_of(under(Some(network))), "refused-too-many-fields");
        let last = small.field_of(printers, "P30");
        small
            .write(&small.admin, move |tx, cx| forms::retire(tx, cx, last))
            .expect("retired");
        assert_eq!(key_of(under(Some(network))), "refused-too-many-fields");
        let first = small.field_of(network, "N0");
        small
            .write(&small.admin, move |tx, cx| forms::retire(tx, cx, first))
            .expect("retired");
        under(Some(network)).expect("sixty are fine");
        assert_eq!(small.shown(printers).len(), forms::MOST_FIELDS);
    });
}

#[test]
fn a_field_does_not_come_back_under_one_that_only_the_team_sees() {
    on_both(|small| {
        let topic = small.topic("Network", None);
        let by = small.field(topic, way());
        let name = small.field(topic, short("Name").shown_when(by, &["wi-fi"]));
        small
            .write(&small.admin, move |tx, cx| forms::retire(tx, cx, name))
            .expect("retired");
        let team_only = NewField {
            team_only: true,
            ..way()
        };
        small
            .write(&small.admin, move |tx, cx| forms::change(tx, cx, by, &team_only))
            .expect("nothing is shown by it");
        let back = small.write(&small.admin, move |tx, cx| forms::restore(tx, cx, name));
        assert_eq!(back, Err(Error::Conflict("conflict-field-shower-team")));
        small
            .write(&small.admin, move |tx, cx| forms::change(tx, cx, by, &way()))
            .expect("everybody's again");
        small
            .write(&small.admin, move |tx, cx| forms::restore(tx, cx, name))
            .expect("back");
    });
}
