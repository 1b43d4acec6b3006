//! `/en/help/feed`, `/fr/help/feed`: what was published for everybody, the newest first, for programs that read feeds
//! (Atom, RFC 4287). An entry keeps its name whatever becomes of its title and of the desk's address.

use askama::Template;
use axum::extract::State as Extract;
use axum::http::{HeaderMap, Uri};
use desk::knowledge::{self, PublicTitle};
use desk::words::Lang;
use desk::{ArticleId, Read, Time};

use super::{place, text, whole};
use crate::http::{Oops, Outcome};
use crate::portal::etag;
use crate::portal::visitor::language_of;
use crate::state::State;
use crate::words;

const ENTRIES: usize = 30;
/// Titles looked at: those that are in the other language alone are no entries of this feed.
const LOOKED_AT: i64 = 200;
const SUMMARY: usize = 300;

struct Entry {
    id: String,
    title: String,
    summary: String,
    address: String,
    /// The same in the other language.
    other: Option<String>,
    at: Time,
}

#[derive(Template)]
#[template(path = "portal/help/feed.xml")]
struct Feed {
    lang: Lang,
    id: String,
    title: String,
    author: String,
    own: String,
    page: String,
    updated: Time,
    entries: Vec<Entry>,
}

pub(super) async fn show(Extract(state): Extract<State>, uri: Uri, asked: HeaderMap) -> Outcome {
    let lang = language_of(uri.path()).ok_or_else(|| Oops::nothing(Lang::En))?;
    let read = state.desk().read(move |r| newest(r, lang)).await;
    let newest = read.map_err(|e| Oops::from(e).in_language(lang))?;
    let house = state.desk().house();
    let entry = |(title, summary): (PublicTitle, String)| {
        let address = |lang: Lang| whole(&state, &address(title.id, title.text(lang), lang));
        Entry {
            id: knowledge::lasting_name(&house, &format!("{lang} {}", title.id)),
            title: xml(title.text(lang)),
            summary: xml(&summary),
            address: address(lang),
            other: title.speaks(lang.other()).then(|| address(lang.other())),
            at: title.published_at,
        }
    };
    let entries: Vec<Entry> = newest.into_iter().map(entry).collect();
    let feed = Feed {
        lang,
        id: knowledge::lasting_name(&house, lang.as_str()),
        title: xml(&words::text(
            lang,
            "help-feed-of",
            &[("desk", house.name.as_str().into())],
        )),
        author: xml(&house.name),
        own: whole(&state, &format!("/{lang}/help/feed")),
        page: whole(&state, &format!("/{lang}/help")),
        updated: entries.iter().map(|one| one.at).max().unwrap_or(Time(0)),
        entries,
    };
    let text = feed.render()?;
    Ok(etag::data(&asked, "application/atom+xml; charset=utf-8", text))
}

fn address(id: ArticleId, title: &str, lang: Lang) -> String {
    format!("/{lang}/help/{}", place(id, title))
}

fn newest(r: &mut Read, lang: Lang) -> desk::Result<Vec<(PublicTitle, String)>> {
    let titles = knowledge::public_titles(r, None, LOOKED_AT)?;
    let mut all = Vec::new();
    for title in titles.into_iter().filter(|t| t.speaks(lang)).take(ENTRIES) {
        let (_, text) = knowledge::read(r, None, title.id)?;
        all.push((title, text::summary(&text, lang, SUMMARY)));
    }
    Ok(all)
}

/// What XML cannot hold at all, escaped or not (XML 1.0, 2.2), is left out.
pub(super) fn xml(text: &str) -> String {
    let holds = |c: &char| matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{fffd}' | '\u{10000}'..);
    text.chars().filter(holds).collect()
}

#[cfg(test)]
mod tests {
    use super::xml;

    #[test]
    fn what_xml_cannot_hold_is_left_out() {
        assert_eq!(xml("a\u{0}b\u{8}\tc\u{fffe}\u{ffff}é😀"), "ab\tcé😀");
    }
}
