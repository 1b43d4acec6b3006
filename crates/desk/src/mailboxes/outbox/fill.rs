//! Values in the fields of a letter's words. Pure. A value is put in once and never looked at again, so that nobody's name
//! is a field, a mark or a page.

use super::links::HowItWent;
use crate::mailboxes::gist::one_line;
use crate::mailboxes::sentences::say;
use crate::words::Lang;

/// What stands in the fields of one letter.
pub(super) struct Values<'a> {
    pub lang: Lang,
    pub number: Option<i64>,
    pub desk: &'a str,
    /// The requester's name.
    pub name: &'a str,
    pub link: &'a str,
    pub asked: Option<&'a HowItWent>,
}

impl Values<'_> {
    /// For the text of a letter and for its subject.
    pub(super) fn in_text(&self, template: &str) -> String {
        let value = |name: &str| match name {
            "number" => self.number(),
            "desk" => one_line(self.desk, 200),
            "name" => greeted(self.name),
            "link" => self.link.to_string(),
            _ => self.answers(|words, link| format!("{words}\n{link}")),
        };
        self.filled(template, |_, name| value(name))
    }

    /// As Markdown: a value is never a mark, and a link is one wherever it stands.
    pub(super) fn in_markdown(&self, template: &str) -> String {
        let value = |before: &str, name: &str| match name {
            "number" => self.number(),
            "desk" => literal(&one_line(self.desk, 200)),
            "name" => literal(&greeted(self.name)),
            "link" if before.ends_with("](") => self.link.to_string(),
            "link" => format!("<{}>", self.link),
            _ => self.answers(|words, link| format!("[**{}**]({link})", literal(words))),
        };
        self.filled(template, value)
    }

    fn filled(&self, template: &str, value: impl Fn(&str, &str) -> String) -> String {
        let mut filled = String::with_capacity(template.len() + 100);
        for piece in pieces(template) {
            match piece {
                Piece::Words(words) => filled.push_str(words),
                Piece::Field(name) => {
                    let value = value(&filled, name);
                    // "Hello {{name}}," greets nobody as "Hello,".
                    if value.is_empty() && name == "name" && filled.ends_with(' ') {
                        filled.pop();
                    }
                    filled.push_str(&value);
                }
            }
        }
        filled
    }

    fn number(&self) -> String {
        self.number.map(|n| n.to_string()).unwrap_or_default()
    }

    /// "How did it go": each answer in a paragraph of its own, big enough for a thumb without a style.
    fn answers(&self, line: impl Fn(&str, &str) -> String) -> String {
        let Some(asked) = self.asked else { return String::new() };
        let well = line(&say(self.lang, "mail-went-well"), &asked.good);
        let not = line(&say(self.lang, "mail-went-not"), &asked.bad);
        format!("{well}\n\n{not}")
    }
}

/// A name as it may stand in a letter that the desk writes by itself. Whoever forges a letter or fills in a form chooses
/// the name in it, and who gets the letter: what is too long for a name, leads to a page or an address, or holds a number
/// to call is none, and nobody is greeted by name.
fn greeted(name: &str) -> String {
    const LONGEST: usize = 60;
    const DIGITS: usize = 4;
    let line = one_line(name, LONGEST + 1);
    let fits = |c: char| {
        let mark = matches!(c, '\u{300}'..='\u{36f}' | '\u{900}'..='\u{dff}');
        c.is_alphanumeric() || mark || matches!(c, ' ' | '.' | ',' | '-' | '\'' | '’' | '&' | '(' | ')')
    };
    // "evil.example", but neither "J. Roy" nor "J.P. Roy".
    let is_domain = |word: &str| {
        let word = word.trim_end_matches('.');
        word.contains('.') && word.split('.').any(|part| part.chars().count() > 1)
    };
    let is_name = line.chars().count() <= LONGEST
        && line.chars().all(fits)
        && line.chars().filter(|c| c.is_numeric()).count() <= DIGITS
        && !line.to_lowercase().contains("www")
        && !line.split(' ').any(is_domain);
    if is_name { line } else { String::new() }
}

/// Every mark of Markdown taken as itself (CommonMark 2.4).
fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if c.is_ascii_punctuation() {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    Words(&'a str),
    Field(&'a str),
}

/// `{{`, up to forty characters of one line, `}}` is a field, whatever stands in it; all else is words.
pub(super) fn pieces(template: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = template;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mut from = 0;
        while let Some(at) = rest[from..].find("{{").map(|at| at + from) {
            let inside = &rest[at + 2..];
            let field = inside.find("}}").map(|end| &inside[..end]);
            match field.filter(|f| f.len() <= 40 && !f.contains(['\n', '{'])) {
                Some(field) if at == 0 => {
                    rest = &inside[field.len() + 2..];
                    return Some(Piece::Field(field.trim()));
                }
                Some(_) => {
                    let (words, after) = rest.split_at(at);
                    rest = after;
                    return Some(Piece::Words(words));
                }
                None => from = at + 1,
            }
        }
        Some(Piece::Words(std::mem::take(&mut rest)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values<'a>(name: &'a str, desk: &'a str) -> Values<'a> {
        Values {
            lang: Lang::En,
            number: Some(1042),
            desk,
            name,
            link: "https://desk.example/en/k/a_b-c",
            asked: None,
        }
    }

    #[test]
    fn a_template_is_words_and_fields() {
        let all: Vec<Piece<'_>> = pieces("a {{ number }}{{{desk}} {{no\nfield}} {{").collect();
        assert_eq!(
            all,
            [
                Piece::Words("a "),
                Piece::Field("number"),
                Piece::Words("{"),
                Piece::Field("desk"),
                Piece::Words(" {{no\nfield}} {{")
            ]
        );
    }

    #[test]
    fn values_are_words_and_never_marks() {
        let v = values("Roy **x** [a](b)", "<script>{{link}}</script>");
        assert_eq!(v.in_text("{{desk}}"), "<script>{{link}}</script>");
        let html = crate::mailboxes::outbox::markdown(&v.in_markdown("{{desk}} {{name}} [see]({{link}}) {{link}}"));
        assert!(!html.contains("<script") && !html.contains("<strong>"), "{html}");
        assert_eq!(
            html.matches("href=\"https://desk.example/en/k/a_b-c\"").count(),
            2,
            "{html}"
        );
    }

    #[test]
    fn a_name_that_leads_somewhere_is_none() {
        for name in [
            "BUY https://evil.example",
            "evil.example",
            "Cheap at evil.example.",
            "a@b",
            "WWW evil",
            "<b>",
            "evil。example",
            "evil\u{2024}example",
            "evil[.]example",
            "Call 1-800-555-0199",
            "Call ٠١٢٣٤٥",
            "win\u{200b}.example",
            "\u{202e}elpmaxe",
            "{{link}}",
            "${7*7}",
            &"Win a new car today ".repeat(4),
            &"x".repeat(61),
        ] {
            assert_eq!(greeted(name), "", "{name}");
            let letter = values(name, "Desk").in_text("Hello {{name}}, we have it.");
            assert_eq!(letter, "Hello, we have it.", "{name}");
        }
        for name in [
            "Camille Roy",
            "J. Roy",
            "J.P. Roy",
            "Noël Ó Dálaigh-Smith",
            "Roy, Camille",
            "D’Arcy O'Neil (3rd)",
            "प्रिया शर्मा",
            "이서준",
            &"x".repeat(60),
        ] {
            assert_eq!(greeted(name), name);
        }
    }
}
