//! How it went: said by the requester alone, once a solving, changeable, seen by those who may see the ticket.

use desk::access::{Role, Via};
use desk::clock::DAY;
use desk::events::EventKind;
use desk::people;
use desk::ratings::{self, NewRating, RATED_FOR, Rated, Rating, RatingAnswer};
use desk::reports::{self, Asked, Period, Report};
use desk::tickets::{self, Channel, NewTicket, Solution};
use desk::{Context, Error, RatingId, Result, TicketNumber};

use crate::common::{NOW, Small, on_both};
use crate::tickets::at;

fn rate(small: &Small, cx: &Context, number: TicketNumber, answer: RatingAnswer, words: &str) -> Result<RatingId> {
    let new = NewRating {
        answer,
        words: words.to_string(),
    };
    small.write(cx, move |tx, cx| ratings::rate(tx, cx, number, &new))
}

fn solve(small: &Small, cx: &Context, number: TicketNumber) {
    small
        .write(cx, move |tx, cx| tickets::solve(tx, cx, number, &Solution::default()))
        .expect("solved");
}

fn solved(small: &Small) -> TicketNumber {
    let number = small.open();
    solve(small, &small.technician, number);
    number
}

fn said(small: &Small, number: TicketNumber) -> Vec<Rating> {
    small
        .read(&small.technician, move |r, cx| ratings::of_tickets(r, cx, &[number]))
        .expect("a technician reads them")
}

fn rated_events(small: &Small, number: TicketNumber) -> Vec<String> {
    let of_it = small.history(number).into_iter();
    of_it
        .filter(|e| e.kind == EventKind::Rated)
        .map(|e| e.changes().to_string())
        .collect()
}

#[test]
fn a_requester_says_how_it_went_and_says_it_anew() {
    on_both(|small| {
        let number = solved(small);
        let first = rate(small, &small.requester, number, RatingAnswer::Bad, " Too slow.\n ").unwrap();
        let kept = said(small, number);
        assert_eq!(kept.len(), 1);
        assert_eq!(
            (kept[0].answer, kept[0].words.0.as_str(), kept[0].solved_at),
            (RatingAnswer::Bad, "Too slow.", NOW)
        );
        assert_eq!(
            rate(small, &small.requester, number, RatingAnswer::Bad, "Too slow."),
            Ok(first)
        );
        assert_eq!(
            rated_events(small, number),
            [r#"{"answer":[null,"bad"]}"#],
            "said twice is said once"
        );
        let later = at(&small.requester, NOW.plus(DAY));
        assert_eq!(rate(small, &later, number, RatingAnswer::Good, ""), Ok(first));
        assert_eq!(rated_events(small, number)[1], r#"{"answer":["bad","good"]}"#);
        let kept = said(small, number);
        assert_eq!(
            (kept.len(), kept[0].answer, kept[0].at),
            (1, RatingAnswer::Good, later.now)
        );
        assert!(kept[0].words.is_empty());
    });
}

#[test]
fn what_was_said_goes_along_when_two_records_are_one_person_and_comes_back() {
    on_both(|small| {
        let other = small.person("Payroll office", "office@cedar.example", Role::Requester);
        let (his, both) = (solved(small), solved(small));
        rate(small, &small.requester, his, RatingAnswer::Bad, "Slow.").unwrap();
        rate(small, &small.requester, both, RatingAnswer::Good, "").unwrap();
        // The other one had spoken of the same solving before the request was his colleague's.
        small.exec(&format!(
            "INSERT INTO rating (ticket, person, answer, words, solved_at, at)
             SELECT ticket, {}, 'bad', words, solved_at, at FROM rating WHERE ticket = {both}",
            other.0
        ));
        let gone = small.requester.viewer.person;
        let whose = |number| {
            let mut all: Vec<i64> = said(small, number).iter().map(|r| r.person.0).collect();
            all.sort_unstable();
            all
        };
        let mut two = vec![gone.0, other.0];
        two.sort_unstable();
        small
            .write(&small.technician, move |tx, cx| people::merge(tx, cx, gone, other))
            .expect("merged");
        assert_eq!(
            (whose(his), whose(both)),
            (vec![other.0], two.clone()),
            "one answer a person"
        );
        small
            .write(&small.technician, move |tx, cx| people::unmerge(tx, cx, gone))
            .expect("parted");
        assert_eq!((whose(his), whose(both)), (vec![gone.0], two));
    });
}

#[test]
fn nobody_but_the_requester_says_how_it_went() {
    on_both(|small| {
        let number = solved(small);
        let other = small.person("Registry", "registry@cedar.example", Role::Requester);
        let mut lent = small.viewer_of(other);
        lent.viewer.via = Via::TicketLink(number);
        for cx in [&small.technician, &small.admin, &small.viewer_of(other), &lent] {
            assert_eq!(
                rate(small, cx, number, RatingAnswer::Good, ""),
                Err(Error::NotFound),
                "{:?}",
                cx.viewer
            );
            assert!(small.read(cx, move |r, cx| ratings::round(r, cx, number)).is_err());
        }
        let mut by_link = small.requester.clone();
        by_link.viewer.via = Via::TicketLink(number);
        rate(small, &by_link, number, RatingAnswer::Good, "").expect("by the link in his letter");
        let elsewhere = solved(small);
        assert_eq!(
            rate(small, &by_link, elsewhere, RatingAnswer::Good, ""),
            Err(Error::NotFound),
            "the link is for one request"
        );
        rate(small, &small.requester, elsewhere, RatingAnswer::Good, "").expect("the control: it is his");
    });
}

#[test]
fn it_is_said_of_what_is_solved_and_for_thirty_days() {
    on_both(|small| {
        let number = small.open();
        let open = Error::Conflict("conflict-rated-open");
        assert_eq!(
            rate(small, &small.requester, number, RatingAnswer::Good, ""),
            Err(open.clone())
        );
        solve(small, &small.technician, number);
        let long = "é".repeat(2_001);
        let Err(Error::Refused(all)) = rate(small, &small.requester, number, RatingAnswer::Good, &long) else {
            panic!("too long")
        };
        assert_eq!((all[0].field, all[0].key), ("words", "refused-too-long"));
        rate(small, &small.requester, number, RatingAnswer::Good, &long[..4_000]).expect("as long as it may be");
        let in_time = at(&small.requester, NOW.plus(RATED_FOR - 1));
        rate(small, &in_time, number, RatingAnswer::Bad, "").expect("in time");
        let late = at(&small.requester, NOW.plus(RATED_FOR));
        assert_eq!(
            rate(small, &late, number, RatingAnswer::Good, ""),
            Err(Error::Conflict("conflict-rated-late"))
        );
        let round = small.read(&late, move |r, cx| ratings::round(r, cx, number)).unwrap();
        assert_eq!(round.rated, Rated::TooLate);
        assert_eq!(round.said.map(|s| s.answer), Some(RatingAnswer::Bad));
        small
            .write(&small.requester, move |tx, cx| tickets::reopen(tx, cx, number))
            .unwrap();
        assert_eq!(rate(small, &small.requester, number, RatingAnswer::Good, ""), Err(open));
    });
}

#[test]
fn each_solving_is_asked_about_anew() {
    on_both(|small| {
        let number = solved(small);
        rate(small, &small.requester, number, RatingAnswer::Bad, "It came back.").unwrap();
        small
            .write(&small.requester, move |tx, cx| tickets::reopen(tx, cx, number))
            .unwrap();
        let later = at(&small.technician, NOW.plus(DAY));
        solve(small, &later, number);
        let me = at(&small.requester, NOW.plus(DAY));
        let round = small.read(&me, move |r, cx| ratings::round(r, cx, number)).unwrap();
        assert_eq!((round.rated, round.said), (Rated::Now(later.now), None));
        rate(small, &me, number, RatingAnswer::Good, "").unwrap();
        let answers: Vec<_> = said(small, number).iter().map(|s| (s.answer, s.solved_at)).collect();
        assert_eq!(answers, [(RatingAnswer::Good, later.now), (RatingAnswer::Bad, NOW)]);
        // A solution written down afterwards is no second solving.
        solve(small, &at(&small.technician, NOW.plus(2 * DAY)), number);
        let round = small.read(&me, move |r, cx| ratings::round(r, cx, number)).unwrap();
        assert_eq!(round.said.map(|s| s.answer), Some(RatingAnswer::Good));
    });
}

#[test]
fn what_is_said_of_a_merged_ticket_goes_to_the_one_kept() {
    on_both(|small| {
        let other = small.person("Registry", "registry@cedar.example", Role::Requester);
        let (kept, merged) = (small.open_with(|t| t.requester = other).number, small.open());
        small.does(move |tx, cx| tickets::merge(tx, cx, merged, kept)).unwrap();
        assert_eq!(
            rate(small, &small.requester, merged, RatingAnswer::Good, ""),
            Err(Error::Conflict("conflict-rated-open")),
            "the one kept is still worked on"
        );
        solve(small, &small.technician, kept);
        rate(small, &small.requester, merged, RatingAnswer::Good, "Mine too.").unwrap();
        rate(small, &small.viewer_of(other), kept, RatingAnswer::Bad, "").unwrap();
        let answers: Vec<_> = said(small, kept).iter().map(|s| (s.person, s.answer)).collect();
        assert_eq!(
            answers,
            [
                (other, RatingAnswer::Bad),
                (small.requester.viewer.person, RatingAnswer::Good)
            ]
        );
        assert!(said(small, merged).is_empty());
        assert_eq!(rated_events(small, kept).len(), 2);
        assert_eq!(
            rate(small, &small.requester, kept, RatingAnswer::Good, ""),
            Err(Error::NotFound),
            "the other's own request stays the other's"
        );
    });
}

#[test]
fn counts_leave_out_closed_teams_and_name_nobody() {
    on_both(|small| {
        let (open, closed) = (small.team("Bench", false), small.team("Payroll", true));
        let rated = |team, channel, answer, days: i64| {
            let new = NewTicket {
                team,
                ..NewTicket::new(small.requester.viewer.person, channel, "Screen", "Dark.")
            };
            let number = small
                .write(&small.desk, move |tx, cx| tickets::open(tx, cx, &new))
                .unwrap()
                .number;
            solve(small, &small.viewer_of(small.admin.viewer.person), number);
            rate(small, &at(&small.requester, NOW.plus(days * DAY)), number, answer, "").unwrap();
        };
        rated(Some(open), Channel::Mail, RatingAnswer::Good, 0);
        rated(Some(open), Channel::Mail, RatingAnswer::Bad, 1);
        rated(Some(open), Channel::Phone, RatingAnswer::Good, 1);
        rated(None, Channel::Mail, RatingAnswer::Good, 1);
        rated(Some(closed), Channel::Mail, RatingAnswer::Bad, 1);
        rated(Some(open), Channel::Mail, RatingAnswer::Good, 8);
        small.follow(100);
        let count = |cx: &Context| {
            let asked = Asked::of(Period::last(
                reports::day_of(NOW.plus(7 * DAY), &small.desk.house.zone),
                8,
            ));
            let found = small.report(cx, Report::Satisfaction, asked)?;
            let named = found.parts.into_iter().map(|(name, t)| (name, t.good, t.bad));
            Ok::<_, Error>((found.total.good, found.total.bad, named.collect::<Vec<_>>()))
        };
        let part = |name: &str, good, bad| (name.to_string(), good, bad);
        let (bench, none) = (part("Bench", 2, 1), part("No team", 1, 0));
        let seen = count(&small.viewer_of(small.technician.viewer.person)).unwrap();
        assert_eq!(seen, (3, 1, vec![bench, none]), "the ninth day is not asked for");
        let all = count(&small.viewer_of(small.admin.viewer.person)).unwrap();
        assert_eq!(
            (all.0, all.1, all.2.len()),
            (3, 2, 3),
            "the control: he is of the closed team too"
        );
        assert_eq!(count(&small.requester).err(), Some(Error::NotFound));
    });
}

#[test]
fn a_private_teams_ratings_are_its_members() {
    on_both(|small| {
        let closed = small.team("Payroll", true);
        let number = small.open_for(closed);
        solve(small, &small.viewer_of(small.admin.viewer.person), number);
        rate(small, &small.requester, number, RatingAnswer::Bad, "Wrong sum.").unwrap();
        let of = |cx: &Context| small.read(cx, move |r, cx| ratings::of_tickets(r, cx, &[number]));
        assert_eq!(of(&small.viewer_of(small.technician.viewer.person)), Ok(Vec::new()));
        small.join(closed, small.technician.viewer.person);
        assert_eq!(of(&small.viewer_of(small.technician.viewer.person)).unwrap().len(), 1);
        assert_eq!(of(&small.requester), Err(Error::NotFound));
    });
}
