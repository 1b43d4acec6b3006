//! The tree of parts of a letter, found in one pass over its lines. A letter inside a letter is a
//! leaf: it is kept as a file and never entered, so nesting costs nothing.

use super::budget::Reading;
use super::headers::{self, Headers};
use super::{DEPTH, PARTS};
use crate::letter::{Defect, Excess};
use std::collections::HashMap;

/// One part: its header, what it says it is, and its encoded contents.
#[derive(Debug)]
pub(super) struct Part<'a> {
    pub parent: Option<usize>,
    pub headers: Headers,
    /// `type/subtype` in lower case.
    pub mime: String,
    pub parameters: HashMap<String, String>,
    pub container: bool,
    pub body: &'a [u8],
}

#[derive(Debug, Default)]
pub(super) struct Tree<'a> {
    pub parts: Vec<Part<'a>>,
}

/// A container whose last delimiter has not come yet.
struct Open {
    part: usize,
    boundary: Vec<u8>,
}

struct Splitter<'a, 'l> {
    raw: &'a [u8],
    parts: Vec<Part<'a>>,
    open: Vec<Open>,
    /// How deep each boundary that is still open lies; inner ones win.
    depth_of: HashMap<Vec<u8>, Vec<usize>>,
    /// The leaf being collected and where its body starts.
    leaf: Option<(usize, usize)>,
    reading: &'l mut Reading,
}

pub(super) fn split<'a>(raw: &'a [u8], reading: &mut Reading) -> Tree<'a> {
    let mut s = Splitter {
        raw,
        parts: Vec::new(),
        open: Vec::new(),
        depth_of: HashMap::new(),
        leaf: None,
        reading,
    };
    let mut at = s.start_part(0, None);
    while at < raw.len() && !s.open.is_empty() {
        let end = raw[at..]
            .iter()
            .position(|b| *b == b'\n')
            .map_or(raw.len(), |n| at + n + 1);
        if !s.reading.walk(end - at) {
            break;
        }
        at = s.line(at, end);
    }
    s.finish_leaf(raw.len());
    if !s.open.is_empty() {
        s.reading.note(Defect::Unclosed);
    }
    Tree { parts: s.parts }
}

impl<'a> Splitter<'a, '_> {
    /// Reads a header at `at`; returns where to go on.
    fn start_part(&mut self, at: usize, parent: Option<usize>) -> usize {
        let (headers, length) = Headers::read(&self.raw[at..], self.reading);
        let body = at + length;
        let digest = parent.is_some_and(|p| self.parts[p].mime == "multipart/digest");
        let (mime, parameters) = content_type(&headers, digest);
        let container = mime.starts_with("multipart/");
        let index = self.parts.len();
        let boundary = parameters
            .get("boundary")
            .map(|b| b.trim_end().as_bytes().to_vec())
            .filter(|b| !b.is_empty());
        self.parts.push(Part {
            parent,
            headers,
            mime,
            parameters,
            container,
            body: &[],
        });
        match boundary {
            Some(boundary) if container && self.open.len() < DEPTH => self.enter(index, boundary),
            _ => {
                if container {
                    let whole = if self.open.len() < DEPTH {
                        Defect::NoBoundary
                    } else {
                        Defect::TooComplex(Excess::Depth)
                    };
                    self.reading.note(whole);
                    self.parts[index].container = false;
                    self.parts[index].mime = "text/plain".to_owned();
                }
                self.leaf = Some((index, body));
            }
        }
        body
    }

    fn enter(&mut self, part: usize, boundary: Vec<u8>) {
        self.depth_of.entry(boundary.clone()).or_default().push(self.open.len());
        self.open.push(Open { part, boundary });
    }

    /// Looks at one line; returns where the next one starts.
    fn line(&mut self, at: usize, end: usize) -> usize {
        let Some((depth, last)) = self.delimiter(&self.raw[at..end]) else {
            return end;
        };
        self.finish_leaf(at);
        while self.open.len() > depth + 1 {
            self.leave();
        }
        if last {
            self.leave();
            return end;
        }
        if self.parts.len() >= PARTS {
            self.reading.note(Defect::TooComplex(Excess::Parts));
            self.open.clear();
            return end;
        }
        let parent = self.open[depth].part;
        self.start_part(end, Some(parent))
    }

    fn leave(&mut self) {
        if let Some(open) = self.open.pop()
            && let Some(depths) = self.depth_of.get_mut(&open.boundary)
        {
            depths.pop();
            if depths.is_empty() {
                self.depth_of.remove(&open.boundary);
            }
        }
    }

    /// Which open container the line delimits, and whether it closes it.
    fn delimiter(&self, line: &[u8]) -> Option<(usize, bool)> {
        let text = line.strip_prefix(b"--")?.trim_ascii_end();
        let depth = |key: &[u8]| self.depth_of.get(key).and_then(|d| d.last().copied());
        if let Some(found) = depth(text) {
            return Some((found, false));
        }
        text.strip_suffix(b"--").and_then(depth).map(|found| (found, true))
    }

    /// The line break before a delimiter belongs to the delimiter.
    fn finish_leaf(&mut self, end: usize) {
        let Some((index, start)) = self.leaf.take() else { return };
        let mut body = &self.raw[start.min(end)..end];
        if !self.open.is_empty() && end < self.raw.len() {
            body = body.strip_suffix(b"\n").unwrap_or(body);
            body = body.strip_suffix(b"\r").unwrap_or(body);
        }
        self.parts[index].body = body;
    }
}

/// The parameters anybody asks for; a header may hold thousands of others.
const PARAMETERS: &[&str] = &[
    "boundary",
    "charset",
    "name",
    "report-type",
    "method",
    "protocol",
    "smime-type",
];

/// What the part says it is; a missing or broken field means plain text.
fn content_type(headers: &Headers, digest: bool) -> (String, HashMap<String, String>) {
    let default = if digest { "message/rfc822" } else { "text/plain" };
    let Some(ct) = headers.first("content-type").and_then(headers::structured) else {
        return (default.to_owned(), HashMap::new());
    };
    let kind = ct.ctype().trim().to_ascii_lowercase();
    let mime = match ct.subtype().map(|s| s.trim().to_ascii_lowercase()) {
        Some(sub) if !kind.is_empty() && !sub.is_empty() => format!("{kind}/{sub}"),
        _ if kind == "multipart" => "multipart/mixed".to_owned(),
        _ => default.to_owned(),
    };
    let mut parameters = HashMap::new();
    for attribute in ct.attributes().unwrap_or_default() {
        let name = attribute.name.to_ascii_lowercase();
        if !PARAMETERS.contains(&name.as_str()) {
            continue;
        }
        parameters.entry(name).or_insert_with(|| attribute.value.to_string());
    }
    (mime, parameters)
}
