//! Reviews of solved tickets, on both engines: what is drawn, who may read it, and what is told of a team.

use std::collections::BTreeMap;

use desk::access::Role;
use desk::events::EventKind;
use desk::people::{self, NewPerson};
use desk::quality::{self, Answer, Filled, NewRule, Question, Review, State};
use desk::tickets::{self, Solution};
use desk::{Context, Error, PersonId, Result, ReviewId, TeamId, TicketNumber, teams};

use crate::common::{Small, key_of, on_both};

struct Crew {
    team: TeamId,
    lead: Context,
    works: Context,
}

fn hire(small: &Small, name: &str, role: Role) -> PersonId {
    let new = NewPerson::new(name, &format!("{}@desk.example", name.to_lowercase()), role);
    small
        .write(&small.desk, move |tx, cx| people::add(tx, cx, &new))
        .unwrap()
}

fn crew(small: &Small) -> Crew {
    let team = small.team("Service desk", false);
    let (lead, works) = (
        hire(small, "Cedar", Role::Supervisor),
        hire(small, "Larch", Role::Technician),
    );
    small.join(team, lead);
    small.join(team, works);
    small
        .write(&small.admin, move |tx, cx| teams::lead(tx, cx, team, lead, true))
        .unwrap();
    Crew {
        team,
        lead: small.viewer_of(lead),
        works: small.viewer_of(works),
    }
}

fn solved(small: &Small, crew: &Crew, by: &Context) -> TicketNumber {
    let number = small.open_for(crew.team);
    small
        .write(by, move |tx, cx| tickets::solve(tx, cx, number, &Solution::default()))
        .unwrap();
    number
}

fn every(small: &Small, crew: &Crew, nth: i64) -> desk::RuleId {
    let new = NewRule {
        team: Some(crew.team),
        nth: Some(nth),
        ..NewRule::default()
    };
    small
        .write(&crew.lead, move |tx, cx| quality::add_rule(tx, cx, &new))
        .unwrap()
}

fn queue(small: &Small, cx: &Context) -> Vec<Review> {
    small.read(cx, quality::queue).unwrap()
}

fn filled(answer: Answer) -> Filled {
    Filled {
        answers: Question::ALL.iter().map(|question| (*question, answer)).collect(),
        words: "Well said.".into(),
    }
}

fn fill(small: &Small, cx: &Context, id: ReviewId, filled: Filled) -> Result<()> {
    small
        .write(cx, move |tx, cx| quality::fill(tx, cx, id, &filled))
        .map(drop)
}

#[test]
fn what_is_solved_is_drawn_once_and_only_after_the_rule() {
    on_both(|small| {
        let crew = crew(small);
        solved(small, &crew, &crew.works);
        small.follow(100);
        let rule = every(small, &crew, 1);
        let later = solved(small, &crew, &crew.works);
        small.follow(100);
        let drawn = queue(small, &crew.lead);
        // The first was solved at the same moment as the rule was said: the clock of the test stands still.
        assert!(
            drawn
                .iter()
                .any(|review| review.ticket == later && review.rule == Some(rule))
        );
        let before = drawn.len();
        small.exec("UPDATE follower SET tx = 0, event = 0 WHERE name = 'reports'");
        small.follow(100);
        assert!(queue(small, &crew.lead).len() <= before + 1, "read twice, drawn once");
        let count = small.count("SELECT count(*) FROM quality_review");
        let tickets = small.count("SELECT count(DISTINCT ticket) FROM quality_review");
        assert_eq!(count, tickets);
        small
            .write(&crew.lead, move |tx, cx| quality::end_rule(tx, cx, rule))
            .unwrap();
        solved(small, &crew, &crew.works);
        small.follow(100);
        assert_eq!(
            small.count("SELECT count(*) FROM quality_review"),
            count,
            "the rule has ended"
        );
    });
}

#[test]
fn nothing_is_drawn_of_who_was_suspended_and_a_week_has_its_number() {
    on_both(|small| {
        let crew = crew(small);
        let new = NewRule {
            team: Some(crew.team),
            weekly: Some(2),
            ..NewRule::default()
        };
        small
            .write(&crew.lead, move |tx, cx| quality::add_rule(tx, cx, &new))
            .unwrap();
        for _ in 0..12 {
            solved(small, &crew, &crew.works);
        }
        small.follow(100);
        assert_eq!(queue(small, &crew.lead).len(), 2, "two a week");
        let gone = hire(small, "Birch", Role::Technician);
        small.join(crew.team, gone);
        let birch = small.viewer_of(gone);
        for _ in 0..12 {
            solved(small, &crew, &birch);
        }
        small
            .write(&small.admin, move |tx, cx| people::suspend(tx, cx, gone))
            .unwrap();
        small.follow(100);
        assert_eq!(
            small.count_of("SELECT count(*) FROM quality_review WHERE person = $1", gone.0),
            0
        );
    });
}

#[test]
fn a_review_is_for_the_person_and_the_leads_alone_and_for_others_it_is_not_there() {
    on_both(|small| {
        let crew = crew(small);
        let number = solved(small, &crew, &crew.works);
        let id = small
            .write(&crew.lead, move |tx, cx| quality::pick(tx, cx, number))
            .unwrap();
        let reads = |cx: &Context| {
            small
                .read(cx, move |r, cx| quality::find(r, cx, id))
                .map(|review| review.words)
        };
        let other = hire(small, "Birch", Role::Technician);
        small.join(crew.team, other);
        let others = [
            small.viewer_of(other),
            small.viewer_of(small.admin.viewer.person),
            small.supervisor_of_none(),
        ];
        assert_eq!(reads(&crew.works), Err(Error::NotFound), "it is not filled yet");
        fill(small, &crew.lead, id, filled(Answer::Yes)).unwrap();
        assert_eq!(reads(&crew.works).unwrap(), "Well said.");
        assert_eq!(reads(&crew.lead).unwrap(), "Well said.", "control");
        for who in &others {
            assert_eq!(reads(who), Err(Error::NotFound), "{}", who.viewer.name);
            assert_eq!(fill(small, who, id, filled(Answer::No)), Err(Error::NotFound));
            let person = crew.works.viewer.person;
            let trend = small
                .read(who, move |r, cx| quality::of_person(r, cx, person))
                .map(drop);
            assert_eq!(trend, Err(Error::NotFound));
        }
        assert_eq!(
            fill(small, &crew.works, id, filled(Answer::No)),
            Err(Error::NotFound),
            "nor about himself"
        );
        assert_eq!(small.read(&crew.works, quality::about_me).unwrap().len(), 1);
    });
}

impl Small {
    fn supervisor_of_none(&self) -> Context {
        self.viewer_of(hire(self, "Hemlock", Role::Supervisor))
    }
}

#[test]
fn nobody_reviews_himself() {
    on_both(|small| {
        let crew = crew(small);
        let own = solved(small, &crew, &crew.lead);
        let picked = small.write(&crew.lead, move |tx, cx| quality::pick(tx, cx, own));
        assert_eq!(key_of(picked), "refused-quality-own");
        every(small, &crew, 1);
        solved(small, &crew, &crew.lead);
        small.follow(100);
        let drawn = small.count_of(
            "SELECT count(*) FROM quality_review WHERE person = $1",
            crew.lead.viewer.person.0,
        );
        assert!(drawn > 0, "control: a lead's tickets are drawn too, for another lead");
        assert!(
            queue(small, &crew.lead)
                .iter()
                .all(|review| review.person != crew.lead.viewer.person)
        );
    });
}

#[test]
fn what_cannot_be_picked_is_refused_with_its_reason() {
    on_both(|small| {
        let crew = crew(small);
        let open = small.open_for(crew.team);
        let pick = |cx: &Context, number| small.write(cx, move |tx, cx| quality::pick(tx, cx, number));
        assert_eq!(key_of(pick(&crew.lead, open)), "refused-quality-unsolved");
        assert_eq!(
            key_of(pick(&crew.lead, TicketNumber(999_999))),
            "refused-no-such-ticket"
        );
        let elsewhere = small.open_for(small.team("Network", false));
        small
            .write(&small.technician, move |tx, cx| {
                tickets::solve(tx, cx, elsewhere, &Solution::default())
            })
            .unwrap();
        assert_eq!(key_of(pick(&crew.lead, elsewhere)), "refused-quality-not-led");
        let number = solved(small, &crew, &crew.works);
        pick(&crew.lead, number).unwrap();
        assert_eq!(key_of(pick(&crew.lead, number)), "refused-quality-twice");
        assert_eq!(pick(&crew.works, number), Err(Error::NotFound), "he leads nobody");
    });
}

#[test]
fn all_five_are_answered_and_what_was_put_aside_comes_back() {
    on_both(|small| {
        let crew = crew(small);
        let number = solved(small, &crew, &crew.works);
        let id = small
            .write(&crew.lead, move |tx, cx| quality::pick(tx, cx, number))
            .unwrap();
        let few = Filled {
            answers: BTreeMap::from([(Question::Understood, Answer::Yes)]),
            words: String::new(),
        };
        let Err(Error::Refused(refusals)) = fill(small, &crew.lead, id, few) else {
            panic!("four are missing");
        };
        assert_eq!(
            refusals.iter().map(|r| r.field).collect::<Vec<_>>(),
            ["right", "plain", "recorded", "kept"]
        );
        small
            .write(&crew.lead, move |tx, cx| quality::drop_review(tx, cx, id))
            .unwrap();
        assert!(queue(small, &crew.lead).is_empty());
        assert_eq!(
            fill(small, &crew.lead, id, filled(Answer::Yes)),
            Err(Error::Conflict("conflict-quality-dropped"))
        );
        small
            .write(&crew.lead, move |tx, cx| quality::restore(tx, cx, id))
            .unwrap();
        assert_eq!(queue(small, &crew.lead)[0].state, State::Waiting);
        fill(small, &crew.lead, id, filled(Answer::Partly)).unwrap();
        let last = small
            .db
            .read_now(|r| -> Result<EventKind> { Ok(r.one("SELECT kind FROM event ORDER BY id DESC LIMIT 1", &[])?) });
        assert_eq!(last.unwrap(), EventKind::QualityFilled);
    });
}

#[test]
fn a_team_is_told_of_itself_only_when_there_is_enough() {
    on_both(|small| {
        let crew = crew(small);
        let mut people = vec![crew.works.clone()];
        for name in ["Birch", "Alder"] {
            let id = hire(small, name, Role::Technician);
            small.join(crew.team, id);
            people.push(small.viewer_of(id));
        }
        let team = crew.team;
        let of_team = |cx: &Context| small.read(cx, move |r, cx| quality::of_team(r, cx, team));
        for n in 0..10 {
            let trend = of_team(&crew.works).unwrap();
            assert_eq!((trend.missing, trend.lines.len()), (10 - n, 0), "so many more");
            let who = if n == 9 { 2 } else { usize::try_from(n % 2).unwrap() };
            let number = solved(small, &crew, &people[who]);
            let id = small
                .write(&crew.lead, move |tx, cx| quality::pick(tx, cx, number))
                .unwrap();
            fill(
                small,
                &crew.lead,
                id,
                filled(if n < 4 { Answer::Yes } else { Answer::No }),
            )
            .unwrap();
        }
        let trend = of_team(&crew.works).unwrap();
        assert_eq!(trend.missing, 0);
        assert!(
            trend
                .lines
                .iter()
                .all(|(_, now, before)| now.percent() == Some(40) && before.of == 0)
        );
        let outside = small.viewer_of(small.technician.viewer.person);
        assert_eq!(of_team(&outside).map(drop), Err(Error::NotFound));
        let person = crew.works.viewer.person;
        let own = small
            .read(&crew.works, move |r, cx| quality::of_person(r, cx, person))
            .unwrap();
        assert_eq!(own.missing, 5, "five of his are no sample");
    });
}
