//! Words out of HTML and back, in one pass and without a tree.

use super::tags::{Piece, pieces};

/// Elements that begin on a new line.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "blockquote",
    "br",
    "caption",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tr",
    "ul",
];

/// Elements with an empty line around them.
const PARAGRAPHS: &[&str] = &[
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "table",
    "ul",
    "ol",
    "pre",
];

/// Elements whose contents are not words.
const SILENT: &[&str] = &[
    "script", "style", "head", "title", "template", "svg", "math", "noframes", "iframe", "textarea", "select",
];

/// Text with the characters that mean something to HTML escaped.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\0' => {}
            c => out.push(c),
        }
    }
    out
}

/// Plain text as HTML: paragraphs at empty lines, line breaks kept.
pub fn from_text(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut out = String::with_capacity(text.len() + 64);
    for paragraph in text
        .split("\n\n")
        .map(|p| p.trim_matches('\n'))
        .filter(|p| !p.trim().is_empty())
    {
        out.push_str("<p>");
        out.push_str(&escape(paragraph).replace('\n', "<br>"));
        out.push_str("</p>");
    }
    out
}

/// The words of HTML that was already cleaned.
pub(super) fn of_clean(html: &str) -> String {
    let mut writer = Writer::default();
    for piece in pieces(html) {
        writer.piece(piece);
    }
    writer.finish()
}

/// The words of any HTML, however broken: tags dropped, contents of silent elements dropped.
pub(super) fn of_anything(html: &str) -> String {
    let mut writer = Writer::default();
    let mut silent: Option<&str> = None;
    for piece in pieces(html) {
        match (silent, piece) {
            (None, Piece::Open(name, ..)) if is_one_of(name, SILENT) => silent = Some(name),
            (Some(open), Piece::Close(name)) if name.eq_ignore_ascii_case(open) => silent = None,
            (Some("head"), Piece::Open(name, ..)) if name.eq_ignore_ascii_case("body") => silent = None,
            (Some(_), _) => {}
            (None, piece) => writer.piece(piece),
        }
    }
    writer.finish()
}

fn is_one_of(name: &str, list: &[&str]) -> bool {
    list.iter().any(|n| n.eq_ignore_ascii_case(name))
}

#[derive(Default)]
struct Writer {
    out: String,
    /// Line breaks owed before the next word.
    breaks: usize,
    space: bool,
    verbatim: usize,
}

impl Writer {
    fn piece(&mut self, piece: Piece<'_>) {
        match piece {
            Piece::Text(text) => self.words(&unescape(text)),
            Piece::Open(name, ..) => {
                self.gap(name);
                if name.eq_ignore_ascii_case("pre") {
                    self.verbatim += 1;
                } else if name.eq_ignore_ascii_case("li") {
                    self.words("- ");
                } else if is_one_of(name, &["td", "th"]) && self.breaks == 0 && !self.out.is_empty() {
                    self.word("\t");
                }
            }
            Piece::Close(name) => {
                if name.eq_ignore_ascii_case("pre") {
                    self.verbatim = self.verbatim.saturating_sub(1);
                }
                if !name.eq_ignore_ascii_case("br") {
                    self.gap(name);
                }
            }
            Piece::Other => {}
        }
    }

    fn gap(&mut self, name: &str) {
        if name.eq_ignore_ascii_case("br") {
            self.breaks = (self.breaks + 1).min(3);
        } else if is_one_of(name, PARAGRAPHS) {
            self.breaks = self.breaks.max(2);
        } else if is_one_of(name, BLOCKS) {
            self.breaks = self.breaks.max(1);
        }
    }

    fn words(&mut self, text: &str) {
        if self.verbatim > 0 {
            self.word(text);
            return;
        }
        let blank = |c: char| c.is_ascii_whitespace();
        self.space |= text.starts_with(blank);
        for word in text.split(blank).filter(|w| !w.is_empty()) {
            self.word(word);
            self.space = true;
        }
        self.space &= text.ends_with(blank) || text.is_empty();
    }

    fn word(&mut self, word: &str) {
        if self.breaks > 0 {
            if !self.out.is_empty() {
                self.out.extend(std::iter::repeat_n('\n', self.breaks));
            }
        } else if self.space && !self.out.is_empty() {
            self.out.push(' ');
        }
        (self.breaks, self.space) = (0, false);
        self.out.push_str(word);
    }

    fn finish(self) -> String {
        self.out.trim().to_owned()
    }
}

/// The entities letters really use; others stay as they stand.
const ENTITIES: &[(&str, &str)] = &[
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", "\u{A0}"),
    ("eacute", "é"),
    ("egrave", "è"),
    ("ecirc", "ê"),
    ("euml", "ë"),
    ("agrave", "à"),
    ("acirc", "â"),
    ("auml", "ä"),
    ("ccedil", "ç"),
    ("ocirc", "ô"),
    ("ouml", "ö"),
    ("ugrave", "ù"),
    ("ucirc", "û"),
    ("uuml", "ü"),
    ("icirc", "î"),
    ("iuml", "ï"),
    ("Eacute", "É"),
    ("Agrave", "À"),
    ("Ccedil", "Ç"),
    ("szlig", "ß"),
    ("oelig", "œ"),
    ("rsquo", "’"),
    ("lsquo", "‘"),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("laquo", "«"),
    ("raquo", "»"),
    ("ndash", "–"),
    ("mdash", "—"),
    ("hellip", "…"),
    ("bull", "•"),
    ("middot", "·"),
    ("copy", "©"),
    ("reg", "®"),
    ("trade", "™"),
    ("euro", "€"),
    ("deg", "°"),
];

pub(super) fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        let end = rest.as_bytes().iter().take(12).position(|b| *b == b';');
        match end.and_then(|end| entity(&rest[1..end]).map(|c| (c, end))) {
            Some((text, end)) => {
                out.push_str(&text);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn entity(name: &str) -> Option<String> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).filter(|c| *c != '\0').map(String::from);
    }
    ENTITIES
        .iter()
        .find(|(n, _)| *n == name)
        .map(|(_, text)| (*text).to_owned())
}
