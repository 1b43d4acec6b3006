//! Any text is a query, and its marks lose nothing of what they mark.

use proptest::prelude::*;
use search::{Document, Index, Lang, Order, Query};

use crate::{run, texts};

const SAMPLES: &[&str] = &[
    "printer \"second floor\" -laptop",
    "l'imprimante de l’étage",
    "0x80070005",
    "192.168.1.10 aa:bb:cc:dd:ee:ff",
    "C:\\Temp\\été.log",
    "+1 613 555 0123",
    "a.b@cedar.example",
    "SN-4711/AB",
    "pritner",
];

const WORDS: &[&str] = &[
    "\"",
    "“",
    "”",
    "«",
    "»",
    "'",
    "’",
    "`",
    "(",
    ")",
    "+",
    "-",
    "@",
    ":",
    ".",
    "/",
    "\\",
    "_",
    " ",
    "AND",
    "OR",
    "NOT",
    "*",
    "~",
    "0x",
    "é",
    "e\u{301}",
    "\u{200d}",
    "ß",
    "İ",
    "ﬁ",
    "printer",
    "réseau",
    "192.168.",
    "aa:bb:",
    "555 ",
    "\0",
    "\u{1f5a8}",
    "to be",
];

fn desk() -> Index {
    let index = Index::in_memory().unwrap();
    let of = |id, lang, body: &str| Document {
        kind: "note".to_owned(),
        id,
        lang,
        title: "Printer".to_owned(),
        body: body.to_owned(),
        at: id,
        ..Document::default()
    };
    let english = "It answers at 192.168.1.10, MAC aa:bb:cc:dd:ee:ff, code 0x80070005, call 613 555 0123.";
    let french = "L’écran de l'école : C:\\Temp\\été.log, courriel a.b@cedar.example";
    index.put([of(1, Lang::En, english), of(2, Lang::Fr, french)]).unwrap();
    index.commit("1").unwrap();
    index
}

#[test]
fn any_text_is_a_query() {
    let desk = desk();
    let inputs = (
        texts(SAMPLES, WORDS),
        texts(SAMPLES, WORDS),
        any::<bool>(),
        any::<bool>(),
        0usize..200,
    );
    run("queries", &inputs, |(text, body, prefix, newest, most)| {
        let order = if newest { Order::Newest } else { Order::Relevance };
        let found = desk.find(&Query {
            text,
            prefix,
            order,
            ..Query::default()
        });
        let found = found.map_err(|fault| TestCaseError::fail(fault.to_string()))?;
        prop_assert!(found.hits.len() <= found.total);
        let marked = found.marks.highlight(&body);
        prop_assert_eq!(
            marked.into_iter().map(|piece| piece.text).collect::<String>(),
            &body[..]
        );
        let shown: usize = found
            .marks
            .snippet(&body, most)
            .iter()
            .map(|piece| piece.text.chars().count())
            .sum();
        prop_assert!(shown <= most + 2, "{} of {}", shown, most);
        Ok(())
    });
}
