//! A small reader of tags that never fails and never looks back: enough to weigh HTML, to pull
//! the words out of it, and to find the pictures in HTML that was already cleaned.
//! It must not be used to decide what is safe.

/// A piece of HTML, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    Text(&'a str),
    /// Name and how many attributes follow it.
    Open(&'a str, usize),
    Close(&'a str),
    /// A comment, a doctype or an instruction.
    Other,
}

pub(super) struct Pieces<'a> {
    html: &'a str,
    at: usize,
    /// The text between name and `>` of the last tag.
    inside: &'a str,
    /// Whether a comment without an end was met; then no later one is looked for.
    open_comment: bool,
}

pub(super) fn pieces(html: &str) -> Pieces<'_> {
    Pieces {
        html,
        at: 0,
        inside: "",
        open_comment: false,
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        let rest = &self.html[self.at..];
        if rest.is_empty() {
            return None;
        }
        let bytes = rest.as_bytes();
        if bytes[0] != b'<' {
            return Some(self.text(rest, 0));
        }
        match bytes.get(1) {
            Some(b'!' | b'?') => Some(self.comment(rest)),
            Some(b'/') if bytes.get(2).is_some_and(u8::is_ascii_alphabetic) => Some(self.tag(rest, 2)),
            Some(c) if c.is_ascii_alphabetic() => Some(self.tag(rest, 1)),
            _ => Some(self.text(rest, 1)),
        }
    }
}

impl<'a> Pieces<'a> {
    fn text(&mut self, rest: &'a str, from: usize) -> Piece<'a> {
        let end = rest[from..].find('<').map_or(rest.len(), |n| from + n);
        self.at += end;
        Piece::Text(&rest[..end])
    }

    fn comment(&mut self, rest: &'a str) -> Piece<'a> {
        let end = match rest.strip_prefix("<!--") {
            // `<!-->` and `<!--->` are whole comments.
            Some(body) if body.starts_with('>') => 5,
            Some(body) if body.starts_with("->") => 6,
            Some(body) if !self.open_comment => match comment_end(body) {
                Some(n) => n + 4,
                None => {
                    self.open_comment = true;
                    rest.find('>').map_or(rest.len(), |n| n + 1)
                }
            },
            _ => rest.find('>').map_or(rest.len(), |n| n + 1),
        };
        self.at += end;
        Piece::Other
    }

    fn tag(&mut self, rest: &'a str, name_at: usize) -> Piece<'a> {
        let bytes = rest.as_bytes();
        let name_end =
            (name_at..bytes.len()).find(|i| matches!(bytes[*i], b' ' | b'\t' | b'\n' | b'\r' | 12 | b'/' | b'>'));
        let name_end = name_end.unwrap_or(bytes.len());
        let (end, attributes) = tag_end(bytes, name_end);
        self.inside = &rest[name_end..end];
        let name = &rest[name_at..name_end];
        self.at += (end + 1).min(bytes.len());
        if name_at == 2 {
            Piece::Close(name)
        } else {
            Piece::Open(name, attributes)
        }
    }
}

/// Where a comment ends: after `-->` or `--!>`.
fn comment_end(body: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(n) = body[from..].find("--") {
        let after = &body[from + n + 2..];
        if after.starts_with('>') {
            return Some(from + n + 3);
        }
        if after.starts_with("!>") {
            return Some(from + n + 4);
        }
        from += n + 1;
    }
    None
}

#[derive(Clone, Copy)]
enum At {
    Gap,
    Name,
    AfterName,
    BeforeValue,
    Value,
}

/// Where the tag's `>` stands and how many attributes come before it, by the rules of HTML.
fn tag_end(bytes: &[u8], from: usize) -> (usize, usize) {
    let (mut at, mut attributes, mut state) = (from, 0, At::Gap);
    while at < bytes.len() {
        let byte = bytes[at];
        let blank = byte.is_ascii_whitespace();
        state = match (state, byte) {
            (_, b'>') => return (at, attributes),
            (At::BeforeValue, b'"' | b'\'') => {
                let close = bytes[at + 1..].iter().position(|b| *b == byte);
                let Some(close) = close else {
                    return (bytes.len(), attributes);
                };
                at += close + 1;
                At::Gap
            }
            (At::BeforeValue, _) => {
                if blank {
                    At::BeforeValue
                } else {
                    At::Value
                }
            }
            (At::Value, _) => {
                if blank {
                    At::Gap
                } else {
                    At::Value
                }
            }
            (At::Name | At::AfterName, b'=') => At::BeforeValue,
            (_, b'/') => At::Gap,
            (At::Name | At::AfterName, _) if blank => At::AfterName,
            (At::Gap, _) if blank => At::Gap,
            (At::Name, _) => At::Name,
            (At::Gap | At::AfterName, _) => {
                attributes += 1;
                At::Name
            }
        };
        at += 1;
    }
    (bytes.len(), attributes)
}

impl<'a> Pieces<'a> {
    /// The text between the name and the `>` of the tag that came last.
    pub(super) fn inside(&self) -> &'a str {
        self.inside
    }
}

/// The value of an attribute in a tag that a serialiser wrote: `name="value"`, well escaped.
pub(super) fn attribute<'a>(inside: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = inside;
    while let Some((key, after)) = rest.split_once("=\"") {
        let (value, next) = after.split_once('"')?;
        if key.trim().eq_ignore_ascii_case(name) {
            return Some(value);
        }
        rest = next;
    }
    None
}
