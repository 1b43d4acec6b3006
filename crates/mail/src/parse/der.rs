//! As much of ASN.1 as leads to the contents of signed data (RFC 5652; X.690 for BER, because many
//! programs write contents in pieces of unknown length). A walk by counters, no recursion.

pub(super) const SIGNED: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02];
pub(super) const ENVELOPED: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x03];
pub(super) const AUTH_ENVELOPED: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x10, 0x01, 0x17];
const DATA: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x01];

const OBJECT: u8 = 0x06;
const SEQUENCE: u8 = 0x30;
const SET: u8 = 0x31;
const INTEGER: u8 = 0x02;
const OCTETS: u8 = 0x04;
const OCTETS_IN_PIECES: u8 = 0x24;
const EXPLICIT: u8 = 0xA0;
/// Values of unknown length inside each other.
const DEPTH: usize = 32;

/// The head of a value: its tag, and its length where that is known.
#[derive(Clone, Copy)]
struct Head {
    tag: u8,
    length: Option<usize>,
}

#[derive(Clone, Copy)]
struct Walk<'b>(&'b [u8]);

impl<'b> Walk<'b> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn take(&mut self, length: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn head(&mut self) -> Option<Head> {
        let tag = self.byte()?;
        // Tags of several bytes stand nowhere on the way.
        if tag & 0x1F == 0x1F {
            return None;
        }
        let first = self.byte()?;
        let length = match first {
            0..=0x7F => Some(usize::from(first)),
            0x80 => None,
            0x81..=0x84 => {
                let bytes = self.take(usize::from(first & 0x7F))?;
                Some(bytes.iter().fold(0, |length, b| length << 8 | usize::from(*b)))
            }
            _ => return None,
        };
        Some(Head { tag, length })
    }

    /// Goes into a value of this kind. What is behind it is not looked at any more.
    fn enter(&mut self, tag: u8) -> Option<()> {
        let head = self.head().filter(|h| h.tag == tag)?;
        if let Some(length) = head.length {
            // A cut letter has less than it says; what is there may be enough.
            self.0 = &self.0[..length.min(self.0.len())];
        }
        Some(())
    }

    fn value(&mut self, tag: u8) -> Option<&'b [u8]> {
        let head = self.head().filter(|h| h.tag == tag)?;
        self.take(head.length?)
    }

    /// Passes over a whole value, whatever is in it.
    fn skip(&mut self, tag: u8) -> Option<()> {
        let head = self.head().filter(|h| h.tag == tag)?;
        let mut open = match head.length {
            Some(length) => return self.take(length).map(|_| ()),
            None => 1,
        };
        while open > 0 {
            let head = self.head()?;
            match (head.tag, head.length) {
                (0, Some(0)) => open -= 1,
                (_, Some(length)) => {
                    self.take(length)?;
                }
                (_, None) => open += 1,
            }
            if open > DEPTH {
                return None;
            }
        }
        Some(())
    }
}

/// What kind of message the bytes are.
pub(super) fn content_type(bytes: &[u8]) -> Option<&[u8]> {
    let mut walk = Walk(bytes);
    walk.enter(SEQUENCE)?;
    walk.value(OBJECT)
}

/// The contents that were signed; `None` when they are elsewhere, of another kind, or broken.
pub(super) fn signed_contents(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut walk = Walk(bytes);
    walk.enter(SEQUENCE)?;
    walk.value(OBJECT).filter(|kind| *kind == SIGNED)?;
    walk.enter(EXPLICIT)?;
    walk.enter(SEQUENCE)?;
    walk.value(INTEGER)?;
    walk.skip(SET)?;
    walk.enter(SEQUENCE)?;
    walk.value(OBJECT).filter(|kind| *kind == DATA)?;
    walk.enter(EXPLICIT)?;
    octets(walk)
}

/// A string of bytes, whole or in pieces, at most as deep as pieces of pieces.
fn octets(mut walk: Walk<'_>) -> Option<Vec<u8>> {
    let mut ahead = walk;
    let head = ahead.head()?;
    if head.tag == OCTETS {
        return walk.value(OCTETS).map(<[u8]>::to_vec);
    }
    walk.enter(OCTETS_IN_PIECES)?;
    let mut out = Vec::with_capacity(walk.0.len());
    while let Some(head) = walk.head() {
        match (head.tag, head.length) {
            (OCTETS, Some(length)) => out.extend_from_slice(walk.take(length)?),
            // The pieces of a piece follow in line.
            (OCTETS_IN_PIECES, _) => {}
            _ => break,
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(tag: u8, inside: &[u8]) -> Vec<u8> {
        let mut out = vec![tag, 0x82];
        out.extend((inside.len() as u16).to_be_bytes());
        out.extend(inside);
        out
    }

    fn endless(tag: u8, inside: &[u8]) -> Vec<u8> {
        [&[tag, 0x80], inside, &[0, 0]].concat()
    }

    fn message(wrap: fn(u8, &[u8]) -> Vec<u8>, octets: &[u8]) -> Vec<u8> {
        let inner = [value(OBJECT, DATA), wrap(EXPLICIT, octets)].concat();
        let set = wrap(SET, &wrap(SEQUENCE, &value(OBJECT, &[1, 2])));
        let body = [value(INTEGER, &[1]), set, wrap(SEQUENCE, &inner)].concat();
        wrap(
            SEQUENCE,
            &[value(OBJECT, SIGNED), wrap(EXPLICIT, &wrap(SEQUENCE, &body))].concat(),
        )
    }

    #[test]
    fn contents_come_out_whole_and_in_pieces() {
        let whole = message(value, &value(OCTETS, b"hello"));
        assert_eq!(signed_contents(&whole).unwrap(), b"hello");
        let pieces = [value(OCTETS, b"hel"), value(OCTETS, b"lo")].concat();
        let pieces = message(endless, &endless(OCTETS_IN_PIECES, &pieces));
        assert_eq!(signed_contents(&pieces).unwrap(), b"hello");
        assert_eq!(content_type(&pieces), Some(SIGNED));
    }

    #[test]
    fn broken_bytes_are_told() {
        let whole = message(value, &value(OCTETS, b"hello"));
        for cut in 0..whole.len() - 5 {
            assert_eq!(signed_contents(&whole[..cut]), None, "{cut}");
        }
        assert_eq!(signed_contents(&[0x30, 0x80].repeat(10_000)), None);
        assert_eq!(signed_contents(&message(value, &value(INTEGER, b"hello"))), None);
    }
}
