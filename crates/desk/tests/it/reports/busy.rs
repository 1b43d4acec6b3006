//! A busy year: whatever was done, in whatever portions the follower read it and however often, the figures are those
//! that the tickets themselves give.

use desk::clock::{DAY, HOUR, MINUTE};
use desk::events::{self, Cursor, EventKind};
use desk::ratings::{self, NewRating, RatingAnswer};
use desk::reports;
use desk::tickets::{self, Channel, Edit, NewMessage, Solution};
use desk::topics::{self, NewTopic};
use desk::{Context, EventId, Result, TeamId, TicketNumber, Time, TopicId};

use crate::common::{NOW, Small, on_both};
use crate::tickets::{at, words};

/// A small generator of numbers (xorshift): the same year every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(sides).unwrap()).unwrap()
    }

    fn of<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.roll(from.len())]
    }
}

struct Year<'a> {
    small: &'a Small,
    dice: Dice,
    now: Time,
    teams: Vec<TeamId>,
    topics: Vec<TopicId>,
    tickets: Vec<TicketNumber>,
    done: Vec<EventId>,
}

impl Year<'_> {
    fn new(small: &Small) -> Year<'_> {
        let teams = vec![small.team("Service desk", false), small.team("Payroll", true)];
        let topic = |name: &str| {
            let new = NewTopic {
                parent: None,
                name_en: name.into(),
                name_fr: name.into(),
                team: None,
            };
            small
                .write(&small.admin, move |tx, cx| topics::add(tx, cx, &new))
                .unwrap()
        };
        Year {
            small,
            dice: Dice(0x5eed_cede),
            now: NOW.plus(-365 * DAY),
            topics: vec![topic("Printers"), topic("Network"), topic("Accounts")],
            teams,
            tickets: Vec::new(),
            done: Vec::new(),
        }
    }

    /// What may be refused (a closed ticket, a change since) is part of the year.
    fn does(&mut self, verb: impl FnOnce(&mut desk::Write, &Context) -> Result<EventId> + Send + 'static) {
        let cx = at(&self.small.admin, self.now);
        if let Ok(event) = self.small.write(&cx, verb) {
            self.done.push(event);
        }
    }

    fn opens(&mut self) {
        let (team, topic) = (
            self.dice.of(&[None, Some(0), Some(1)]),
            self.dice.of(&[None, Some(0), Some(1), Some(2)]),
        );
        let (team, topic) = (team.map(|at| self.teams[at]), topic.map(|at: usize| self.topics[at]));
        let channel = self
            .dice
            .of(&[Channel::Mail, Channel::Phone, Channel::Portal, Channel::InPerson]);
        let now = self.now;
        let opened = self.small.open_with(|new| {
            (new.team, new.topic, new.channel, new.created_at) = (team, topic, channel, Some(now));
        });
        self.tickets.push(opened.number);
    }

    fn deed(&mut self) {
        self.now = self
            .now
            .plus(i64::try_from(self.dice.roll(24 * 60)).unwrap() * MINUTE + HOUR);
        if self.tickets.len() < 3 || self.dice.roll(4) == 0 {
            return self.opens();
        }
        let number = self.dice.of(&self.tickets);
        match self.dice.roll(11) {
            0..=2 => {
                let said = NewMessage {
                    then: self
                        .dice
                        .of(&[None, Some(tickets::Status::Pending), Some(tickets::Status::Solved)]),
                    ..words("We look into it.")
                };
                let kind = self.dice.roll(4);
                self.does(move |tx, cx| {
                    let (changed, _) = match kind {
                        0 => tickets::note(tx, cx, number, &said)?,
                        1 => tickets::log_call(tx, cx, number, &said)?,
                        _ => tickets::reply(tx, cx, number, &said)?,
                    };
                    Ok(changed.event)
                });
            }
            3..=4 => self.does(move |tx, cx| Ok(tickets::solve(tx, cx, number, &Solution::default())?.event)),
            5 => self.does(move |tx, cx| Ok(tickets::reopen(tx, cx, number)?.event)),
            6 => {
                let into = self.dice.of(&self.tickets);
                self.does(move |tx, cx| Ok(tickets::merge(tx, cx, number, into)?.event));
            }
            7 => {
                let edit = Edit {
                    team: Some(self.dice.of(&[None, Some(self.teams[0]), Some(self.teams[1])])),
                    topic: Some(Some(self.dice.of(&self.topics))),
                    ..Edit::default()
                };
                self.does(move |tx, cx| Ok(tickets::edit(tx, cx, number, &edit)?.event));
            }
            8 => self.is_rated(number),
            _ => self.undoes(),
        }
    }

    /// Refused while it is not solved, which is part of the year too.
    fn is_rated(&mut self, number: TicketNumber) {
        let new = NewRating {
            answer: self.dice.of(&[RatingAnswer::Good, RatingAnswer::Bad]),
            words: String::new(),
        };
        let cx = at(&self.small.requester, self.now);
        let _ = self.small.write(&cx, move |tx, cx| ratings::rate(tx, cx, number, &new));
    }

    fn undoes(&mut self) {
        let Some(event) = self.done.pop() else { return };
        let cx = at(&self.small.admin, self.now);
        // Refused when somebody changed it since: the year goes on.
        let _ = self.small.write(&cx, move |tx, cx| tickets::undo(tx, cx, event));
    }
}

/// The last lines once more: a follower that died after its effects and before its cursor.
fn again(small: &Small) {
    let house = small.desk.house.clone();
    small
        .db
        .write_now(move |tx| -> Result<()> {
            let end = events::cursor_of(tx, "reports")?;
            let before = match end.tx {
                0 => Cursor {
                    tx: 0,
                    event: (end.event - 7).max(0),
                },
                tx => Cursor {
                    tx: (tx - 50).max(1),
                    event: 0,
                },
            };
            let lines = events::since(tx, before, 5)?;
            reports::take_in(tx, &house, &lines)?;
            reports::take_in(tx, &house, &lines)
        })
        .unwrap();
}

#[test]
fn the_figures_of_a_busy_year_are_those_of_its_tickets() {
    on_both(|small| {
        let mut year = Year::new(small);
        for deed in 0..1200 {
            year.deed();
            if deed % 97 == 0 {
                small.follow(i64::try_from(year.dice.roll(40) + 1).unwrap());
                again(small);
            }
        }
        small.follow(13);
        let followed = small.counted();
        assert!(followed.1.len() > 150, "a year has many tickets: {}", followed.1.len());
        for kind in [
            EventKind::Merged,
            EventKind::Reopened,
            EventKind::Undone,
            EventKind::Edited,
            EventKind::Rated,
        ] {
            let told = small
                .db
                .read_now(move |r| -> Result<i64> {
                    Ok(r.one("SELECT count(*) FROM event WHERE kind = $1", &db::args![kind])?)
                })
                .unwrap();
            assert!(told > 5, "{kind}: {told}");
        }
        small.rebuild_figures();
        assert_eq!(followed, small.counted(), "followed, and built from nothing");

        // The control: one line that the follower never saw.
        let number = year.tickets[0];
        let last = small.open();
        small.skip_to_the_end();
        let missed = small.counted();
        small.rebuild_figures();
        assert_ne!(
            missed,
            small.counted(),
            "ticket {last} after {number} was passed over, and nobody noticed"
        );
    });
}
