//! What an IMAP server says, read word by word (RFC 3501, section 9): no recursion, no list that
//! grows with it, and nothing it says is taken for a number that is none.

use super::reader::{Reader, Token};
use std::collections::BTreeSet;

/// One answer: its line with the counted bytes cut out, and where each of them was.
#[derive(Debug, Default)]
pub(super) struct Answer {
    pub(super) line: Vec<u8>,
    pub(super) counted: Vec<(usize, Vec<u8>)>,
}

/// What kind of answer it is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Said<'a> {
    /// To the command of this tag.
    Done {
        tag: &'a [u8],
        status: Status,
        words: &'a [u8],
    },
    /// `+`: go on.
    Go(&'a [u8]),
    Status(Status, &'a [u8]),
    Capability(&'a [u8]),
    Search(&'a [u8]),
    Exists(u32),
    Expunge,
    /// The items begin at this byte of the line.
    Fetch(usize),
    Other,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Status {
    Ok,
    No,
    Bad,
    Bye,
    Preauth,
}

/// What a FETCH said about a letter.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Items {
    pub(super) uid: Option<u32>,
    pub(super) size: Option<u64>,
    pub(super) received: Option<i64>,
    pub(super) body: Option<Vec<u8>>,
}

/// The length that a line announces at its end: `{123}`.
pub(super) fn announced(line: &[u8]) -> Option<(usize, Option<usize>)> {
    let inner = line.strip_suffix(b"}")?;
    let open = inner.iter().rposition(|b| *b == b'{')?;
    let digits = &inner[open + 1..];
    let digits = digits.strip_suffix(b"+").unwrap_or(digits);
    let all_digits = !digits.is_empty() && digits.iter().all(u8::is_ascii_digit);
    // A length that is no number of ours is one that is too large.
    all_digits.then(|| (open, number(digits).and_then(|count| usize::try_from(count).ok())))
}

pub(super) fn number(digits: &[u8]) -> Option<u64> {
    let plain = !digits.is_empty() && digits.iter().all(u8::is_ascii_digit);
    std::str::from_utf8(digits).ok().filter(|_| plain)?.parse().ok()
}

/// A number that names a letter: 1 to 2^32 - 1.
pub(super) fn name_of_letter(digits: &[u8]) -> Option<u32> {
    number(digits).and_then(|n| u32::try_from(n).ok()).filter(|n| *n > 0)
}

/// The first word, and what follows the space behind it.
pub(super) fn split(text: &[u8]) -> (&[u8], &[u8]) {
    match text.iter().position(|b| *b == b' ') {
        Some(at) => (&text[..at], &text[at + 1..]),
        None => (text, &[]),
    }
}

impl Answer {
    /// None: it is no answer at all.
    pub(super) fn said(&self) -> Option<Said<'_>> {
        let (first, rest) = split(&self.line);
        match first {
            b"*" => untagged(rest, self.line.len() - rest.len()),
            b"+" => Some(Said::Go(rest)),
            tag => {
                let (word, words) = split(rest);
                let status = status(word)?;
                Some(Said::Done { tag, status, words })
            }
        }
    }

    pub(super) fn items(mut self, from: usize) -> Items {
        let mut items = Items::default();
        let (line, counted) = (&self.line, &mut self.counted);
        let mut reader = Reader {
            line,
            at: from,
            counted,
        };
        if reader.next() != Some(Token::Open) {
            return items;
        }
        while let Some(Token::Word(key)) = reader.next() {
            let key = key.to_ascii_uppercase();
            match (key.as_slice(), reader.next()) {
                (b"UID", Some(Token::Word(value))) => items.uid = name_of_letter(value),
                (b"RFC822.SIZE", Some(Token::Word(value))) => items.size = number(value),
                (b"INTERNALDATE", Some(Token::Text(value))) => items.received = super::date::seconds(&value),
                (key, Some(Token::Text(value))) if key.starts_with(b"BODY[]") => items.body = Some(value),
                (_, Some(Token::Open)) => reader.skip_list(),
                (_, Some(Token::Close) | None) => break,
                _ => {}
            }
        }
        items
    }
}

fn untagged(rest: &[u8], offset: usize) -> Option<Said<'_>> {
    let (first, after) = split(rest);
    if first.first().is_some_and(u8::is_ascii_digit) {
        let (word, items) = split(after);
        let from = offset + rest.len() - items.len();
        return match word.to_ascii_uppercase().as_slice() {
            b"EXISTS" => u32::try_from(number(first)?).ok().map(Said::Exists),
            b"EXPUNGE" => name_of_letter(first).map(|_| Said::Expunge),
            b"FETCH" => name_of_letter(first).map(|_| Said::Fetch(from)),
            _ => Some(Said::Other),
        };
    }
    let (numbered, _) = split(after);
    match first.to_ascii_uppercase().as_slice() {
        b"CAPABILITY" => Some(Said::Capability(after)),
        b"SEARCH" => Some(Said::Search(after)),
        // A count below nothing.
        word if word.starts_with(b"-") && numbered.eq_ignore_ascii_case(b"EXISTS") => None,
        word => Some(status(word).map_or(Said::Other, |status| Said::Status(status, after))),
    }
}

fn status(word: &[u8]) -> Option<Status> {
    match word.to_ascii_uppercase().as_slice() {
        b"OK" => Some(Status::Ok),
        b"NO" => Some(Status::No),
        b"BAD" => Some(Status::Bad),
        b"BYE" => Some(Status::Bye),
        b"PREAUTH" => Some(Status::Preauth),
        _ => None,
    }
}

/// What stands in the brackets of `[CODE value] words`, in capitals.
pub(super) fn code(words: &[u8]) -> Option<(Vec<u8>, &[u8])> {
    let inner = words.strip_prefix(b"[")?;
    let end = inner.iter().position(|b| *b == b']')?;
    let (name, value) = split(&inner[..end]);
    Some((name.to_ascii_uppercase(), value))
}

/// Adds the numbers of a SEARCH answer, keeping the `most` smallest; how many there were, or None
/// where one is no number of a letter.
pub(super) fn found(words: &[u8], most: usize, into: &mut BTreeSet<u32>) -> Option<usize> {
    let mut count = 0;
    let names = words.split(|b| *b == b' ').filter(|word| !word.is_empty());
    // `(MODSEQ 5)` may stand at the end (RFC 7162).
    for name in names.take_while(|word| !word.starts_with(b"(")) {
        into.insert(name_of_letter(name)?);
        count += 1;
        if into.len() > most {
            into.pop_last();
        }
    }
    Some(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(line: &[u8]) -> Answer {
        Answer {
            line: line.to_vec(),
            counted: vec![],
        }
    }

    #[test]
    fn answers_are_told_apart() {
        let said = |line: &[u8]| format!("{:?}", answer(line).said());
        assert!(said(b"a1 OK done").contains("Done"));
        assert!(said(b"* 3 EXISTS").contains("Exists(3)"));
        assert!(said(b"* 3 fetch (UID 4)").contains("Fetch(10)"));
        assert!(said(b"* BYE going").contains("Bye"));
        assert!(said(b"+ go").contains("Go"));
        assert!(said(b"* LIST () \"/\" x").contains("Other"));
        for nothing in [
            &b""[..],
            b"*",
            b"a1",
            b"a1 FINE",
            b"* -1 EXISTS",
            b"* 99999999999 EXISTS",
            b"* 0 FETCH ()",
        ] {
            let said = said(nothing);
            assert!(said == "None" || said == "Some(Other)", "{said}");
        }
        assert_eq!(answer(b"* -1 EXISTS").said(), None);
        assert_eq!(answer(b"* 4294967296 EXISTS").said(), None);
        assert_eq!(answer(b"* 0 EXPUNGE").said(), None);
    }

    #[test]
    fn items_are_read_in_any_order_and_among_others() {
        let line =
            b"* 12 FETCH (FLAGS (\\Seen $x) BODY[HEADER.FIELDS (TO (X))] {} MODSEQ (7) rfc822.size 44 BODY[]<0>  \
            INTERNALDATE \"17-Jul-1996 02:44:25 -0700\" ENVELOPE (((\"a\\\"b\" NIL))) UID 9)";
        let at = line.windows(9).position(|w| w == b"BODY[]<0>").unwrap() + 10;
        let counted = vec![(at, b"the ) letter".to_vec())];
        let items = Answer {
            line: line.to_vec(),
            counted,
        }
        .items(11);
        assert_eq!(items.uid, Some(9));
        assert_eq!(items.size, Some(44));
        assert_eq!(items.body.as_deref(), Some(&b"the ) letter"[..]));
        assert_eq!(items.received, Some(837_596_665));
        assert_eq!(answer(b"* 1 FETCH (UID 0 RFC822.SIZE -4)").items(10), Items::default());
        assert_eq!(answer(b"* 1 FETCH (BODY[] NIL UID 3)").items(10).body, None);
        assert_eq!(answer(b"* 1 FETCH (BODY[] \"\" UID 3)").items(10).body, Some(vec![]));
    }

    #[test]
    fn lists_without_end_end() {
        let deep = [b"* 1 FETCH (X ".to_vec(), vec![b'('; 1_000_000]].concat();
        assert_eq!(answer(&deep).items(10), Items::default());
    }

    #[test]
    fn the_smallest_numbers_are_kept() {
        let mut into = BTreeSet::new();
        assert_eq!(found(b"9 3 7 1 5 (MODSEQ 4)", 3, &mut into), Some(5));
        assert_eq!(into, BTreeSet::from([1, 3, 5]));
        for odd in [&b"0"[..], b"1 -2", b"x", b"4294967296"] {
            assert_eq!(found(odd, 3, &mut into), None, "{odd:?}");
        }
    }

    #[test]
    fn announced_lengths() {
        assert_eq!(announced(b"x {12}"), Some((2, Some(12))));
        assert_eq!(announced(b"x {12+}"), Some((2, Some(12))));
        assert_eq!(announced(b"x {99999999999999999999}"), Some((2, None)));
        for none in [&b"x {}"[..], b"x {-1}", b"12}", b"x {1", b"{a}"] {
            assert_eq!(announced(none), None);
        }
    }
}
