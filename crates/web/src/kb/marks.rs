//! How states and days are shown, and where the links of a text lead on the desk.

use desk::Time;
use desk::access::Audience;
use desk::clock::DAY;
use desk::knowledge::{Article, ArticleState, Target, VersionState};
use desk::words::date;

use crate::layout::{Markup, Shell, passage};

/// Class, icon and the key of the words.
pub(super) fn of_article(article: &Article) -> (&'static str, &'static str, &'static str) {
    match article.state {
        ArticleState::Draft if article.draft.is_none() => ("is-wait", "trash", "kb-state-dropped"),
        ArticleState::Draft => ("is-wait", "pencil", "kb-state-draft"),
        ArticleState::Review => ("is-open", "eye", "kb-state-review"),
        ArticleState::Published => ("is-ok", "check", "kb-state-published"),
        ArticleState::Retired => ("is-wait", "archive", "kb-state-retired"),
    }
}

pub(super) fn of_version(state: VersionState) -> (&'static str, &'static str, &'static str) {
    match state {
        VersionState::Draft => ("is-wait", "pencil", "kb-state-draft"),
        VersionState::Review => ("is-open", "eye", "kb-state-review"),
        VersionState::SentBack => ("is-soon", "reply", "kb-state-sent-back"),
        VersionState::Approved => ("is-ok", "check", "kb-state-approved"),
        VersionState::Published => ("is-ok", "check", "kb-state-published"),
        VersionState::Dropped => ("is-wait", "trash", "kb-state-dropped"),
    }
}

pub(super) fn audience(shell: &Shell, audience: Audience) -> String {
    shell.t(match audience {
        Audience::Internal => "kb-for-staff",
        Audience::Public => "kb-for-all",
    })
}

pub(super) fn day(shell: &Shell, at: Time) -> String {
    date(shell.lang, at, &shell.zone)
}

/// Days are told from a month before.
const SOON: i64 = 30 * DAY;

/// When an article is looked at again: the colour and the words.
pub(super) fn review(shell: &Shell, at: Time) -> (&'static str, String) {
    let left = at.since(shell.now);
    let on = day(shell, at);
    if left < 0 {
        ("is-late", shell.t1("kb-review-over", "day", on))
    } else if left < SOON {
        let days = left / DAY;
        ("is-soon", shell.t2("kb-review-in", "day", on, "days", days))
    } else {
        ("is-bare", on)
    }
}

/// A passage as staff read it: links lead to the pages of the desk.
pub(super) fn body(text: &str) -> Markup {
    passage(text, |target| match target {
        Target::Article(id) => Some(format!("/kb/{id}")),
        Target::File(id) => Some(format!("/kb/files/{id}")),
        Target::Nothing | Target::Elsewhere => None,
    })
}
