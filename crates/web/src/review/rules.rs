//! The rules about whose words wait: for supervisors and administrators.

use askama::Template;
use axum::Form;
use axum::extract::Query;
use desk::people::{self, Level};
use desk::reviews::{self, NamedRule, NewRule, What};
use desk::{Error, EventId, PersonId, ReviewRuleId, TopicId, topics};
use serde::Deserialize;

use crate::changes::{Back, Typed, Visit, to};
use crate::http::Outcome;
use crate::layout::{Shell, respond_with};

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    done: Option<i64>,
}

#[derive(Template)]
#[template(path = "review/rules.html")]
struct Page {
    shell: Shell,
    back: Back,
    rules: Vec<NamedRule>,
    who: Vec<(String, String)>,
    whats: Vec<(String, String)>,
    topics: Vec<(String, String)>,
    reviewers: Vec<(String, String)>,
    done: Option<i64>,
}

type All = Form<Vec<(String, String)>>;

pub(crate) async fn show(visit: Visit, Query(asked): Query<Asked>) -> Outcome {
    render(&visit, asked.done, Back::default()).await
}

async fn render(visit: &Visit, done: Option<i64>, back: Back) -> Outcome {
    let lang = visit.lang();
    let read = visit.read(move |r, cx| {
        let rules = reviews::rules(r, cx)?;
        Ok((rules, people::technicians(r)?, topics::list(r, lang, false)?))
    });
    let (rules, staff, topics) = read.await?;
    let shell = visit.shell("review-rules", "review").await?;
    let named: Vec<(String, String)> = staff.into_iter().map(|one| (one.id.to_string(), one.name)).collect();
    let levels = Level::ALL.map(|level| (format!("l{}", level.number()), up_to(&shell, level)));
    let page = Page {
        who: levels
            .into_iter()
            .chain(named.iter().map(|(id, name)| (format!("p{id}"), name.clone())))
            .collect(),
        whats: What::ALL
            .iter()
            .map(|what| (what.to_string(), kind(&shell, *what)))
            .collect(),
        topics: with_first(
            shell.t("review-any-topic"),
            topics
                .iter()
                .map(|topic| (topic.id.to_string(), topic.name(lang).to_string())),
        ),
        reviewers: with_first(shell.t("review-by-team"), named.into_iter()),
        rules,
        done,
        back,
        shell,
    };
    respond_with(page.back.status(), &page)
}

/// The choice of nobody and nothing in particular stands first.
fn with_first(words: String, others: impl Iterator<Item = (String, String)>) -> Vec<(String, String)> {
    std::iter::once((String::new(), words)).chain(others).collect()
}

fn up_to(shell: &Shell, level: Level) -> String {
    shell.t1("review-up-to", "level", level.number())
}

fn kind(shell: &Shell, what: What) -> String {
    shell.t(&format!("review-what-{what}"))
}

/// Adds a rule, or takes the one away that is named.
pub(crate) async fn change(visit: Visit, Form(all): All) -> Outcome {
    let typed = Typed::from(all);
    let asked = typed.clone();
    let changed = visit.write(move |tx, cx| {
        if !reviews::may_rule(cx) {
            return Err(Error::NotFound);
        }
        match asked.number("remove") {
            Some(id) => reviews::remove_rule(tx, cx, ReviewRuleId(id)),
            None => reviews::add_rule(tx, cx, &new_rule(&asked)?),
        }
    });
    match changed.await {
        Ok(event) => Ok(to(&format!("/team/review/rules?done={event}"))),
        Err(error) => {
            let back = visit.back(typed, error)?;
            render(&visit, None, back).await
        }
    }
}

fn new_rule(typed: &Typed) -> desk::Result<NewRule> {
    let who = typed.text("who");
    let number = |prefix: char| who.strip_prefix(prefix).and_then(|text| text.parse().ok());
    let what = What::parse(typed.text("what")).ok_or(Error::refused("what", "refused-choice"))?;
    Ok(NewRule {
        level: number('l').and_then(Level::of),
        person: number('p').map(PersonId),
        what,
        topic: chosen(typed, "topic")?.map(TopicId),
        reviewer: chosen(typed, "reviewer")?.map(PersonId),
    })
}

/// A choice that is none of the list is not the first of it.
fn chosen(typed: &Typed, name: &'static str) -> desk::Result<Option<i64>> {
    match (typed.text(name), typed.number(name)) {
        ("", _) => Ok(None),
        (_, Some(id)) => Ok(Some(id)),
        (_, None) => Err(Error::refused(name, "refused-choice")),
    }
}

pub(crate) async fn undo(visit: Visit, Form(all): All) -> Outcome {
    let event = Typed::from(all).number("event").map(EventId);
    let undone = visit.write(move |tx, cx| reviews::undo_rule(tx, cx, event.ok_or(Error::NotFound)?));
    match undone.await {
        Ok(_) => Ok(to("/team/review/rules")),
        Err(error) => {
            let back = visit.back(Typed::default(), error)?;
            render(&visit, None, back).await
        }
    }
}

impl Page {
    /// The rule as a sentence.
    fn sentence(&self, named: &NamedRule) -> String {
        let shell = &self.shell;
        let who = match (&named.person, named.rule.level) {
            (Some(name), _) => name.clone(),
            (None, Some(level)) => up_to(shell, level),
            (None, None) => String::new(),
        };
        let what = kind(shell, named.rule.what);
        match &named.topic {
            Some(topic) => format!("{who}\u{a0}: {what} ({topic})"),
            None => format!("{who}\u{a0}: {what}"),
        }
    }

    fn reads(&self, named: &NamedRule) -> String {
        match &named.reviewer {
            Some(name) => self.shell.t1("review-read-by", "name", name.as_str()),
            None => self.shell.t("review-by-team"),
        }
    }
}
