//! `POST /tickets/{number}/article`: an article of what solved a ticket, in one click, and what was taken out of it
//! because it names somebody. That list is shown once and kept nowhere.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use desk::knowledge::{self, Removed};
use desk::{ArticleId, Error, TicketNumber, tickets};

use crate::changes::{Back, Typed, Visit, to};
use crate::http::Outcome;
use crate::layout::{Shell, respond_with};

#[derive(Template)]
#[template(path = "kb/from_ticket.html")]
struct Page {
    shell: Shell,
    back: Back,
    number: TicketNumber,
    /// The new article; `None` where there is none, with why.
    article: Option<ArticleId>,
    removed: Vec<Removed>,
}

pub(crate) async fn draft(visit: Visit, Path(number): Path<i64>) -> Outcome {
    let number = TicketNumber(number);
    let asked = tickets::look(visit.state.desk(), &visit.staff.cx, number).await;
    asked.map_err(|e| visit.oops(e))?;
    let drafted = visit.write(move |tx, cx| knowledge::draft_from(tx, cx, number)).await;
    let (article, removed, back) = match drafted {
        Ok(from) => (Some(from.saved.article), from.removed, Back::default()),
        Err(Error::Conflict("conflict-drafted-already")) => {
            // There is one: that is where he wants to go.
            let there = visit.read(move |r, cx| knowledge::of_ticket(r, cx, number)).await?;
            if let Some(id) = there.first() {
                return Ok(to(&format!("/kb/{id}")));
            }
            (
                None,
                Vec::new(),
                visit.back(Typed::default(), Error::Conflict("conflict-drafted-already"))?,
            )
        }
        Err(other) => (None, Vec::new(), visit.back(Typed::default(), other)?),
    };
    let status = if article.is_some() {
        StatusCode::CREATED
    } else {
        back.status()
    };
    let page = Page {
        shell: visit.shell("kb-from-title", "kb").await?,
        back,
        number,
        article,
        removed,
    };
    respond_with(status, &page)
}

impl Page {
    fn kind(&self, removed: &Removed) -> String {
        self.shell.t(&format!("kb-removed-{}", removed.kind))
    }

    fn name(&self, id: &ArticleId) -> String {
        knowledge::shown(*id)
    }
}
