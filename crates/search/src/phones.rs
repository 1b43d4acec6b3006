//! Numbers written in groups with spaces or brackets between: `+1 (613) 555-0123`.
//!
//! Groups joined by hyphens or dots alone stand in one piece and are [`crate::idents`]' business.

/// A number in groups, with its separators dropped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Grouped {
    pub(crate) digits: String,
    /// Where each digit stands in the text.
    pub(crate) spots: Vec<usize>,
    pub(crate) from: usize,
    pub(crate) to: usize,
}

/// The longest number anyone may dial has 15 digits (E.164).
const MAX_DIGITS: usize = 15;

/// All such numbers of at least `min_digits` digits in a text.
pub(crate) fn grouped_numbers(text: &str, min_digits: usize) -> Vec<Grouped> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(skip) = text[at..].find(|c: char| c.is_ascii_digit()) {
        let from = at + skip;
        let run = Run::read(text, from);
        at = run.to;
        let glued = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        let free = !glued(text[..from].chars().next_back()) && !glued(text[at..].chars().next());
        if free && run.is_number(min_digits) {
            found.push(Grouped {
                digits: run.digits,
                spots: run.spots,
                from,
                to: at,
            });
        }
    }
    found
}

struct Run {
    digits: String,
    spots: Vec<usize>,
    groups: Vec<usize>,
    spaced: bool,
    to: usize,
}

impl Run {
    /// Reads groups of digits from `from` on, as long as at most three separators part them.
    fn read(text: &str, from: usize) -> Self {
        let mut run = Self {
            digits: String::new(),
            spots: Vec::new(),
            groups: vec![0],
            spaced: false,
            to: from,
        };
        let (mut separators, mut spaced) = (0, false);
        for (i, c) in text[from..].char_indices() {
            if c.is_ascii_digit() {
                if separators > 0 {
                    run.groups.push(0);
                    run.spaced |= spaced;
                }
                (separators, spaced) = (0, false);
                run.digits.push(c);
                run.spots.push(from + i);
                if let Some(group) = run.groups.last_mut() {
                    *group += 1;
                }
                run.to = from + i + 1;
            } else if matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '(' | ')' | '-' | '.') && separators < 3 {
                separators += 1;
                spaced |= !matches!(c, '-' | '.');
            } else {
                break;
            }
        }
        run
    }

    fn is_number(&self, min_digits: usize) -> bool {
        let year = self.groups[0] == 4
            && (self.digits.starts_with("19") || self.digits.starts_with("20"))
            && self.groups.get(1) == Some(&2);
        self.spaced
            && !year
            && (min_digits..=MAX_DIGITS).contains(&self.digits.len())
            && self.groups[1..].iter().all(|group| *group >= 2)
    }
}

/// The ways the same number may have been written down: without the country's 1, without zeros.
pub(crate) fn spellings(digits: &str) -> Vec<String> {
    let mut spellings = vec![digits.to_owned()];
    if digits.len() == 11 && digits.starts_with('1') {
        spellings.push(digits[1..].to_owned());
    }
    let bare = digits.trim_start_matches('0');
    if bare.len() < digits.len() && bare.len() >= 6 {
        spellings.push(bare.to_owned());
    }
    spellings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        grouped_numbers(text, 6)
            .into_iter()
            .map(|number| number.digits)
            .collect()
    }

    #[test]
    fn phone_numbers_lose_their_separators() {
        assert_eq!(found("call +1 (613) 555-0123 now"), ["16135550123"]);
        assert_eq!(found("01 23 45 67 89, or 555 0123."), ["0123456789", "5550123"]);
    }

    #[test]
    fn what_is_no_phone_number_is_left_alone() {
        for text in [
            "613-555-0123", // in one piece: an identifier already
            "2026-01-15 10:22",
            "Windows 10 22",
            "10.0.0.1 10.0.0.2",
            "1 2 3 4 5 6 7 8",
            "1111 2222 3333 4444 5555",
            "x86 64 1234567",
        ] {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
    }
}
