//! The house rules of articles: whether an author's own word is enough to publish, and how long before a review is due
//! its owner is told.

use db::{Read, Write};

use crate::context::Context;
use crate::error::{Checks, Result};
use crate::house;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    pub own_publish: bool,
    /// Days before the review date.
    pub remind_days: i64,
}

impl Default for Rules {
    fn default() -> Rules {
        Rules {
            own_publish: false,
            remind_days: 14,
        }
    }
}

pub fn rules(r: &mut Read) -> Result<Rules> {
    let usual = Rules::default();
    let days = house::get(r, "article-remind-days")?.and_then(|v| v.parse().ok());
    Ok(Rules {
        own_publish: house::get(r, "article-own-publish")?.is_some_and(|v| v == "yes"),
        remind_days: days.unwrap_or(usual.remind_days),
    })
}

/// For administrators.
pub fn set_rules(tx: &mut Write, cx: &Context, new: Rules) -> Result<()> {
    Checks::default()
        .check((0..=365).contains(&new.remind_days), "remind_days", "refused-days")
        .done()?;
    let own = if new.own_publish { "yes" } else { "no" };
    house::change(tx, cx, "article-own-publish", own)?;
    house::change(tx, cx, "article-remind-days", &new.remind_days.to_string())
}
