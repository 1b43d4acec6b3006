//! The words of RTF, and the HTML some RTF was made from (MS-OXRTFEX). One walk over the bytes
//! with a bounded stack of groups; what is not known is passed over.

use super::codepage;

/// Longer RTF is cut here.
pub(super) const LONGEST: usize = 4 * 1024 * 1024;
/// Groups inside groups; deeper ones change nothing.
const DEPTH: usize = 200;

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Rich {
    Text(String),
    Html(String),
}

/// Groups whose contents are not words.
const SILENT: &str = "fonttbl colortbl stylesheet info pict object header headerl headerr headerf footer footerl footerr \
    footerf listtable listoverridetable rsidtbl generator xmlnstbl themedata fldinst mhtmltag filetbl \
    datastore latentstyles bkmkstart bkmkend";

#[derive(Clone, Copy)]
struct Group {
    silent: bool,
    /// Inside `\htmlrtf`: only for programs that show the RTF.
    rtf_only: bool,
    /// How many characters follow a `\u` for those who cannot read it.
    fallback: usize,
}

struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
    group: Group,
    stack: Vec<Group>,
    /// Groups opened beyond the bound.
    deeper: usize,
    page: u32,
    from_html: bool,
    /// Bytes in the code page that wait to be decoded together.
    waiting: Vec<u8>,
    /// Characters that are left out after a `\u`.
    skip: usize,
    high: Option<u32>,
    out: String,
}

pub(super) fn read(bytes: &[u8]) -> Rich {
    let mut reader = Reader {
        bytes: &bytes[..bytes.len().min(LONGEST)],
        at: 0,
        group: Group {
            silent: false,
            rtf_only: false,
            fallback: 1,
        },
        stack: Vec::new(),
        deeper: 0,
        page: 1252,
        from_html: false,
        waiting: Vec::new(),
        skip: 0,
        high: None,
        out: String::new(),
    };
    reader.walk();
    reader.flush();
    if reader.from_html {
        Rich::Html(reader.out)
    } else {
        Rich::Text(reader.out)
    }
}

impl Reader<'_> {
    fn walk(&mut self) {
        while let Some(byte) = self.next() {
            match byte {
                b'{' => self.open(),
                b'}' => self.close(),
                b'\\' => self.control(),
                b'\r' | b'\n' => {}
                byte => self.byte(byte),
            }
        }
    }

    fn next(&mut self) -> Option<u8> {
        let byte = self.bytes.get(self.at).copied()?;
        self.at += 1;
        Some(byte)
    }

    fn open(&mut self) {
        self.skip = 0;
        if self.stack.len() < DEPTH {
            self.stack.push(self.group);
        } else {
            self.deeper += 1;
        }
    }

    fn close(&mut self) {
        self.flush();
        self.skip = 0;
        if self.deeper > 0 {
            self.deeper -= 1;
        } else if let Some(group) = self.stack.pop() {
            self.group = group;
        }
    }

    fn is_shown(&self) -> bool {
        !(self.group.silent || self.from_html && self.group.rtf_only)
    }

    fn byte(&mut self, byte: u8) {
        if self.skip > 0 {
            self.skip -= 1;
        } else if self.is_shown() {
            self.waiting.push(byte);
        }
    }

    fn flush(&mut self) {
        self.high = None;
        if !self.waiting.is_empty() {
            self.out.push_str(&codepage::text(&self.waiting, self.page));
            self.waiting.clear();
        }
    }

    fn put(&mut self, text: &str) {
        if self.is_shown() {
            self.flush();
            self.out.push_str(text);
        }
    }

    fn control(&mut self) {
        let Some(byte) = self.next() else { return };
        match byte {
            b'\'' => self.escaped_byte(),
            b'*' => self.destination(),
            b'~' => self.put("\u{A0}"),
            b'_' => self.put("-"),
            b'\r' | b'\n' => self.put("\n"),
            byte if byte.is_ascii_alphabetic() => self.word(),
            b'{' | b'}' | b'\\' => self.byte(byte),
            _ => {}
        }
    }

    fn escaped_byte(&mut self) {
        let two = self.bytes.get(self.at..self.at + 2);
        let hex = two
            .and_then(|two| std::str::from_utf8(two).ok())
            .and_then(|t| u8::from_str_radix(t, 16).ok());
        if let Some(byte) = hex {
            self.at += 2;
            self.byte(byte);
        }
    }

    /// `\*\name`: a group that those who do not know it must pass over.
    fn destination(&mut self) {
        let known = self.bytes[self.at..].starts_with(b"\\htmltag");
        self.flush();
        if known && !self.group.silent {
            // A tag speaks HTML wherever it stands.
            self.group.rtf_only = false;
        } else {
            self.group.silent = true;
        }
    }

    fn word(&mut self) {
        let start = self.at - 1;
        let length = self.bytes[start..]
            .iter()
            .take(32)
            .take_while(|b| b.is_ascii_alphabetic())
            .count();
        self.at = start + length;
        let digits = self.bytes[self.at..]
            .iter()
            .take(11)
            .enumerate()
            .take_while(|(n, b)| b.is_ascii_digit() || *n == 0 && **b == b'-')
            .count();
        let number = std::str::from_utf8(&self.bytes[self.at..self.at + digits])
            .ok()
            .and_then(|t| t.parse::<i64>().ok());
        self.at += digits;
        if self.bytes.get(self.at) == Some(&b' ') {
            self.at += 1;
        }
        let name = std::str::from_utf8(&self.bytes[start..start + length]).unwrap_or_default();
        // What stands for a character counts as one of those left out.
        if self.skip > 0 && !matches!(name, "u" | "uc" | "bin") {
            self.skip -= 1;
            return;
        }
        self.obey(name.to_owned().as_str(), number);
    }

    fn obey(&mut self, name: &str, number: Option<i64>) {
        match name {
            "par" | "line" | "row" | "sect" | "page" => self.put("\n"),
            "tab" | "cell" => self.put("\t"),
            "lquote" => self.put("\u{2018}"),
            "rquote" => self.put("\u{2019}"),
            "ldblquote" => self.put("\u{201C}"),
            "rdblquote" => self.put("\u{201D}"),
            "bullet" => self.put("\u{2022}"),
            "endash" => self.put("\u{2013}"),
            "emdash" => self.put("\u{2014}"),
            "u" => self.unicode(number.unwrap_or_default()),
            "uc" => self.group.fallback = usize::try_from(number.unwrap_or(1)).unwrap_or(1).min(16),
            "bin" => self.at = (self.at + usize::try_from(number.unwrap_or(0)).unwrap_or(0)).min(self.bytes.len()),
            "ansicpg" => {
                self.page = number
                    .and_then(|n| u32::try_from(n).ok())
                    .filter(|n| *n > 0)
                    .unwrap_or(1252);
            }
            "fromhtml" => self.from_html = number != Some(0),
            "htmlrtf" => {
                self.flush();
                self.group.rtf_only = number != Some(0);
            }
            name if SILENT.split_ascii_whitespace().any(|n| n == name) => {
                self.flush();
                self.group.silent = true;
            }
            _ => {}
        }
    }

    /// `\u8217?`, negative above 32,767, pairs of surrogates for the rest.
    fn unicode(&mut self, number: i64) {
        let unit = (number & 0xFFFF) as u32;
        let high = self.high.take();
        self.skip = self.group.fallback;
        let code = match (high, unit) {
            (_, 0xD800..=0xDBFF) => {
                self.flush();
                self.high = Some(unit);
                return;
            }
            (Some(high), 0xDC00..=0xDFFF) => 0x1_0000 + ((high - 0xD800) << 10) + (unit - 0xDC00),
            (_, unit) => unit,
        };
        let mut buffer = [0; 4];
        let text = char::from_u32(code)
            .filter(|c| *c != '\0')
            .unwrap_or(char::REPLACEMENT_CHARACTER);
        self.put(text.encode_utf8(&mut buffer));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_without_their_dress() {
        let rich = read(
            b"{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}}{\\*\\generator X;}\\pard L'\\'e9cran\\par\n \\u233?t\\u233 ?\\{ok\\}\\u-10179?\\u-8704?}",
        );
        assert_eq!(rich, Rich::Text("L'écran\n été{ok}😀".to_owned()));
    }

    #[test]
    fn html_comes_out_as_it_went_in() {
        let rich = read(
            b"{\\rtf1\\ansi\\fromhtml1 \\deff0{\\*\\htmltag64 <p>}\\htmlrtf {\\htmlrtf0 It {\\*\\htmltag84 <b>}\\htmlrtf \\b \\htmlrtf0 works{\\*\\htmltag92 </b>}\\htmlrtf }\\htmlrtf0 {\\*\\htmltag72 </p>}{\\*\\htmltag4 \\par}}",
        );
        assert_eq!(rich, Rich::Html("<p>It <b>works</b></p>\n".to_owned()));
    }

    #[test]
    fn groups_without_end_are_no_trouble() {
        assert_eq!(read(&b"{".repeat(100_000)), Rich::Text(String::new()));
        assert_eq!(read(b"a}}}}b\\'"), Rich::Text("ab".to_owned()));
    }
}
