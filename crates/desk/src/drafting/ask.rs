//! One question to the server: put on record before anything leaves, one at a time a person, within its bounds.

use std::time::Duration;

use super::Answered;
use super::answer::{self, Said};
use super::fault::Fault;
use super::prompt::{self, Prompt};
use super::settings::Way;
use crate::access;
use crate::context::Context;
use crate::desk::Desk;
use crate::error::{Error, Result};

/// From the first byte to the last.
const TIME: Duration = Duration::from_secs(20);
/// Bytes of an answer, with all that a server wraps it in.
const LONGEST: usize = 256 * 1024;

/// `what` is told in the audit log, of `subject`.
pub(super) async fn ask(
    desk: &Desk,
    cx: &Context,
    (what, subject): (&'static str, String),
    way: &Way,
    prompt: &Prompt,
) -> Result<Answered<Said>> {
    let client = desk.client().ok_or(Error::Conflict("conflict-drafting-no-way"))?;
    let _turn = desk.drafting().begin(cx.viewer.person)?;
    on_record(desk, cx, what, subject, way.server.clone()).await?;
    let key = way.key.as_ref();
    let client = client.clone().at_most(TIME, LONGEST);
    let asked = client.post_json(&way.endpoint, key.map(|key| key.0.as_str()), prompt::body(way, prompt));
    Ok(match asked.await {
        Ok(answer) => answer::read(answer.status, &answer.body, key),
        Err(e) => Err(Fault::of_line(&e)),
    })
}

/// Who had which server asked about what. Without the line nothing leaves.
async fn on_record(desk: &Desk, cx: &Context, what: &'static str, subject: String, server: String) -> Result<()> {
    let (person, now) = (cx.viewer.person, cx.now);
    desk.write(move |tx| access::audit(tx, now, Some(person), what, &subject, &server))
        .await
}
