//! Words on their way out: cut into pages, cleaned of what is no text, and never more than one file may have.

use crate::Fault;

/// Of one file, in bytes of UTF-8.
pub const MOST_TEXT: usize = 4 << 20;
pub const MOST_PAGES: usize = 5_000;

pub(crate) struct Pages<'h> {
    hand: &'h mut dyn FnMut(&str),
    page: String,
    /// Pages handed over.
    number: usize,
    /// Bytes that may still come.
    left: usize,
    /// Whether any page had a word.
    words: bool,
}

impl<'h> Pages<'h> {
    pub(crate) fn new(hand: &'h mut dyn FnMut(&str)) -> Pages<'h> {
        Pages {
            hand,
            page: String::new(),
            number: 0,
            left: MOST_TEXT,
            words: false,
        }
    }

    /// Line ends and tabs of the text are kept as they are.
    pub(crate) fn push(&mut self, text: &str) -> Result<(), Fault> {
        for c in text.chars() {
            self.put(c)?;
        }
        Ok(())
    }

    pub(crate) fn put(&mut self, c: char) -> Result<(), Fault> {
        match c {
            '\n' => self.line(),
            '\t' | ' ' => self.space(),
            // Latin ligatures stand in many manuals and in no search.
            '\u{FB00}' => self.push("ff"),
            '\u{FB01}' => self.push("fi"),
            '\u{FB02}' => self.push("fl"),
            '\u{FB03}' => self.push("ffi"),
            '\u{FB04}' => self.push("ffl"),
            '\u{FB05}' | '\u{FB06}' => self.push("st"),
            // The soft hyphen and marks without a width cut words in two; controls and private signs are no text.
            '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' | '\r' => Ok(()),
            c if c.is_control() || matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{FFFD}') => self.space(),
            c => self.keep(c),
        }
    }

    fn keep(&mut self, c: char) -> Result<(), Fault> {
        self.left = self.left.checked_sub(c.len_utf8()).ok_or(Fault::TooLarge)?;
        self.page.push(c);
        self.words |= !c.is_whitespace();
        Ok(())
    }

    /// Blanks in a row are one.
    pub(crate) fn space(&mut self) -> Result<(), Fault> {
        if self.page.is_empty() || self.page.ends_with([' ', '\n']) {
            return Ok(());
        }
        self.keep(' ')
    }

    /// Empty lines in a row are one.
    pub(crate) fn line(&mut self) -> Result<(), Fault> {
        if self.page.ends_with(' ') {
            self.page.pop();
        }
        if self.page.is_empty() || self.page.ends_with("\n\n") {
            return Ok(());
        }
        self.keep('\n')
    }

    /// A word cut at the end of its line becomes one again: `instal-` before `lation`. `true` if so.
    pub(crate) fn rejoin(&mut self, next: char) -> bool {
        let cut = self.page.strip_suffix("-\n").and_then(|rest| rest.chars().next_back());
        let joins = cut.is_some_and(char::is_lowercase) && next.is_lowercase();
        if joins {
            self.page.truncate(self.page.len() - 2);
        }
        joins
    }

    /// Whether nothing stands on the page yet.
    pub(crate) fn is_blank(&self) -> bool {
        self.page.trim().is_empty()
    }

    pub(crate) fn has_words(&self) -> bool {
        self.words
    }

    pub(crate) fn end_page(&mut self) -> Result<(), Fault> {
        if self.number == MOST_PAGES {
            self.page.clear();
            return Err(Fault::TooLarge);
        }
        self.number += 1;
        (self.hand)(self.page.trim_end());
        self.page.clear();
        Ok(())
    }

    /// Hands over what is left of a page that was never ended.
    pub(crate) fn finish(mut self) {
        if !self.is_blank() {
            // One page too many was said before.
            let _ = self.end_page();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pages(fill: impl FnOnce(&mut Pages<'_>) -> Result<(), Fault>) -> (Vec<String>, Option<Fault>) {
        let mut out = Vec::new();
        let mut hand = |page: &str| out.push(page.to_owned());
        let mut pages = Pages::new(&mut hand);
        let fault = fill(&mut pages).err();
        pages.finish();
        (out, fault)
    }

    #[test]
    fn blanks_are_one_and_what_is_no_text_goes() {
        let (out, fault) = pages(|p| p.push("  a \u{0} b\t\tin\u{AD}stall\u{FB01} \n\n\n\nc\r\n"));
        assert_eq!((out, fault), (vec!["a b installfi\n\nc".to_owned()], None));
    }

    #[test]
    fn a_page_without_words_keeps_its_number() {
        let (out, _) = pages(|p| {
            p.end_page()?;
            p.push("two")?;
            p.end_page()
        });
        assert_eq!(out, ["", "two"]);
    }

    #[test]
    fn too_many_words_and_too_many_pages_are_said_and_the_first_are_kept() {
        let (out, fault) = pages(|p| p.push(&"é".repeat(MOST_TEXT)));
        assert_eq!((out[0].len(), fault), (MOST_TEXT, Some(Fault::TooLarge)));
        let (out, fault) = pages(|p| (0..=MOST_PAGES).try_for_each(|_| p.end_page()));
        assert_eq!((out.len(), fault), (MOST_PAGES, Some(Fault::TooLarge)));
        let (out, fault) = pages(|p| (0..MOST_PAGES).try_for_each(|_| p.end_page()));
        assert_eq!((out.len(), fault), (MOST_PAGES, None), "as many as there may be");
    }
}
