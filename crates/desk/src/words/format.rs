//! Dates, times, durations and sizes as English and French Canada write them. The server formats; the browser only
//! refreshes relative times.

use jiff::Zoned;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::Lang;
use crate::clock::{HOUR, MINUTE, Time};

const EN_MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];
const FR_MONTHS: [&str; 12] = [
    "janv.", "févr.", "mars", "avr.", "mai", "juin", "juill.", "août", "sept.", "oct.", "nov.", "déc.",
];
const EN_DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const FR_DAYS: [&str; 7] = ["lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."];

fn local(at: Time, zone: &TimeZone) -> Zoned {
    at.timestamp().to_zoned(zone.clone())
}

/// `10:22` and `10 h 22` (with no-break spaces).
pub fn clock_time(lang: Lang, at: Time, zone: &TimeZone) -> String {
    time_of(lang, &local(at, zone))
}

fn time_of(lang: Lang, z: &Zoned) -> String {
    match lang {
        Lang::En => format!("{:02}:{:02}", z.hour(), z.minute()),
        Lang::Fr => format!("{}\u{a0}h\u{a0}{:02}", z.hour(), z.minute()),
    }
}

fn month(lang: Lang, z: &Zoned) -> &'static str {
    month_name(lang, z.month())
}

fn month_name(lang: Lang, month: i8) -> &'static str {
    let at = usize::try_from(month - 1).unwrap_or(0);
    match lang {
        Lang::En => EN_MONTHS[at],
        Lang::Fr => FR_MONTHS[at],
    }
}

/// `Nov 17, 2026` and `17 nov. 2026`.
pub fn date(lang: Lang, at: Time, zone: &TimeZone) -> String {
    let z = local(at, zone);
    match lang {
        Lang::En => format!("{} {}, {}", month(lang, &z), z.day(), z.year()),
        Lang::Fr => format!("{} {} {}", z.day(), month(lang, &z), z.year()),
    }
}

/// `Nov 17, 2026, 10:22` and `17 nov. 2026, 10 h 22`.
pub fn date_time(lang: Lang, at: Time, zone: &TimeZone) -> String {
    format!("{}, {}", date(lang, at, zone), clock_time(lang, at, zone))
}

/// The shortest words that still say when: a time today, a weekday and time within six days, else a date.
pub fn day_or_time(lang: Lang, at: Time, now: Time, zone: &TimeZone) -> String {
    let (z, today) = (local(at, zone), local(now, zone));
    if z.date() == today.date() {
        return time_of(lang, &z);
    }
    let days = (z.date() - today.date()).get_days();
    if days.abs() < 7 {
        let weekday = usize::try_from(z.weekday().to_monday_zero_offset()).unwrap_or(0);
        let name = if lang == Lang::En {
            EN_DAYS[weekday]
        } else {
            FR_DAYS[weekday]
        };
        return format!("{name} {}", time_of(lang, &z));
    }
    let year = if z.year() == today.year() {
        String::new()
    } else {
        format!(" {}", z.year())
    };
    match lang {
        Lang::En => format!(
            "{} {}{}",
            month(lang, &z),
            z.day(),
            if year.is_empty() { year } else { format!(",{year}") }
        ),
        Lang::Fr => format!("{} {}{year}", z.day(), month(lang, &z)),
    }
}

/// RFC 3339 with the offset, for `<time datetime>`.
pub fn exact(at: Time, zone: &TimeZone) -> String {
    local(at, zone).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// `12 min`, `2 h 48 min`, `3 d` (French `3 j`): what is left or how late.
pub fn duration(lang: Lang, microseconds: i64) -> String {
    let minutes = microseconds.abs() / MINUTE;
    let (days, hours) = (minutes / (24 * 60), minutes / 60);
    let day = if lang == Lang::En { "d" } else { "j" };
    if days >= 2 {
        return format!("{days}\u{a0}{day}");
    }
    if microseconds.abs() < HOUR {
        return format!("{minutes}\u{a0}min");
    }
    match minutes % 60 {
        0 => format!("{hours}\u{a0}h"),
        rest => format!("{hours}\u{a0}h\u{a0}{rest:02}"),
    }
}

/// `Nov 17` and `17 nov.`: a day of a chart, whose year is said elsewhere.
pub fn day_of(lang: Lang, day: Date) -> String {
    let month = month_name(lang, day.month());
    match lang {
        Lang::En => format!("{month} {}", day.day()),
        Lang::Fr => format!("{} {month}", day.day()),
    }
}

/// `Nov 17, 2026` and `17 nov. 2026`.
pub fn full_day(lang: Lang, day: Date) -> String {
    match lang {
        Lang::En => format!("{}, {}", day_of(lang, day), day.year()),
        Lang::Fr => format!("{} {}", day_of(lang, day), day.year()),
    }
}

/// `Nov 2026` and `nov. 2026`.
pub fn month_of(lang: Lang, day: Date) -> String {
    format!("{} {}", month_name(lang, day.month()), day.year())
}

/// `12,345` and `12 345` (with a no-break space).
pub fn number(lang: Lang, n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mark = if lang == Lang::En { ',' } else { '\u{a0}' };
    let mut text = String::from(if n < 0 { "-" } else { "" });
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(mark);
        }
        text.push(digit);
    }
    text
}

/// `83%` and `83 %` (with a no-break space).
pub fn percent(lang: Lang, n: i64) -> String {
    match lang {
        Lang::En => format!("{n}%"),
        Lang::Fr => format!("{n}\u{a0}%"),
    }
}

/// `184 kB` and `184 ko`; decimal units (SI).
pub fn bytes(lang: Lang, size: i64) -> String {
    let unit = if lang == Lang::En { "B" } else { "o" };
    let comma = |tenths: i64| {
        let mark = if lang == Lang::En { '.' } else { ',' };
        format!("{}{mark}{}", tenths / 10, tenths % 10)
    };
    match size {
        0..1_000 => format!("{size}\u{a0}{unit}"),
        1_000..1_000_000 => format!("{}\u{a0}k{unit}", size / 1_000),
        _ => format!("{}\u{a0}M{unit}", comma(size / 100_000)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_canada_writes_them() {
        let zone = TimeZone::get("America/Toronto").expect("zone");
        let at = Time(1_794_928_920_000_000); // 2026-11-17T15:22:00Z
        assert_eq!(date_time(Lang::En, at, &zone), "Nov 17, 2026, 10:22");
        assert_eq!(date_time(Lang::Fr, at, &zone), "17 nov. 2026, 10\u{a0}h\u{a0}22");
        assert_eq!(exact(at, &zone), "2026-11-17T10:22:00-05:00");
    }

    #[test]
    fn numbers_are_grouped_and_days_are_short() {
        let day = jiff::civil::date(2026, 11, 7);
        assert_eq!(
            (day_of(Lang::En, day), day_of(Lang::Fr, day)),
            ("Nov 7".into(), "7 nov.".into())
        );
        assert_eq!(month_of(Lang::Fr, day), "nov. 2026");
        for (n, en, fr) in [
            (0, "0", "0"),
            (999, "999", "999"),
            (1000, "1,000", "1 000"),
            (-1_234_567, "-1,234,567", "-1 234 567"),
        ] {
            assert_eq!(
                (number(Lang::En, n), number(Lang::Fr, n).replace('\u{a0}', " ")),
                (en.into(), fr.into())
            );
        }
        assert_eq!(
            (percent(Lang::En, 83), percent(Lang::Fr, 83)),
            ("83%".into(), "83\u{a0}%".into())
        );
    }

    #[test]
    fn durations_are_short_words() {
        assert_eq!(duration(Lang::En, 12 * MINUTE), "12\u{a0}min");
        assert_eq!(duration(Lang::En, 2 * HOUR + 48 * MINUTE), "2\u{a0}h\u{a0}48");
        assert_eq!(duration(Lang::Fr, -72 * HOUR), "3\u{a0}j");
    }
}
