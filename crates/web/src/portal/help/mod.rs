//! The help pages, `/en/help` and `/fr/help`: what is published for everybody. They say the same to whoever asks, signed
//! in or not, technician or not, so nothing here ever asks with anybody's rights: an article that is internal, a draft
//! or retired is not there. Whoever works at the desk reads those at `/kb`.

mod answers;
mod article;
mod count;
mod feed;
mod file;
mod list;
mod robots;
mod said;
mod text;

pub(super) use answers::{Answer, answers, known};

use desk::knowledge::{self, PublicTitle, Target};
use desk::words::Lang;
use desk::{ArticleId, Read, Time, clock};

use crate::routes::{Class, Gate, Route};
use crate::state::State;

/// Titles a first page shows.
const FRONT: usize = 6;
/// What was of use in this time counts for it.
const COUNTED: i64 = 90 * clock::DAY;

pub(super) fn routes() -> Vec<Route> {
    let files = both!(get, "/help/files/{id}", Gate::Public, file::show).map(|r| r.class(Class::Download));
    let feeds = both!(get, "/help/feed", Gate::Public, feed::show).map(|r| r.class(Class::Data));
    let whole = [
        Route::get("/robots.txt", Gate::Public, robots::robots).class(Class::Data),
        Route::get("/sitemap.xml", Gate::Public, robots::sitemap).class(Class::Data),
    ];
    let pages = [
        both!(get, "/help", Gate::Public, list::show),
        both!(get, "/help/{place}", Gate::Public, article::show),
        both!(post, "/help/{place}/said", Gate::Public, said::submit),
    ];
    [pages.concat(), feeds.into(), files.into(), whole.into()].concat()
}

/// The end of an article's address: `118-connect-to-the-vpn`.
fn place(id: ArticleId, title: &str) -> String {
    match knowledge::slug(title).as_str() {
        "" => id.to_string(),
        slug => format!("{id}-{slug}"),
    }
}

/// The article that the end of an address means, whatever words stand behind the number.
fn meant(place: &str) -> Option<ArticleId> {
    match knowledge::target(&format!("kb:{place}")) {
        Target::Article(id) => Some(id),
        _ => None,
    }
}

/// The address of the desk in front of a path; the path alone while nobody has said where the desk is.
fn whole(state: &State, path: &str) -> String {
    let house = state.desk().house();
    format!("{}{path}", house.public_url.as_deref().unwrap_or_default())
}

/// A line of a list of articles.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Where it leads, below the language.
    pub(super) place: String,
    pub(super) title: String,
    /// The language of the title.
    pub(super) lang: Lang,
}

impl Line {
    fn of(one: &PublicTitle, reads: Lang) -> Line {
        let (lang, title) = one.titled(reads);
        Line {
            place: format!("/help/{}", place(one.id, title)),
            title: title.to_string(),
            lang,
        }
    }
}

/// A few articles for a first page: those that helped most, in the reader's language first.
pub(super) fn front(r: &mut Read, now: Time, lang: Lang, most: usize) -> desk::Result<Vec<Line>> {
    let mut titles = knowledge::front_titles(r, now.plus(-COUNTED), most)?;
    titles.sort_by_key(|one| !one.speaks(lang));
    Ok(titles.iter().map(|one| Line::of(one, lang)).collect())
}

/// Whether there is anything to read at all.
pub(super) fn is_open(r: &mut Read) -> desk::Result<bool> {
    Ok(!knowledge::public_titles(r, None, 1)?.is_empty())
}

/// What somebody asks about, who came from an article.
#[derive(Clone, Debug)]
pub(super) struct About {
    pub(super) id: ArticleId,
    pub(super) line: Line,
}

pub(super) fn about(r: &mut Read, id: Option<ArticleId>, reads: Lang) -> desk::Result<Option<About>> {
    let Some(id) = id else { return Ok(None) };
    let found = match knowledge::read(r, None, id) {
        Err(desk::Error::NotFound) => return Ok(None),
        other => other?.1,
    };
    let lang = if found.speaks(reads) { reads } else { reads.other() };
    let title = found.titled(reads).to_string();
    let place = format!("/help/{}", place(id, &title));
    Ok(Some(About {
        id,
        line: Line { place, title, lang },
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_its_number_and_the_rest_is_for_readers() {
        let id = ArticleId(118);
        assert_eq!(place(id, "Connect to the VPN"), "118-connect-to-the-vpn");
        assert_eq!(place(id, "漢字"), "118");
        for text in ["118", "118-connect-to-the-vpn", "118-anything", "118-", "KB-118"] {
            assert_eq!(meant(text), Some(id), "{text}");
        }
        for text in ["", "vpn", "-118", "0", "1e3", "118x", "99999999999999999999"] {
            assert_eq!(meant(text), None, "{text}");
        }
    }
}
