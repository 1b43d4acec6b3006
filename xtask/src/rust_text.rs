//! Rust source as the rules need it: the code with comments and string contents blanked out, the
//! string literals with their lines, and the stretches compiled for tests only.
//!
//! It reads tokens, not syntax, so it is quick and never fails; it must never change a line number.

use std::ops::Range;

/// One file, taken apart.
#[derive(Debug)]
pub struct RustText {
    /// Same length and lines as the source; comments and the insides of strings are spaces.
    pub code: String,
    pub strings: Vec<Literal>,
    tests: Vec<Range<usize>>,
}

/// A string literal without its quotes, escapes as written.
#[derive(Debug)]
pub struct Literal {
    pub text: String,
    pub at: usize,
    pub line: usize,
}

impl RustText {
    pub fn read(source: &str) -> Self {
        let mut scanner = Scanner {
            source: source.as_bytes(),
            code: source.as_bytes().to_vec(),
            at: 0,
            strings: vec![],
        };
        scanner.scan();
        // Blanking writes single-byte spaces over whole characters, so this stays UTF-8.
        let code = String::from_utf8_lossy(&scanner.code).into_owned();
        let strings = scanner
            .strings
            .iter()
            .map(|range| literal(source, range.clone()))
            .collect();
        let tests = test_stretches(&code);
        Self { code, strings, tests }
    }

    pub fn line_at(&self, at: usize) -> usize {
        line_of(&self.code, at)
    }

    /// Is this place compiled for tests only?
    pub fn is_test(&self, at: usize) -> bool {
        self.tests.iter().any(|stretch| stretch.contains(&at))
    }

    /// The stretch between the bracket at `open` and its partner.
    pub fn inside(&self, open: usize) -> Range<usize> {
        open + 1..partner(self.code.as_bytes(), open)
    }
}

/// The line, from 1, of a place in a text.
pub fn line_of(text: &str, at: usize) -> usize {
    text.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count() + 1
}

fn literal(source: &str, range: Range<usize>) -> Literal {
    Literal {
        text: source[range.clone()].to_owned(),
        at: range.start,
        line: line_of(source, range.start),
    }
}

fn test_stretches(code: &str) -> Vec<Range<usize>> {
    code.match_indices("#[cfg(test)]")
        .filter_map(|(at, _)| {
            let open = at + code[at..].find(['{', ';'])?;
            let end = if code.as_bytes()[open] == b'{' {
                partner(code.as_bytes(), open)
            } else {
                open
            };
            Some(at..end)
        })
        .collect()
}

fn partner(code: &[u8], open: usize) -> usize {
    let mut depth = 0_usize;
    for (at, byte) in code.iter().enumerate().skip(open) {
        match byte {
            b'{' | b'(' | b'[' => depth += 1,
            b'}' | b')' | b']' => depth = depth.saturating_sub(1),
            _ => continue,
        }
        if depth == 0 {
            return at;
        }
    }
    code.len()
}

struct Scanner<'a> {
    source: &'a [u8],
    code: Vec<u8>,
    at: usize,
    strings: Vec<Range<usize>>,
}

impl Scanner<'_> {
    fn scan(&mut self) {
        while self.at < self.source.len() {
            match self.source[self.at] {
                b'/' if self.next_is(1, b'/') => self.line_comment(),
                b'/' if self.next_is(1, b'*') => self.block_comment(),
                b'"' => self.string(),
                b'r' if !self.after_word() && self.raw_hashes().is_some() => self.raw_string(),
                b'\'' => self.character(),
                _ => self.at += 1,
            }
        }
    }

    fn next_is(&self, ahead: usize, byte: u8) -> bool {
        self.source.get(self.at + ahead) == Some(&byte)
    }

    /// `br"…"` is a string, `her"…"` is not a raw one.
    fn after_word(&self) -> bool {
        let before = |back: usize| self.at.checked_sub(back).map(|at| self.source[at]);
        let word = |byte: Option<u8>| byte.is_some_and(|byte| byte == b'_' || byte.is_ascii_alphanumeric());
        match before(1) {
            Some(b'b' | b'c') => word(before(2)),
            byte => word(byte),
        }
    }

    fn raw_hashes(&self) -> Option<usize> {
        let rest = &self.source[self.at + 1..];
        let hashes = rest.iter().take_while(|byte| **byte == b'#').count();
        (rest.get(hashes) == Some(&b'"')).then_some(hashes)
    }

    fn line_comment(&mut self) {
        let end = self.find(self.at, b"\n");
        self.blank(self.at..end);
        self.at = end;
    }

    fn block_comment(&mut self) {
        let start = self.at;
        let mut depth = 0_usize;
        while self.at < self.source.len() {
            if self.next_is(0, b'/') && self.next_is(1, b'*') {
                depth += 1;
                self.at += 2;
            } else if self.next_is(0, b'*') && self.next_is(1, b'/') {
                depth -= 1;
                self.at += 2;
                if depth == 0 {
                    break;
                }
            } else {
                self.at += 1;
            }
        }
        let end = self.at.min(self.source.len());
        self.blank(start..end);
    }

    fn string(&mut self) {
        let start = self.at + 1;
        let mut end = start;
        while end < self.source.len() && self.source[end] != b'"' {
            end += if self.source[end] == b'\\' { 2 } else { 1 };
        }
        self.keep(start..end.min(self.source.len()), 1);
    }

    fn raw_string(&mut self) {
        let hashes = self.raw_hashes().unwrap_or(0);
        let start = self.at + 2 + hashes;
        let close = format!("\"{}", "#".repeat(hashes));
        let end = self.find(start, close.as_bytes());
        self.keep(start..end, 1 + hashes);
    }

    /// A quote opens a character only if another closes it; else it is a lifetime.
    fn character(&mut self) {
        let rest = &self.source[self.at + 1..];
        let length = match rest.first() {
            Some(b'\\') => rest
                .iter()
                .skip(2)
                .position(|byte| *byte == b'\'')
                .map(|found| found + 2),
            _ => rest
                .iter()
                .take(5)
                .position(|byte| *byte == b'\'')
                .filter(|found| *found > 0),
        };
        let lifetime = rest
            .first()
            .is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'_')
            && length != Some(1);
        match length {
            Some(length) if !lifetime => {
                self.blank(self.at + 1..self.at + 1 + length);
                self.at += length + 2;
            }
            _ => self.at += 1,
        }
    }

    fn keep(&mut self, inside: Range<usize>, close: usize) {
        self.blank(inside.clone());
        self.at = inside.end + close;
        self.strings.push(inside);
    }

    fn find(&self, from: usize, what: &[u8]) -> usize {
        let rest = self.source.get(from..).unwrap_or_default();
        rest.windows(what.len())
            .position(|window| window == what)
            .map_or(self.source.len(), |found| from + found)
    }

    fn blank(&mut self, range: Range<usize>) {
        for byte in self.code[range].iter_mut().filter(|byte| **byte != b'\n') {
            *byte = b' ';
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_strings_are_blank_and_lines_stay() {
        let text = RustText::read("a(); // b()\n/* c()\n /* d() */ */ e(\"f()\");\ng(r#\"h\"()\"#);");
        assert_eq!(text.code.lines().count(), 4);
        let calls: String = text.code.chars().filter(|c| c.is_alphabetic()).collect();
        assert_eq!(calls, "aegr");
        assert_eq!(
            text.strings
                .iter()
                .map(|s| (s.text.as_str(), s.line))
                .collect::<Vec<_>>(),
            [("f()", 3), ("h\"()", 4)]
        );
    }

    #[test]
    fn a_lifetime_opens_no_character() {
        let text = RustText::read("fn f<'a>(x: &'a str) -> char { if x == \"q\" { '\"' } else { '\\'' } } // end");
        assert_eq!(text.strings.len(), 1, "{text:?}");
        assert!(!text.code.contains("end"));
    }

    #[test]
    fn test_modules_are_known() {
        let text = RustText::read("fn a() {}\n#[cfg(test)]\nmod tests { fn b() {} }\nfn c() {}");
        let at = |what: &str| text.code.find(what).unwrap();
        assert!(!text.is_test(at("fn a")) && text.is_test(at("fn b")) && !text.is_test(at("fn c")));
    }

    #[test]
    fn brackets_find_their_partner() {
        let text = RustText::read("f(g(1), \")\") + h()");
        assert_eq!(text.code[text.inside(1)].trim_end(), "g(1), \" \"");
    }
}
