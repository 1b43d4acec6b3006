//! Names of folders as IMAP writes them: letters beyond ASCII in modified UTF-7 (RFC 3501, section
//! 5.1.3), so that "Traités" is found. And strings of commands.

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;

/// The name in modified UTF-7, quoted.
pub(super) fn quoted_folder(name: &str) -> Vec<u8> {
    quoted(&encoded(name))
}

/// Text of printable ASCII as a quoted string; whatever else is in it is left out, so that no text
/// can end a command.
pub(super) fn quoted(text: &str) -> Vec<u8> {
    let mut out = vec![b'"'];
    for byte in text.bytes().filter(|b| (b' '..=b'~').contains(b)) {
        if matches!(byte, b'"' | b'\\') {
            out.push(b'\\');
        }
        out.push(byte);
    }
    out.push(b'"');
    out
}

pub(super) fn is_quotable(text: &str) -> bool {
    text.bytes().all(|b| (b' '..=b'~').contains(&b))
}

/// INBOX is one folder in any case; other names mean what they say.
pub(super) fn same(one: &str, other: &str) -> bool {
    one == other || (one.eq_ignore_ascii_case("INBOX") && other.eq_ignore_ascii_case("INBOX"))
}

fn encoded(name: &str) -> String {
    let mut out = String::new();
    let mut wide = Vec::new();
    for c in name.chars() {
        if (' '..='~').contains(&c) {
            shift_out(&mut out, &mut wide);
            out.push(c);
            if c == '&' {
                out.push('-');
            }
        } else {
            wide.extend(c.encode_utf16(&mut [0; 2]).iter().flat_map(|unit| unit.to_be_bytes()));
        }
    }
    shift_out(&mut out, &mut wide);
    out
}

fn shift_out(out: &mut String, wide: &mut Vec<u8>) {
    if !wide.is_empty() {
        let text = STANDARD_NO_PAD.encode(&*wide).replace('/', ",");
        out.push_str(&format!("&{text}-"));
        wide.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_standard() {
        assert_eq!(encoded("~peter/mail/台北/日本語"), "~peter/mail/&U,BTFw-/&ZeVnLIqe-");
        assert_eq!(encoded("Traités & vus"), "Trait&AOk-s &- vus");
        assert_eq!(encoded("📥"), "&2D3c5Q-");
    }

    #[test]
    fn no_text_ends_a_command() {
        assert_eq!(quoted("a\"b\\c\r\nA1 DELETE x\0"), b"\"a\\\"b\\\\cA1 DELETE x\"");
        assert_eq!(quoted_folder("x\r\ny"), b"\"x&AA0ACg-y\"");
    }

    #[test]
    fn one_inbox() {
        assert!(same("inbox", "INBOX") && same("A", "A"));
        assert!(!same("a", "A") && !same("INBOX", "INBOX/x"));
    }
}
