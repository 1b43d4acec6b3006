//! The evidence beside a hit: words in common, the rarest first, codes apart.

use super::{en, index};
use search::{Index, Lang};

fn desk() -> Index {
    index((0..40).map(|n| {
        let rare = if n == 0 {
            " The tunnel drops with 0x800704C9."
        } else {
            ""
        };
        en(
            n,
            "The computer",
            &format!("The computer is slow since the update.{rare}"),
        )
    }))
}

#[test]
fn the_rarest_words_come_first_as_they_were_written() {
    let asked = "Since the update my computer loses the Tunnels: 0x800704c9";
    let common = desk().in_common(asked, "The tunnel drops with 0x800704C9 on this computer.", Lang::En, 3);
    assert_eq!(common.words, ["Tunnels", "computer"]);
    assert_eq!(common.codes, ["0x800704c9"]);
    assert!(common.share > 0.3 && common.share < 1.0, "{common:?}");
}

#[test]
fn what_shares_no_word_shares_nothing() {
    let desk = desk();
    assert_eq!(
        desk.in_common("The printer jams", "No sound", Lang::En, 3),
        search::Common::default()
    );
    assert_eq!(desk.in_common("", "No sound", Lang::En, 3).share, 0.0);
    // Words that every text has are no evidence.
    assert!(
        desk.in_common("it is on the", "it is on the", Lang::En, 3)
            .words
            .is_empty()
    );
}

#[test]
fn numbers_of_a_list_and_words_of_every_letter_are_no_evidence() {
    let asked = "Hello, 1. where is it? 2. The scanner says 535 again";
    let text = "1. Renew it where it ended. 2. Write 535 down, the scanner says";
    let common = desk().in_common(asked, text, Lang::En, 5);
    assert_eq!(common.words, ["535", "scanner"], "{common:?}");
    assert!((common.share - 1.0).abs() < 1e-6, "{common:?}");
}

#[test]
fn the_whole_of_it_is_all_that_is_asked() {
    let common = desk().in_common("The tunnel drops", "tunnel drops daily", Lang::En, 3);
    assert!((common.share - 1.0).abs() < 1e-6, "{common:?}");
}

#[test]
fn a_code_of_several_parts_is_one_code() {
    let text = "The page says ERR_CONNECTION_RESET, the printer E-104, since 2026-11-17.";
    let asked = "E-104 again, and ERR_CONNECTION_RESET on the page of 2026-11-17; E-104 by day.";
    let common = desk().in_common(asked, text, Lang::En, 5);
    assert_eq!(common.codes, ["E-104", "ERR_CONNECTION_RESET"]);
    assert!(
        !common
            .words
            .iter()
            .any(|word| ["ERR", "CONNECTION", "RESET"].contains(&word.as_str()))
    );
    // Control: other codes are not the same because they share a part.
    let other = desk().in_common("ERR_CONNECTION_REFUSED and E-105", text, Lang::En, 5);
    assert!(
        other.codes.is_empty() && other.words.contains(&"CONNECTION".to_owned()),
        "{other:?}"
    );
}
