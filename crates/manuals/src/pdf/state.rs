//! What the operators of a page set and text is written under (ISO 32000-1, 9.3).

use hayro_font::Font;
use hayro_font::kurbo::Affine;
use hayro_syntax::object::Number;

/// The part of the graphics state that concerns text (9.3).
#[derive(Clone)]
pub(super) struct State<'a> {
    pub(super) page: Affine,
    pub(super) font: Option<Font<'a>>,
    pub(super) size: f64,
    pub(super) letter_gap: f64,
    pub(super) word_gap: f64,
    /// 1.0 is as wide as the font says.
    pub(super) stretch: f64,
    pub(super) leading: f64,
    pub(super) rise: f64,
}

impl State<'_> {
    pub(super) fn new() -> Self {
        State {
            page: Affine::IDENTITY,
            font: None,
            size: 1.0,
            letter_gap: 0.0,
            word_gap: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
        }
    }
}

pub(super) fn affine(numbers: [Number; 6]) -> Affine {
    Affine::new(numbers.map(|number| number.as_f64()))
}
