//! Articles beside a question while it is written: those in the language of whoever writes first.

use desk::ArticleId;
use desk::finding::{self, FoundArticle, Piece};
use desk::suggestions::{self, KnownToAll, Reason, Suggestion, TargetKind};
use desk::words::Lang;

use super::place;
use crate::http::Oops;
use crate::portal::visitor::Visitor;
use crate::state::State;

#[derive(Clone, Debug)]
pub(in crate::portal) struct Answer {
    article: ArticleId,
    /// Where it leads, below the language.
    pub(in crate::portal) place: String,
    pub(in crate::portal) title: Vec<Piece>,
    pub(in crate::portal) lang: Lang,
    pub(in crate::portal) words: Vec<Piece>,
    pub(in crate::portal) words_lang: Lang,
}

/// Nothing rather than a refusal when somebody asks too often: it must never be in the way.
pub(in crate::portal) async fn answers(
    state: &State,
    visitor: &Visitor,
    text: &str,
    most: usize,
) -> Result<Vec<Answer>, Oops> {
    if text.trim().is_empty() || state.throttle().search(visitor.peer).is_err() {
        return Ok(Vec::new());
    }
    // Twice as many, so that one in the other language alone leaves room for those behind it.
    let found = finding::find_articles(state.desk(), None, text, visitor.lang, (0, most * 2), true).await;
    let mut hits = found.map_err(|e| visitor.oops(e))?.hits;
    hits.retain(|hit| words_found(hit) >= needed(text));
    hits.sort_by_key(|hit| hit.only_other);
    let mut answers: Vec<Answer> = hits.into_iter().take(most).map(answer).collect();
    if answers.len() < most {
        fill(state, visitor, text, most, &mut answers).await?;
    }
    answers.sort_by_key(|answer| answer.lang != visitor.lang);
    Ok(answers)
}

/// What helped others with a question like this one, where its own words found too little.
async fn fill(
    state: &State,
    visitor: &Visitor,
    text: &str,
    most: usize,
    answers: &mut Vec<Answer>,
) -> Result<(), Oops> {
    let likely = suggestions::for_requester(state.desk(), text, visitor.lang, most).await;
    for one in likely.map_err(|e| visitor.oops(e))? {
        let place = format!("/help/{}", place(ArticleId(one.target.id), &one.title));
        let is_article = one.target.kind == TargetKind::Article && words_in_common(&one) >= needed(text);
        if is_article && answers.len() < most && !answers.iter().any(|answer| answer.article.0 == one.target.id) {
            let piece = Piece {
                text: one.title,
                hit: false,
            };
            answers.push(Answer {
                article: ArticleId(one.target.id),
                place,
                title: vec![piece],
                lang: one.lang,
                words: Vec::new(),
                words_lang: one.lang,
            });
        }
    }
    Ok(())
}

/// The known errors that requesters may read of and that this is about.
pub(in crate::portal) async fn known(
    state: &State,
    visitor: &Visitor,
    text: &str,
    most: usize,
) -> Result<Vec<KnownToAll>, Oops> {
    if text.trim().is_empty() || state.throttle().search(visitor.peer).is_err() {
        return Ok(Vec::new());
    }
    let known = suggestions::known_to_all(state.desk(), text, visitor.lang, most).await;
    known.map_err(|e| visitor.oops(e))
}

fn answer(hit: FoundArticle) -> Answer {
    let title: String = hit.title.iter().map(|piece| piece.text.as_str()).collect();
    Answer {
        article: hit.article,
        place: format!("/help/{}", place(hit.article, &title)),
        title: hit.title,
        lang: hit.lang,
        words: hit.snippet,
        words_lang: hit.matched,
    }
}

fn words_in_common(one: &Suggestion) -> usize {
    let told = one.reasons.iter().map(|reason| match reason {
        Reason::Words(words) | Reason::Codes(words) => words.len(),
        _ => 0,
    });
    told.sum()
}

/// A sentence shares one word with nearly everything: of several words two must be found.
fn needed(text: &str) -> usize {
    let long = text.split_whitespace().filter(|word| word.chars().count() > 2);
    long.count().clamp(1, 2)
}

fn words_found(hit: &FoundArticle) -> usize {
    let mut words: Vec<String> = hit
        .title
        .iter()
        .chain(&hit.snippet)
        .filter(|piece| piece.hit)
        .map(|piece| piece.text.to_lowercase())
        .collect();
    words.sort();
    words.dedup();
    words.len()
}
