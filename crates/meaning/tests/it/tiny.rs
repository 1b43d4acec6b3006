//! A model of two layers and eight numbers, made of nothing: it means nothing, but it has every part.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

pub(crate) const HIDDEN: usize = 8;
const WIDE: usize = 16;
pub(crate) const WORDS: [&str; 12] = [
    "[PAD]", "[UNK]", "[CLS]", "[SEP]", "the", "print", "##er", "jams", "is", "mail", "late", ":",
];
const PLACES: usize = 24;

/// The tables of a model, each with its shape and numbers.
pub(crate) type Tables = BTreeMap<String, (Vec<usize>, Vec<f32>)>;

/// Numbers that are always the same and look like nothing.
fn numbers(seed: &mut u64, many: usize) -> Vec<f32> {
    let mut next = || {
        *seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((*seed >> 40) as f32 / (1u64 << 24) as f32 - 0.5) * 0.8
    };
    (0..many).map(|_| next()).collect()
}

pub(crate) fn tables(words: usize) -> Tables {
    let mut shapes: Vec<(String, Vec<usize>)> = vec![
        ("embeddings.word_embeddings.weight".into(), vec![words, HIDDEN]),
        ("embeddings.position_embeddings.weight".into(), vec![PLACES, HIDDEN]),
        ("embeddings.token_type_embeddings.weight".into(), vec![2, HIDDEN]),
        ("embeddings.LayerNorm.weight".into(), vec![HIDDEN]),
        ("embeddings.LayerNorm.bias".into(), vec![HIDDEN]),
    ];
    for layer in 0..2 {
        let mut part = |name: &str, shape: &[usize]| {
            shapes.push((format!("encoder.layer.{layer}.{name}.weight"), shape.to_vec()));
            shapes.push((format!("encoder.layer.{layer}.{name}.bias"), vec![shape[0]]));
        };
        for name in ["query", "key", "value"] {
            part(&format!("attention.self.{name}"), &[HIDDEN, HIDDEN]);
        }
        part("attention.output.dense", &[HIDDEN, HIDDEN]);
        part("attention.output.LayerNorm", &[HIDDEN]);
        part("intermediate.dense", &[WIDE, HIDDEN]);
        part("output.dense", &[HIDDEN, WIDE]);
        part("output.LayerNorm", &[HIDDEN]);
    }
    let mut seed = 5;
    let filled = shapes.into_iter().map(|(name, shape)| {
        let many = shape.iter().product();
        let numbers = match name.ends_with("LayerNorm.weight") {
            true => vec![1.0; many],
            false => numbers(&mut seed, many),
        };
        (name, (shape, numbers))
    });
    filled.collect()
}

/// A safetensors file; `kind` is F32, F16 or BF16 (the last two only for numbers that fit).
pub(crate) fn safetensors(tables: &Tables, kind: &str) -> Vec<u8> {
    let (mut head, mut data) = (serde_json::Map::new(), Vec::new());
    for (name, (shape, numbers)) in tables {
        let from = data.len();
        for n in numbers {
            match kind {
                "F32" => data.extend(n.to_le_bytes()),
                _ => data.extend(&n.to_le_bytes()[2..]),
            }
        }
        head.insert(
            name.clone(),
            json!({ "dtype": kind, "shape": shape, "data_offsets": [from, data.len()] }),
        );
    }
    let head = Value::Object(head).to_string();
    let mut file = (head.len() as u64).to_le_bytes().to_vec();
    file.extend(head.as_bytes());
    file.extend(data);
    file
}

pub(crate) fn config() -> Value {
    json!({
        "model_type": "bert", "hidden_size": HIDDEN, "num_hidden_layers": 2, "num_attention_heads": 2,
        "intermediate_size": WIDE, "vocab_size": WORDS.len(), "max_position_embeddings": PLACES,
        "hidden_act": "gelu", "layer_norm_eps": 1e-12
    })
}

pub(crate) fn write(folder: &Path, name: &str, what: &Value) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, what.to_string()).unwrap();
}

/// A whole folder as sentence-transformers writes it.
pub(crate) fn model() -> TempDir {
    of(&WORDS)
}

/// The same with another vocabulary, which begins with the marks of [`WORDS`].
pub(crate) fn of(words: &[&str]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let mut config = config();
    config["vocab_size"] = words.len().into();
    write(at, "config.json", &config);
    let module = |kind: &str| json!({ "type": format!("sentence_transformers.models.{kind}"), "path": "" });
    write(
        at,
        "modules.json",
        &json!([module("Transformer"), module("Pooling"), module("Normalize")]),
    );
    write(
        at,
        "1_Pooling/config.json",
        &json!({ "pooling_mode_mean_tokens": true }),
    );
    let vocab: BTreeMap<&str, usize> = words.iter().enumerate().map(|(id, word)| (*word, id)).collect();
    write(
        at,
        "tokenizer.json",
        &json!({
            "normalizer": { "type": "BertNormalizer", "lowercase": true },
            "model": { "type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "vocab": vocab }
        }),
    );
    fs::write(at.join("model.safetensors"), safetensors(&tables(words.len()), "F32")).unwrap();
    folder
}
