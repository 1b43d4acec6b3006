//! The letter that tells the administrators that the brake of the whole desk closed: one an hour, however long it stays
//! closed.

use db::{Write, args};

use super::queue::{self, Notice};
use crate::clock::{HOUR, Time};
use crate::context::Context;
use crate::error::Result;
use crate::house;
use crate::ids::PersonId;
use crate::mailboxes::sentences::{say, say_with};
use crate::words::{Arg, Lang};

/// The setting that says when it was last told.
const TOLD: &str = "mail-brake-told";

pub(super) fn tell(tx: &mut Write, cx: &Context, letters: i64, usual: i64) -> Result<()> {
    let told: Option<i64> = house::get(tx, TOLD)?.and_then(|at| at.parse().ok());
    if told.is_some_and(|at| cx.now.since(Time(at)) < HOUR) {
        return Ok(());
    }
    house::put(tx, TOLD, &cx.now.0.to_string())?;
    let administrators: Vec<(PersonId, Lang)> = tx.query(
        "SELECT id, language FROM person WHERE role = 'admin' AND NOT suspended AND merged_into IS NULL ORDER BY id LIMIT 20",
        &args![],
    )?;
    for (person, lang) in administrators {
        let args = [
            ("desk", Arg::Text(&cx.house.name)),
            ("letters", Arg::Owned(letters.to_string())),
            ("usual", Arg::Owned(usual.to_string())),
        ];
        let notice = Notice {
            subject: say_with(lang, "mail-brake-subject", &args),
            text: say_with(lang, "mail-brake-text", &args),
            footer: say(lang, "mail-brake-footer"),
            path: "/admin".to_string(),
            switch_off: None,
        };
        queue::notice(tx, &cx.house, cx.now, person, &notice)?;
    }
    Ok(())
}
