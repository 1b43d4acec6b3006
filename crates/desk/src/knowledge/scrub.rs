//! Taking out of a text what names a person or his things, so that it can be read by others: mail addresses, numbers of
//! telephones and networks, ticket numbers, user names in paths, serial numbers, names. Pure; it says what it took, for
//! no rule of this kind is sure, and a person looks.

use std::collections::BTreeSet;

use super::personal::{has_digit, is_mail, is_network, is_number, is_serial, is_ticket, phone_at};
use crate::words::{Lang, fold};

db::text_enum! {
    pub enum Personal {
        Name => "name",
        Mail => "mail",
        Phone => "phone",
        Network => "network",
        Ticket => "ticket",
        User => "user",
        Serial => "serial",
    }
}

/// Something that was taken out, as it stood there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Removed {
    pub kind: Personal,
    pub words: String,
}

impl Personal {
    /// What stands in its place.
    pub(crate) fn stands(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Personal::Name, Lang::En) => "[name]",
            (Personal::Name, Lang::Fr) => "[nom]",
            (Personal::Mail, Lang::En) => "[address]",
            (Personal::Mail, Lang::Fr) => "[adresse]",
            (Personal::Phone, Lang::En) => "[phone]",
            (Personal::Phone, Lang::Fr) => "[téléphone]",
            (Personal::Network, Lang::En) => "[IP address]",
            (Personal::Network, Lang::Fr) => "[adresse IP]",
            (Personal::Ticket, Lang::En) => "[ticket]",
            (Personal::Ticket, Lang::Fr) => "[billet]",
            (Personal::User, Lang::En) => "[user]",
            (Personal::User, Lang::Fr) => "[utilisateur]",
            (Personal::Serial, Lang::En) => "[serial number]",
            (Personal::Serial, Lang::Fr) => "[numéro de série]",
        }
    }
}

/// Whose names, and which numbers, a text may hold.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Whole names; each word of one is taken too where it is written with a capital.
    pub names: Vec<String>,
    pub tickets: Vec<i64>,
}

/// The text without them, and what they were.
pub fn scrub(text: &str, known: &Known, lang: Lang) -> (String, Vec<Removed>) {
    let mut removed = BTreeSet::new();
    let out = scrub_with(text, known, |kind, words| {
        removed.insert(Removed {
            kind,
            words: words.to_string(),
        });
        kind.stands(lang).to_string()
    });
    (out, removed.into_iter().collect())
}

/// The same with words of the caller's own, which stand in brackets, in place of each.
pub(crate) fn scrub_with(text: &str, known: &Known, mut take: impl FnMut(Personal, &str) -> String) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let end = line.len() - line.trim_end_matches(['\n', '\r']).len();
        let (line, end) = line.split_at(line.len() - end);
        out.push_str(&scrub_line(line, known, &mut take));
        out.push_str(end);
    }
    out
}

fn scrub_line(line: &str, known: &Known, take: &mut impl FnMut(Personal, &str) -> String) -> String {
    let mut line = each_word(line, |before, word| {
        let kind = kind_of(before, word, known)?;
        Some(take(kind, word))
    });
    line = without_users(&line, take);
    line = without_phones(&line, take);
    without_names(&line, known, take)
}

/// Calls `change` with what stands before and each word: what is between spaces, without the marks around it.
fn each_word(line: &str, mut change: impl FnMut(&str, &str) -> Option<String>) -> String {
    let mut out = String::with_capacity(line.len());
    let mut at = 0;
    for part in line.split_inclusive(char::is_whitespace) {
        let from = at;
        at += part.len();
        let word = part.trim_matches(|c: char| !(c.is_alphanumeric() || c == '#'));
        if word.is_empty() {
            out.push_str(part);
            continue;
        }
        let lead = part.find(word).unwrap_or(0);
        match change(&line[..from], word) {
            Some(instead) => {
                out.push_str(&part[..lead]);
                out.push_str(&instead);
                out.push_str(&part[lead + word.len()..]);
            }
            None => out.push_str(part),
        }
    }
    out
}

fn kind_of(before: &str, word: &str, known: &Known) -> Option<Personal> {
    if is_mail(word) {
        Some(Personal::Mail)
    } else if is_network(word) {
        Some(Personal::Network)
    } else if is_ticket(word, &known.tickets) || (is_number(word) && is_said(before, &TICKETS)) {
        Some(Personal::Ticket)
    } else if is_serial(word) || (has_digit(word) && word.len() > 3 && is_said(before, &SERIALS)) {
        Some(Personal::Serial)
    } else {
        None
    }
}

/// The words before a number that say what it is.
const TICKETS: [&str; 5] = ["ticket", "billet", "demande", "request", "case"];
const SERIALS: [&str; 9] = [
    "serial",
    "serial number",
    "s/n",
    "sn",
    "série",
    "serie",
    "service tag",
    "asset tag",
    "imei",
];

/// One of these words stands at the end of a text, with at most a sign behind it.
fn is_said(before: &str, words: &[&str]) -> bool {
    let near = before.char_indices().rev().take(24).last().map_or(0, |(at, _)| at);
    let said = before[near..]
        .trim_end_matches([':', '#', '=', '°', '.', ' ', '\t', '\u{a0}'])
        .to_lowercase();
    words.iter().any(|word| ends_with_word(&said, word))
}

fn ends_with_word(text: &str, word: &str) -> bool {
    let head = text.strip_suffix(word);
    head.is_some_and(|head| !head.ends_with(char::is_alphanumeric))
}

/// The user's name in a path: what stands behind `\Users\` and behind the folders of homes elsewhere.
fn without_users(line: &str, take: &mut impl FnMut(Personal, &str) -> String) -> String {
    const HOMES: [&str; 5] = [
        "\\users\\",
        "/users/",
        "/home/",
        "\\documents and settings\\",
        "\\utilisateurs\\",
    ];
    // Of the same length, letter by letter.
    let lower = line.to_ascii_lowercase();
    let mut homes: Vec<usize> = HOMES
        .iter()
        .flat_map(|home| lower.match_indices(home).map(|(at, _)| at + home.len()))
        .collect();
    homes.sort_unstable();
    let (mut out, mut kept) = (String::with_capacity(line.len()), 0);
    for begins in homes.into_iter().filter(|at| *at < line.len()) {
        let ends = ['\\', '/', '"', '\'', '`', '>', ')', ']', ',', ';', ':', ' '];
        let name = line[begins..].split(ends).next().unwrap_or_default();
        let everybodys = ["public", "default", "all", "shared"].contains(&name.to_lowercase().as_str());
        if begins < kept || name.is_empty() || name.starts_with(['[', '%', '$', '<']) || everybodys {
            continue;
        }
        out.push_str(&line[kept..begins]);
        out.push_str(&take(Personal::User, name));
        kept = begins + name.len();
    }
    out.push_str(&line[kept..]);
    out
}

/// Telephone numbers as E.164 and the North American plan write them.
fn without_phones(line: &str, take: &mut impl FnMut(Personal, &str) -> String) -> String {
    let signs: Vec<(usize, char)> = line.char_indices().collect();
    let (mut out, mut at, mut kept) = (String::with_capacity(line.len()), 0, 0);
    while at < signs.len() {
        let begins = at == 0 || !(signs[at - 1].1.is_alphanumeric() || "._-/\\[".contains(signs[at - 1].1));
        match phone_at(&signs, at).filter(|_| begins) {
            Some(end) => {
                let (from, to) = (signs[at].0, signs.get(end).map_or(line.len(), |s| s.0));
                out.push_str(&line[kept..from]);
                out.push_str(&take(Personal::Phone, &line[from..to]));
                (kept, at) = (to, end);
            }
            None => at += 1,
        }
    }
    out.push_str(&line[kept..]);
    out
}

fn without_names(line: &str, known: &Known, take: &mut impl FnMut(Personal, &str) -> String) -> String {
    let mut wanted: Vec<(Vec<String>, bool)> = Vec::new();
    for name in &known.names {
        let words: Vec<String> = name.split_whitespace().map(fold).collect();
        let single = words.iter().filter(|w| w.chars().count() > 2).map(|w| vec![w.clone()]);
        wanted.extend(single.map(|word| (word, true)));
        if words.len() > 1 {
            wanted.push((words, false));
        }
    }
    // The longest first, so that a whole name is one.
    wanted.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
    let words = words_in(line);
    let folded: Vec<String> = words.iter().map(|range| fold(&line[range.clone()])).collect();
    let (mut out, mut kept, mut at) = (String::with_capacity(line.len()), 0, 0);
    while at < words.len() {
        let fits = |(name, capital): &&(Vec<String>, bool)| {
            folded[at..].starts_with(name) && (!capital || line[words[at].clone()].starts_with(char::is_uppercase))
        };
        match wanted.iter().find(fits) {
            Some((name, _)) => {
                let (from, to) = (words[at].start, words[at + name.len() - 1].end);
                out.push_str(&line[kept..from]);
                out.push_str(&take(Personal::Name, &line[from..to]));
                (kept, at) = (to, at + name.len());
            }
            None => at += 1,
        }
    }
    out.push_str(&line[kept..]);
    out
}

/// Where the words of a line stand; what this room put in, between brackets, is none.
fn words_in(line: &str) -> Vec<std::ops::Range<usize>> {
    let (mut words, mut from, mut inside) = (Vec::new(), None, false);
    for (at, c) in line.char_indices().chain([(line.len(), ' ')]) {
        let of_word = (c.is_alphanumeric() || c == '-') && !inside;
        match (from, of_word) {
            (None, true) => from = Some(at),
            (Some(begin), false) => {
                words.push(begin..at);
                from = None;
            }
            _ => {}
        }
        inside = c == '[' || (inside && c != ']');
    }
    words
}

/// The words of a search, in small letters, without what is an address or a number of somebody. At most twelve.
pub(super) fn search_words(text: &str) -> Vec<String> {
    let short: String = text.chars().take(200).collect();
    let (clean, _) = scrub(&short, &Known::default(), Lang::En);
    let words = clean
        .split_whitespace()
        .filter(|word| !word.contains(['[', ']', '@', '\\']) && word.bytes().filter(u8::is_ascii_digit).count() < 4);
    let bare = words.map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase());
    bare.filter(|w| !w.is_empty() && w.chars().count() <= 40)
        .take(12)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> Known {
        Known {
            names: vec!["Maple Grove".into(), "Élan d’Orme".into(), "Al".into()],
            tickets: vec![1042],
        }
    }

    fn clean(text: &str) -> String {
        scrub(text, &known(), Lang::En).0
    }

    #[test]
    fn what_names_somebody_goes() {
        for (text, cleaned) in [
            ("Ask maple.grove+x@example.org.", "Ask [address]."),
            ("<mailto:a@b.example>", "<[address]>"),
            ("Call +1 (514) 555-0123 now", "Call [phone] now"),
            ("5145550123", "[phone]"),
            ("514.555.0123, ext. 4", "[phone], ext. 4"),
            ("+33 1 23 45 67 89", "[phone]"),
            ("at 10.20.30.40:8080/x", "at [IP address]"),
            ("fe80::1%eth0", "[IP address]"),
            ("MAC 00:1A:2b:3c:4d:5e", "MAC [IP address]"),
            ("see #1042 and ticket 2001", "see [ticket] and ticket [ticket]"),
            ("billet no 77, demande : 1234", "billet no 77, demande : [ticket]"),
            ("C:\\Users\\mgrove\\x.txt", "C:\\Users\\[user]\\x.txt"),
            (
                concat!("/ho", "me/mgrove/.config and /Users/maple"),
                concat!("/ho", "me/[user]/.config and /Users/[user]"),
            ),
            ("S/N: 5CG1234XYZ", "S/N: [serial number]"),
            ("Serial number ABC-1234", "Serial number [serial number]"),
            ("service tag: 7abc123", "service tag: [serial number]"),
            ("maple grove says", "[name] says"),
            ("Maple’s screen, Élan", "[name]’s screen, [name]"),
        ] {
            assert_eq!(clean(text), cleaned, "{text}");
        }
    }

    #[test]
    fn what_an_article_is_about_stays() {
        for text in [
            "0x80070005 KB5034441 ERR_CONNECTION_RESET",
            "version 23.40.1.2024 of Windows 11 24H2",
            "maple syrup and a grove",
            "Also all of it",
            "C:\\Users\\Public\\Desktop and C:\\Users\\%USERNAME%",
            "port 8080, 2026-11-16, 10:30, 1024 x 768",
            "run `sfc /scannow` as admin@",
            "step 1042nd",
            "WINDOWS11PRO",
            "std::vec and a::b",
            "",
        ] {
            assert_eq!(clean(text), text);
        }
    }

    #[test]
    fn it_says_what_it_took_once_each_and_keeps_every_line_end() {
        let (text, removed) = scrub("a@b.example\r\na@b.example\n\nMaple\n", &known(), Lang::Fr);
        assert_eq!(text, "[adresse]\r\n[adresse]\n\n[nom]\n");
        let told: Vec<(Personal, &str)> = removed.iter().map(|r| (r.kind, r.words.as_str())).collect();
        assert_eq!(told, [(Personal::Name, "Maple"), (Personal::Mail, "a@b.example")]);
    }

    #[test]
    fn a_hostile_text_costs_little_and_a_clean_one_stays_clean() {
        for text in ["1 ", "(", "+", "@", "\\users\\", "#1", "A1", "[", "é", "a "] {
            let begun = std::time::Instant::now();
            clean(&text.repeat(10_000));
            assert!(
                begun.elapsed() < std::time::Duration::from_secs(20),
                "{text:?}: {:?}",
                begun.elapsed()
            );
        }
        let once = clean("Maple, 514-555-0123, a@b.example, C:\\Users\\mgrove");
        assert_eq!(clean(&once), once, "what was put in is not taken out");
    }

    #[test]
    fn a_search_is_words_and_nothing_else() {
        let words = |text: &str| search_words(text).join(" ");
        assert_eq!(words("  VPN drops! on 10.0.0.7 "), "vpn drops on");
        assert_eq!(words("office 365 a@b.example 514 555 0123 #1042"), "office 365");
        assert_eq!(words("user 12345 \\\\server\\share"), "user");
    }
}
