//! Lists of MAPI properties as TNEF writes them (MS-OXTNEF, section 2.1.3.4). Only values that are
//! asked for are kept; the others are passed over by their length.

use super::codepage;
use super::stream::Stream;

pub(super) const SUBJECT: u16 = 0x0037;
pub(super) const BODY: u16 = 0x1000;
pub(super) const RICH: u16 = 0x1009;
pub(super) const HTML: u16 = 0x1013;
pub(super) const NAME: u16 = 0x3001;
pub(super) const DATA: u16 = 0x3701;
pub(super) const SHORT_NAME: u16 = 0x3704;
pub(super) const LONG_NAME: u16 = 0x3707;
pub(super) const MIME: u16 = 0x370E;
pub(super) const CONTENT_ID: u16 = 0x3712;
pub(super) const INTERNET_PAGE: u16 = 0x3FDE;
pub(super) const HIDDEN: u16 = 0x7FFE;

const KEPT: &[u16] = &[
    SUBJECT,
    BODY,
    RICH,
    HTML,
    NAME,
    DATA,
    SHORT_NAME,
    LONG_NAME,
    MIME,
    CONTENT_ID,
    INTERNET_PAGE,
    HIDDEN,
];

/// Types (MS-OXCDATA, section 2.11.1).
const STRING: u16 = 0x1E;
const WIDE: u16 = 0x1F;
const OBJECT: u16 = 0x0D;
const BINARY: u16 = 0x102;
const MANY: u16 = 0x1000;
/// Properties of one list, and values of one property.
const MOST: u32 = 10_000;
/// Properties with numbers from here on bear a name.
const NAMED: u16 = 0x8000;

#[derive(Default)]
pub(super) struct Properties<'b>(Vec<(u16, u16, &'b [u8])>);

impl<'b> Properties<'b> {
    /// Adds the properties of a list; `false` when it is broken or too long.
    pub(super) fn read(&mut self, data: &'b [u8]) -> bool {
        let mut stream = Stream::new(data);
        let Some(count) = stream.u32() else { return false };
        for _ in 0..count.min(MOST) {
            let Some((kind, id, value)) = property(&mut stream) else {
                return false;
            };
            if KEPT.contains(&id) && !self.0.iter().any(|(known, ..)| *known == id) {
                self.0.push((id, kind, value));
            }
        }
        count <= MOST
    }

    fn find(&self, id: u16) -> Option<(u16, &'b [u8])> {
        self.0
            .iter()
            .find(|(known, ..)| *known == id)
            .map(|(_, kind, value)| (*kind, *value))
    }

    pub(super) fn any(&self, id: u16) -> Option<&'b [u8]> {
        self.find(id).map(|(_, value)| value)
    }

    pub(super) fn bytes(&self, id: u16) -> Option<&'b [u8]> {
        self.find(id)
            .filter(|(kind, _)| *kind == BINARY)
            .map(|(_, value)| value)
    }

    /// An object without the sixteen bytes that say of which class it is.
    pub(super) fn object(&self, id: u16) -> Option<&'b [u8]> {
        self.find(id)
            .filter(|(kind, _)| *kind == OBJECT)
            .and_then(|(_, value)| value.get(16..))
    }

    pub(super) fn number(&self, id: u16) -> Option<u32> {
        self.find(id).and_then(|(_, value)| Stream::new(value).u32())
    }

    pub(super) fn text(&self, id: u16, page: u32) -> Option<String> {
        match self.find(id)? {
            (STRING, value) => Some(codepage::text(value, page)),
            (WIDE, value) => Some(codepage::text(value, codepage::WIDE)),
            _ => None,
        }
    }
}

/// Type, number and first value of the next property.
fn property<'b>(stream: &mut Stream<'b>) -> Option<(u16, u16, &'b [u8])> {
    let (kind, id) = (stream.u16()?, stream.u16()?);
    if id >= NAMED {
        skip_name(stream)?;
    }
    let single = kind & !MANY;
    let measured = matches!(single, STRING | WIDE | OBJECT | BINARY);
    let count = if measured || kind & MANY != 0 { stream.u32()? } else { 1 };
    if count > MOST {
        return None;
    }
    let mut first: Option<&'b [u8]> = None;
    for _ in 0..count {
        let length = if measured {
            stream.u32()? as usize
        } else {
            width(single)?
        };
        let value = stream.take(length)?;
        // Every value fills up its last four bytes; at the very end some senders do not.
        let padding = (4 - length % 4) % 4;
        stream.take(padding.min(stream.rest().len()))?;
        first = first.or(Some(value));
    }
    Some((single, id, first.unwrap_or_default()))
}

/// A set, then a number or a name.
fn skip_name(stream: &mut Stream<'_>) -> Option<()> {
    stream.take(16)?;
    if stream.u32()? == 0 {
        return stream.u32().map(|_| ());
    }
    let length = stream.u32()? as usize;
    stream.take(length)?;
    stream.take((4 - length % 4) % 4).map(|_| ())
}

/// How many bytes a value of a fixed type has.
fn width(kind: u16) -> Option<usize> {
    match kind {
        0x00 | 0x01 => Some(0),
        0x02 | 0x0B => Some(2),
        0x03 | 0x04 | 0x0A => Some(4),
        0x05 | 0x06 | 0x07 | 0x14 | 0x40 => Some(8),
        0x48 => Some(16),
        _ => None,
    }
}
