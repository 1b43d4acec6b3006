//! How the desk shows itself: its name, the words the portal welcomes with, and the accent.

use db::{Read, Write};

use super::accent::{Accent, LEAST};
use super::colour::Colour;
use super::settings::{change, get};
use crate::access::{self, Place};
use crate::context::Context;
use crate::error::{Checks, Error, Refusal, Result};

/// Given whole; an empty welcome is the usual one, an empty accent the usual colour.
#[derive(Clone, Debug, Default)]
pub struct Brand {
    pub name: String,
    pub welcome_en: String,
    pub welcome_fr: String,
    /// `#rrggbb`
    pub accent: String,
    /// Of the dark theme; empty: made from the other.
    pub accent_dark: String,
}

pub fn brand(r: &mut Read, cx: &Context) -> Result<Brand> {
    access::require(&cx.viewer, Place::Admin)?;
    let mut kept = |name| -> Result<String> { Ok(get(r, name)?.unwrap_or_default()) };
    Ok(Brand {
        name: cx.house.name.clone(),
        welcome_en: kept("welcome-en")?,
        welcome_fr: kept("welcome-fr")?,
        accent: kept("accent")?,
        accent_dark: kept("accent-dark")?,
    })
}

/// Only what is new is written, each with its line in the audit log.
pub fn change_brand(tx: &mut Write, cx: &Context, new: &Brand) -> Result<()> {
    access::require(&cx.viewer, Place::Admin)?;
    check_words(new)?;
    let accent = accent_of(&new.accent, &new.accent_dark)?;
    let text = |colour: Option<Colour>| colour.map(|c| c.to_string()).unwrap_or_default();
    let own_dark = accent.filter(|_| !new.accent_dark.trim().is_empty());
    let wanted = [
        ("name", new.name.trim().to_string()),
        ("welcome-en", new.welcome_en.trim().to_string()),
        ("welcome-fr", new.welcome_fr.trim().to_string()),
        ("accent", text(accent.map(|a| a.light))),
        ("accent-dark", text(own_dark.map(|a| a.dark))),
    ];
    for (name, value) in wanted {
        if get(tx, name)?.unwrap_or_default() != value {
            change(tx, cx, name, &value)?;
        }
    }
    Ok(())
}

fn check_words(new: &Brand) -> Result<()> {
    let mut checks = Checks::default();
    checks
        .text(&new.name, 100, "name")
        .check(!new.name.chars().any(char::is_control), "name", "refused-characters");
    for (words, field) in [(&new.welcome_en, "welcome_en"), (&new.welcome_fr, "welcome_fr")] {
        checks
            .at_most(words, 300, field)
            .check(!words.chars().any(char::is_control), field, "refused-characters");
    }
    // Who reads the other language would be welcomed in words that say something else.
    let (en, fr) = (new.welcome_en.trim().is_empty(), new.welcome_fr.trim().is_empty());
    checks.check(!en || fr, "welcome_en", "refused-both-languages").check(
        !fr || en,
        "welcome_fr",
        "refused-both-languages",
    );
    checks.done()
}

/// The accent these texts stand for; `None` when both are empty. Refused pair by pair when it cannot be read.
pub fn accent_of(light: &str, dark: &str) -> Result<Option<Accent>> {
    let (no_light, no_dark) = (light.trim().is_empty(), dark.trim().is_empty());
    if no_light && no_dark {
        return Ok(None);
    }
    let (first, second) = (Colour::parse(light), Colour::parse(dark));
    Checks::default()
        .check(!no_light, "accent", "refused-empty")
        .check(no_light || first.is_some(), "accent", "refused-colour")
        .check(no_dark || second.is_some(), "accent_dark", "refused-colour")
        .done()?;
    let Some(first) = first else { return Ok(None) };
    let accent = Accent::new(first, second);
    let weak = accent.pairs().into_iter().filter(|(_, ratio)| *ratio < LEAST);
    let refusals: Vec<Refusal> = weak
        .map(|(pair, ratio)| Refusal {
            field: if pair.is_dark() { "accent_dark" } else { "accent" },
            key: pair.refusal(),
            number: Some(hundredths(ratio)),
        })
        .collect();
    if refusals.is_empty() {
        Ok(Some(accent))
    } else {
        Err(Error::Refused(refusals))
    }
}

/// Cut, not rounded: what is just not enough never reads as if it were.
#[expect(clippy::cast_possible_truncation, reason = "a contrast is 1 to 21")]
pub fn hundredths(ratio: f64) -> i64 {
    (ratio * 100.0) as i64
}

/// As it was kept: checked when it was set.
pub(super) fn kept_accent(r: &mut Read) -> Result<Option<Accent>> {
    let light = get(r, "accent")?.and_then(|text| Colour::parse(&text));
    let dark = get(r, "accent-dark")?.and_then(|text| Colour::parse(&text));
    Ok(light.map(|light| Accent::new(light, dark)))
}
