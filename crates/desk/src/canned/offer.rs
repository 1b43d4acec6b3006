//! Canned replies while somebody writes on a ticket: found by what is typed after the slash, those in the reader's
//! language first, filled with what the ticket knows.

use db::{Read, Sql};

use super::fill::{Values, fill};
use super::list::{Line, list};
use super::reply::CannedReply;
use crate::access;
use crate::context::Context;
use crate::error::Result;
use crate::ids::TicketNumber;
use crate::people::{self, begins, words_of};
use crate::teams;
use crate::tickets::{self, MessageKind, Ticket};
use crate::words::Lang;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    pub name: String,
    pub word: String,
    /// The language it is in, which is not always the one asked for.
    pub lang: Lang,
    pub text: String,
}

/// A reply is written in the requester's language, everything else in the writer's own.
pub fn offer(
    r: &mut Read,
    cx: &Context,
    number: TicketNumber,
    kind: MessageKind,
    typed: &str,
    most: usize,
) -> Result<Vec<Offer>> {
    access::require(&cx.viewer, access::Place::Desk)?;
    let ticket = tickets::find_visible(r, cx, number)?;
    let lang = if kind == MessageKind::Reply {
        ticket.language
    } else {
        cx.viewer.language
    };
    let mut lines = list(r, cx)?;
    lines.retain(|line| !line.retired && (line.team.is_none_or(|team| cx.viewer.teams.contains(&team))));
    let chosen = ranked(lines, lang, typed, most);
    let mut offers = Vec::new();
    for reply in texts(r, &chosen)? {
        let (lang, text) = reply.text(lang);
        let text = fill(text, &values(r, cx, &ticket, lang)?);
        offers.push(Offer {
            name: reply.name.clone(),
            word: reply.word.clone(),
            lang,
            text,
        });
    }
    Ok(offers)
}

/// Those that are meant: in this language before in the other, by their word before by their name.
fn ranked(mut lines: Vec<Line>, lang: Lang, typed: &str, most: usize) -> Vec<Line> {
    let (typed, terms) = (typed.to_lowercase(), words_of(typed));
    lines.retain(|line| {
        let words = [words_of(&line.word), words_of(&line.name)].concat();
        line.word.starts_with(&typed) || (!terms.is_empty() && begins(&words, &terms))
    });
    lines.sort_by_key(|line| (!line.has(lang), !line.word.starts_with(&typed), line.word.clone()));
    lines.truncate(most);
    lines
}

/// Whole, in the same order.
fn texts(r: &mut Read, chosen: &[Line]) -> Result<Vec<CannedReply>> {
    if chosen.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new("SELECT id, name, word, text_en, text_fr, team, retired FROM canned WHERE id IN (");
    sql.bind_list(chosen.iter().map(|line| line.id)).push(")");
    let mut replies: Vec<CannedReply> = r.query_sql(&sql)?;
    replies.sort_by_key(|reply| chosen.iter().position(|line| line.id == reply.id));
    Ok(replies)
}

fn values(r: &mut Read, cx: &Context, ticket: &Ticket, lang: Lang) -> Result<Values> {
    let house = &cx.house;
    let team = match ticket.team {
        Some(team) => teams::find(r, cx, team)?.name(lang).to_string(),
        None => house.name.clone(),
    };
    let address = house.public_url.as_deref();
    Ok(Values {
        requester: people::find_visible(r, cx, ticket.requester)?.name,
        number: ticket.number.to_string(),
        subject: ticket.subject.clone(),
        technician: cx.viewer.name.clone(),
        team,
        desk: house.name.clone(),
        link: address.map_or_else(String::new, |url| format!("{url}/{lang}/requests/{}", ticket.number)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::CannedId;

    fn line(word: &str, name: &str, en: bool, fr: bool) -> Line {
        Line {
            id: CannedId(1),
            name: name.into(),
            word: word.into(),
            team: None,
            en,
            fr,
            retired: false,
        }
    }

    #[test]
    fn the_language_leads_and_then_the_word() {
        let all = || {
            vec![
                line("password", "A new password", true, false),
                line("pause", "Wait for the requester", true, true),
                line("rpv", "Réseau privé", false, true),
            ]
        };
        let words =
            |lang, typed| -> Vec<String> { ranked(all(), lang, typed, 8).into_iter().map(|l| l.word).collect() };
        assert_eq!(words(Lang::Fr, ""), ["pause", "rpv", "password"]);
        assert_eq!(words(Lang::En, ""), ["password", "pause", "rpv"]);
        assert_eq!(words(Lang::En, "pa"), ["password", "pause"]);
        assert_eq!(words(Lang::Fr, "pa"), ["pause", "password"]);
        assert_eq!(words(Lang::En, "reseau"), ["rpv"], "by a word of its name, folded");
        assert!(words(Lang::En, "zebra").is_empty());
        assert_eq!(ranked(all(), Lang::En, "", 1).len(), 1);
    }
}
