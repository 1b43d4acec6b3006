//! What can be asked of a folder, by the names of `score.py`'s data.

use std::path::Path;

use desk::suggestions::TargetKind;

use crate::articles;
use crate::data::Judged;
use crate::forum::Forum;
use crate::model::Model;
use crate::run::Run;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Task {
    /// A problem, and the earlier ticket that an answer pointed to.
    Similar,
    /// A problem, and the articles that an answer linked.
    Kb,
    /// A problem, and the accepted solution of that very ticket.
    Solution,
    /// French words, and the French help page.
    FrFr,
    /// French words, and the English help page.
    FrEn,
    /// A question, and its answer, in the language the files are named by.
    Faq,
}

const ALL: [(&str, Task); 6] = [
    ("similar", Task::Similar),
    ("kb", Task::Kb),
    ("solution", Task::Solution),
    ("fr-fr", Task::FrFr),
    ("fr-en", Task::FrEn),
    ("faq", Task::Faq),
];

impl Task {
    pub(crate) fn parse(name: &str) -> Option<Task> {
        ALL.iter().find(|(known, _)| *known == name).map(|(_, task)| *task)
    }

    pub(crate) fn names() -> String {
        ALL.map(|(name, _)| name).join(", ")
    }

    /// The answers to every question of the folder, or to the judged ones.
    pub(crate) fn answer(self, folder: &Path, only: Option<&Judged>, model: Option<&Model>) -> Run {
        match self {
            Task::Similar => Forum::fill(folder, model).ask(TargetKind::Ticket, only),
            Task::Kb => Forum::fill(folder, model).ask(TargetKind::Article, only),
            Task::Solution => Forum::fill(folder, model).ask(TargetKind::Solution, only),
            Task::FrFr => articles::ask(folder, ["pages", "fr"], ["queries", "fr"], (only, model)),
            Task::FrEn => articles::ask(folder, ["pages", "en"], ["queries", "fr"], (only, model)),
            Task::Faq => {
                let lang = articles::language_of(folder);
                articles::ask(folder, ["answers", lang], ["queries", lang], (only, model))
            }
        }
    }
}
