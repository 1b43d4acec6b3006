//! What a mailbox does with letters that say something: the first rule that fits says which team and topic a new ticket
//! gets and how pressing it is, or that there is to be none. Only letters that would open a ticket are asked; an answer
//! on a ticket goes where the ticket is.

use db::{Read, Write, args};

use super::boxes;
use super::gist::Gist;
use crate::access::{self, Place};
use crate::context::Context;
use crate::error::{Checks, Error, Result};
use crate::ids::{MailRuleId, MailboxId, TeamId, TopicId};
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
    #[derive(Clone, Debug, PartialEq)]
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

#[derive(Clone, Debug)]
pub struct RuleFields {
    pub field: RuleField,
    pub holds: String,
    pub team: Option<TeamId>,
    pub topic: Option<TopicId>,
    pub priority: Option<Priority>,
    pub only_record: bool,
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
    let kept = list(tx, mailbox)?;
    let does = fields.only_record || fields.team.is_some() || fields.topic.is_some() || fields.priority.is_some();
    Checks::default()
        .text(&fields.holds, 200, "holds")
        .check(does, "rule_team", "refused-rule-does-nothing")
        .check(kept.len() < MOST, "holds", "refused-too-many-rules")
        .done()?;
    known(tx, fields)?;
    let place: i64 = tx.one(
        "SELECT COALESCE(max(place), 0) + 1 FROM mail_rule WHERE mailbox = $1",
        &args![mailbox],
    )?;
    let id = tx.insert(
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
    )?;
    told(tx, cx, "mail rule added", id, &fields.holds)?;
    Ok(MailRuleId(id))
}

pub fn remove(tx: &mut Write, cx: &Context, mailbox: MailboxId, id: MailRuleId) -> Result<()> {
    access::require(&cx.viewer, Place::Admin)?;
    let gone = tx.exec(
        "DELETE FROM mail_rule WHERE id = $1 AND mailbox = $2",
        &args![id, mailbox],
    )?;
    if gone == 0 {
        return Err(Error::NotFound);
    }
    told(tx, cx, "mail rule removed", id.0, "")
}

fn known(tx: &mut Write, fields: &RuleFields) -> Result<()> {
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

fn told(tx: &mut Write, cx: &Context, what: &'static str, id: i64, words: &str) -> Result<()> {
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
