//! Marks and snippets.

use crate::{ask, en, fr, index};
use search::Piece;

/// The pieces as one line, hits in brackets.
fn shown(pieces: &[Piece]) -> String {
    pieces
        .iter()
        .map(|p| if p.hit { format!("[{}]", p.text) } else { p.text.clone() })
        .collect()
}

fn highlighted(body: &str, query: &str) -> String {
    let found = ask(&index([fr(1, "", body), en(2, "", body)]), query);
    assert!(found.total > 0, "{query} finds {body}");
    shown(&found.marks.highlight(body))
}

#[test]
fn words_are_marked_in_every_dress() {
    assert_eq!(highlighted("Le réseau est lent.", "reseau"), "Le [réseau] est lent.");
    assert_eq!(
        highlighted("L’Imprimante IMPRIME", "imprimantes"),
        "L’[Imprimante] [IMPRIME]"
    );
    assert_eq!(
        highlighted("Printers jam; a jammed one.", "jams"),
        "Printers [jam]; a [jammed] one."
    );
    assert_eq!(
        highlighted("An e-mail, some emails", "email"),
        "An [e]-mail, some [emails]"
    );
    assert_eq!(
        highlighted("The printer", "pritner"),
        "The [printer]",
        "what was searched instead"
    );
    assert_eq!(highlighted("un cœur", "coeur"), "un [cœur]");
}

#[test]
fn identifiers_are_marked_where_they_match() {
    let body = "MAC AA:BB:CC:1D:2E:3F, error 0x80070005, call (613) 555-0123.";
    assert_eq!(
        highlighted(body, "cc1d"),
        "MAC AA:BB:[CC:1D]:2E:3F, error 0x80070005, call (613) 555-0123."
    );
    assert_eq!(
        highlighted(body, "70005"),
        "MAC AA:BB:CC:1D:2E:3F, error 0x800[70005], call (613) 555-0123."
    );
    assert_eq!(
        highlighted(body, "613 555 0123"),
        "MAC AA:BB:CC:1D:2E:3F, error 0x80070005, call ([613) 555-0123]."
    );
    assert_eq!(highlighted(r"see C:\Temp\é1.log", "temp/e1"), r"see C:\[Temp\é1].log");
}

#[test]
fn nothing_is_lost_or_invented_in_a_highlight() {
    let body = "  A <b>printer</b> & \"printers\"\n\nréseau l’écran\t0x1F ";
    let marks = ask(&index([en(1, "", body)]), "printer 0x1f").marks;
    let pieces = marks.highlight(body);
    assert_eq!(pieces.iter().map(|piece| piece.text.as_str()).collect::<String>(), body);
    assert!(pieces.iter().all(|piece| !piece.text.is_empty()));
}

#[test]
fn a_snippet_shows_the_place_with_the_most_marks_on_one_line() {
    let filler = "lorem ipsum dolor sit amet ".repeat(40);
    let body = format!("{filler} toner {filler}\n\nThe toner\tcartridge is empty. {filler}");
    let marks = ask(&index([en(1, "", &body)]), "cartridge toner").marks;
    let line = shown(&marks.snippet(&body, 80));
    assert!(line.contains("The [toner] [cartridge] is empty."), "{line}");
    assert!(line.starts_with('…') && line.ends_with('…'), "{line}");
    assert!(!line.contains('\n') && !line.contains('\t'));
    let plain: usize = marks.snippet(&body, 80).iter().map(|p| p.text.chars().count()).sum();
    assert!(plain <= 82, "{plain}");
}

#[test]
fn a_short_or_unmarked_text_is_shown_from_its_beginning() {
    let marks = ask(&index([en(1, "", "toner low")]), "toner").marks;
    assert_eq!(shown(&marks.snippet("toner low", 80)), "[toner] low");
    assert_eq!(shown(&marks.snippet("nothing here", 80)), "nothing here");
    assert_eq!(shown(&marks.snippet("", 80)), "");
    let long = "no such thing ".repeat(50);
    assert!(shown(&marks.snippet(&long, 40)).starts_with("no such thing"));
    for max in 0..6 {
        marks.snippet("é toner é", max);
    }
}
