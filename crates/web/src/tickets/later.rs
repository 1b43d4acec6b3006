//! Moments to put something off to, as pages offer and read them: a button for each the desk's calendar knows, and a
//! day and time of one's own, by the reader's own clock.

use desk::tickets::offered;
use desk::{Context, Error, Result, Time};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::fields::Fields;
use super::visit::Visit;
use crate::layout::Shell;

#[derive(Clone, Debug)]
pub(crate) struct OfferView {
    /// "Tomorrow morning".
    pub words: String,
    pub at: Time,
    /// As a field for a day and time holds it.
    pub value: String,
}

pub(crate) fn offers(shell: &Shell, cx: &Context) -> Vec<OfferView> {
    let view = |(offer, at)| OfferView {
        words: shell.t(&format!("later-{offer}")),
        at,
        value: local(at, &shell.zone),
    };
    offered(&cx.house.calendar, cx.now).into_iter().map(view).collect()
}

/// `2026-11-18T08:00`, by the clock on the reader's wall.
pub(crate) fn local(at: Time, zone: &TimeZone) -> String {
    let there = zone.to_datetime(at.timestamp());
    there.strftime("%Y-%m-%dT%H:%M").to_string()
}

/// The moment that was pressed, else the one that was typed.
pub(crate) fn chosen(visit: &Visit, fields: &Fields) -> Result<Time> {
    let zone = visit
        .staff
        .seen
        .zone
        .as_deref()
        .and_then(|name| TimeZone::get(name).ok());
    let zone = zone.unwrap_or_else(|| visit.state.desk().house().zone.clone());
    moment(fields, zone)
}

/// When a reply that was stopped would leave, as its page says it.
pub(crate) fn words(shell: &Shell, fields: &Fields) -> String {
    moment(fields, shell.zone.clone()).map_or(String::new(), |at| shell.when(&at))
}

fn moment(fields: &Fields, zone: TimeZone) -> Result<Time> {
    let text = match fields.text("at") {
        "" | "own" => fields.text("until"),
        pressed => pressed,
    };
    let there: DateTime = text
        .trim()
        .parse()
        .map_err(|_| Error::refused("until", "refused-moment"))?;
    let at = there
        .to_zoned(zone)
        .map_err(|_| Error::refused("until", "refused-moment"))?;
    Ok(Time(at.timestamp().as_microsecond()))
}
