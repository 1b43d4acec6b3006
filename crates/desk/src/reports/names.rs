//! The names of what a report is broken down by, in the reader's language.

use std::collections::{BTreeMap, HashMap};

use db::Read;

use super::figures::{By, Tally};
use super::sentences::say;
use crate::context::Context;
use crate::error::Result;
use crate::tickets::Channel;
use crate::words::Lang;
use crate::{teams, topics};

/// Named, the most first.
pub(super) fn named(
    r: &mut Read,
    cx: &Context,
    by: By,
    parts: BTreeMap<String, Tally>,
) -> Result<Vec<(String, Tally)>> {
    let lang = cx.viewer.language;
    let known: HashMap<String, String> = match by {
        By::Channel => Channel::ALL
            .iter()
            .map(|channel| (channel.to_string(), channel_name(lang, *channel)))
            .collect(),
        By::Team => teams::list(r, cx)?
            .into_iter()
            .map(|team| (team.id.to_string(), team.name(lang).to_string()))
            .collect(),
        By::Topic => topic_names(r, lang)?
            .into_iter()
            .map(|(id, name)| (id.to_string(), name))
            .collect(),
    };
    let none = || match by {
        By::Topic => say(lang, "report-no-topic"),
        _ => say(lang, "report-no-team"),
    };
    let mut named: Vec<(String, Tally)> = parts
        .into_iter()
        .map(|(key, tally)| (known.get(&key).cloned().unwrap_or_else(none), tally))
        .collect();
    named.sort_by(|(a, left), (b, right)| weight(right).cmp(&weight(left)).then_with(|| a.cmp(b)));
    Ok(named)
}

fn weight(tally: &Tally) -> i64 {
    tally
        .opened
        .max(tally.solved)
        .max(tally.open)
        .max(tally.times.total())
        .max(tally.reopened)
}

pub fn channel_name(lang: Lang, channel: Channel) -> String {
    say(lang, &format!("report-channel-{channel}"))
}

/// Every topic that is or was, one under another with the name of both.
pub fn topic_names(r: &mut Read, lang: Lang) -> Result<Vec<(i64, String)>> {
    let (mut names, mut top) = (Vec::new(), String::new());
    for topic in topics::list(r, lang, true)? {
        let own = topic.name(lang);
        if topic.parent.is_none() {
            top = own.to_string();
            names.push((topic.id.0, top.clone()));
        } else {
            names.push((topic.id.0, format!("{top} \u{203a} {own}")));
        }
    }
    Ok(names)
}
