//! "Tell everybody": the words in both languages, who reads which, and how each will read; then it is done.

use askama::Template;
use axum::extract::{Form, Path, State as Extract};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use desk::problems::{self, NewTelling, Part, Preview, Problem};
use desk::words::Lang;
use desk::{Error, ProblemNumber, Refusal};
use serde::Deserialize;

use crate::http::{Nonce, Oops, Outcome, Staff};
use crate::layout::{Markup, Shell, counts, markdown, respond_with};
use crate::state::State;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Fields {
    reply_en: String,
    reply_fr: String,
    either: String,
    /// `look` shows how it reads and tells nobody.
    then: String,
}

#[derive(Template)]
#[template(path = "problems/tell.html")]
struct Page {
    shell: Shell,
    p: Problem,
    preview: Preview,
    f: Fields,
    refusals: Vec<Refusal>,
    conflict: Option<&'static str>,
}

impl Fields {
    fn telling(&self) -> NewTelling {
        let text = |text: &str| text.replace("\r\n", "\n");
        NewTelling {
            reply_en: text(&self.reply_en),
            reply_fr: text(&self.reply_fr),
            either: self.either == "yes",
        }
    }
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    staff: Staff,
    nonce: Nonce,
    Path(number): Path<i64>,
) -> Outcome {
    page(&state, &staff, nonce, ProblemNumber(number), None, Ok(())).await
}

pub(crate) async fn tell(
    Extract(state): Extract<State>,
    staff: Staff,
    nonce: Nonce,
    Path(number): Path<i64>,
    Form(fields): Form<Fields>,
) -> Outcome {
    let number = ProblemNumber(number);
    if fields.then == "look" {
        return page(&state, &staff, nonce, number, Some(fields), Ok(())).await;
    }
    let (cx, telling) = (staff.cx.clone(), fields.telling());
    let solved = state.desk().write(move |tx| problems::solve(tx, &cx, number, &telling));
    match solved.await {
        Ok(solved) => Ok(Redirect::to(&format!("/problems/{number}?done={}", solved.event)).into_response()),
        Err(e) => page(&state, &staff, nonce, number, Some(fields), Err(e)).await,
    }
}

async fn page(
    state: &State,
    staff: &Staff,
    nonce: Nonce,
    number: ProblemNumber,
    typed: Option<Fields>,
    outcome: desk::Result<()>,
) -> Outcome {
    let (refusals, conflict) = match outcome {
        Ok(()) => (Vec::new(), None),
        Err(Error::Refused(refusals)) => (refusals, None),
        Err(Error::Conflict(key)) => (Vec::new(), Some(key)),
        Err(other) => return Err(Oops::from(other).in_language(staff.seen.viewer.language)),
    };
    let cx = staff.cx.clone();
    let read = state
        .desk()
        .read(move |r| Ok((problems::find(r, &cx, number)?, problems::preview(r, &cx, number)?)));
    let (read, counts) = tokio::join!(read, counts(state.desk(), &staff.cx));
    let (p, preview) = read.map_err(|e| Oops::from(e).in_language(staff.seen.viewer.language))?;
    let shell = Shell::desk(state, &staff.seen, nonce, "tell-title", "problems").with_counts(counts?);
    let status = match (conflict, refusals.is_empty()) {
        (Some(_), _) => StatusCode::CONFLICT,
        (None, false) => StatusCode::UNPROCESSABLE_ENTITY,
        (None, true) => StatusCode::OK,
    };
    let page = Page {
        f: typed.unwrap_or_else(|| offered(&preview)),
        shell,
        p,
        preview,
        refusals,
        conflict,
    };
    respond_with(status, &page)
}

fn offered(preview: &Preview) -> Fields {
    Fields {
        reply_en: preview.offered.reply_en.clone(),
        reply_fr: preview.offered.reply_fr.clone(),
        ..Fields::default()
    }
}

impl Page {
    fn title(&self) -> &str {
        self.p.text_or(Part::Title, self.shell.lang).1
    }

    fn count(&self) -> i64 {
        i64::try_from(self.preview.tickets.len()).unwrap_or(i64::MAX)
    }

    fn why(&self, field: &str) -> Option<String> {
        self.shell.refusal(&self.refusals, field)
    }

    fn wrong(&self) -> Vec<(&'static str, String)> {
        let refused = self.refusals.iter().filter_map(|r| Some((r.field, self.why(r.field)?)));
        refused
            .chain(self.conflict.map(|key| ("reply_en", self.shell.t(key))))
            .collect()
    }

    fn either(&self) -> bool {
        self.f.either == "yes"
    }

    /// Field, language, how many read it, what was typed, how it will read.
    fn sides(&self) -> [(&'static str, Lang, i64, &str, Markup); 2] {
        let side = |field, lang, typed| (field, lang, self.readers(lang), typed, markdown(typed));
        [
            side("reply_en", Lang::En, self.f.reply_en.as_str()),
            side("reply_fr", Lang::Fr, self.f.reply_fr.as_str()),
        ]
    }

    fn readers(&self, lang: Lang) -> i64 {
        self.preview.readers.get(&lang).copied().unwrap_or(0)
    }
}
