//! Plain text in the character set it was written in. A form feed ends a page, as it does on a printer.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::Fault;
use crate::pages::{MOST_TEXT, Pages};

/// More bytes than this cannot be fewer words than we keep: no character set takes more than four for a letter.
const MOST: usize = 4 * MOST_TEXT;
/// What a file is judged by.
const HEAD: usize = 64 << 10;

pub(crate) fn read(file: &[u8], charset: Option<&'static Encoding>, pages: &mut Pages<'_>) -> Result<(), Fault> {
    let rest = &file[..file.len().min(MOST)];
    let (charset, rest) = match Encoding::for_bom(rest) {
        Some((charset, mark)) => (charset, &rest[mark..]),
        None => (guess(rest, charset)?, rest),
    };
    let mut decoder = charset.new_decoder_without_bom_handling();
    let (mut done, mut text) = (0, String::with_capacity(HEAD));
    loop {
        text.clear();
        let (outcome, read, _) = decoder.decode_to_string(&rest[done..], &mut text, true);
        done += read;
        for c in text.chars() {
            match c {
                '\u{C}' => pages.end_page()?,
                c => pages.put(c)?,
            }
        }
        if outcome == encoding_rs::CoderResult::InputEmpty {
            break;
        }
    }
    if file.len() > MOST {
        Err(Fault::TooLarge)
    } else {
        Ok(())
    }
}

/// UTF-8 proves itself; what has a zero in every other byte is UTF-16; zeros anywhere else are no text. Then comes what
/// the media type said, and then what Windows writes in French and English.
fn guess(file: &[u8], said: Option<&'static Encoding>) -> Result<&'static Encoding, Fault> {
    let head = &file[..file.len().min(HEAD)];
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if even + odd > 0 {
        let most = head.len() / 2;
        return match said {
            Some(said) if [UTF_16LE, UTF_16BE].contains(&said) => Ok(said),
            _ if odd > most / 2 && even <= most / 50 => Ok(UTF_16LE),
            _ if even > most / 2 && odd <= most / 50 => Ok(UTF_16BE),
            _ => Err(Fault::UnknownKind),
        };
    }
    // A letter may be cut where the file was.
    let whole = std::str::from_utf8(file).map_or_else(|e| e.error_len().is_none(), |_| true);
    Ok(if whole { UTF_8 } else { said.unwrap_or(WINDOWS_1252) })
}

#[cfg(test)]
mod tests {
    use crate::{Fault, Kind, read};

    fn text(bytes: &[u8], media_type: &str) -> (Vec<String>, Option<Fault>) {
        let mut pages = Vec::new();
        let kind = Kind::of("a.txt", media_type).unwrap();
        let fault = read(kind, bytes.to_vec(), &mut |page| pages.push(page.to_owned()));
        (pages, fault)
    }

    #[test]
    fn accents_are_read_in_each_character_set() {
        let words = "Été à Rivière-du-Loup";
        let wide: Vec<u8> = words.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = words.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let marked = [&[0xFF, 0xFE][..], &wide].concat();
        let latin = encoding_rs::WINDOWS_1252.encode(words).0.into_owned();
        let cyrillic = encoding_rs::KOI8_R.encode("Привет").0.into_owned();
        for bytes in [
            words.as_bytes(),
            &wide,
            &big,
            &marked,
            &latin,
            &[b"\xEF\xBB\xBF", words.as_bytes()].concat(),
        ] {
            assert_eq!(text(bytes, "text/plain"), (vec![words.to_owned()], None), "{bytes:?}");
        }
        assert_eq!(text(&cyrillic, "text/plain; charset=koi8-r").0, ["Привет"]);
        assert_eq!(
            text(words.as_bytes(), "text/plain; charset=us-ascii").0,
            [words],
            "UTF-8 proves itself"
        );
    }

    #[test]
    fn a_form_feed_ends_a_page() {
        assert_eq!(text(b"one\n\x0C\x0Cthree", "").0, ["one", "", "three"]);
        assert_eq!(text(b"", ""), (vec![], None));
    }

    #[test]
    fn a_program_by_the_name_of_a_text_is_found_out() {
        assert_eq!(
            text(b"\x7FELF\0\0\0\x01\x02\x03", ""),
            (vec![], Some(Fault::UnknownKind))
        );
    }

    #[test]
    fn the_first_words_of_an_endless_text_are_kept() {
        let (pages, fault) = text(&b"word ".repeat(2_000_000), "");
        assert_eq!((pages[0].len() > 4_000_000, fault), (true, Some(Fault::TooLarge)));
    }
}
