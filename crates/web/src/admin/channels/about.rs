//! What is beside the fields of a mailbox that is there: where its letters come from, its rules, its brake, its account.

use desk::mailboxes::rules::{self as mail_rules, MailRule};
use desk::mailboxes::sources::{self, LeftThere, Source};
use desk::mailboxes::watch::{self, Alarm};
use desk::mailboxes::{self, Account, Mailbox, boxes, flood};
use desk::{Context, MailboxId, Read};

pub(super) struct About {
    pub(super) mailbox: Mailbox,
    pub(super) source: Option<Source>,
    pub(super) account: Account,
    pub(super) alarm: Option<Alarm>,
    pub(super) rules: Vec<MailRule>,
    pub(super) quiet: Option<i64>,
    pub(super) left: Vec<LeftThere>,
    pub(super) most_an_hour: Option<i64>,
    /// Who may open very many tickets, in whatever mailbox.
    pub(super) exempt: Vec<String>,
}

pub(super) fn about(r: &mut Read, cx: &Context, id: MailboxId) -> desk::Result<About> {
    let alarms = watch::alarms(r, cx)?;
    Ok(About {
        mailbox: boxes::find(r, id)?,
        source: sources::find(r, cx, id)?,
        account: mailboxes::account(r, cx, Some(id))?,
        alarm: alarms.into_iter().find(|(of, _)| *of == id).map(|(_, alarm)| alarm),
        rules: mail_rules::list(r, id)?,
        quiet: watch::quiet_of(r, id)?,
        left: sources::left_there(r, cx, id)?,
        most_an_hour: flood::most_an_hour(r, id)?,
        exempt: flood::exempt(r, cx)?,
    })
}
