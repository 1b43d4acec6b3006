//! The texts of the form. The name of each field says which text it is and what stood there when the form was opened
//! (`t.3.fr.0f3a…`), so that nobody's words are written over unseen, not even by what a device kept for later.

use std::collections::{BTreeMap, BTreeSet};

use desk::knowledge::{Clash, Passage, TITLE, Text, Texts, Writing, Written, mark};
use desk::words::Lang;
use desk::{PassageId, PersonId};

/// A field as it came back.
#[derive(Clone, Debug)]
struct Field {
    was: String,
    text: String,
}

/// All fields of texts, by passage and language.
#[derive(Clone, Debug, Default)]
pub(super) struct Sent {
    texts: BTreeMap<(PassageId, bool), Field>,
    /// Words for passages that were taken out meanwhile.
    gone: BTreeMap<(PassageId, bool), String>,
}

/// English stands first.
fn place(passage: PassageId, lang: Lang) -> (PassageId, bool) {
    (passage, lang == Lang::Fr)
}

impl Sent {
    pub(super) fn read(all: &[(String, String)]) -> Sent {
        let mut sent = Sent::default();
        for (name, text) in all {
            let parts: Vec<&str> = name.split('.').collect();
            let (kind, number, lang) = match parts.as_slice() {
                [kind, number, lang, ..] => (*kind, number.parse().ok().map(PassageId), Lang::parse(lang)),
                _ => continue,
            };
            let (Some(passage), Some(lang)) = (number, lang) else {
                continue;
            };
            // Lines end in one way, and U+0000 is no letter.
            let text = text.replace("\r\n", "\n").replace('\0', "");
            match (kind, parts.get(3)) {
                ("t", Some(was)) => {
                    let was = (*was).to_string();
                    sent.texts.insert(place(passage, lang), Field { was, text });
                }
                ("gone", None) => drop(sent.gone.insert(place(passage, lang), text)),
                _ => {}
            }
        }
        sent
    }

    /// A language the form did not have is left as it is.
    pub(super) fn writing(&self, note: Option<&str>) -> Writing {
        let passages: BTreeSet<PassageId> = self.texts.keys().map(|(passage, _)| *passage).collect();
        let one = |passage: PassageId| {
            let of = |lang| self.texts.get(&place(passage, lang));
            let text = |lang| of(lang).map_or("", |field| field.text.as_str());
            let was = |lang| Some(of(lang).map_or_else(|| mark(""), |field| field.was.clone()));
            Written {
                passage,
                texts: Texts::new(text(Lang::En), text(Lang::Fr)),
                en_was: was(Lang::En),
                fr_was: was(Lang::Fr),
            }
        };
        Writing {
            passages: passages.into_iter().map(one).collect(),
            note: note.map(str::to_string),
        }
    }
}

/// A text on the form.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub(super) lang: Lang,
    pub(super) name: String,
    pub(super) text: String,
    /// What somebody else wrote there meanwhile, and who.
    pub(super) theirs: Option<String>,
    pub(super) by: Vec<PersonId>,
    pub(super) lags: bool,
}

#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) passage: PassageId,
    pub(super) cells: [Cell; 2],
    /// It was taken out meanwhile: its words can be copied and are not kept.
    pub(super) gone: bool,
}

impl Row {
    pub(super) fn is_title(&self) -> bool {
        self.passage == TITLE
    }
}

const BOTH: [Lang; 2] = [Lang::En, Lang::Fr];

/// The passages as they stand, with what was typed in them.
pub(super) fn rows(text: &Text, sent: &Sent, clashes: &[Clash]) -> Vec<Row> {
    let mut rows: Vec<Row> = text
        .all()
        .map(|passage| Row {
            passage: passage.passage,
            cells: BOTH.map(|lang| cell(passage, lang, sent, clashes)),
            gone: false,
        })
        .collect();
    let typed = sent.texts.iter().map(|(at, field)| (at, &field.text)).chain(&sent.gone);
    let mut gone: BTreeMap<PassageId, [String; 2]> = BTreeMap::new();
    for ((passage, french), words) in typed {
        if text.passage(*passage).is_none() && !words.trim().is_empty() {
            gone.entry(*passage).or_default()[usize::from(*french)] = words.clone();
        }
    }
    rows.extend(gone.into_iter().map(|(passage, [en, fr])| Row {
        passage,
        cells: [(Lang::En, en), (Lang::Fr, fr)].map(|(lang, text)| Cell {
            lang,
            name: format!("gone.{passage}.{lang}"),
            text,
            theirs: None,
            by: Vec::new(),
            lags: false,
        }),
        gone: true,
    }));
    rows
}

fn cell(passage: &Passage, lang: Lang, sent: &Sent, clashes: &[Clash]) -> Cell {
    let there = passage.text(lang);
    let typed = sent.texts.get(&place(passage.passage, lang));
    let clash = clashes.iter().find(|c| c.passage == passage.passage && c.lang == lang);
    // Whoever has been shown the other's words means what he saves now.
    let was = match (typed, clash) {
        (Some(field), None) => field.was.clone(),
        _ => mark(there),
    };
    Cell {
        lang,
        name: format!("t.{}.{lang}.{was}", passage.passage),
        text: typed.map_or(there, |field| &field.text).to_string(),
        theirs: clash.map(|c| c.theirs.clone()),
        by: clash.map(|c| c.by.clone()).unwrap_or_default(),
        lags: passage.behind == Some(lang),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(all: &[(&str, &str)]) -> Sent {
        let all: Vec<(String, String)> = all.iter().map(|(n, t)| ((*n).into(), (*t).into())).collect();
        Sent::read(&all)
    }

    #[test]
    fn a_field_says_which_text_it_is_and_what_stood_there() {
        let writing =
            sent(&[("t.0.en.aa", "Title"), ("t.0.fr.bb", "Titre\r\n"), ("t.3.fr.cc", "x")]).writing(Some("note"));
        assert_eq!(writing.passages.len(), 2);
        let title = &writing.passages[0];
        assert_eq!((title.texts.en.as_str(), title.texts.fr.as_str()), ("Title", "Titre\n"));
        assert_eq!(title.en_was.as_deref(), Some("aa"));
        let third = &writing.passages[1];
        assert_eq!(
            third.en_was,
            Some(mark("")),
            "what the form did not have changes nothing"
        );
    }

    #[test]
    fn names_that_mean_nothing_are_passed_over() {
        let odd = sent(&[
            ("t.x.en.aa", "1"),
            ("t.1.de.aa", "2"),
            ("t.1.en", "3"),
            ("seen", "4"),
            ("gone.2.en", "5"),
        ]);
        assert!(odd.writing(None).passages.is_empty() && odd.gone.len() == 1);
    }
}
