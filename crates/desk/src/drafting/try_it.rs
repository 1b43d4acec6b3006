//! A word with the server that was set, for the administrator who set it. Nothing of any ticket is in it.

use super::prompt::Prompt;
use super::{Answered, ask, check, settings};
use crate::access::{self, Place};
use crate::context::Context;
use crate::desk::Desk;
use crate::error::Result;

/// Characters of its answer that are shown.
const SHOWN: usize = 300;

/// Its own words, whether drafts are on or not yet.
pub async fn try_it(desk: &Desk, cx: &Context) -> Result<Answered<String>> {
    access::require(&cx.viewer, Place::Admin)?;
    let vault = desk.vault().clone();
    let way = desk.read(move |r| settings::set_way(r, &vault)).await?;
    let prompt = Prompt {
        system: "You are being tried by an administrator.".to_string(),
        user: "Answer with one short sentence that says you are ready.".to_string(),
    };
    let answered = ask::ask(desk, cx, ("drafting tried", String::new()), &way, &prompt).await?;
    Ok(answered.map(|said| check::checked(&said.text, 0, &[]).words.chars().take(SHOWN).collect()))
}
