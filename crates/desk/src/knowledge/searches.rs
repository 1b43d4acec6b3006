//! What was looked for: searches that found nothing, and those that ended at an article. Only words are kept, counted,
//! and nothing that names a person: addresses, numbers and the names of people of the desk are left out.

use db::{Read, Write, args};

use super::scrub::search_words;
use super::show;
use crate::access;
use crate::clock::Time;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ids::ArticleId;
use crate::people;
use crate::words::{Lang, fold};

/// Rows kept of what found nothing, and of what ended at one article. The oldest go first.
const MOST_MISSED: i64 = 5_000;
const MOST_ENDED: i64 = 200;
/// Stands in the place of an article.
const NONE: ArticleId = ArticleId(0);

db::table! {
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Search { pub language: Lang, pub words: String, pub times: i64, pub last: Time }
}

/// A search found nothing. `lang` is that of the page it was typed on.
///
/// No event: what somebody typed is nobody's news; it is counted.
pub fn missed(tx: &mut Write, cx: &Context, lang: Lang, text: &str) -> Result<()> {
    keep(tx, cx, NONE, lang, text)
}

/// A search ended here: its reader opened this article from what was found.
///
/// No event: what somebody typed is nobody's news; it is counted.
pub fn ended(tx: &mut Write, cx: &Context, id: ArticleId, lang: Lang, text: &str) -> Result<()> {
    super::store::load(tx, id)?;
    keep(tx, cx, id, lang, text)
}

/// No event: see above.
fn keep(tx: &mut Write, cx: &Context, id: ArticleId, lang: Lang, text: &str) -> Result<()> {
    let words = without_names(tx, &search_words(text))?;
    if words.is_empty() {
        return Ok(());
    }
    tx.exec(
        "INSERT INTO article_search (article, language, words, times, last) VALUES ($1, $2, $3, 1, $4)
         ON CONFLICT (article, language, words) DO UPDATE SET times = article_search.times + 1, last = excluded.last",
        &args![id, lang, words, cx.now],
    )?;
    let most = if id == NONE { MOST_MISSED } else { MOST_ENDED };
    let over: Option<Time> = tx.maybe(
        "SELECT last FROM article_search WHERE article = $1 ORDER BY last DESC LIMIT 1 OFFSET $2",
        &args![id, most],
    )?;
    if let Some(over) = over {
        tx.exec(
            "DELETE FROM article_search WHERE article = $1 AND last <= $2",
            &args![id, over],
        )?;
    }
    Ok(())
}

/// Names of the staff go word by word; of everybody else two words beside each other that are one person's.
fn without_names(r: &mut Read, words: &[String]) -> Result<String> {
    let staff: Vec<String> = people::technicians(r)?
        .iter()
        .flat_map(|one| {
            fold(&one.name)
                .split_whitespace()
                .map(str::to_string)
                .collect::<Vec<_>>()
        })
        .filter(|word| word.chars().count() > 2)
        .collect();
    let mut gone = vec![false; words.len()];
    for (at, word) in words.iter().enumerate() {
        gone[at] |= staff.contains(&fold(word));
        if let Some(next) = words.get(at + 1)
            && is_a_name(r, word, next)?
        {
            (gone[at], gone[at + 1]) = (true, true);
        }
    }
    let kept: Vec<&str> = words
        .iter()
        .zip(&gone)
        .filter(|(_, gone)| !**gone)
        .map(|(word, _)| word.as_str())
        .collect();
    Ok(kept.join(" "))
}

fn is_a_name(r: &mut Read, one: &str, two: &str) -> Result<bool> {
    let word = |text: &str| people::words_of(text).into_iter().next().unwrap_or_default();
    let (one, two) = (word(one), word(two));
    if one.is_empty() || two.is_empty() || one == two {
        return Ok(false);
    }
    let found: Option<i64> = r.maybe(
        "SELECT a.id FROM find_word a JOIN find_word b ON b.kind = a.kind AND b.id = a.id
         WHERE a.kind = 'person' AND a.word = $1 AND b.word = $2 LIMIT 1",
        &args![one, two],
    )?;
    Ok(found.is_some())
}

/// For staff: searches that found nothing, the most frequent first.
pub fn missed_searches(r: &mut Read, cx: &Context, since: Time, most: i64) -> Result<Vec<Search>> {
    list(r, cx, NONE, since, most)
}

/// For staff: searches that ended at this article.
pub fn ended_searches(r: &mut Read, cx: &Context, id: ArticleId, most: i64) -> Result<Vec<Search>> {
    show::find(r, cx, id)?;
    list(r, cx, id, Time(0), most)
}

fn list(r: &mut Read, cx: &Context, id: ArticleId, since: Time, most: i64) -> Result<Vec<Search>> {
    if !access::may_see_drafts(&cx.viewer) {
        return Err(Error::NotFound);
    }
    Ok(r.query(
        "SELECT language, words, times, last FROM article_search WHERE article = $1 AND last >= $2
         ORDER BY times DESC, last DESC, words LIMIT $3",
        &args![id, since, most.clamp(1, 500)],
    )?)
}
