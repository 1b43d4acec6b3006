//! Runs the content of a page for its text (ISO 32000-1, 8.4, 8.10 and 9): matrices, fonts, strings, and the forms a
//! page draws. Nothing is painted; whether something would be is remembered, to tell a scanned manual from an empty one.

use std::sync::Arc;

use hayro_font::hayro_cmap::BfString;
use hayro_font::kurbo::Affine;
use hayro_font::{CMapResolverFn, Font, FontCache, FontGlyph, FontQuery, FontResolverFn};
use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::{self, TypedInstruction as Op};
use hayro_syntax::object::dict::keys::{FORM, MATRIX, RESOURCES, SUBTYPE};
use hayro_syntax::object::{Dict, Name, Number, Object, ObjectIdentifier, Stream};
use hayro_syntax::page::Resources;

use super::lines::Lines;
use super::state::{State, affine};
use crate::Fault;
use crate::pages::Pages;

/// Operators and glyphs of one file, and bytes of its forms by the hundred: what a large manual of drawings needs, and
/// what a heap of forms that draw each other would need without end.
const MOST_STEPS: usize = 20_000_000;
/// Forms within forms, and states put aside.
const DEEPEST: usize = 12;
const MOST_STATES: usize = 256;

pub(super) struct Interpreter<'a> {
    fonts: FontCache<'a>,
    programs: FontResolverFn,
    maps: CMapResolverFn,
    lines: Lines,
    state: State<'a>,
    /// The text matrix, and the one at the beginning of the line (9.4.1).
    text: Affine,
    line: Affine,
    /// Forms that are being drawn: none draws itself.
    forms: Vec<ObjectIdentifier>,
    steps: usize,
    painted: bool,
}

impl<'a> Interpreter<'a> {
    pub(super) fn new() -> Self {
        Interpreter {
            fonts: FontCache::new(),
            programs: Arc::new(|query: &FontQuery| {
                Some(match query {
                    FontQuery::Standard(font) => font.get_font_data(),
                    FontQuery::Fallback(font) => font.pick_standard_font().get_font_data(),
                })
            }),
            // The character maps of Chinese, Japanese and Korean fonts that are not in the file.
            maps: Arc::new(|_| None),
            lines: Lines::default(),
            state: State::new(),
            text: Affine::IDENTITY,
            line: Affine::IDENTITY,
            forms: Vec::new(),
            steps: 0,
            painted: false,
        }
    }

    /// Whether anything was drawn that is not a word we know.
    pub(super) fn painted(&self) -> bool {
        self.painted
    }

    pub(super) fn run(
        &mut self,
        resources: &Resources<'a>,
        content: &[u8],
        pages: &mut Pages<'_>,
    ) -> Result<(), Fault> {
        self.state = State::new();
        self.lines.begin_page();
        self.draw(resources, content, pages)
    }

    fn draw(&mut self, resources: &Resources<'a>, content: &[u8], pages: &mut Pages<'_>) -> Result<(), Fault> {
        let mut aside = Vec::new();
        let mut operators = TypedIter::new(content);
        while let Some(operator) = operators.next() {
            self.step(1)?;
            match operator {
                Op::SaveState(_) if aside.len() < MOST_STATES => aside.push(self.state.clone()),
                Op::RestoreState(_) => self.take_up(aside.pop()),
                Op::Transform(ops::Transform(a, b, c, d, e, f)) => self.state.page *= affine([a, b, c, d, e, f]),
                Op::XObject(name) => self.object(resources, name.0, pages)?,
                Op::TextFont(ops::TextFont(name, size)) => self.set_font(resources, name, size),
                operator => self.write(&operator, pages)?,
            }
        }
        Ok(())
    }

    fn take_up(&mut self, aside: Option<State<'a>>) {
        if let Some(state) = aside {
            self.state = state;
        }
    }

    fn step(&mut self, steps: usize) -> Result<(), Fault> {
        self.steps += steps;
        if self.steps > MOST_STEPS {
            Err(Fault::TooSlow)
        } else {
            Ok(())
        }
    }

    fn write(&mut self, operator: &Op<'_, '_>, pages: &mut Pages<'_>) -> Result<(), Fault> {
        match operator {
            Op::BeginText(_) => self.go_to(Affine::IDENTITY),
            Op::CharacterSpacing(gap) => self.state.letter_gap = gap.0.as_f64(),
            Op::WordSpacing(gap) => self.state.word_gap = gap.0.as_f64(),
            Op::HorizontalScaling(percent) => self.state.stretch = percent.0.as_f64() / 100.0,
            Op::TextLeading(leading) => self.state.leading = leading.0.as_f64(),
            Op::TextRise(rise) => self.state.rise = rise.0.as_f64(),
            Op::SetTextMatrix(ops::SetTextMatrix(a, b, c, d, e, f)) => {
                self.go_to(affine([*a, *b, *c, *d, *e, *f]));
            }
            Op::NextLine(ops::NextLine(x, y)) => self.move_by(x.as_f64(), y.as_f64()),
            Op::NextLineAndSetLeading(ops::NextLineAndSetLeading(x, y)) => {
                self.state.leading = -y.as_f64();
                self.move_by(x.as_f64(), y.as_f64());
            }
            Op::NextLineUsingLeading(_) => self.move_by(0.0, -self.state.leading),
            Op::ShowText(text) => self.show(text.0.as_bytes(), pages)?,
            Op::NextLineAndShowText(text) => {
                self.move_by(0.0, -self.state.leading);
                self.show(text.0.as_bytes(), pages)?;
            }
            Op::ShowTextWithParameters(ops::ShowTextWithParameters(word, letter, text)) => {
                (self.state.word_gap, self.state.letter_gap) = (word.as_f64(), letter.as_f64());
                self.move_by(0.0, -self.state.leading);
                self.show(text.as_bytes(), pages)?;
            }
            Op::ShowTexts(texts) => {
                for one in texts.0.iter::<Object<'_>>() {
                    match one {
                        Object::String(text) => self.show(text.as_bytes(), pages)?,
                        Object::Number(back) => self.advance(-back.as_f64() / 1000.0 * self.state.size),
                        _ => {}
                    }
                }
            }
            other => self.painted |= paints(other),
        }
        Ok(())
    }

    fn go_to(&mut self, matrix: Affine) {
        (self.text, self.line) = (matrix, matrix);
    }

    fn move_by(&mut self, x: f64, y: f64) {
        self.go_to(self.line * Affine::translate((x, y)));
    }

    /// Along the line, in units of the text space; a font that writes downwards is taken as if it wrote to the right.
    fn advance(&mut self, way: f64) {
        self.text *= Affine::translate((way * self.state.stretch, 0.0));
    }

    fn set_font(&mut self, resources: &Resources<'a>, name: &Name<'_>, size: Number) {
        self.state.size = size.as_f64();
        let font = resources.get_font(name);
        self.state.font = font.and_then(|dict| self.fonts.font(&dict, &self.programs, &self.maps));
    }

    fn show(&mut self, text: &[u8], pages: &mut Pages<'_>) -> Result<(), Fault> {
        let Some(font) = self.state.font.clone() else {
            self.painted |= !text.is_empty();
            return Ok(());
        };
        let mut at = 0;
        while at < text.len() {
            self.step(1)?;
            let (code, bytes) = font.read_code(text, at);
            at += bytes.max(1);
            let way = font.code_advance(code);
            let width = (way.x.abs() + way.y.abs()) / 1000.0;
            let word = word_of(&font, code);
            self.painted |= word.is_none();
            let State {
                page,
                size,
                stretch,
                rise,
                ..
            } = self.state;
            let matrix = page * self.text * Affine::new([size * stretch, 0.0, 0.0, size, 0.0, rise]);
            // What all letters are spaced by is no gap between two of them.
            let wide = if size == 0.0 {
                width
            } else {
                width + self.state.letter_gap / size
            };
            self.lines.glyph(word.as_deref(), matrix, wide, pages)?;
            let blank = bytes == 1 && code == u32::from(b' ');
            let gap = if blank { self.state.word_gap } else { 0.0 };
            self.advance(wide * size + gap);
        }
        Ok(())
    }

    /// A form is run in its own place (8.10); anything else is a picture.
    fn object(&mut self, resources: &Resources<'a>, name: &Name<'_>, pages: &mut Pages<'_>) -> Result<(), Fault> {
        let Some(stream) = resources.get_x_object(name) else {
            return Ok(());
        };
        if stream.dict().get::<Name<'_>>(SUBTYPE).as_deref() != Some(FORM) {
            self.painted = true;
            return Ok(());
        }
        let id = stream.obj_id();
        if self.forms.len() == DEEPEST || self.forms.contains(&id) {
            return Ok(());
        }
        self.forms.push(id);
        let outcome = self.form(resources, &stream, pages);
        self.forms.pop();
        outcome
    }

    fn form(&mut self, resources: &Resources<'a>, form: &Stream<'a>, pages: &mut Pages<'_>) -> Result<(), Fault> {
        let Ok(content) = form.decoded_data() else {
            return Ok(());
        };
        self.step(content.len() / 100)?;
        let own = form.dict().get::<Dict<'a>>(RESOURCES).map(Resources::new);
        let (state, text, line) = (self.state.clone(), self.text, self.line);
        let place = form
            .dict()
            .get::<[f64; 6]>(MATRIX)
            .map_or(Affine::IDENTITY, Affine::new);
        self.state.page *= place;
        self.draw(own.as_ref().unwrap_or(resources), &content, pages)?;
        (self.state, self.text, self.line) = (state, text, line);
        Ok(())
    }
}

fn word_of(font: &Font<'_>, code: u32) -> Option<String> {
    let known = match font.glyph(font.map_code(code), code) {
        FontGlyph::Outline(glyph) => glyph.as_unicode(),
        FontGlyph::Type3(glyph) => glyph.as_unicode(),
    };
    Some(match known? {
        BfString::Char(c) => c.to_string(),
        BfString::String(word) => word,
    })
}

fn paints(operator: &Op<'_, '_>) -> bool {
    matches!(
        operator,
        Op::InlineImage(_)
            | Op::Shading(_)
            | Op::StrokePath(_)
            | Op::CloseAndStrokePath(_)
            | Op::FillPathNonZero(_)
            | Op::FillPathNonZeroCompatibility(_)
            | Op::FillPathEvenOdd(_)
            | Op::FillAndStrokeNonZero(_)
            | Op::FillAndStrokeEvenOdd(_)
            | Op::CloseFillAndStrokeNonZero(_)
            | Op::CloseFillAndStrokeEvenOdd(_)
    )
}
