//! Letters that pass another letter on, and who wrote that one. Only when passing on is what the
//! letter is for: whoever is named here may become the one who asks, so in doubt nobody is.
//!
//! A reply that quotes a header is no forward: the first prefix of the subject decides, then the
//! mark mail programs put above what they pass on, and that mark must be the first thing that is
//! not the sender's own.

mod marks;

use crate::html;
use crate::letter::{Address, Attachment, Forwarded, Letter, Role};
use crate::quote::{self, Label, labelled};
use marks::{Prefix, is_mark, is_other_mark, prefix};

/// How much of a text is searched for the mark.
const LOOK: usize = 256 * 1024;
const LINES: usize = 2_000;
/// Lines of a copied header.
const HEADER: usize = 24;
/// Characters of one value of it.
const LONGEST: usize = 2_000;
/// How much is kept of what was passed on.
const KEPT: usize = 1024 * 1024;
/// Whoever sends a letter as a file with no more words than this sends it for the file's sake.
const FEW_WORDS: usize = 3;

/// The one letter that came as a file; `None` for reports, digests and several.
pub(crate) fn lone_original(letter: &Letter) -> Option<&Attachment> {
    if letter.report.is_some() || letter.list || letter.content_type == "multipart/digest" {
        return None;
    }
    let mut files = letter
        .attachments
        .iter()
        .chain(&letter.enclosed)
        .filter(|f| is_letter(f));
    let only = files.next().filter(|f| !f.bytes.is_empty());
    only.filter(|_| files.next().is_none() && is_for_its_file(letter))
}

fn is_letter(file: &Attachment) -> bool {
    matches!(file.mime.as_str(), "message/rfc822" | "message/global")
}

pub(crate) fn mark_original(letter: &mut Letter) {
    let files = letter.attachments.iter_mut().chain(&mut letter.enclosed);
    for file in files.filter(|f| is_letter(f)) {
        file.role = Role::Forwarded;
    }
}

fn subject_of(letter: &Letter) -> Option<Prefix> {
    prefix(letter.subject.as_deref().unwrap_or_default())
}

fn is_for_its_file(letter: &Letter) -> bool {
    match subject_of(letter) {
        Some(Prefix::Reply) => false,
        Some(Prefix::Forward) => true,
        None => {
            let own = quote::trim(&beginning(letter)).visible;
            own.split_whitespace().count() <= FEW_WORDS && letter.in_reply_to.is_empty()
        }
    }
}

/// The text, or the words of the HTML, as far as it is searched.
fn beginning(letter: &Letter) -> String {
    let text = letter.text.as_deref().filter(|t| !t.trim().is_empty());
    match (text, &letter.html) {
        (Some(text), _) => text[..text.floor_char_boundary(LOOK + KEPT)].to_owned(),
        (None, Some(html)) => html::to_text(&html[..html.floor_char_boundary(4 * LOOK)]),
        (None, None) => String::new(),
    }
}

/// A letter passed on as a file, and what was read of it.
pub(crate) fn of_file(letter: &Letter, original: Letter) -> Option<Forwarded> {
    let text = beginning(&original);
    let from = original.from.or(original.sender).filter(is_whole)?;
    Some(Forwarded {
        from,
        date: original.date,
        date_text: None,
        subject: original.subject,
        to: original.to,
        cc: original.cc,
        message_id: original.message_id,
        text: cut(&text).to_owned(),
        text_above: beginning(letter).trim().to_owned(),
    })
}

fn is_whole(address: &Address) -> bool {
    !address.local().is_empty() && address.domain().contains('.') && !address.address.contains(char::is_whitespace)
}

/// A letter passed on inside the text.
pub(crate) fn inline(letter: &Letter) -> Option<Forwarded> {
    let declared = subject_of(letter);
    if letter.report.is_some() || declared == Some(Prefix::Reply) {
        return None;
    }
    let text = beginning(letter);
    let found = find(&text, declared == Some(Prefix::Forward))?;
    let below = &text[found.header..];
    let (mut forwarded, length) = header(below)?;
    forwarded.text = unquoted(cut(&below[length..]), found.quoted);
    forwarded.text_above = text[..found.mark].trim().to_owned();
    Some(forwarded)
}

/// Where the mark begins and where the copied header does.
struct Found {
    mark: usize,
    header: usize,
    /// Every line is quoted, as some programs do.
    quoted: bool,
}

/// The first mark of a forward, unless something else that is not the sender's own stands above it.
/// Without a mark, a copied header counts when the subject says that the letter was passed on.
fn find(text: &str, declared: bool) -> Option<Found> {
    let mut at = 0;
    for line in text.split_inclusive('\n').take(LINES) {
        let start = at;
        at += line.len();
        if start > LOOK {
            return None;
        }
        let words = line.trim();
        if is_mark(words) || declared && is_other_mark(words) {
            let (header, quoted) = first_label(text, at)?;
            return Some(Found {
                mark: start,
                header,
                quoted,
            });
        }
        if starts_header(&text[start..]) {
            let header = Found {
                mark: start,
                header: start,
                quoted: false,
            };
            return declared.then_some(header);
        }
        // A quotation or an attribution above the mark: the letter answers something.
        if words.starts_with('>') || is_other_mark(words) || quote::is_attribution_line(words) {
            return None;
        }
    }
    None
}

/// Whether a header was copied here: the sender with an address, and two more labels.
fn starts_header(text: &str) -> bool {
    let lines: Vec<&str> = text.lines().take(9).collect();
    quote::is_header(&lines) && header(text).is_some()
}

/// The first label below a mark; only empty lines may stand between.
fn first_label(text: &str, from: usize) -> Option<(usize, bool)> {
    let mut at = from;
    for line in text[from..].split_inclusive('\n').take(6) {
        let words = line.trim();
        let inner = words.trim_start_matches(['>', ' ']);
        if labelled(inner).is_some() {
            return Some((at, words.starts_with('>')));
        }
        if !inner.is_empty() {
            return None;
        }
        at += line.len();
    }
    None
}

/// Reads a copied header; returns it and where the text behind it begins.
fn header(text: &str) -> Option<(Forwarded, usize)> {
    let mut forwarded = Forwarded::default();
    let (mut at, mut labels, mut last) = (0, 0, None);
    for line in text.split_inclusive('\n').take(HEADER) {
        let words = line.trim().trim_start_matches(['>', ' ']).trim();
        match labelled(words) {
            Some((label, value)) => {
                take(&mut forwarded, label, value);
                labels += 1;
                last = Some(label);
            }
            None if words.is_empty() && labels > 0 => {
                at += line.len();
                break;
            }
            None if words.is_empty() => {}
            // Long lists of people are folded; a text that begins without an empty line is not.
            None if matches!(last, Some(Label::To | Label::Cc)) && words.contains('@') && words.len() < 400 => {}
            None if last == Some(Label::From) && forwarded.from.address.is_empty() && words.contains('@') => {
                let whole = format!("{} {words}", forwarded.from.name.clone().unwrap_or_default());
                take(&mut forwarded, Label::From, &whole);
            }
            None => break,
        }
        at += line.len();
    }
    (labels >= 2 && is_whole(&forwarded.from)).then_some((forwarded, at))
}

fn take(forwarded: &mut Forwarded, label: Label, value: &str) {
    let value = &value[..value.floor_char_boundary(LONGEST)];
    let people = || {
        crate::parse::people(
            &value
                .replace("[mailto:", "<")
                .replace("<mailto:", "<")
                .replace(']', ">"),
        )
    };
    match label {
        Label::From if !is_whole(&forwarded.from) => {
            forwarded.from = people()
                .into_iter()
                .find(is_whole)
                .unwrap_or_else(|| Address::new(Some(value), ""));
        }
        Label::Date if forwarded.date_text.is_none() => {
            forwarded.date = crate::parse::moment(value);
            forwarded.date_text = Some(value.to_owned());
        }
        Label::To => forwarded.to.extend(people().into_iter().filter(is_whole)),
        Label::Cc => forwarded.cc.extend(people().into_iter().filter(is_whole)),
        Label::Subject if forwarded.subject.is_none() => forwarded.subject = Some(value.to_owned()),
        _ => {}
    }
}

fn cut(text: &str) -> &str {
    &text[..text.floor_char_boundary(KEPT)]
}

/// The text without the marks of quotation that stand before every line.
fn unquoted(text: &str, quoted: bool) -> String {
    if !quoted {
        return text.trim().to_owned();
    }
    let plain = |line: &str| {
        let line = line.strip_prefix('>').unwrap_or(line);
        line.strip_prefix(' ').unwrap_or(line).to_owned()
    };
    let lines: Vec<String> = text.lines().map(plain).collect();
    lines.join("\n").trim().to_owned()
}
