//! The watch over mailboxes: one that cannot be signed in to, cannot be reached or has gone quiet is told to the
//! administrators, once when it begins and once a day while it lasts. On their pages it stands at any time.

use std::future::Future;
use std::pin::pin;
use std::time::Duration;

use db::{Read, Write, args};

use super::boxes::{self, Mailbox};
use super::outbox::{self, Notice};
use super::sending;
use super::sentences::{say, say_with};
use super::sources::{self, Fault};
use crate::access::{self, Place, Viewer};
use crate::clock::{DAY, HOUR, MINUTE, Time};
use crate::context::Context;
use crate::desk::Desk;
use crate::error::{Checks, Error, Result};
use crate::ids::{MailboxId, PersonId};
use crate::words::{Arg, Lang};

db::text_enum! {
    /// What is wrong with a mailbox, the most pressing first.
    pub enum Alarm {
        SignIn => "sign-in",
        /// Its letters do not leave by its own way out.
        Sending => "sending",
        Failing => "failing",
        /// The right to fetch ends soon.
        Lapses => "lapses",
        /// Letters stay on its server because they cannot be taken.
        LeftThere => "left-there",
        /// Its server refuses to mark, move or delete what is kept here.
        Unsettled => "unsettled",
        /// Its server gave all letters new numbers.
        Renumbered => "renumbered",
        Quiet => "quiet",
    }
}

/// What is known of one mailbox.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen {
    pub fault: Option<Fault>,
    pub failing_since: Option<Time>,
    pub renew_by: Option<Time>,
    /// Since when its own way out fails, and why.
    pub sending: Option<(Time, Option<Fault>)>,
    pub last_letter: Option<Time>,
    pub left_there: bool,
    pub unsettled: bool,
    pub renumbered_at: Option<Time>,
    /// Set by an administrator; 0: never.
    pub quiet_hours: Option<i64>,
    /// The days (of UTC) within the last four weeks, today not among them, on which letters came.
    pub days: Vec<i64>,
}

const WEEKS: i64 = 28;
/// With fewer days there is nothing to go by.
const LEAST_DAYS: usize = 10;
/// A server may be started anew without anybody being called.
const PATIENCE: i64 = 15 * MINUTE;
const LAPSES_WITHIN: i64 = 14 * DAY;
/// How long something stands that happened once and needs nobody.
const NEWS: i64 = DAY;

/// Pure: what is wrong, if anything is.
pub(super) fn alarm_of(seen: &Seen, now: Time) -> Option<Alarm> {
    let failing = seen.failing_since.map(|since| now.since(since));
    let is = |alarm: &Alarm| match alarm {
        Alarm::SignIn => is_shut_out(seen.fault) && failing.is_some(),
        Alarm::Sending => seen
            .sending
            .is_some_and(|(since, fault)| is_told(fault, now.since(since))),
        Alarm::Failing => failing.is_some_and(|time| time >= PATIENCE),
        Alarm::Lapses => seen.renew_by.is_some_and(|end| end.since(now) <= LAPSES_WITHIN),
        Alarm::LeftThere => seen.left_there,
        Alarm::Unsettled => seen.unsettled,
        Alarm::Renumbered => seen.renumbered_at.is_some_and(|at| now.since(at) < NEWS),
        Alarm::Quiet => is_quiet(seen, now),
    };
    Alarm::ALL.iter().copied().find(is)
}

fn is_shut_out(fault: Option<Fault>) -> bool {
    matches!(fault, Some(Fault::SignIn | Fault::Key))
}

fn is_told(fault: Option<Fault>, lasts: i64) -> bool {
    is_shut_out(fault) || lasts >= PATIENCE
}

/// Longer than the administrator said, else longer than in the four weeks before.
fn is_quiet(seen: &Seen, now: Time) -> bool {
    let Some(last) = seen.last_letter else { return false };
    let silent = now.since(last);
    match seen.quiet_hours {
        Some(0) => false,
        Some(hours) => silent > hours.saturating_mul(HOUR),
        None => seen.days.len() >= LEAST_DAYS && silent > (longest_pause(&seen.days) + 1) * DAY,
    }
}

/// Days without a letter between two with one.
fn longest_pause(days: &[i64]) -> i64 {
    days.windows(2).map(|two| two[1] - two[0] - 1).max().unwrap_or(0).max(0)
}

/// After how many quiet hours the administrators are told: 0 for never, `None` for what is unusual for the mailbox.
pub fn set_quiet(tx: &mut Write, cx: &Context, mailbox: MailboxId, hours: Option<i64>) -> Result<()> {
    access::require(&cx.viewer, Place::Admin)?;
    Checks::default()
        .check(hours.is_none_or(|h| (0..=2_000).contains(&h)), "hours", "refused-hours")
        .done()?;
    let changed = tx.exec(
        "UPDATE mailbox SET quiet_hours = $2 WHERE id = $1",
        &args![mailbox, hours],
    )?;
    if changed == 0 {
        return Err(Error::NotFound);
    }
    let words = hours.map(|h| h.to_string()).unwrap_or_default();
    access::audit(
        tx,
        cx.now,
        Some(cx.viewer.person),
        "mailbox quiet",
        &mailbox.to_string(),
        &words,
    )
}

pub fn quiet_of(r: &mut Read, mailbox: MailboxId) -> Result<Option<i64>> {
    Ok(r.one("SELECT quiet_hours FROM mailbox WHERE id = $1", &args![mailbox])?)
}

/// The alarm of each mailbox that has one.
pub fn alarms(r: &mut Read, cx: &Context) -> Result<Vec<(MailboxId, Alarm)>> {
    access::require(&cx.viewer, Place::Admin)?;
    let mut found = Vec::new();
    for mailbox in boxes::live(r)? {
        let seen = look(r, mailbox.id, cx.now)?;
        found.extend(alarm_of(&seen, cx.now).map(|alarm| (mailbox.id, alarm)));
    }
    Ok(found)
}

db::table! {
    #[derive(Default)]
    struct Fetched {
        fault: Option<Fault>,
        failing_since: Option<Time>,
        renew_by: Option<Time>,
        unsettled: i64,
        renumbered_at: Option<Time>,
    }
}

const LAST_CAME: &str =
    "SELECT received_at FROM letter WHERE mailbox = $1 AND way <> 'file' ORDER BY received_at DESC LIMIT 1";

/// How the database would look for the newest letter, for the plan tests.
pub fn plan(r: &mut Read, mailbox: MailboxId) -> Result<String> {
    Ok(r.plan(LAST_CAME, &args![mailbox])?)
}

fn look(r: &mut Read, mailbox: MailboxId, now: Time) -> Result<Seen> {
    let fetched: Option<Fetched> = r.maybe(
        "SELECT fault, failing_since, renew_by, unsettled, renumbered_at FROM source WHERE mailbox = $1 AND active",
        &args![mailbox],
    )?;
    let today = now.0.div_euclid(DAY);
    let fetched = fetched.unwrap_or_default();
    Ok(Seen {
        fault: fetched.fault,
        failing_since: fetched.failing_since,
        renew_by: fetched.renew_by,
        unsettled: fetched.unsettled > 0,
        renumbered_at: fetched.renumbered_at,
        sending: sending::look(r, mailbox)?,
        last_letter: r.maybe(LAST_CAME, &args![mailbox])?,
        left_there: sources::any_left(r, mailbox)?,
        quiet_hours: quiet_of(r, mailbox)?,
        days: r.query(
            "SELECT DISTINCT day FROM letter_tally WHERE mailbox = $1 AND way <> 'file' AND day >= $2 AND day < $3
             ORDER BY day",
            &args![mailbox, today - WEEKS, today],
        )?,
    })
}

db::table! {
    struct Told { told: String, told_at: Option<Time> }
}

/// Tells the administrators what is new, and again what has lasted another day. How many mailboxes were told of.
/// No event: it writes into the outbox, and marks in the mailbox that it did.
pub fn tell(tx: &mut Write, cx: &Context) -> Result<usize> {
    let mut count = 0;
    for mailbox in boxes::live(tx)? {
        let alarm = alarm_of(&look(tx, mailbox.id, cx.now)?, cx.now);
        let word = alarm.map_or("", |a| a.as_str());
        let before: Told = tx.one("SELECT told, told_at FROM mailbox WHERE id = $1", &args![mailbox.id])?;
        let lasts = before.told_at.is_some_and(|at| cx.now.since(at) >= DAY) && alarm.is_some();
        if before.told == word && !lasts {
            continue;
        }
        // Another node may be telling it at this moment: the row is its, or ours.
        let mine = tx.exec(
            "UPDATE mailbox SET told = $2, told_at = $3 WHERE id = $1 AND told = $4
               AND COALESCE(told_at, 0) = $5",
            &args![
                mailbox.id,
                word,
                cx.now,
                before.told.as_str(),
                before.told_at.unwrap_or(Time(0))
            ],
        )?;
        // What was only news is not followed by the word that all is well.
        let was_news = alarm.is_none() && before.told == Alarm::Renumbered.as_str();
        if mine == 1 && !was_news {
            write_to_all(tx, cx, &mailbox, alarm)?;
            count += 1;
        }
    }
    Ok(count)
}

fn write_to_all(tx: &mut Write, cx: &Context, mailbox: &Mailbox, alarm: Option<Alarm>) -> Result<()> {
    let all: Vec<(PersonId, Lang)> = tx.query(
        "SELECT id, language FROM person WHERE role = 'admin' AND NOT suspended AND merged_into IS NULL ORDER BY id",
        &[],
    )?;
    for (person, lang) in all {
        outbox::notice(
            tx,
            &cx.house,
            cx.now,
            person,
            &words(lang, mailbox.id, &mailbox.address, alarm),
        )?;
    }
    Ok(())
}

fn words(lang: Lang, mailbox: MailboxId, address: &str, alarm: Option<Alarm>) -> Notice {
    let key = format!("mailbox-alarm-{}", alarm.map_or("over", |a| a.as_str()));
    let args = [("address", Arg::Text(address))];
    Notice {
        subject: say_with(lang, &key, &args),
        text: say_with(lang, &format!("{key}-text"), &args),
        footer: say(lang, "mailbox-alarm-footer"),
        path: format!("/admin/channels/{mailbox}"),
        switch_off: None,
    }
}

/// Looks once a minute until `stop` resolves.
pub async fn run(desk: Desk, stop: impl Future<Output = ()>) {
    let mut stop = pin!(stop);
    loop {
        let cx = desk.context(Viewer::desk(PersonId(0)), None);
        if let Err(e) = desk.write(move |tx| tell(tx, &cx)).await {
            tracing::warn!("the mailboxes could not be looked after; it is tried again in a minute: {e}");
        }
        tokio::select! {
            () = &mut stop => return,
            () = tokio::time::sleep(Duration::from_secs(60)) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Time = Time(1_794_928_920_000_000);

    fn ago(time: i64) -> Option<Time> {
        Some(NOW.plus(-time))
    }

    fn failing(fault: Fault, time: i64) -> Option<Alarm> {
        let seen = Seen {
            fault: Some(fault),
            failing_since: ago(time),
            ..Seen::default()
        };
        alarm_of(&seen, NOW)
    }

    #[test]
    fn a_closed_door_is_told_at_once_and_a_server_away_after_a_while() {
        assert_eq!(failing(Fault::SignIn, 0), Some(Alarm::SignIn));
        assert_eq!(failing(Fault::Key, 0), Some(Alarm::SignIn));
        assert_eq!(failing(Fault::Line, 14 * MINUTE), None);
        assert_eq!(failing(Fault::Line, 15 * MINUTE), Some(Alarm::Failing));
        assert_eq!(alarm_of(&Seen::default(), NOW), None);
    }

    #[test]
    fn letters_that_do_not_leave_are_told_as_well() {
        let sending = |fault, time: i64| {
            let seen = Seen {
                sending: Some((NOW.plus(-time), Some(fault))),
                ..Seen::default()
            };
            alarm_of(&seen, NOW)
        };
        assert_eq!(sending(Fault::SignIn, 0), Some(Alarm::Sending));
        assert_eq!(sending(Fault::Line, 14 * MINUTE), None);
        assert_eq!(sending(Fault::Line, 15 * MINUTE), Some(Alarm::Sending));
    }

    #[test]
    fn quiet_is_longer_than_ever_before() {
        let today = NOW.0.div_euclid(DAY);
        let workdays: Vec<i64> = (today - 28..today).filter(|day| (day + 3) % 7 < 5).collect();
        assert_eq!(longest_pause(&workdays), 2, "the week ends");
        let quiet = |days: &[i64], hours: Option<i64>, since: i64| {
            let seen = Seen {
                days: days.to_vec(),
                quiet_hours: hours,
                last_letter: ago(since),
                ..Seen::default()
            };
            alarm_of(&seen, NOW) == Some(Alarm::Quiet)
        };
        assert!(!quiet(&workdays, None, 3 * DAY));
        assert!(quiet(&workdays, None, 3 * DAY + 1));
        assert!(!quiet(&workdays[..9], None, 20 * DAY), "too little to go by");
        assert!(quiet(&[], Some(4), 5 * HOUR) && !quiet(&[], Some(4), 3 * HOUR));
        assert!(!quiet(&workdays, Some(0), 20 * DAY), "never");
    }

    #[test]
    fn the_end_of_a_grant_is_told_two_weeks_ahead() {
        let lapses = |at: i64| {
            let seen = Seen {
                renew_by: Some(NOW.plus(at)),
                ..Seen::default()
            };
            alarm_of(&seen, NOW)
        };
        assert_eq!(lapses(15 * DAY), None);
        assert_eq!(lapses(14 * DAY), Some(Alarm::Lapses));
        assert_eq!(lapses(-DAY), Some(Alarm::Lapses));
    }

    #[test]
    fn every_alarm_has_its_words_in_both_languages() {
        let all = Alarm::ALL.iter().copied().map(Some).chain([None]);
        for alarm in all {
            for lang in [Lang::En, Lang::Fr] {
                let notice = words(lang, MailboxId(1), "support@desk.example", alarm);
                assert!(notice.subject.contains("support@desk.example"), "{}", notice.subject);
                assert!(
                    notice.text.len() > 40 && !notice.text.contains("mailbox-alarm"),
                    "{}",
                    notice.text
                );
            }
        }
    }
}
