//! Letters, read.

use std::path::PathBuf;

use mail_parser::MessageParser;

use crate::report::{Figure, Figures, Held};
use crate::tools;
use crate::weigh::{Cost, LONGEST, MOST_MIB, NOTHING, cost};
use crate::worst;

/// Of so many readings of one letter the quickest counts: what came between is not the letter's.
const TIMES: usize = 3;
/// How often the control reads each letter.
const TOO_OFTEN: usize = 40;
/// How many times the bare parser is still no accident. We also make HTML safe, find what was quoted, and look for a
/// forwarded letter.
const SHAPE: f64 = 15.0;

pub(crate) fn corpus(figures: &mut Figures) {
    let letters = letters();
    if letters.is_empty() {
        return tools::skip("the letters of mail-dev are read: set FIRSTLINE_TEST_DATA");
    }
    let ours = all(&letters, mail::parse);
    let bare = p99(&all(&letters, |raw| {
        MessageParser::default().parse(raw).map(|m| m.parts.len())
    }));
    let figure = |value| Figure::new("a letter read, p99, processor", "ms", value).budget(50.0);
    figures.add(figure(p99(&ours)).held(Held::InFull).floor(bare, SHAPE));
    add(
        figures,
        ["the slowest letter of all", "the largest reader of all"],
        worst_of(&ours),
    );
    let wasteful = all(&letters, |raw| {
        (0..TOO_OFTEN).map(|_| mail::parse(raw).defects.len()).sum::<usize>()
    });
    let ratio = p99(&wasteful) / bare;
    assert!(
        ratio > SHAPE,
        "control: a reader that reads forty times is {ratio:.1} times the floor"
    );
}

/// Those made by hand, as large as a letter may be.
pub(crate) fn worst(figures: &mut Figures) {
    let all = worst::LETTERS.into_iter().flat_map(|make| make());
    let costs: Vec<Cost> = all
        .map(|(name, raw)| {
            let one = quickest(&raw, mail::parse);
            println!("    {name}: {:.0} ms, {:.1} MiB", one.took, one.held_mib);
            one
        })
        .collect();
    add(
        figures,
        ["the slowest hostile letter", "the largest reader of one"],
        worst_of(&costs),
    );
}

fn add(figures: &mut Figures, [slowest, largest]: [&'static str; 2], worst: Cost) {
    figures.add(
        Figure::new(slowest, "ms", worst.took)
            .budget(LONGEST)
            .held(Held::InFull),
    );
    figures.add(
        Figure::new(largest, "MiB", worst.held_mib)
            .budget(MOST_MIB)
            .held(Held::Always),
    );
}

fn letters() -> Vec<Vec<u8>> {
    let Some(root) = std::env::var_os("FIRSTLINE_TEST_DATA") else {
        return Vec::new();
    };
    let root = PathBuf::from(root).join("mail-dev");
    let index = std::fs::read_to_string(root.join("index.tsv")).expect("an index of letters");
    let files = index.lines().skip(1).filter_map(|line| line.split('\t').next());
    files
        .map(|file| std::fs::read(root.join(file)).expect("a letter"))
        .collect()
}

fn all<T>(letters: &[Vec<u8>], read: impl Fn(&[u8]) -> T) -> Vec<Cost> {
    letters.iter().map(|raw| quickest(raw, &read)).collect()
}

fn quickest<T>(raw: &[u8], read: impl Fn(&[u8]) -> T) -> Cost {
    let costs: Vec<Cost> = (0..TIMES).map(|_| cost(|| read(raw))).collect();
    let took = costs.iter().map(|c| c.took).fold(f64::MAX, f64::min);
    Cost {
        took,
        ..worst_of(&costs)
    }
}

fn worst_of(costs: &[Cost]) -> Cost {
    costs.iter().copied().fold(NOTHING, Cost::or)
}

fn p99(costs: &[Cost]) -> f64 {
    let mut took: Vec<f64> = costs.iter().map(|c| c.took).collect();
    took.sort_by(f64::total_cmp);
    took[took.len() * 99 / 100]
}
