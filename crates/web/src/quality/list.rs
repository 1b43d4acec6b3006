//! What waits, what was said of the reader, what is drawn by itself, and how a team does as a whole.

use askama::Template;
use axum::Form;
use axum::extract::Query;
use desk::access;
use desk::quality::{self, NewRule, Question, Review, Rule, Share, Trend};
use desk::reports::channel_name;
use desk::tickets::Channel;
use desk::words::percent;
use desk::{Context, Error, Read, TeamId, TicketNumber, TopicId};
use serde::Deserialize;

use super::names::Names;
use crate::changes::{Back, Typed, Visit, to};
use crate::http::Outcome;
use crate::layout::{Shell, respond_with};

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    /// A review that was put aside just now, and a rule that was ended.
    dropped: Option<i64>,
    ended: Option<i64>,
}

struct View {
    queue: Vec<Review>,
    done: Vec<Review>,
    mine: Vec<Review>,
    own: Trend,
    rules: Vec<Rule>,
    trends: Vec<(TeamId, Trend)>,
    names: Names,
    /// Whom the reader leads.
    led: Vec<(desk::PersonId, String)>,
}

#[derive(Template)]
#[template(path = "quality/list.html")]
struct Page {
    shell: Shell,
    back: Back,
    view: View,
    leads: Vec<(i64, String)>,
    wanted: Wanted,
}

pub(crate) async fn show(visit: Visit, Query(wanted): Query<Wanted>) -> Outcome {
    page(&visit, wanted, Back::default()).await
}

pub(crate) async fn pick(visit: Visit, Form(all): Form<Vec<(String, String)>>) -> Outcome {
    let typed = Typed::from(all);
    let number = TicketNumber(typed.number("ticket").unwrap_or(0));
    match visit.write(move |tx, cx| quality::pick(tx, cx, number)).await {
        Ok(id) => Ok(to(&format!("/team/qa/{id}"))),
        Err(error) => {
            let back = visit.back(typed, error)?;
            page(&visit, Wanted::default(), back).await
        }
    }
}

pub(crate) async fn add_rule(visit: Visit, Form(all): Form<Vec<(String, String)>>) -> Outcome {
    let typed = Typed::from(all);
    let (many, weekly) = (typed.number("many"), typed.text("how") == "weekly");
    let new = NewRule {
        team: typed.number("team").map(TeamId),
        nth: many.filter(|_| !weekly),
        weekly: many.filter(|_| weekly),
        topic: typed.number("topic").map(TopicId),
        channel: Channel::parse(typed.text("channel")),
    };
    match visit.write(move |tx, cx| quality::add_rule(tx, cx, &new)).await {
        Ok(_) => Ok(to("/team/qa")),
        Err(error) => {
            let back = visit.back(typed, error)?;
            page(&visit, Wanted::default(), back).await
        }
    }
}

async fn page(visit: &Visit, wanted: Wanted, back: Back) -> Outcome {
    let view = visit.read(look).await?;
    let led = &visit.staff.cx.viewer.leads;
    let leads = view.names.teams.iter().filter(|(id, _)| led.contains(id));
    let leads = leads.map(|(id, name)| (id.0, name.clone())).collect();
    let mut back = back;
    if back.typed.is_none() {
        let mut typed = Typed::default();
        typed.put("many", "10");
        back.typed = Some(typed);
    }
    let page = Page {
        shell: visit.shell("quality-title", "team").await?,
        back,
        view,
        leads,
        wanted,
    };
    respond_with(page.back.status(), &page)
}

fn look(r: &mut Read, cx: &Context) -> desk::Result<View> {
    access::require_board(&cx.viewer)?;
    let (queue, done) = (quality::queue(r, cx)?, quality::done_of_team(r, cx)?);
    let mine = quality::about_me(r, cx)?;
    let mut trends = Vec::new();
    for team in &cx.viewer.teams {
        match quality::of_team(r, cx, *team) {
            Ok(trend) => trends.push((*team, trend)),
            Err(Error::NotFound) => {}
            Err(other) => return Err(other),
        }
    }
    let names = Names::of(r, cx, cx.viewer.language, queue.iter().chain(&done).chain(&mine))?;
    Ok(View {
        own: quality::of_person(r, cx, cx.viewer.person)?,
        led: desk::coaching::led(r, cx)?,
        rules: quality::rules(r, cx)?,
        queue,
        done,
        mine,
        trends,
        names,
    })
}

impl Page {
    fn rule(&self, rule: &Rule) -> String {
        let (key, count) = match (rule.nth, rule.weekly) {
            (Some(nth), _) => ("quality-rule-nth", nth),
            (None, weekly) => ("quality-rule-weekly", weekly.unwrap_or(0)),
        };
        let mut words = vec![
            self.view.names.team(&rule.team).to_string(),
            self.shell.t1(key, "count", count),
        ];
        words.extend(rule.topic.map(|topic| self.view.names.topic(topic).to_string()));
        words.extend(rule.channel.map(|channel| channel_name(self.shell.lang, channel)));
        words.join(" \u{b7} ")
    }

    fn channels(&self) -> Vec<(String, String)> {
        let named = |channel: &Channel| (channel.to_string(), channel_name(self.shell.lang, *channel));
        Channel::ALL.iter().map(named).collect()
    }

    fn question(&self, question: &Question) -> String {
        self.shell.t(&format!("quality-question-{question}"))
    }

    fn share(&self, share: &Share) -> String {
        let found = share.percent().map(|found| percent(self.shell.lang, found));
        found.unwrap_or_else(|| "\u{2013}".to_string())
    }
}
