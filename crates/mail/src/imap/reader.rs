//! The words of one answer: atoms, quoted strings, counted bytes, parentheses. A list within a list
//! costs a number, not a call.

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    Open,
    Close,
    Word(&'a [u8]),
    Text(Vec<u8>),
}

pub(super) struct Reader<'a> {
    pub(super) line: &'a [u8],
    pub(super) at: usize,
    pub(super) counted: &'a mut Vec<(usize, Vec<u8>)>,
}

impl<'a> Reader<'a> {
    pub(super) fn next(&mut self) -> Option<Token<'a>> {
        if let Some(bytes) = self.counted_here() {
            return Some(Token::Text(bytes));
        }
        while self.line.get(self.at) == Some(&b' ') {
            self.at += 1;
            if let Some(bytes) = self.counted_here() {
                return Some(Token::Text(bytes));
            }
        }
        match self.line.get(self.at)? {
            b'(' => {
                self.at += 1;
                Some(Token::Open)
            }
            b')' => {
                self.at += 1;
                Some(Token::Close)
            }
            b'"' => Some(Token::Text(self.quoted())),
            _ => Some(Token::Word(self.word())),
        }
    }

    fn counted_here(&mut self) -> Option<Vec<u8>> {
        let index = self.counted.iter().position(|(at, _)| *at == self.at)?;
        Some(self.counted.remove(index).1)
    }

    fn quoted(&mut self) -> Vec<u8> {
        let mut text = Vec::new();
        self.at += 1;
        while let Some(byte) = self.line.get(self.at) {
            self.at += 1;
            match byte {
                b'"' => break,
                b'\\' => {
                    text.extend(self.line.get(self.at));
                    self.at += 1;
                }
                byte => text.push(*byte),
            }
        }
        text
    }

    /// Up to a space or a parenthesis outside brackets: `BODY[HEADER.FIELDS (TO)]<0>` is one word.
    fn word(&mut self) -> &'a [u8] {
        let line = self.line;
        let (from, mut in_brackets) = (self.at, false);
        while let Some(byte) = line.get(self.at) {
            match byte {
                b'[' => in_brackets = true,
                b']' => in_brackets = false,
                b' ' | b'(' | b')' if !in_brackets => break,
                _ => {}
            }
            self.at += 1;
            if self.counted.first().is_some_and(|(at, _)| *at == self.at) {
                break;
            }
        }
        &line[from..self.at]
    }

    /// To the end of a list that was opened, however deep it goes.
    pub(super) fn skip_list(&mut self) {
        let mut depth = 1_usize;
        while depth > 0 {
            match self.next() {
                Some(Token::Open) => depth += 1,
                Some(Token::Close) => depth -= 1,
                Some(_) => {}
                None => break,
            }
        }
    }
}
