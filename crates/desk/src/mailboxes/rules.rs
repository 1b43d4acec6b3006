//! What a mailbox does with letters that say something: the first rule that fits says which team and topic a new ticket
//! gets and how pressing it is, or that there is to be none. Only letters that would open a ticket are asked; an answer
//! on a ticket goes where the ticket is.

use db::{Read, Write, args};
use serde::{Deserialize, Serialize};

use super::boxes;
use super::gist::Gist;
use crate::access::{self, Place};
use crate::context::Context;
use crate::error::{Checks, Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::{EventId, MailRuleId, MailboxId, TeamId, TopicId};
use crate::tickets::Priority;
use crate::words::fold;

db::text_enum! {
    /// Where the words of a rule are looked for.
    pub enum RuleField {
        Sender => "sender",
        Subject => "subject",
        Words => "words",
        Recipient => "recipient",
        /// The name of a file that came with it.
        File => "file",
    }
}

db::table! {
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    pub struct MailRule {
        pub id: MailRuleId,
        pub mailbox: MailboxId,
        pub field: RuleField,
        pub holds: String,
        pub team: Option<TeamId>,
        pub topic: Option<TopicId>,
        pub priority: Option<Priority>,
        /// It is only recorded: no ticket, and nothing answers it.
        pub only_record: bool,
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct RuleFields {
    pub field: RuleField,
    pub holds: String,
    pub team: Option<TeamId>,
    pub topic: Option<TopicId>,
    pub priority: Option<Priority>,
    pub only_record: bool,
}

impl RuleFields {
    fn of(rule: &MailRule) -> RuleFields {
        RuleFields {
            field: rule.field,
            holds: rule.holds.clone(),
            team: rule.team,
            topic: rule.topic,
            priority: rule.priority,
            only_record: rule.only_record,
        }
    }
}

/// More than anybody keeps in mind.
const MOST: usize = 50;

/// In the order in which they are asked.
pub fn list(r: &mut Read, mailbox: MailboxId) -> Result<Vec<MailRule>> {
    Ok(r.query(
        "SELECT id, mailbox, field, holds, team, topic, priority, only_record FROM mail_rule
         WHERE mailbox = $1 ORDER BY place, id",
        &args![mailbox],
    )?)
}

/// Behind those that are there.
pub fn add(tx: &mut Write, cx: &Context, mailbox: MailboxId, fields: &RuleFields) -> Result<MailRuleId> {
    access::require(&cx.viewer, Place::Admin)?;
    boxes::find(tx, mailbox)?;
    fits_rules(tx, mailbox)?;
    sound(tx, fields)?;
    let place: i64 = tx.one(
        "SELECT COALESCE(max(place), 0) + 1 FROM mail_rule WHERE mailbox = $1",
        &args![mailbox],
    )?;
    let id = insert(tx, mailbox, place, fields)?;
    told(tx, cx, "mail rule added", id, &fields.holds)?;
    Ok(id)
}

fn fits_rules(tx: &mut Write, mailbox: MailboxId) -> Result<()> {
    let kept = list(tx, mailbox)?.len();
    Checks::default()
        .check(kept < MOST, "holds", "refused-too-many-rules")
        .done()
}

fn insert(tx: &mut Write, mailbox: MailboxId, place: i64, fields: &RuleFields) -> Result<MailRuleId> {
    Ok(MailRuleId(tx.insert(
        "INSERT INTO mail_rule (mailbox, place, field, holds, team, topic, priority, only_record)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id",
        &args![
            mailbox,
            place,
            fields.field,
            fields.holds.trim(),
            fields.team,
            fields.topic,
            fields.priority,
            fields.only_record
        ],
    )?))
}

/// One rule of this mailbox.
pub fn find(r: &mut Read, mailbox: MailboxId, id: MailRuleId) -> Result<MailRule> {
    let all = list(r, mailbox)?;
    all.into_iter().find(|rule| rule.id == id).ok_or(Error::NotFound)
}

/// Says and does something else, in its place.
pub fn edit(tx: &mut Write, cx: &Context, mailbox: MailboxId, id: MailRuleId, fields: &RuleFields) -> Result<()> {
    access::require(&cx.viewer, Place::Admin)?;
    find(tx, mailbox, id)?;
    sound(tx, fields)?;
    tx.exec(
        "UPDATE mail_rule SET field = $2, holds = $3, team = $4, topic = $5, priority = $6, only_record = $7
         WHERE id = $1",
        &args![
            id,
            fields.field,
            fields.holds.trim(),
            fields.team,
            fields.topic,
            fields.priority,
            fields.only_record
        ],
    )?;
    told(tx, cx, "mail rule changed", id, &fields.holds).map(drop)
}

/// One place up or down. At the end of the list it stays where it is.
pub fn step(tx: &mut Write, cx: &Context, mailbox: MailboxId, id: MailRuleId, up: bool) -> Result<()> {
    access::require(&cx.viewer, Place::Admin)?;
    let mut order: Vec<MailRuleId> = list(tx, mailbox)?.into_iter().map(|rule| rule.id).collect();
    let at = order.iter().position(|one| *one == id).ok_or(Error::NotFound)?;
    let to = if up { at.checked_sub(1) } else { Some(at + 1) };
    let Some(to) = to.filter(|to| *to < order.len()) else {
        return Ok(());
    };
    order.swap(at, to);
    for (place, one) in (1_i64..).zip(order) {
        tx.exec("UPDATE mail_rule SET place = $2 WHERE id = $1", &args![one, place])?;
    }
    told(tx, cx, "mail rule moved", id, "").map(drop)
}

/// The answer is the event it can be put back from.
pub fn remove(tx: &mut Write, cx: &Context, mailbox: MailboxId, id: MailRuleId) -> Result<EventId> {
    access::require(&cx.viewer, Place::Admin)?;
    let rule = find(tx, mailbox, id)?;
    let place: i64 = tx.one("SELECT place FROM mail_rule WHERE id = $1", &args![id])?;
    tx.exec("DELETE FROM mail_rule WHERE id = $1", &args![id])?;
    let gone = serde_json::to_string(&Gone {
        rule: rule.clone(),
        place,
    })
    .map_err(Error::fault)?;
    audited(tx, cx, "mail rule removed", id, &rule.holds)?;
    let fact = Fact::new(EventKind::SettingChanged).about(id.0);
    events::record(tx, cx, fact.with(Some(gone)))
}

/// What the event of a removal remembers.
#[derive(Serialize, Deserialize)]
struct Gone {
    rule: MailRule,
    place: i64,
}

/// A rule that was removed stands in its place again, once.
pub fn restore(tx: &mut Write, cx: &Context, mailbox: MailboxId, removed: EventId) -> Result<()> {
    access::require(&cx.viewer, Place::Admin)?;
    tx.hold_name(&format!("mail rules of {mailbox}"))?;
    let event = events::find(tx, removed)?;
    let Gone { rule, place } = serde_json::from_str(event.changes()).map_err(|_| Error::NotFound)?;
    if rule.mailbox != mailbox || event.kind != EventKind::SettingChanged {
        return Err(Error::NotFound);
    }
    let (was, seen) = (RuleFields::of(&rule), list(tx, mailbox)?);
    if seen.iter().any(|one| RuleFields::of(one) == was) {
        return Err(Error::Conflict("conflict-changed-since"));
    }
    fits_rules(tx, mailbox)?;
    sound(tx, &was)?;
    tx.exec(
        "UPDATE mail_rule SET place = place + 1 WHERE mailbox = $1 AND place >= $2",
        &args![mailbox, place],
    )?;
    let id = insert(tx, mailbox, place, &was)?;
    told(tx, cx, "mail rule restored", id, &was.holds).map(drop)
}

/// Whether it says something, does something, and names only what is there.
fn sound(tx: &mut Write, fields: &RuleFields) -> Result<()> {
    let does = fields.only_record || fields.team.is_some() || fields.topic.is_some() || fields.priority.is_some();
    Checks::default()
        .text(&fields.holds, 200, "holds")
        .check(does, "rule_team", "refused-rule-does-nothing")
        .done()?;
    let team: Option<i64> = tx.maybe("SELECT id FROM team WHERE id = $1", &args![fields.team])?;
    let topic: Option<i64> = tx.maybe("SELECT id FROM topic WHERE id = $1", &args![fields.topic])?;
    Checks::default()
        .check(
            fields.team.is_none() || team.is_some(),
            "rule_team",
            "refused-no-such-team",
        )
        .check(
            fields.topic.is_none() || topic.is_some(),
            "topic",
            "refused-no-such-topic",
        )
        .done()
}

fn told(tx: &mut Write, cx: &Context, what: &'static str, id: MailRuleId, words: &str) -> Result<EventId> {
    audited(tx, cx, what, id, words)?;
    events::record(tx, cx, Fact::new(EventKind::SettingChanged).about(id.0))
}

fn audited(tx: &mut Write, cx: &Context, what: &'static str, id: MailRuleId, words: &str) -> Result<()> {
    access::audit(tx, cx.now, Some(cx.viewer.person), what, &id.to_string(), words)
}

/// The first rule that fits.
pub(super) fn fitting<'a>(
    rules: &'a [MailRule],
    gist: &Gist,
    sender: &str,
    recipients: &[String],
) -> Option<&'a MailRule> {
    rules.iter().find(|rule| fits(rule, gist, sender, recipients))
}

fn fits(rule: &MailRule, gist: &Gist, sender: &str, recipients: &[String]) -> bool {
    let wanted = fold(&rule.holds);
    let holds = |text: &str| fold(text).contains(&wanted);
    match rule.field {
        RuleField::Sender => holds(sender),
        RuleField::Subject => holds(&gist.subject),
        RuleField::Words => holds(&gist.body),
        RuleField::Recipient => {
            let named = gist.letter.to.iter().chain(&gist.letter.cc).map(|a| a.address.as_str());
            recipients.iter().map(String::as_str).chain(named).any(holds)
        }
        RuleField::File => gist.files.iter().any(|file| holds(&file.name)),
    }
}
