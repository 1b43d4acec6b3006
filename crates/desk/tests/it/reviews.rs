//! Words of people under supervision: they wait, a senior reads them, and they leave in their author's name; on both
//! engines.

mod around;
mod rules;

use desk::access::Role;
use desk::mailboxes::{MailboxFields, boxes};
use desk::people::{self, Level};
use desk::reviews::{self, Handed, NewRule, SeenAs, State, What, Words};
use desk::tickets::{self, NewMessage, Solution, Status};
use desk::{Context, Error, EventId, PersonId, Result, ReviewId, TicketNumber};

use crate::common::{NOW, Small, key_of, on_both, refused};

pub(crate) fn saying(body: &str) -> NewMessage {
    NewMessage {
        body: body.into(),
        then: Some(Status::Pending),
        ..NewMessage::default()
    }
}

pub(crate) fn up_to_basic(what: What, reviewer: Option<PersonId>) -> NewRule {
    NewRule {
        level: Some(Level::Basic),
        person: None,
        what,
        topic: None,
        reviewer,
    }
}

fn with_mailbox(small: &Small) {
    small
        .write(&small.desk, |tx, cx| {
            boxes::add(tx, cx, &MailboxFields::new("support@desk.example"))
        })
        .expect("added");
}

impl Small {
    /// A supervisor who has set the technician to the first level and made a rule for it.
    pub(crate) fn supervised(&self, what: What, reviewer: Option<PersonId>) -> Context {
        if self.count("SELECT count(*) FROM mailbox") == 0 {
            with_mailbox(self);
        }
        let senior = self.colleague("Larch", Role::Supervisor);
        let junior = self.technician.viewer.person;
        self.write(&senior, move |tx, cx| {
            people::set_level(tx, cx, junior, Some(Level::Basic))?;
            reviews::add_rule(tx, cx, &up_to_basic(what, reviewer))
        })
        .unwrap();
        senior
    }

    pub(crate) fn hand_in(&self, cx: &Context, number: TicketNumber, body: &'static str) -> Handed {
        self.write(cx, move |tx, cx| reviews::reply(tx, cx, number, &saying(body)))
            .unwrap()
    }

    pub(crate) fn reply_waits(&self, number: TicketNumber) -> ReviewId {
        self.hand_in(&self.technician, number, "It is mended.").review.unwrap()
    }

    pub(crate) fn the_review(&self, cx: &Context, id: ReviewId) -> Result<reviews::Shown> {
        self.read(cx, move |r, cx| reviews::find(r, cx, id))
    }

    pub(crate) fn seen_now(&self, cx: &Context, id: ReviewId) -> SeenAs {
        let shown = self.the_review(cx, id).unwrap();
        SeenAs {
            revision: shown.review.revision,
            ticket: shown.ticket.updated_at,
        }
    }

    pub(crate) fn says_yes(&self, cx: &Context, id: ReviewId) -> Result<EventId> {
        let seen = self.seen_now(&self.technician, id);
        self.write(cx, move |tx, cx| reviews::approve(tx, cx, id, seen, None))
    }

    pub(crate) fn sends_back(&self, cx: &Context, id: ReviewId, why: &'static str) -> Result<EventId> {
        let revision = self.seen_now(&self.technician, id).revision;
        self.write(cx, move |tx, cx| reviews::send_back(tx, cx, id, revision, why))
    }

    pub(crate) fn hands_in_again(&self, id: ReviewId, body: &'static str) -> Result<EventId> {
        let revision = self.seen_now(&self.technician, id).revision;
        self.write(&self.technician, move |tx, cx| {
            reviews::hand_in_again(tx, cx, id, revision, &replying(body))
        })
    }

    pub(crate) fn replies_sent(&self) -> (i64, i64) {
        let sent = "SELECT count(*) FROM message WHERE kind = 'reply' AND state = 'sent'";
        let letters = "SELECT count(*) FROM outgoing WHERE message IS NOT NULL AND state = 'waiting'";
        (self.count(sent), self.count(letters))
    }
}

pub(crate) fn replying(body: &str) -> Words {
    Words {
        body: body.into(),
        ..Words::default()
    }
}

#[test]
fn a_juniors_reply_waits_and_nobody_elses_does() {
    on_both(|small| {
        with_mailbox(small);
        let number = small.open();
        assert_eq!(
            small.hand_in(&small.technician, number, "Ours.").review,
            None,
            "no rule yet"
        );
        assert_eq!(small.replies_sent(), (1, 1));
        let senior = small.supervised(What::Reply, None);
        let id = small.reply_waits(number);
        assert_eq!(small.replies_sent(), (1, 1), "kept, and nothing leaves");
        assert_eq!(small.ticket(number).status, Status::Pending, "as it was before");
        let past = small.write(&small.technician, move |tx, cx| {
            tickets::reply(tx, cx, number, &saying("Past it."))
        });
        assert_eq!(past.map(drop), Err(Error::Conflict("conflict-needs-review")));
        let note = small.write(&small.technician, move |tx, cx| {
            tickets::note(tx, cx, number, &saying("Inside."))
        });
        assert!(note.is_ok(), "what stays inside does not wait");
        assert_eq!(small.hand_in(&senior, number, "A senior's.").review, None);
        let shown = small.the_review(&senior, id).unwrap();
        assert_eq!((shown.review.state, shown.decides), (State::Waiting, true));
        assert_eq!(shown.versions[0].body.0, "It is mended.");
    });
}

#[test]
fn a_yes_sends_it_once_in_its_authors_name() {
    on_both(|small| {
        let senior = small.supervised(What::Reply, None);
        let number = small.open();
        let id = small.reply_waits(number);
        let other = small.colleague("Spruce", Role::Technician);
        assert_eq!(
            small.says_yes(&small.technician, id),
            Err(Error::Conflict("conflict-own-review"))
        );
        assert_eq!(
            small.says_yes(&other, id),
            Err(Error::NotFound),
            "no senior: it is not there"
        );
        assert_eq!(small.says_yes(&small.requester, id), Err(Error::NotFound));
        small.says_yes(&senior, id).unwrap();
        assert_eq!(small.replies_sent(), (1, 1));
        let junior = small.technician.viewer.person.0;
        let by = "SELECT count(*) FROM message WHERE kind = 'reply' AND author = $1";
        assert_eq!(small.count_of(by, junior), 1);
        assert_eq!(small.ticket(number).status, Status::Pending);
        let named = "SELECT count(*) FROM event WHERE kind = 'review_approved' AND actor = $1";
        assert_eq!(small.count_of(named, senior.viewer.person.0), 1);
        let twice = small.says_yes(&senior, id);
        assert_eq!(twice, Err(Error::Conflict("conflict-not-in-review")));
        assert_eq!(small.replies_sent(), (1, 1), "once");
    });
}

#[test]
fn nobody_approves_his_own_whatever_he_is() {
    on_both(|small| {
        let senior = small.colleague("Larch", Role::Supervisor);
        let rule = NewRule {
            level: None,
            person: Some(senior.viewer.person),
            ..up_to_basic(What::Reply, None)
        };
        small
            .write(&small.admin, move |tx, cx| reviews::add_rule(tx, cx, &rule))
            .unwrap();
        let number = small.open();
        let id = small.hand_in(&senior, number, "Mine.").review.unwrap();
        assert!(!small.the_review(&senior, id).unwrap().decides);
        let seen = small.seen_now(&senior, id);
        let own = small.write(&senior, move |tx, cx| reviews::approve(tx, cx, id, seen, None));
        assert_eq!(own, Err(Error::Conflict("conflict-own-review")));
        let other = small.write(&small.admin, move |tx, cx| reviews::approve(tx, cx, id, seen, None));
        assert!(other.is_ok());
    });
}

#[test]
fn what_a_senior_changes_is_sent_and_its_author_sees_it() {
    on_both(|small| {
        let senior = small.supervised(What::Reply, None);
        let id = small.reply_waits(small.open());
        let seen = small.seen_now(&senior, id);
        small
            .write(&senior, move |tx, cx| {
                reviews::approve(tx, cx, id, seen, Some(&replying("It is mended now. \n")))
            })
            .unwrap();
        let shown = small.the_review(&small.technician, id).unwrap();
        let bodies: Vec<&str> = shown.versions.iter().map(|v| v.body.0.as_str()).collect();
        assert_eq!(bodies, ["It is mended.", "It is mended now."]);
        assert_eq!(shown.versions[1].writer, senior.viewer.person);
        assert_eq!(shown.review.state, State::Approved);
        assert_eq!(small.replies_sent(), (1, 1));
    });
}

#[test]
fn it_goes_back_with_a_reason_and_comes_again() {
    on_both(|small| {
        let senior = small.supervised(What::Reply, None);
        let id = small.reply_waits(small.open());
        assert_eq!(key_of(small.sends_back(&senior, id, "  ")), "refused-empty");
        let unchanged = small.hands_in_again(id, "It is mended.");
        assert_eq!(unchanged, Err(refused("body", "refused-review-unchanged")));
        small.sends_back(&senior, id, "Say which tray.").unwrap();
        let mine = |small: &Small, cx: &Context| small.read(cx, reviews::mine_count).unwrap();
        assert_eq!((mine(small, &small.technician), mine(small, &senior)), (1, 0));
        assert_eq!(
            small.says_yes(&senior, id),
            Err(Error::Conflict("conflict-not-in-review"))
        );
        assert_eq!(small.hands_in_again(id, " "), Err(refused("body", "refused-empty")));
        small.hands_in_again(id, "Tray two is mended.").unwrap();
        assert_eq!((mine(small, &small.technician), mine(small, &senior)), (0, 1));
        let shown = small.the_review(&senior, id).unwrap();
        assert_eq!(shown.versions.len(), 2);
        assert_eq!(shown.versions[0].words, "Say which tray.");
        small.says_yes(&senior, id).unwrap();
        assert_eq!(small.replies_sent(), (1, 1));
    });
}

#[test]
fn a_yes_is_to_what_was_read() {
    on_both(|small| {
        let senior = small.supervised(What::Reply, None);
        let id = small.reply_waits(small.open());
        let seen = small.seen_now(&senior, id);
        small.hands_in_again(id, "Something else.").unwrap();
        let old = small.write(&senior, move |tx, cx| reviews::approve(tx, cx, id, seen, None));
        assert_eq!(old, Err(Error::Conflict("conflict-review-changed")));
        let other = small.write(&senior, move |tx, cx| {
            reviews::hand_in_again(tx, cx, id, seen.revision, &replying("Not mine."))
        });
        assert_eq!(other, Err(Error::Conflict("conflict-review-authors")));
        assert_eq!(small.replies_sent(), (0, 0));
    });
}

#[test]
fn its_author_takes_it_back_into_his_composer() {
    on_both(|small| {
        let senior = small.supervised(What::Reply, None);
        let number = small.open();
        let id = small.reply_waits(number);
        small
            .write(&small.technician, move |tx, cx| reviews::take_back(tx, cx, id))
            .unwrap();
        let drafts = small
            .read(&small.technician, move |r, cx| desk::drafts::of_ticket(r, cx, number))
            .unwrap();
        assert_eq!(drafts[0].body, "It is mended.");
        assert_eq!(
            small.says_yes(&senior, id),
            Err(Error::Conflict("conflict-not-in-review"))
        );
        let handed = small.hand_in(&small.technician, number, "Once more.");
        small
            .write(&small.technician, move |tx, cx| tickets::undo(tx, cx, handed.event))
            .unwrap();
        let shown = small.the_review(&small.technician, handed.review.unwrap()).unwrap();
        assert_eq!(shown.review.state, State::TakenBack, "by the undo too");
    });
}

#[test]
fn a_yes_is_undone_while_the_letter_waits() {
    on_both(|small| {
        let senior = small.supervised(What::Reply, None);
        let number = small.open();
        let id = small.reply_waits(number);
        let event = small.says_yes(&senior, id).unwrap();
        let undo = |small: &Small, cx: &Context, event: EventId| {
            small.write(cx, move |tx, cx| reviews::undo(tx, cx, id, event).map(drop))
        };
        let own = undo(small, &small.technician, event);
        assert_eq!(own, Err(Error::Conflict("conflict-own-review")));
        undo(small, &senior, event).unwrap();
        assert_eq!(small.replies_sent(), (0, 0));
        assert_eq!(small.the_review(&senior, id).unwrap().review.state, State::Waiting);
        assert_eq!(
            undo(small, &senior, event),
            Err(Error::Conflict("conflict-changed-since"))
        );
        let event = small.says_yes(&senior, id).unwrap();
        small.exec("UPDATE outgoing SET state = 'sent'");
        assert_eq!(
            undo(small, &senior, event),
            Err(Error::Conflict("conflict-already-sent"))
        );
        assert_eq!(small.the_review(&senior, id).unwrap().review.state, State::Approved);
        let second = small.reply_waits(number);
        let event = small.sends_back(&senior, second, "Shorter.").unwrap();
        small
            .write(&senior, move |tx, cx| reviews::undo(tx, cx, second, event))
            .unwrap();
        assert_eq!(small.the_review(&senior, second).unwrap().review.state, State::Waiting);
    });
}

#[test]
fn a_solution_waits_by_every_way_to_solve() {
    on_both(|small| {
        let senior = small.supervised(What::Solution, None);
        let number = small.open();
        let solution = || Solution {
            cause: "Paper".into(),
            steps: "Fill it.".into(),
            helped: String::new(),
        };
        let past = small.write(&small.technician, move |tx, cx| {
            tickets::solve(tx, cx, number, &solution())
        });
        assert_eq!(past.map(drop), Err(Error::Conflict("conflict-solution-needs-review")));
        let called = small.write(&small.technician, move |tx, cx| {
            let solved = NewMessage {
                then: Some(Status::Solved),
                ..saying("Told him.")
            };
            tickets::log_call(tx, cx, number, &solved)
        });
        assert_eq!(called.map(drop), Err(Error::Conflict("conflict-solution-needs-review")));
        let (_, bulk) = small
            .write(&small.technician, move |tx, cx| {
                tickets::bulk(tx, cx, &[number], &tickets::Deed::Solve)
            })
            .unwrap();
        assert_eq!(bulk.left, [(number, "conflict-solution-needs-review")]);
        let handed = small
            .write(&small.technician, move |tx, cx| {
                reviews::solve(tx, cx, number, &solution())
            })
            .unwrap();
        assert_ne!(small.ticket(number).status, Status::Solved);
        small.says_yes(&senior, handed.review.unwrap()).unwrap();
        assert_eq!(small.ticket(number).status, Status::Solved);
        let by = "SELECT count(*) FROM solution WHERE author = $1";
        assert_eq!(small.count_of(by, small.technician.viewer.person.0), 1);
    });
}

#[test]
fn no_reply_that_is_held_is_given_a_time() {
    on_both(|small| {
        let number = small.open();
        let plan = |small: &Small| {
            small.write(&small.technician, move |tx, cx| {
                tickets::plan_reply(tx, cx, number, &saying("Later."), NOW.plus(desk::clock::DAY)).map(drop)
            })
        };
        assert_eq!(plan(small), Ok(()));
        small.supervised(What::Reply, None);
        assert_eq!(plan(small), Err(Error::Conflict("conflict-review-no-time")));
    });
}
