//! The look-up while typing: any word of a name, an address, an organization, or some digits, from its beginning.
//!
//! Each person's words stand in `find_word`, folded, so that a look-up is a walk along an index and stops at the limit:
//! it must never read the whole table of people.

use db::{Read, Sql, Write, args};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::person::Person;
use super::phone::{digits_of, looks_like_number};
use super::store;
use crate::access::{self, Place};
use crate::context::Context;
use crate::error::Result;
use crate::ids::{OrganizationId, PersonId};

db::text_enum! {
    pub(crate) enum Kind { Person => "person", Organization => "org" }
}

const MOST_WORD: usize = 48;
const MOST_TERMS: usize = 6;

/// The words of a text as they are kept: accents folded, lower case, `[a-z0-9]` only; a letter of another alphabet
/// stands as its number, always of one length so that beginnings stay beginnings.
pub(crate) fn words_of(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let folded: String = text
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .collect();
    for raw in folded.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '\u{2019}') {
        let mut word = String::new();
        for c in raw.chars() {
            match c {
                'a'..='z' | '0'..='9' => word.push(c),
                'œ' => word.push_str("oe"),
                'æ' => word.push_str("ae"),
                'ø' => word.push('o'),
                'ß' => word.push_str("ss"),
                'ł' => word.push('l'),
                '\'' | '\u{2019}' => {}
                other => word.push_str(&format!("u{:05x}", u32::from(other))),
            }
        }
        word.truncate(MOST_WORD);
        if !word.is_empty() && !words.contains(&word) {
            words.push(word);
        }
    }
    words
}

/// Every term is the beginning of one of the words.
pub(crate) fn begins(words: &[String], terms: &[String]) -> bool {
    terms.iter().all(|term| words.iter().any(|word| word.starts_with(term)))
}

/// Writes the words of one thing anew.
pub(crate) fn index_words(tx: &mut Write, kind: Kind, id: i64, words: &[String]) -> Result<()> {
    tx.exec("DELETE FROM find_word WHERE kind = $1 AND id = $2", &args![kind, id])?;
    put_words(tx, kind, id, words)
}

fn put_words(tx: &mut Write, kind: Kind, id: i64, words: &[String]) -> Result<()> {
    if words.is_empty() {
        return Ok(());
    }
    let mut sql = Sql::new("INSERT INTO find_word (kind, word, id) VALUES ");
    for (at, word) in words.iter().enumerate() {
        sql.push(if at == 0 { "(" } else { ", (" });
        sql.bind(kind)
            .push(", ")
            .bind(word.clone())
            .push(", ")
            .bind(id)
            .push(")");
    }
    sql.push(" ON CONFLICT (kind, word, id) DO NOTHING");
    tx.exec_sql(&sql)?;
    Ok(())
}

/// After any change of a person's name, addresses or numbers.
pub(super) fn reindex(tx: &mut Write, person: PersonId) -> Result<()> {
    let words = words_of_person(tx, person)?;
    index_words(tx, Kind::Person, person.0, &words)
}

/// For somebody new, who has no words yet.
pub(super) fn index_new(tx: &mut Write, person: PersonId) -> Result<()> {
    let words = words_of_person(tx, person)?;
    put_words(tx, Kind::Person, person.0, &words)
}

fn words_of_person(r: &mut Read, person: PersonId) -> Result<Vec<String>> {
    let name: String = r.one("SELECT name FROM person WHERE id = $1", &args![person])?;
    let mut words = words_of(&name);
    for row in store::addresses(r, person)? {
        // Nobody looks for people by "com": the last part of the domain is left out.
        let most = row.address.rfind('.').filter(|dot| Some(*dot) > row.address.find('@'));
        words.extend(words_of(&row.address[..most.unwrap_or(row.address.len())]));
    }
    for row in store::phones(r, person)? {
        let whole = row.digits.as_str();
        let local = whole.get(whole.len().saturating_sub(7)..).unwrap_or(whole);
        let last = whole.get(whole.len().saturating_sub(4)..).unwrap_or(whole);
        words.extend([whole, local, last].map(str::to_string));
    }
    Ok(words)
}

/// A merged person is found through the one kept.
pub(super) fn forget(tx: &mut Write, person: PersonId) -> Result<()> {
    index_words(tx, Kind::Person, person.0, &[])
}

/// People whose record holds a beginning of every word typed, the closest first; at most `limit` (and never over 100).
pub fn search(r: &mut Read, cx: &Context, text: &str, limit: i64) -> Result<Vec<Person>> {
    access::require(&cx.viewer, Place::Desk)?;
    let terms = terms_of(text);
    let Some((first, rest)) = terms.split_first() else {
        return Ok(Vec::new());
    };
    let most = usize::try_from(limit.clamp(1, 100)).unwrap_or(1);
    let mut ids = by_own_word(r, first, rest, most)?;
    if ids.len() < most {
        for id in by_organization(r, first, rest, most)? {
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
    }
    ids.truncate(most);
    store::load_all(r, &ids)
}

/// What was typed as words, the longest (so the rarest) first.
fn terms_of(text: &str) -> Vec<String> {
    if looks_like_number(text) {
        return vec![digits_of(text)];
    }
    let text: String = text.chars().take(200).collect();
    let mut terms = words_of(&text);
    terms.sort_by_key(|t| std::cmp::Reverse(t.len()));
    terms.truncate(MOST_TERMS);
    terms
}

fn by_own_word(r: &mut Read, first: &str, rest: &[String], most: usize) -> Result<Vec<PersonId>> {
    let mut ids: Vec<PersonId> = Vec::new();
    for id in r.query_sql::<PersonId>(&own_word(first, rest, most))? {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    Ok(ids)
}

fn own_word(first: &str, rest: &[String], most: usize) -> Sql {
    let mut sql = Sql::new("SELECT f.id FROM find_word f WHERE f.kind = 'person'");
    sql.push(" AND f.word >= ")
        .bind(first.to_string())
        .push(" AND f.word <= ")
        .bind(end_of(first));
    for term in rest {
        has_term(&mut sql, "f.id", term);
    }
    // A person may stand in the range with several words: more rows than people are asked for.
    let rows = i64::try_from(most * 4).unwrap_or(i64::MAX);
    sql.push(" ORDER BY f.word, f.id LIMIT ").bind(rows);
    sql
}

fn by_organization(r: &mut Read, first: &str, rest: &[String], most: usize) -> Result<Vec<PersonId>> {
    let mut found = Sql::new("SELECT DISTINCT f.id FROM find_word f WHERE f.kind = 'org' AND f.word >= ");
    found
        .bind(first.to_string())
        .push(" AND f.word <= ")
        .bind(end_of(first))
        .push(" ORDER BY f.id LIMIT 50");
    let organizations: Vec<OrganizationId> = r.query_sql(&found)?;
    if organizations.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new("SELECT p.id FROM person p WHERE p.merged_into IS NULL AND p.organization IN (");
    sql.bind_list(organizations).push(")");
    for term in rest {
        has_term(&mut sql, "p.id", term);
    }
    sql.push(" ORDER BY p.organization, p.id LIMIT ")
        .bind(i64::try_from(most).unwrap_or(i64::MAX));
    Ok(r.query_sql(&sql)?)
}

/// The person or his organization has a word that begins so.
fn has_term(sql: &mut Sql, person: &'static str, term: &str) {
    sql.push(" AND (EXISTS (SELECT 1 FROM find_word w WHERE w.kind = 'person' AND w.id = ")
        .push(person);
    sql.push(" AND w.word >= ")
        .bind(term.to_string())
        .push(" AND w.word <= ")
        .bind(end_of(term));
    sql.push(") OR EXISTS (SELECT 1 FROM person q JOIN find_word w ON w.kind = 'org' AND w.id = q.organization");
    sql.push(" WHERE q.id = ").push(person);
    sql.push(" AND w.word >= ")
        .bind(term.to_string())
        .push(" AND w.word <= ")
        .bind(end_of(term))
        .push("))");
}

/// The last word that begins with `term`. No word holds anything after `z`, and none is longer.
fn end_of(term: &str) -> String {
    format!("{term}{}", "z".repeat(MOST_WORD))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded() {
        assert_eq!(words_of("Élise L'Heureux-Bœuf"), ["elise", "lheureux", "boeuf"]);
        assert_eq!(words_of("pat.roy@cedar"), ["pat", "roy", "cedar"]);
        assert_eq!(words_of("Roy roy ROY"), ["roy"]);
        assert!(words_of("...  '").is_empty());
    }

    #[test]
    fn other_alphabets_keep_their_beginnings() {
        let (whole, start) = (words_of("Дубрава"), words_of("Дуб"));
        assert!(whole[0].starts_with(&start[0]));
        assert!(whole[0].bytes().all(|b| b.is_ascii_alphanumeric()));
    }

    #[test]
    fn a_look_up_walks_along_indexes_and_sorts_nothing() {
        let stand = testpg::sqlite(db::SqliteOptions::default());
        stand.db.migrate(crate::MIGRATIONS).expect("migrated");
        let sql = own_word("larch", &["pay".to_string()], 8);
        let plan = stand
            .db
            .read_now(move |r| r.plan(&sql.text(), sql.args()))
            .expect("planned");
        assert!(!plan.contains("SCAN") && !plan.contains("TEMP B-TREE"), "{plan}");
        assert!(plan.contains("kind=? AND word>? AND word<?"), "{plan}");
    }

    #[test]
    fn the_longest_word_leads() {
        assert_eq!(terms_of("o cedar pay"), ["cedar", "pay", "o"]);
        assert_eq!(terms_of("+1 418 555-0134"), ["4185550134"]);
    }
}
