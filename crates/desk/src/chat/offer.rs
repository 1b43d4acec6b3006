//! Whether a chat can be had now, said honestly.

use db::{Read, args};

use super::rules::{Hours, Rules};
use super::start::open_count;
use crate::clock::Time;
use crate::context::Context;
use crate::error::Result;
use crate::house::House;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    Open,
    /// There is no chat at this desk.
    Off,
    /// Outside the hours; it opens again then.
    Closed(Option<Time>),
    /// Within the hours, and nobody takes one more chat just now.
    Nobody,
}

pub fn offer(r: &mut Read, cx: &Context) -> Result<Offer> {
    if let Some(shut) = by_the_clock(cx) {
        return Ok(shut);
    }
    let shares: Vec<i64> = r.query(
        "SELECT s.takes FROM chat_share s JOIN person p ON p.id = s.person
         WHERE s.until > $1 AND s.takes > 0 AND NOT p.suspended AND p.role <> 'requester'",
        &args![cx.now],
    )?;
    let room = shares.iter().sum::<i64>() > open_count(r)?;
    Ok(if room { Offer::Open } else { Offer::Nobody })
}

/// The hours of Monday to Sunday, in minutes of the day, as the desk's calendar has them.
pub fn week(house: &House) -> Vec<Vec<(u16, u16)>> {
    let days = (0..7).filter_map(|at| jiff::civil::Weekday::from_monday_zero_offset(at).ok());
    let periods = |day| {
        house
            .calendar
            .week()
            .periods(day)
            .iter()
            .map(|p| (p.from, p.to))
            .collect()
    };
    days.map(periods).collect()
}

fn by_the_clock(cx: &Context) -> Option<Offer> {
    let Rules { on, hours, .. } = &cx.house.chat;
    if !on {
        return Some(Offer::Off);
    }
    let calendar = &cx.house.calendar;
    if *hours == Hours::Always || calendar.is_open(cx.now.0) {
        return None;
    }
    Some(Offer::Closed(calendar.next_open(cx.now.0).map(Time)))
}
