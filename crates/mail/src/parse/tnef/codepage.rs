//! Text in the code pages of Windows.

use super::super::transfer;

/// Two bytes a character, the lower first.
pub(super) const WIDE: u32 = 1200;

/// Decodes text, without the zero that ends it. An unknown page is taken as the Western one.
pub(super) fn text(bytes: &[u8], page: u32) -> String {
    let name = match page {
        WIDE => return wide(bytes),
        0 | 1252 => "windows-1252".to_owned(),
        65001 => "utf-8".to_owned(),
        932 => "shift_jis".to_owned(),
        936 => "gbk".to_owned(),
        949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        10000 => "macintosh".to_owned(),
        20127 => "us-ascii".to_owned(),
        20866 => "koi8-r".to_owned(),
        21866 => "koi8-u".to_owned(),
        50220..=50222 => "iso-2022-jp".to_owned(),
        51932 => "euc-jp".to_owned(),
        54936 => "gb18030".to_owned(),
        28591..=28606 => format!("iso-8859-{}", page - 28590),
        page => format!("windows-{page}"),
    };
    let end = bytes.iter().rposition(|b| *b != 0).map_or(0, |n| n + 1);
    transfer::decode_text(&bytes[..end], Some(&name)).0
}

fn wide(bytes: &[u8]) -> String {
    let units = bytes.chunks_exact(2).map(|b| u16::from_le_bytes([b[0], b[1]]));
    let text: String = char::decode_utf16(units)
        .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect();
    text.trim_end_matches('\0').to_owned()
}
