//! The log of changes, on both engines: written down, approved, carried out, found beside tickets, and taken back.

mod around;
mod carried_out;

use desk::access::Role;
use desk::changes::{self, Asked, Change, Finish, NewChange, Outcome, Recorded, Risk, State};
use desk::clock::{DAY, HOUR};
use desk::{ChangeNumber, Context, Error, EventId, Result, ServiceId, Time};

use crate::common::{NOW, Small, key_of, on_both, refused};

pub(crate) fn titled(title: &str) -> NewChange {
    NewChange {
        title: title.into(),
        ..NewChange::default()
    }
}

pub(crate) fn risky(risk: Risk) -> NewChange {
    NewChange {
        title: "New firewall rules".into(),
        risk: Some(risk),
        back_out: "Load the old rules.".into(),
        begins_at: Some(NOW.plus(HOUR)),
        ends_at: Some(NOW.plus(2 * HOUR)),
        ..NewChange::default()
    }
}

impl Small {
    pub(crate) fn change(&self, cx: &Context, new: NewChange) -> ChangeNumber {
        self.write(cx, move |tx, cx| changes::open(tx, cx, &new))
            .unwrap()
            .number
    }

    pub(crate) fn logged(&self, new: NewChange, at: Time) -> Recorded {
        self.write(&self.technician, move |tx, cx| changes::log(tx, cx, &new, Some(at)))
            .unwrap()
    }

    pub(crate) fn the_change(&self, number: ChangeNumber) -> Change {
        self.read(&self.technician, move |r, cx| changes::find(r, cx, number))
            .unwrap()
    }

    pub(crate) fn ask(&self, number: ChangeNumber) -> Result<Recorded> {
        self.write(&self.technician, move |tx, cx| changes::ask(tx, cx, number))
    }

    pub(crate) fn approve(&self, cx: &Context, number: ChangeNumber) -> Result<Recorded> {
        self.write(cx, move |tx, cx| changes::approve(tx, cx, number, "Go on."))
    }

    pub(crate) fn start(&self, number: ChangeNumber) -> Result<Recorded> {
        self.write(&self.technician, move |tx, cx| changes::start(tx, cx, number))
    }

    pub(crate) fn finish(&self, number: ChangeNumber, outcome: Outcome, result: &'static str) -> Result<Recorded> {
        self.write(&self.technician, move |tx, cx| {
            let how = Finish {
                outcome,
                result: result.into(),
                at: None,
            };
            changes::finish(tx, cx, number, &how)
        })
    }

    pub(crate) fn undo_change(&self, event: EventId) -> Result<ChangeNumber> {
        self.write(&self.technician, move |tx, cx| changes::undo(tx, cx, event))
    }

    pub(crate) fn colleague(&self, name: &'static str, role: Role) -> Context {
        let address = format!("{}@desk.example", name.to_lowercase());
        self.viewer_of(self.person(name, &address, role))
    }
}

fn numbers(small: &Small, asked: Asked) -> Vec<ChangeNumber> {
    let page = small
        .read(&small.technician, move |r, cx| changes::list(r, cx, &asked))
        .unwrap();
    page.changes.into_iter().map(|change| change.number).collect()
}

#[test]
fn a_small_change_is_one_line_and_done_at_once() {
    on_both(|small| {
        let mut new = titled("  Updated driver on LT-04 ");
        new.devices = vec!["LT-04".into(), "lt-04".into()];
        let number = small
            .write(&small.technician, move |tx, cx| changes::log(tx, cx, &new, None))
            .unwrap()
            .number;
        let change = small.the_change(number);
        assert_eq!(change.title, "Updated driver on LT-04");
        assert_eq!((change.state, change.risk), (State::Done, Risk::Low));
        assert_eq!((change.started_at, change.ended_at), (Some(NOW), Some(NOW)));
        assert_eq!(change.owner, small.technician.viewer.person);
        assert_eq!(change.devices, ["LT-04"]);
        assert_eq!(number.shown(), format!("C-{number}"));
        assert!(!change.lacks_approval(Some(Risk::Medium)));
    });
}

#[test]
fn what_has_happened_is_kept_though_it_had_no_approval_and_is_marked() {
    on_both(|small| {
        let number = small.logged(risky(Risk::High), NOW.plus(-HOUR)).number;
        let change = small.the_change(number);
        assert_eq!(change.state, State::Done);
        assert!(change.lacks_approval(Some(Risk::Medium)));
        assert!(
            !change.lacks_approval(None),
            "where the house asks for none, none is missing"
        );
        let tomorrow = small.write(&small.technician, |tx, cx| {
            changes::log(tx, cx, &titled("Later"), Some(NOW.plus(DAY)))
        });
        assert_eq!(tomorrow, Err(refused("at", "refused-future")));
    });
}

#[test]
fn requesters_and_reading_tokens_have_no_part_in_it() {
    on_both(|small| {
        let number = small.change(&small.technician, titled("Switch replaced"));
        let open = small.write(&small.requester, |tx, cx| changes::open(tx, cx, &titled("x")).map(drop));
        assert_eq!(open, Err(Error::NotFound));
        let find = small.read(&small.requester, move |r, cx| changes::find(r, cx, number).map(drop));
        assert_eq!(find, Err(Error::NotFound));
        let list = small.read(&small.requester, |r, cx| {
            changes::list(r, cx, &Asked::default()).map(drop)
        });
        assert_eq!(list, Err(Error::NotFound));
        let calendar = small.read(&small.requester, |r, cx| {
            changes::calendar(r, cx, NOW, NOW.plus(DAY)).map(drop)
        });
        assert_eq!(calendar, Err(Error::NotFound));
        let mut reading = small.technician.clone();
        reading.viewer.via = desk::access::Via::Token(desk::access::Scopes::parse("read").unwrap());
        let open = small.write(&reading, |tx, cx| changes::open(tx, cx, &titled("x")).map(drop));
        assert_eq!(open, Err(Error::NotFound));
        assert!(small.read(&reading, move |r, cx| changes::find(r, cx, number)).is_ok());
    });
}

#[test]
fn what_is_refused_is_refused_at_its_field() {
    on_both(|small| {
        let key = |change: fn(&mut NewChange)| {
            let mut new = titled("x");
            change(&mut new);
            key_of(small.write(&small.technician, move |tx, cx| changes::open(tx, cx, &new)))
        };
        assert_eq!(key(|new| new.title.clear()), "refused-empty");
        assert_eq!(key(|new| new.title = "a\nb".into()), "refused-one-line");
        assert_eq!(key(|new| new.title = "x".repeat(251)), "refused-too-long");
        assert_eq!(key(|new| new.devices = vec!["x".repeat(101)]), "refused-devices");
        assert_eq!(key(|new| new.services = vec![ServiceId(9)]), "refused-no-such-service");
        assert_eq!(
            key(|new| new.owner = Some(desk::PersonId(999))),
            "refused-no-such-person"
        );
        assert_eq!(key(|new| new.ends_at = Some(NOW)), "refused-change-ends");
        assert_eq!(key(|new| new.begins_at = Some(Time(i64::MAX))), "refused-moment");
        assert_eq!(small.count("SELECT count(*) FROM system_change"), 0);
    });
}

#[test]
fn a_retired_service_stays_on_the_change_that_had_it_and_is_taken_to_no_other() {
    on_both(|small| {
        let mail = small.service("Mail", "Courriel");
        let with = |title: &str| NewChange {
            services: vec![mail],
            ..titled(title)
        };
        let number = small.change(&small.technician, with("Certificates"));
        small
            .write(&small.admin, move |tx, cx| desk::services::retire(tx, cx, mail))
            .unwrap();
        let edited = with("Certificates renewed");
        small
            .write(&small.technician, move |tx, cx| changes::edit(tx, cx, number, &edited))
            .unwrap();
        let other = with("Another");
        let opened = small.write(&small.technician, move |tx, cx| changes::open(tx, cx, &other));
        assert_eq!(key_of(opened), "refused-no-such-service");
    });
}

#[test]
fn the_log_is_read_page_by_page_and_narrowed() {
    on_both(|small| {
        let mail = small.service("Mail", "Courriel");
        let all: Vec<ChangeNumber> = (0..5)
            .map(|days| small.logged(titled("Patches"), NOW.plus(-days * DAY)).number)
            .collect();
        let mut of_mail = titled("Certificates");
        of_mail.services = vec![mail];
        let draft = small.change(&small.technician, of_mail);
        let page = small
            .read(&small.technician, |r, cx| {
                let asked = Asked {
                    limit: 2,
                    states: vec![State::Done],
                    ..Asked::default()
                };
                changes::list(r, cx, &asked)
            })
            .unwrap();
        let first: Vec<ChangeNumber> = page.changes.iter().map(|change| change.number).collect();
        assert_eq!(first, all[..2]);
        let rest = Asked {
            before: page.next,
            states: vec![State::Done],
            ..Asked::default()
        };
        assert_eq!(numbers(small, rest), all[2..]);
        let of_service = Asked {
            service: Some(mail),
            ..Asked::default()
        };
        assert_eq!(numbers(small, of_service), [draft]);
        let days = Asked {
            from: Some(NOW.plus(-3 * DAY)),
            until: Some(NOW.plus(-DAY)),
            ..Asked::default()
        };
        assert_eq!(numbers(small, days), all[2..4]);
    });
}

#[test]
fn the_calendar_marks_what_meets_on_one_service() {
    on_both(|small| {
        let (mail, vpn) = (small.service("Mail", "Courriel"), small.service("VPN", "RPV"));
        let plan = |title: &str, from: i64, hours: i64, services: Vec<ServiceId>| {
            let new = NewChange {
                begins_at: Some(NOW.plus(from * HOUR)),
                ends_at: Some(NOW.plus((from + hours) * HOUR)),
                services,
                ..titled(title)
            };
            small.change(&small.technician, new)
        };
        let one = plan("Certificates", 1, 3, vec![mail]);
        let two = plan("Filters", 2, 1, vec![mail, vpn]);
        let after = plan("Migration", 4, 1, vec![mail]);
        let elsewhere = plan("Gateway", 1, 3, vec![]);
        let later = plan("Next month", 30 * 24, 1, vec![mail]);
        small.change(&small.technician, titled("Without a time"));
        let entries = small
            .read(&small.technician, |r, cx| {
                changes::calendar(r, cx, NOW, NOW.plus(7 * DAY))
            })
            .unwrap();
        let seen: Vec<(ChangeNumber, Vec<ChangeNumber>)> = entries
            .into_iter()
            .map(|entry| (entry.change.number, entry.overlaps))
            .collect();
        assert_eq!(
            seen,
            [(one, vec![two]), (elsewhere, vec![]), (two, vec![one]), (after, vec![])],
            "{later} is outside"
        );
    });
}

#[test]
fn what_was_written_down_is_taken_off_again_unless_it_went_on() {
    on_both(|small| {
        let logged = small.logged(titled("Wrong line"), NOW);
        let number = small.undo_change(logged.event).unwrap();
        let gone = small.read(&small.technician, move |r, cx| changes::find(r, cx, number).map(drop));
        assert_eq!(gone, Err(Error::NotFound));
        assert!(numbers(small, Asked::default()).is_empty());
        assert_eq!(
            small.count("SELECT count(*) FROM system_change"),
            1,
            "nothing typed is lost"
        );
        let other = small.logged(titled("Cabling"), NOW);
        small.finish(other.number, Outcome::Failed, "Wrong port.").unwrap();
        assert_eq!(
            small.undo_change(other.event),
            Err(Error::Conflict("conflict-changed-since"))
        );
    });
}

#[test]
fn an_event_of_something_else_is_not_undone_here() {
    on_both(|small| {
        let opened = small.open_with(|_| ());
        assert_eq!(small.undo_change(opened.event), Err(Error::NotFound));
        let logged = small.logged(titled("Cabling"), NOW);
        let by_requester = small.write(&small.requester, move |tx, cx| changes::undo(tx, cx, logged.event));
        assert_eq!(by_requester, Err(Error::NotFound));
        assert_eq!(numbers(small, Asked::default()), [logged.number]);
    });
}
