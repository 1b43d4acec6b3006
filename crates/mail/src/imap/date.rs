//! The moment an IMAP server says a letter came: `17-Jul-1996 02:44:25 -0700` (RFC 3501,
//! `date-time`), as seconds since 1970.

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

pub(super) fn seconds(text: &[u8]) -> Option<i64> {
    let text = std::str::from_utf8(text).ok()?.trim().to_ascii_lowercase();
    let mut words = text.split(' ');
    let (date, time, zone) = (words.next()?, words.next()?, words.next()?);
    let mut date = date.splitn(3, '-');
    let day = within(date.next()?, 1, 31)?;
    let month = date.next()?;
    let month = i64::try_from(MONTHS.iter().position(|name| *name == month)?).ok()? + 1;
    let year = within(date.next()?, 1, 9999)?;
    let mut time = time.splitn(3, ':');
    let hour = within(time.next()?, 0, 23)?;
    let minute = within(time.next()?, 0, 59)?;
    let second = within(time.next()?, 0, 60)?;
    let local = days(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second;
    Some(local - zone_seconds(zone)?)
}

/// The day of a moment, as SEARCH takes it: `17-Jul-1996`.
pub(super) fn day(seconds: i64) -> String {
    let number = seconds.max(0).div_euclid(86_400);
    let mut year = 1970 + number / 366;
    while days(year + 1, 1, 1) <= number {
        year += 1;
    }
    let month = (1..=12)
        .rev()
        .find(|month| days(year, *month, 1) <= number)
        .unwrap_or(1);
    let name = usize::try_from(month - 1)
        .ok()
        .and_then(|at| MONTHS.get(at))
        .unwrap_or(&"jan");
    format!("{}-{name}-{year}", number - days(year, month, 1) + 1)
}

fn within(digits: &str, least: i64, most: i64) -> Option<i64> {
    let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    let number = digits.parse().ok().filter(|_| plain)?;
    (least..=most).contains(&number).then_some(number)
}

fn zone_seconds(zone: &str) -> Option<i64> {
    let (sign, digits) = zone.split_at_checked(1)?;
    let sign = match sign {
        "+" => 1,
        "-" => -1,
        _ => return None,
    };
    let (hours, minutes) = digits.split_at_checked(2)?;
    Some(sign * (within(hours, 0, 23)? * 3_600 + within(minutes, 0, 59)? * 60))
}

/// Days from 1970-01-01 in the Gregorian calendar, which repeats every 400 years (146,097 days);
/// years are counted from March, so that the leap day is their last.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let before_month = (153 * month + 2) / 5;
    year * 365 + year / 4 - year / 100 + year / 400 + before_month + day - 1 - 719_468
}

#[cfg(test)]
mod tests {
    use super::{day, days, seconds};

    #[test]
    fn the_day_of_a_moment_is_the_one_it_is_read_as() {
        assert_eq!(day(837_596_665), "17-jul-1996");
        assert_eq!(day(-5), "1-jan-1970");
        for at in (0..8_000_000_000_i64).step_by(86_400 * 7 + 13) {
            let read = seconds(format!("{} 00:00:00 +0000", day(at)).as_bytes()).unwrap();
            assert_eq!(read, at - at % 86_400, "{}", day(at));
        }
    }

    #[test]
    fn the_example_of_the_standard() {
        assert_eq!(seconds(b"17-Jul-1996 02:44:25 -0700"), Some(837_596_665));
        assert_eq!(seconds(b" 1-Jan-1970 00:00:00 +0000"), Some(0));
        assert_eq!(seconds(b"29-Feb-2024 23:59:59 +0000"), Some(1_709_251_199));
    }

    #[test]
    fn what_is_no_moment_is_none() {
        for odd in [
            "",
            "17-Jul-1996",
            "32-Jul-1996 02:44:25 -0700",
            "17-Xyz-1996 02:44:25 -0700",
            "1-Jan-99999 0:0:0 +0000",
            "17-Jul-1996 24:44:25 -0700",
            "17-Jul-1996 02:44:25 0700",
            "17-Jul-1996 02:44:25 \u{e9}",
            "--- ::: +",
        ] {
            assert_eq!(seconds(odd.as_bytes()), None, "{odd}");
        }
    }

    #[test]
    fn each_day_follows_the_one_before() {
        let lengths = |year: i64| {
            let leap = i64::from(year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));
            [31, 28 + leap, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        };
        let mut expected = days(1600, 1, 1);
        for year in 1600..2400 {
            for (month, length) in (1..).zip(lengths(year)) {
                for day in 1..=length {
                    assert_eq!(days(year, month, day), expected, "{year}-{month}-{day}");
                    expected += 1;
                }
            }
        }
    }
}
