//! Encoded words of headers (RFC 2047), read leniently. Words that follow each other are joined
//! before their character set is applied, because many programs break them inside a character.

use super::transfer;

/// The longest encoded word that is read; the standard allows 75.
const LONGEST: usize = 2_000;

/// Where the next `?=` stands. It is looked for once, however many words wait for it.
#[derive(Default)]
struct NextEnd {
    /// Places counted from the end of the text, which stays where it is while the text is eaten.
    known: Option<Option<usize>>,
}

impl NextEnd {
    /// How far into the text the next `?=` stands.
    fn of(&mut self, text: &str) -> Option<usize> {
        let stale = match self.known {
            None => true,
            Some(None) => false,
            Some(Some(left)) => left > text.len(),
        };
        if stale {
            self.known = Some(text.find("?=").map(|at| text.len() - at));
        }
        self.known.flatten().map(|left| text.len() - left)
    }
}

struct Word {
    charset: String,
    bytes: Vec<u8>,
}

/// The text with its encoded words decoded; what is none stays as it stands.
pub(super) fn decode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut pending: Option<Word> = None;
    let mut rest = text;
    let mut next_end = NextEnd::default();
    while let Some(start) = rest.find("=?") {
        let gap = &rest[..start];
        let Some((word, length)) = word(&rest[start..], &mut next_end) else {
            flush(&mut out, &mut pending);
            out.push_str(&rest[..start + 2]);
            rest = &rest[start + 2..];
            continue;
        };
        rest = &rest[start + length..];
        match &mut pending {
            Some(before) if gap.trim().is_empty() && before.charset == word.charset => before.bytes.extend(word.bytes),
            _ => {
                let joined = pending.is_some() && gap.trim().is_empty();
                flush(&mut out, &mut pending);
                out.push_str(if joined { "" } else { gap });
                pending = Some(word);
            }
        }
    }
    flush(&mut out, &mut pending);
    out.push_str(rest);
    out
}

fn flush(out: &mut String, pending: &mut Option<Word>) {
    if let Some(word) = pending.take() {
        out.push_str(&transfer::decode_text(&word.bytes, Some(&word.charset)).0);
    }
}

/// The encoded word at the start of the text, and its length.
fn word(text: &str, next_end: &mut NextEnd) -> Option<(Word, usize)> {
    let (charset, after) = text.strip_prefix("=?")?.split_once('?')?;
    let fits = (1..=60).contains(&charset.len()) && charset.bytes().all(|b| b.is_ascii_graphic());
    let kind = after.as_bytes().first()?.to_ascii_lowercase();
    let encoded = after.get(1..)?.strip_prefix('?').filter(|_| fits)?;
    let end = next_end.of(encoded).filter(|end| *end < LONGEST)?;
    let bytes = match kind {
        b'b' => transfer::base64(&encoded.as_bytes()[..end]).0,
        b'q' => {
            let spaced = encoded[..end].replace('_', " ");
            let mut bytes = Vec::with_capacity(spaced.len());
            transfer::unescape(spaced.as_bytes(), &mut bytes);
            bytes
        }
        _ => return None,
    };
    let charset = charset.to_ascii_lowercase();
    Some((Word { charset, bytes }, text.len() - encoded.len() + end + 2))
}
