//! Reading an article from a file. Pure.
//!
//! The head is that part of YAML that needs no YAML: one line a key, a value as it stands or in double quotes as JSON
//! writes them. Anything deeper under a key we know is refused with its line; keys of others are passed over.

use std::collections::BTreeMap;

use super::article::{ArticleState, number_of};
use super::paper::{LARGEST_PAPER, MARK, Paper, PaperPassage};
use super::passage::{Texts, tidy};
use crate::access::Audience;
use crate::clock::Time;
use crate::error::{Error, Result};
use crate::ids::PassageId;
use crate::words::Lang;

/// Lines of a head.
const MOST_HEAD: usize = 200;

fn refuse<T>(key: &'static str, line: usize) -> Result<T> {
    Err(Error::refused_at("file", key, i64::try_from(line).unwrap_or(i64::MAX)))
}

/// Reads a file. `name` gives a title to one that has none.
pub fn read_paper(bytes: &[u8], name: &str) -> Result<Paper> {
    if bytes.len() > LARGEST_PAPER {
        return refuse("refused-paper-large", LARGEST_PAPER >> 20);
    }
    let Ok(text) = std::str::from_utf8(bytes) else {
        return refuse("refused-paper-utf8", 0);
    };
    if text.contains('\0') {
        return refuse("refused-paper-utf8", 0);
    }
    let text = text
        .trim_start_matches('\u{feff}')
        .replace("\r\n", "\n")
        .replace('\r', "\n");
    let (head, body, first) = parted(&text)?;
    let mut paper = headed(&head)?;
    passages(&mut paper, body, first)?;
    if paper.title == Texts::default() {
        name_it(&mut paper, name);
    }
    Ok(paper)
}

type Head = BTreeMap<String, (usize, String)>;

/// The head, the rest, and the number of the rest's first line.
fn parted(text: &str) -> Result<(Head, &str, usize)> {
    let mut head = Head::new();
    let Some(rest) = text.strip_prefix("---\n") else {
        return Ok((head, text, 1));
    };
    let (mut at, mut known) = (4, false);
    for (number, line) in (2..).zip(rest.split_inclusive('\n')) {
        at += line.len();
        let line = line.trim_end();
        if line == "---" || line == "..." {
            return Ok((head, &text[at..], number + 1));
        }
        if number > MOST_HEAD {
            return refuse("refused-paper-head-long", MOST_HEAD);
        }
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if line.starts_with([' ', '\t', '-']) {
            // A list or a map under the key above.
            if known {
                return refuse("refused-paper-deep", number);
            }
            continue;
        }
        let Some((key, value)) = line.split_once(':') else {
            return refuse("refused-paper-line", number);
        };
        let key = key.trim().to_lowercase();
        known = KEYS.contains(&key.as_str());
        if known && head.insert(key, (number, value_of(value, number)?)).is_some() {
            return refuse("refused-paper-twice", number);
        }
    }
    refuse("refused-paper-open", 1)
}

const KEYS: [&str; 12] = [
    "id",
    "desk",
    "lang",
    "title",
    "title-en",
    "title-fr",
    "title-behind",
    "audience",
    "state",
    "topic",
    "review",
    "note",
];

fn value_of(value: &str, line: usize) -> Result<String> {
    let value = value.trim();
    if value.starts_with('"') {
        return serde_json::from_str(value).or_else(|_| refuse("refused-paper-quotes", line));
    }
    // Anchors, aliases, tags and the forms of several lines say more than one line does.
    if value.starts_with(['&', '*', '!', '|', '>', '{', '[', '%', '@', '`']) {
        return refuse("refused-paper-deep", line);
    }
    let single = value.strip_prefix('\'').and_then(|v| v.strip_suffix('\''));
    Ok(single.map_or_else(|| value.to_string(), |v| v.replace("''", "'")))
}

fn headed(head: &Head) -> Result<Paper> {
    let mut paper = Paper::default();
    let text = |key: &str| head.get(key).map(|(_, v)| v.clone()).unwrap_or_default();
    (paper.id, paper.desk) = (text("id"), text("desk"));
    (paper.topic, paper.note) = (text("topic"), text("note"));
    for key in ["id", "desk", "topic", "note"] {
        if let Some((line, value)) = head.get(key)
            && (value.chars().count() > 200 || value.chars().any(char::is_control))
        {
            return refuse("refused-paper-value", *line);
        }
    }
    paper.lang = word(head, "lang", Lang::parse)?;
    paper.audience = word(head, "audience", Audience::parse)?.unwrap_or(Audience::Internal);
    paper.state = word(head, "state", ArticleState::parse)?.unwrap_or(ArticleState::Draft);
    paper.review_at = word(head, "review", moment)?;
    paper.title_behind = word(head, "title-behind", |text| {
        let (lang, at) = text.split_once(' ')?;
        Some((Lang::parse(lang)?, moment(at)?))
    })?;
    paper.title = Texts::new(&text("title-en"), &text("title-fr"));
    let title = text("title");
    match paper.lang {
        Some(Lang::Fr) if paper.title.fr.is_empty() => paper.title.fr = title,
        _ if paper.title.en.is_empty() => paper.title.en = title,
        _ => {}
    }
    Ok(paper)
}

fn word<T>(head: &Head, key: &str, read: impl Fn(&str) -> Option<T>) -> Result<Option<T>> {
    match head.get(key).filter(|(_, value)| !value.is_empty()) {
        None => Ok(None),
        Some((line, value)) => match read(value) {
            None => refuse("refused-paper-value", *line),
            found => Ok(found),
        },
    }
}

/// A moment, or the beginning of a day.
fn moment(text: &str) -> Option<Time> {
    let exact: Option<jiff::Timestamp> = text.trim().parse().ok();
    let at = exact.map(|at| Time(at.as_microsecond()));
    at.or_else(|| crate::clock::day_begins(text))
}

/// `<!-- passage 3 fr behind 2026-11-16T15:00:00Z -->`
fn marker(line: &str, of: Option<Lang>, number: usize) -> Result<Option<(PassageId, Lang, Option<Time>)>> {
    let Some(inside) = line
        .strip_prefix(MARK)
        .and_then(|rest| rest.trim_end().strip_suffix("-->"))
    else {
        return Ok(None);
    };
    let mut words = inside.split_whitespace();
    let passage = words
        .next()
        .and_then(|n| n.parse().ok())
        .filter(|n| (1..1_000_000).contains(n));
    let lang = words.next().map_or(of, Lang::parse);
    let behind = match (words.next(), words.next()) {
        (None, _) => Some(None),
        (Some("behind"), Some(at)) => moment(at).map(Some),
        _ => None,
    };
    match (passage, lang, behind) {
        (Some(passage), Some(lang), Some(behind)) => Ok(Some((PassageId(passage), lang, behind))),
        _ => refuse("refused-paper-marker", number),
    }
}

fn passages(paper: &mut Paper, body: &str, first: usize) -> Result<()> {
    let mut at: Option<(PassageId, Lang)> = None;
    let mut before = String::new();
    for (number, line) in (first..).zip(body.lines()) {
        if let Some((passage, lang, behind)) = marker(line, paper.lang, number)? {
            let found = paper.passages.iter().position(|p| p.passage == passage);
            let index = found.unwrap_or_else(|| {
                paper.passages.push(PaperPassage {
                    passage,
                    texts: Texts::default(),
                    behind: None,
                });
                paper.passages.len() - 1
            });
            let one = &mut paper.passages[index];
            if !one.texts.of(lang).is_empty() {
                return refuse("refused-paper-twice", number);
            }
            one.behind = one.behind.or(behind.map(|at| (lang, at)));
            at = Some((passage, lang));
            continue;
        }
        let line = match line.strip_prefix('\\') {
            Some(rest) if rest.trim_start_matches('\\').starts_with(MARK) => rest,
            _ => line,
        };
        let into = match at {
            None => &mut before,
            Some((passage, lang)) => {
                let one = paper.passages.iter_mut().find(|p| p.passage == passage);
                let texts = &mut one.expect("the marker above made it").texts;
                match lang {
                    Lang::En => &mut texts.en,
                    Lang::Fr => &mut texts.fr,
                }
            }
        };
        into.push_str(line);
        into.push('\n');
    }
    for passage in &mut paper.passages {
        passage.texts = Texts::new(&tidy(&passage.texts.en), &tidy(&passage.texts.fr));
    }
    unmarked(paper, &before);
    Ok(())
}

/// A text from elsewhere has no marks of ours: a passage begins at each heading.
fn unmarked(paper: &mut Paper, text: &str) {
    let mut parts: Vec<String> = Vec::new();
    let mut fenced = false;
    for line in text.lines() {
        let fence = line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~");
        let heading = !fenced && (line.starts_with("# ") || line.starts_with("## "));
        fenced ^= fence;
        if heading
            && line.starts_with("# ")
            && parts.iter().all(|p| p.trim().is_empty())
            && paper.title == Texts::default()
        {
            paper.title = in_lang(paper.lang, &line[2..]);
            continue;
        }
        if heading || parts.is_empty() {
            parts.push(String::new());
        }
        if let Some(last) = parts.last_mut() {
            last.push_str(line);
            last.push('\n');
        }
    }
    let free = paper.passages.iter().map(|p| p.passage.0).max().unwrap_or(0);
    let texts = parts.iter().map(|p| tidy(p)).filter(|p| !p.is_empty());
    let found: Vec<PaperPassage> = (free + 1..)
        .zip(texts)
        .map(|(id, text)| PaperPassage {
            passage: PassageId(id),
            texts: in_lang(paper.lang, &text),
            behind: None,
        })
        .collect();
    paper.passages.splice(0..0, found);
}

fn in_lang(lang: Option<Lang>, text: &str) -> Texts {
    match lang {
        Some(Lang::Fr) => Texts::new("", text.trim()),
        _ => Texts::new(text.trim(), ""),
    }
}

/// The name of the file, without its end.
fn name_it(paper: &mut Paper, name: &str) {
    let stem = name.strip_suffix(".md").unwrap_or(name);
    let stem = stem.strip_suffix(".en").or(stem.strip_suffix(".fr")).unwrap_or(stem);
    let words: String = stem
        .replace(['-', '_'], " ")
        .chars()
        .filter(|c| !c.is_control())
        .take(150)
        .collect();
    paper.title = in_lang(paper.lang, &words);
    if paper.id.is_empty() && number_of(stem).is_some() {
        paper.id = stem.to_string();
    }
}
