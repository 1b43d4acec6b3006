//! Public holidays on days that are known from official lists, set by set.

use jiff::civil::{Date, Weekday, date};
use worktime::HolidaySet;
use worktime::holidays::DayOff;

fn office(weekday: Weekday) -> bool {
    !matches!(weekday, Weekday::Saturday | Weekday::Sunday)
}

fn days(set: HolidaySet, year: i16) -> Vec<(Date, &'static str, bool)> {
    let told = |off: DayOff| (off.date, off.name, off.in_lieu);
    set.days(year, office).into_iter().map(told).collect()
}

/// Month and day of each day off, the days in lieu with a star.
fn told(set: HolidaySet, year: i16) -> String {
    let one = |(date, _, in_lieu): (Date, &str, bool)| {
        let star = if in_lieu { "*" } else { "" };
        format!("{}-{}{star}", date.month(), date.day())
    };
    days(set, year).into_iter().map(one).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_whole_year_of_every_set_is_as_published() {
    use HolidaySet as S;
    for (set, in_2026) in [
        (S::Federal, "1-1 4-3 5-18 7-1 9-7 9-30 10-12 11-11 12-25 12-26 12-28*"),
        (S::Alberta, "1-1 2-16 4-3 5-18 7-1 9-7 10-12 11-11 12-25"),
        (
            S::BritishColumbia,
            "1-1 2-16 4-3 5-18 7-1 8-3 9-7 9-30 10-12 11-11 12-25",
        ),
        (S::Manitoba, "1-1 2-16 4-3 5-18 7-1 9-7 9-30 10-12 11-11 12-25"),
        (S::NewBrunswick, "1-1 2-16 4-3 7-1 8-3 9-7 11-11 12-25"),
        (S::Newfoundland, "1-1 4-3 7-1 9-7 11-11 12-25"),
        (S::NovaScotia, "1-1 2-16 4-3 7-1 9-7 11-11 12-25"),
        (
            S::NorthwestTerritories,
            "1-1 4-3 5-18 6-21 7-1 8-3 9-7 9-30 10-12 11-11 12-25",
        ),
        (S::Nunavut, "1-1 4-3 5-18 7-1 7-9 8-3 9-7 9-30 10-12 11-11 12-25"),
        (S::Ontario, "1-1 2-16 4-3 5-18 7-1 9-7 10-12 12-25 12-26 12-28*"),
        (S::PrinceEdwardIsland, "1-1 2-16 4-3 7-1 9-7 9-30 11-11 12-25"),
        (S::Quebec, "1-1 4-3 5-18 6-24 7-1 9-7 10-12 12-25"),
        (S::Saskatchewan, "1-1 2-16 4-3 5-18 7-1 8-3 9-7 10-12 11-11 12-25"),
        (S::Yukon, "1-1 4-3 5-18 6-21 6-22* 7-1 8-17 9-7 9-30 10-12 11-11 12-25"),
    ] {
        assert_eq!(told(set, 2026), in_2026, "{}", set.code());
    }
}

#[test]
fn well_known_days_are_where_everybody_remembers_them() {
    use HolidaySet as S;
    for (set, name, on) in [
        (S::Ontario, "victoria-day", date(2020, 5, 18)),
        (S::Ontario, "victoria-day", date(2021, 5, 24)),
        (S::Quebec, "patriots-day", date(2025, 5, 19)),
        (S::Ontario, "family-day", date(2024, 2, 19)),
        (S::Manitoba, "louis-riel-day", date(2027, 2, 15)),
        (S::Alberta, "good-friday", date(2024, 3, 29)),
        (S::Federal, "good-friday", date(2035, 3, 23)),
        (S::Federal, "labour-day", date(2025, 9, 1)),
        (S::Federal, "thanksgiving", date(2029, 10, 8)),
        (S::Yukon, "discovery-day", date(2025, 8, 18)),
        (S::Saskatchewan, "saskatchewan-day", date(2022, 8, 1)),
        (S::Nunavut, "nunavut-day", date(2020, 7, 9)),
        (S::NewBrunswick, "new-brunswick-day", date(2023, 8, 7)),
        (S::PrinceEdwardIsland, "islander-day", date(2030, 2, 18)),
        (S::NovaScotia, "heritage-day", date(2037, 2, 16)),
    ] {
        assert!(days(set, on.year()).contains(&(on, name, false)), "{name} of {on}");
    }
}

#[test]
fn a_day_of_reconciliation_begins_in_its_year() {
    use HolidaySet as S;
    for (set, first) in [
        (S::Federal, 2021),
        (S::PrinceEdwardIsland, 2022),
        (S::NorthwestTerritories, 2022),
        (S::Nunavut, 2022),
        (S::BritishColumbia, 2023),
        (S::Yukon, 2023),
        (S::Manitoba, 2024),
    ] {
        let kept = |year| days(set, year).iter().any(|(_, name, _)| *name == "reconciliation-day");
        assert!(!kept(first - 1) && kept(first), "{}", set.code());
    }
    assert!((2020..2038).all(|year| {
        days(S::Ontario, year)
            .iter()
            .all(|(_, name, _)| *name != "reconciliation-day")
    }));
}

#[test]
fn a_holiday_without_work_on_it_is_given_on_the_next_working_day() {
    let lieu = |set, year| {
        let all = days(set, year);
        all.into_iter()
            .filter(|(_, _, in_lieu)| *in_lieu)
            .map(|(date, name, _)| (date.month(), date.day(), name))
            .collect::<Vec<_>>()
    };
    // 2021: Christmas on a Saturday, the day after on a Sunday. 2022: Christmas on a Sunday, and the day after is taken.
    assert_eq!(
        lieu(HolidaySet::Ontario, 2021),
        [(12, 27, "christmas"), (12, 28, "boxing-day")]
    );
    assert_eq!(
        lieu(HolidaySet::Ontario, 2022),
        [(1, 3, "new-year"), (12, 27, "christmas")]
    );
    // 1 July on a Sunday is kept on the Monday everywhere; on a Saturday, where the Act gives another day.
    for set in HolidaySet::ALL {
        let july = lieu(set, 2029).into_iter().filter(|(month, ..)| *month == 7).count();
        assert_eq!(july, 1, "{}", set.code());
    }
    assert!(lieu(HolidaySet::Alberta, 2023).is_empty());
    assert!(lieu(HolidaySet::Federal, 2023).contains(&(7, 3, "canada-day")));
    // 24 June on a Sunday, in Quebec.
    assert_eq!(
        lieu(HolidaySet::Quebec, 2029),
        [(6, 25, "national-holiday"), (7, 2, "canada-day")]
    );
    // Where people work on Sundays nothing is given in its place.
    assert!(HolidaySet::Quebec.days(2029, |_| true).iter().all(|off| !off.in_lieu));
    assert!(HolidaySet::Quebec.days(2029, |_| false).iter().all(|off| !off.in_lieu));
}

#[test]
fn every_day_off_lies_in_its_year_and_none_is_told_twice() {
    for set in HolidaySet::ALL {
        assert_eq!(HolidaySet::parse(set.code()), Some(set));
        for year in 1900..2200 {
            let days = days(set, year);
            assert!(
                days.iter().all(|(date, ..)| date.year() == year),
                "{} {year}",
                set.code()
            );
            let mut dates: Vec<Date> = days.iter().map(|(date, ..)| *date).collect();
            dates.dedup();
            assert_eq!(dates.len(), days.len(), "{} {year}", set.code());
        }
    }
    assert_eq!(HolidaySet::parse("xx"), None);
    assert_eq!(HolidaySet::parse("QC"), None);
}
