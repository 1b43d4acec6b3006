//! What is like a whole text: nearest first, of one kind, and never what is behind a closed gate.

use super::{en, fr, index};
use search::{Document, Index, Lang, Likeness, Weights};

fn near(index: &Index, asked: &Likeness) -> Vec<i64> {
    index.alike(asked).unwrap().into_iter().map(|near| near.id).collect()
}

fn like(text: &str) -> Likeness {
    Likeness::new("note", text, Lang::En)
}

fn printers() -> Index {
    index([
        en(1, "Printer jams", "The printer on the second floor jams on every page."),
        en(2, "Scanner is slow", "Each page takes a minute on the scanner."),
        en(
            3,
            "Blank pages",
            "The printer on the third floor prints blank pages after the update.",
        ),
        Document {
            gate: 7,
            ..en(
                4,
                "Printer jams again",
                "The printer jams on every page, on the second floor.",
            )
        },
    ])
}

#[test]
fn the_nearest_come_first_and_what_shares_no_word_does_not_come() {
    let index = printers();
    let asked = like("Our printer jams on the second floor");
    let found = near(&index, &asked);
    assert!(found[..2].contains(&1) && found[..2].contains(&4), "{found:?}");
    assert!(!found.contains(&2));
    assert!(near(&index, &like("the of and")).is_empty() && near(&index, &like("")).is_empty());
    assert!(near(&index, &Likeness::new("device", "printer", Lang::En)).is_empty());
}

#[test]
fn what_is_closed_left_out_not_named_or_too_late_is_not_there() {
    let index = printers();
    let asked = like("Our printer jams on the second floor");
    let with = |change: fn(&mut Likeness)| {
        let mut asked = asked.clone();
        change(&mut asked);
        near(&index, &asked)
    };
    assert!(with(|_| {}).contains(&4), "control: it is there when nothing is closed");
    assert!(!with(|a| a.closed_gates = vec![7]).contains(&4));
    assert!(!with(|a| a.except = vec![4]).contains(&4));
    assert_eq!(with(|a| a.only = Some(vec![3])), [3]);
    assert_eq!(
        with(|a| a.before = Some(3)),
        [1],
        "each was last of weight at its own number"
    );
    assert_eq!(with(|a| a.limit = 1).len(), 1);
}

#[test]
fn what_was_taken_out_or_replaced_is_not_found_by_its_old_words() {
    let index = printers();
    index.remove("note", 1).unwrap();
    index.put([en(3, "Blank pages", "Now it is about toner.")]).unwrap();
    index.commit("2").unwrap();
    assert_eq!(near(&index, &like("printer jams")), [4]);
}

#[test]
fn how_rare_a_word_is_is_counted_among_its_own_kind() {
    let letter = |id| Document {
        kind: "letter".to_owned(),
        ..en(id, "", "toner toner toner")
    };
    let notes = [
        en(1, "", "toner is low"),
        en(2, "", "tray is low"),
        en(3, "", "tray is open"),
    ];
    let index = index(notes.into_iter().chain((10..60).map(letter)));
    assert_eq!(
        near(&index, &like("toner and tray"))[0],
        1,
        "of three notes one speaks of toner"
    );
}

#[test]
fn parts_of_words_reach_into_another_language() {
    let page = |doc: Document| Document { pieces: true, ..doc };
    let index = index([
        page(en(
            1,
            "Network configuration",
            "Open the network panel and choose a connection.",
        )),
        page(en(2, "Password", "Change it on the page of your account.")),
        page(fr(3, "Imprimante", "Choisissez le bac.")),
    ]);
    let mut asked = Likeness::new("note", "Configuration de la connexion au réseau", Lang::Fr);
    asked.weights.pieces = 0.3;
    assert_eq!(near(&index, &asked)[0], 1);
    let mut asked = Likeness::new("note", "connexions", Lang::Fr);
    assert!(
        near(&index, &asked).is_empty(),
        "control: by whole words nothing is found"
    );
    asked.weights.pieces = 0.3;
    assert_eq!(near(&index, &asked)[0], 1);
}

#[test]
fn a_title_weighs_what_it_is_told_to() {
    let index = index([
        en(1, "Toner", "A page about colours and trays and paper of every size."),
        en(2, "Colours", "Toner toner, and trays and paper of every size."),
    ]);
    let weighted = |title| {
        let mut asked = like("toner");
        asked.weights = Weights {
            title,
            ..Weights::default()
        };
        near(&index, &asked)[0]
    };
    assert_eq!((weighted(1.0), weighted(5.0)), (2, 1));
}

#[test]
fn any_text_is_answered_the_same_twice() {
    let index = printers();
    let all: String = (0..200_000).map(|n| format!("printer{n} page ")).collect();
    for text in ["\0\u{202e}'’-—", "_____", &"ü".repeat(70_000), &all] {
        let asked = like(text);
        assert_eq!(near(&index, &asked), near(&index, &asked));
    }
}

#[test]
fn what_may_be_seen_is_found_behind_any_number_that_may_not() {
    let hidden = (1..=300).map(|id| Document {
        gate: 7,
        ..en(id, "The lamp", "The lamp of the lighthouse is dark, dark, dark.")
    });
    let seen = (301..=303).map(|id| {
        en(
            id,
            "A lamp",
            "A long report in which, among many other things, a lamp is named.",
        )
    });
    let index = index(hidden.chain(seen));
    let asked = Likeness {
        closed_gates: vec![7],
        limit: 2,
        ..like("The lamp of the lighthouse is dark")
    };
    assert_eq!(near(&index, &asked), [303, 302], "the later of what is as near");
    let open = Likeness {
        closed_gates: Vec::new(),
        ..asked
    };
    assert_eq!(near(&index, &open), [300, 299], "control: these are nearer");
}
