//! What the search index holds of an article: for each language the text readers see, and the text that is being written
//! where nothing is published yet; and the pages of its attached files. Without a policy: whoever finds asks it again.

use db::{Packed, Read, args};

use super::article::{Article, ArticleState};
use super::store;
use crate::access::Audience;
use crate::clock::Time;
use crate::error::{Error, Result};
use crate::ids::{ArticleFileId, ArticleId};
use crate::words::Lang;

#[derive(Clone, Debug)]
pub struct IndexedArticle {
    pub article: ArticleId,
    pub lang: Lang,
    pub title: String,
    pub body: String,
    /// Readers see it; else it is a draft.
    pub published: bool,
    pub audience: Audience,
    pub at: Time,
}

/// Nothing of one that is gone, retired or thrown away.
pub fn for_index(r: &mut Read, id: ArticleId) -> Result<Vec<IndexedArticle>> {
    let article = match store::load(r, id) {
        Err(Error::NotFound) => return Ok(Vec::new()),
        other => other?,
    };
    let Some(version) = shown_version(&article) else {
        return Ok(Vec::new());
    };
    let text = store::text(r, id, version)?;
    let langs = [Lang::En, Lang::Fr];
    let spoken = langs
        .into_iter()
        .filter(|lang| text.all().any(|p| !p.text(*lang).is_empty()));
    Ok(spoken
        .map(|lang| IndexedArticle {
            article: id,
            lang,
            title: text.title.text(lang).to_string(),
            body: text.body(lang),
            published: article.is_published(),
            audience: article.audience,
            at: article.updated_at,
        })
        .collect())
}

fn shown_version(article: &Article) -> Option<i64> {
    match article.state {
        ArticleState::Retired => None,
        ArticleState::Published => article.published,
        _ => article.draft,
    }
}

pub fn numbers_after(r: &mut Read, after: ArticleId, most: i64) -> Result<Vec<ArticleId>> {
    Ok(r.query(
        "SELECT id FROM article WHERE id > $1 ORDER BY id LIMIT $2",
        &args![after, most],
    )?)
}

db::table! {
    /// A page of an attached file.
    #[derive(Clone, Debug)]
    pub struct IndexedPage {
        pub id: i64,
        pub article: ArticleId,
        pub file: ArticleFileId,
        pub name: String,
        pub page: i64,
        pub text: Packed,
        pub gone: bool,
    }
}

/// The pages of all files of an article after one of them, so many at a time; of those taken away too, so that they leave
/// the index.
pub fn pages_for_index(r: &mut Read, id: ArticleId, after: i64, most: i64) -> Result<Vec<IndexedPage>> {
    Ok(r.query(
        "SELECT p.id, f.article, f.id AS file, f.name, p.page, p.text, f.gone_at IS NOT NULL AS gone
         FROM article_file f JOIN article_page p ON p.article_file = f.id WHERE f.article = $1 AND p.id > $2
         ORDER BY p.id LIMIT $3",
        &args![id, after, most],
    )?)
}

/// One page, by what the index calls it.
pub fn page_of(r: &mut Read, id: i64) -> Result<IndexedPage> {
    Ok(r.one(
        "SELECT p.id, f.article, f.id AS file, f.name, p.page, p.text, f.gone_at IS NOT NULL AS gone
         FROM article_page p JOIN article_file f ON f.id = p.article_file WHERE p.id = $1",
        &args![id],
    )?)
}
