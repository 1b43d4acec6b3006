//! Folders of the wrong shape: each is refused with the file and what is wrong with it, and none stops the program.

use std::fs;
use std::path::Path;

use meaning::{Model, Refusal, Wrong};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::tiny::{self, HIDDEN};

fn refused(change: impl Fn(&Path)) -> Refusal {
    let folder = tiny::model();
    // The control: as it was made it is a model.
    Model::open(folder.path(), "tiny").unwrap();
    change(folder.path());
    Model::open(folder.path(), "tiny").unwrap_err()
}

#[test]
fn a_file_that_is_not_there_is_named() {
    for name in ["config.json", "modules.json", "tokenizer.json", "model.safetensors"] {
        let refusal = refused(|at| fs::remove_file(at.join(name)).unwrap());
        assert_eq!((refusal.file.as_str(), refusal.wrong), (name, Wrong::Missing));
        let refusal = refused(|at| fs::write(at.join(name), "{").unwrap());
        assert_eq!((refusal.file.as_str(), refusal.wrong), (name, Wrong::Broken));
    }
    let refusal = refused(|at| fs::remove_dir_all(at).unwrap());
    assert_eq!(refusal.wrong, Wrong::Missing);
}

#[test]
fn another_kind_of_model_is_named() {
    type Change = (&'static str, &'static str, Value);
    let changes: [Change; 5] = [
        ("model_type", "gpt2", json!("gpt2")),
        ("hidden_act", "relu", json!("relu")),
        ("position_embedding_type", "relative_key", json!("relative_key")),
        ("num_attention_heads", "num_attention_heads", json!(3)),
        ("hidden_size", "hidden_size", json!(1_000_000_000)),
    ];
    for (part, said, value) in changes {
        let refusal = refused(|at| {
            let mut config = tiny::config();
            config[part] = value.clone();
            tiny::write(at, "config.json", &config);
        });
        assert!(
            refusal.file == "config.json" && refusal.part.contains(said),
            "{refusal}"
        );
    }
    let refusal = refused(|at| tiny::write(at, "modules.json", &json!([{ "type": "x.CLIPModel" }])));
    assert_eq!((refusal.wrong, refusal.part.as_str()), (Wrong::Unknown, "CLIPModel"));
    let refusal = refused(|at| tiny::write(at, "1_Pooling/config.json", &json!({ "pooling_mode_max_tokens": true })));
    assert_eq!(refusal.wrong, Wrong::Unknown);
    let refusal = refused(|at| tiny::write(at, "tokenizer.json", &json!({ "model": { "type": "BPE" } })));
    assert_eq!((refusal.wrong, refusal.part.as_str()), (Wrong::Unknown, "BPE"));
}

#[test]
fn tables_of_another_size_and_numbers_that_are_none_are_named() {
    let query = "encoder.layer.1.attention.self.query.weight";
    let with = |change: &dyn Fn(&mut tiny::Tables)| {
        refused(|at| {
            let mut tables = tiny::tables(12);
            change(&mut tables);
            fs::write(at.join("model.safetensors"), tiny::safetensors(&tables, "F32")).unwrap();
        })
    };
    let lacks = with(&|tables| drop(tables.remove(query)));
    assert_eq!((lacks.wrong, lacks.part.as_str()), (Wrong::Lacks, query));
    let shape = with(&|tables| tables.get_mut(query).unwrap().0 = vec![HIDDEN / 2, HIDDEN * 2]);
    assert_eq!((shape.wrong, shape.part.as_str()), (Wrong::Shape, query));
    let wrong = with(&|tables| tables.get_mut(query).unwrap().1[3] = f32::NAN);
    assert_eq!((wrong.wrong, wrong.part.as_str()), (Wrong::NotANumber, query));
    let huge = with(&|tables| tables.values_mut().for_each(|table| table.1.fill(f32::MAX)));
    assert_eq!(huge.wrong, Wrong::NotANumber);
    let words = with(&|tables| *tables = tiny::tables(11));
    assert_eq!(words.wrong, Wrong::Shape);
}

#[test]
fn a_vocabulary_that_does_not_fit_is_named() {
    let refusal = refused(|at| {
        let vocab = json!({ "[UNK]": 0, "[CLS]": 1, "[SEP]": 99 });
        let model = json!({ "type": "WordPiece", "vocab": vocab });
        tiny::write(
            at,
            "tokenizer.json",
            &json!({ "normalizer": { "type": "BertNormalizer" }, "model": model }),
        );
    });
    assert_eq!((refusal.file.as_str(), refusal.wrong), ("tokenizer.json", Wrong::Shape));
}

#[test]
fn a_file_larger_than_such_a_file_is_never_read() {
    let refusal = refused(|at| {
        let file = fs::File::create(at.join("config.json")).unwrap();
        file.set_len(1 << 40).unwrap();
    });
    assert_eq!((refusal.file.as_str(), refusal.wrong), ("config.json", Wrong::TooLarge));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_damaged_file_of_numbers_never_stops_the_program(at in 0usize..3000, with in any::<[u8; 4]>(), cut in 0usize..9000) {
        let folder = tiny::model();
        let path = folder.path().join("model.safetensors");
        let mut bytes = fs::read(&path).unwrap();
        bytes[at..at + 4].copy_from_slice(&with);
        bytes.truncate(cut.max(at));
        fs::write(&path, bytes).unwrap();
        let _ = Model::open(folder.path(), "tiny");
    }
}
