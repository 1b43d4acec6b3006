//! A real model: all-MiniLM-L6-v2 in the folder that `FIRSTLINE_TEST_MODEL` names (`cargo xtask setup` fetches it).

use std::path::PathBuf;

use meaning::{As, Model, Packed};

fn model() -> Option<Model> {
    let Some(folder) = std::env::var_os("FIRSTLINE_TEST_MODEL").map(PathBuf::from) else {
        eprintln!("SKIPPED: no model is at hand; set FIRSTLINE_TEST_MODEL to a folder of all-MiniLM-L6-v2");
        return None;
    };
    Some(Model::open(&folder, "all-MiniLM-L6-v2").unwrap())
}

/// The figures on the front page of the library that trained it (sbert.net, Quickstart).
#[test]
fn its_points_lie_as_its_makers_say() {
    let Some(model) = model() else { return };
    assert_eq!(model.dimension(), 384);
    let said = [
        "The weather is lovely today.",
        "It's so sunny outside!",
        "He drove to the stadium.",
    ];
    let points = said.map(|text| model.point(text, As::Question, 256));
    let near = |a: usize, b: usize| -> f32 { points[a].iter().zip(&points[b]).map(|(x, y)| x * y).sum() };
    for (a, b, right) in [(0, 1, 0.666_0), (0, 2, 0.104_6), (1, 2, 0.141_1)] {
        assert!((near(a, b) - right).abs() < 1e-4, "{a} {b}: {}", near(a, b));
        let packed = Packed::new(&points[a]).near(&Packed::new(&points[b]));
        assert!((packed - right).abs() < 0.01, "{a} {b}: {packed}");
    }
}

/// Numbers of another forward pass over the same weights (NumPy, with the tokenizer of the library).
#[test]
fn a_long_and_odd_text_lies_where_it_should() {
    let Some(model) = model() else { return };
    let text =
        "L'imprimante du 2e étage n'imprime plus :-( Error 0x8007000E — \"naïve\" 日本 user@example.org\n".repeat(6);
    let point = model.point(&text, As::Question, 128);
    for (number, right) in point.iter().zip(FIRST) {
        assert!((number - right).abs() < 1e-4, "{number} {right}");
    }
}

const FIRST: [f32; 8] = [
    -0.026_977, 0.051_177, 0.096_640, -0.072_240, 0.004_910, -0.091_766, 0.066_897, 0.012_127,
];

#[test]
fn it_knows_english_and_no_french() {
    let Some(model) = model() else { return };
    assert!(model.whole(&["printer", "password", "computer", "screen"]) == 4);
    assert!(model.whole(&["imprimante", "ordinateur", "courriel", "réseau"]) == 0);
}
