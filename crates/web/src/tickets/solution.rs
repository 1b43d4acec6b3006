//! `POST /tickets/{number}/solution`: the cause, the steps that fixed it, and what helped to find them.

use std::collections::BTreeMap;

use axum::Form;
use desk::reviews;
use desk::tickets::{self, Solution};

use super::fields::Fields;
use super::outcome::{Done, answer};
use super::visit::Visit;
use crate::http::Outcome;

pub(crate) async fn solve(visit: Visit, Form(all): Form<BTreeMap<String, String>>) -> Outcome {
    let fields = Fields::from(all);
    let solution = solution_of(&fields);
    let (typed, lang) = (fields.clone(), visit.lang());
    let (cx, number) = (visit.staff.cx.clone(), visit.number);
    let solved = visit.state.desk().write(move |tx| {
        let given = super::form::given(tx, &cx, number, lang, &typed)?;
        if !given.is_empty() {
            tickets::fill(tx, &cx, number, &given)?;
        }
        let handed = reviews::solve(tx, &cx, number, &solution)?;
        Ok(Done {
            show: number,
            event: handed.event,
        })
    });
    let solved = solved.await;
    answer(visit, "solve", fields, solved).await
}

pub(crate) fn solution_of(fields: &Fields) -> Solution {
    Solution {
        cause: fields.text("cause").to_string(),
        steps: fields.text("steps").to_string(),
        helped: fields.text("helped").to_string(),
    }
}
