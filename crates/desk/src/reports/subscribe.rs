//! A report by mail: a person asks for it, and ends it. Only for oneself.

use db::{Read, Write, args};

use super::figures::{Asked, By, Report, admitted};
use super::mailed::zone_of;
use super::period::Rhythm;
use crate::access::{self, Place};
use crate::clock::Time;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ids::{PersonId, SubscriptionId, TeamId, TopicId};
use crate::jobs::{self, JobKind};
use crate::tickets::Channel;

/// More letters than this nobody reads.
const MOST: i64 = 20;

db::table! {
    #[derive(Clone, Debug)]
    pub struct Subscription {
        pub id: SubscriptionId,
        pub person: PersonId,
        pub report: Report,
        pub rhythm: Rhythm,
        pub part: By,
        pub team: Option<TeamId>,
        pub topic: Option<TopicId>,
        pub channel: Option<Channel>,
        pub next_at: Time,
    }
}

/// The viewer's own for this report, oldest first.
pub fn subscriptions(r: &mut Read, cx: &Context, report: Report) -> Result<Vec<Subscription>> {
    access::require(&cx.viewer, Place::Desk)?;
    Ok(r.query(
        "SELECT id, person, report, rhythm, part, team, topic, channel, next_at FROM report_subscription
         WHERE person = $1 AND report = $2 ORDER BY id",
        &args![cx.viewer.person, report],
    )?)
}

/// The report with these filters (not its days: each letter tells of the days before it) by mail, from the next seven
/// o'clock on. Asking twice for the same is asking once.
///
/// No event: a letter to oneself is nobody else's news.
pub fn subscribe(
    tx: &mut Write,
    cx: &Context,
    report: Report,
    asked: &Asked,
    rhythm: Rhythm,
) -> Result<SubscriptionId> {
    access::require(&cx.viewer, Place::DeskWrite)?;
    admitted(tx, cx, asked)?;
    let me = cx.viewer.person;
    // Of two clicks the second finds what the first has written.
    tx.hold_rows("SELECT id FROM person WHERE id = $1 FOR NO KEY UPDATE", &args![me])?;
    let same = |s: &Subscription| {
        (s.rhythm, s.part, s.team, s.topic, s.channel) == (rhythm, asked.by, asked.team, asked.topic, asked.channel)
    };
    if let Some(found) = subscriptions(tx, cx, report)?.into_iter().find(same) {
        return Ok(found.id);
    }
    let have: i64 = tx.one("SELECT count(*) FROM report_subscription WHERE person = $1", &args![me])?;
    if have >= MOST {
        return Err(Error::refused_at("rhythm", "refused-too-many-letters", MOST));
    }
    let next = rhythm.next(cx.now, &zone_of(tx, cx, me)?);
    let id = tx.insert(
        "INSERT INTO report_subscription (person, report, rhythm, part, team, topic, channel, next_at, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id",
        &args![
            me,
            report,
            rhythm,
            asked.by,
            asked.team,
            asked.topic,
            asked.channel,
            next,
            cx.now
        ],
    )?;
    jobs::enqueue(tx, JobKind::MailReport, id, next)?;
    Ok(SubscriptionId(id))
}

/// Ends one of the viewer's own; what it was, for whoever wants it back.
///
/// No event: a letter to oneself is nobody else's news.
pub fn unsubscribe(tx: &mut Write, cx: &Context, id: SubscriptionId) -> Result<Subscription> {
    access::require(&cx.viewer, Place::DeskWrite)?;
    let gone: Option<Subscription> = tx.maybe(
        "DELETE FROM report_subscription WHERE id = $1 AND person = $2
         RETURNING id, person, report, rhythm, part, team, topic, channel, next_at",
        &args![id, cx.viewer.person],
    )?;
    gone.ok_or(Error::NotFound)
}
