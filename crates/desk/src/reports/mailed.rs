//! The letters of reports: written into the outbox when they are due, with what their reader may see that morning.

use db::{Read, Write, args};
use jiff::tz::TimeZone;

use super::figures::{Asked, Figures, Report, figures};
use super::period::{date_of, day_of};
use super::subscribe::Subscription;
use super::{sentences, table};
use crate::access::{self, Place, Via, Viewer};
use crate::context::Context;
use crate::desk::Desk;
use crate::error::{Error, Result};
use crate::ids::{PersonId, SubscriptionId};
use crate::jobs::{self, Job, JobKind};
use crate::mailboxes::outbox::{self, Notice};
use crate::sign_in;
use crate::words;

/// Every letter that is due now; safe to call from two nodes at once.
pub async fn mail_due(desk: &Desk) -> Result<()> {
    let now = desk.now();
    loop {
        let due = desk
            .write(move |tx| jobs::claim(tx, JobKind::MailReport, now, 20))
            .await?;
        if due.is_empty() {
            return Ok(());
        }
        for job in due {
            let cx = desk.context(Viewer::desk(PersonId(0)), None);
            let again = job.clone();
            let done = desk.write(move |tx| mail_one(tx, &cx, &job)).await;
            if let Err(e) = done {
                // One letter that cannot be written keeps no other back.
                tracing::warn!(error = %e, "the letter of a report could not be written; it is tried again");
                desk.write(move |tx| jobs::retry(tx, &again, now, &e.to_string()))
                    .await?;
            }
        }
    }
}

/// Writes one letter and sets the hour of the next. Safe to run twice: the second finds the hour moved on.
///
/// No event: the letter is a row of the outbox, and the desk has nothing to say of it.
fn mail_one(tx: &mut Write, cx: &Context, job: &Job) -> Result<()> {
    let id = SubscriptionId(job.subject);
    let found: Option<Subscription> = tx.maybe(
        "SELECT id, person, report, rhythm, part, team, topic, channel, next_at FROM report_subscription WHERE id = $1",
        &args![id],
    )?;
    jobs::done(tx, job.id)?;
    let Some(subscription) = found else { return Ok(()) };
    let zone = zone_of(tx, cx, subscription.person)?;
    let next = subscription.rhythm.next(cx.now, &zone);
    let mine = tx.exec(
        "UPDATE report_subscription SET next_at = $2 WHERE id = $1 AND next_at <= $3",
        &args![id, next, cx.now],
    )?;
    if mine == 0 {
        return Ok(());
    }
    jobs::enqueue(tx, JobKind::MailReport, id.0, next)?;
    match notice_for(tx, cx, &subscription) {
        Ok(notice) => outbox::notice(tx, &cx.house, cx.now, subscription.person, &notice).map(drop),
        // Suspended, no longer of the staff, or kept out of that team since: nothing leaves.
        Err(Error::NotFound) => Ok(()),
        Err(other) => Err(other),
    }
}

fn notice_for(r: &mut Read, cx: &Context, subscription: &Subscription) -> Result<Notice> {
    let viewer = sign_in::load_viewer(r, subscription.person, Via::Session)?;
    access::require(&viewer, Place::Desk)?;
    let reader = Context { viewer, ..cx.clone() };
    // The day it is where he reads: far east of the house the month has begun there and not here.
    let today = day_of(cx.now, &zone_of(r, cx, subscription.person)?);
    let asked = Asked {
        period: subscription.rhythm.covers(today),
        team: subscription.team,
        topic: subscription.topic,
        channel: subscription.channel,
        by: subscription.part,
    };
    let figures = figures(r, &reader, subscription.report, &asked)?;
    Ok(written(&reader, &figures))
}

fn written(cx: &Context, figures: &Figures) -> Notice {
    let (lang, period) = (cx.viewer.language, figures.asked.period);
    let day = |day: i64| words::day_of(lang, date_of(day)).into();
    let key = if figures.report == Report::Backlog {
        "report-mail-subject-now"
    } else {
        "report-mail-subject"
    };
    let to = if figures.report == Report::Backlog {
        day_of(cx.now, &cx.house.zone)
    } else {
        period.to
    };
    let args = [
        ("desk", cx.house.name.as_str().into()),
        ("title", sentences::title(lang, figures.report).into()),
        ("from", day(period.from)),
        ("to", day(to)),
    ];
    let mut text = sentences::said(lang, figures);
    if let Some(compared) = sentences::compared(lang, figures) {
        text = format!("{text}\n{compared}");
    }
    if !figures.is_empty() {
        text = format!("{text}\n\n{}", table::plain(lang, &table::by_part(lang, figures)));
    }
    Notice {
        switch_off: Some("/me".to_string()),
        subject: sentences::say_with(lang, key, &args),
        text,
        footer: sentences::say(lang, "report-mail-footer"),
        path: path_of(figures.report, &figures.asked),
    }
}

/// The page of a report with what was asked of it.
pub fn path_of(report: Report, asked: &Asked) -> String {
    let mut path = format!(
        "/reports/{report}?from={}&to={}",
        date_of(asked.period.from),
        date_of(asked.period.to)
    );
    let filters = [
        ("team", asked.team.map(|team| team.to_string())),
        ("topic", asked.topic.map(|topic| topic.to_string())),
        ("channel", asked.channel.map(|channel| channel.to_string())),
        ("by", Some(asked.by.to_string())),
    ];
    for (name, value) in filters {
        if let Some(value) = value {
            path = format!("{path}&{name}={value}");
        }
    }
    path
}

/// His own zone, or the house's.
pub(super) fn zone_of(r: &mut Read, cx: &Context, person: PersonId) -> Result<TimeZone> {
    let own: Option<Option<String>> = r.maybe("SELECT zone FROM person WHERE id = $1", &args![person])?;
    let own = own.flatten().and_then(|name| TimeZone::get(&name).ok());
    Ok(own.unwrap_or_else(|| cx.house.zone.clone()))
}
