//! From decoded parts to what a person sees: one text, one HTML, and files.
//! Nothing that came is left out: what is neither text nor HTML becomes a file.

use super::split::{Part, Tree};
use super::{DECODED, headers, transfer};
use crate::letter::{Attachment, Defect, Letter};
use std::borrow::Cow;

/// The decoded contents of each part, empty for containers and for what was over the cap.
pub(super) fn decode<'a>(tree: &Tree<'a>, letter: &mut Letter) -> Vec<Cow<'a, [u8]>> {
    let mut left = DECODED;
    let mut contents = Vec::with_capacity(tree.parts.len());
    for part in &tree.parts {
        if part.container {
            contents.push(Cow::Borrowed(&[][..]));
            continue;
        }
        // Decoding never makes more bytes than it is given.
        if part.body.len() / 4 * 3 > left {
            letter.note(Defect::TooComplex("its contents are over 40 MiB"));
            contents.push(Cow::Borrowed(&[][..]));
            continue;
        }
        let bytes = decode_part(part, letter);
        left = left.saturating_sub(bytes.len());
        contents.push(bytes);
    }
    contents
}

fn decode_part<'a>(part: &Part<'a>, letter: &mut Letter) -> Cow<'a, [u8]> {
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
    let (bytes, odd) = match encoding {
        "base64" => transfer::base64(part.body),
        "quoted-printable" => transfer::quoted_printable(part.body),
        "" | "7bit" | "8bit" | "binary" | "7-bit" | "8-bit" => return Cow::Borrowed(part.body),
        other => {
            letter.note(Defect::UnknownEncoding(other.chars().take(40).collect()));
            return Cow::Borrowed(part.body);
        }
    };
    if odd {
        letter.note(Defect::BadEncoding);
    }
    Cow::Owned(bytes)
}

/// One piece of what is read: plain, HTML, or both as alternatives.
#[derive(Default)]
struct Piece {
    alternative: Option<usize>,
    plain: Option<String>,
    html: Option<String>,
}

pub(super) fn arrange(tree: &Tree<'_>, contents: Vec<Cow<'_, [u8]>>, letter: &mut Letter) {
    let mut pieces: Vec<Piece> = Vec::new();
    for (index, (part, bytes)) in tree.parts.iter().zip(contents).enumerate() {
        if part.container {
            continue;
        }
        let file = File::of(part);
        if file.is_reading_matter(part, index) {
            let text = read_text(part, &bytes, letter);
            add_piece(&mut pieces, alternative_of(tree, index), part.mime == "text/html", text);
        } else if file.is_enclosed(part) {
            letter.enclosed.push(file.attach(part, bytes.into_owned()));
        } else {
            letter.attachments.push(file.attach(part, bytes.into_owned()));
        }
    }
    join(pieces, letter);
}

struct File {
    name: Option<String>,
    attached: bool,
    inline: bool,
    content_id: Option<String>,
}

impl File {
    fn of(part: &Part<'_>) -> File {
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
    fn is_reading_matter(&self, part: &Part<'_>, index: usize) -> bool {
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
            bytes,
        }
    }
}

fn read_text(part: &Part<'_>, bytes: &[u8], letter: &mut Letter) -> String {
    let (text, unknown) = transfer::decode_text(bytes, part.parameters.get("charset").map(String::as_str));
    if let Some(name) = unknown {
        letter.note(Defect::UnknownCharset(name));
    }
    if text.contains('\0') {
        letter.note(Defect::ZeroBytes);
    }
    text.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "")
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

fn add_piece(pieces: &mut Vec<Piece>, alternative: Option<usize>, is_html: bool, text: String) {
    let same = alternative.is_some() && pieces.last().is_some_and(|p| p.alternative == alternative);
    if !same {
        pieces.push(Piece {
            alternative,
            ..Piece::default()
        });
    }
    let Some(piece) = pieces.last_mut() else { return };
    let slot = if is_html { &mut piece.html } else { &mut piece.plain };
    match slot {
        Some(before) => {
            before.push('\n');
            before.push_str(&text);
        }
        None => *slot = Some(text),
    }
}

/// Joins the pieces so that both the text and the HTML, where there is one, tell everything.
fn join(pieces: Vec<Piece>, letter: &mut Letter) {
    let any_html = pieces.iter().any(|p| p.html.is_some());
    let any_plain = pieces.iter().any(|p| p.plain.is_some());
    let (mut text, mut html) = (Vec::new(), Vec::new());
    for piece in pieces {
        if any_plain {
            text.push(
                piece
                    .plain
                    .clone()
                    .unwrap_or_else(|| crate::html::to_text(piece.html.as_deref().unwrap_or_default())),
            );
        }
        if any_html {
            html.push(
                piece
                    .html
                    .unwrap_or_else(|| crate::html::from_text(piece.plain.as_deref().unwrap_or_default())),
            );
        }
    }
    letter.text = any_plain.then(|| text.join("\n"));
    letter.html = any_html.then(|| html.join("\n"));
}
