//! Amounts of Canadian dollars as English and French Canada write and type them.

use super::{Lang, number};

/// `$1,234.50` and `1 234,50 $` (with no-break spaces), of cents.
pub fn money(lang: Lang, cents: i64) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    let cents = cents.unsigned_abs();
    let whole = number(lang, i64::try_from(cents / 100).unwrap_or(i64::MAX));
    let rest = cents % 100;
    match lang {
        Lang::En => format!("{sign}${whole}.{rest:02}"),
        Lang::Fr => format!("{sign}{whole},{rest:02}\u{a0}$"),
    }
}

/// The largest figure that is read: ten million.
const MOST: i64 = 1_000_000_000;

/// Hundredths of a figure that is not negative: `31.47`, `31,47 $`, `$1,234.50`, `1 234,5`, `40`. Nothing for anything
/// else.
pub fn hundredths_of(text: &str) -> Option<i64> {
    let bare: String = text
        .trim()
        .trim_start_matches('$')
        .trim_end_matches('$')
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    let (whole, rest) = match bare.rfind(['.', ',']) {
        // Three digits after the last mark are thousands, not a fraction.
        Some(at) if bare.len() - at - 1 != 3 => (&bare[..at], &bare[at + 1..]),
        _ => (bare.as_str(), ""),
    };
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if !digits(rest) || rest.len() > 2 || !grouped(whole) || (whole.len() < bare.len() && rest.is_empty()) {
        return None;
    }
    let whole: i64 = whole.replace([',', '.'], "").parse().ok()?;
    let part: i64 = format!("{rest:0<2}").parse().ok()?;
    let hundredths = whole.checked_mul(100)?.checked_add(part)?;
    (hundredths <= MOST).then_some(hundredths)
}

/// Digits, with a mark before each three of them or with none.
fn grouped(whole: &str) -> bool {
    let groups: Vec<&str> = whole.split([',', '.']).collect();
    let digits = |group: &&str| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit());
    let first = groups
        .first()
        .is_some_and(|first| groups.len() == 1 || first.len() <= 3);
    first && groups.iter().all(digits) && groups.iter().skip(1).all(|group| group.len() == 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_as_canada_writes_them() {
        for (cents, en, fr) in [
            (3147, "$31.47", "31,47 $"),
            (5, "$0.05", "0,05 $"),
            (5_033_700, "$50,337.00", "50 337,00 $"),
            (-250, "-$2.50", "-2,50 $"),
        ] {
            let french = money(Lang::Fr, cents);
            assert_eq!(
                (money(Lang::En, cents), french.replace('\u{a0}', " ")),
                (en.into(), fr.into())
            );
            assert!(!french.contains(' '), "an amount is never broken over two lines");
        }
    }

    #[test]
    fn a_figure_is_read_as_people_write_it() {
        for (text, wanted) in [
            ("31.47", Some(3147)),
            ("31,47", Some(3147)),
            ("31,47\u{a0}$", Some(3147)),
            ("$1,234.50", Some(123_450)),
            ("1 234,5", Some(123_450)),
            ("50,337", Some(5_033_700)),
            ("50337", Some(5_033_700)),
            ("40", Some(4000)),
            ("0", Some(0)),
            ("", None),
            ("-5", None),
            ("31.", None),
            (".5", None),
            ("1,23,45", None),
            ("1e9", None),
            ("=1+1", None),
            ("99999999999999999999", None),
            ("10000001", None),
        ] {
            assert_eq!(hundredths_of(text), wanted, "{text:?}");
        }
    }
}
