//! Why something may help, in words: the same on a ticket, on the page of a new one, and for programs.

use desk::suggestions::{Reason, Suggestion, Target, TargetKind};
use desk::words::{Arg, Lang};
use desk::{ArticleId, ProblemNumber, knowledge, problems};

use crate::words;

/// A reason as it is read, and the words that are marked behind it.
pub(crate) fn told(lang: Lang, reason: &Reason) -> (String, &[String]) {
    let say = |key: &str| words::text(lang, key, &[]);
    match reason {
        Reason::Mended => (say("likely-mended"), &[]),
        Reason::Solved { solved, of } => {
            let args = [("solved", Arg::Number(*solved)), ("of", Arg::Number(*of))];
            (words::text(lang, "likely-solved", &args), &[])
        }
        Reason::Codes(codes) => (say("likely-codes"), codes),
        Reason::Like(count) => {
            let count = i64::try_from(*count).unwrap_or(i64::MAX);
            (words::text(lang, "likely-like", &[("count", Arg::Number(count))]), &[])
        }
        Reason::Topic(_) => (say("likely-topic"), &[]),
        Reason::Words(said) => (say("likely-words"), said),
        Reason::Meaning => (say("likely-meaning"), &[]),
    }
}

/// All of them in one line.
pub(crate) fn in_one(lang: Lang, one: &Suggestion) -> String {
    let line = |reason: &Reason| {
        let (words, marked) = told(lang, reason);
        if marked.is_empty() {
            words
        } else {
            format!("{words} {}", marked.join(", "))
        }
    };
    one.reasons.iter().map(line).collect::<Vec<_>>().join(" · ")
}

/// How a target is called: `KE-3`, `KB-118`, `#2207`.
pub(crate) fn called(target: Target) -> String {
    match target.kind {
        TargetKind::Article => knowledge::shown(ArticleId(target.id)),
        TargetKind::KnownError => problems::name_of(ProblemNumber(target.id), true),
        TargetKind::Ticket | TargetKind::Solution => format!("#{}", target.id),
    }
}

/// Its page on the desk.
pub(crate) fn address(target: Target) -> String {
    match target.kind {
        TargetKind::Article => format!("/kb/{}", target.id),
        TargetKind::KnownError => format!("/problems/{}", target.id),
        TargetKind::Ticket | TargetKind::Solution => format!("/tickets/{}", target.id),
    }
}
