//! The files of the data set.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::Path;

use serde::Deserialize;

/// A ticket, an article or a question; what a file lacks is empty.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Line {
    pub(crate) id: String,
    pub(crate) date: String,
    pub(crate) title: String,
    pub(crate) summary: String,
    pub(crate) body: String,
    pub(crate) resolution: String,
    pub(crate) solved: bool,
}

impl Line {
    pub(crate) fn words(&self) -> String {
        format!("{}\n{}", self.title, self.body)
    }
}

pub(crate) fn lines(path: &Path) -> Vec<Line> {
    let file = std::fs::File::open(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let lines = BufReader::new(flate2::read::MultiGzDecoder::new(file)).lines();
    lines
        .map(|line| serde_json::from_str(&line.unwrap()).unwrap())
        .collect()
}

/// For each question what answers it, and how well.
pub(crate) type Judged = BTreeMap<String, BTreeMap<String, i32>>;

pub(crate) fn judged(path: &Path) -> Judged {
    let mut judged = Judged::new();
    for [question, answer, grade] in columns(path) {
        let grade: i32 = grade.parse().unwrap();
        if grade > 0 {
            judged.entry(question).or_default().insert(answer, grade);
        }
    }
    judged
}

pub(crate) fn columns<const N: usize>(path: &Path) -> Vec<[String; N]> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let columns = |line: &str| -> [String; N] {
        let all: Vec<String> = line.split('\t').map(str::to_string).collect();
        all.try_into().unwrap_or_else(|line| panic!("{line:?}"))
    };
    text.lines().map(columns).collect()
}
