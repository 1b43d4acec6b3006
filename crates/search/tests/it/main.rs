//! Proof of the index: what is found, what is not, and what survives.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "helpers of tests stop the test, and figures are printed"
)]

mod alike;
mod common;
mod corpus;
mod durability;
mod identifiers;
mod languages;
mod odd_queries;
mod results;
mod snippets;

use search::{Document, Found, Index, Lang, Query};

/// An English document with this text.
fn en(id: i64, title: &str, body: &str) -> Document {
    Document {
        kind: "note".to_owned(),
        id,
        lang: Lang::En,
        title: title.to_owned(),
        body: body.to_owned(),
        at: id,
        ..Document::default()
    }
}

/// A French document with this text.
fn fr(id: i64, title: &str, body: &str) -> Document {
    Document {
        lang: Lang::Fr,
        ..en(id, title, body)
    }
}

/// An index that holds these documents.
fn index(docs: impl IntoIterator<Item = Document>) -> Index {
    let index = Index::in_memory().unwrap();
    index.put(docs).unwrap();
    index.commit("1").unwrap();
    index
}

fn ask(index: &Index, text: &str) -> Found {
    index
        .find(&Query {
            text: text.to_owned(),
            ..Query::default()
        })
        .unwrap()
}

/// The ids found, best first.
fn ids(index: &Index, text: &str) -> Vec<i64> {
    ask(index, text).hits.iter().map(|hit| hit.id).collect()
}

/// The ids found, in order of id.
fn set(index: &Index, text: &str) -> Vec<i64> {
    let mut ids = ids(index, text);
    ids.sort_unstable();
    ids
}
