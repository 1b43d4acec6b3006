//! The team board, on both engines: its sums are what a count of the tickets gives, and who may open it.

use desk::access::Role;
use desk::board::{self, Board, Hand, Shown, Why};
use desk::clock::{DAY, HOUR, MINUTE};
use desk::people::{self, NewPerson};
use desk::ratings::{self, NewRating, RatingAnswer};
use desk::tickets::{self, Solution};
use desk::topics::{self, NewTopic};
use desk::{Context, Error, Result, TeamId};

use crate::common::{NOW, Small, on_both};
use crate::tickets::{at, words};

type Sums = (Vec<(String, i64, i64, i64, i64)>, Vec<(i64, i64, String)>);

impl Small {
    fn sums(&self) -> Sums {
        self.db
            .read_now(|r| -> Result<Sums> {
                let sums = r.query(
                    "SELECT measure, start, team, part, n FROM board_sum ORDER BY measure, start, team, part",
                    &[],
                )?;
                let tickets = r.query("SELECT ticket, team, places FROM board_ticket ORDER BY ticket", &[])?;
                Ok((sums, tickets))
            })
            .expect("read")
    }

    fn board(&self, cx: &Context, team: Option<TeamId>) -> Result<Board> {
        self.read(cx, move |r, cx| board::board(r, cx, team))
    }

    fn supervisor(&self) -> Context {
        let new = NewPerson::new("Tamarack", "tamarack@desk.example", Role::Supervisor);
        let id = self.write(&self.desk, move |tx, cx| people::add(tx, cx, &new)).unwrap();
        self.viewer_of(id)
    }
}

/// A week of a desk: late, waiting, solved, reopened, moved and merged.
fn busy(small: &Small) -> TeamId {
    let team = small.team("Service desk", false);
    let person = small.technician.viewer.person;
    small.join(team, person);
    let topic = small
        .write(&small.admin, move |tx, cx| {
            let new = NewTopic {
                parent: None,
                name_en: "Printing".into(),
                name_fr: "Impression".into(),
                team: Some(team),
            };
            topics::add(tx, cx, &new)
        })
        .unwrap();
    for ago in 0..9 {
        let began = NOW.plus(-ago * DAY - HOUR);
        let opened =
            small.open_with(|new| (new.created_at, new.team, new.topic) = (Some(began), Some(team), Some(topic)));
        let number = opened.number;
        let cx = at(&small.technician, began.plus(10 * MINUTE));
        match ago % 4 {
            0 => {
                small
                    .write(&cx, move |tx, cx| tickets::assign(tx, cx, number, person))
                    .unwrap();
            }
            1 => {
                small
                    .write(&cx, move |tx, cx| tickets::reply(tx, cx, number, &words("Try again.")))
                    .unwrap();
                small
                    .write(&cx, move |tx, cx| tickets::solve(tx, cx, number, &Solution::default()))
                    .unwrap();
            }
            2 => {
                small.write(&cx, move |tx, cx| tickets::take(tx, cx, number)).unwrap();
            }
            _ => {}
        }
    }
    team
}

#[test]
fn the_sums_are_what_a_count_from_nothing_gives() {
    on_both(|small| {
        let team = busy(small);
        small.follow(3);
        let solved = small.open_for(team);
        let rated = small.requester.viewer.person;
        small
            .write(&small.technician, move |tx, cx| {
                tickets::solve(tx, cx, solved, &Solution::default())
            })
            .unwrap();
        let new = NewRating {
            answer: RatingAnswer::Good,
            words: String::new(),
        };
        let asks = small.viewer_of(rated);
        small
            .write(&asks, move |tx, cx| ratings::rate(tx, cx, solved, &new))
            .unwrap();
        small.follow(2);
        let kept = small.sums();
        assert!(kept.0.len() > 20, "{kept:?}");
        let found: Vec<&str> = kept.0.iter().map(|sum| sum.0.as_str()).collect();
        for measure in [
            "opened", "solved", "reply", "at_once", "kept", "good", "topic", "age", "held",
        ] {
            assert!(found.contains(&measure), "control: {measure} is counted");
        }
        assert!(kept.0.iter().all(|sum| sum.4 > 0), "a sum of nothing has no row");
        small.rebuild_figures();
        assert_eq!(small.sums(), kept);
        small.exec("UPDATE board_sum SET n = n + 1 WHERE measure = 'opened'");
        assert_ne!(small.sums(), kept, "control: a wrong sum is seen");
        small.rebuild_figures();
        assert_eq!(small.sums(), kept);
    });
}

#[test]
fn the_board_says_what_is_open_late_and_in_whose_hands() {
    on_both(|small| {
        let team = busy(small);
        small.follow(100);
        let board = small.board(&small.supervisor(), Some(team)).unwrap();
        assert_eq!(board.day.shown, Shown::Today);
        assert_eq!(board.figures.open.now, 7, "nine came, two are solved");
        assert_eq!(board.figures.open.days[0], Some(2), "a week ago two had come");
        assert_eq!(board.ages.iter().map(|aged| aged.n).sum::<i64>(), 7);
        assert_eq!(board.opened[9], 1, "one came at nine: {:?}", board.opened);
        assert_eq!(board.opened.len(), 11, "of what is still to come nothing");
        let load = board.loads.iter().find(|load| load.name == "Bench").unwrap();
        assert_eq!(load.total, 5);
        assert_eq!(load.beads.len(), 5);
        assert!(load.count(Hand::Late) > 0, "{:?}", load.beads);
        assert!(board.late > 0 && board.needs.iter().any(|need| need.why == Why::Late));
        assert!(board.usual.is_empty(), "one week says nothing of what is usual");
        assert_eq!(
            (board.asked[0].topic.as_str(), board.asked[0].n, board.asked[0].before),
            ("Printing", 7, 2)
        );
        assert_eq!(board.cover.len(), 1);
        assert!(!board.cover[0].here, "nobody asked for a page");
        small.session(small.technician.viewer.person);
        let board = small.board(&small.supervisor_again(), Some(team)).unwrap();
        assert!(board.cover[0].here && board.loads[0].here, "control: he is here now");
    });
}

impl Small {
    fn supervisor_again(&self) -> Context {
        let id = self.count("SELECT id FROM person WHERE name = 'Tamarack'");
        self.viewer_of(desk::PersonId(id))
    }
}

#[test]
fn five_tuesdays_make_a_usual_one() {
    on_both(|small| {
        let team = small.team("Service desk", false);
        for week in 1..=5 {
            for n in 0..week {
                let began = NOW.plus(-week * 7 * DAY + n * MINUTE);
                small.open_with(|new| (new.created_at, new.team) = (Some(began), Some(team)));
            }
        }
        small.follow(100);
        let board = small.board(&small.supervisor(), None).unwrap();
        assert_eq!(board.weeks, 5);
        // The clocks went back on November 1: before that the same instant is an hour later on the wall.
        let usual: Vec<i64> = board.usual.iter().map(|usual| usual.high).collect();
        assert_eq!(usual.len(), 24);
        assert!(usual[10] + usual[11] > 0, "{usual:?}");
        assert_eq!(usual[3], 0);
    });
}

#[test]
fn a_board_is_for_its_team_and_for_supervisors_and_a_closed_team_is_on_nobody_elses() {
    on_both(|small| {
        let (open, private) = (small.team("Service desk", false), small.team("Payroll", true));
        small.open_for(open);
        small.open_for(private);
        small.follow(100);
        let outside = small.viewer_of(small.technician.viewer.person);
        for team in [None, Some(open), Some(private), Some(TeamId(999))] {
            let answer = small.board(&outside, team).map(drop);
            assert_eq!(answer, Err(Error::NotFound), "a technician without a team: {team:?}");
        }
        let asks = small.viewer_of(small.requester.viewer.person);
        assert_eq!(small.board(&asks, None).map(drop), Err(Error::NotFound));
        small.join(open, outside.viewer.person);
        let member = small.viewer_of(outside.viewer.person);
        assert_eq!(
            small.board(&member, None).unwrap().figures.open.now,
            1,
            "his own team's"
        );
        assert_eq!(small.board(&member, Some(private)).map(drop), Err(Error::NotFound));
        let supervisor = small.supervisor();
        assert_eq!(small.board(&supervisor, None).unwrap().figures.open.now, 1);
        assert_eq!(small.board(&supervisor, Some(private)).map(drop), Err(Error::NotFound));
        let admin = small.viewer_of(small.admin.viewer.person);
        assert_eq!(small.board(&admin, None).unwrap().figures.open.now, 2, "control");
    });
}
