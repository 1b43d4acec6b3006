//! Reads what a person typed into clauses. There is no wrong input: what cannot be read as
//! anything else is read as words.

use crate::document::capped;
use crate::idents::{GRAM, chunks, forms, looks_like_one};
use crate::phones::{grouped_numbers, spellings};
use crate::words::{Word, Words};

/// Longer input is cut.
const MAX_BYTES: usize = 4 << 10;
/// Further clauses are dropped.
const MAX_CLAUSES: usize = 32;

/// What is wanted, and what is not.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Parsed {
    pub(crate) wanted: Vec<Clause>,
    pub(crate) unwanted: Vec<Clause>,
}

/// One condition on a document.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Clause {
    Word(Word),
    /// Words in quotation marks: in this order, side by side. Never empty.
    Phrase(Vec<Word>),
    /// Words with hyphens between: side by side or written as one.
    Compound(Vec<Word>),
    /// An identifier in the forms it may have, and its words.
    Ident {
        forms: Vec<String>,
        words: Vec<Word>,
    },
}

/// Reads a query.
pub(crate) fn parse(text: &str) -> Parsed {
    let mut parsed = Parsed::default();
    let mut rest = capped(text, MAX_BYTES);
    while let Some((before, phrase, after)) = next_quoted(rest) {
        let unwanted = before.ends_with('-') && !before.trim_end_matches('-').ends_with(is_word);
        parsed.take_plain(before);
        let words: Vec<_> = Words::new(phrase).take(MAX_CLAUSES).collect();
        if !words.is_empty() {
            parsed.add(unwanted, Clause::Phrase(words));
        }
        rest = after;
    }
    parsed.take_plain(rest);
    parsed.wanted.truncate(MAX_CLAUSES);
    parsed.unwanted.truncate(MAX_CLAUSES);
    parsed
}

impl Parsed {
    fn add(&mut self, unwanted: bool, clause: Clause) {
        let list = if unwanted { &mut self.unwanted } else { &mut self.wanted };
        if !list.contains(&clause) {
            list.push(clause);
        }
    }

    /// Takes text outside quotation marks: numbers in groups first, then piece by piece.
    fn take_plain(&mut self, text: &str) {
        let mut at = 0;
        for number in grouped_numbers(text, 6) {
            self.take_pieces(&text[at..number.from]);
            let words = Words::new(&text[number.from..number.to]).collect();
            self.add(
                false,
                Clause::Ident {
                    forms: spellings(&number.digits),
                    words,
                },
            );
            at = number.to;
        }
        self.take_pieces(&text[at..]);
    }

    fn take_pieces(&mut self, text: &str) {
        for piece in text.split_whitespace() {
            let unwanted = piece.strip_prefix('-').is_some_and(|rest| rest.starts_with(is_word));
            for clause in clauses(piece) {
                self.add(unwanted, clause);
            }
        }
    }
}

/// The text before the next pair of quotation marks, between them, and after.
fn next_quoted(text: &str) -> Option<(&str, &str, &str)> {
    let (open, mark) = text.char_indices().find(|(_, c)| matches!(c, '"' | '“' | '”' | '«'))?;
    let inside = open + mark.len_utf8();
    let is_close = |c: char| {
        if mark == '«' {
            c == '»'
        } else {
            matches!(c, '"' | '“' | '”')
        }
    };
    let close = inside + text[inside..].find(is_close)?;
    let after = close + text[close..].chars().next().map_or(0, char::len_utf8);
    Some((&text[..open], &text[inside..close], &text[after..]))
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric()
}

/// The clauses of a piece without spaces.
fn clauses(piece: &str) -> Vec<Clause> {
    if !chunks(piece).any(|(_, chunk)| looks_like_one(chunk)) {
        return word_clauses(piece);
    }
    chunks(piece)
        .flat_map(|(_, chunk)| labelled(chunk))
        .flat_map(|part| {
            if looks_like_one(part) {
                ident_clause(part)
            } else {
                word_clauses(part)
            }
        })
        .collect()
}

/// `serial:5CG1234` is two things, the label and what it labels; `c:\users` is one.
fn labelled(chunk: &str) -> Vec<&str> {
    match chunk.split_once(':') {
        Some((label, rest))
            if label.chars().count() > 1
                && label.chars().all(char::is_alphabetic)
                && !label.bytes().all(|b| b.is_ascii_hexdigit())
                && rest.starts_with(is_word) =>
        {
            vec![label, rest]
        }
        _ => vec![chunk],
    }
}

fn ident_clause(chunk: &str) -> Vec<Clause> {
    let mut known: Vec<String> = Vec::new();
    for form in forms(chunk, 0) {
        let bare = form
            .text
            .strip_prefix("0x")
            .filter(|bare| bare.len() >= GRAM)
            .map(str::to_owned);
        let digits = form.text.bytes().all(|b| b.is_ascii_digit());
        let more = if digits { spellings(&form.text) } else { vec![form.text] };
        for form in more.into_iter().chain(bare) {
            if !known.contains(&form) {
                known.push(form);
            }
        }
    }
    vec![Clause::Ident {
        forms: known,
        words: Words::new(chunk).collect(),
    }]
}

fn word_clauses(piece: &str) -> Vec<Clause> {
    let words: Vec<_> = Words::new(piece).take(MAX_CLAUSES).collect();
    let hyphens = words.windows(2).all(|pair| {
        let between = &piece[pair[0].to..pair[1].from];
        between.chars().count() == 1 && between.contains(['-', '‐', '‑'])
    });
    if words.len() > 1 && hyphens {
        return vec![Clause::Compound(words)];
    }
    words.into_iter().map(Clause::Word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(clauses: &[Clause]) -> Vec<String> {
        let list = |words: &[Word]| {
            words
                .iter()
                .map(|word| word.folded.as_str())
                .collect::<Vec<_>>()
                .join(" ")
        };
        clauses
            .iter()
            .map(|clause| match clause {
                Clause::Word(word) => word.folded.clone(),
                Clause::Phrase(words) => format!("\"{}\"", list(words)),
                Clause::Compound(words) => format!("({})", list(words)),
                Clause::Ident { forms, .. } => format!("#{}", forms.join("|")),
            })
            .collect()
    }

    fn wanted(text: &str) -> Vec<String> {
        shape(&parse(text).wanted)
    }

    #[test]
    fn words_phrases_and_exclusions() {
        let parsed = parse(r#"Imprimante "bourrage papier" -toner -"tray two" l’écran"#);
        assert_eq!(shape(&parsed.wanted), ["imprimante", "\"bourrage papier\"", "ecran"]);
        assert_eq!(shape(&parsed.unwanted), ["toner", "\"tray two\""]);
        assert_eq!(
            wanted("« bourrage papier » “paper jam”"),
            ["\"bourrage papier\"", "\"paper jam\""]
        );
    }

    #[test]
    fn odd_input_is_words_or_nothing() {
        assert_eq!(wanted(r#"say "cheese"#), ["say", "cheese"], "a lone mark is no mark");
        assert_eq!(wanted("\"\" -- - ' ?! ---"), Vec::<String>::new());
        assert_eq!(wanted("wi-fi follow-up"), ["(wi fi)", "(follow up)"]);
        assert_eq!(parse(&"abc ".repeat(3_000)).wanted.len(), 1);
        let many: String = (0..900).map(|n| format!("w{n} ")).collect();
        assert_eq!(parse(&many).wanted.len(), MAX_CLAUSES);
    }

    #[test]
    fn identifiers_in_the_forms_they_may_have() {
        assert_eq!(wanted("0x80070005"), ["#0x80070005|80070005"]);
        assert_eq!(wanted("70005"), ["#70005"]);
        assert_eq!(wanted("AA-BB-CC-11-22-33"), ["#aabbcc112233"]);
        assert_eq!(wanted("+1 (613) 555-0123"), ["#16135550123|6135550123"]);
        assert_eq!(wanted("555 0123"), ["#5550123"]);
        assert_eq!(wanted("serial:5CG1234 error"), ["serial", "#5cg1234", "error"]);
        assert_eq!(wanted(r"C:\Users\Public"), ["#c:/users/public"]);
        assert_eq!(wanted("windows 10"), ["windows", "10"]);
    }
}
