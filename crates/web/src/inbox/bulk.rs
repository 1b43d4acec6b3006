//! `POST /inbox/{view}/bulk`: one deed on the rows that are ticked, and `POST /inbox/{view}/undo`, which takes it back.
//! Both lead back to the page they were sent from.

use askama::Template;
use axum::extract::{Form, Path, Query, RawQuery, State as Extract};
use axum::response::{IntoResponse, Redirect};
use desk::tickets::{self, Deed, Priority};
use desk::{Context, Error, EventId, PersonId, Read, Refusal, TeamId, TicketNumber, Time, TopicId};
use serde::Deserialize;

use super::rows::Choices;
use super::show::{self, News};
use super::wanted::Wanted;
use crate::http::{Nonce, Oops, Outcome, Staff};
use crate::layout::{Shell, respond};
use crate::state::State;
use crate::tickets::choices::{self, Choice};

/// A toast has no room for more.
const MOST_NAMED: usize = 10;

/// The deeds of one kind, under one heading of the list.
#[derive(Clone, Debug)]
pub(crate) struct DeedGroup {
    pub title: String,
    pub deeds: Vec<Choice>,
}

/// What was done to many, and to how many it could not be done.
#[derive(Clone, Debug)]
pub(crate) struct BulkToast {
    pub event: i64,
    pub done: usize,
    pub left: usize,
    /// Why, once for each reason.
    pub reasons: Vec<String>,
}

/// What can be done, fetched when the first row is ticked.
#[derive(Template)]
#[template(path = "inbox/deeds.html")]
struct DeedsPage {
    shell: Shell,
    groups: Vec<DeedGroup>,
    tag: String,
}

/// What was chosen in a form that was refused, and comes back with it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Chosen {
    pub deed: String,
    pub tag: String,
}

impl Chosen {
    /// The address of the deeds with what was chosen of them.
    pub(crate) fn deeds(&self) -> String {
        if self.deed.is_empty() && self.tag.is_empty() {
            return "/inbox/deeds".to_string();
        }
        let chosen = form_urlencoded::Serializer::new(String::new())
            .append_pair("deed", &self.deed)
            .append_pair("tag", &self.tag)
            .finish();
        format!("/inbox/deeds?{chosen}")
    }
}

/// `GET /inbox/deeds`: the deeds there are.
pub(crate) async fn choose(
    Extract(state): Extract<State>,
    staff: Staff,
    nonce: Nonce,
    Query(chosen): Query<Chosen>,
) -> Outcome {
    let cx = staff.cx.clone();
    let known = state.desk().read(move |r| show::choices(r, &cx)).await?;
    let shell = Shell::desk(&state, &staff.seen, nonce, "bulk", "");
    let mut groups = deeds(&shell, &staff.cx, &known);
    for deed in groups.iter_mut().flat_map(|group| &mut group.deeds) {
        deed.chosen = !chosen.deed.is_empty() && deed.value == chosen.deed;
    }
    let tag = chosen.tag;
    respond(&DeedsPage { shell, groups, tag })
}

fn deeds(shell: &Shell, cx: &Context, known: &Choices) -> Vec<DeedGroup> {
    let put = |prefix: &str, list: Vec<Choice>| {
        let deed = |c: Choice| Choice {
            value: format!("{prefix}:{}", c.value),
            ..c
        };
        list.into_iter().map(deed).collect::<Vec<_>>()
    };
    let word = |value: &str, key: &str| Choice {
        value: value.to_string(),
        words: shell.t(key),
        chosen: false,
    };
    let group = |title: &str, deeds: Vec<Choice>| DeedGroup {
        title: shell.t(title),
        deeds,
    };
    let people = choices::of_technicians(&known.technicians, "");
    let assign = [word("assign:me", "do-take"), word("assign:", "do-release")];
    let status = [
        word("pend", "do-pend"),
        word("resume", "do-resume"),
        word("solve", "do-solve"),
        word("close", "do-close"),
        word("reopen", "do-reopen"),
    ];
    let levels: Vec<&str> = Priority::ALL.iter().map(|p| p.as_str()).collect();
    let levels = choices::of_words(shell, |w| format!("priority-{w}"), &levels, "");
    let teams = choices::of_teams(shell, &known.teams, "");
    let topics = choices::of_topics(shell, &known.topics, "");
    let offered = tickets::offered(&cx.house.calendar, cx.now).into_iter();
    let snooze = offered.map(|(offer, _)| word(&format!("snooze:{offer}"), &format!("later-{offer}")));
    vec![
        group("assigned-to", assign.into_iter().chain(put("assign", people)).collect()),
        group("field-status", status.into_iter().collect()),
        group("do-snooze", snooze.collect()),
        group("field-priority", put("priority", levels)),
        group("field-team", put("team", teams)),
        group("field-topic", put("topic", topics)),
        group("field-tag", vec![word("tag", "do-tag")]),
    ]
}

#[derive(Default)]
struct Sent {
    numbers: Vec<TicketNumber>,
    deed: String,
    tag: String,
    /// The ticket beside the list, where it was sent from its page.
    beside: Option<TicketNumber>,
}

impl Sent {
    fn of(pairs: Vec<(String, String)>) -> Sent {
        let mut sent = Sent::default();
        for (name, value) in pairs {
            match name.as_str() {
                "t" => sent.numbers.extend(value.parse().ok().map(TicketNumber)),
                "deed" => sent.deed = value,
                "tag" => sent.tag = value,
                "beside" => sent.beside = value.parse().ok().map(TicketNumber),
                _ => {}
            }
        }
        sent
    }

    fn deed(&self, cx: &Context) -> Option<Deed> {
        let (what, value) = self.deed.split_once(':').unwrap_or((&self.deed, ""));
        let id = || value.parse::<i64>().ok();
        Some(match (what, value) {
            ("assign", "me") => Deed::Assign(cx.viewer.person),
            ("assign", "") => Deed::Release,
            ("assign", _) => Deed::Assign(PersonId(id()?)),
            ("pend", _) => Deed::Pend,
            ("resume", _) => Deed::Resume,
            ("solve", _) => Deed::Solve,
            ("close", _) => Deed::Close,
            ("reopen", _) => Deed::Reopen,
            ("priority", _) => Deed::Priority(Some(Priority::parse(value)?)),
            ("team", _) => Deed::Team(Some(TeamId(id()?))),
            ("topic", _) => Deed::Topic(Some(TopicId(id()?))),
            // The moment is reckoned from the press, not from when the page was opened.
            ("snooze", offer) => Deed::Snooze(offered_at(cx, offer)?),
            ("tag", _) => Deed::Tag(self.tag.clone()),
            _ => return None,
        })
    }
}

fn offered_at(cx: &Context, word: &str) -> Option<Time> {
    let offered = tickets::offered(&cx.house.calendar, cx.now);
    offered
        .into_iter()
        .find(|(offer, _)| offer.as_str() == word)
        .map(|(_, at)| at)
}

pub(crate) async fn bulk(
    Extract(state): Extract<State>,
    staff: Staff,
    nonce: Nonce,
    Path(view): Path<String>,
    RawQuery(query): RawQuery,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Outcome {
    let wanted = show::wanted(&staff, &view, query.as_deref())?;
    let (sent, cx) = (Sent::of(pairs), staff.cx.clone());
    let (numbers, deed, beside) = (sent.numbers.clone(), sent.deed(&cx), sent.beside);
    let done = state.desk().write(move |tx| {
        let deed = deed.as_ref().ok_or(Error::refused("deed", "refused-no-deed"))?;
        Ok(tickets::bulk(tx, &cx, &numbers, deed)?.0)
    });
    match done.await {
        Ok(event) => Ok(back(&wanted, beside, &format!("bulk={event}"))),
        Err(Error::Refused(refusals)) => {
            let news = News {
                refused: refusals,
                ticked: sent.numbers,
                chosen: Chosen {
                    deed: sent.deed,
                    tag: sent.tag,
                },
                ..News::default()
            };
            show::page(&state, &staff, nonce, wanted, news).await
        }
        Err(other) => Err(Oops::from(other).in_language(staff.seen.viewer.language)),
    }
}

pub(crate) async fn undo(
    Extract(state): Extract<State>,
    staff: Staff,
    Path(view): Path<String>,
    RawQuery(query): RawQuery,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Outcome {
    let wanted = show::wanted(&staff, &view, query.as_deref())?;
    let field = |name: &str| {
        pairs
            .iter()
            .find(|(n, _)| n == name)
            .and_then(|(_, v)| v.parse::<i64>().ok())
    };
    let (event, cx) = (field("event").map(EventId), staff.cx.clone());
    let undone = state.desk().write(move |tx| {
        let event = event.ok_or(Error::NotFound)?;
        tickets::undo_bulk(tx, &cx, event)
    });
    let lang = staff.seen.viewer.language;
    let left = undone.await.map_err(|e| Oops::from(e).in_language(lang))?.left.len();
    let told = if left > 0 {
        format!("kept={left}")
    } else {
        String::new()
    };
    Ok(back(&wanted, field("beside").map(TicketNumber), &told))
}

fn back(wanted: &Wanted, beside: Option<TicketNumber>, told: &str) -> axum::response::Response {
    let to = match beside {
        Some(number) => format!("/tickets/{number}?{}&{told}", wanted.query()),
        None => wanted.home_with(told),
    };
    Redirect::to(&to).into_response()
}

/// What a bulk of the viewer's did, for the toast of the page after it.
pub(crate) fn told(r: &mut Read, cx: &Context, event: Option<i64>) -> desk::Result<Option<(i64, Told)>> {
    let Some(event) = event else { return Ok(None) };
    match tickets::bulk_told(r, cx, EventId(event)) {
        Ok(told) => Ok(Some((event, told))),
        Err(Error::NotFound) => Ok(None),
        Err(other) => Err(other),
    }
}

pub(crate) type Told = (usize, Vec<(TicketNumber, String)>);

pub(crate) fn toast(shell: &Shell, told: Option<(i64, Told)>) -> Option<BulkToast> {
    let (event, (done, left)) = told?;
    let mut keys: Vec<&str> = left.iter().map(|(_, key)| key.as_str()).collect();
    keys.sort_unstable();
    keys.dedup();
    Some(BulkToast {
        event,
        done,
        left: left.len(),
        reasons: keys
            .into_iter()
            .map(|key| shell.t1(key, "tickets", named(&left, key)))
            .collect(),
    })
}

/// The first of those that were left alone for this reason, by their numbers.
fn named(left: &[(TicketNumber, String)], why: &str) -> String {
    let of = left.iter().filter(|(_, key)| key == why);
    let numbers: Vec<String> = of
        .clone()
        .take(MOST_NAMED)
        .map(|(number, _)| format!("#{number}"))
        .collect();
    let more = if of.count() > MOST_NAMED { " \u{2026}" } else { "" };
    format!("{}{more}", numbers.join(", "))
}

/// The sentences of a refusal, for the summary above the list.
pub(crate) fn sentences(shell: &Shell, refused: &[Refusal]) -> Vec<String> {
    let one = |r: &Refusal| shell.refusal(std::slice::from_ref(r), r.field);
    refused.iter().filter_map(one).collect()
}
