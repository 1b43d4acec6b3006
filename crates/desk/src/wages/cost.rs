//! What something costs. Pure.

/// Weeks of a year.
pub const WEEKS: i64 = 52;

/// Cents for so many people over so many minutes at so many cents an hour, to the nearest cent. Nothing where there are
/// more than can be counted.
pub fn cost_of_time(people: i64, minutes: i64, hourly: i64) -> Option<i64> {
    let all = i128::from(people) * i128::from(minutes) * i128::from(hourly);
    i64::try_from((all + 30) / 60).ok()
}

/// Cents a week for so many people who each work so many hundredths of an hour a week.
pub fn cost_of_cover(people: i64, hundredths: i64, hourly: i64) -> Option<i64> {
    let all = i128::from(people) * i128::from(hundredths) * i128::from(hourly);
    i64::try_from((all + 50) / 100).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_costs_what_its_hours_cost() {
        for (people, minutes, hourly, wanted) in [
            (1, 60, 3147, Some(3147)),
            (1, 20, 3147, Some(1049)),
            (1, 1, 3147, Some(52)),
            (40, 90, 3147, Some(188_820)),
            (0, 90, 3147, Some(0)),
            (i64::MAX, i64::MAX, 2, None),
        ] {
            assert_eq!(cost_of_time(people, minutes, hourly), wanted);
        }
    }

    #[test]
    fn cover_costs_its_hours_of_a_week() {
        assert_eq!(cost_of_cover(2, 3750, 3147), Some(236_025));
        assert_eq!(cost_of_cover(1, 50, 3147), Some(1574));
        assert_eq!(cost_of_cover(i64::MAX, i64::MAX, 2), None);
    }
}
