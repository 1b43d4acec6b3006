//! What readers say of an article: it helped or it did not, with a few words. At most once a reader a day; who says it
//! again says it anew. A visitor is known by a keyed hash of where he came from that day, never by his address.

use data_encoding::HEXLOWER;
use db::{Packed, Read, Write, args, packed};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::json;
use sha2::Sha256;

use super::show;
use crate::access::{self, Viewer};
use crate::clock::{DAY, Time};
use crate::context::Context;
use crate::error::{Checks, Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::house::House;
use crate::ids::{ArticleId, EventId, PersonId};
use crate::words::Lang;

const MOST_WORDS: usize = 2_000;
/// What strangers may say of one article in a day, so that nobody fills the desk.
const MOST_A_DAY: i64 = 500;

/// Who reads.
#[derive(Clone, Copy, Debug)]
pub enum Reader<'a> {
    /// The viewer of the context.
    Person,
    /// Somebody not signed in; the text is where he came from (his network address), of which only the hash is kept.
    Visitor(&'a str),
}

#[derive(Clone, Debug)]
pub struct NewFeedback {
    pub helped: bool,
    pub words: String,
    /// The language he read it in.
    pub language: Lang,
}

db::table! {
    #[derive(Clone, Debug)]
    pub struct Feedback {
        pub id: i64,
        pub version: i64,
        pub person: Option<PersonId>,
        pub language: Lang,
        pub helped: bool,
        pub words: Packed,
        pub at: Time,
    }
}

/// Days since 1970 in the desk's zone.
fn day_of(house: &House, at: Time) -> i64 {
    let local = at.timestamp().to_zoned(house.zone.clone());
    let offset = i64::from(local.offset().seconds()) * 1_000_000;
    at.0.saturating_add(offset).div_euclid(DAY)
}

/// Another one every day, so that nobody is followed from one day to the next.
fn reader_key(house: &House, id: ArticleId, day: i64, reader: Reader<'_>, person: PersonId) -> String {
    let from = match reader {
        Reader::Person => return format!("p{person}"),
        Reader::Visitor(from) => from,
    };
    let mut mac = Hmac::<Sha256>::new_from_slice(&house.reply_key.0).expect("HMAC takes a key of any length");
    mac.update(format!("article-feedback {id} {day} {from}").as_bytes());
    HEXLOWER.encode(&mac.finalize().into_bytes()[..16])
}

pub fn say(tx: &mut Write, cx: &Context, id: ArticleId, reader: Reader<'_>, new: &NewFeedback) -> Result<EventId> {
    let viewer = match reader {
        Reader::Person => Some(&cx.viewer),
        Reader::Visitor(_) => None,
    };
    let (_, text) = show::read(tx, viewer, id)?;
    let words = new.words.trim();
    Checks::default().at_most(words, MOST_WORDS, "words").done()?;
    let day = day_of(&cx.house, cx.now);
    let said: i64 = tx.one(
        "SELECT count(*) FROM article_feedback WHERE article = $1 AND at > $2 AND person IS NULL",
        &args![id, cx.now.plus(-DAY)],
    )?;
    if viewer.is_none() && said >= MOST_A_DAY {
        return Err(Error::TooOften { seconds: 3_600 });
    }
    let key = reader_key(&cx.house, id, day, reader, cx.viewer.person);
    let row: i64 = tx.one(
        "INSERT INTO article_feedback (article, version, reader, day, person, language, helped, words, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (article, reader, day) DO UPDATE SET version = excluded.version, language = excluded.language,
           helped = excluded.helped, words = excluded.words, at = excluded.at RETURNING id",
        &args![
            id,
            text.version.version,
            key,
            day,
            viewer.map(|v| v.person),
            new.language,
            new.helped,
            packed(words),
            cx.now
        ],
    )?;
    let data = json!({ "feedback": row, "helped": new.helped }).to_string();
    let fact = Fact::new(EventKind::ArticleRated).about(id.0).with(Some(data));
    events::record(tx, cx, fact)
}

/// For staff: what was said, the newest first.
pub fn said(r: &mut Read, cx: &Context, id: ArticleId, most: i64) -> Result<Vec<Feedback>> {
    show::find(r, cx, id)?;
    Ok(r.query(
        "SELECT id, version, person, language, helped, words, at FROM article_feedback
         WHERE article = $1 ORDER BY at DESC, id DESC LIMIT $2",
        &args![id, most.clamp(1, 500)],
    )?)
}

/// For owners: what was said of the viewer's own articles since then, the newest first.
pub fn said_of_mine(
    r: &mut Read,
    viewer: &Viewer,
    since: Time,
    most: i64,
) -> Result<Vec<(ArticleId, bool, Packed, Time)>> {
    if !access::may_see_drafts(viewer) {
        return Err(Error::NotFound);
    }
    Ok(r.query(
        "SELECT f.article, f.helped, f.words, f.at FROM article_feedback f JOIN article a ON a.id = f.article
         WHERE a.owner = $1 AND f.at >= $2 ORDER BY f.at DESC, f.id DESC LIMIT $3",
        &args![viewer.person, since, most.clamp(1, 500)],
    )?)
}
