//! The header of one part as a list of names and raw values, and readers for single values.
//! The readers lean on `mail-parser` for addresses, dates and encoded words.

use super::budget::Reading;
use super::{FIELDS, HEADER_BYTES};
use crate::letter::{Address, Defect, Excess};
use mail_parser::parsers::MessageStream;
use mail_parser::{Address as ParsedAddress, ContentType, HeaderValue};

/// One header field: its name in lower case and its value with the folds still in it.
#[derive(Debug, Clone)]
pub(super) struct Field {
    pub name: String,
    pub value: Vec<u8>,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Headers(Vec<Field>);

impl Headers {
    /// Reads fields until the empty line, or until a line that cannot be a field.
    /// Returns them and where the body starts.
    pub(super) fn read(raw: &[u8], reading: &mut Reading) -> (Headers, usize) {
        let mut fields: Vec<Field> = Vec::new();
        let mut at = 0;
        let mut full = false;
        while at < raw.len() {
            let end = raw[at..]
                .iter()
                .position(|b| *b == b'\n')
                .map_or(raw.len(), |n| at + n + 1);
            let whole = &raw[at..end];
            if whole.iter().all(|b| matches!(b, b'\r' | b'\n')) {
                at = end;
                break;
            }
            // What is over the bound is cut off, inside a line as well as after it.
            let line = &whole[..whole.len().min(HEADER_BYTES.saturating_sub(at))];
            full |= line.len() < whole.len();
            // A first line that seems to go on from nowhere is a field with a stray space.
            let line = if at == 0 { line.trim_ascii_start() } else { line };
            if line.is_empty() {
                at = end;
                continue;
            }
            let folded = matches!(line[0], b' ' | b'\t') && !fields.is_empty();
            full |= !folded && fields.len() >= FIELDS;
            match (folded, split_field(line)) {
                (false, Some(_)) if fields.len() >= FIELDS => {}
                (true, _) | (false, Some(_)) if !reading.field(line.len()) => full = true,
                (true, _) => append(&mut fields, line),
                (false, Some(field)) => fields.push(field),
                // Not a field: the body begins here without its empty line.
                (false, None) if fields.is_empty() && at == 0 => break,
                (false, None) if line.starts_with(b"--") => break,
                (false, None) => {}
            }
            at = end;
        }
        if full {
            reading.note(Defect::TooComplex(Excess::Header));
        }
        (Headers(fields), at)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a [u8]> {
        self.0
            .iter()
            .filter(move |f| f.name == name)
            .map(|f| f.value.as_slice())
    }

    /// The first field of that name counts.
    pub(super) fn first(&self, name: &str) -> Option<&[u8]> {
        self.0.iter().find(|f| f.name == name).map(|f| f.value.as_slice())
    }

    pub(super) fn fields(&self) -> impl Iterator<Item = &Field> {
        self.0.iter()
    }

    pub(super) fn text(&self, name: &str) -> Option<String> {
        self.first(name).map(text)
    }
}

fn append(fields: &mut [Field], line: &[u8]) {
    if let Some(last) = fields.last_mut() {
        last.value.extend_from_slice(line);
    }
}

fn split_field(line: &[u8]) -> Option<Field> {
    let colon = line.iter().position(|b| *b == b':')?;
    let name = line[..colon].trim_ascii_end();
    if name.is_empty() || !name.iter().all(|b| b.is_ascii_graphic()) {
        return None;
    }
    let name = String::from_utf8_lossy(name).to_ascii_lowercase();
    Some(Field {
        name,
        value: line[colon + 1..].to_vec(),
    })
}

/// The value unfolded, as it stands, without decoding.
pub(super) fn plain(value: &[u8]) -> String {
    let text = String::from_utf8_lossy(value);
    let joined: String = text.chars().filter(|c| !matches!(c, '\r' | '\n' | '\0')).collect();
    joined.trim().to_owned()
}

/// The value unfolded with its encoded words decoded; control characters become spaces.
pub(super) fn text(value: &[u8]) -> String {
    let line = one_line(value);
    let decoded = super::words::decode(String::from_utf8_lossy(&line).trim());
    let printable: String = decoded
        .chars()
        .filter(|c| *c != '\0')
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    printable.trim().to_owned()
}

/// One line in valid UTF-8 with the line end the readers below wait for. Bytes in no known
/// character set are taken as Windows-1252, which is what most such letters meant.
fn one_line(value: &[u8]) -> Vec<u8> {
    let mut line: Vec<u8> = match std::str::from_utf8(value) {
        Ok(text) => text.as_bytes().to_vec(),
        Err(_) => super::transfer::western(value).into_bytes(),
    };
    line.retain(|b| !matches!(b, b'\r' | b'\n' | b'\0'));
    line.extend_from_slice(b"\r\n");
    line
}

pub(super) fn addresses(value: &[u8]) -> Vec<Address> {
    let line = one_line(value);
    let mut found = Vec::new();
    if let HeaderValue::Address(list) = MessageStream::new(&line).parse_address() {
        match list {
            ParsedAddress::List(list) => found.extend(list),
            ParsedAddress::Group(groups) => found.extend(groups.into_iter().flat_map(|g| g.addresses)),
        }
    }
    found
        .iter()
        .filter_map(|a| Some((a.name.as_deref(), a.address.as_deref()?)))
        .map(|(name, address)| Address::new(name.map(tidy).as_deref(), &tidy(address)))
        .filter(|a| !a.address.is_empty())
        .take(1_000)
        .collect()
}

fn tidy(value: &str) -> String {
    value.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// Microseconds since 1970 in UTC; `None` when it is no date.
pub(super) fn date(value: &[u8]) -> Option<i64> {
    match MessageStream::new(&one_line(value)).parse_date() {
        HeaderValue::DateTime(date) if date.is_valid() => date.to_timestamp().checked_mul(1_000_000),
        _ => None,
    }
}

/// Identifiers without their angle brackets; at most 200, the newest kept.
pub(super) fn identifiers(value: &[u8]) -> Vec<String> {
    let line = plain(value);
    let mut found: Vec<String> = Vec::new();
    let mut rest = line.as_str();
    while let Some(start) = rest.find('<') {
        let Some(end) = rest[start..].find('>') else { break };
        found.push(rest[start + 1..start + end].split_whitespace().collect());
        rest = &rest[start + end + 1..];
    }
    if found.is_empty() {
        found = line
            .split_whitespace()
            .filter(|w| w.contains('@'))
            .map(str::to_owned)
            .collect();
    }
    found.retain(|id| !id.is_empty());
    let skip = found.len().saturating_sub(200);
    found.split_off(skip)
}

/// No file name or boundary is this long; what pieces a name together compares each piece with all others.
const STRUCTURED: usize = 16 * 1024;

/// A structured value such as `text/plain; charset=utf-8` or `attachment; filename="a.pdf"`.
pub(super) fn structured(value: &[u8]) -> Option<ContentType<'static>> {
    let line = one_line(&value[..value.len().min(STRUCTURED)]);
    match MessageStream::new(&line).parse_content_type() {
        HeaderValue::ContentType(ct) => match HeaderValue::ContentType(ct).into_owned() {
            HeaderValue::ContentType(ct) => Some(ct),
            _ => None,
        },
        _ => None,
    }
}
