//! Colours and how well they are told apart. Pure.
//!
//! Contrast is that of WCAG 2: the luminances of two colours, each with a little stray light added. Shades are made in
//! OKLab, where the same step looks the same for every hue.

use std::fmt;

/// A colour of a screen (sRGB).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour {
    red: u8,
    green: u8,
    blue: u8,
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

/// How many times brighter the brighter of the two is: 1 to 21.
pub fn contrast(one: Colour, other: Colour) -> f64 {
    let (a, b) = (one.luminance(), other.luminance());
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Lightness, chroma and hue, as the style sheets write them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shade {
    pub lightness: f64,
    pub chroma: f64,
    /// In degrees.
    pub hue: f64,
}

impl Colour {
    pub const WHITE: Colour = Colour {
        red: 255,
        green: 255,
        blue: 255,
    };

    /// `#rrggbb`, in capitals or not, with blanks around it.
    pub fn parse(text: &str) -> Option<Colour> {
        let digits = text.trim().strip_prefix('#')?;
        if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        let part = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
        Some(Colour {
            red: part(0)?,
            green: part(2)?,
            blue: part(4)?,
        })
    }

    fn linear(self) -> [f64; 3] {
        [self.red, self.green, self.blue].map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        })
    }

    fn luminance(self) -> f64 {
        let [red, green, blue] = self.linear();
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// Towards the other by this share, as it looks.
    #[must_use]
    pub fn mixed(self, other: Colour, share: f64) -> Colour {
        let (a, b) = (oklab(self.linear()), oklab(other.linear()));
        let mixed = [0, 1, 2].map(|at| a[at] + (b[at] - a[at]) * share);
        shown(linear_of(mixed))
    }

    pub fn shade(self) -> Shade {
        let [lightness, a, b] = oklab(self.linear());
        Shade {
            lightness,
            chroma: a.hypot(b),
            hue: b.atan2(a).to_degrees(),
        }
    }
}

impl Shade {
    /// The colour of a screen, with as much of the chroma as a screen can show.
    pub fn colour(self) -> Colour {
        let mut shade = self;
        loop {
            let linear = shade.linear();
            if shade.chroma < 0.001 || linear.iter().all(|part| (-0.0005..=1.0005).contains(part)) {
                return shown(linear);
            }
            shade.chroma *= 0.96;
        }
    }

    fn linear(self) -> [f64; 3] {
        let hue = self.hue.to_radians();
        linear_of([self.lightness, self.chroma * hue.cos(), self.chroma * hue.sin()])
    }
}

fn shown(linear: [f64; 3]) -> Colour {
    let [red, green, blue] = linear.map(|part| {
        let part = part.clamp(0.0, 1.0);
        let bent = if part <= 0.003_130_8 {
            part * 12.92
        } else {
            1.055 * part.powf(1.0 / 2.4) - 0.055
        };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 0 and 255 by the clamp above"
        )]
        let whole = (bent * 255.0).round() as u8;
        whole
    });
    Colour { red, green, blue }
}

// The two matrices of OKLab and their inverses, as its author published them.
fn oklab([red, green, blue]: [f64; 3]) -> [f64; 3] {
    let long = (0.412_221_470_8 * red + 0.536_332_536_3 * green + 0.051_445_992_9 * blue).cbrt();
    let middle = (0.211_903_498_2 * red + 0.680_699_545_1 * green + 0.107_396_956_6 * blue).cbrt();
    let short = (0.088_302_461_9 * red + 0.281_718_837_6 * green + 0.629_978_700_5 * blue).cbrt();
    [
        0.210_454_255_3 * long + 0.793_617_785_0 * middle - 0.004_072_046_8 * short,
        1.977_998_495_1 * long - 2.428_592_205_0 * middle + 0.450_593_709_9 * short,
        0.025_904_037_1 * long + 0.782_771_766_2 * middle - 0.808_675_766_0 * short,
    ]
}

fn linear_of([lightness, a, b]: [f64; 3]) -> [f64; 3] {
    let long = (lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
    let middle = (lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
    let short = (lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b).powi(3);
    [
        4.076_741_662_1 * long - 3.307_711_591_3 * middle + 0.230_969_929_2 * short,
        -1.268_438_004_6 * long + 2.609_757_401_1 * middle - 0.341_319_396_5 * short,
        -0.004_196_086_3 * long - 0.703_418_614_7 * middle + 1.707_614_701_0 * short,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(text: &str) -> Colour {
        Colour::parse(text).expect("a colour")
    }

    #[test]
    fn a_colour_is_six_digits_after_a_sharp() {
        for (text, wanted) in [("#0b6e4f", "#0b6e4f"), (" #ABCDEF ", "#abcdef"), ("#000000", "#000000")] {
            assert_eq!(colour(text).to_string(), wanted);
        }
        for bad in [
            "", "0b6e4f", "#fff", "#0b6e4", "#0b6e4g", "#0b6e4f0", "#é6e4f", "red", "# 0b6e4",
        ] {
            assert_eq!(Colour::parse(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn contrast_is_what_the_guideline_says() {
        let table = [
            ("#000000", "#ffffff", 21.0),
            ("#ffffff", "#ffffff", 1.0),
            ("#777777", "#ffffff", 4.48),
            ("#767676", "#ffffff", 4.54),
            ("#ff0000", "#ffffff", 4.00),
            ("#0000ff", "#ffffff", 8.59),
            ("#ffff00", "#ffffff", 1.07),
            ("#0b6e4f", "#000000", 3.35),
        ];
        for (one, other, wanted) in table {
            let found = contrast(colour(one), colour(other));
            assert!((found - wanted).abs() < 0.01, "{one} on {other}: {found}, not {wanted}");
            let turned = contrast(colour(other), colour(one));
            assert!((found - turned).abs() < 1e-12, "the order does not matter");
        }
    }

    #[test]
    fn a_shade_is_the_colour_it_came_from() {
        for text in ["#0b6e4f", "#8a1c7c", "#123456", "#ffffff", "#000000", "#ffd400"] {
            assert_eq!(colour(text).shade().colour(), colour(text), "{text}");
            assert_eq!(colour(text).mixed(colour("#808080"), 0.0), colour(text), "{text}");
        }
        let loud = Shade {
            lightness: 0.8,
            chroma: 0.4,
            hue: 150.0,
        };
        let shown = loud.colour().shade();
        assert!(shown.chroma < 0.4 && (shown.lightness - 0.8).abs() < 0.02, "{shown:?}");
    }
}
