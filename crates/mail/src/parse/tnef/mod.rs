//! The wrapping of Outlook and Exchange: TNEF, sent as `winmail.dat` (MS-OXTNEF). A flat list of
//! attributes; those of the letter hold its text, those after each "rendering data" one file.
//! Only what a person came for is read: texts, files and their names.

mod codepage;
mod mapi;
mod rtf;
mod squeezed;
mod stream;

use super::budget::Reading;
use crate::letter::{Attachment, Defect, Role};
use mapi::Properties;
use stream::Stream;

const SIGNATURE: u32 = 0x223E_9F78;
/// Letters wrapped inside wrapped letters.
const DEPTH: usize = 4;
/// Files of one wrapping, and attributes looked at.
const FILES: usize = 1_000;
const ATTRIBUTES: usize = 20_000;

/// Numbers of attributes (MS-OXTNEF, section 2.1.3.3).
mod attribute {
    pub(super) const BODY: u16 = 0x800C;
    pub(super) const FILE_BYTES: u16 = 0x800F;
    pub(super) const FILE_TITLE: u16 = 0x8010;
    pub(super) const FILE_BEGINS: u16 = 0x9002;
    pub(super) const LETTER_PROPERTIES: u16 = 0x9003;
    pub(super) const FILE_PROPERTIES: u16 = 0x9005;
    pub(super) const CODE_PAGE: u16 = 0x9007;
}

/// What was wrapped.
#[derive(Debug, Default)]
pub(super) struct Inside {
    pub text: Option<String>,
    pub html: Option<String>,
    pub files: Vec<Attachment>,
    /// Whether it was read to its end.
    pub whole: bool,
    /// Whether nothing was in it but what only Outlook asks for.
    pub empty: bool,
}

pub(super) fn is_wrapping(file: &Attachment) -> bool {
    let by_type = matches!(file.mime.as_str(), "application/ms-tnef" | "application/vnd.ms-tnef");
    let by_name = file
        .name
        .as_deref()
        .is_some_and(|n| n.eq_ignore_ascii_case("winmail.dat"));
    by_type || by_name && file.bytes.starts_with(&SIGNATURE.to_le_bytes())
}

/// Opens a wrapping; `None` when it is none or nothing of it can be read.
pub(super) fn open(bytes: &[u8], reading: &mut Reading) -> Option<Inside> {
    let mut inside = Inside::default();
    let whole = Opener {
        reading,
        inside: &mut inside,
    }
    .open(bytes, 0)?;
    inside.whole = whole;
    inside.empty = inside.files.is_empty() && inside.text.is_none() && inside.html.is_none();
    if !whole && inside.empty {
        return None;
    }
    if !whole {
        reading.note(Defect::PartOfWrapping);
    }
    Some(inside)
}

struct Opener<'a> {
    reading: &'a mut Reading,
    inside: &'a mut Inside,
}

/// One file while its attributes come in.
#[derive(Default)]
struct Draft<'b> {
    title: &'b [u8],
    bytes: Option<&'b [u8]>,
    properties: Properties<'b>,
}

/// The letter's own attributes.
#[derive(Default)]
struct Body<'b> {
    plain: &'b [u8],
    properties: Properties<'b>,
}

impl Opener<'_> {
    /// Reads one stream. The flag says whether it was read to its end.
    fn open(&mut self, bytes: &[u8], depth: usize) -> Option<bool> {
        let mut stream = Stream::new(bytes);
        if stream.u32()? != SIGNATURE || depth > DEPTH || !self.reading.walk(4 * bytes.len()) {
            return None;
        }
        stream.u16()?;
        let mut page = 1252;
        let (mut body, mut drafts, mut whole) = (Body::default(), Vec::<Draft<'_>>::new(), true);
        for _ in 0..ATTRIBUTES {
            if stream.is_at_end() {
                break;
            }
            let Some((number, data)) = attribute(&mut stream) else {
                // Some senders put line ends behind the last attribute.
                whole = stream.rest().iter().all(|b| b.is_ascii_whitespace() || *b == 0);
                break;
            };
            match number {
                attribute::CODE_PAGE => page = Stream::new(data).u32().unwrap_or(page),
                attribute::BODY => body.plain = data,
                attribute::LETTER_PROPERTIES => whole &= body.properties.read(data),
                attribute::FILE_BEGINS if drafts.len() < FILES => drafts.push(Draft::default()),
                _ => whole &= drafts.last_mut().is_none_or(|draft| draft.take(number, data)),
            }
        }
        for draft in drafts {
            whole &= self.file(&draft, page, depth);
        }
        whole &= self.body(&body, page, depth);
        Some(whole)
    }

    fn file(&mut self, draft: &Draft<'_>, page: u32, depth: usize) -> bool {
        let p = &draft.properties;
        if let Some(letter) = p.object(mapi::DATA).filter(|d| d.starts_with(&SIGNATURE.to_le_bytes()))
            && let Some(whole) = self.open(letter, depth + 1)
        {
            return whole;
        }
        let data = draft
            .bytes
            .filter(|b| !b.is_empty())
            .or_else(|| p.bytes(mapi::DATA))
            .or_else(|| p.object(mapi::DATA));
        let named = [mapi::LONG_NAME, mapi::NAME, mapi::SHORT_NAME]
            .iter()
            .find_map(|id| p.text(*id, page));
        let title = codepage::text(draft.title, page);
        let name = named
            .or(Some(title))
            .map(|n| n.trim().to_owned())
            .filter(|n| !n.is_empty());
        // Announced, but it never came; or nothing but its rendering.
        let Some(data) = data.or(draft.bytes) else {
            return name.is_none();
        };
        if !self.reading.take_or_note(data.len()) {
            return false;
        }
        let content_id = p.text(mapi::CONTENT_ID, page).filter(|c| !c.is_empty());
        let mime = p.text(mapi::MIME, page).map(|m| m.trim().to_ascii_lowercase());
        self.inside.files.push(Attachment {
            mime: mime
                .filter(|m| m.contains('/'))
                .unwrap_or_else(|| "application/octet-stream".to_owned()),
            inline: content_id.is_some() && p.number(mapi::HIDDEN) == Some(1),
            content_id: content_id.map(|c| c.trim_matches(['<', '>']).to_owned()),
            role: Role::File,
            bytes: data.to_vec(),
            name,
        });
        true
    }

    /// The text of the letter; that of a letter inside it becomes a file.
    fn body(&mut self, body: &Body<'_>, page: u32, depth: usize) -> bool {
        let found = self.texts(body, page);
        if depth == 0 {
            (self.inside.text, self.inside.html) = found;
            return true;
        }
        let subject = body.properties.text(mapi::SUBJECT, page).unwrap_or_default();
        for (text, mime, ending) in [(found.0, "text/plain", "txt"), (found.1, "text/html", "html")] {
            let Some(text) = text.filter(|t| !t.trim().is_empty()) else {
                continue;
            };
            self.inside.files.push(Attachment {
                name: Some(format!(
                    "{}.{ending}",
                    if subject.is_empty() { "letter" } else { &subject }
                )),
                mime: mime.to_owned(),
                bytes: text.into_bytes(),
                ..Attachment::default()
            });
        }
        true
    }

    fn texts(&mut self, body: &Body<'_>, page: u32) -> (Option<String>, Option<String>) {
        let p = &body.properties;
        let internet = p.number(mapi::INTERNET_PAGE).unwrap_or(page);
        let fits =
            |data: &[u8], reading: &mut Reading| data.len() <= rtf::LONGEST && reading.take_or_note(12 * data.len());
        let mut text =
            (!body.plain.is_empty() && fits(body.plain, self.reading)).then(|| codepage::text(body.plain, page));
        if text.is_none() && fits(p.any(mapi::BODY).unwrap_or_default(), self.reading) {
            text = p.text(mapi::BODY, page);
        }
        let html = p.any(mapi::HTML).filter(|d| fits(d, self.reading));
        let mut html = html.map(|d| {
            p.text(mapi::HTML, internet)
                .unwrap_or_else(|| codepage::text(d, internet))
        });
        if html.is_none()
            && let Some(rich) = p.bytes(mapi::RICH).and_then(|d| squeezed::unsqueeze(d, self.reading))
            && self.reading.take_or_note(4 * rich.len())
        {
            match rtf::read(&rich) {
                rtf::Rich::Html(found) => html = Some(found),
                rtf::Rich::Text(found) if text.is_none() => text = Some(found),
                rtf::Rich::Text(_) => {}
            }
        }
        let full = |t: &String| !t.trim().is_empty();
        (
            text.filter(full).map(|t| lines(&t)),
            html.filter(full).map(|h| lines(&h)),
        )
    }
}

fn lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace(['\r'], "\n").replace('\0', "")
}

impl<'b> Draft<'b> {
    fn take(&mut self, number: u16, data: &'b [u8]) -> bool {
        match number {
            attribute::FILE_BYTES => self.bytes = Some(data),
            attribute::FILE_TITLE => self.title = data,
            attribute::FILE_PROPERTIES => return self.properties.read(data),
            _ => {}
        }
        true
    }
}

/// Level, number with type, length, data, checksum. Checksums are often wrong, and what they guard
/// was checked by those who carried the letter, so they are passed over.
fn attribute<'b>(stream: &mut Stream<'b>) -> Option<(u16, &'b [u8])> {
    let mut ahead = *stream;
    let level = ahead.u8()?;
    let number = ahead.u32()? as u16;
    let length = ahead.u32()? as usize;
    let data = ahead.take(length)?;
    if !matches!(level, 1 | 2) {
        return None;
    }
    // The last checksum may be cut off.
    let _ = ahead.u16();
    *stream = ahead;
    Some((number, data))
}
