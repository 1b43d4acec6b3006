//! Times of calendars in UTC. Zones are named as in the time zone database, as Windows names them
//! (the pairs are those of Unicode CLDR, `windowsZones`), or with a prefix of the sender's.

use jiff::civil::DateTime;
use jiff::tz::{TimeZone, TimeZoneDatabase};

const WINDOWS: &[(&str, &str)] = &[
    ("utc", "UTC"),
    ("gmt standard time", "Europe/London"),
    ("greenwich standard time", "Atlantic/Reykjavik"),
    ("w. europe standard time", "Europe/Berlin"),
    ("romance standard time", "Europe/Paris"),
    ("central europe standard time", "Europe/Budapest"),
    ("central european standard time", "Europe/Warsaw"),
    ("w. central africa standard time", "Africa/Lagos"),
    ("e. europe standard time", "Europe/Chisinau"),
    ("fle standard time", "Europe/Kyiv"),
    ("gtb standard time", "Europe/Bucharest"),
    ("turkey standard time", "Europe/Istanbul"),
    ("russian standard time", "Europe/Moscow"),
    ("israel standard time", "Asia/Jerusalem"),
    ("egypt standard time", "Africa/Cairo"),
    ("south africa standard time", "Africa/Johannesburg"),
    ("morocco standard time", "Africa/Casablanca"),
    ("arab standard time", "Asia/Riyadh"),
    ("arabian standard time", "Asia/Dubai"),
    ("iran standard time", "Asia/Tehran"),
    ("pakistan standard time", "Asia/Karachi"),
    ("india standard time", "Asia/Kolkata"),
    ("bangladesh standard time", "Asia/Dhaka"),
    ("se asia standard time", "Asia/Bangkok"),
    ("china standard time", "Asia/Shanghai"),
    ("taipei standard time", "Asia/Taipei"),
    ("singapore standard time", "Asia/Singapore"),
    ("w. australia standard time", "Australia/Perth"),
    ("tokyo standard time", "Asia/Tokyo"),
    ("korea standard time", "Asia/Seoul"),
    ("cen. australia standard time", "Australia/Adelaide"),
    ("aus eastern standard time", "Australia/Sydney"),
    ("e. australia standard time", "Australia/Brisbane"),
    ("new zealand standard time", "Pacific/Auckland"),
    ("newfoundland standard time", "America/St_Johns"),
    ("atlantic standard time", "America/Halifax"),
    ("eastern standard time", "America/New_York"),
    ("us eastern standard time", "America/Indiana/Indianapolis"),
    ("central standard time", "America/Chicago"),
    ("canada central standard time", "America/Regina"),
    ("mountain standard time", "America/Denver"),
    ("us mountain standard time", "America/Phoenix"),
    ("pacific standard time", "America/Los_Angeles"),
    ("alaskan standard time", "America/Anchorage"),
    ("hawaiian standard time", "Pacific/Honolulu"),
    ("central standard time (mexico)", "America/Mexico_City"),
    ("sa pacific standard time", "America/Bogota"),
    ("sa western standard time", "America/La_Paz"),
    ("sa eastern standard time", "America/Cayenne"),
    ("e. south america standard time", "America/Sao_Paulo"),
    ("argentina standard time", "America/Argentina/Buenos_Aires"),
    ("pacific sa standard time", "America/Santiago"),
];

/// Microseconds since 1970 of a time on the wall there; `None` when nobody knows the zone.
pub(super) fn in_utc(day: (i16, i8, i8), time: (i8, i8, i8), zone: &str) -> Option<i64> {
    let wall = DateTime::new(day.0, day.1, day.2, time.0, time.1, time.2.min(59), 0).ok()?;
    let there = wall.to_zoned(find(zone)?).ok()?;
    Some(there.timestamp().as_microsecond())
}

fn find(zone: &str) -> Option<TimeZone> {
    let name = zone.trim().trim_matches('"');
    if name.len() > 200 {
        return None;
    }
    let lower = name.to_ascii_lowercase();
    let named = WINDOWS
        .iter()
        .find(|(windows, _)| *windows == lower)
        .map(|(_, ours)| *ours);
    let named = TimeZoneDatabase::bundled().get(named.unwrap_or(name)).ok();
    named.or_else(|| after_prefix(name))
}

/// `/example.org/20260101_1/Europe/Paris`: whoever made it may put words before the name.
fn after_prefix(name: &str) -> Option<TimeZone> {
    let parts: Vec<&str> = name.strip_prefix('/')?.split('/').collect();
    let last = parts.len().checked_sub(2)?;
    TimeZoneDatabase::bundled().get(&parts[last..].join("/")).ok()
}
