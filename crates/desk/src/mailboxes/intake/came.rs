//! When a letter out of a file came: as the server that took it then wrote down (the topmost Received field), else as
//! its sender dated it. Both are only words; a moment that cannot be is none.

use crate::clock::{DAY, Time};

/// 1980-01-01: before it there was no mail to speak of, and clocks that were never set show years before it.
const EARLIEST: Time = Time(315_532_800_000_000);
/// Of a letter so much is looked at for its header.
const HEADER: usize = 256 * 1024;
/// A ticket from an older letter is done: nobody waits for an answer to it.
pub const OPEN_DAYS: i64 = 30;

/// When it came, or `now` where it does not say.
pub(super) fn came_at(raw: &[u8], now: Time) -> Time {
    let header = header_of(raw);
    let received = topmost_received(header).and_then(|date| read(date.as_bytes()));
    let dated = || mail::parse(header).date.map(Time);
    let sane = |at: &Time| *at >= EARLIEST && *at <= now;
    received.filter(sane).or_else(|| dated().filter(sane)).unwrap_or(now)
}

pub(super) fn is_old(came: Time, now: Time, open_days: i64) -> bool {
    now.since(came) > open_days.saturating_mul(DAY)
}

/// With the empty line at its end.
fn header_of(raw: &[u8]) -> &[u8] {
    let raw = &raw[..raw.len().min(HEADER)];
    let end = |mark: &[u8]| {
        raw.windows(mark.len())
            .position(|w| w == mark)
            .map(|at| at + mark.len())
    };
    let ends = [end(b"\n\n"), end(b"\n\r\n")];
    &raw[..ends.into_iter().flatten().min().unwrap_or(raw.len())]
}

/// What stands behind the last semicolon of the first field of that name (RFC 5322, section 3.6.7).
fn topmost_received(header: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(header);
    let mut lines = text.lines();
    let first = lines.find(|l| l.get(..9).is_some_and(|name| name.eq_ignore_ascii_case("received:")))?;
    let more = lines.take_while(|l| l.starts_with([' ', '\t']));
    let whole = more.fold(first.to_string(), |whole, line| whole + " " + line.trim());
    whole.rsplit_once(';').map(|(_, date)| date.trim().to_string())
}

/// As our reader of letters reads dates.
fn read(date: &[u8]) -> Option<Time> {
    let field = [b"Date: ", date, b"\r\n\r\n"].concat();
    mail::parse(&field).date.map(Time)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-16T15:00:00Z.
    const NOW: Time = Time(1_794_841_200_000_000);
    const MAY: Time = Time(1_715_941_320_000_000);

    fn came(head: &str) -> Time {
        came_at(
            format!("{head}\r\nSubject: x\r\n\r\nDate: 1 Jan 2001 00:00:00 +0000\r\n").as_bytes(),
            NOW,
        )
    }

    #[test]
    fn the_servers_word_comes_before_the_senders_and_neither_is_believed_beyond_reason() {
        let received = "Received: from a by b (c; d)\r\n\tid 7; Fri, 17 May 2024 10:22:00 +0000\r\nReceived: x; 1 Jan 2002 00:00:00 +0000";
        let dated = "Date: Fri, 17 May 2024 12:22:00 +0200";
        for (head, at) in [
            (format!("{received}\r\nDate: 1 Jan 2003 00:00:00 +0000"), MAY),
            (dated.to_string(), MAY),
            (format!("Received: from nowhere\r\n{dated}"), MAY),
            (format!("Received: x; 1 Jan 2090 00:00:00 +0000\r\n{dated}"), MAY),
            ("Date: Thu, 1 Jan 1970 00:00:00 +0000".to_string(), NOW),
            ("Date: 1 Jan 2090 00:00:00 +0000".to_string(), NOW),
            ("Date: soon".to_string(), NOW),
            ("X: y".to_string(), NOW),
        ] {
            assert_eq!(came(&head), at, "{head}");
        }
        assert_eq!(came_at(b"", NOW), NOW);
    }

    #[test]
    fn a_month_later_it_is_old() {
        assert!(!is_old(NOW.plus(-30 * DAY), NOW, OPEN_DAYS));
        assert!(is_old(NOW.plus(-30 * DAY - 1), NOW, OPEN_DAYS));
        assert!(is_old(NOW.plus(-1), NOW, 0) && !is_old(NOW, NOW, 0));
    }
}
