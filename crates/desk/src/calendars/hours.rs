//! The hours of one day as people write them: `08:30-12:00, 13:00-17:00`, or in the French way `8 h 30 – 12 h`. Pure.

use worktime::{Period, Week};

use super::calendar::refused;

/// More periods in a day are a mistake.
const MOST_PERIODS: usize = 12;
const LONGEST: usize = 200;

/// The periods of a day in minutes, in order; or the key of what to do about it.
pub(super) fn read(typed: &str) -> Result<Vec<(u16, u16)>, &'static str> {
    let form = "refused-hours-form";
    let bare: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    if bare.is_empty() {
        return Ok(Vec::new());
    }
    if bare.len() > LONGEST {
        return Err(form);
    }
    let mut periods = bare
        .split([',', ';'])
        .map(period)
        .collect::<Option<Vec<_>>>()
        .ok_or(form)?;
    if periods.len() > MOST_PERIODS {
        return Err(form);
    }
    if periods.iter().all(|(from, to)| from < to) {
        periods.sort_unstable();
    }
    let mut days: [Vec<Period>; 7] = Default::default();
    days[0] = periods.iter().map(|&(from, to)| Period::new(from, to)).collect();
    Week::new(days).map_err(|error| refused(&error))?;
    Ok(periods)
}

fn period(text: &str) -> Option<(u16, u16)> {
    let (from, to) = text.split_once(['-', '–', '—', '\u{2011}', '\u{2212}'])?;
    Some((minute(from)?, minute(to)?))
}

/// `8`, `08:30`, `8h` or `8h30`; `24:00` is the midnight that ends the day.
fn minute(text: &str) -> Option<u16> {
    let (hour, rest) = text.split_once([':', 'h', 'H']).unwrap_or((text, ""));
    let number = |text: &str, most: u16| {
        let plain = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        text.parse().ok().filter(|n| plain && *n <= most)
    };
    let (hour, minute) = (number(hour, 24)?, if rest.is_empty() { 0 } else { number(rest, 59)? });
    Some(hour * 60 + minute).filter(|at| *at <= 1440)
}

/// Back into words, as they are read: `08:30-12:00, 13:00-17:00`.
pub fn written(periods: &[(u16, u16)]) -> String {
    let at = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    let each: Vec<String> = periods
        .iter()
        .map(|&(from, to)| format!("{}-{}", at(from), at(to)))
        .collect();
    each.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_as_people_write_them() {
        for (typed, read_as) in [
            ("", ""),
            ("  ", ""),
            ("8-17", "08:00-17:00"),
            ("08:30-12:00, 13:00-17:00", "08:30-12:00, 13:00-17:00"),
            ("13:00-17:00;8:30-12", "08:30-12:00, 13:00-17:00"),
            (
                "8 h 30 – 12 h, 13\u{a0}h — 16\u{a0}h\u{a0}05",
                "08:30-12:00, 13:00-16:05",
            ),
            ("0:00-24:00", "00:00-24:00"),
            ("0-8, 8-16", "00:00-08:00, 08:00-16:00"),
        ] {
            let periods = read(typed).unwrap();
            assert_eq!(written(&periods), read_as, "{typed}");
            assert_eq!(read(&written(&periods)), Ok(periods), "it is read back");
        }
    }

    #[test]
    fn what_is_no_time_runs_backwards_or_overlaps_is_refused_for_what_it_is() {
        for (typed, key) in [
            ("nine to five", "refused-hours-form"),
            ("8:00", "refused-hours-form"),
            ("8:60-9:00", "refused-hours-form"),
            ("8-24:01", "refused-hours-form"),
            ("8-25", "refused-hours-form"),
            ("8-12,", "refused-hours-form"),
            ("+8-12", "refused-hours-form"),
            ("008-12", "refused-hours-form"),
            ("8--12", "refused-hours-form"),
            (
                "8-9, 9-10, 10-11, 11-12, 12-13, 13-14, 14-15, 15-16, 16-17, 17-18, 18-19, 19-20, 20-21",
                "refused-hours-form",
            ),
            ("17:00-08:00", "refused-hours-backwards"),
            ("9-9", "refused-hours-backwards"),
            ("13-17, 12-8", "refused-hours-backwards"),
            ("22-2", "refused-hours-backwards"),
            ("8-12, 11:59-17", "refused-hours-overlap"),
            ("8-17, 9-10", "refused-hours-overlap"),
        ] {
            assert_eq!(read(typed), Err(key), "{typed}");
        }
    }
}
