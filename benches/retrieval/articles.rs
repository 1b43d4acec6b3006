//! Articles found by their words: questions in one language, articles in the same or the other.

use std::path::Path;
use std::time::Instant;

use desk::suggestions::{Asked, TargetKind, ranked};
use desk::words::Lang;
use desk::{Desk, Time};
use search::{Document, Lang as IndexLang};
use testkit::Stand;

use crate::data::{self, Judged, Line};
use crate::model::Model;
use crate::run::{DEEP, Run};

/// The language that the answers of a folder are named by.
pub(crate) fn language_of(folder: &Path) -> &'static str {
    let named = |lang: &&str| folder.join(format!("answers.{lang}.jsonl.gz")).exists();
    let known = ["fr", "en"].into_iter().find(named);
    known.unwrap_or_else(|| panic!("{}: answers.fr.jsonl.gz or answers.en.jsonl.gz", folder.display()))
}

/// Files are named by what they hold and in which language.
pub(crate) fn ask(
    folder: &Path,
    pages: [&str; 2],
    questions: [&str; 2],
    (only, model): (Option<&Judged>, Option<&Model>),
) -> Run {
    let lines = |[what, lang]: [&str; 2]| data::lines(&folder.join(format!("{what}.{lang}.jsonl.gz")));
    let articles = lines(pages);
    let stand = Stand::sqlite();
    put(&stand.desk, &articles, in_index(pages[1]));
    if let Some(model) = model {
        model.follow(&stand.desk, &articles, Lang::parse(pages[1]).unwrap(), "pages");
    }
    let language = Lang::parse(questions[1]).unwrap();
    let mut run = Run::default();
    for question in lines(questions) {
        if only.is_some_and(|judged| !judged.contains_key(&question.id)) {
            continue;
        }
        let began = Instant::now();
        let text = question.words();
        let asked = Asked {
            meant: stand.desk.meaning().meant(&text, language, None),
            text,
            language,
            closed_gates: Vec::new(),
            of: None,
            known_before: Time(i64::MAX),
            learnt_before: Time(i64::MAX),
        };
        let found = stand.desk.read_now({
            let desk = stand.desk.clone();
            move |r| ranked(r, desk.index(), &asked, TargetKind::Article, DEEP)
        });
        let took = began.elapsed();
        let names = found.unwrap().into_iter();
        let names = names.map(|near| (articles[near.id as usize].id.clone(), near.score));
        run.add(&question.id, names.collect(), took);
    }
    run
}

fn in_index(lang: &str) -> IndexLang {
    if lang == "fr" { IndexLang::Fr } else { IndexLang::En }
}

/// As the index has articles: a document for each language, numbered by their place in the file.
pub(crate) fn put(desk: &Desk, articles: &[Line], lang: IndexLang) {
    let documents = articles.iter().enumerate().map(|(place, article)| Document {
        kind: "article".into(),
        id: place as i64 * 2 + i64::from(lang == IndexLang::Fr),
        lang,
        title: article.title.clone(),
        body: format!("{}\n{}", article.summary, article.body),
        pieces: true,
        ..Document::default()
    });
    desk.index().put(documents).unwrap();
    let cursor = desk.index().cursor().unwrap_or_default();
    desk.index().commit(&cursor).unwrap();
}
