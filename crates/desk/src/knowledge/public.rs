//! What the public pages list of the knowledge base: the titles of what is published for everybody, in both languages.
//! It is the same for whoever asks, so nobody is named here; what the policy says of `None` (`access::may_read_article`)
//! is the condition of each statement.

use data_encoding::HEXLOWER;
use db::{Packed, Read, args};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::used::{Worth, worths};
use crate::clock::Time;
use crate::error::Result;
use crate::house::House;
use crate::ids::ArticleId;
use crate::words::Lang;

/// Articles that are weighed to find the most useful ones.
const WEIGHED: i64 = 200;

db::table! {
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct PublicTitle {
        pub id: ArticleId,
        pub en: Packed,
        pub fr: Packed,
        pub published_at: Time,
    }
}

impl PublicTitle {
    pub fn text(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en.0,
            Lang::Fr => &self.fr.0,
        }
    }

    pub fn speaks(&self, lang: Lang) -> bool {
        !self.text(lang).is_empty()
    }

    /// The title in this language, or in the other; and which it is.
    pub fn titled(&self, lang: Lang) -> (Lang, &str) {
        let shown = if self.speaks(lang) { lang } else { lang.other() };
        (shown, self.text(shown))
    }
}

/// The last published first; the next page begins behind `(published_at, id)` of the last line.
pub fn public_titles(r: &mut Read, after: Option<(Time, ArticleId)>, most: i64) -> Result<Vec<PublicTitle>> {
    let (at, id) = after.unwrap_or((Time(i64::MAX), ArticleId(i64::MAX)));
    Ok(r.query(
        "SELECT a.id, p.en, p.fr, a.published_at FROM article a
         JOIN article_passage p ON p.article = a.id AND p.version = a.published AND p.passage = 0
         WHERE a.state = 'published' AND a.audience = 'public' AND a.published_at IS NOT NULL
           AND (a.published_at, a.id) < ($1, $2)
         ORDER BY a.published_at DESC, a.id DESC LIMIT $3",
        &args![at, id, most],
    )?)
}

/// Those that helped most since then, then the newest: what a first page shows.
pub fn front_titles(r: &mut Read, since: Time, most: usize) -> Result<Vec<PublicTitle>> {
    let weighed: Vec<PublicTitle> = r.query(
        "SELECT a.id, p.en, p.fr, a.published_at FROM article a
         JOIN article_passage p ON p.article = a.id AND p.version = a.published AND p.passage = 0
         WHERE a.state = 'published' AND a.audience = 'public' AND a.published_at IS NOT NULL AND (
           EXISTS (SELECT 1 FROM article_use u WHERE u.article = a.id AND u.at >= $1)
           OR EXISTS (SELECT 1 FROM article_feedback f WHERE f.article = a.id AND f.at >= $1))
         ORDER BY a.published_at DESC, a.id DESC LIMIT $2",
        &args![since, WEIGHED],
    )?;
    let ids: Vec<ArticleId> = weighed.iter().map(|one| one.id).collect();
    let worth = if ids.is_empty() {
        Vec::new()
    } else {
        worths(r, &ids, since)?
    };
    let mut best: Vec<(i64, PublicTitle)> = weighed
        .into_iter()
        .filter_map(|one| {
            let worth = worth.iter().find(|(id, _)| *id == one.id)?.1;
            Some((helped(worth), one))
        })
        .filter(|(helped, _)| *helped > 0)
        .collect();
    best.sort_by_key(|(helped, _)| -helped);
    let mut front: Vec<PublicTitle> = best.into_iter().map(|(_, one)| one).take(most).collect();
    if front.len() < most {
        let newest = public_titles(r, None, i64::try_from(most).unwrap_or(i64::MAX))?;
        let there: Vec<ArticleId> = front.iter().map(|one| one.id).collect();
        front.extend(newest.into_iter().filter(|one| !there.contains(&one.id)));
        front.truncate(most);
    }
    Ok(front)
}

/// How many more it helped than it left where they were.
fn helped(worth: Worth) -> i64 {
    let good = worth.solved + worth.helped;
    let bad = (worth.of - worth.solved) + (worth.said - worth.helped);
    good - bad
}

/// The name of a feed, or of one of its entries, that holds whatever becomes of titles and of the desk's address
/// (RFC 4287, 4.2.6): a UUID of the desk's own making (RFC 9562, version 8) from a hash that no other desk has.
pub fn lasting_name(house: &House, of: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(&house.reply_key.0).expect("HMAC takes a key of any length");
    mac.update(format!("lasting-name {of}").as_bytes());
    let mut bytes = mac.finalize().into_bytes();
    bytes[6] = (bytes[6] & 0x0f) | 0x80;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let hex = HEXLOWER.encode(&bytes[..16]);
    format!(
        "urn:uuid:{}-{}-{}-{}-{}",
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..]
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_left_people_where_they_were_counts_against_an_article() {
        let worth = |solved, of, helped, said| Worth {
            solved,
            of,
            helped,
            said,
        };
        assert_eq!(helped(worth(3, 4, 2, 2)), 4);
        assert_eq!(helped(worth(0, 3, 1, 1)), -2);
        assert_eq!(helped(Worth::default()), 0);
    }
}
