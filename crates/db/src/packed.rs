//! Words kept packed: a text column that is larger on disk than what it says is worth. Deflate (RFC 1951) begins every
//! text with the same list of common words of both languages, so that short letters shrink too.
//!
//! The column is `@bytes`: nothing for no words; else one byte that names the way (0 as it is, 1 deflate behind
//! `words.txt`), the length in bytes (LEB128), and the words. `words.txt` must never change: what was written with it
//! is read with it. Another list would be another way.

use std::cell::RefCell;
use std::ops::Deref;
use std::sync::OnceLock;

use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};

use crate::{Col, Value};

const WORDS: &[u8] = include_bytes!("packed/words.txt");
const PLAIN: u8 = 0;
const DEFLATED: u8 = 1;
/// Of nine: level 1 leaves a fifth more, those above leave a hundredth less.
const EFFORT: u32 = 4;
/// Shorter words gain nothing.
const LEAST: usize = 48;
/// Bytes before the words: the way, and a length below 2^63.
const HEAD: usize = 10;

thread_local! {
    // A packer is 180 KiB of tables; one a thread, used again.
    static PACKER: RefCell<Compress> = RefCell::new(Compress::new(Compression::new(EFFORT), false));
    static UNPACKER: RefCell<Decompress> = RefCell::new(Decompress::new(false));
}

/// A text out of a packed column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Packed(pub String);

/// Words on their way into a packed column, with what they are packed to once that was made: [`Text::ready`] makes it
/// where there is time, and not on the one thread that writes.
#[derive(Clone, Debug, Default)]
pub struct Text {
    words: String,
    packed: OnceLock<Vec<u8>>,
}

impl Text {
    #[must_use]
    pub fn ready(words: &str) -> Text {
        let text = Text::from(words);
        text.bytes();
        text
    }

    pub fn value(&self) -> Value<'_> {
        if self.words.as_bytes().contains(&0) {
            return self.words.as_str().into();
        }
        Value::Bytes(self.bytes().into())
    }

    fn bytes(&self) -> &[u8] {
        self.packed.get_or_init(|| pack(&self.words))
    }
}

impl From<&str> for Text {
    fn from(words: &str) -> Text {
        Text {
            words: words.to_string(),
            packed: OnceLock::new(),
        }
    }
}

impl From<Text> for String {
    fn from(text: Text) -> String {
        text.words
    }
}

impl Deref for Text {
    type Target = str;
    fn deref(&self) -> &str {
        &self.words
    }
}

/// A text on its way into a packed column. It may hold what a text may: U+0000 goes as a text and is refused as one.
pub fn packed(text: &str) -> Value<'_> {
    if text.as_bytes().contains(&0) {
        return text.into();
    }
    Value::Bytes(pack(text).into())
}

fn pack(text: &str) -> Vec<u8> {
    if text.is_empty() {
        return Vec::new();
    }
    if text.len() >= LEAST
        && let Some(small) = deflated(text)
    {
        return small;
    }
    let mut plain = headed(PLAIN, text.len());
    plain.extend_from_slice(text.as_bytes());
    plain
}

fn headed(way: u8, length: usize) -> Vec<u8> {
    let mut head = Vec::with_capacity(HEAD + length);
    head.push(way);
    let mut rest = length;
    while rest >= 0x80 {
        head.push((rest & 0x7f) as u8 | 0x80);
        rest >>= 7;
    }
    head.push(rest as u8);
    head
}

/// `None` when it would not be smaller.
fn deflated(text: &str) -> Option<Vec<u8>> {
    let mut out = headed(DEFLATED, text.len());
    PACKER.with_borrow_mut(|packer| {
        packer.reset();
        packer.set_dictionary(WORDS).ok()?;
        let ended = packer.compress_vec(text.as_bytes(), &mut out, FlushCompress::Finish);
        matches!(ended, Ok(Status::StreamEnd)).then_some(())
    })?;
    out.shrink_to_fit();
    Some(out)
}

/// `None` for bytes nobody packed.
fn unpack(bytes: &[u8]) -> Option<String> {
    let Some((&way, rest)) = bytes.split_first() else {
        return Some(String::new());
    };
    let (length, words) = length(rest)?;
    match way {
        PLAIN => String::from_utf8(words.to_vec()).ok(),
        DEFLATED => inflated(words, length),
        _ => None,
    }
}

fn length(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let mut length = 0_usize;
    for (at, byte) in bytes.iter().enumerate().take(9) {
        length |= usize::from(byte & 0x7f) << (7 * at);
        if byte & 0x80 == 0 {
            return Some((length, &bytes[at + 1..]));
        }
    }
    None
}

/// Deflate shrinks at most 1032 times (zlib, "maximum compression factor"): a length beyond that is damage, and asks
/// for no memory.
const MOST_SHRUNK: usize = 1032;

fn inflated(words: &[u8], length: usize) -> Option<String> {
    if length > words.len().saturating_mul(MOST_SHRUNK) {
        return None;
    }
    let mut out = Vec::with_capacity(length);
    UNPACKER.with_borrow_mut(|unpacker| {
        unpacker.reset(false);
        unpacker.set_dictionary(WORDS).ok()?;
        let ended = unpacker.decompress_vec(words, &mut out, FlushDecompress::Finish);
        (matches!(ended, Ok(Status::StreamEnd)) && out.len() == length).then_some(())
    })?;
    String::from_utf8(out).ok()
}

impl Col for Packed {
    fn read(value: Value) -> Option<Self> {
        match value {
            Value::Bytes(bytes) => unpack(&bytes).map(Packed),
            _ => None,
        }
    }
}

impl Deref for Packed {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use sha2::{Digest, Sha256};

    use super::*;

    const LETTER: &str = "Hello,\n\nsince this morning the printer in the meeting room does not print any more. \
        When I try to open the settings it says that the driver is missing. Could you please help?\n\nThank you";

    proptest! {
        #[test]
        fn what_is_packed_comes_out_as_it_was(text in "\\PC{0,400}", times in 1_usize..20) {
            let text = text.repeat(times);
            prop_assert_eq!(unpack(&pack(&text)), Some(text));
        }

        #[test]
        fn bytes_that_nobody_packed_are_refused_and_ask_for_no_memory(bytes in prop::collection::vec(any::<u8>(), 1..200)) {
            if let Some(text) = unpack(&bytes) {
                prop_assert!(text.len() <= bytes.len() * MOST_SHRUNK);
            }
        }
    }

    #[test]
    fn a_letter_of_two_hundred_bytes_is_kept_in_half() {
        let small = pack(LETTER);
        assert!(small.len() * 2 < LETTER.len(), "{} of {}", small.len(), LETTER.len());
        assert_eq!(unpack(&small).as_deref(), Some(LETTER));
    }

    #[test]
    fn a_text_made_ready_goes_in_as_any_other() {
        for words in ["", "short", LETTER, "with\0nothing"] {
            assert_eq!(Text::ready(words).value(), packed(words));
            assert_eq!(Text::from(words).value(), packed(words));
        }
    }

    #[test]
    fn what_does_not_shrink_grows_by_its_head_alone() {
        let noise: String = (0_u32..40).map(|n| char::from(b'!' + (n * n * 7 % 93) as u8)).collect();
        assert_eq!(pack(&noise).len(), noise.len() + 2);
        assert_eq!(pack(""), Vec::<u8>::new());
    }

    #[test]
    fn damage_is_seen() {
        let mut small = pack(LETTER);
        small.truncate(small.len() - 3);
        assert_eq!(unpack(&small), None);
        let mut long = pack(LETTER);
        long[1] ^= 1;
        assert_eq!(unpack(&long), None, "a length that is not the words'");
    }

    #[test]
    fn the_list_of_words_is_the_one_every_desk_was_written_with() {
        let sum = Sha256::digest(WORDS)
            .iter()
            .map(|b| format!("{b:02x}"))
            .collect::<String>();
        assert_eq!(sum, "9dff74e7735c4c5a9624436705fbf24f230424a4b76ea92a500c236c2ba4b541");
    }
}
