//! The sample as it is written in the TOML files beside this one. Plain data; nothing here acts.

use anyhow::{Context as _, Result};
use desk::access::Role;
use desk::ratings::RatingAnswer;
use desk::tickets::{Channel, Impact, LinkKind, Solution, Status, Urgency};
use desk::words::Lang;
use serde::Deserialize;

#[derive(Debug)]
pub(super) struct Sample {
    pub(crate) house: House,
    pub(crate) tickets: Vec<TicketIn>,
    pub(crate) links: Vec<LinkIn>,
    pub(crate) watches: Vec<WatchIn>,
    pub(crate) letters: Vec<LetterIn>,
}

impl Sample {
    pub(super) fn read() -> Result<Sample> {
        let house = toml::from_str(include_str!("house.toml")).context("house.toml")?;
        let mut sample = Sample {
            house,
            tickets: vec![],
            links: vec![],
            watches: vec![],
            letters: vec![],
        };
        for (name, text) in [
            ("1-now", include_str!("week/1-now.toml")),
            ("2-open", include_str!("week/2-open.toml")),
            ("3-solved", include_str!("week/3-solved.toml")),
        ] {
            let part: Week = toml::from_str(text).with_context(|| format!("week/{name}.toml"))?;
            sample.tickets.extend(part.ticket);
            sample.links.extend(part.link);
            sample.watches.extend(part.watch);
            sample.letters.extend(part.letter);
        }
        Ok(sample)
    }
}

pub(super) fn address_of(key: &str) -> String {
    format!("{key}@example.org")
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct House {
    pub(crate) name: String,
    pub(crate) zone: String,
    pub(crate) organization: Vec<OrganizationIn>,
    pub(crate) team: Vec<TeamIn>,
    pub(crate) topic: Vec<TopicIn>,
    pub(crate) person: Vec<PersonIn>,
    pub(crate) mailbox: Vec<MailboxIn>,
    pub(crate) walk_in: Vec<WalkInIn>,
}

/// Somebody who waits at the counter.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WalkInIn {
    pub(crate) ago: f64,
    pub(crate) name: String,
    pub(crate) words: String,
    pub(crate) by: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OrganizationIn {
    pub(crate) name: String,
    pub(crate) domain: String,
    #[serde(default)]
    pub(crate) note: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TeamIn {
    pub(crate) key: String,
    pub(crate) en: String,
    pub(crate) fr: String,
    #[serde(default)]
    pub(crate) private: bool,
    pub(crate) members: Vec<String>,
    #[serde(default)]
    pub(crate) leads: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TopicIn {
    pub(crate) key: String,
    pub(crate) under: Option<String>,
    pub(crate) en: String,
    pub(crate) fr: String,
    pub(crate) team: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PersonIn {
    pub(crate) key: String,
    pub(crate) name: String,
    #[serde(default = "requester")]
    pub(crate) role: Role,
    #[serde(default = "english")]
    pub(crate) language: Lang,
    #[serde(default)]
    pub(crate) job: String,
    #[serde(default)]
    pub(crate) site: String,
    #[serde(default)]
    pub(crate) note: String,
    #[serde(default)]
    pub(crate) phones: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MailboxIn {
    pub(crate) address: String,
    pub(crate) name: String,
    pub(crate) team: String,
    #[serde(default = "english")]
    pub(crate) language: Lang,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Week {
    ticket: Vec<TicketIn>,
    #[serde(default)]
    link: Vec<LinkIn>,
    #[serde(default)]
    watch: Vec<WatchIn>,
    #[serde(default)]
    letter: Vec<LetterIn>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TicketIn {
    pub(crate) key: String,
    /// Working hours before the demo began.
    pub(crate) ago: f64,
    pub(crate) via: Channel,
    pub(crate) from: String,
    /// The mailbox the letter came to.
    #[serde(default = "help")]
    pub(crate) to_box: String,
    /// Who took it up at the counter or on the phone, or sorted it after it came.
    pub(crate) by: Option<String>,
    /// Who has it.
    pub(crate) to: Option<String>,
    pub(crate) team: Option<String>,
    pub(crate) topic: Option<String>,
    #[serde(default = "one")]
    pub(crate) impact: Impact,
    #[serde(default = "medium")]
    pub(crate) urgency: Urgency,
    #[serde(default)]
    pub(crate) tags: Vec<String>,
    pub(crate) file: Option<String>,
    /// Nobody has looked at it yet.
    #[serde(default)]
    pub(crate) untouched: bool,
    pub(crate) subject: String,
    pub(crate) body: String,
    #[serde(default)]
    pub(crate) then: Vec<Step>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Step {
    pub(crate) ago: f64,
    pub(crate) by: String,
    pub(crate) minutes: Option<i64>,
    /// The status a reply, call or visit leaves behind.
    pub(crate) status: Option<Status>,
    #[serde(flatten)]
    pub(crate) deed: Deed,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Deed {
    Reply(String),
    Note(String),
    Call(String),
    Visit(String),
    /// The requester writes again, on the ticket's own channel.
    Answer(String),
    /// Waits for the requester, or (false) goes on.
    Pend(bool),
    Hold(String),
    Solve(Solution),
    /// Into the ticket of this key.
    Merge(String),
    /// The requester says how it went.
    Rate(RateIn),
    /// One step a line.
    Steps(String),
    /// The step at this place, the first being 0.
    Tick(usize),
    /// Time without words: `1 h 30`.
    Spent(String),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RateIn {
    pub(crate) answer: RatingAnswer,
    #[serde(default)]
    pub(crate) words: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LinkIn {
    pub(crate) ago: f64,
    pub(crate) by: String,
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) kind: LinkKind,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WatchIn {
    pub(crate) ago: f64,
    pub(crate) by: String,
    pub(crate) ticket: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LetterIn {
    pub(crate) ago: f64,
    pub(crate) from: String,
    pub(crate) name: String,
    pub(crate) subject: String,
    pub(crate) body: String,
    #[serde(default)]
    pub(crate) automatic: bool,
}

fn requester() -> Role {
    Role::Requester
}
fn english() -> Lang {
    Lang::En
}
fn help() -> String {
    "help@example.org".to_string()
}
fn one() -> Impact {
    Impact::One
}
fn medium() -> Urgency {
    Urgency::Medium
}
