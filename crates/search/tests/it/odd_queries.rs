//! Any text is a query: none is refused, none panics, none takes long.

use crate::{en, fr, ids, index};
use proptest::prelude::*;
use search::{Index, Order, Query};
use std::sync::OnceLock;

fn cases() -> u32 {
    std::env::var("FIRSTLINE_PROPTEST_CASES")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(64)
}

fn desk() -> &'static Index {
    static DESK: OnceLock<Index> = OnceLock::new();
    DESK.get_or_init(|| {
        index([
            en(
                1,
                "Printer",
                "It answers at 192.168.1.10, MAC aa:bb:cc:dd:ee:ff, call 613 555 0123.",
            ),
            fr(
                2,
                "Réseau",
                r"L’écran de l'école : C:\Temp\été.log, courriel a.b@cedar.example",
            ),
        ])
    })
}

/// Texts made of the pieces that mean something to the query reader, and of anything at all.
fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[\"“”«»'’`()+@:./\\\\_ -]{1,4}",
        "[a-fA-F0-9]{1,4}",
        "(l'|qu’|-|0x|1 |printer|réseau|pritner|-\"|to be|aa:bb:|192\\.168|555 )",
        "\\PC{0,6}",
        any::<String>(),
    ];
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    #[test]
    fn every_text_is_answered(
        text in texts(),
        body in texts(),
        prefix: bool,
        newest: bool,
        max in 0usize..200,
    ) {
        let order = if newest { Order::Newest } else { Order::Relevance };
        let found = desk().find(&Query { text, prefix, order, ..Query::default() }).unwrap();
        prop_assert!(found.hits.len() <= found.total);
        let pieces = found.marks.highlight(&body);
        prop_assert_eq!(pieces.into_iter().map(|piece| piece.text).collect::<String>(), &body[..]);
        let shown: usize = found.marks.snippet(&body, max).iter().map(|p| p.text.chars().count()).sum();
        prop_assert!(shown <= max + 2, "{shown} of {max}");
    }

}

proptest! {
    // Each case makes an index, which is dear.
    #![proptest_config(ProptestConfig::with_cases(cases() / 8))]

    #[test]
    fn every_text_is_found_by_an_identifier_in_it(
        before in texts(),
        after in texts(),
        // Letters that no other generator puts together.
        ident in "qz[0-9]{3}(wq[0-9]{2}){1,3}",
        from in 0usize..4,
    ) {
        let index = index([en(1, "", &format!("{before} {ident} {after}")), en(2, "", &before)]);
        for part in [&ident[..], &ident[from..], &ident[..ident.len() - from]] {
            let query = Query { text: part.to_owned(), ..Query::default() };
            let hits = index.find(&query).unwrap().hits;
            prop_assert!(hits.iter().any(|hit| hit.id == 1), "{part} in {ident}");
        }
    }
}

#[test]
fn a_very_long_query_is_answered() {
    for text in [
        "x".repeat(10_240),
        "é ".repeat(5_120),
        "\"".repeat(10_240),
        "1 ".repeat(5_120),
    ] {
        desk()
            .find(&Query {
                text,
                prefix: true,
                ..Query::default()
            })
            .unwrap();
    }
}

/// The excluded phrase stands first in a document after the one that is found.
#[test]
fn a_phrase_that_comes_later_is_left_out() {
    let index = index([
        en(1, "", "The printer is broken."),
        en(2, "", "The printer on the second floor is broken."),
        en(3, "", "The floor has a second printer."),
    ]);
    for (text, wanted) in [
        ("printer -\"second floor\"", vec![1, 3]),
        ("printer -\"second printer\"", vec![1, 2]),
        ("broken -aa:bb:cc:dd:ee:ff", vec![1, 2]),
    ] {
        let mut found = ids(&index, text);
        found.sort_unstable();
        assert_eq!(found, wanted, "{text}");
    }
}
