//! SQL of articles, versions and passages. Private to this room.

use db::{Read, Write, args, packed};

use super::article::{Article, Text, Version, VersionState};
use super::passage::Passage;
use crate::clock::Time;
use crate::error::{Error, Result};
use crate::ids::{ArticleId, PassageId, PersonId};

/// The row without a policy: callers ask who may read it.
pub(super) fn load(r: &mut Read, id: ArticleId) -> Result<Article> {
    Ok(r.one(
        "SELECT id, topic, audience, state, owner, review_at, reviewed_at, published, published_at, draft, source,
           created_at, created_by, updated_at FROM article WHERE id = $1",
        &args![id],
    )?)
}

/// Holds the row until this transaction ends, before it is read.
pub(super) fn hold(tx: &mut Write, id: ArticleId) -> Result<()> {
    tx.hold_rows("SELECT id FROM article WHERE id = $1 FOR NO KEY UPDATE", &args![id])?;
    Ok(())
}

pub(super) fn insert(tx: &mut Write, a: &Article) -> Result<ArticleId> {
    let id = tx.insert(
        "INSERT INTO article (topic, audience, state, owner, review_at, draft, source, created_at, created_by, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $8) RETURNING id",
        &args![
            a.topic,
            a.audience,
            a.state,
            a.owner,
            a.review_at,
            a.draft,
            a.source,
            a.created_at,
            a.created_by
        ],
    )?;
    Ok(ArticleId(id))
}

pub(super) fn save(tx: &mut Write, a: &Article, now: Time) -> Result<()> {
    tx.exec(
        "UPDATE article SET topic = $2, audience = $3, state = $4, owner = $5, review_at = $6, reviewed_at = $7,
           published = $8, published_at = $9, draft = $10, updated_at = $11 WHERE id = $1",
        &args![
            a.id,
            a.topic,
            a.audience,
            a.state,
            a.owner,
            a.review_at,
            a.reviewed_at,
            a.published,
            a.published_at,
            a.draft,
            now
        ],
    )?;
    Ok(())
}

const VERSIONS: &str =
    "SELECT v.version, v.state, v.author, COALESCE(p.name, '') AS author_name, v.note, v.saves, v.reviewer,
       v.decided_by, v.decided_at, v.words, v.created_at, v.changed_at, v.published_at, v.published_by, v.editors
     FROM article_version v LEFT JOIN person p ON p.id = v.author WHERE v.article = $1 ORDER BY v.version DESC";
const VERSION: &str =
    "SELECT v.version, v.state, v.author, COALESCE(p.name, '') AS author_name, v.note, v.saves, v.reviewer,
       v.decided_by, v.decided_at, v.words, v.created_at, v.changed_at, v.published_at, v.published_by, v.editors
     FROM article_version v LEFT JOIN person p ON p.id = v.author WHERE v.article = $1 AND v.version = $2";

/// The newest first.
pub(super) fn versions(r: &mut Read, id: ArticleId) -> Result<Vec<Version>> {
    Ok(r.query(VERSIONS, &args![id])?)
}

pub(super) fn version(r: &mut Read, id: ArticleId, version: i64) -> Result<Version> {
    Ok(r.one(VERSION, &args![id, version])?)
}

/// Those taken out too, in their order.
pub(super) fn passages(r: &mut Read, id: ArticleId, version: i64) -> Result<Vec<Passage>> {
    Ok(r.query(
        "SELECT passage, place, en, fr, en_version, fr_version, answered, behind, behind_at, gone
         FROM article_passage WHERE article = $1 AND version = $2 ORDER BY place, passage",
        &args![id, version],
    )?)
}

pub(super) fn text(r: &mut Read, id: ArticleId, number: i64) -> Result<Text> {
    let head = version(r, id, number)?;
    let all = passages(r, id, number)?;
    Text::of(head, all).ok_or_else(|| Error::fault("a version of an article has no title"))
}

pub(super) fn last_version(r: &mut Read, id: ArticleId) -> Result<i64> {
    let last: Option<i64> = r.one(
        "SELECT MAX(version) FROM article_version WHERE article = $1",
        &args![id],
    )?;
    Ok(last.unwrap_or(0))
}

/// The highest number a passage of this article has ever had.
pub(super) fn last_passage(r: &mut Read, id: ArticleId) -> Result<PassageId> {
    let last: Option<i64> = r.one(
        "SELECT MAX(passage) FROM article_passage WHERE article = $1",
        &args![id],
    )?;
    Ok(PassageId(last.unwrap_or(0)))
}

pub(super) fn insert_version(
    tx: &mut Write,
    (id, version): (ArticleId, i64),
    by: PersonId,
    note: &str,
    now: Time,
) -> Result<()> {
    tx.exec(
        "INSERT INTO article_version (article, version, state, author, editors, note, created_at, changed_at)
         VALUES ($1, $2, 'draft', $3, $4, $5, $6, $6)",
        &args![id, version, by, format!("[{by}]"), note, now],
    )?;
    Ok(())
}

pub(super) fn put_passage(tx: &mut Write, (id, version): (ArticleId, i64), p: &Passage) -> Result<()> {
    tx.exec(
        "INSERT INTO article_passage (article, version, passage, place, en, fr, en_version, fr_version, answered, behind,
           behind_at, gone) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
         ON CONFLICT (article, version, passage) DO UPDATE SET place = excluded.place, en = excluded.en,
           fr = excluded.fr, en_version = excluded.en_version, fr_version = excluded.fr_version,
           answered = excluded.answered, behind = excluded.behind, behind_at = excluded.behind_at, gone = excluded.gone",
        &args![
            id,
            version,
            p.passage,
            p.place,
            packed(&p.en.0),
            packed(&p.fr.0),
            p.en_version,
            p.fr_version,
            p.answered,
            p.behind,
            p.behind_at,
            p.gone
        ],
    )?;
    Ok(())
}

/// What is decided about a version: who, in what words, and where that leaves it.
pub(super) struct Decided<'a> {
    pub state: VersionState,
    pub reviewer: Option<PersonId>,
    pub by: Option<PersonId>,
    pub at: Option<Time>,
    pub words: &'a str,
}

pub(super) fn decide(tx: &mut Write, id: ArticleId, version: i64, d: &Decided<'_>) -> Result<()> {
    tx.exec(
        "UPDATE article_version SET state = $3, reviewer = $4, decided_by = $5, decided_at = $6, words = $7,
           published_at = CASE WHEN state = 'published' THEN NULL ELSE published_at END
         WHERE article = $1 AND version = $2",
        &args![id, version, d.state, d.reviewer, d.by, d.at, d.words],
    )?;
    Ok(())
}

/// Somebody wrote in it: what was asked or decided about it before holds no more.
pub(super) fn written(tx: &mut Write, id: ArticleId, v: &Version, by: PersonId, now: Time) -> Result<()> {
    let mut editors = v.editors();
    if !editors.contains(&by) {
        editors.push(by);
    }
    let ids: Vec<i64> = editors.iter().map(|p| p.0).collect();
    let editors = serde_json::to_string(&ids).map_err(Error::fault)?;
    let state = match v.state {
        VersionState::SentBack => VersionState::SentBack,
        _ => VersionState::Draft,
    };
    tx.exec(
        "UPDATE article_version SET state = $3, editors = $4, saves = saves + 1, changed_at = $5 WHERE article = $1 AND version = $2",
        &args![id, v.version, state, editors, now],
    )?;
    Ok(())
}

pub(super) fn publish_version(tx: &mut Write, id: ArticleId, version: i64, by: PersonId, now: Time) -> Result<()> {
    tx.exec(
        "UPDATE article_version SET state = 'published', published_at = $3, published_by = $4
         WHERE article = $1 AND version = $2",
        &args![id, version, now, by],
    )?;
    Ok(())
}
