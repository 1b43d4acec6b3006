//! Calendars: who keeps them, what is refused, and that the desk's own hours are one of them.

use desk::calendars::{self, Calendar, NewCalendar, NewDay, Why};
use desk::clock::HOUR;
use desk::house::House;
use desk::words::{Both, Lang};
use desk::{CalendarId, Context, Error, EventId, Result};
use jiff::civil::date;

use crate::common::{NOW, Small, key_of, on_both};

fn weekdays(hours: &str) -> NewCalendar {
    let day = |n: usize| if n < 5 { hours.to_string() } else { String::new() };
    NewCalendar {
        name: Both::new("Support", "Soutien"),
        zone: "America/Montreal".into(),
        week: std::array::from_fn(day),
        holidays: "qc".into(),
    }
}

fn own(day: &str, name: &str, yearly: bool) -> NewDay {
    NewDay {
        day: day.into(),
        name: name.into(),
        yearly,
    }
}

impl Small {
    fn add_calendar(&self, new: NewCalendar) -> Result<CalendarId> {
        self.write(&self.admin, move |tx, cx| calendars::add(tx, cx, &new))
    }

    fn calendar(&self, id: CalendarId) -> Calendar {
        self.read(&self.admin, move |r, cx| calendars::find(r, cx, id)).unwrap()
    }

    fn add_day(&self, id: CalendarId, new: NewDay) -> Result<EventId> {
        self.write(&self.admin, move |tx, cx| calendars::add_day(tx, cx, id, &new))
    }

    fn loaded(&self, id: CalendarId) -> worktime::Calendar {
        self.db.read_now(move |r| calendars::load(r, id)).unwrap()
    }

    fn calendars(&self, cx: &Context, with_retired: bool) -> Result<Vec<String>> {
        let all = self.read(cx, move |r, cx| calendars::list(r, cx, Lang::En, with_retired));
        all.map(|all| all.into_iter().map(|calendar| calendar.name.en).collect())
    }

    fn house_calendar(&self) -> CalendarId {
        let all = self.read(&self.admin, |r, cx| calendars::list(r, cx, Lang::En, false));
        all.unwrap().into_iter().find(|calendar| calendar.house).unwrap().id
    }
}

#[test]
fn the_desks_own_hours_are_the_first_calendar_and_the_one_it_promises_by() {
    on_both(|small| {
        let id = small.house_calendar();
        let standard = worktime::Calendar::standard("America/Toronto").unwrap();
        assert_eq!(
            small.admin.house.calendar, standard,
            "as it was before there were calendars"
        );
        let mut new = weekdays("10-12");
        new.name = Both::new("Opening hours", "Heures d’ouverture");
        assert_eq!(
            key_of(small.write(&small.admin, {
                let new = new.clone();
                move |tx, cx| calendars::edit(tx, cx, id, &new)
            })),
            "refused-house-zone",
            "its zone is the desk's"
        );
        new.zone.clear();
        small
            .write(&small.admin, move |tx, cx| calendars::edit(tx, cx, id, &new))
            .unwrap();
        let house = small.db.write_now(House::load).unwrap();
        assert_eq!(house.calendar, small.loaded(id));
        // NOW is a Tuesday, 10:22 in Toronto.
        assert_eq!(house.calendar.add(NOW.0, 2 * HOUR), Some(NOW.0 + 24 * HOUR));
        let retire = small.write(&small.admin, move |tx, cx| calendars::retire(tx, cx, id));
        assert_eq!(retire, Err(Error::Conflict("conflict-house-calendar")));
        small
            .db
            .write_now(|tx| desk::house::put(tx, "zone", "America/Vancouver"))
            .unwrap();
        assert_eq!(small.loaded(id).zone().iana_name(), Some("America/Vancouver"));
    });
}

#[test]
fn administrators_keep_them_and_nobody_else_finds_any() {
    on_both(|small| {
        let id = small.add_calendar(weekdays("8-12, 13-17")).unwrap();
        assert_eq!(
            small.calendars(&small.admin, false).unwrap(),
            ["Opening hours", "Support"]
        );
        for cx in [&small.technician, &small.requester] {
            assert_eq!(small.calendars(cx, false), Err(Error::NotFound));
            let new = weekdays("8-12");
            let tried = small.write(cx, move |tx, cx| calendars::add(tx, cx, &new).map(drop));
            assert_eq!(tried, Err(Error::NotFound));
            let new = weekdays("8-12");
            let tried = small.write(cx, move |tx, cx| calendars::edit(tx, cx, id, &new).map(drop));
            assert_eq!(tried, Err(Error::NotFound));
            let tried = small.write(cx, move |tx, cx| calendars::retire(tx, cx, id).map(drop));
            assert_eq!(tried, Err(Error::NotFound));
            let day = own("2026-12-24", "Closed", false);
            let tried = small.write(cx, move |tx, cx| calendars::add_day(tx, cx, id, &day).map(drop));
            assert_eq!(tried, Err(Error::NotFound));
        }
        let nowhere = small.write(&small.admin, |tx, cx| calendars::retire(tx, cx, CalendarId(99)));
        assert_eq!(nowhere, Err(Error::NotFound));
        assert_eq!(
            small.count("SELECT count(*) FROM audit WHERE action = 'calendar-add'"),
            1
        );
        assert_eq!(
            small.count("SELECT count(*) FROM event WHERE kind = 'calendar_changed'"),
            1
        );
    });
}

#[test]
fn what_is_refused_is_refused_at_its_field() {
    on_both(|small| {
        let refused = |change: fn(&mut NewCalendar)| {
            let mut new = weekdays("8-17");
            change(&mut new);
            match small.add_calendar(new) {
                Err(Error::Refused(all)) => all.iter().map(|one| (one.field, one.key)).collect(),
                other => panic!("{other:?}"),
            }
        };
        let cases: [(fn(&mut NewCalendar), _); 9] = [
            (|new| new.name.fr.clear(), ("name_fr", "refused-empty")),
            (|new| new.name.en = "a\nb".into(), ("name_en", "refused-one-line")),
            (|new| new.zone = "America/Torontoo".into(), ("zone", "refused-zone")),
            (|new| new.holidays = "xx".into(), ("holidays", "refused-choice")),
            (|new| new.week = Default::default(), ("monday", "refused-no-hours")),
            (
                |new| new.week[2] = "17-8".into(),
                ("wednesday", "refused-hours-backwards"),
            ),
            (
                |new| new.week[6] = "8-12, 11-13".into(),
                ("sunday", "refused-hours-overlap"),
            ),
            (|new| new.week[0] = "8-24:01".into(), ("monday", "refused-hours-form")),
            (|new| new.week[0] = "always".into(), ("monday", "refused-hours-form")),
        ];
        for (change, answer) in cases {
            let all: Vec<(&str, &str)> = refused(change);
            assert_eq!(all, [answer]);
        }
        let both: Vec<(&str, &str)> = refused(|new| {
            new.week = Default::default();
            new.week[1] = "9".into();
            new.zone = "Nowhere".into();
        });
        assert_eq!(
            both,
            [("zone", "refused-zone"), ("tuesday", "refused-hours-form")],
            "all at once, and no word of hours that are missing while some cannot be read"
        );
        assert_eq!(small.count("SELECT count(*) FROM calendar"), 1);
        small.add_calendar(weekdays("0-24")).unwrap();
    });
}

#[test]
fn days_of_its_own_are_added_once_and_removed() {
    on_both(|small| {
        let id = small.add_calendar(weekdays("8-17")).unwrap();
        small.add_day(id, own("2026-12-24", "Office closed", true)).unwrap();
        small.add_day(id, own("2026-11-20", "We move", false)).unwrap();
        for (new, key) in [
            (own("2026-12-24", "Again", false), "refused-day-twice"),
            (own("2029-12-24", "Again", false), "refused-day-twice"),
            (own("2026-11-20", "Again", false), "refused-day-twice"),
            (own("2020-11-20", "Again", true), "refused-day-twice"),
            (own("2026-02-30", "No day", false), "refused-date"),
            (own("1926-02-03", "Long ago", false), "refused-date"),
            (own("2027-01-04", " ", false), "refused-empty"),
        ] {
            assert_eq!(key_of(small.add_day(id, new)), key);
        }
        small.add_day(id, own("2027-11-20", "Another year", false)).unwrap();
        let built = small.loaded(id);
        assert!(built.is_day_off(date(2026, 11, 20)), "a single day");
        assert!(!built.is_day_off(date(2028, 11, 20)));
        assert!(built.is_day_off(date(2031, 12, 24)), "every year");
        assert!(built.is_day_off(date(2026, 6, 24)), "the national holiday of Quebec");
        assert!(!built.is_day_off(date(2026, 8, 3)));
        let removed = small
            .write(&small.admin, move |tx, cx| {
                calendars::remove_day(tx, cx, id, date(2026, 11, 20))
            })
            .unwrap();
        assert!(!small.loaded(id).is_day_off(date(2026, 11, 20)));
        let gone = small.write(&small.admin, move |tx, cx| {
            calendars::remove_day(tx, cx, id, date(2026, 11, 20))
        });
        assert_eq!(gone, Err(Error::NotFound));
        small
            .write(&small.admin, move |tx, cx| calendars::undo(tx, cx, removed))
            .unwrap();
        assert!(small.loaded(id).is_day_off(date(2026, 11, 20)));
    });
}

#[test]
fn what_was_done_is_taken_back_unless_it_was_changed_since() {
    on_both(|small| {
        let id = small.add_calendar(weekdays("8-17")).unwrap();
        let edit = |hours: &str| {
            let new = weekdays(hours);
            small
                .write(&small.admin, move |tx, cx| calendars::edit(tx, cx, id, &new))
                .unwrap()
        };
        let undo = |event| small.write(&small.admin, move |tx, cx| calendars::undo(tx, cx, event));
        let first = edit("9-16");
        assert_eq!(calendars::written(&small.calendar(id).week[0]), "09:00-16:00");
        assert_eq!(undo(first), Ok(id));
        assert_eq!(calendars::written(&small.calendar(id).week[0]), "08:00-17:00");
        let first = edit("9-16");
        edit("10-16");
        assert_eq!(undo(first), Err(Error::Conflict("conflict-changed-since")));
        let retired = small
            .write(&small.admin, move |tx, cx| calendars::retire(tx, cx, id))
            .unwrap();
        assert_eq!(small.calendars(&small.admin, false).unwrap(), ["Opening hours"]);
        assert_eq!(small.loaded(id).add(NOW.0, 0), Some(NOW.0), "what counts by it goes on");
        undo(retired).unwrap();
        assert_eq!(small.calendars(&small.admin, false).unwrap().len(), 2);
        let by_technician = small.write(&small.technician, move |tx, cx| calendars::undo(tx, cx, retired));
        assert_eq!(by_technician, Err(Error::NotFound));
        let added = small.db.read_now(|r| {
            let id: EventId = r.one("SELECT min(id) FROM event WHERE kind = 'calendar_changed'", &[])?;
            Ok::<_, Error>(id)
        });
        assert_eq!(undo(added.unwrap()), Err(Error::Conflict("conflict-cannot-undo")));
    });
}

#[test]
fn the_days_off_of_the_next_twelve_months_have_their_reasons() {
    on_both(|small| {
        let id = small.add_calendar(weekdays("8-17")).unwrap();
        small.add_day(id, own("2020-12-24", "Office closed", true)).unwrap();
        small.add_day(id, own("2026-11-24", "We move", false)).unwrap();
        let upcoming = calendars::upcoming(&small.calendar(id), date(2026, 11, 24)).unwrap();
        let first: Vec<_> = upcoming.iter().take(4).map(|off| (off.date, off.why.clone())).collect();
        let public = |name| Why::Public { name, in_lieu: false };
        assert_eq!(
            first,
            [
                (date(2026, 11, 24), Why::Own("We move".into())),
                (date(2026, 12, 24), Why::Own("Office closed".into())),
                (date(2026, 12, 25), public("christmas")),
                (date(2027, 1, 1), public("new-year")),
            ]
        );
        assert_eq!(upcoming.last().unwrap().date, date(2027, 10, 11), "Thanksgiving");
        assert_eq!(upcoming.len(), 10, "eight public ones and two of its own");
    });
}
