//! The public holidays of Canada: of workplaces under federal law, and of the thirteen provinces and territories.
//!
//! Which days they are is said by the Acts named at each set. Two things are taken the same way everywhere:
//!
//! - Canada Day that falls on a Sunday is kept on the Monday (Holidays Act, R.S.C. 1985, c. H-5, s. 2).
//! - Where an Act gives another working day for a holiday that falls on a weekend without leaving it at pay, but lets the
//!   employer choose which, the next working day is taken. A desk that chooses otherwise adds days of its own.
//!
//! Days of mourning and other single days (19 September 2022) are days of a desk's own.
//!
//! The dates of 2020 to 2037 were compared once, by hand, with those of the Python package `holidays` 0.109, every set
//! and every year. The holidays themselves are the same, but for Remembrance Day of Manitoba (a day of closing, there
//! optional) and the single day above; days in lieu differ where it has an "observed" day and the Act gives none, or the
//! other way round.

use jiff::civil::Weekday;

use super::acts;
use super::{DayOff, Rule, days_off};

/// Whose holidays. The codes are those of ISO 3166-2 without the country, and `federal`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HolidaySet {
    /// Canada Labour Code, R.S.C. 1985, c. L-2, ss. 166 and 193: banks, telecommunications, carriers, the federal Crown.
    Federal,
    /// Employment Standards Code, R.S.A. 2000, c. E-9, s. 25.
    Alberta,
    /// Employment Standards Act, R.S.B.C. 1996, c. 113, s. 1.
    BritishColumbia,
    /// Employment Standards Code, C.C.S.M. c. E110, s. 21; Remembrance Day Act, C.C.S.M. c. R80.
    Manitoba,
    /// Employment Standards Act, S.N.B. 1982, c. E-7.2, s. 18.
    NewBrunswick,
    /// Labour Standards Act, R.S.N.L. 1990, c. L-2, s. 14.
    Newfoundland,
    /// Labour Standards Code, R.S.N.S. 1989, c. 246, s. 37; Remembrance Day Act, R.S.N.S. 1989, c. 396.
    NovaScotia,
    /// Employment Standards Act, S.N.W.T. 2007, c. 13, s. 1.
    NorthwestTerritories,
    /// Labour Standards Act, R.S.N.W.T. (Nu.) 1988, c. L-1, s. 1.
    Nunavut,
    /// Employment Standards Act, 2000, S.O. 2000, c. 41, ss. 1 and 29.
    Ontario,
    /// Employment Standards Act, R.S.P.E.I. 1988, c. E-6.2, s. 6.
    PrinceEdwardIsland,
    /// Act respecting labour standards, CQLR c. N-1.1, s. 60, with Good Friday of the two days the employer may choose;
    /// National Holiday Act, CQLR c. F-1.1.
    Quebec,
    /// The Saskatchewan Employment Act, S.S. 2013, c. S-15.1, s. 2-30.
    Saskatchewan,
    /// Employment Standards Act, R.S.Y. 2002, c. 72, s. 1.
    Yukon,
}

impl HolidaySet {
    /// Federal first, then in the order of the codes.
    pub const ALL: [Self; 14] = [
        Self::Federal,
        Self::Alberta,
        Self::BritishColumbia,
        Self::Manitoba,
        Self::NewBrunswick,
        Self::Newfoundland,
        Self::NovaScotia,
        Self::NorthwestTerritories,
        Self::Nunavut,
        Self::Ontario,
        Self::PrinceEdwardIsland,
        Self::Quebec,
        Self::Saskatchewan,
        Self::Yukon,
    ];

    /// `federal`, or the two letters of a province or territory, small: `qc`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Federal => "federal",
            Self::Alberta => "ab",
            Self::BritishColumbia => "bc",
            Self::Manitoba => "mb",
            Self::NewBrunswick => "nb",
            Self::Newfoundland => "nl",
            Self::NovaScotia => "ns",
            Self::NorthwestTerritories => "nt",
            Self::Nunavut => "nu",
            Self::Ontario => "on",
            Self::PrinceEdwardIsland => "pe",
            Self::Quebec => "qc",
            Self::Saskatchewan => "sk",
            Self::Yukon => "yt",
        }
    }

    /// The set of that code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|set| set.code() == code)
    }

    /// Its days off of a year, in order. `works` says of a weekday whether there is work on it at all.
    pub fn days(self, year: i16, works: impl Fn(Weekday) -> bool) -> Vec<DayOff> {
        days_off(self.rules(), year, works)
    }

    pub(crate) const fn rules(self) -> &'static [Rule] {
        match self {
            Self::Federal => acts::FEDERAL,
            Self::Alberta => acts::ALBERTA,
            Self::BritishColumbia => acts::BRITISH_COLUMBIA,
            Self::Manitoba => acts::MANITOBA,
            Self::NewBrunswick => acts::NEW_BRUNSWICK,
            Self::Newfoundland => acts::NEWFOUNDLAND,
            Self::NovaScotia => acts::NOVA_SCOTIA,
            Self::NorthwestTerritories => acts::NORTHWEST_TERRITORIES,
            Self::Nunavut => acts::NUNAVUT,
            Self::Ontario => acts::ONTARIO,
            Self::PrinceEdwardIsland => acts::PRINCE_EDWARD_ISLAND,
            Self::Quebec => acts::QUEBEC,
            Self::Saskatchewan => acts::SASKATCHEWAN,
            Self::Yukon => acts::YUKON,
        }
    }
}
