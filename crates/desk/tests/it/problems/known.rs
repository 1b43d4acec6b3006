//! Known errors are compared with new tickets by their symptom, in both languages; nobody else finds them.

use desk::finding::{self, Wanted};
use desk::problems::{self, NewProblem};
use desk::suggestions::{self, Asked, TargetKind};
use desk::words::Lang;
use desk::{ProblemNumber, TicketNumber};

use super::{Bench, both};
use crate::mail::desk::each;

fn likely(bench: &Bench<'_>, text: &str, language: Lang) -> Vec<i64> {
    bench.index();
    let (desk, now) = (bench.d.desk.clone(), bench.d.desk.now());
    let asked = Asked {
        text: text.into(),
        language,
        closed_gates: Vec::new(),
        of: None,
        known_before: now.plus(1),
        learnt_before: now,
        meant: None,
    };
    let near = bench
        .d
        .read(move |r| suggestions::ranked(r, desk.index(), &asked, TargetKind::KnownError, 5));
    near.iter().map(|near| near.id).collect()
}

/// Others, so that words are told apart by how rare they are.
fn others(bench: &Bench<'_>) -> Vec<ProblemNumber> {
    let texts = [
        ("Paper jams in tray two", "Le papier se coince dans le bac deux"),
        ("Sound is silent after docking", "Aucun son après la station"),
        (
            "Calendar shows the wrong hour",
            "Le calendrier affiche la mauvaise heure",
        ),
        ("Scanner sends empty pages", "Le numériseur envoie des pages vides"),
    ];
    let open = |(en, fr): &(&str, &str)| {
        let new = NewProblem {
            title_en: (*en).into(),
            title_fr: (*fr).into(),
            symptom_en: (*en).into(),
            symptom_fr: (*fr).into(),
            cause_en: "Unknown.".into(),
            ..NewProblem::default()
        };
        let number = bench
            .does(move |tx, cx| problems::open(tx, cx, &new, &[]))
            .unwrap()
            .problem
            .number;
        bench
            .does(move |tx, cx| problems::become_known(tx, cx, number))
            .unwrap();
        number
    };
    texts.iter().map(open).collect()
}

const ENGLISH: &str = "My tunnel drops every few minutes";
const FRENCH: &str = "Mon RPV tombe depuis la mise à jour";

#[test]
fn a_new_ticket_finds_the_known_error_by_its_symptom_in_either_language() {
    each(|d| {
        let bench = Bench::new(d);
        others(&bench);
        let number = bench.opens(&[]);
        assert!(
            !likely(&bench, ENGLISH, Lang::En).contains(&number.0),
            "a problem is no known error yet"
        );
        bench
            .does(move |tx, cx| problems::become_known(tx, cx, number))
            .unwrap();
        assert_eq!(likely(&bench, ENGLISH, Lang::En).first(), Some(&number.0));
        assert_eq!(likely(&bench, FRENCH, Lang::Fr).first(), Some(&number.0));
        bench.solves(number, &both()).unwrap();
        assert!(
            likely(&bench, ENGLISH, Lang::En).contains(&number.0),
            "what was solved may come back"
        );
        let closed = bench.does(move |tx, cx| problems::close(tx, cx, number)).unwrap().event;
        assert!(!likely(&bench, ENGLISH, Lang::En).contains(&number.0));
        bench.undoes(closed).unwrap();
        assert!(likely(&bench, ENGLISH, Lang::En).contains(&number.0));
    });
}

#[test]
fn an_index_made_anew_holds_them_and_an_edit_is_followed() {
    each(|d| {
        let bench = Bench::new(d);
        others(&bench);
        let number = bench.opens(&[]);
        bench
            .does(move |tx, cx| problems::become_known(tx, cx, number))
            .unwrap();
        d.wait(finding::rebuild(&d.desk, |_| {})).unwrap();
        assert_eq!(likely(&bench, ENGLISH, Lang::En).first(), Some(&number.0));
        let other = NewProblem {
            title_en: "The badge reader blinks".into(),
            symptom_en: "The badge reader blinks red.".into(),
            cause_en: "Unknown.".into(),
            ..NewProblem::default()
        };
        bench
            .does(move |tx, cx| problems::edit(tx, cx, number, &other, None))
            .unwrap();
        assert!(!likely(&bench, ENGLISH, Lang::En).contains(&number.0));
        assert_eq!(likely(&bench, "badge reader blinks", Lang::En).first(), Some(&number.0));
    });
}

#[test]
fn what_helped_on_a_ticket_like_this_one_is_found_without_a_word_in_common() {
    each(|d| {
        let bench = Bench::new(d);
        others(&bench);
        for n in 0..6 {
            bench.ticket_with(&format!("other{n}"), Lang::En, |new| {
                new.subject = format!("Matter {n}");
                new.body = format!("Something else entirely, of the kind {n}.").as_str().into();
            });
        }
        let like: TicketNumber = bench.ticket("cedar", Lang::En);
        let new = NewProblem {
            title_en: "Zigbee hub".into(),
            symptom_en: "Gizmo buzz.".into(),
            cause_en: "Unknown.".into(),
            ..NewProblem::default()
        };
        let number = bench
            .does(move |tx, cx| problems::open(tx, cx, &new, &[]))
            .unwrap()
            .problem
            .number;
        bench
            .does(move |tx, cx| problems::become_known(tx, cx, number))
            .unwrap();
        assert!(!likely(&bench, ENGLISH, Lang::En).contains(&number.0));
        bench
            .does(move |tx, cx| problems::link(tx, cx, number, &[like]))
            .unwrap();
        d.advance(1);
        assert!(likely(&bench, ENGLISH, Lang::En).contains(&number.0));
        bench.does(move |tx, cx| problems::unlink(tx, cx, like)).unwrap();
        assert!(!likely(&bench, ENGLISH, Lang::En).contains(&number.0));
    });
}

#[test]
fn no_requester_and_no_search_of_tickets_comes_upon_one() {
    each(|d| {
        let bench = Bench::new(d);
        let number = bench.opens(&[]);
        bench
            .does(move |tx, cx| problems::become_known(tx, cx, number))
            .unwrap();
        bench.index();
        assert!(d.desk.index().contains("known_error", number.0).unwrap(), "control");
        let cedar = bench.requester("cedar", Lang::En);
        let answers = d
            .wait(finding::answers(&d.desk, &d.as_person(cedar), ENGLISH, 10))
            .unwrap();
        assert!(answers.is_empty());
        let wanted = Wanted {
            tickets: 10,
            people: 10,
            offset: 0,
        };
        let found = d
            .wait(finding::find(&d.desk, &bench.cx(), "tunnel drops", wanted))
            .unwrap();
        assert_eq!((found.ticket_total, found.people_total), (0, 0));
    });
}
