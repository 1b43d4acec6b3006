//! The table of `docs/quality.md`, and what was promised.

use std::fmt::Write as _;
use std::path::Path;

use desk::suggestions::TargetKind;

use crate::data::{self, Judged};
use crate::forum::Forum;
use crate::model::Model;
use crate::run::Run;
use crate::task::Task;

pub(crate) fn make(model: Option<&Model>) {
    let Some(folder) = testkit::test_data("retrieval-dev") else {
        return;
    };
    let mut table = Table::default();
    table.pages(&folder, model);
    table.forum(&folder.join("thunderbird"), model);
    println!("\n{}", table.text());
    let missed = table.missed();
    assert!(missed.is_empty(), "under what was promised: {missed:?}");
}

#[derive(Debug, Default)]
struct Table(Vec<Row>);

#[derive(Debug)]
struct Row {
    task: &'static str,
    score: f64,
    least: f64,
    questions: usize,
    p95: f64,
}

impl Table {
    fn pages(&mut self, folder: &Path, model: Option<&Model>) {
        for (name, part, task, least) in [
            ("FAQ (CNIL)", "cnil-fr", Task::Faq, 0.66),
            ("French to French (LibreOffice)", "libreoffice-fr-en", Task::FrFr, 0.54),
            ("French to English (LibreOffice)", "libreoffice-fr-en", Task::FrEn, 0.25),
        ] {
            let folder = folder.join(part);
            let judged = data::judged(&folder.join("qrels.tsv"));
            self.add(name, least, &task.answer(&folder, Some(&judged), model), &judged);
        }
    }

    /// One filled desk answers all three.
    fn forum(&mut self, folder: &Path, model: Option<&Model>) {
        let forum = Forum::fill(folder, model);
        for (name, qrels, kind, least) in [
            ("articles, learning", "qrels.kb.tsv", TargetKind::Article, 0.56),
            (
                "similar tickets, learning",
                "qrels.similar.tsv",
                TargetKind::Ticket,
                0.40,
            ),
            ("solutions", "qrels.solution.tsv", TargetKind::Solution, 0.13),
        ] {
            let judged = data::judged(&folder.join(qrels));
            self.add(name, least, &forum.ask(kind, Some(&judged)), &judged);
        }
    }

    fn add(&mut self, task: &'static str, least: f64, run: &Run, judged: &Judged) {
        let row = Row {
            task,
            score: run.ndcg(judged),
            least,
            questions: judged.len(),
            p95: run.p95(),
        };
        println!("  {task}: {:.4}", row.score);
        self.0.push(row);
    }

    fn text(&self) -> String {
        let mut text =
            String::from("| task | questions | nDCG@10 | at least | p95 |\n| --- | --- | --- | --- | --- |\n");
        for row in &self.0 {
            let _ = writeln!(
                text,
                "| {} | {} | {:.3} | {:.2} | {:.1} ms |",
                row.task, row.questions, row.score, row.least, row.p95
            );
        }
        text
    }

    fn missed(&self) -> Vec<&'static str> {
        let under = self.0.iter().filter(|row| row.score < row.least);
        under.map(|row| row.task).collect()
    }
}
