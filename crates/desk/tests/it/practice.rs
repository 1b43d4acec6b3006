//! Practice tickets: what is copied and what is taken out, who reads them, and what is covered until it is handed in.

use db::args;
use desk::practice::{self, Practice, Work};
use desk::tickets::{self, Solution};
use desk::{Context, Error, PracticeId, Result, TicketNumber};

use crate::common::{Small, key_of, on_both};
use crate::competence::Crew;
use crate::tickets::words;

fn solved(small: &Small, crew: &Crew) -> TicketNumber {
    let number = small
        .open_with(|new| {
            new.subject = "VPN of the Payroll office drops".into();
            new.body = "Call me at 514 555-0123 or write to requester@cedar.example.".into();
        })
        .number;
    small
        .write(&crew.colleague, move |tx, cx| {
            tickets::reply(
                tx,
                cx,
                number,
                &words("Good day, Payroll office: renew the certificate."),
            )?;
            let solution = Solution {
                cause: "The certificate on 10.0.0.7 had expired.".into(),
                steps: "Renew the certificate, then sign in again. Maple did it.".into(),
                helped: String::new(),
            };
            tickets::solve(tx, cx, number, &solution)
        })
        .unwrap();
    number
}

fn give(small: &Small, by: &Context, crew: &Crew, number: TicketNumber) -> Result<PracticeId> {
    let person = crew.junior.viewer.person;
    small.write(by, move |tx, cx| {
        practice::give(tx, cx, number, person).map(|(id, _)| id)
    })
}

fn find(small: &Small, who: &Context, id: PracticeId) -> Result<Practice> {
    small.read(who, move |r, cx| practice::find(r, cx, id))
}

fn work() -> Work {
    Work {
        asks: "Since when?".into(),
        diagnosis: "The certificate.".into(),
        answer: "We renew it.".into(),
    }
}

#[test]
fn a_copy_names_nobody_and_shows_what_was_done_once_it_is_handed_in() {
    on_both(|small| {
        let crew = Crew::of(small);
        let number = solved(small, &crew);
        let id = give(small, &crew.lead, &crew, number).unwrap();
        let whole = find(small, &crew.lead, id).unwrap();
        let text = format!("{whole:?}");
        assert!(text.contains("VPN") && text.contains("Renew the certificate"), "{text}");
        for named in ["Payroll", "514", "requester@", "10.0.0.7", "Maple"] {
            assert!(!text.contains(named), "{named}: {text}");
        }
        let covered = find(small, &crew.junior, id).unwrap();
        assert_eq!(
            covered.done,
            practice::Done::default(),
            "not before he has said what he would do"
        );
        assert_eq!(covered.request, whole.request);
        let hand_in = |work: Work| small.write(&crew.junior, move |tx, cx| practice::hand_in(tx, cx, id, &work));
        let half = Work {
            diagnosis: " ".into(),
            ..work()
        };
        assert_eq!(key_of(hand_in(half)), "refused-empty");
        let learn = |words: &'static str| small.write(&crew.junior, move |tx, cx| practice::learnt(tx, cx, id, words));
        assert_eq!(
            learn("Ask first."),
            Err(Error::Conflict("conflict-practice-not-handed-in"))
        );
        small
            .write(&crew.junior, move |tx, cx| practice::save(tx, cx, id, &work()))
            .unwrap();
        assert_eq!(find(small, &crew.junior, id).unwrap().asks, "Since when?");
        hand_in(work()).unwrap();
        assert_eq!(hand_in(work()), Err(Error::Conflict("conflict-practice-handed-in")));
        assert_eq!(find(small, &crew.junior, id).unwrap().done, whole.done);
        learn("Ask first.").unwrap();
        small
            .write(&crew.lead, move |tx, cx| practice::comment(tx, cx, id, "Well asked."))
            .unwrap();
        let done = find(small, &crew.junior, id).unwrap();
        assert_eq!(
            (done.learnt.as_str(), done.comment.as_str()),
            ("Ask first.", "Well asked.")
        );
    });
}

#[test]
fn only_whoever_works_it_and_his_lead_read_it() {
    on_both(|small| {
        let crew = Crew::of(small);
        let number = solved(small, &crew);
        for who in [
            &crew.junior,
            &crew.colleague,
            &crew.elsewhere,
            &small.admin,
            &small.requester,
        ] {
            assert_eq!(
                give(small, who, &crew, number),
                Err(Error::NotFound),
                "{}",
                who.viewer.name
            );
        }
        let id = give(small, &crew.lead, &crew, number).unwrap();
        for who in [&crew.colleague, &crew.elsewhere, &small.admin, &small.requester] {
            let name = &who.viewer.name;
            assert_eq!(find(small, who, id).map(drop), Err(Error::NotFound), "{name}");
            let commented = small.write(who, move |tx, cx| practice::comment(tx, cx, id, "x"));
            assert_eq!(commented, Err(Error::NotFound), "{name}");
            let saved = small.write(who, move |tx, cx| practice::save(tx, cx, id, &work()));
            assert_eq!(saved, Err(Error::NotFound), "{name}");
        }
        let taken = small.write(&crew.junior, move |tx, cx| practice::remove(tx, cx, id));
        assert_eq!(taken, Err(Error::NotFound), "who got it does not take it away");
        let count = |who: &Context| small.read(who, practice::list).unwrap().len();
        assert_eq!(
            (count(&crew.junior), count(&crew.lead), count(&crew.colleague)),
            (1, 1, 0)
        );
        small
            .write(&crew.lead, move |tx, cx| practice::remove(tx, cx, id))
            .unwrap();
        assert_eq!(find(small, &crew.junior, id).map(drop), Err(Error::NotFound));
        small
            .write(&crew.lead, move |tx, cx| practice::restore(tx, cx, id))
            .unwrap();
        assert_eq!(count(&crew.junior), 1);
    });
}

#[test]
fn what_is_open_or_private_is_not_for_practice_and_what_is_practised_is_offered_no_more() {
    on_both(|small| {
        let crew = Crew::of(small);
        let open = small.open();
        assert_eq!(
            give(small, &crew.lead, &crew, open),
            Err(Error::Conflict("conflict-practice-not-solved"))
        );
        let number = solved(small, &crew);
        let offered = || small.read(&crew.lead, practice::offered).unwrap();
        assert_eq!(offered().len(), 1);
        give(small, &crew.lead, &crew, number).unwrap();
        assert!(offered().is_empty());
        let hidden = small.team("Inquiries", true);
        small.join(hidden, crew.lead.viewer.person);
        let lead = small.viewer_of(crew.lead.viewer.person);
        let secret = solved(small, &crew);
        small
            .write(&small.desk, move |tx, _| {
                tx.exec("UPDATE ticket SET team = $1 WHERE number = $2", &args![hidden, secret])?;
                Ok(())
            })
            .unwrap();
        assert_eq!(
            give(small, &lead, &crew, secret),
            Err(Error::Conflict("conflict-practice-private"))
        );
        assert!(offered().is_empty());
        let outside = small.read(&crew.junior, practice::offered);
        assert_eq!(outside, Err(Error::NotFound));
    });
}
