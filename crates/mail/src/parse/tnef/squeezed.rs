//! Compressed RTF (MS-OXRTFCP): runs of bytes and references into the last 4,096 bytes written.

use super::super::budget::Reading;
use super::rtf;
use super::stream::Stream;

const SQUEEZED: u32 = 0x7546_5A4C;
const PLAIN: u32 = 0x414C_454D;
const WINDOW: usize = 4096;

/// What the window holds before the first byte (section 2.2.2.1 of the specification).
const BEGINNING: &[u8] = b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \
\\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";

/// The RTF, or as much of it as can be had; `None` when the bytes are none.
pub(super) fn unsqueeze(bytes: &[u8], reading: &mut Reading) -> Option<Vec<u8>> {
    let mut stream = Stream::new(bytes);
    stream.u32()?;
    let size = stream.u32()? as usize;
    let kind = stream.u32()?;
    stream.u32()?;
    let size = size.min(rtf::LONGEST).min(18 * bytes.len());
    if !reading.walk(2 * size) || !reading.take_or_note(size) {
        return None;
    }
    match kind {
        PLAIN => Some(stream.rest()[..stream.rest().len().min(size)].to_vec()),
        SQUEEZED => Some(expand(stream, size)),
        _ => None,
    }
}

fn expand(mut stream: Stream<'_>, size: usize) -> Vec<u8> {
    let mut window = [0_u8; WINDOW];
    window[..BEGINNING.len()].copy_from_slice(BEGINNING);
    let mut at = BEGINNING.len();
    let mut out = Vec::with_capacity(size);
    while let Some(control) = stream.u8() {
        for bit in 0..8 {
            if out.len() >= size {
                return out;
            }
            let (from, length) = if control >> bit & 1 == 0 {
                let Some(byte) = stream.u8() else { return out };
                window[at] = byte;
                (at, 1)
            } else {
                let Some(two) = stream.take(2) else { return out };
                let reference = usize::from(u16::from_be_bytes([two[0], two[1]]));
                (reference >> 4, (reference & 0xF) + 2)
            };
            if length > 1 && from == at {
                return out;
            }
            for step in 0..length {
                let byte = window[(from + step) % WINDOW];
                window[at] = byte;
                at = (at + 1) % WINDOW;
                out.push(byte);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_begins_as_the_specification_says() {
        assert_eq!(BEGINNING.len(), 207);
    }

    /// The first example of the specification (section 3.1.1).
    #[test]
    fn the_example_of_the_specification_opens() {
        let bytes = [
            0x2d, 0, 0, 0, 0x2b, 0, 0, 0, 0x4c, 0x5a, 0x46, 0x75, 0xf1, 0xc5, 0xc7, 0xa7, 0x03, 0, 0x0a, 0, 0x72, 0x63,
            0x70, 0x67, 0x31, 0x32, 0x35, 0x42, 0x32, 0x0a, 0xf3, 0x20, 0x68, 0x65, 0x6c, 0x09, 0, 0x20, 0x62, 0x77,
            0x05, 0xb0, 0x6c, 0x64, 0x7d, 0x0a, 0x80, 0x0f, 0xa0,
        ];
        let rich = unsqueeze(&bytes, &mut Reading::default()).unwrap();
        assert_eq!(rich, b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n");
    }

    #[test]
    fn a_short_reference_to_much_ends_where_the_size_says() {
        let mut bytes = vec![0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0x7F, 0x4c, 0x5a, 0x46, 0x75, 0, 0, 0, 0];
        bytes.extend([0xFF; 1_000]);
        assert!(unsqueeze(&bytes, &mut Reading::default()).unwrap().len() <= 18 * bytes.len());
    }
}
