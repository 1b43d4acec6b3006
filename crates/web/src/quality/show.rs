//! One review: five questions and a word, to be filled by a lead, to be read by the person.

use askama::Template;
use axum::Form;
use axum::extract::Path;
use desk::ReviewId;
use desk::quality::{self, Answer, Filled, Question, Review, State};

use super::names::Names;
use crate::changes::{Back, Typed, Visit, to};
use crate::http::Outcome;
use crate::layout::{Shell, respond_with};

#[derive(Template)]
#[template(path = "quality/show.html")]
struct Page {
    shell: Shell,
    back: Back,
    review: Review,
    names: Names,
    /// The reader fills it.
    fills: bool,
}

pub(crate) async fn show(visit: Visit, Path(id): Path<i64>) -> Outcome {
    page(&visit, ReviewId(id), Back::default()).await
}

pub(crate) async fn fill(visit: Visit, Path(id): Path<i64>, Form(all): Form<Vec<(String, String)>>) -> Outcome {
    let (typed, id) = (Typed::from(all), ReviewId(id));
    let answer = |question: &Question| Some((*question, Answer::parse(typed.text(question.as_str()))?));
    let filled = Filled {
        answers: Question::ALL.iter().filter_map(answer).collect(),
        words: typed.text("words").to_string(),
    };
    match visit.write(move |tx, cx| quality::fill(tx, cx, id, &filled)).await {
        Ok(_) => Ok(to("/team/qa")),
        Err(error) => {
            let back = visit.back(typed, error)?;
            page(&visit, id, back).await
        }
    }
}

async fn page(visit: &Visit, id: ReviewId, mut back: Back) -> Outcome {
    let lang = visit.lang();
    let read = visit.read(move |r, cx| {
        let review = quality::find(r, cx, id)?;
        let names = Names::of(r, cx, lang, std::iter::once(&review))?;
        Ok((review, names))
    });
    let (review, names) = read.await?;
    if back.typed.is_none() {
        let mut typed = Typed::default();
        for (question, answer) in &review.answers {
            typed.put(question.as_str(), answer.as_str());
        }
        typed.put("words", review.words.clone());
        back.typed = Some(typed);
    }
    let page = Page {
        shell: visit.shell("quality-title", "team").await?,
        fills: review.is_led_by(&visit.staff.cx.viewer),
        back,
        review,
        names,
    };
    respond_with(page.back.status(), &page)
}

impl Page {
    fn questions(&self) -> Vec<(&'static str, String)> {
        let one = |question: &Question| (question.as_str(), self.shell.t(&format!("quality-question-{question}")));
        Question::ALL.iter().map(one).collect()
    }

    fn answers(&self) -> Vec<(&'static str, String)> {
        let one = |answer: &Answer| (answer.as_str(), self.shell.t(&format!("quality-answer-{answer}")));
        Answer::ALL.iter().map(one).collect()
    }

    fn answered(&self, question: &str) -> String {
        let found = Question::parse(question).and_then(|question| self.review.answers.get(&question));
        found
            .map(|answer| self.shell.t(&format!("quality-answer-{answer}")))
            .unwrap_or_default()
    }

    fn is_dropped(&self) -> bool {
        self.review.state == State::Dropped
    }

    fn is_waiting(&self) -> bool {
        self.review.state == State::Waiting
    }
}
