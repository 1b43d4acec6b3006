//! The opening hours of a week, checked once so that the arithmetic can rely on them.

use crate::WorktimeError;
use jiff::civil::Weekday;

/// The last minute boundary of a day: the midnight that ends it.
const MINUTES_OF_DAY: u16 = 1440;

/// One stretch of opening hours, in minutes of the local day: from, included, to, excluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    pub from: u16,
    pub to: u16,
}

impl Period {
    /// A period from minute `from` to minute `to`; [`Week::new`] checks it.
    pub const fn new(from: u16, to: u16) -> Self {
        Self { from, to }
    }
}

/// The periods of each weekday, Monday first; each day's are in order and do not overlap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Week {
    days: [Vec<Period>; 7],
}

impl Week {
    /// Takes the periods of Monday to Sunday. A night shift is two periods: to 1440, and from 0
    /// on the next day.
    pub fn new(days: [Vec<Period>; 7]) -> Result<Self, WorktimeError> {
        for (weekday, periods) in days.iter().enumerate() {
            let mut reached = 0;
            for &Period { from, to } in periods {
                if from >= to || to > MINUTES_OF_DAY {
                    return Err(WorktimeError::BadPeriod { weekday, from, to });
                }
                if from < reached {
                    return Err(WorktimeError::Overlap { weekday, from });
                }
                reached = to;
            }
        }
        Ok(Self { days })
    }

    /// Monday to Friday, 08:00 to 17:00.
    pub fn standard() -> Self {
        let day = || vec![Period::new(8 * 60, 17 * 60)];
        Self {
            days: [day(), day(), day(), day(), day(), Vec::new(), Vec::new()],
        }
    }

    /// Every minute of every day.
    pub fn always() -> Self {
        Self {
            days: std::array::from_fn(|_| vec![Period::new(0, MINUTES_OF_DAY)]),
        }
    }

    /// The periods of one weekday, in order.
    pub fn periods(&self, weekday: Weekday) -> &[Period] {
        &self.days[usize::from(weekday.to_monday_zero_offset().unsigned_abs())]
    }

    /// Whether there is no period at all.
    pub fn is_empty(&self) -> bool {
        self.days.iter().all(Vec::is_empty)
    }
}

/// The English name of a weekday counted from Monday, for error messages.
pub(crate) fn name(weekday: usize) -> &'static str {
    const NAMES: [&str; 7] = [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ];
    NAMES.get(weekday).copied().unwrap_or("that day")
}
