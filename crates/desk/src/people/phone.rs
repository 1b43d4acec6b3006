//! Telephone numbers: kept as written, found by their digits. Pure.

/// The digits by which a number is found: `+1 (418) 555-0134`, `1-418-555-0134` and `418 555-0134` are one number.
pub fn digits_of(number: &str) -> String {
    let digits: String = number.chars().filter(char::is_ascii_digit).take(20).collect();
    let digits = match digits.strip_prefix("00") {
        Some(rest) if digits.len() > 10 => rest.to_string(),
        _ => digits,
    };
    match digits.strip_prefix('1') {
        Some(rest) if rest.len() == 10 => rest.to_string(),
        _ => digits,
    }
}

/// Whether somebody typed a number rather than words: digits and what people put between them.
pub(super) fn looks_like_number(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    digits >= 3 && text.chars().all(|c| c.is_ascii_digit() || " ()+-./".contains(c))
}

/// A number somebody could call: three digits (an extension) to fifteen (ITU-T E.164) and a few more.
pub(super) fn is_number(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    (3..=20).contains(&digits) && text.chars().count() <= 40 && !text.chars().any(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_however_it_is_written() {
        for written in ["+1 (418) 555-0134", "1-418-555-0134", "418.555.0134", "4185550134"] {
            assert_eq!(digits_of(written), "4185550134", "{written}");
        }
        assert_eq!(digits_of("0033 1 99 00 12 34"), "33199001234");
        assert_eq!(digits_of("p. 4471"), "4471");
    }

    #[test]
    fn words_are_no_number() {
        assert!(looks_like_number("(418) 555"));
        assert!(!looks_like_number("LT-0412"));
        assert!(!looks_like_number("12"));
    }
}
