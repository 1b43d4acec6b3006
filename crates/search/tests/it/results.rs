//! Answers: gates, kinds, order, paging, counting.

use crate::{ask, en, index};
use search::{Document, Index, Order, Query};

/// Forty documents: kinds by turns, gates 0 to 3, times rising.
fn forty() -> Index {
    index((0..40).map(|n| Document {
        kind: ["ticket", "article"][usize::from(n % 2 == 1)].to_owned(),
        gate: n % 4,
        at: 1_000 + n,
        ..en(
            n,
            "Scanner",
            &"the scanner is slow ".repeat(1 + usize::try_from(n % 5).unwrap()),
        )
    }))
}

fn find(index: &Index, query: &Query) -> (usize, Vec<i64>) {
    let found = index.find(query).unwrap();
    (found.total, found.hits.iter().map(|hit| hit.id).collect())
}

fn scanner() -> Query {
    Query {
        text: "scanner".to_owned(),
        limit: 100,
        ..Query::default()
    }
}

#[test]
fn what_is_behind_a_closed_gate_is_neither_shown_nor_counted() {
    let index = forty();
    let (total, ids) = find(
        &index,
        &Query {
            closed_gates: vec![3, 1],
            ..scanner()
        },
    );
    assert_eq!((total, ids.len()), (20, 20));
    assert!(ids.iter().all(|id| id % 2 == 0), "{ids:?}");
    let all_closed = Query {
        closed_gates: vec![0, 1, 2, 3],
        ..scanner()
    };
    assert_eq!(find(&index, &all_closed), (0, vec![]));
    assert_eq!(find(&index, &scanner()).0, 40, "the control sees all");
    let only_hidden = Query {
        text: "-scanner".into(),
        closed_gates: vec![0],
        ..Query::default()
    };
    assert_eq!(find(&index, &only_hidden).0, 0);
}

#[test]
fn a_reader_of_a_few_documents_finds_those_and_counts_no_other() {
    let index = forty();
    let few = |ids: &[i64], text: &str| {
        let query = Query {
            text: text.into(),
            only: Some(ids.to_vec()),
            ..scanner()
        };
        let (total, mut found) = find(&index, &query);
        found.sort_unstable();
        (total, found)
    };
    assert_eq!(few(&[31, 2, 999], "scanner"), (2, vec![2, 31]));
    assert_eq!(
        few(&[31, 2], "scanner zebra"),
        (2, vec![2, 31]),
        "when some words are found"
    );
    assert_eq!(few(&[], "scanner"), (0, vec![]));
    assert_eq!(find(&index, &scanner()).0, 40, "the control sees all");
}

#[test]
fn gates_hold_for_the_nearest_matches_as_well() {
    let index = index([
        Document {
            gate: 9,
            ..en(1, "Toner and paper", "")
        },
        en(2, "Toner", ""),
        en(3, "Paper", ""),
    ]);
    let query = Query {
        text: "toner paper".into(),
        closed_gates: vec![9],
        ..Query::default()
    };
    let found = index.find(&query).unwrap();
    assert!(found.partial && found.hits.iter().all(|hit| hit.id != 1));
    assert_eq!(found.total, 2);
}

#[test]
fn kinds_narrow() {
    let index = forty();
    let tickets = Query {
        kinds: vec!["ticket".into()],
        ..scanner()
    };
    let found = index.find(&tickets).unwrap();
    assert_eq!(found.total, 20);
    assert!(found.hits.iter().all(|hit| hit.kind == "ticket"));
    let both = Query {
        kinds: vec!["ticket".into(), "article".into()],
        ..scanner()
    };
    assert_eq!(find(&index, &both).0, 40);
    assert_eq!(
        find(
            &index,
            &Query {
                kinds: vec!["device".into()],
                ..scanner()
            }
        )
        .0,
        0
    );
}

#[test]
fn newest_first_and_pages_without_overlap() {
    let index = forty();
    for order in [Order::Newest, Order::Relevance] {
        let whole = find(&index, &Query { order, ..scanner() }).1;
        let pages: Vec<i64> = (0..4)
            .flat_map(|page| {
                find(
                    &index,
                    &Query {
                        order,
                        limit: 10,
                        offset: page * 10,
                        ..scanner()
                    },
                )
                .1
            })
            .collect();
        assert_eq!(pages, whole, "{order:?}");
        let mut ids = whole;
        if order == Order::Newest {
            assert!(ids.is_sorted_by(|a, b| a > b), "{ids:?}");
        }
        ids.sort_unstable();
        assert_eq!(ids, (0..40).collect::<Vec<_>>());
    }
    let beyond = find(
        &index,
        &Query {
            offset: 1_000,
            ..scanner()
        },
    );
    assert_eq!(beyond, (40, vec![]));
    assert_eq!(find(&index, &Query { limit: 0, ..scanner() }), (40, vec![]));
    let huge = Query {
        limit: usize::MAX,
        offset: usize::MAX,
        ..scanner()
    };
    assert_eq!(find(&index, &huge), (40, vec![]));
}

#[test]
fn a_hit_tells_kind_id_and_time() {
    let index = index([Document {
        kind: "article".into(),
        at: 77,
        ..en(5, "Toner", "")
    }]);
    let found = ask(&index, "toner");
    assert_eq!(found.hits.len(), 1);
    let hit = &found.hits[0];
    assert_eq!((hit.kind.as_str(), hit.id, hit.at), ("article", 5, 77));
    assert!(hit.score > 0.0);
}

#[test]
fn the_same_id_of_another_kind_is_another_document() {
    let index = index([
        en(1, "Toner", ""),
        Document {
            kind: "article".into(),
            ..en(1, "Toner", "")
        },
    ]);
    assert_eq!(ask(&index, "toner").total, 2);
    index.remove("article", 1).unwrap();
    index.commit("2").unwrap();
    let left = ask(&index, "toner");
    assert_eq!((left.total, left.hits[0].kind.as_str()), (1, "note"));
}

#[test]
fn a_document_is_replaced_by_its_like() {
    let index = index([en(1, "Toner", "low"), en(2, "Toner", "low")]);
    index.put([en(1, "Paper", "out")]).unwrap();
    assert_eq!(ask(&index, "toner").total, 2, "not before the commit");
    index.commit("2").unwrap();
    assert_eq!(ask(&index, "toner").total, 1);
    assert_eq!(ask(&index, "paper").hits[0].id, 1);
    // Twice in one commit: the last one stands.
    index.put([en(1, "Tray", ""), en(1, "Cable", "")]).unwrap();
    index.commit("3").unwrap();
    assert_eq!((ask(&index, "tray").total, ask(&index, "cable").total), (0, 1));
    assert_eq!(index.len(), 2);
}

#[test]
fn a_huge_body_is_cut_at_a_character() {
    let body = format!("{} needle", "é".repeat(700_000));
    let index = index([en(1, "Huge", &body), en(2, "Small", "needle")]);
    assert_eq!(crate::ids(&index, "needle"), [2], "beyond the cut");
    assert_eq!(crate::ids(&index, "huge"), [1]);
}
