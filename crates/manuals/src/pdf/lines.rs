//! Where one glyph stands beside the one before says whether a blank or a new line lies between them. Everything is
//! measured in the writing's own direction and size, so turned pages read like others.

use hayro_font::kurbo::{Affine, Point, Vec2};

use crate::Fault;
use crate::pages::Pages;

/// In parts of the size of the writing: a gap as wide is a blank between words. Letters of one word are kerned and
/// spaced by less, and the blanks of justified lines are wider.
const GAP: f64 = 0.18;
/// A step across as high leaves the line; a raised or lowered figure stays on it.
const STEP: f64 = 0.6;
/// Back by as much, on the same height: another column, or the next line of a table.
const BACK: f64 = 1.0;

/// Where the last glyph ended.
#[derive(Clone, Copy)]
struct Pen {
    at: Point,
    along: Vec2,
    size: f64,
}

#[derive(Default)]
pub(super) struct Lines {
    pen: Option<Pen>,
}

impl Lines {
    pub(super) fn begin_page(&mut self) {
        self.pen = None;
    }

    /// A glyph drawn under `matrix` (from one unit of the writing to the page), `width` units wide. Without a word it
    /// is only passed over.
    pub(super) fn glyph(
        &mut self,
        word: Option<&str>,
        matrix: Affine,
        width: f64,
        pages: &mut Pages<'_>,
    ) -> Result<(), Fault> {
        let at = matrix * Point::ZERO;
        let (right, up) = (matrix * Point::new(1.0, 0.0) - at, matrix * Point::new(0.0, 1.0) - at);
        let size = up.hypot();
        if !(at.is_finite() && right.is_finite() && size.is_finite()) {
            return Ok(());
        }
        let along = if right.hypot() > 0.0 {
            right / right.hypot()
        } else {
            Vec2::new(1.0, 0.0)
        };
        if let (Some(pen), Some(word)) = (self.pen, word) {
            between(pen, Pen { at, along, size }, word, pages)?;
        }
        for c in word.unwrap_or_default().chars() {
            pages.put(c)?;
        }
        let at = at + right * width;
        self.pen = Some(Pen { at, along, size });
        Ok(())
    }
}

fn between(before: Pen, now: Pen, word: &str, pages: &mut Pages<'_>) -> Result<(), Fault> {
    let (way, size) = (now.at - before.at, before.size.max(now.size));
    let (along, across) = (way.dot(before.along), way.cross(before.along).abs());
    let turned = before.along.dot(now.along) < 0.9;
    if turned || across > STEP * size || along < -BACK * size {
        pages.line()?;
        if let Some(first) = word.chars().next() {
            pages.rejoin(first);
        }
    } else if along > GAP * size {
        pages.space()?;
    }
    Ok(())
}
