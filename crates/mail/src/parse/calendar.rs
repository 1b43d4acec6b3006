//! Invitations: the few lines of a calendar file that a person asks about (RFC 5545, methods of
//! RFC 5546). The first event counts, or the first task when there is no event.

use super::split::Tree;
use super::{transfer, zones};
use crate::letter::{Address, Defect, Invitation, Letter, Moment};
use std::borrow::Cow;

/// Bytes of a calendar that are looked at, and lines of it.
const LOOK: usize = 512 * 1024;
const LINES: usize = 20_000;
/// Characters of one value.
const LONGEST: usize = 4_000;
/// Bytes of one unfolded line.
const LINE: usize = 16 * 1024;

pub(super) fn find(letter: &mut Letter, tree: &Tree<'_>, contents: &[Cow<'_, [u8]>]) {
    let calendars = tree.parts.iter().zip(contents).filter(|(part, bytes)| {
        let named = || {
            let name = part
                .parameters
                .get("name")
                .map(|n| n.to_ascii_lowercase())
                .unwrap_or_default();
            part.mime == "application/octet-stream" && name.ends_with(".ics") && bytes.starts_with(b"BEGIN:VCALENDAR")
        };
        matches!(part.mime.as_str(), "text/calendar" | "application/ics") || named()
    });
    // Programs send the same invitation twice, as a part and as a file; the first that can be read counts.
    let mut any = false;
    for (part, bytes) in calendars.take(20) {
        any = true;
        let look = &bytes[..bytes.len().min(LOOK)];
        // Without a name it is UTF-8 (RFC 5545, section 3.1.4), and `decode_text` tries that first.
        let (text, _) = transfer::decode_text(look, part.parameters.get("charset").map(String::as_str));
        if let Some(mut invitation) = read(&text) {
            let declared = part.parameters.get("method").map(|m| short(&m.to_ascii_lowercase()));
            invitation.method = invitation.method.or(declared);
            letter.invitation = Some(invitation);
            return;
        }
    }
    if any {
        letter.note(Defect::BadCalendar);
    }
}

/// A property: its name in upper case, its parameters as they stand, its value.
struct Line {
    name: String,
    parameters: Vec<(String, String)>,
    value: String,
}

impl Line {
    fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }
}

#[derive(Default)]
struct Reader {
    method: Option<String>,
    /// The components that are open, innermost last.
    open: Vec<String>,
    event: Option<Invitation>,
    task: Option<Invitation>,
    duration: Option<i64>,
    done: bool,
}

pub(super) fn read(text: &str) -> Option<Invitation> {
    let mut reader = Reader::default();
    let mut current = String::new();
    for raw in text.lines().take(LINES) {
        // A line that begins with a blank goes on with the line above it.
        match raw.strip_prefix([' ', '\t']) {
            Some(more) if current.len() + more.len() <= LINE => current.push_str(more),
            Some(_) => {}
            None => {
                reader.line(&current);
                current.clear();
                current.push_str(&raw[..raw.floor_char_boundary(LINE)]);
            }
        }
    }
    reader.line(&current);
    let mut found = reader.event.or(reader.task)?;
    found.method = reader.method;
    let known = found.start.is_some() || found.summary.is_some() || found.uid.is_some();
    known.then_some(found)
}

impl Reader {
    fn line(&mut self, text: &str) {
        let Some(line) = split(text) else { return };
        match line.name.as_str() {
            "BEGIN" if self.open.len() < 20 => self.begin(line.value.trim().to_ascii_uppercase()),
            "END" => self.end(),
            "METHOD" if self.open.len() == 1 => self.method = Some(short(&line.value.trim().to_ascii_lowercase())),
            _ if self.done => {}
            _ => self.property(&line),
        }
    }

    fn begin(&mut self, name: String) {
        match name.as_str() {
            "VEVENT" if self.event.is_none() => self.event = Some(Invitation::default()),
            "VEVENT" => self.done = true,
            "VTODO" if self.task.is_none() => self.task = Some(Invitation::default()),
            _ => {}
        }
        self.open.push(name);
    }

    fn end(&mut self) {
        let ended = self.open.pop();
        let Some(event) = self.event.as_mut().filter(|_| ended.as_deref() == Some("VEVENT")) else {
            return;
        };
        let length = self.duration.take();
        if event.end.is_none()
            && let (Some(length), Some(at)) = (length, event.start.as_ref().and_then(|s| s.at))
        {
            event.end = Some(Moment {
                at: at.checked_add(length.saturating_mul(1_000_000)),
                ..Moment::default()
            });
        }
    }

    fn property(&mut self, line: &Line) {
        let target = match self.open.last().map(String::as_str) {
            Some("VEVENT") => self.event.as_mut(),
            Some("VTODO") => self.task.as_mut(),
            _ => None,
        };
        let Some(target) = target else { return };
        let text = || Some(unescape(&line.value)).filter(|t| !t.is_empty());
        match line.name.as_str() {
            "UID" => target.uid = text(),
            "SUMMARY" => target.summary = text(),
            "LOCATION" => target.location = text(),
            "STATUS" => target.status = text().map(|t| t.to_lowercase()),
            "DTSTART" => target.start = moment(line),
            "DTEND" | "DUE" => target.end = moment(line),
            "DURATION" => self.duration = duration(&line.value),
            "RRULE" | "RDATE" => target.repeats = true,
            "ATTENDEE" => target.attendees += 1,
            "ORGANIZER" => target.organizer = organizer(line),
            _ => {}
        }
    }
}

/// `NAME;PARAMETER="a:b":value`. Quotes guard colons and semicolons.
fn split(text: &str) -> Option<Line> {
    let mut quoted = false;
    let mut cuts = Vec::new();
    let mut colon = None;
    for (at, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            ';' if !quoted && cuts.len() < 30 => cuts.push(at),
            ':' if !quoted => {
                colon = Some(at);
                break;
            }
            _ => {}
        }
    }
    let colon = colon?;
    let name = text[..cuts.first().copied().unwrap_or(colon)]
        .trim()
        .to_ascii_uppercase();
    let ends = cuts.iter().skip(1).copied().chain([colon]);
    let parameters = cuts.iter().zip(ends).filter_map(|(start, end)| {
        let (name, value) = text[start + 1..end].split_once('=')?;
        Some((
            name.trim().to_ascii_uppercase(),
            value.trim().trim_matches('"').to_owned(),
        ))
    });
    Some(Line {
        parameters: parameters.collect(),
        value: text[colon + 1..].to_owned(),
        name,
    })
}

fn short(value: &str) -> String {
    value.chars().filter(|c| !c.is_control()).take(LONGEST).collect()
}

/// `\n`, `\,`, `\;` and `\\` (RFC 5545, section 3.3.11).
fn unescape(value: &str) -> String {
    let mut out = String::new();
    let mut chars = value.chars().take(LONGEST);
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n' | 'N') => out.push('\n'),
                Some(c) if !c.is_control() => out.push(c),
                _ => {}
            },
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out.trim().to_owned()
}

fn organizer(line: &Line) -> Option<Address> {
    let value = line.value.trim();
    let address = match value.get(..7) {
        Some(scheme) if scheme.eq_ignore_ascii_case("mailto:") => &value[7..],
        _ => line.parameter("EMAIL").unwrap_or(value),
    };
    let name = line.parameter("CN").map(short);
    address
        .contains('@')
        .then(|| Address::new(name.as_deref(), &short(address)))
}

fn moment(line: &Line) -> Option<Moment> {
    let written = short(line.value.trim());
    let digits = |range: std::ops::Range<usize>| {
        let part = written.get(range).filter(|t| t.bytes().all(|b| b.is_ascii_digit()))?;
        part.parse::<i16>().ok()
    };
    let day = (digits(0..4)?, digits(4..6)? as i8, digits(6..8)? as i8);
    let whole_day = written.len() == 8;
    let zone = if written.ends_with(['Z', 'z']) {
        Some("UTC")
    } else {
        line.parameter("TZID")
    };
    let time = || Some((digits(9..11)? as i8, digits(11..13)? as i8, digits(13..15)? as i8));
    let at = zone.and_then(|zone| zones::in_utc(day, time()?, zone));
    Some(Moment {
        at: at.filter(|_| !whole_day),
        zone: zone.map(short),
        whole_day,
        written,
    })
}

/// `PT1H30M`, `P1D`, `P2W` in seconds.
fn duration(value: &str) -> Option<i64> {
    let value = value.trim().strip_prefix('+').unwrap_or(value.trim());
    let mut number = 0_i64;
    let mut total = 0_i64;
    for c in value.strip_prefix('P')?.chars().take(60) {
        let unit = match c {
            '0'..='9' => {
                number = number.checked_mul(10)?.checked_add(i64::from(c as u32 - '0' as u32))?;
                continue;
            }
            'T' => continue,
            'W' => 7 * 86_400,
            'D' => 86_400,
            'H' => 3_600,
            'M' => 60,
            'S' => 1,
            _ => return None,
        };
        total = total.checked_add(number.checked_mul(unit)?)?;
        number = 0;
    }
    Some(total)
}
