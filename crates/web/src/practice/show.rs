//! One practice ticket: worked by whom it was given to, then both sides beside each other, what was learnt, and what the
//! lead says of it.

use askama::Template;
use axum::Form;
use axum::extract::Path;
use desk::competence::{self, Member};
use desk::practice::{self, Practice, Work};
use desk::{Context, Error, PracticeId, Write};

use super::list::standing;
use crate::changes::{Back, Typed, Visit, to};
use crate::http::Outcome;
use crate::layout::{Shell, respond_with};

#[derive(Template)]
#[template(path = "practice/show.html")]
struct Page {
    shell: Shell,
    back: Back,
    p: Practice,
    member: Member,
    /// It is the viewer's own to work.
    own: bool,
    /// The viewer leads whom it was given to.
    leads: bool,
}

pub(crate) async fn show(visit: Visit, Path(id): Path<i64>) -> Outcome {
    page(&visit, PracticeId(id), None).await
}

/// Kept as far as it is, or handed in.
pub(crate) async fn work(visit: Visit, Path(id): Path<i64>, Form(all): Form<Vec<(String, String)>>) -> Outcome {
    let typed = Typed::from(all);
    let work = Work {
        asks: typed.text("asks").to_string(),
        diagnosis: typed.text("diagnosis").to_string(),
        answer: typed.text("answer").to_string(),
    };
    let hands_in = typed.has("then", "hand-in");
    written(&visit, id, typed, move |tx, cx| {
        if hands_in {
            practice::hand_in(tx, cx, PracticeId(id), &work).map(drop)
        } else {
            practice::save(tx, cx, PracticeId(id), &work)
        }
    })
    .await
}

pub(crate) async fn learnt(visit: Visit, Path(id): Path<i64>, Form(all): Form<Vec<(String, String)>>) -> Outcome {
    let typed = Typed::from(all);
    let words = typed.text("learnt").to_string();
    written(&visit, id, typed, move |tx, cx| {
        practice::learnt(tx, cx, PracticeId(id), &words).map(drop)
    })
    .await
}

pub(crate) async fn comment(visit: Visit, Path(id): Path<i64>, Form(all): Form<Vec<(String, String)>>) -> Outcome {
    let typed = Typed::from(all);
    let words = typed.text("comment").to_string();
    written(&visit, id, typed, move |tx, cx| {
        practice::comment(tx, cx, PracticeId(id), &words).map(drop)
    })
    .await
}

async fn written(
    visit: &Visit,
    id: i64,
    typed: Typed,
    deed: impl FnOnce(&mut Write, &Context) -> desk::Result<()> + Send + 'static,
) -> Outcome {
    match visit.write(deed).await {
        Ok(()) => Ok(to(&format!("/team/practice/{id}"))),
        Err(error @ Error::NotFound) => Err(visit.oops(error)),
        Err(error) => {
            let back = visit.back(typed, error)?;
            page(visit, PracticeId(id), Some(back)).await
        }
    }
}

pub(crate) async fn remove(visit: Visit, Path(id): Path<i64>) -> Outcome {
    let kept = visit.write(move |tx, cx| practice::remove(tx, cx, PracticeId(id)));
    kept.await.map_err(|e| visit.oops(e))?;
    Ok(to(&format!("/team/practice?removed={id}")))
}

pub(crate) async fn restore(visit: Visit, Path(id): Path<i64>) -> Outcome {
    let kept = visit.write(move |tx, cx| practice::restore(tx, cx, PracticeId(id)));
    kept.await.map_err(|e| visit.oops(e))?;
    Ok(to("/team/practice"))
}

async fn page(visit: &Visit, id: PracticeId, back: Option<Back>) -> Outcome {
    let read = visit.read(move |r, cx| {
        let one = practice::find(r, cx, id)?;
        let member = competence::seen(r, cx, one.person)?;
        let leads = competence::is_led(cx, &member);
        Ok((one, member, leads))
    });
    let (p, member, leads) = read.await?;
    let shell = visit.shell("practice-title", "team").await?;
    let page = Page {
        shell: shell.titled(p.title.clone()),
        back: back.unwrap_or_else(|| standing_now(&p)),
        own: visit.staff.seen.viewer.person == p.person,
        p,
        member,
        leads,
    };
    respond_with(page.back.status(), &page)
}

/// The fields as they are kept.
fn standing_now(p: &Practice) -> Back {
    let mut typed = Typed::default();
    typed.put("asks", p.asks.as_str());
    typed.put("diagnosis", p.diagnosis.as_str());
    typed.put("answer", p.answer.as_str());
    typed.put("learnt", p.learnt.as_str());
    typed.put("comment", p.comment.as_str());
    Back {
        typed: Some(typed),
        ..Back::default()
    }
}

impl Page {
    fn standing(&self) -> (&'static str, String) {
        standing(&self.shell, &self.p)
    }

    /// What stands on the side of whoever worked it: heading and words.
    fn mine(&self) -> Vec<(String, &str)> {
        let parts = [
            ("practice-asks", &self.p.asks),
            ("practice-diagnosis", &self.p.diagnosis),
            ("practice-answer", &self.p.answer),
        ];
        self.said(&parts)
    }

    /// What was done with the ticket.
    fn done(&self) -> Vec<(String, &str)> {
        let done = &self.p.done;
        let parts = [
            ("practice-done-replies", &done.replies),
            ("practice-done-cause", &done.cause),
            ("practice-done-steps", &done.steps),
            ("practice-done-helped", &done.helped),
        ];
        self.said(&parts)
    }

    fn said<'p>(&self, parts: &[(&str, &'p String)]) -> Vec<(String, &'p str)> {
        let there = parts.iter().filter(|(_, words)| !words.is_empty());
        there.map(|(key, words)| (self.shell.t(key), words.as_str())).collect()
    }
}
