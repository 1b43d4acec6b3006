//! What a letter says, in the shape a ticket takes: subject, visible words, quoted words, clean HTML, files. Pure and
//! total: whatever came, something readable comes out, and the original stays in the ledger.

use sha2::{Digest, Sha256};

use super::findings::Findings;
use super::language::{guess_language, named};
use crate::files;
use crate::people;
use crate::words::Lang;

/// Longer texts are cut here; the original is kept whole.
const LONGEST: usize = 1_000_000;
/// Lines beyond these, or bytes beyond four times `LONGEST`, are not even looked at: a letter of nothing but line ends
/// must not cost many times its weight.
const MOST_LINES: usize = 50_000;
/// More files than this stay in the original only: a letter of a thousand parts must not cost a thousand syncs.
const MOST_FILES: usize = 200;

/// A letter as it was read, ready to be filed.
#[derive(Debug)]
pub(super) struct Gist {
    pub letter: mail::Letter,
    /// Without `Re:` and its relatives; empty when there is none.
    pub subject: String,
    pub body: String,
    pub quoted: String,
    /// Cleaned. Pictures inside the letter stand as their alternative text; the files are listed beside it.
    pub html: Option<String>,
    pub language: Option<Lang>,
    pub files: Vec<GistFile>,
    /// What is wrong beyond the letter's own defects, as sentences.
    pub defects: String,
    pub findings: Findings,
    /// The SHA-256 of its words and files, whatever encoding and line ends they came in.
    pub content: String,
}

#[derive(Debug)]
pub(super) struct GistFile {
    pub name: String,
    pub mime: String,
    pub sha256: String,
    pub content_id: Option<String>,
    pub bytes: Vec<u8>,
}

/// Reads a letter. Takes as long as the letter is big, so it runs outside of every transaction.
pub(super) fn gist_of(raw: &[u8]) -> Gist {
    let mut letter = mail::parse(raw);
    let findings = Findings::of(&letter);
    let cleaned = letter.html.as_deref().map(mail::html::clean);
    let text = letter.text.take().filter(|t| !t.trim().is_empty());
    // Its words without those that its sender hid, which the look of it may well contain.
    let text = text.unwrap_or_else(|| letter.html.as_deref().map(mail::html::to_text).unwrap_or_default());
    let readable = readable(&text);
    let trimmed = mail::quote::trim(readable);
    let attachments = std::mem::take(&mut letter.attachments);
    let more = attachments.len().saturating_sub(MOST_FILES);
    let mut defects: Vec<String> = letter.defects.iter().map(ToString::to_string).collect();
    if more > 0 {
        defects.push(format!("{more} more files are in the original only."));
    }
    if readable.len() < text.len() {
        defects.push("The text is too long to be shown whole; the rest is in the original.".to_string());
    }
    let language = letter
        .content_language
        .as_deref()
        .and_then(named)
        .or_else(|| guess_language(&trimmed.visible));
    let files: Vec<GistFile> = attachments.into_iter().take(MOST_FILES).map(file).collect();
    Gist {
        content: content_of(&letter, &text, &files),
        subject: plain_subject(letter.subject.as_deref().unwrap_or_default()),
        body: kept_text(&trimmed.visible),
        quoted: kept_text(&trimmed.rest),
        html: cleaned
            .map(|c| without_zero(&c.html))
            .filter(|h| !h.trim().is_empty() && h.len() <= 2 * LONGEST),
        language,
        files,
        defects: defects.join("\n"),
        findings,
        letter,
    }
}

/// The bytes of the file with this content.
pub(super) fn file_of(raw: &[u8], sha256: &str) -> Option<Vec<u8>> {
    let mut files = mail::parse(raw).attachments.into_iter().take(MOST_FILES).map(file);
    files.find(|one| one.sha256 == sha256).map(|one| one.bytes)
}

fn file(a: mail::Attachment) -> GistFile {
    GistFile {
        name: files::clean_name(a.name.as_deref().unwrap_or_default()),
        mime: one_line(&a.mime, 127),
        sha256: data_encoding::HEXLOWER.encode(&Sha256::digest(&a.bytes)),
        content_id: a.content_id.as_deref().map(|id| one_line(id, 250)),
        bytes: a.bytes,
    }
}

/// Servers on the way wrap and encode words anew; what they say stays the same.
fn content_of(letter: &mail::Letter, text: &str, files: &[GistFile]) -> String {
    let mut hash = Sha256::new();
    let words = [letter.subject.as_deref(), Some(text), letter.html.as_deref()];
    for part in words.into_iter().flatten() {
        for word in part.split_whitespace() {
            hash.update(word);
            hash.update(b" ");
        }
        hash.update([0]);
    }
    for file in files {
        hash.update(&file.sha256);
    }
    data_encoding::HEXLOWER.encode(&hash.finalize())
}

impl Gist {
    /// The address that counts as the sender's, in lower case; `None` when the letter names nobody.
    pub(super) fn sender(&self, envelope_from: &str) -> Option<String> {
        let named = [self.letter.from.as_ref(), self.letter.sender.as_ref()]
            .into_iter()
            .flatten();
        let candidates = named.map(|a| a.address.as_str()).chain([envelope_from]);
        candidates
            .filter_map(people::Address::parse)
            .map(|a| a.to_string())
            .next()
    }

    pub(super) fn sender_name(&self) -> Option<String> {
        let name = self.letter.from.as_ref().and_then(|a| a.name.as_deref())?;
        Some(one_line(name, 120)).filter(|n| !n.is_empty())
    }

    /// `[{"name","bytes","sha256"}]` for the ledger.
    pub(super) fn attachments_json(&self) -> String {
        let list: Vec<_> = self
            .files
            .iter()
            .map(|f| serde_json::json!({"name": f.name, "bytes": f.bytes.len(), "sha256": f.sha256}))
            .collect();
        serde_json::Value::Array(list).to_string()
    }
}

/// One line without control characters, at most so many letters.
pub(super) fn one_line(text: &str, most: usize) -> String {
    let spaced = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    let line: String = spaced.take(most.saturating_mul(2)).collect();
    line.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .take(most)
        .collect()
}

fn without_zero(text: &str) -> String {
    text.replace('\0', "")
}

/// The part of a text that is looked at.
fn readable(text: &str) -> &str {
    let lines = text.match_indices('\n').nth(MOST_LINES);
    let end = lines.map_or(text.len(), |(at, _)| at).min(4 * LONGEST);
    &text[..text.floor_char_boundary(end)]
}

pub(super) fn kept_text(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => without_zero(&text[..end]),
        None => without_zero(text),
    }
}

/// Words before a colon that only say "this answers" or "this was passed on", in the languages our people meet.
const PREFIXES: &[&str] = &[
    "re", "ré", "réf", "ref", "aw", "sv", "antw", "fw", "fwd", "tr", "wg", "vs", "rv", "enc",
];

/// The subject without `Re:`, `RE :`, `TR:`, `Fwd:`, `Re[2]:` at its beginning, however many.
pub(super) fn plain_subject(subject: &str) -> String {
    let mut rest = one_line(subject, 250);
    while let Some((head, tail)) = rest.split_once([':', '：']) {
        let head = head.trim().to_lowercase();
        let word = head.split(['[', '(']).next().unwrap_or_default().trim();
        let counted = head[word.len()..].trim().trim_matches(['[', ']', '(', ')', '^']);
        if !PREFIXES.contains(&word) || !counted.chars().all(|c| c.is_ascii_digit()) {
            break;
        }
        rest = tail.trim().to_string();
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_of_line_ends_is_looked_at_only_so_far() {
        let raw = format!("Subject: x\r\n\r\nhello\r\n{}the end", "\r\n".repeat(2_000_000));
        let gist = gist_of(raw.as_bytes());
        assert_eq!(gist.body.trim(), "hello");
        assert!(gist.defects.contains("too long to be shown whole"), "{}", gist.defects);
        assert_eq!(readable("é").len(), 2, "a short text is looked at whole");
    }

    #[test]
    fn prefixes_of_answers_and_forwards_go() {
        for (subject, plain) in [
            ("Re: Printer", "Printer"),
            ("RE : TR: Imprimante", "Imprimante"),
            ("Fwd: re[2]: RE: VPN: it drops", "VPN: it drops"),
            ("Report: late", "Report: late"),
            ("Re", "Re"),
            ("Re:", ""),
            ("  spaced \r\n out ", "spaced out"),
        ] {
            assert_eq!(plain_subject(subject), plain, "{subject:?}");
        }
    }

    #[test]
    fn a_file_is_found_by_its_content_byte_for_byte() {
        let raw = b"Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERi0A/w0K\r\n";
        let listed = gist_of(raw).files.remove(0);
        assert_eq!(file_of(raw, &listed.sha256).as_deref(), Some(&b"%PDF-\x00\xff\r\n"[..]));
        assert_eq!(file_of(raw, "of another letter"), None);
    }

    #[test]
    fn a_letter_without_anything_still_has_a_gist() {
        let gist = gist_of(b"");
        assert_eq!(
            (gist.subject.as_str(), gist.body.as_str(), gist.files.len()),
            ("", "", 0)
        );
        assert_eq!(gist.sender(""), None);
    }

    #[test]
    fn quoted_words_and_html_are_kept_apart() {
        let gist = gist_of(
            b"From: Cedar <Cedar@Example.org>\r\nSubject: Re: A\r\nContent-Type: text/html\r\n\r\n<p>It works</p><script>x</script>",
        );
        assert_eq!(gist.body, "It works");
        assert!(!gist.html.as_deref().unwrap().contains("script"));
        assert_eq!(gist.sender("other@x.example").as_deref(), Some("cedar@example.org"));
    }
}
