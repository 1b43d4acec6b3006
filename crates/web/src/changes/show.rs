//! One change: what it is, where it stands, what can be done with it now, and the tickets around it.

use askama::Template;
use axum::extract::{Path, Query};
use desk::ChangeNumber;
use desk::changes::{self, After, Change, State};
use desk::tickets::Ticket;
use serde::Deserialize;

use super::marks::{self, Names};
use super::visit::{Back, Visit};
use crate::http::Outcome;
use crate::layout::{Markup, Shell, markdown, respond_with};

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    done: Option<i64>,
}

#[derive(Template)]
#[template(path = "changes/show.html")]
struct Page {
    shell: Shell,
    back: Back,
    change: Change,
    names: Names,
    words: Markup,
    back_out: Markup,
    result: Markup,
    linked: Vec<Ticket>,
    after: Vec<After>,
    /// The viewer may say yes or no.
    decides: bool,
    /// It is made or being made without the approval the house asks for.
    lacks: bool,
    done: Option<i64>,
}

pub(crate) async fn show(visit: Visit, Path(number): Path<i64>, Query(asked): Query<Asked>) -> Outcome {
    render(&visit, ChangeNumber(number), asked.done, Back::default()).await
}

pub(super) async fn render(visit: &Visit, number: ChangeNumber, done: Option<i64>, back: Back) -> Outcome {
    let lang = visit.lang();
    let read = visit.read(move |r, cx| {
        let change = changes::find(r, cx, number)?;
        let names = Names::of(r, cx, lang, [&change])?;
        let (linked, after) = (changes::links(r, cx, number)?, changes::after(r, cx, number)?);
        let decides = changes::may_decide_on(r, cx, &change)?;
        Ok((change, names, linked, after, decides))
    });
    let (change, names, linked, after, decides) = read.await?;
    let shell = visit.shell("changes-title", "changes").await?.following("changes");
    let page = Page {
        shell: shell.titled(format!("{} {}", change.number.shown(), change.title)),
        words: markdown(&change.words),
        back_out: markdown(&change.back_out),
        result: markdown(&change.result),
        lacks: change.lacks_approval(visit.staff.cx.house.approval_from),
        change,
        names,
        linked,
        after,
        decides,
        done,
        back,
    };
    respond_with(page.back.status(), &page)
}

impl Page {
    fn state(&self) -> (&'static str, &'static str, String) {
        marks::state(&self.shell, self.change.state)
    }

    fn risk(&self) -> String {
        marks::risk(&self.shell, self.change.risk)
    }

    fn when(&self) -> String {
        marks::when(&self.shell, &self.change)
    }

    fn touches(&self, one: &After) -> String {
        marks::touches(&self.shell, &one.touches)
    }

    fn is(&self, state: &str) -> bool {
        self.change.state.as_str() == state
    }

    /// Nobody has said yet how it ended.
    fn is_open(&self) -> bool {
        matches!(self.change.state, State::Draft | State::Approved | State::InProgress)
    }

    fn decided_by(&self) -> String {
        let by = self.change.decided_by.map(|id| self.names.person(&self.shell, &id));
        by.unwrap_or_default()
    }
}
