//! A stranger's words, made fit to be shown: one line, not long, nothing that is not text.

/// Characters of a server's words that are worth keeping.
const MOST: usize = 300;

pub(crate) fn one_line(words: &[u8]) -> String {
    // A character has at most four bytes; what follows is not looked at.
    let words = &words[..words.len().min(4 * MOST)];
    let text = String::from_utf8_lossy(words);
    let plain = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    let line: String = plain.filter(|c| !is_invisible(*c)).take(MOST).collect();
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.is_empty() { "no words".to_owned() } else { line }
}

/// What turns the direction of text, or hides.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::one_line;

    #[test]
    fn words_are_one_short_line() {
        assert_eq!(one_line(b" no\r\n such\tbox\x00\x1b[31m "), "no such box [31m");
        assert_eq!(one_line("nom\u{202e}bre \u{e9}".as_bytes()), "nombre \u{e9}");
        assert_eq!(one_line(b"\xff\xfe"), "\u{fffd}\u{fffd}");
        assert_eq!(one_line(b"\r\n"), "no words");
        assert_eq!(one_line(&[b'x'; 100_000]).chars().count(), 300);
    }
}
