//! Numbers of a form: whole ones and decimals to thousandths, as either language writes them. Pure.

use crate::words::{Lang, number};

/// A thousand billion; beyond it is nobody's answer.
const LARGEST: i64 = 1_000_000_000_000_000;

/// Thousandths; nothing when it is no number, too long a decimal or too large. A comma is a decimal mark, but where
/// English groups thousands by it.
pub fn amount_of(lang: Lang, text: &str) -> Option<i64> {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let whole = plain.split('.').next().unwrap_or_default();
    let grouped = lang == Lang::En && whole.contains(',') && whole.split(',').skip(1).all(|group| group.len() == 3);
    let plain = if grouped { plain.replace(',', "") } else { plain };
    let (negative, plain) = match plain.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (true, rest),
        None => (false, plain.as_str()),
    };
    let (whole, decimals) = plain.split_once([',', '.']).unwrap_or((plain, ""));
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > 13 || decimals.len() > 3 || !digits(whole) || !digits(decimals) {
        return None;
    }
    let amount: i64 = format!("{whole}{decimals:0<3}").parse().ok()?;
    (amount <= LARGEST).then_some(if negative { -amount } else { amount })
}

/// As that language writes it: `1 234.5` and `1 234,5`.
pub fn amount_words(lang: Lang, amount: i64) -> String {
    let (whole, rest) = (amount.abs() / 1000, amount.abs() % 1000);
    let sign = if amount < 0 { "\u{2212}" } else { "" };
    let decimals = format!("{rest:03}");
    let decimals = decimals.trim_end_matches('0');
    let mark = match (decimals, lang) {
        ("", _) => "",
        (_, Lang::En) => ".",
        (_, Lang::Fr) => ",",
    };
    format!("{sign}{}{mark}{decimals}", number(lang, whole))
}

/// The same as it is typed: without groups.
pub fn amount_typed(lang: Lang, amount: i64) -> String {
    let mut words = amount_words(lang, amount).replace('\u{2212}', "-");
    words.retain(|c| c != '\u{a0}' && (lang == Lang::Fr || c != ','));
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_as_either_language_writes_it() {
        let table = [
            ("12", Some(12_000)),
            ("12.5", Some(12_500)),
            ("12,125", Some(12_125)),
            ("-3", Some(-3_000)),
            ("1 000", Some(1_000_000)),
            ("1000000000000", Some(LARGEST)),
            ("1000000000001", None),
            ("99999999999999", None),
            ("1.2345", None),
            ("", None),
            ("-", None),
            (".5", None),
            ("1e3", None),
            ("1.2.3", None),
            ("twelve", None),
        ];
        for (text, amount) in table {
            assert_eq!(amount_of(Lang::Fr, text), amount, "{text}");
        }
        assert_eq!(amount_of(Lang::En, "1,000.5"), Some(1_000_500));
        assert_eq!(amount_of(Lang::En, "12,5"), Some(12_500));
    }

    #[test]
    fn a_number_is_written_as_its_reader_writes() {
        assert_eq!(amount_words(Lang::En, 12_500), "12.5");
        assert_eq!(amount_words(Lang::Fr, -12_050), "\u{2212}12,05");
        assert_eq!(amount_words(Lang::En, 7_000), "7");
    }
}
