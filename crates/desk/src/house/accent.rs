//! The desk's own accent: one colour for the light theme and one for the dark, each told apart from what it stands on.
//! Pure.

use super::colour::{Colour, Shade, contrast};

/// Words need this much (WCAG 2.2, 1.4.3).
pub const LEAST: f64 = 4.5;

db::text_enum! {
    /// Two colours that meet on a page.
    pub enum Pair {
        LightText => "light-text",
        LightTint => "light-tint",
        LightButton => "light-button",
        DarkText => "dark-text",
        DarkTint => "dark-tint",
        DarkButton => "dark-button",
    }
}

impl Pair {
    pub fn is_dark(self) -> bool {
        matches!(self, Pair::DarkText | Pair::DarkTint | Pair::DarkButton)
    }

    pub(super) fn refusal(self) -> &'static str {
        match self {
            Pair::LightText => "refused-contrast-light-text",
            Pair::LightTint => "refused-contrast-light-tint",
            Pair::LightButton => "refused-contrast-light-button",
            Pair::DarkText => "refused-contrast-dark-text",
            Pair::DarkTint => "refused-contrast-dark-tint",
            Pair::DarkButton => "refused-contrast-dark-button",
        }
    }
}

const fn shade(lightness: f64, chroma: f64, hue: f64) -> Shade {
    Shade { lightness, chroma, hue }
}

/// What the accent stands on, as the style sheet has it (`00-tokens.css`; a test of the pages holds the two together):
/// the page in the light theme, the nearest surface and the card in the dark one, the words of a dark button.
pub const LIGHT_PAGE: Shade = shade(0.982, 0.004, 150.0);
pub const DARK_NEAREST: Shade = shade(0.255, 0.011, 190.0);
pub const DARK_SURFACE: Shade = shade(0.222, 0.010, 190.0);
pub const DARK_WORDS: Shade = shade(0.190, 0.030, 185.0);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Accent {
    pub light: Colour,
    pub dark: Colour,
}

impl Accent {
    /// Without a colour for the dark theme: the same hue, as much lighter as it must be.
    pub fn new(light: Colour, dark: Option<Colour>) -> Accent {
        let dark = dark.unwrap_or_else(|| lifted(light));
        Accent { light, dark }
    }

    /// The pale ground of chips and found words.
    pub fn light_tint(self) -> Colour {
        Colour::WHITE.mixed(self.light, 0.07)
    }

    pub fn dark_tint(self) -> Colour {
        DARK_SURFACE.colour().mixed(self.dark, 0.12)
    }

    /// The line under a link.
    pub fn light_line(self) -> Colour {
        Colour::WHITE.mixed(self.light, 0.3)
    }

    pub fn dark_line(self) -> Colour {
        DARK_SURFACE.colour().mixed(self.dark, 0.4)
    }

    /// Every pair with its contrast.
    pub fn pairs(self) -> Vec<(Pair, f64)> {
        let of = |pair: &Pair| {
            let (words, ground) = match pair {
                Pair::LightText => (self.light, LIGHT_PAGE.colour()),
                Pair::LightTint => (self.light, self.light_tint()),
                Pair::LightButton => (Colour::WHITE, self.light),
                Pair::DarkText => (self.dark, DARK_NEAREST.colour()),
                Pair::DarkTint => (self.dark, self.dark_tint()),
                Pair::DarkButton => (DARK_WORDS.colour(), self.dark),
            };
            (*pair, contrast(words, ground))
        };
        Pair::ALL.iter().map(of).collect()
    }
}

fn lifted(light: Colour) -> Colour {
    let mut shade = light.shade();
    shade.lightness = shade.lightness.max(0.72);
    loop {
        let dark = shade.colour();
        let weak = Accent { light, dark }
            .pairs()
            .into_iter()
            .any(|(pair, ratio)| pair.is_dark() && ratio < LEAST);
        if !weak || shade.lightness >= 1.0 {
            return dark;
        }
        shade.lightness += 0.01;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failing(light: &str, dark: Option<&str>) -> Vec<Pair> {
        let colour = |text| Colour::parse(text).expect("a colour");
        let pairs = Accent::new(colour(light), dark.map(colour)).pairs();
        pairs
            .into_iter()
            .filter(|(_, ratio)| *ratio < LEAST)
            .map(|(pair, _)| pair)
            .collect()
    }

    #[test]
    fn a_colour_is_refused_for_the_pairs_it_fails() {
        use Pair::{DarkButton, DarkText, DarkTint, LightButton, LightText, LightTint};
        let light = vec![LightText, LightTint, LightButton];
        let table = [
            ("#0b6e4f", None, vec![]),
            ("#1d4ed8", None, vec![]),
            ("#8a1c7c", None, vec![]),
            ("#000000", None, vec![]),
            ("#ffd400", None, light.clone()),
            ("#ffffff", None, light),
            // Enough on white, and just not on the page and the tint, which are a little darker.
            ("#757575", None, vec![LightText, LightTint]),
            ("#0b6e4f", Some("#9fd8c0"), vec![]),
            ("#0b6e4f", Some("#0b6e4f"), vec![DarkText, DarkTint, DarkButton]),
        ];
        for (light, dark, wanted) in table {
            assert_eq!(failing(light, dark), wanted, "{light} with {dark:?}");
        }
    }

    #[test]
    fn the_dark_theme_always_has_a_colour_of_the_same_hue_that_can_be_read() {
        for step in 0..24 {
            for lightness in [0.1, 0.3, 0.45, 0.9] {
                let hue = f64::from(step) * 15.0;
                let light = shade(lightness, 0.2, hue).colour();
                let accent = Accent::new(light, None);
                let weak = accent
                    .pairs()
                    .into_iter()
                    .find(|(pair, ratio)| pair.is_dark() && *ratio < LEAST);
                assert_eq!(weak, None, "{light} becomes {}", accent.dark);
            }
        }
    }
}
