//! The points of a tiny model: they mean nothing, but every part takes its turn.

use std::fs;

use meaning::{As, Model};
use serde_json::json;

use crate::tiny::{HIDDEN, WORDS, config, model, safetensors, tables, write};

fn near(one: &[f32], other: &[f32]) -> f32 {
    one.iter().zip(other).map(|(a, b)| a * b).sum()
}

#[test]
fn a_text_has_one_point_of_length_one() {
    let folder = model();
    let model = Model::open(folder.path(), "tiny").unwrap();
    assert_eq!(model.dimension(), HIDDEN);
    let point = model.point("The printer jams", As::Question, 20);
    assert!((near(&point, &point) - 1.0).abs() < 1e-5);
    assert_eq!(point, model.point("The  PRINTER\njams", As::Passage, 20));
    let other = model.point("mail is late", As::Question, 20);
    assert!(near(&point, &other) < near(&point, &point) - 1e-4);
    // Words past the end that was asked for change nothing, and a text of no words has a point too.
    let long = "the printer jams ".repeat(4000);
    assert_eq!(
        model.point(&long, As::Question, 99),
        model.point(&long[..400], As::Question, 24)
    );
    assert_eq!(model.point("", As::Question, 20).len(), HIDDEN);
}

#[test]
fn a_list_of_words_does_where_there_is_no_tokenizer() {
    let folder = model();
    let whole = Model::open(folder.path(), "tiny").unwrap();
    fs::remove_file(folder.path().join("tokenizer.json")).unwrap();
    fs::write(folder.path().join("vocab.txt"), WORDS.join("\n")).unwrap();
    let listed = Model::open(folder.path(), "tiny").unwrap();
    let text = "The printer jams: mail is late";
    assert_eq!(
        whole.point(text, As::Question, 20),
        listed.point(text, As::Question, 20)
    );
}

#[test]
fn numbers_of_two_bytes_and_names_of_a_task_are_read() {
    let folder = model();
    let whole = Model::open(folder.path(), "tiny").unwrap();
    let named = tables(WORDS.len())
        .into_iter()
        .map(|(name, table)| (format!("bert.{name}"), table));
    fs::write(
        folder.path().join("model.safetensors"),
        safetensors(&named.collect(), "BF16"),
    )
    .unwrap();
    let short = Model::open(folder.path(), "tiny").unwrap();
    let text = "the printer jams";
    let (one, other) = (whole.point(text, As::Question, 20), short.point(text, As::Question, 20));
    assert!(near(&one, &other) > 0.99 && one != other);
}

#[test]
fn the_family_that_wants_words_before_a_text_gets_them() {
    let folder = model();
    let open = |name: &str| Model::open(folder.path(), name).unwrap();
    let text = "mail is late";
    let (plain, e5) = (open("tiny"), open("multilingual-e5-small"));
    assert_eq!(plain.point(text, As::Question, 20), plain.point(text, As::Passage, 20));
    assert_eq!(
        e5.point(text, As::Question, 20),
        plain.point("query: mail is late", As::Question, 20)
    );
    write(
        folder.path(),
        "config_sentence_transformers.json",
        &json!({ "prompts": { "query": "the print " } }),
    );
    let prompted = open("multilingual-e5-small");
    assert_eq!(
        prompted.point(text, As::Question, 20),
        plain.point("the print mail is late", As::Question, 20)
    );
    assert_eq!(
        prompted.point(text, As::Passage, 20),
        plain.point(text, As::Passage, 20)
    );
}

#[test]
fn a_model_of_pieces_by_likelihood_is_read() {
    let folder = model();
    let pieces = json!([
        ["<s>", 0.0],
        ["<pad>", 0.0],
        ["</s>", 0.0],
        ["<unk>", 0.0],
        ["▁l", -3.0],
        ["’", -3.0],
        ["imprim", -4.0],
        ["ante", -4.0],
        ["▁imprimante", -6.0],
        ["▁est", -3.0],
        ["▁", -5.0],
        ["x", -7.0]
    ]);
    write(
        folder.path(),
        "tokenizer.json",
        &json!({ "normalizer": null, "model": { "type": "Unigram", "unk_id": 3, "vocab": pieces } }),
    );
    let mut config = config();
    config["model_type"] = "xlm-roberta".into();
    config["pad_token_id"] = 1.into();
    write(folder.path(), "config.json", &config);
    let model = Model::open(folder.path(), "tiny").unwrap();
    assert_eq!(model.whole(&["imprimante", "est", "printer"]), 2);
    let point = model.point("l’imprimante est", As::Question, 20);
    assert!((near(&point, &point) - 1.0).abs() < 1e-5);
}
