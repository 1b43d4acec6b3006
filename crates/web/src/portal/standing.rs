//! Where a request stands, in words a person who is not of the trade understands: whose turn it is, what comes next
//! and when, and the four steps.

use desk::Time;
use desk::tickets::{CLOSES_AFTER, Status, Turn, turn_of};

use crate::layout::Shell;

#[derive(Clone, Debug)]
pub(super) struct Standing {
    /// The colour of the chip; the word and the icon say the same.
    pub(super) tone: &'static str,
    pub(super) icon: &'static str,
    pub(super) turn: String,
    pub(super) next: String,
    /// The classes of the four steps.
    pub(super) path: [&'static str; 4],
}

const ON: &str = "is-on";

pub(super) fn standing(shell: &Shell, status: Status, next_due: Time, solved_at: Option<Time>) -> Standing {
    let turn = turn_of(status);
    let (tone, icon, key, path) = match turn {
        Turn::Received => ("is-open", "inbox", "turn-received", [ON, "", "", ""]),
        Turn::Desk => ("is-ok", "wrench", "turn-desk", [ON, ON, ON, ""]),
        Turn::Others => ("is-wait", "hourglass", "turn-others", [ON, ON, ON, ""]),
        Turn::You => ("is-soon", "reply", "turn-you", [ON, ON, "is-you", ""]),
        Turn::Solved => ("is-ok", "circle-check", "turn-solved", [ON, ON, ON, ON]),
        Turn::Closed => ("", "archive", "turn-closed", [ON, ON, ON, ON]),
    };
    Standing {
        tone,
        icon,
        turn: shell.t(key),
        next: next(shell, turn, next_due, solved_at),
        path,
    }
}

fn next(shell: &Shell, turn: Turn, due: Time, solved_at: Option<Time>) -> String {
    match turn {
        Turn::Received | Turn::Desk if due == Time::NEVER => shell.t("next-soon"),
        Turn::Received | Turn::Desk if shell.is_past(&due) => shell.t("next-late"),
        Turn::Received => shell.t1("next-reply", "when", shell.when(&due)),
        Turn::Desk => shell.t1("next-news", "when", shell.when(&due)),
        Turn::Others => shell.t("next-others"),
        Turn::You => shell.t("next-you"),
        Turn::Solved => match solved_at {
            Some(at) => shell.t1("next-closes", "when", shell.when(&at.plus(CLOSES_AFTER))),
            None => shell.t("next-closes-soon"),
        },
        Turn::Closed => shell.t("next-closed"),
    }
}
