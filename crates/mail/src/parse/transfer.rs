//! Transfer encodings and character sets, read leniently: a damaged part gives what is left of it.

use mail_parser::decoders::charsets::map::charset_decoder;

/// What decoding base64 makes at most.
pub(super) fn base64_room(body: &[u8]) -> usize {
    body.len() / 4 * 3 + 3
}

/// Decodes base64, skipping what is not of its alphabet. The flag says whether anything was.
pub(super) fn base64(body: &[u8]) -> (Vec<u8>, bool) {
    let mut out = Vec::with_capacity(base64_room(body));
    let (mut bits, mut count, mut odd) = (0_u32, 0_u32, false);
    for byte in body {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            // Padding ends a group; another encoded run may follow it.
            b'=' => {
                (bits, count) = (0, 0);
                continue;
            }
            b if b.is_ascii_whitespace() => continue,
            _ => {
                odd = true;
                continue;
            }
        };
        bits = (bits << 6) | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
        }
    }
    (out, odd)
}

/// Decodes quoted-printable; an escape that is none stays as it stands.
pub(super) fn quoted_printable(body: &[u8]) -> (Vec<u8>, bool) {
    let mut out = Vec::with_capacity(body.len());
    let mut odd = false;
    for line in body.split_inclusive(|b| *b == b'\n') {
        let text = line.trim_ascii_end();
        let line_end: &[u8] = match line {
            [.., b'\r', b'\n'] => b"\r\n",
            [.., b'\n'] => b"\n",
            _ => b"",
        };
        let soft = text.ends_with(b"=");
        let text = if soft { &text[..text.len() - 1] } else { text };
        odd |= unescape(text, &mut out);
        if !soft {
            out.extend_from_slice(line_end);
        }
    }
    (out, odd)
}

pub(super) fn unescape(text: &[u8], out: &mut Vec<u8>) -> bool {
    let mut odd = false;
    let mut at = 0;
    while at < text.len() {
        let escape = (text[at] == b'=').then(|| text.get(at + 1..at + 3)).flatten();
        match escape.and_then(|two| Some(hex(two[0])? << 4 | hex(two[1])?)) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                odd |= text[at] == b'=';
                out.push(text[at]);
                at += 1;
            }
        }
    }
    odd
}

/// Decodes uuencode, the encoding before MIME: lines that begin with their own length.
pub(super) fn uuencoded(body: &[u8]) -> (Vec<u8>, bool) {
    let mut out = Vec::with_capacity(base64_room(body));
    let mut odd = true;
    let value = |b: Option<&u8>| b.map_or(0, |b| b.wrapping_sub(b' ') & 0x3F);
    for line in body.split(|b| *b == b'\n').map(<[u8]>::trim_ascii_end) {
        if line.starts_with(b"begin ") {
            odd = false;
            continue;
        }
        let length = usize::from(value(line.first()));
        if odd || length == 0 || line == b"end" {
            continue;
        }
        let start = out.len();
        for group in line[1..].chunks(4) {
            let bits = (0..4).fold(0_u32, |bits, n| bits << 6 | u32::from(value(group.get(n))));
            out.extend_from_slice(&bits.to_be_bytes()[1..]);
        }
        out.truncate(start + length);
    }
    (out, odd)
}

fn hex(byte: u8) -> Option<u8> {
    (byte as char).to_digit(16).map(|d| d as u8)
}

/// Windows-1252, in which every byte means something.
pub(super) fn western(bytes: &[u8]) -> String {
    match charset_decoder(b"windows-1252") {
        Some(decode) => decode(bytes),
        None => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// Text out of bytes and the name of their character set. The second value is the name when
/// nobody knows it.
pub(super) fn decode_text(bytes: &[u8], charset: Option<&str>) -> (String, Option<String>) {
    let label = charset
        .map(|c| c.trim().trim_matches(['"', '\'']).to_ascii_lowercase())
        .unwrap_or_default();
    let label = label.split('*').next().unwrap_or_default();
    let unlabelled = matches!(
        label,
        "" | "us-ascii" | "ascii" | "utf-8" | "utf8" | "unknown-8bit" | "8bit" | "default" | "x-unknown"
    );
    if unlabelled {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        return match std::str::from_utf8(bytes) {
            Ok(text) => (text.to_owned(), None),
            Err(_) if label.starts_with("utf") => (String::from_utf8_lossy(bytes).into_owned(), None),
            Err(_) => (western(bytes), None),
        };
    }
    match charset_decoder(label.as_bytes()) {
        Some(decode) => (decode(bytes), None),
        None => {
            let text = std::str::from_utf8(bytes).map_or_else(|_| western(bytes), str::to_owned);
            (text, Some(label.chars().take(40).collect()))
        }
    }
}
