//! The self-assessment: one page in six parts. Each answer is a button and is kept at once, so that nothing is lost on
//! leaving; without one under way the page shows what came out last.

use askama::Template;
use axum::Form;
use axum::http::HeaderMap;
use desk::Error;
use desk::competence::{self, Answer, Area, Finished, Level, Sheet, Statement};

use crate::changes::{Back, Typed, Visit, to};
use crate::http::Outcome;
use crate::layout::{Shell, respond, respond_with};

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

/// A statement with its answers. Each is a frame of its own, so that quick answers do not overtake each other.
struct Line {
    statement: Statement,
    words: String,
    /// The answer as it is sent, its words, and whether it is the one that stands.
    choices: Vec<(&'static str, String, bool)>,
}

#[derive(Template)]
#[template(path = "skills/said.html")]
struct Part {
    line: Line,
}

/// Whole; or the one statement whose frame asks again after an answer.
pub(crate) async fn show(visit: Visit, headers: HeaderMap) -> Outcome {
    let framed = headers.get("turbo-frame").and_then(|name| name.to_str().ok());
    let asked = framed.and_then(|name| Statement::parse(name.strip_prefix("f-")?));
    if let Some(statement) = asked
        && let Some(sheet) = visit.read(competence::open).await?
    {
        let shell = visit.bare("skills-own-title", "team");
        let line = Line::of(&shell, &sheet, statement);
        return respond(&Part { line });
    }
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

impl Line {
    fn of(shell: &Shell, sheet: &Sheet, statement: Statement) -> Line {
        let said = sheet.answers.get(&statement);
        let choice = |answer: &Answer| {
            let words = shell.t(&format!("skills-answer-{answer}"));
            (answer.as_str(), words, said == Some(answer))
        };
        Line {
            statement,
            words: shell.t(&format!("statement-{statement}")),
            choices: Answer::ALL.iter().map(choice).collect(),
        }
    }
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

    fn lines(&self, sheet: &Sheet, area: &Area, level: &i64) -> Vec<Line> {
        let of_level = Statement::of(*area).filter(|statement| statement.level == *level);
        of_level
            .map(|statement| Line::of(&self.shell, sheet, statement))
            .collect()
    }

    fn title_of_level(&self, level: &i64) -> String {
        self.shell.t(&format!("skills-lead-{level}"))
    }
}
