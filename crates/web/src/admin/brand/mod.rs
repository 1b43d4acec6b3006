//! `/admin/brand`: how the desk shows itself. The colour is measured before it is kept, and the page shows what was
//! measured, so that nobody gives the desk a colour that some cannot read.

mod logo;
mod sheet;

use askama::Template;
use axum::extract::{Form, Query, State as Extract};
use axum::http::StatusCode;
use desk::Error;
use desk::house::{self, Accent, Brand, Colour, DARK_SURFACE, DARK_WORDS, LEAST_CONTRAST, LIGHT_PAGE, Pair};
use serde::Deserialize;

pub(super) use logo::{keep as keep_logo, remove as remove_logo, restore as restore_logo, serve as serve_logo};
pub(super) use sheet::serve;
pub use sheet::sheet_of;

use super::door::{Admin, Frame, Undo, to};
use crate::http::{Nonce, Outcome};
use crate::layout::{Shell, respond_with};
use crate::state::State;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Fields {
    name: String,
    #[serde(default)]
    welcome_en: String,
    #[serde(default)]
    welcome_fr: String,
    #[serde(default)]
    accent: String,
    #[serde(default)]
    accent_dark: String,
    /// `look`: measure and show, and keep nothing.
    #[serde(default)]
    then: String,
}

impl Fields {
    fn brand(&self) -> Brand {
        Brand {
            name: self.name.clone(),
            welcome_en: self.welcome_en.clone(),
            welcome_fr: self.welcome_fr.clone(),
            accent: self.accent.clone(),
            accent_dark: self.accent_dark.clone(),
        }
    }

    fn of(brand: Brand) -> Fields {
        Fields {
            name: brand.name,
            welcome_en: brand.welcome_en,
            welcome_fr: brand.welcome_fr,
            accent: brand.accent,
            accent_dark: brand.accent_dark,
            then: String::new(),
        }
    }

    /// What these colours would look like, readable or not.
    fn accent(&self) -> Option<Accent> {
        let light = Colour::parse(&self.accent)?;
        Some(Accent::new(light, Colour::parse(&self.accent_dark)))
    }
}

/// The pictures of one theme: the page, the button with its words, the chip.
struct Swatch {
    theme: &'static str,
    page: Colour,
    ink: Colour,
    tint: Colour,
    button_words: Colour,
}

#[derive(Template)]
#[template(path = "admin/brand/brand.html")]
struct Page {
    shell: Shell,
    frame: Frame,
    fields: Fields,
    swatches: Vec<Swatch>,
    pairs: Vec<(Pair, f64)>,
}

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    saved: bool,
    /// The sign was just taken away.
    #[serde(default)]
    removed: bool,
}

pub(super) async fn show(
    Extract(state): Extract<State>,
    admin: Admin,
    nonce: Nonce,
    Query(asked): Query<Asked>,
) -> Outcome {
    let cx = admin.cx.clone();
    let brand = state.desk().read(move |r| house::brand(r, &cx)).await?;
    let (shell, mut frame) = admin.open(&state, nonce, "admin-nav-brand", "/admin/brand").await?;
    frame.saved = asked.saved;
    frame.undo = asked.removed.then(|| Undo {
        words: shell.t("brand-logo-removed"),
        action: "/admin/brand/logo/restore".into(),
        fields: Vec::new(),
    });
    answer(shell, frame, Fields::of(brand))
}

pub(super) async fn submit(
    Extract(state): Extract<State>,
    admin: Admin,
    nonce: Nonce,
    Form(fields): Form<Fields>,
) -> Outcome {
    let done = if fields.then == "look" {
        house::accent_of(&fields.accent, &fields.accent_dark).map(drop)
    } else {
        keep(&state, &admin, fields.brand()).await
    };
    if done.is_ok() && fields.then != "look" {
        return to("/admin/brand?saved=true");
    }
    let (shell, mut frame) = admin.open(&state, nonce, "admin-nav-brand", "/admin/brand").await?;
    // A page that answers a form with 200 is not shown by Turbo; this one is a look, and nothing was kept.
    frame.status = StatusCode::UNPROCESSABLE_ENTITY;
    if let Err(error) = done {
        frame.refuse(&shell, error)?;
    }
    answer(shell, frame, fields)
}

async fn keep(state: &State, admin: &Admin, brand: Brand) -> Result<(), Error> {
    let cx = admin.cx.clone();
    state
        .desk()
        .write(move |tx| house::change_brand(tx, &cx, &brand))
        .await?;
    state.desk().reload_house().await
}

fn answer(shell: Shell, frame: Frame, fields: Fields) -> Outcome {
    let accent = fields.accent();
    let page = Page {
        shell,
        frame,
        swatches: accent.map(swatches).unwrap_or_default(),
        pairs: accent.map(Accent::pairs).unwrap_or_default(),
        fields,
    };
    respond_with(page.frame.status, &page)
}

fn swatches(accent: Accent) -> Vec<Swatch> {
    vec![
        Swatch {
            theme: "theme-light",
            page: LIGHT_PAGE.colour(),
            ink: accent.light,
            tint: accent.light_tint(),
            button_words: Colour::WHITE,
        },
        Swatch {
            theme: "theme-dark",
            page: DARK_SURFACE.colour(),
            ink: accent.dark,
            tint: accent.dark_tint(),
            button_words: DARK_WORDS.colour(),
        },
    ]
}

impl Page {
    fn pair(&self, pair: &Pair) -> String {
        self.shell.t(&format!("pair-{pair}"))
    }

    fn ratio(&self, ratio: &f64) -> String {
        let number = self.shell.hundredths(&house::hundredths(*ratio));
        self.shell.t1("brand-ratio", "ratio", number)
    }

    fn is_enough(&self, ratio: &f64) -> bool {
        *ratio >= LEAST_CONTRAST
    }
}
