//! Which holidays each Act lists, in the order of the year. The Acts are named at `HolidaySet`.

use super::Lieu::{self, No, Sunday, Weekend};
use super::On::{self, Day, Easter, Monday, MondayBy};
use super::Rule;

const fn rule(name: &'static str, on: On) -> Rule {
    let (lieu, since) = (No, i16::MIN);
    Rule { name, on, lieu, since }
}

impl Rule {
    const fn lieu(self, lieu: Lieu) -> Self {
        Self { lieu, ..self }
    }

    const fn since(self, since: i16) -> Self {
        Self { since, ..self }
    }
}

const NEW_YEAR: Rule = rule("new-year", Day(1, 1));
const FAMILY_DAY: Rule = rule("family-day", Monday(2, 3));
const GOOD_FRIDAY: Rule = rule("good-friday", Easter(-2));
const VICTORIA_DAY: Rule = rule("victoria-day", MondayBy(5, 24));
const INDIGENOUS_PEOPLES: Rule = rule("indigenous-peoples-day", Day(6, 21));
const CANADA_DAY: Rule = rule("canada-day", Day(7, 1)).lieu(Sunday);
const CIVIC_HOLIDAY: Rule = rule("civic-holiday", Monday(8, 1));
const LABOUR_DAY: Rule = rule("labour-day", Monday(9, 1));
const RECONCILIATION: Rule = rule("reconciliation-day", Day(9, 30));
const THANKSGIVING: Rule = rule("thanksgiving", Monday(10, 2));
const REMEMBRANCE: Rule = rule("remembrance-day", Day(11, 11));
const CHRISTMAS: Rule = rule("christmas", Day(12, 25));
const BOXING_DAY: Rule = rule("boxing-day", Day(12, 26));

pub(super) const FEDERAL: &[Rule] = &[
    NEW_YEAR.lieu(Weekend),
    GOOD_FRIDAY,
    VICTORIA_DAY,
    CANADA_DAY.lieu(Weekend),
    LABOUR_DAY,
    RECONCILIATION.since(2021).lieu(Weekend),
    THANKSGIVING,
    REMEMBRANCE.lieu(Weekend),
    CHRISTMAS.lieu(Weekend),
    BOXING_DAY.lieu(Weekend),
];

pub(super) const ALBERTA: &[Rule] = &[
    NEW_YEAR,
    FAMILY_DAY,
    GOOD_FRIDAY,
    VICTORIA_DAY,
    CANADA_DAY,
    LABOUR_DAY,
    THANKSGIVING,
    REMEMBRANCE,
    CHRISTMAS,
];

pub(super) const BRITISH_COLUMBIA: &[Rule] = &[
    NEW_YEAR,
    FAMILY_DAY,
    GOOD_FRIDAY,
    VICTORIA_DAY,
    CANADA_DAY,
    rule("british-columbia-day", Monday(8, 1)),
    LABOUR_DAY,
    RECONCILIATION.since(2023),
    THANKSGIVING,
    REMEMBRANCE,
    CHRISTMAS,
];

pub(super) const MANITOBA: &[Rule] = &[
    NEW_YEAR.lieu(Weekend),
    rule("louis-riel-day", Monday(2, 3)),
    GOOD_FRIDAY,
    VICTORIA_DAY,
    CANADA_DAY.lieu(Weekend),
    LABOUR_DAY,
    RECONCILIATION.since(2024).lieu(Weekend),
    THANKSGIVING,
    REMEMBRANCE,
    CHRISTMAS.lieu(Weekend),
];

pub(super) const NEW_BRUNSWICK: &[Rule] = &[
    NEW_YEAR,
    FAMILY_DAY.since(2018),
    GOOD_FRIDAY,
    CANADA_DAY,
    rule("new-brunswick-day", Monday(8, 1)),
    LABOUR_DAY,
    REMEMBRANCE,
    CHRISTMAS,
];

pub(super) const NEWFOUNDLAND: &[Rule] = &[
    NEW_YEAR.lieu(Weekend),
    GOOD_FRIDAY,
    rule("memorial-day", Day(7, 1)).lieu(Weekend),
    LABOUR_DAY,
    REMEMBRANCE.lieu(Weekend),
    CHRISTMAS.lieu(Weekend),
];

pub(super) const NOVA_SCOTIA: &[Rule] = &[
    NEW_YEAR.lieu(Weekend),
    rule("heritage-day", Monday(2, 3)).since(2015),
    GOOD_FRIDAY,
    CANADA_DAY.lieu(Weekend),
    LABOUR_DAY,
    REMEMBRANCE,
    CHRISTMAS.lieu(Weekend),
];

pub(super) const NORTHWEST_TERRITORIES: &[Rule] = &[
    NEW_YEAR,
    GOOD_FRIDAY,
    VICTORIA_DAY,
    INDIGENOUS_PEOPLES,
    CANADA_DAY,
    CIVIC_HOLIDAY,
    LABOUR_DAY,
    RECONCILIATION.since(2022),
    THANKSGIVING,
    REMEMBRANCE,
    CHRISTMAS,
];

pub(super) const NUNAVUT: &[Rule] = &[
    NEW_YEAR,
    GOOD_FRIDAY,
    VICTORIA_DAY,
    CANADA_DAY,
    rule("nunavut-day", Day(7, 9)).since(2020),
    CIVIC_HOLIDAY,
    LABOUR_DAY,
    RECONCILIATION.since(2022),
    THANKSGIVING,
    REMEMBRANCE,
    CHRISTMAS,
];

pub(super) const ONTARIO: &[Rule] = &[
    NEW_YEAR.lieu(Weekend),
    FAMILY_DAY,
    GOOD_FRIDAY,
    VICTORIA_DAY,
    CANADA_DAY.lieu(Weekend),
    LABOUR_DAY,
    THANKSGIVING,
    CHRISTMAS.lieu(Weekend),
    BOXING_DAY.lieu(Weekend),
];

pub(super) const PRINCE_EDWARD_ISLAND: &[Rule] = &[
    NEW_YEAR.lieu(Weekend),
    rule("islander-day", Monday(2, 3)),
    GOOD_FRIDAY,
    CANADA_DAY.lieu(Weekend),
    LABOUR_DAY,
    RECONCILIATION.since(2022).lieu(Weekend),
    REMEMBRANCE.lieu(Weekend),
    CHRISTMAS.lieu(Weekend),
];

pub(super) const QUEBEC: &[Rule] = &[
    NEW_YEAR,
    GOOD_FRIDAY,
    rule("patriots-day", MondayBy(5, 24)),
    rule("national-holiday", Day(6, 24)).lieu(Sunday),
    CANADA_DAY,
    LABOUR_DAY,
    THANKSGIVING,
    CHRISTMAS,
];

pub(super) const SASKATCHEWAN: &[Rule] = &[
    NEW_YEAR.lieu(Sunday),
    FAMILY_DAY,
    GOOD_FRIDAY,
    VICTORIA_DAY,
    CANADA_DAY,
    rule("saskatchewan-day", Monday(8, 1)),
    LABOUR_DAY,
    THANKSGIVING,
    REMEMBRANCE.lieu(Sunday),
    CHRISTMAS.lieu(Sunday),
];

pub(super) const YUKON: &[Rule] = &[
    NEW_YEAR.lieu(Weekend),
    GOOD_FRIDAY,
    VICTORIA_DAY,
    INDIGENOUS_PEOPLES.since(2017).lieu(Weekend),
    CANADA_DAY.lieu(Weekend),
    rule("discovery-day", Monday(8, 3)),
    LABOUR_DAY,
    RECONCILIATION.since(2023).lieu(Weekend),
    THANKSGIVING,
    REMEMBRANCE.lieu(Weekend),
    CHRISTMAS.lieu(Weekend),
];
