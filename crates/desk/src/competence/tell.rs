//! The letter about a certification that ends.

use std::sync::LazyLock;

use db::Write;
use jiff::tz::TimeZone;

use super::certification::Certification;
use crate::access::Via;
use crate::clock::Time;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::mailboxes::outbox::{self, Notice};
use crate::sign_in;
use crate::words::{Arg, Catalog, Lang, date};

static CATALOG: LazyLock<Catalog> = LazyLock::new(|| {
    Catalog::new(&[
        (Lang::En, include_str!("../../locales/en-CA/competence.ftl")),
        (Lang::Fr, include_str!("../../locales/fr-CA/competence.ftl")),
    ])
});

fn say(lang: Lang, key: &str, args: &[(&str, Arg<'_>)]) -> String {
    CATALOG.text(lang, key, args)
}

/// To its owner, as long as he is one of the staff.
pub(super) fn expiry(tx: &mut Write, cx: &Context, one: &Certification, expires: Time) -> Result<()> {
    let viewer = match sign_in::load_viewer(tx, one.person, Via::Session) {
        Ok(viewer) if viewer.is_staff() => viewer,
        Ok(_) | Err(Error::NotFound) => return Ok(()),
        Err(other) => return Err(other),
    };
    let lang = viewer.language;
    let args = [
        ("name", Arg::from(&one.name)),
        // A day is a midnight in UTC, not an instant of the house.
        ("day", date(lang, expires, &TimeZone::UTC).into()),
    ];
    let notice = if cx.now >= expires {
        (
            say(lang, "certification-over-subject", &args),
            say(lang, "certification-over-text", &args),
        )
    } else {
        (
            say(lang, "certification-soon-subject", &args),
            say(lang, "certification-soon-text", &args),
        )
    };
    let notice = Notice {
        subject: notice.0,
        text: notice.1,
        footer: say(lang, "certification-footer", &[]),
        path: format!("/team/skills/people/{}", one.person),
        switch_off: None,
    };
    outbox::notice(tx, &cx.house, cx.now, one.person, &notice).map(drop)
}
