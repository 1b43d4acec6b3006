//! The passages of an article as its readers see them: safe HTML whose links lead to pages of the portal, whose headings
//! stand in order below the title of the page, and whose passages say when they are in the other language or lag. Pure.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use desk::knowledge::{Standing, Target, Text};
use desk::mailboxes::outbox::markdown_words;
use desk::words::Lang;
use desk::{ArticleFileId, ArticleId, PassageId};

use crate::layout::{Headings, Markup};

/// A text with less to read needs no table of what is in it.
const LONG: usize = 2_500;
const LEAST_HEADINGS: usize = 3;

#[derive(Clone, Debug)]
pub(super) struct Shown {
    pub(super) id: PassageId,
    pub(super) html: Markup,
    pub(super) lang: Lang,
    /// The other language says something newer here.
    pub(super) lags: bool,
}

/// What the links of a text mean: pages of the portal, by article; the files that are there.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    pub(super) articles: BTreeMap<ArticleId, String>,
    pub(super) files: BTreeMap<ArticleFileId, String>,
}

/// What a text links to.
#[derive(Clone, Debug, Default)]
pub(super) struct Meant {
    pub(super) articles: BTreeSet<ArticleId>,
    pub(super) files: BTreeSet<ArticleFileId>,
}

/// The language an article is read in by somebody who reads this one.
pub(super) fn language(text: &Text, reads: Lang) -> Lang {
    if text.speaks(reads) { reads } else { reads.other() }
}

/// A passage in this language; where it has none, in the other.
fn words(passage: &desk::knowledge::Passage, lang: Lang) -> (Lang, &str) {
    match passage.text(lang) {
        "" => (lang.other(), passage.text(lang.other())),
        text => (lang, text),
    }
}

pub(super) fn meant(text: &Text, lang: Lang) -> Meant {
    let found = RefCell::new(Meant::default());
    for passage in &text.passages {
        desk::knowledge::html(words(passage, lang).1, |target| {
            match target {
                Target::Article(id) => found.borrow_mut().articles.insert(id),
                Target::File(id) => found.borrow_mut().files.insert(id),
                Target::Nothing | Target::Elsewhere => false,
            };
            None
        });
    }
    found.into_inner()
}

pub(super) fn shown(text: &Text, lang: Lang, known: &Known) -> Vec<Shown> {
    let address = |target| match target {
        Target::Article(id) => known.articles.get(&id).cloned(),
        Target::File(id) => known.files.get(&id).cloned(),
        Target::Nothing | Target::Elsewhere => None,
    };
    let mut headings = Headings::default();
    let one = |passage: &desk::knowledge::Passage| {
        let (lang, words) = words(passage, lang);
        Shown {
            id: passage.passage,
            html: Markup::passage(words, address, &mut headings),
            lang,
            lags: matches!(passage.standing(lang), Standing::Behind { .. }),
        }
    };
    text.passages
        .iter()
        .filter(|p| !words(p, lang).1.is_empty())
        .map(one)
        .collect()
}

/// The first heading of each passage, with its passage; nothing for a text that one sees at a glance.
pub(super) fn contents(text: &Text, lang: Lang) -> Vec<(PassageId, Lang, String)> {
    let long: usize = text.passages.iter().map(|p| words(p, lang).1.len()).sum();
    let heading = |passage: &desk::knowledge::Passage| {
        let (lang, text) = words(passage, lang);
        let line = text.lines().find(|line| line.starts_with('#'))?;
        let said = markdown_words(line).trim().to_string();
        (!said.is_empty()).then_some((passage.passage, lang, said))
    };
    let all: Vec<_> = text.passages.iter().filter_map(heading).collect();
    if long < LONG || all.len() < LEAST_HEADINGS {
        return Vec::new();
    }
    all
}

/// The first words of it, for lists of other programs.
pub(super) fn summary(text: &Text, lang: Lang, most: usize) -> String {
    let first = text.passages.iter().map(|p| p.text(lang)).find(|t| !t.is_empty());
    let said = markdown_words(first.unwrap_or_default());
    let mut short = String::new();
    for word in said.split_whitespace() {
        if short.chars().count() + word.chars().count() + 1 > most {
            short.push('…');
            break;
        }
        if !short.is_empty() {
            short.push(' ');
        }
        short.push_str(word);
    }
    short
}
