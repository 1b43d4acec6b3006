//! "Did this solve it?": one tap, then a few words for who likes. Whoever says it again says it anew.

use axum::extract::{Form, Path, State as Extract};
use desk::access::Viewer;
use desk::knowledge::{self, NewFeedback, Reader};
use desk::{Error, PersonId};
use serde::Deserialize;

use super::article::{self, Said};
use super::meant;
use crate::http::Outcome;
use crate::portal::visitor::Visitor;
use crate::state::State;

#[derive(Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    helped: String,
    #[serde(default)]
    words: String,
}

pub(super) async fn submit(
    Extract(state): Extract<State>,
    visitor: Visitor,
    Path(place): Path<String>,
    Form(typed): Form<Typed>,
) -> Outcome {
    let loaded = article::load(&state, &visitor, &place).await?;
    visitor.may_send(&state).map_err(|e| visitor.oops(e))?;
    let right = loaded.place(visitor.lang);
    let Some(helped) = answer(&typed.helped) else {
        return Ok(visitor.to(&format!("/help/{right}#said")));
    };
    let new = NewFeedback {
        helped,
        words: typed.words.trim().to_string(),
        language: visitor.lang,
    };
    match say(&state, &visitor, &place, new).await {
        Ok(()) => {
            let told = if typed.words.trim().is_empty() { "" } else { "&told=yes" };
            Ok(visitor.to(&format!("/help/{right}?said={}{told}#said", typed.helped)))
        }
        Err(Error::Refused(refusals)) => {
            let shell = visitor.shell(&state, "help-title", "");
            let said = Said {
                helped: Some(helped),
                words: typed.words,
                refused: shell.refusal(&refusals, "words"),
                ..Said::default()
            };
            article::again(&state, &visitor, loaded, said)
        }
        Err(other) => Err(visitor.oops(other)),
    }
}

fn answer(text: &str) -> Option<bool> {
    match text {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

async fn say(state: &State, visitor: &Visitor, place: &str, new: NewFeedback) -> desk::Result<()> {
    let id = meant(place).ok_or(Error::NotFound)?;
    let known = visitor.seen.as_ref().map(|seen| seen.viewer.clone());
    let from = visitor.peer.to_string();
    let signed_in = known.is_some();
    let viewer = known.unwrap_or_else(|| Viewer::desk(PersonId(0)));
    let cx = state.desk().context(viewer, None);
    let write = state.desk().write(move |tx| {
        // What is said here is said of what everybody reads, whoever says it.
        knowledge::read(tx, None, id)?;
        let reader = if signed_in {
            Reader::Person
        } else {
            Reader::Visitor(&from)
        };
        knowledge::say(tx, &cx, id, reader, &new).map(drop)
    });
    write.await
}
