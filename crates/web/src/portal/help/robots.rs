//! `/robots.txt` (RFC 9309) and `/sitemap.xml` (sitemaps.org): programs that look for pages may have the help, and nothing
//! else of the desk. The map names both languages of an article beside each other.

use askama::Template;
use axum::extract::State as Extract;
use axum::http::HeaderMap;
use desk::knowledge::{self, PublicTitle};
use desk::words::Lang;
use desk::{Error, Time};

use super::{place, whole};
use crate::http::{Oops, Outcome, Peer};
use crate::portal::etag;
use crate::state::State;

/// The format allows no more of one map.
const MOST: usize = 50_000;
const LANGUAGES: [Lang; 2] = [Lang::En, Lang::Fr];

/// One address of the map, and the same page in each language.
struct Url {
    address: String,
    at: Option<Time>,
    alternates: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "portal/help/sitemap.xml")]
struct Map {
    urls: Vec<Url>,
}

pub(super) async fn robots(Extract(state): Extract<State>, asked: HeaderMap) -> Outcome {
    // The longest line that fits decides, so what follows a question mark stays closed.
    let mut text = "User-agent: *\nAllow: /assets/\n".to_string();
    for lang in LANGUAGES {
        text += &format!("Allow: /{lang}/help\nDisallow: /{lang}/help?\nDisallow: /{lang}/help/*?\n");
    }
    text += "Disallow: /\n";
    if state.desk().house().public_url.is_some() {
        text += &format!("\nSitemap: {}\n", whole(&state, "/sitemap.xml"));
    }
    Ok(etag::data(&asked, "text/plain; charset=utf-8", text))
}

pub(super) async fn sitemap(Extract(state): Extract<State>, Peer(peer): Peer, asked: HeaderMap) -> Outcome {
    state
        .throttle()
        .search(peer)
        .map_err(|seconds| Oops::from(Error::TooOften { seconds }))?;
    let most = i64::try_from(MOST).unwrap_or(i64::MAX);
    let titles = state
        .desk()
        .read(move |r| knowledge::public_titles(r, None, most))
        .await?;
    let usual = state.desk().house().language;
    let urls = if state.desk().house().public_url.is_some() {
        urls(&titles, usual, |path| whole(&state, path))
    } else {
        // The format takes whole addresses only, and nobody has said what they begin with.
        Vec::new()
    };
    let text = Map { urls }.render()?;
    Ok(etag::data(&asked, "application/xml; charset=utf-8", text))
}

/// The first page in both languages, then every article; no more than the format allows, the oldest left out.
fn urls(titles: &[PublicTitle], usual: Lang, whole: impl Fn(&str) -> String) -> Vec<Url> {
    let address = |one: &PublicTitle, lang: Lang| whole(&format!("/{lang}/help/{}", place(one.id, one.text(lang))));
    let mut urls = Vec::new();
    let mut add = |spoken: &[Lang], address: &dyn Fn(Lang) -> String, at: Option<Time>| {
        if urls.len() + spoken.len() > MOST {
            return;
        }
        let mut alternates: Vec<(String, String)> = Vec::new();
        if spoken.len() > 1 {
            alternates = spoken.iter().map(|lang| (lang.to_string(), address(*lang))).collect();
            alternates.push(("x-default".into(), address(usual)));
        }
        for lang in spoken {
            urls.push(Url {
                address: address(*lang),
                at,
                alternates: alternates.clone(),
            });
        }
    };
    add(&LANGUAGES, &|lang| whole(&format!("/{lang}/help")), None);
    for one in titles {
        let spoken: Vec<Lang> = LANGUAGES.into_iter().filter(|lang| one.speaks(*lang)).collect();
        add(&spoken, &|lang| address(one, lang), Some(one.published_at));
    }
    urls
}

#[cfg(test)]
mod tests {
    use desk::ArticleId;

    use super::*;

    fn title(id: i64, en: &str, fr: &str) -> PublicTitle {
        PublicTitle {
            id: ArticleId(id),
            en: db::Packed(en.into()),
            fr: db::Packed(fr.into()),
            published_at: Time(0),
        }
    }

    #[test]
    fn a_map_is_never_longer_than_the_format_allows() {
        let titles: Vec<PublicTitle> = (1..=30_000).map(|id| title(id, "a", "b")).collect();
        assert_eq!(urls(&titles, Lang::En, str::to_string).len(), MOST);
        let all = urls(&[title(1, "a", "")], Lang::Fr, str::to_string);
        assert_eq!(all.len(), 3);
        assert!(all[2].alternates.is_empty(), "in one language alone");
        assert_eq!(all[0].alternates[2], ("x-default".to_string(), "/fr/help".to_string()));
    }
}
