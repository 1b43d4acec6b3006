//! For each question what was found.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::time::Duration;

use crate::data::Judged;

/// So many answers are handed over for a question.
pub(crate) const DEEP: usize = 100;

/// For each question what was found, best first, and how good.
#[derive(Debug, Default)]
pub(crate) struct Run {
    found: HashMap<String, Vec<(String, f64)>>,
    order: Vec<String>,
    took: Vec<Duration>,
}

impl Run {
    pub(crate) fn add(&mut self, question: &str, found: Vec<(String, f64)>, took: Duration) {
        self.order.push(question.to_string());
        self.found.insert(question.to_string(), found);
        self.took.push(took);
    }

    /// `query-id doc-id score`, as `score.py` reads them.
    pub(crate) fn lines(&self) -> String {
        let mut text = String::new();
        for question in &self.order {
            for (answer, score) in &self.found[question] {
                let _ = writeln!(text, "{question} {answer} {score:.9}");
            }
        }
        text
    }

    /// nDCG@10 (Järvelin and Kekäläinen 2002, gains 2^grade - 1). A question without an answer counts 0; its own ticket is
    /// no answer, unless it was judged to be one.
    pub(crate) fn ndcg(&self, judged: &Judged) -> f64 {
        let gain = |grade: i32, place: usize| (2f64.powi(grade) - 1.0) / (place as f64 + 2.0).log2();
        let of = |(question, right): (&String, &std::collections::BTreeMap<String, i32>)| {
            let found = self.found.get(question).into_iter().flatten().map(|(id, _)| id);
            let found = found.filter(|id| *id != question || right.contains_key(*id)).take(10);
            let reached: f64 = found
                .enumerate()
                .map(|(place, id)| gain(right.get(id).copied().unwrap_or(0), place))
                .sum();
            let mut grades: Vec<i32> = right.values().copied().collect();
            grades.sort_unstable_by(|a, b| b.cmp(a));
            let best: f64 = grades.iter().take(10).enumerate().map(|(p, g)| gain(*g, p)).sum();
            reached / best
        };
        judged.iter().map(of).sum::<f64>() / judged.len().max(1) as f64
    }

    /// In milliseconds.
    pub(crate) fn p95(&self) -> f64 {
        let mut took = self.took.clone();
        took.sort_unstable();
        let at = took.len().saturating_sub(1) * 95 / 100;
        took.get(at).map_or(0.0, |t| t.as_secs_f64() * 1e3)
    }
}
