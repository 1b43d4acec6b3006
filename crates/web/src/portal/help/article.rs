//! `/en/help/118-connect-to-the-vpn`: one article. The number finds it; the words behind it are for readers, and where
//! they are not those of its title now the browser is sent to the right ones for good.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, Query, State as Extract};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use desk::knowledge::{self, Article, ArticleFile, Text};
use desk::words::{self, Lang};
use desk::{ArticleId, Error, PassageId, Read};
use serde::Deserialize;

use super::text::{self, Known, Meant, Shown};
use super::{count, meant, place, whole};
use crate::http::{Oops, Outcome};
use crate::layout::Shell;
use crate::portal::etag;
use crate::portal::visitor::Visitor;
use crate::state::State;

/// What search engines show below a title.
const DESCRIPTION: usize = 155;

#[derive(Deserialize)]
pub(super) struct Asked {
    /// What was looked for on the page that led here.
    #[serde(default)]
    q: String,
    /// What the reader has just said.
    #[serde(default)]
    said: String,
    #[serde(default)]
    told: String,
}

/// What stands below the article when its reader has said something.
#[derive(Clone, Debug, Default)]
pub(super) struct Said {
    pub(super) helped: Option<bool>,
    /// With words, which were kept.
    pub(super) told: bool,
    /// Words that were not taken, and why.
    pub(super) words: String,
    pub(super) refused: Option<String>,
}

/// One language of the article, as other programs are told of it.
struct Alternates {
    en: String,
    fr: String,
    usual: String,
}

#[derive(Template)]
#[template(path = "portal/help/article.html")]
struct Page {
    shell: Shell,
    id: ArticleId,
    /// Its address below the language and `/help/`.
    place: String,
    lang: Lang,
    passages: Vec<Shown>,
    contents: Vec<(PassageId, Lang, String)>,
    files: Vec<ArticleFile>,
    published: String,
    description: String,
    canonical: String,
    alternates: Option<Alternates>,
    said: Said,
}

/// What a page is made of.
pub(super) struct Loaded {
    article: Article,
    text: Text,
    /// Those that stand below it: what the words show or name already is not said twice.
    files: Vec<ArticleFile>,
    known: Known,
}

impl Loaded {
    /// The end of its address on the pages of a language.
    pub(super) fn place(&self, reads: Lang) -> String {
        place(self.article.id, self.text.titled(reads))
    }
}

pub(super) async fn show(
    Extract(state): Extract<State>,
    visitor: Visitor,
    headers: HeaderMap,
    Path(asked_for): Path<String>,
    Query(asked): Query<Asked>,
) -> Outcome {
    let loaded = load(&state, &visitor, &asked_for).await?;
    let right = loaded.place(visitor.lang);
    let words = asked.q.trim();
    if !words.is_empty() {
        let words: String = words.chars().take(400).collect();
        count::looked_for(&state, &visitor, &headers, Some(loaded.article.id), words);
        return Ok(visitor.remembering(visitor.to(&format!("/help/{right}"))));
    }
    if asked_for != right {
        let for_good = moved(&format!("/{}/help/{right}", visitor.lang));
        return Ok(visitor.remembering(for_good));
    }
    let said = Said {
        helped: match asked.said.as_str() {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        },
        told: asked.told == "yes",
        ..Said::default()
    };
    etag::answer(&visitor, &headers, &page(&state, &visitor, loaded, said))
}

fn moved(to: &str) -> Response {
    (StatusCode::MOVED_PERMANENTLY, [(header::LOCATION, to.to_string())]).into_response()
}

/// The page again, with what was wrong in it.
pub(super) fn again(state: &State, visitor: &Visitor, loaded: Loaded, said: Said) -> Outcome {
    visitor.page(StatusCode::UNPROCESSABLE_ENTITY, &page(state, visitor, loaded, said))
}

/// What is retired, internal or never was is not there, all the same.
pub(super) async fn load(state: &State, visitor: &Visitor, place: &str) -> Result<Loaded, Oops> {
    let id = meant(place).ok_or_else(|| visitor.nothing())?;
    let reads = visitor.lang;
    let read = state.desk().read(move |r| {
        let (article, text) = knowledge::read(r, None, id)?;
        let mut files = knowledge::files_of(r, None, id)?;
        let meant = text::meant(&text, text::language(&text, reads));
        let known = known(r, &meant, &files, reads)?;
        files.retain(|file| !meant.files.contains(&file.id));
        Ok(Loaded {
            article,
            text,
            files,
            known,
        })
    });
    read.await.map_err(|e| visitor.oops(e))
}

/// The addresses of what the text links to, as far as everybody may read it.
fn known(r: &mut Read, meant: &Meant, files: &[ArticleFile], reads: Lang) -> desk::Result<Known> {
    let mut articles = BTreeMap::new();
    for id in meant.articles.iter().copied() {
        match knowledge::read(r, None, id) {
            Ok((_, other)) => articles.insert(id, format!("/{reads}/help/{}", place(id, other.titled(reads)))),
            Err(Error::NotFound) => None,
            Err(other) => return Err(other),
        };
    }
    let files = files
        .iter()
        .map(|file| (file.id, format!("/{reads}/help/files/{}", file.id)));
    Ok(Known {
        articles,
        files: files.collect(),
    })
}

fn page(state: &State, visitor: &Visitor, loaded: Loaded, said: Said) -> Page {
    let (reads, place) = (visitor.lang, loaded.place(visitor.lang));
    let Loaded {
        article,
        text,
        files,
        known,
    } = loaded;
    let lang = text::language(&text, reads);
    let mut shell = visitor
        .shell(state, "help-title", "")
        .titled(text.title.text(lang).to_string());
    let address = |lang: Lang| format!("/{lang}/help/{}", super::place(article.id, text.titled(lang)));
    shell.other_language = address(reads.other());
    let both = text.speaks(Lang::En) && text.speaks(Lang::Fr);
    let zone = shell.zone.clone();
    Page {
        id: article.id,
        place,
        lang,
        passages: text::shown(&text, lang, &known),
        contents: text::contents(&text, lang),
        files,
        published: article
            .published_at
            .map_or_else(String::new, |at| words::date(reads, at, &zone)),
        description: text::summary(&text, lang, DESCRIPTION),
        canonical: whole(state, &address(lang)),
        alternates: both.then(|| Alternates {
            en: whole(state, &address(Lang::En)),
            fr: whole(state, &address(Lang::Fr)),
            usual: whole(state, &address(state.desk().house().language)),
        }),
        said,
        shell,
    }
}

impl Page {
    fn only_other(&self) -> bool {
        self.lang != self.shell.lang
    }
}
