//! The rule of the house: from which risk on a change is approved by another person.

use db::{Read, Write};

use super::change::Risk;
use crate::access::{self, Place};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::house;

/// `low`, `medium`, `high`, or `never`.
pub const APPROVAL_SETTING: &str = "change-approval";
const NEVER: &str = "never";

/// From medium on, until an administrator says otherwise.
pub(crate) fn approval_from(r: &mut Read) -> Result<Option<Risk>> {
    let kept = house::get(r, APPROVAL_SETTING)?;
    Ok(match kept.as_deref() {
        Some(NEVER) => None,
        Some(word) => Some(Risk::parse(word).unwrap_or(Risk::Medium)),
        None => Some(Risk::Medium),
    })
}

/// An administrator changes the rule: a risk, or `never`.
pub fn change_approval(tx: &mut Write, cx: &Context, word: &str) -> Result<()> {
    access::require(&cx.viewer, Place::Admin)?;
    if word != NEVER && Risk::parse(word).is_none() {
        return Err(Error::refused("approval", "refused-choice"));
    }
    house::change(tx, cx, APPROVAL_SETTING, word)
}
