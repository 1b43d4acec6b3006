//! From decoded parts to what a person sees: one text, one HTML, and files.
//! Nothing that came is left out: what is neither text nor HTML becomes a file.

use super::budget::Reading;
use super::pieces::{Pieces, Words};
use super::split::{Part, Tree, split};
use super::{headers, protection, tnef, transfer};
use crate::letter::{Attachment, Defect, Role};
use std::borrow::Cow;

/// The decoded contents of each part, empty for containers and for what was over the bound.
pub(super) fn decode<'a>(tree: &Tree<'a>, reading: &mut Reading) -> Vec<Cow<'a, [u8]>> {
    let mut contents = Vec::with_capacity(tree.parts.len());
    for part in &tree.parts {
        contents.push(if part.container {
            Cow::Borrowed(&[][..])
        } else {
            decode_part(part, reading)
        });
    }
    contents
}

/// Gives the bytes and whether anything was odd.
type Decoder = fn(&[u8]) -> (Vec<u8>, bool);

fn decode_part<'a>(part: &Part<'a>, reading: &mut Reading) -> Cow<'a, [u8]> {
    let encoding = part
        .headers
        .text("content-transfer-encoding")
        .unwrap_or_default()
        .to_ascii_lowercase();
    let encoding = encoding
        .split([';', ' ', '\t'])
        .next()
        .unwrap_or_default()
        .trim_matches(['"', '.', ',']);
    let (room, decode): (usize, Decoder) = match encoding {
        "base64" => (transfer::base64_room(part.body), transfer::base64),
        "quoted-printable" => (part.body.len(), transfer::quoted_printable),
        "x-uuencode" | "x-uue" | "uuencode" | "uue" => (part.body.len(), transfer::uuencoded),
        "" | "7bit" | "8bit" | "binary" | "7-bit" | "8-bit" => return Cow::Borrowed(part.body),
        other => {
            reading.note(Defect::UnknownEncoding(other.chars().take(40).collect()));
            return Cow::Borrowed(part.body);
        }
    };
    // What turns out much smaller is moved, and then both stand for a moment.
    let held = room + room / 2;
    if !reading.walk(part.body.len()) || !reading.take_or_note(held) {
        return Cow::Borrowed(&[]);
    }
    let (mut bytes, odd) = decode(part.body);
    if bytes.len() < bytes.capacity() / 2 {
        bytes.shrink_to_fit();
    }
    reading.give_back(held.saturating_sub(bytes.capacity()));
    if odd {
        reading.note(Defect::BadEncoding);
    }
    Cow::Owned(bytes)
}

/// What a letter is put together from, part by part.
struct Arranged<'r> {
    reading: &'r mut Reading,
    pieces: Pieces,
    /// Wrappings of Outlook, opened when everything else is known.
    wrappings: Vec<Attachment>,
}

pub(super) fn arrange(tree: &Tree<'_>, contents: Vec<Cow<'_, [u8]>>, reading: &mut Reading) {
    let mut arranged = Arranged {
        reading,
        pieces: Pieces::default(),
        wrappings: Vec::new(),
    };
    arranged.tree(tree, contents, 0);
    for wrapping in std::mem::take(&mut arranged.wrappings) {
        arranged.unwrap(wrapping);
    }
    arranged.pieces.join(arranged.reading);
}

/// The text and the HTML of a letter inside a letter.
pub(super) fn words_alone(tree: &Tree<'_>, reading: &mut Reading) {
    let mut pieces = Pieces::default();
    for (index, part) in tree.parts.iter().enumerate().filter(|(_, p)| !p.container) {
        if File::of(part).is_reading_matter(part, index) {
            let bytes = decode_part(part, reading);
            pieces.add(&words(tree, index, &bytes), reading);
        }
    }
    pieces.join(reading);
}

impl Arranged<'_> {
    fn tree(&mut self, tree: &Tree<'_>, contents: Vec<Cow<'_, [u8]>>, depth: usize) {
        for (index, (part, bytes)) in tree.parts.iter().zip(contents).enumerate() {
            if part.container {
                continue;
            }
            let file = File::of(part);
            if file.is_reading_matter(part, index) {
                if !self.pieces.add(&words(tree, index, &bytes), self.reading) {
                    self.file(file, part, bytes);
                }
            } else if file.is_enclosed(part) {
                let attachment = self.attach(file, part, bytes);
                self.reading.letter.enclosed.push(attachment);
            } else if depth == 0 && protection::is_opaque(part, &bytes) {
                self.sealed(file, part, bytes);
            } else {
                self.file(file, part, bytes);
            }
        }
    }

    fn file(&mut self, file: File, part: &Part<'_>, bytes: Cow<'_, [u8]>) {
        let attachment = self.attach(file, part, bytes);
        if tnef::is_wrapping(&attachment) {
            self.wrappings.push(attachment);
        } else {
            self.reading.letter.attachments.push(attachment);
        }
    }

    fn attach(&mut self, file: File, part: &Part<'_>, bytes: Cow<'_, [u8]>) -> Attachment {
        // A file without its bytes still says that it came.
        let bytes = match bytes {
            Cow::Borrowed(b) if !self.reading.take_or_note(b.len()) => Vec::new(),
            bytes => bytes.into_owned(),
        };
        file.attach(part, bytes)
    }

    /// What a signature wraps is read like the letter itself; the wrapping stays a file.
    fn sealed(&mut self, file: File, part: &Part<'_>, bytes: Cow<'_, [u8]>) {
        match protection::open(&bytes, self.reading) {
            Some(inside) => {
                let tree = split(&inside, self.reading);
                let contents = decode(&tree, self.reading);
                self.tree(&tree, contents, 1);
                self.reading.give_back(inside.capacity());
                if let Some(protection) = &mut self.reading.letter.protection {
                    protection.readable = true;
                }
            }
            None => self.reading.note(Defect::SealedShut),
        }
        self.file(file, part, bytes);
    }

    /// The files of a wrapping of Outlook, and its text when the letter has none.
    fn unwrap(&mut self, wrapping: Attachment) {
        let Some(inside) = tnef::open(&wrapping.bytes, self.reading) else {
            self.reading.note(Defect::BadWrapping);
            self.reading.letter.attachments.push(wrapping);
            return;
        };
        self.reading.letter.attachments.extend(inside.files);
        if inside.whole && !inside.empty {
            self.reading.give_back(wrapping.bytes.capacity());
        } else {
            self.reading.letter.attachments.push(wrapping);
        }
        if !self.pieces.is_empty() {
            return;
        }
        let alternative = Some(usize::MAX);
        for (is_html, text) in [(false, inside.text), (true, inside.html)] {
            if let Some(text) = text {
                self.pieces.push(alternative, is_html, text);
            }
        }
    }
}

fn words<'a>(tree: &'a Tree<'_>, index: usize, bytes: &'a [u8]) -> Words<'a> {
    let part = &tree.parts[index];
    Words {
        bytes,
        charset: part.parameters.get("charset").map(String::as_str),
        is_html: part.mime == "text/html",
        alternative: alternative_of(tree, index),
    }
}

pub(super) struct File {
    name: Option<String>,
    attached: bool,
    inline: bool,
    content_id: Option<String>,
}

impl File {
    pub(super) fn of(part: &Part<'_>) -> File {
        let disposition = part.headers.first("content-disposition").and_then(headers::structured);
        let kind = disposition
            .as_ref()
            .map(|d| d.ctype().trim().to_ascii_lowercase())
            .unwrap_or_default();
        let given = disposition
            .as_ref()
            .and_then(|d| d.attribute("filename"))
            .map(str::to_owned);
        let name = given.or_else(|| part.parameters.get("name").cloned());
        let name = name.map(|n| headers::text(n.as_bytes())).filter(|n| !n.is_empty());
        let content_id = part
            .headers
            .first("content-id")
            .map(|v| headers::plain(v).trim_matches(['<', '>', ' ']).to_owned());
        File {
            name,
            attached: kind == "attachment",
            inline: kind == "inline",
            content_id: content_id.filter(|c| !c.is_empty()),
        }
    }

    /// Whether the part is what a person came to read.
    pub(super) fn is_reading_matter(&self, part: &Part<'_>, index: usize) -> bool {
        let readable = matches!(part.mime.as_str(), "text/plain" | "text/html");
        readable && !self.attached && (self.name.is_none() || index == 0 || self.inline && part.mime == "text/html")
    }

    /// Whether the part is a letter or a report of a machine that nobody attached as a file.
    fn is_enclosed(&self, part: &Part<'_>) -> bool {
        let kind = part.mime.starts_with("message/") || part.mime.starts_with("text/rfc822-header");
        kind && !self.attached && self.name.is_none()
    }

    fn attach(self, part: &Part<'_>, bytes: Vec<u8>) -> Attachment {
        let inline = !self.attached && (self.inline || self.content_id.is_some());
        Attachment {
            name: self.name,
            mime: part.mime.clone(),
            content_id: self.content_id,
            inline,
            role: role(&part.mime),
            bytes,
        }
    }
}

fn role(mime: &str) -> Role {
    match mime {
        "text/calendar" | "application/ics" => Role::Invitation,
        mime if protection::is_seal(mime) => Role::Seal,
        _ => Role::File,
    }
}

/// The outermost `multipart/alternative` around the part.
fn alternative_of(tree: &Tree<'_>, index: usize) -> Option<usize> {
    let mut found = None;
    let mut at = tree.parts[index].parent;
    while let Some(parent) = at {
        if tree.parts[parent].mime == "multipart/alternative" {
            found = Some(parent);
        }
        // Parents always stand before their children, so this ends.
        at = tree.parts[parent].parent.filter(|next| *next < parent);
    }
    found
}
