//! What a model of meaning adds to the likely solutions of a ticket: its own point is kept, so what it costs is to look at
//! every other one, of problems and of solutions. The points are drawn by lot, as many as a desk of this size has at most;
//! how long that takes and how large they are does not hang on what they say.

use meaning::{Packed, Space};

use crate::fill::Filled;
use crate::measure::{processor_ms, time};
use crate::report::{Figure, Figures};
use crate::tools::Chance;

/// That of the sentence models people use on one machine.
const DIMENSION: usize = 384;
/// As many as are looked at for what helped on them.
const NEAREST: usize = 300;
const QUESTIONS: usize = 60;

pub(crate) fn measure(filled: &Filled, figures: &mut Figures) {
    let mut chance = Chance::new("points");
    let mut point = || {
        let numbers: Vec<f32> = (0..DIMENSION)
            .map(|_| chance.between(0, 2_000) as f32 - 1_000.0)
            .collect();
        let long = numbers.iter().map(|n| n * n).sum::<f32>().sqrt();
        Packed::new(&numbers.iter().map(|n| n / long).collect::<Vec<f32>>())
    };
    let mut spaces = [Space::new(DIMENSION), Space::new(DIMENSION)];
    for space in &mut spaces {
        for id in 0..filled.tickets {
            space.put(id as i64, &point(), 0_i64);
        }
    }
    let asked: Vec<Packed> = (0..QUESTIONS).map(|_| point()).collect();
    let before = processor_ms();
    let times = time(QUESTIONS, |n| {
        spaces
            .each_ref()
            .map(|space| space.nearest(&asked[n], NEAREST, |_, gate| *gate != 7).len())
    });
    let spent = (processor_ms() - before) / QUESTIONS as f64;
    // What is left of 60 ms when the words have had their 25.
    figures.add(Figure::new("nearest by meaning, added to them, p95", "ms", times.quantile(0.95)).budget(35.0));
    figures.add(Figure::new("nearest by meaning, processor", "ms", spent));
}
