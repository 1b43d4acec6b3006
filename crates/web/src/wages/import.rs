//! A file of wages: first what it would change and which of its lines are wrong, then, when none is, kept.

use askama::Template;
use axum::extract::Multipart;
use desk::access::{self, Place};
use desk::wages::{self, Compared, DryRun, Reject, Wage};
use desk::{Error, WageEditionId};

use super::plan::money;
use crate::changes::{Back, Typed, Visit, to};
use crate::http::Outcome;
use crate::http::form::{self, Sender, Sent, Upload};
use crate::layout::{Shell, respond_with};

/// A table of regions has no more.
const LARGEST: usize = 256 * 1024;

#[derive(Template)]
#[template(path = "wages/import.html")]
struct Page {
    shell: Shell,
    back: Back,
    run: Option<DryRun>,
}

pub(crate) async fn ask(visit: Visit) -> Outcome {
    only_admin(&visit)?;
    page(&visit, Back::default(), None).await
}

pub(crate) async fn submit(visit: Visit, form: Option<Multipart>) -> Outcome {
    only_admin(&visit)?;
    let sent = form::read_any(&visit.state, Sender::Desk, form).await;
    let sent = sent.map_err(|e| visit.oops(e))?;
    let (keeps, against) = (sent.text("then") == "keep", sent.text("against").parse().ok());
    let text = match text_of(sent) {
        Ok(text) => text,
        Err(error) => {
            let back = visit.back(Typed::default(), error)?;
            return page(&visit, back, None).await;
        }
    };
    let mut typed = Typed::default();
    typed.put("csv", text.as_str());
    let mut back = Back {
        typed: Some(typed.clone()),
        ..Back::default()
    };
    if keeps {
        let (text, against) = (text.clone(), against.map(WageEditionId));
        match visit.write(move |tx, cx| wages::import(tx, cx, &text, against)).await {
            Ok(_) => return Ok(to("/wages?imported=yes")),
            Err(error) => back = visit.back(typed, error)?,
        }
    }
    let run = visit.read(move |r, cx| wages::dry_run(r, cx, &text)).await?;
    page(&visit, back, Some(run)).await
}

/// Before a form is read at all: for others there is none.
fn only_admin(visit: &Visit) -> Result<(), crate::http::Oops> {
    access::require(&visit.staff.cx.viewer, Place::Admin).map_err(|e| visit.oops(e))
}

/// The file, or what was pasted.
fn text_of(mut sent: Sent) -> desk::Result<String> {
    let pasted = sent.text("csv").to_string();
    let bytes = match sent.files.pop() {
        Some(file) if sent.refusals.is_empty() => Upload::into_bytes(file),
        None if sent.refusals.is_empty() => pasted.into_bytes(),
        _ => return Err(Error::refused("csv", "refused-wage-file")),
    };
    if bytes.is_empty() {
        return Err(Error::refused("csv", "refused-no-file"));
    }
    if bytes.len() > LARGEST {
        return Err(Error::refused("csv", "refused-wage-file"));
    }
    let text = String::from_utf8(bytes).map_err(|_| Error::refused("csv", "refused-wage-letters"))?;
    Ok(text.replace('\0', ""))
}

async fn page(visit: &Visit, back: Back, run: Option<DryRun>) -> Outcome {
    let shell = visit.shell("wages-import", "reports").await?;
    let mut status = back.status();
    if run.as_ref().is_some_and(|run| !run.rejects.is_empty()) {
        status = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
    }
    respond_with(status, &Page { shell, back, run })
}

impl Page {
    fn why(&self, reject: &Reject) -> String {
        let key = format!("wage-reject-{}", reject.why);
        // A column is named as the head of the file names it.
        self.shell.t1(&key, "words", reject.words.as_str())
    }

    fn against(&self, run: &DryRun) -> String {
        run.against.map(|edition| edition.to_string()).unwrap_or_default()
    }

    /// The class, the icon and the words of what becomes of a region, its name, and its figures.
    fn line(&self, line: &Compared) -> (&'static str, &'static str, String, String, String) {
        let said = |class, icon, key: &str, wage: &Wage, figures| {
            let name = wage.region.of(self.shell.lang).to_string();
            (class, icon, self.shell.t(key), name, figures)
        };
        match line {
            Compared::Added(new) => said("is-ok", "plus", "wages-added", new, self.figures(new)),
            Compared::Changed(was, new) => {
                let figures = format!("{} → {}", self.figures(was), self.figures(new));
                said("is-open", "pencil", "wages-changed", new, figures)
            }
            Compared::Same(wage) => said("", "check", "wages-same", wage, self.figures(wage)),
            Compared::Removed(was) => said("is-late", "trash", "wages-removed", was, self.figures(was)),
        }
    }

    fn figures(&self, wage: &Wage) -> String {
        let all = [wage.low, Some(wage.median), wage.high].map(|cents| money(self.shell.lang, cents));
        format!("{} ({}, {})", all.join(" / "), wage.source, wage.dated)
    }
}
