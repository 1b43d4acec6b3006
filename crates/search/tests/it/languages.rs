//! Words in English and French: inflections, accents, elision, slips of the finger.

use crate::{ask, en, fr, ids, index, set};
use search::{Document, Index, Lang, Query};

fn desk() -> Index {
    index([
        fr(1, "L’imprimante du bureau", "L'imprimante ne répond plus depuis hier."),
        fr(
            2,
            "Réseau coupé",
            "Le réseau sans fil de l’école est coupé ; les réseaux voisins marchent.",
        ),
        fr(
            3,
            "Compte bloqué",
            "Qu'est-ce qui bloque mon compte ? J’ai changé de mot de passe, c’était expiré.",
        ),
        fr(
            4,
            "Écrans noirs",
            "Deux écrans noirs après la mise à jour des journaux d’événements.",
        ),
        en(
            5,
            "Printer jammed",
            "The printers on the second floor keep jamming; printing stops.",
        ),
        en(
            6,
            "Password expired",
            "She couldn't sign in: the user's password expired. E-mail works.",
        ),
        en(7, "Café Wi-Fi", "The café's wireless drops every résumé upload."),
        Document {
            lang: Lang::Unknown,
            ..en(8, "Scanner", "Le numériseur / the scanners were moved.")
        },
        en(9, "To be or not to be", "A question of hosting."),
    ])
}

#[test]
fn words_are_found_in_every_dress() {
    let desk = desk();
    for (asked, found) in [
        // accents, both ways
        ("reseau", &[2][..]),
        ("réseau", &[2]),
        ("RÉSEAUX", &[2]),
        ("re\u{301}seau", &[2]),
        ("cafe", &[7]),
        ("café", &[7]),
        ("resume", &[7]),
        ("ecran noir", &[4]),
        ("écran", &[4]),
        // elision, straight and curly, both ways
        ("imprimante", &[1]),
        ("l'imprimante", &[1]),
        ("l’ecole", &[2]),
        ("école", &[2]),
        ("d'événement", &[4]),
        ("evenements", &[4]),
        // inflections
        ("imprimantes", &[1]),
        ("journal", &[4]),
        ("bloquer compte", &[3]),
        ("printer", &[5]),
        ("print", &[5]),
        ("jam", &[5]),
        ("users", &[6]),
        ("couldnt", &[6]),
        ("expire password", &[6]),
        // a text of unknown language is found by the rules of both
        ("numeriseurs", &[8]),
        ("scanner", &[8]),
        // hyphens
        ("email", &[6]),
        ("e-mails", &[6]),
        ("wifi", &[7]),
        ("wi-fi", &[7]),
        ("sign-in", &[6]),
    ] {
        assert_eq!(set(&desk, asked), found, "{asked}");
    }
}

#[test]
fn a_word_that_nobody_wrote_finds_nothing() {
    for asked in ["xylophone", "quincaillerie", "«»", "zz"] {
        assert_eq!(ids(&desk(), asked), [0; 0], "{asked}");
    }
}

#[test]
fn slips_of_the_finger_are_forgiven_and_said() {
    let desk = desk();
    for (asked, found, corrected) in [
        ("imprimente", 1, "imprimante"),
        ("pritner", 5, "printer"),
        ("printre", 5, "printer"),
        ("pasword", 6, "password"),
        ("passwrod expired", 6, "password expired"),
        ("resaeu", 2, "reseau"),
        ("l'imprimente, vite", 1, "l'imprimante, vite"),
        ("qeustion", 9, "question"),
    ] {
        let answer = ask(&desk, asked);
        assert_eq!(answer.hits.first().map(|hit| hit.id), Some(found), "{asked}");
        assert_eq!(answer.corrected.as_deref(), Some(corrected), "{asked}");
    }
    assert_eq!(ask(&desk, "printer").corrected, None, "a known word is left as it is");
    assert_eq!(ids(&desk, "jmm"), [0; 0], "a short word is not guessed at");
    assert_eq!(
        ids(&desk, "prnxxer"),
        [0; 0],
        "two slips in seven letters are another word"
    );
}

#[test]
fn the_word_as_typed_ranks_above_one_like_it() {
    let mut docs: Vec<_> = (1..=60)
        .map(|n| en(n, "Server moved", "The server was moved."))
        .collect();
    docs.push(en(100, "Sever weather", "Sever the cable."));
    let answer = ask(&index(docs), "sever");
    assert_eq!(answer.hits[0].id, 100);
    assert!(
        answer.total > 1,
        "the likelier word is offered below it: {}",
        answer.total
    );
    assert_eq!(answer.corrected, None);
}

#[test]
fn common_words_alone_are_still_a_query() {
    let desk = desk();
    assert_eq!(ids(&desk, "to be")[0], 9);
    assert_eq!(ids(&desk, "\"to be or not to be\""), [9]);
    assert_eq!(set(&desk, "the printer"), [5], "and beside others they do not narrow");
}

#[test]
fn phrases_and_exclusions() {
    let desk = desk();
    assert_eq!(ids(&desk, "\"mot de passe\""), [3]);
    assert_eq!(ids(&desk, "« passe de mot »"), [0; 0]);
    assert_eq!(ids(&desk, "\"second floor\""), [5]);
    assert_eq!(ids(&desk, "\"floor second\""), [0; 0]);
    assert_eq!(ids(&desk, "\"printing\""), [5], "one word in quotes is meant exactly");
    assert_eq!(ids(&desk, "\"prints\""), [0; 0]);
    assert_eq!(ids(&desk, "works"), [6]);
    assert_eq!(ids(&desk, "works -password"), [0; 0]);
    assert_eq!(ids(&desk, "works -\"password expired\""), [0; 0]);
    assert_eq!(ids(&desk, "works -printer -\"expired password\""), [6]);
    assert_eq!(set(&desk, "-printer").len(), 8, "everything else");
}

#[test]
fn all_words_or_else_the_nearest() {
    let desk = desk();
    let all = ask(&desk, "printer jammed");
    assert_eq!((all.total, all.partial), (1, false));
    let some = ask(&desk, "printer wireless");
    assert!(some.partial);
    assert_eq!(set(&desk, "printer wireless"), [5, 7]);
    assert_eq!(ids(&desk, "printer xylophone"), [5]);
}

#[test]
fn the_last_word_may_still_be_typed() {
    let desk = desk();
    let typing = |text: &str| {
        let query = Query {
            text: text.to_owned(),
            prefix: true,
            ..Query::default()
        };
        let mut ids: Vec<_> = desk.find(&query).unwrap().hits.iter().map(|hit| hit.id).collect();
        ids.sort_unstable();
        ids
    };
    assert_eq!(typing("pri"), [5]);
    assert_eq!(typing("impri"), [1]);
    assert_eq!(typing("rése"), [2]);
    assert_eq!(typing("printer jamm"), [5]);
    assert_eq!(typing("pri "), [0; 0], "a finished word does not go on");
    assert_eq!(ids(&desk, "pri"), [0; 0], "nor does any without the option");
}

#[test]
fn the_title_counts_for_more() {
    let filler = "words about other things that were seen on that day ".repeat(5);
    let index = index([
        en(1, "Weekly report", &format!("{filler} toner {filler}")),
        en(2, "Toner low", &filler),
        en(3, "Another report", &format!("{filler} toner {filler}")),
    ]);
    assert_eq!(ids(&index, "toner")[0], 2);
    assert_eq!(ids(&index, "toner")[1..], [3, 1], "of equals the newer first");
}

#[test]
fn a_title_that_is_the_query_comes_first() {
    let index = index([
        en(1, "E-mail", "Nothing is sent."),
        en(2, "Email email email", "email email email"),
        en(3, "The e-mail is late", "email"),
    ]);
    assert_eq!(ids(&index, "e-mail")[0], 1);
    assert_eq!(ids(&index, "THE E-MAIL is late")[0], 3);
}
