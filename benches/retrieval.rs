//! How well the desk finds what helped before: real support questions against what really answered them.
//!
//! The desk is filled as one in use is, by its own verbs, from a folder of the data set `retrieval-dev`; the questions are
//! asked in the order of their days, and what was linked on a day is learnt only when the day is over.
//!
//! Alone it makes the table of `docs/quality.md` from `FIRSTLINE_TEST_DATA/retrieval-dev`, nDCG@10 as the data's own
//! `score.py` counts it. With `DIR TASK` it answers the questions of one folder and says `query-id doc-id score` lines for
//! `score.py`. `--model DIR` with either lets a model of meaning help. `cargo xtask retrieval` does all of it.

#![allow(clippy::print_stdout, reason = "the table is what a bench is for")]
#![allow(clippy::unwrap_used, reason = "a bench stops where it fails")]

#[path = "retrieval/articles.rs"]
mod articles;
#[path = "retrieval/data.rs"]
mod data;
#[path = "retrieval/forum.rs"]
mod forum;
#[path = "retrieval/model.rs"]
mod model;
#[path = "retrieval/run.rs"]
mod run;
#[path = "retrieval/table.rs"]
mod table;
#[path = "retrieval/task.rs"]
mod task;

use std::path::PathBuf;

use model::Model;
use task::Task;

fn main() {
    // Cargo adds a word of its own to what it hands on.
    let mut asked: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let model = Model::asked(&mut asked);
    match asked.as_slice() {
        [] => table::make(model.as_ref()),
        [folder, task] => lines(&PathBuf::from(folder), task, model.as_ref()),
        _ => panic!("a folder and a task, or nothing"),
    }
}

fn lines(folder: &std::path::Path, task: &str, model: Option<&Model>) {
    let task = Task::parse(task).unwrap_or_else(|| panic!("there is no task {task:?}: it is one of {}", Task::names()));
    print!("{}", task.answer(folder, None, model).lines());
}
