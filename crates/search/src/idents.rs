//! Identifiers: serial numbers, addresses, error codes, host and file names, phone numbers.
//!
//! An identifier is a piece of text with a digit or inner punctuation. It is kept in a form in
//! which the ways of writing the same thing agree (MAC addresses lose their separators, paths
//! lean one way, IPv6 addresses are shortened), and any part of three characters can be found.

use crate::fold::push_folded;
use crate::phones::grouped_numbers;
use std::net::Ipv6Addr;

/// The shortest part that can be found.
pub(crate) const GRAM: usize = 3;
/// Longer identifiers are known by their beginning.
const MAX_CHARS: usize = 96;
/// A text's further identifiers are not indexed: a log file must not outgrow its own size.
const MAX_CHARS_A_TEXT: usize = 100_000;

/// An identifier in the form in which it is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ident {
    pub(crate) text: String,
    /// Where each character stands in the source; empty when only the whole can be shown.
    pub(crate) spots: Vec<usize>,
    pub(crate) from: usize,
    pub(crate) to: usize,
}

/// The identifiers of a text, as many as are indexed; with `all`, any piece of three characters
/// counts as one.
pub(crate) fn idents(text: &str, all: bool) -> impl Iterator<Item = Ident> + '_ {
    let mut left = MAX_CHARS_A_TEXT;
    chunks(text)
        .filter(move |(_, chunk)| all || looks_like_one(chunk))
        .flat_map(|(from, chunk)| forms(chunk, from))
        .chain(grouped(text))
        .take_while(move |ident| {
            let enough = left >= ident.text.len();
            left = left.saturating_sub(ident.text.len());
            enough
        })
}

/// Everything in a text that could have been indexed as an identifier.
pub(crate) fn every_ident(text: &str) -> impl Iterator<Item = Ident> + '_ {
    chunks(text)
        .flat_map(|(from, chunk)| forms(chunk, from))
        .chain(grouped(text))
}

fn grouped(text: &str) -> impl Iterator<Item = Ident> {
    grouped_numbers(text, 7).into_iter().map(|n| Ident {
        text: n.digits,
        spots: n.spots,
        from: n.from,
        to: n.to,
    })
}

/// The pieces of a text that could be identifiers, without the punctuation around them.
pub(crate) fn chunks(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split(|c: char| !is_chunk_char(c)).filter_map(move |chunk| {
        let inner = chunk.trim_matches(|c: char| !c.is_alphanumeric());
        let from = inner.as_ptr() as usize - text.as_ptr() as usize;
        (!inner.is_empty()).then_some((from, inner))
    })
}

/// Whether a piece is an identifier: a digit, or punctuation that words do not hold.
pub(crate) fn looks_like_one(chunk: &str) -> bool {
    let mark = |c: char| c.is_ascii_digit() || matches!(c, '.' | '_' | ':' | '/' | '\\' | '@');
    chunk.chars().take(GRAM).count() == GRAM && (chunk.chars().any(mark) || hex_groups(chunk).is_some())
}

/// The forms under which a piece is known.
pub(crate) fn forms(chunk: &str, from: usize) -> Vec<Ident> {
    let cut = chunk.char_indices().nth(MAX_CHARS).map_or(chunk.len(), |(i, _)| i);
    let chunk = &chunk[..cut];
    let mut forms = Vec::with_capacity(2);
    let mut add = |ident: Ident| {
        if ident.text.chars().take(GRAM).count() == GRAM {
            forms.push(ident);
        }
    };
    let groups = hex_groups(chunk);
    let bare = groups.is_some() || only_hyphens(chunk) || is_dotted_phone(chunk);
    if bare {
        add(plain(chunk, from, |c| c.is_alphanumeric()));
    }
    // A whole MAC address has no other form; a part of one may as well be something else.
    if !bare || (groups == Some(Groups::Part) && !only_hyphens(chunk)) {
        add(plain(chunk, from, |_| true));
    }
    if let Some(address) = short_ipv6(chunk) {
        add(Ident {
            text: address,
            spots: Vec::new(),
            from,
            to: from + chunk.len(),
        });
    }
    forms
}

fn is_chunk_char(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(
            c,
            '.' | '_' | '-' | '‑' | ':' | '/' | '\\' | '@' | '+' | '#' | '%' | '~' | '$'
        )
}

fn plain(chunk: &str, from: usize, keep: impl Fn(char) -> bool) -> Ident {
    let mut ident = Ident {
        text: String::new(),
        spots: Vec::new(),
        from,
        to: from + chunk.len(),
    };
    for (i, c) in chunk.char_indices().filter(|(_, c)| keep(*c)) {
        match c {
            '\\' => ident.text.push('/'),
            '‑' => ident.text.push('-'),
            c => push_folded(&mut ident.text, c),
        }
        ident.spots.resize(ident.text.chars().count(), from + i);
    }
    ident
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Groups {
    /// A whole MAC address (EUI-48 or EUI-64).
    Whole,
    Part,
}

/// Hexadecimal digits in equal groups, as MAC addresses are written: `aa:bb:cc`, `aabb.ccdd`. The
/// first and the last group of a part may be cut short.
fn hex_groups(chunk: &str) -> Option<Groups> {
    let separator = chunk.chars().find(|c| matches!(c, ':' | '-' | '.'))?;
    let sizes: Vec<_> = chunk.split(separator).map(str::len).collect();
    let size = sizes.iter().copied().max()?;
    let fits = size == 4 || (size == 2 && separator != '.');
    let inner = sizes[1..sizes.len() - 1].iter().all(|inner| *inner == size);
    let hex = |c: char| c.is_ascii_hexdigit() || c == separator;
    if !fits || !inner || sizes.contains(&0) || !chunk.chars().all(hex) {
        return None;
    }
    match sizes.iter().sum::<usize>() {
        12 | 16 => Some(Groups::Whole),
        6.. => Some(Groups::Part),
        _ => None,
    }
}

fn only_hyphens(chunk: &str) -> bool {
    let hyphen = |c: char| matches!(c, '-' | '‑');
    chunk.contains(hyphen) && chunk.chars().all(|c| c.is_alphanumeric() || hyphen(c))
}

/// `613.555.0123`, also with a country code or hyphens between.
fn is_dotted_phone(chunk: &str) -> bool {
    let groups: Vec<_> = chunk.split(['.', '-']).collect();
    let digits = groups
        .iter()
        .all(|g| !g.is_empty() && g.bytes().all(|b| b.is_ascii_digit()));
    let sizes: Vec<_> = groups.iter().map(|g| g.len()).collect();
    digits && (sizes.ends_with(&[3, 3, 4]) || sizes == [3, 4])
}

/// The shortest spelling of an IPv6 address, when it differs from the one in the text.
fn short_ipv6(chunk: &str) -> Option<String> {
    if chunk.matches(':').count() < 2 {
        return None;
    }
    let short = chunk.parse::<Ipv6Addr>().ok()?.to_string();
    (short != chunk.to_lowercase()).then_some(short)
}

/// The grams of an identifier, each with its place.
pub(crate) fn grams(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let starts = text.char_indices().map(|(i, _)| i);
    let ends = text.char_indices().map(|(i, _)| i).chain([text.len()]).skip(GRAM);
    starts
        .zip(ends)
        .enumerate()
        .map(|(place, (from, to))| (place, &text[from..to]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        idents(text, false).map(|ident| ident.text).collect()
    }

    #[test]
    fn the_ways_of_writing_a_mac_address_agree() {
        for text in [
            "AA:BB:CC:DD:EE:0F",
            "aa-bb-cc-dd-ee-0f",
            "aabb.ccdd.ee0f",
            "aabbccddee0f",
        ] {
            assert_eq!(found(text), ["aabbccddee0f"], "{text}");
        }
        assert_eq!(found("aa-bb-cc-dd-ee-ff"), ["aabbccddeeff"], "even without a digit");
    }

    #[test]
    fn addresses_keep_their_dots_so_that_neighbours_differ() {
        assert_eq!(
            found("ping 192.168.1.10, then 192.168.11.0."),
            ["192.168.1.10", "192.168.11.0"]
        );
        assert_eq!(found("2001:0db8:0:0:0:0:0:1"), ["2001:0db8:0:0:0:0:0:1", "2001:db8::1"]);
    }

    #[test]
    fn codes_names_and_numbers_are_seen_and_words_are_not() {
        assert_eq!(
            found("(ORA-00942) 0x80070005; ERR_CONNECTION_RESET!"),
            ["ora00942", "0x80070005", "err_connection_reset"]
        );
        assert_eq!(
            found(r#"open "C:\Users\Public\Rapport.docx""#),
            ["c:/users/public/rapport.docx"]
        );
        assert_eq!(
            found("613.555.0123 or +1 (613) 555-0123"),
            ["6135550123", "613", "5550123", "16135550123"]
        );
        assert_eq!(found("an ordinary follow-up, and/or a re-install... no?"), ["and/or"]);
        assert_eq!(
            found("Windows 10"),
            Vec::<String>::new(),
            "too short to be looked for in part"
        );
    }

    #[test]
    fn the_size_is_bounded() {
        assert_eq!(found(&"a1".repeat(5_000))[0].chars().count(), MAX_CHARS);
        let log: String = (0..100_000).map(|n| format!("{n:08} ")).collect();
        let kept: usize = idents(&log, false).map(|ident| ident.text.len()).sum();
        assert!(kept <= MAX_CHARS_A_TEXT, "{kept}");
    }

    #[test]
    fn grams_overlap_by_all_but_one() {
        assert_eq!(grams("12345").collect::<Vec<_>>(), [(0, "123"), (1, "234"), (2, "345")]);
        assert_eq!(grams("éàç").count(), 1);
        assert_eq!(grams("12").count(), 0);
    }
}
