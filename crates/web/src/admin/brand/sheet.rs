//! The style sheet of the desk's own colour, served under a name made from its own text: a browser keeps it for ever,
//! and a new colour has a new name.

use axum::extract::{Path, State as Extract};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use desk::house::Accent;
use sha2::{Digest, Sha256};

use crate::state::State;

/// The address pages link to.
pub fn sheet_of(accent: Accent) -> String {
    format!("/brand/{}/accent.css", name_of(&text_of(accent)))
}

fn name_of(text: &str) -> String {
    let hash = data_encoding::HEXLOWER.encode(&Sha256::digest(text.as_bytes()));
    hash[..16].to_string()
}

/// The same names as in the tokens, which it follows and so overrides.
fn text_of(accent: Accent) -> String {
    let both = |name: &str, light: desk::house::Colour, dark: desk::house::Colour| {
        format!("  --{name}: light-dark({light}, {dark});\n")
    };
    let (light, dark) = (accent.light, accent.dark);
    let lines = [
        both("spruce", light, dark),
        both("spruce-fill", light, dark),
        both("spruce-mark", light, dark),
        both("spruce-tint", accent.light_tint(), accent.dark_tint()),
        both("spruce-line", accent.light_line(), accent.dark_line()),
    ];
    format!(":root {{\n{}}}\n", lines.concat())
}

/// Only the sheet of now: what had another name is another colour.
pub(in crate::admin) async fn serve(Extract(state): Extract<State>, Path(name): Path<String>) -> Response {
    let text = state.desk().house().accent.map(text_of);
    match text.filter(|text| name_of(text) == name) {
        Some(text) => {
            let headers = [
                (header::CONTENT_TYPE, "text/css; charset=utf-8"),
                (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
            ];
            (headers, text).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

#[cfg(test)]
mod tests {
    use desk::house::{Colour, DARK_NEAREST, DARK_SURFACE, DARK_WORDS, LIGHT_PAGE, Shade};

    use super::*;

    const TOKENS: &str = include_str!("../../../assets/css/00-tokens.css");

    /// The two values of a token, as the sheet has them.
    fn token(name: &str) -> [Shade; 2] {
        let (_, rest) = TOKENS.split_once(&format!("--{name}:")).expect("the token is there");
        let line = rest.lines().next().expect("a line");
        let values: Vec<Shade> = line
            .split("oklch(")
            .skip(1)
            .map(|piece| {
                let inside = piece.split(')').next().expect("closed");
                let parts: Vec<f64> = inside
                    .split_whitespace()
                    .map(|n| n.parse().expect("a number"))
                    .collect();
                Shade {
                    lightness: parts[0],
                    chroma: parts[1],
                    hue: parts[2],
                }
            })
            .collect();
        values.try_into().expect("a value for each theme")
    }

    #[test]
    fn colours_are_measured_against_what_they_stand_on() {
        assert_eq!(token("canvas")[0], LIGHT_PAGE);
        assert_eq!(token("surface")[1], DARK_SURFACE);
        assert_eq!(token("raised")[1], DARK_NEAREST);
        assert_eq!(token("on-spruce")[1], DARK_WORDS);
        assert_eq!(token("on-spruce")[0].colour(), Colour::WHITE);
    }

    #[test]
    fn the_usual_colour_would_be_accepted() {
        let [light, dark] = token("spruce").map(Shade::colour);
        let weak = Accent::new(light, Some(dark))
            .pairs()
            .into_iter()
            .find(|(_, ratio)| *ratio < 4.5);
        assert_eq!(weak, None);
    }

    #[test]
    fn every_token_of_the_accent_is_replaced() {
        let accent = Accent::new(Colour::parse("#1d4ed8").expect("a colour"), None);
        let text = text_of(accent);
        for line in TOKENS.lines().filter_map(|l| l.trim().strip_prefix("--spruce")) {
            let name = line.split(':').next().expect("a name");
            assert!(text.contains(&format!("--spruce{name}: ")), "--spruce{name}");
        }
        assert!(text.contains("#1d4ed8") && sheet_of(accent).starts_with("/brand/"));
        let other = Accent::new(Colour::parse("#1d4ed9").expect("a colour"), None);
        assert_ne!(sheet_of(accent), sheet_of(other));
    }
}
