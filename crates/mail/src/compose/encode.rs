//! Encodings of mail: encoded words, file names, base64, quoted-printable and dates.

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// What a person chose, with everything that is no printable character made a space.
pub(super) fn printable(text: &str) -> String {
    let spaced: String = text
        .chars()
        .map(|c| if c.is_control() || is_break(c) { ' ' } else { c })
        .collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Characters some readers take for the end of a line.
fn is_break(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}' | '\u{85}' | '\u{FEFF}')
}

/// A value such as a subject: plain when it is, else encoded words.
pub(super) fn unstructured(text: &str, column: usize) -> String {
    let text = printable(text);
    let plain = text.bytes().all(|b| b.is_ascii_graphic() || b == b' ') && !text.contains("=?") && !text.contains("?=");
    if plain && text.len() + column <= 76 {
        return text;
    }
    if plain && text.split(' ').all(|w| w.len() <= 60) {
        return fold(&text, column);
    }
    words(&text, column)
}

/// Breaks plain text at spaces.
fn fold(text: &str, column: usize) -> String {
    let mut out = String::new();
    let mut width = column;
    for word in text.split(' ') {
        if !out.is_empty() {
            let full = width + 1 + word.len() > 76;
            out.push_str(if full { "\r\n " } else { " " });
            width = if full { 1 } else { width + 1 };
        }
        out.push_str(word);
        width += word.len();
    }
    out
}

/// A person's name: atoms as they are, quoted where that suffices, else encoded words.
pub(super) fn phrase(name: &str, column: usize) -> String {
    let tame = |b: u8| b.is_ascii_alphanumeric() || b" !#$%&'*+-/^_`{|}~".contains(&b);
    if name.bytes().all(tame) && name.len() <= 60 {
        return name.to_owned();
    }
    let quotable = name
        .bytes()
        .all(|b| (b.is_ascii_graphic() || b == b' ') && !matches!(b, b'"' | b'\\' | b'\r' | b'\n'));
    if quotable && name.len() <= 60 && !name.contains("=?") {
        return format!("\"{name}\"");
    }
    words(name, column)
}

/// RFC 2047 words in UTF-8 and base64, each at most 75 characters, never breaking a character.
fn words(text: &str, column: usize) -> String {
    // 75 characters less `=?utf-8?B?` and `?=` leave 63, that is 45 bytes; the first line has less.
    let mut room = (63_usize.saturating_sub(column) / 4 * 3).clamp(9, 45);
    let mut chunks: Vec<String> = vec![String::new()];
    for c in text.chars() {
        let last = chunks.last_mut().expect("invariant: one chunk is always there");
        if last.len() + c.len_utf8() > room {
            room = 45;
            chunks.push(String::from(c));
        } else {
            last.push(c);
        }
    }
    let encoded: Vec<String> = chunks
        .iter()
        .filter(|c| !c.is_empty())
        .map(|c| format!("=?utf-8?B?{}?=", base64(c.as_bytes())))
        .collect();
    encoded.join("\r\n ")
}

pub(crate) fn base64(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let three = [
            group[0],
            group.get(1).copied().unwrap_or(0),
            group.get(2).copied().unwrap_or(0),
        ];
        let bits = u32::from(three[0]) << 16 | u32::from(three[1]) << 8 | u32::from(three[2]);
        for index in 0..4 {
            let sextet = (bits >> (18 - 6 * index)) & 63;
            out.push(if index <= group.len() {
                ALPHABET[sextet as usize] as char
            } else {
                '='
            });
        }
    }
    out
}

/// Base64 in lines of 76.
pub(super) fn base64_lines(bytes: &[u8], out: &mut Vec<u8>) {
    for line in bytes.chunks(57) {
        out.extend_from_slice(base64(line).as_bytes());
        out.extend_from_slice(b"\r\n");
    }
}

/// Quoted-printable in lines of at most 76, line breaks as CR LF.
pub(super) fn quoted_printable(text: &str, out: &mut Vec<u8>) {
    for line in text.replace("\r\n", "\n").replace('\r', "\n").split('\n') {
        let bytes = line.as_bytes();
        let mut width = 0;
        for (index, byte) in bytes.iter().enumerate() {
            let last = index + 1 == bytes.len();
            // A dot or "From " at the start of a line is changed by some servers on the way.
            let start = width == 0 && matches!(byte, b'.' | b'F');
            let blank = matches!(byte, b' ' | b'\t');
            let plain = byte.is_ascii_graphic() && *byte != b'=' && !start || blank && !last;
            let need = if plain { 1 } else { 3 };
            if width + need > 75 {
                out.extend_from_slice(b"=\r\n");
                width = 0;
            }
            if plain {
                out.push(*byte);
            } else {
                out.extend_from_slice(format!("={byte:02X}").as_bytes());
            }
            width += need;
        }
        out.extend_from_slice(b"\r\n");
    }
}

/// `; name="file.pdf"`, or its RFC 2231 form when the name is not plain; on lines of its own.
pub(super) fn parameter(name: &str, value: &str) -> String {
    let value = printable(value);
    let plain = value
        .bytes()
        .all(|b| (b.is_ascii_graphic() || b == b' ') && !matches!(b, b'"' | b'\\'))
        && !value.contains("=?");
    if plain && value.len() <= 60 {
        return format!(";\r\n {name}=\"{value}\"");
    }
    let mut pieces: Vec<String> = vec![String::new()];
    for c in value.chars() {
        let mut buffer = [0; 4];
        let coded: String = c.encode_utf8(&mut buffer).bytes().map(percent).collect();
        let last = pieces.last_mut().expect("invariant: one piece is always there");
        if last.len() + coded.len() > 50 {
            pieces.push(coded);
        } else {
            last.push_str(&coded);
        }
    }
    if let [only] = pieces.as_slice() {
        return format!(";\r\n {name}*=utf-8''{only}");
    }
    let numbered = pieces.iter().enumerate().map(|(n, piece)| {
        let charset = if n == 0 { "utf-8''" } else { "" };
        format!(";\r\n {name}*{n}*={charset}{piece}")
    });
    numbered.collect()
}

fn percent(byte: u8) -> String {
    if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_') {
        char::from(byte).to_string()
    } else {
        format!("%{byte:02X}")
    }
}

/// `Sat, 21 Nov 2026 23:50:05 +0000`
pub(super) fn date(micros: i64) -> Option<String> {
    let seconds = micros.div_euclid(1_000_000);
    if !(0..253_402_300_800).contains(&seconds) {
        return None;
    }
    let (days, time) = (seconds / 86_400, seconds % 86_400);
    let weekday = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][(days % 7) as usize];
    let (year, month, day) = civil(days);
    let month = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ][month];
    let (hour, minute, second) = (time / 3_600, time / 60 % 60, time % 60);
    Some(format!(
        "{weekday}, {day:02} {month} {year:04} {hour:02}:{minute:02}:{second:02} +0000"
    ))
}

/// Year, month from 0 and day of the days since 1970, counted in years that begin in March.
fn civil(days: i64) -> (i64, usize, i64) {
    let shifted = days + 719_468;
    let (era, of_era) = (shifted / 146_097, shifted % 146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * march_month + 2) / 5 + 1;
    let month = if march_month < 10 {
        march_month + 2
    } else {
        march_month - 10
    };
    let year = year_of_era + era * 400 + i64::from(month < 2);
    (year, month as usize, day)
}
