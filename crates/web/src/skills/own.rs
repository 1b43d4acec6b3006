//! The self-assessment: one page in six parts. Each answer is a button of one form and is kept at once, so that nothing
//! is lost on leaving; without one under way the page shows what came out last.

use askama::Template;
use axum::Form;
use desk::Error;
use desk::competence::{self, Answer, Area, EACH, Finished, Level, Sheet, Statement};

use crate::changes::{Back, Typed, Visit, to};
use crate::http::Outcome;
use crate::layout::{Shell, respond_with};

const PATH: &str = "/team/skills/me";

#[derive(Template)]
#[template(path = "skills/own.html")]
struct Page {
    shell: Shell,
    back: Back,
    /// The one under way.
    sheet: Option<Sheet>,
    last: Option<Finished>,
}

pub(crate) async fn show(visit: Visit) -> Outcome {
    page(&visit, Back::default()).await
}

pub(crate) async fn begin(visit: Visit) -> Outcome {
    visit.write(competence::begin).await.map_err(|e| visit.oops(e))?;
    Ok(to(PATH))
}

/// The fields are statements by name, their values the answers: one where a button was pressed.
pub(crate) async fn answer(visit: Visit, Form(all): Form<Vec<(String, String)>>) -> Outcome {
    let read = |(name, word): &(String, String)| Some((Statement::parse(name)?, Answer::parse(word)?));
    let answers: Vec<(Statement, Answer)> = all.iter().filter_map(read).collect();
    let last = answers.last().map(|(statement, _)| *statement);
    let kept = visit.write(move |tx, cx| {
        if answers.is_empty() {
            return Err(Error::refused("answers", "refused-no-answer"));
        }
        for (statement, answer) in answers {
            competence::answer(tx, cx, statement, answer)?;
        }
        Ok(())
    });
    match (kept.await, last) {
        (Ok(()), Some(statement)) => Ok(to(&format!("{PATH}#{statement}"))),
        (Ok(()), None) => Ok(to(PATH)),
        (Err(error), _) => again(&visit, error).await,
    }
}

pub(crate) async fn finish(visit: Visit) -> Outcome {
    match visit.write(competence::finish).await {
        Ok(_) => Ok(to(PATH)),
        Err(error) => again(&visit, error).await,
    }
}

async fn again(visit: &Visit, error: Error) -> Outcome {
    let back = visit.back(Typed::default(), error)?;
    page(visit, back).await
}

async fn page(visit: &Visit, back: Back) -> Outcome {
    let me = visit.staff.seen.viewer.person;
    let read = visit.read(move |r, cx| {
        let finished = competence::finished(r, cx, me)?;
        Ok((competence::open(r, cx)?, finished.into_iter().next()))
    });
    let (sheet, last) = read.await?;
    let page = Page {
        shell: visit.shell("skills-own-title", "team").await?,
        back,
        sheet,
        last,
    };
    respond_with(page.back.status(), &page)
}

impl Page {
    fn areas(&self) -> &'static [Area] {
        Area::ALL
    }

    fn area(&self, area: &Area) -> String {
        super::area(&self.shell, *area)
    }

    fn level(&self, level: &Level) -> String {
        super::level(&self.shell, Some(*level))
    }

    fn of_level(&self, area: &Area, level: &i64) -> Vec<Statement> {
        Statement::of(*area)
            .filter(|statement| statement.level == *level)
            .collect()
    }

    fn words(&self, statement: &Statement) -> String {
        self.shell.t(&format!("statement-{statement}"))
    }

    fn answers(&self) -> &'static [Answer] {
        Answer::ALL
    }

    fn is(&self, sheet: &Sheet, statement: &Statement, answer: &Answer) -> bool {
        sheet.answers.get(statement) == Some(answer)
    }

    /// How many of an area have an answer, of how many.
    fn progress(&self, sheet: &Sheet, area: &Area) -> String {
        let done = Statement::of(*area)
            .filter(|statement| sheet.answers.contains_key(statement))
            .count();
        self.shell.t2("skills-answered", "done", done, "all", EACH * 3)
    }

    fn title_of_level(&self, level: &i64) -> String {
        self.shell.t(&format!("skills-lead-{level}"))
    }
}
