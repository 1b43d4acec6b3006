//! Words out of HTML and back, in one pass and without a tree.

use super::entities::unescape;
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
    "script", "style", "title", "template", "svg", "math", "noframes", "iframe", "textarea", "select",
];

/// Text with the characters that mean something to HTML escaped.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    escape_into(&mut out, text);
    out
}

fn escape_into(out: &mut String, text: &str) {
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
}

/// What a character takes in HTML.
fn escaped_length(c: char) -> usize {
    match c {
        '&' | '\'' => 5,
        '"' => 6,
        '<' | '>' | '\n' => 4,
        c => c.len_utf8(),
    }
}

/// How many bytes of a text make at most so many of HTML.
pub(super) fn fitting(text: &str, most: usize) -> usize {
    let mut length = 16;
    for (at, c) in text.char_indices() {
        length += escaped_length(c);
        if length > most {
            return at;
        }
    }
    text.len()
}

/// Plain text as HTML: paragraphs at empty lines, line breaks kept.
pub fn from_text(text: &str) -> String {
    let plain = text
        .contains('\r')
        .then(|| text.replace("\r\n", "\n").replace('\r', "\n"));
    let text = plain.as_deref().unwrap_or(text);
    // Two line ends take eight bytes as breaks and seven as the ends of a paragraph.
    let mut out = String::with_capacity(text.chars().map(escaped_length).sum::<usize>() + 16);
    for paragraph in text
        .split("\n\n")
        .map(|p| p.trim_matches('\n'))
        .filter(|p| !p.trim().is_empty())
    {
        out.push_str("<p>");
        for (index, line) in paragraph.split('\n').enumerate() {
            out.push_str(if index > 0 { "<br>" } else { "" });
            escape_into(&mut out, line);
        }
        out.push_str("</p>");
    }
    out
}

/// The words of HTML that was already cleaned.
pub(super) fn of_clean(html: &str) -> String {
    let mut writer = Writer::default();
    for piece in pieces(html) {
        writer.piece(piece, "");
    }
    writer.finish()
}

/// The words of any HTML, however broken: tags dropped, contents of silent and hidden elements
/// dropped, what was quoted marked as quoted.
pub(super) fn of_anything(html: &str) -> String {
    let mut writer = Writer::default();
    let mut silent: Option<&str> = None;
    let mut hidden: Option<Hidden<'_>> = None;
    let mut all = pieces(html);
    while let Some(piece) = all.next() {
        match (silent, piece) {
            (None, Piece::Open(name, ..)) if is_one_of(name, SILENT) => silent = Some(name),
            (Some(open), Piece::Close(name)) if name.eq_ignore_ascii_case(open) => silent = None,
            (Some(_), _) => {}
            (None, piece) => {
                if let Some(cover) = &mut hidden {
                    if !cover.ends_at(piece) {
                        continue;
                    }
                    hidden = None;
                } else if let Some(cover) = Hidden::begins_at(piece, all.inside()) {
                    hidden = Some(cover);
                    continue;
                }
                writer.piece(piece, all.inside());
            }
        }
    }
    writer.finish()
}

fn is_one_of(name: &str, list: &[&str]) -> bool {
    list.iter().any(|n| n.eq_ignore_ascii_case(name))
}

/// Elements that hold nothing, and so hide nothing.
const EMPTY: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
];

/// Elements whose end is often left away; they end where the next of their kind begins.
const SELF_ENDING: &[&str] = &["p", "li", "dt", "dd", "tr", "td", "th"];

/// An element that nobody sees, such as the lines some senders hide for previews.
struct Hidden<'h> {
    name: &'h str,
    /// Elements of the same name that are open inside it.
    inner: usize,
}

impl<'h> Hidden<'h> {
    fn begins_at(piece: Piece<'h>, inside: &str) -> Option<Hidden<'h>> {
        match piece {
            Piece::Open(name, 1..) if !is_one_of(name, EMPTY) && super::hidden::is_hidden(inside) => {
                Some(Hidden { name, inner: 0 })
            }
            _ => None,
        }
    }

    fn ends_at(&mut self, piece: Piece<'_>) -> bool {
        match piece {
            Piece::Close(name) if name.eq_ignore_ascii_case(self.name) && self.inner > 0 => {
                self.inner -= 1;
                false
            }
            Piece::Close(name) => name.eq_ignore_ascii_case(self.name) || is_one_of(name, &["body", "html"]),
            Piece::Open(name, _) if name.eq_ignore_ascii_case(self.name) => {
                self.inner += 1;
                is_one_of(name, SELF_ENDING)
            }
            _ => false,
        }
    }
}

#[derive(Default)]
struct Writer {
    out: String,
    /// Line breaks owed before the next word.
    breaks: usize,
    space: bool,
    verbatim: usize,
    /// The quotations that are open: whether each is somebody else's words.
    quotes: Vec<bool>,
    quoted: usize,
}

/// Quotations inside quotations that are told apart.
const DEEPEST: usize = 200;

impl Writer {
    fn piece(&mut self, piece: Piece<'_>, inside: &str) {
        match piece {
            Piece::Text(text) => self.words(&unescape(text)),
            Piece::Open(name, ..) => {
                self.gap(name);
                if name.eq_ignore_ascii_case("pre") {
                    self.verbatim += 1;
                } else if name.eq_ignore_ascii_case("li") {
                    self.words("- ");
                } else if name.eq_ignore_ascii_case("blockquote") {
                    self.quote(super::hidden::is_citation(inside));
                } else if is_one_of(name, &["td", "th"]) && self.breaks == 0 && !self.out.is_empty() {
                    self.word("\t");
                }
            }
            Piece::Close(name) => {
                if name.eq_ignore_ascii_case("pre") {
                    self.verbatim = self.verbatim.saturating_sub(1);
                } else if name.eq_ignore_ascii_case("blockquote") {
                    self.quoted -= usize::from(self.quotes.pop().unwrap_or(false));
                }
                if !name.eq_ignore_ascii_case("br") {
                    self.gap(name);
                }
            }
            Piece::Other => {}
        }
    }

    fn quote(&mut self, cited: bool) {
        if self.quotes.len() < DEEPEST {
            self.quotes.push(cited);
            self.quoted += usize::from(cited);
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
        let first = self.out.is_empty();
        if self.breaks > 0 && !first {
            self.out.extend(std::iter::repeat_n('\n', self.breaks));
        } else if self.space && !first {
            self.out.push(' ');
        }
        if self.quoted > 0 && (first || self.breaks > 0) {
            self.out.push_str("> ");
        }
        (self.breaks, self.space) = (0, false);
        self.out.push_str(word);
    }

    fn finish(self) -> String {
        self.out.trim().to_owned()
    }
}
