//! The lines of the team's rooms. Reviews are private: nobody here has one with that number.

use super::lines::Rule::{self, Board, Lead, Nobody};

pub(super) const LINES: &[(&str, &str, Rule)] = &[
    ("GET", "/team", Board),
    ("GET", "/team/qa", Board),
    ("POST", "/team/qa/pick", Lead),
    ("POST", "/team/qa/rules", Lead),
    ("POST", "/team/qa/rules/{id}/end", Nobody),
    ("POST", "/team/qa/rules/{id}/resume", Nobody),
    ("GET", "/team/qa/{id}", Nobody),
    ("POST", "/team/qa/{id}", Nobody),
    ("POST", "/team/qa/{id}/drop", Nobody),
    ("POST", "/team/qa/{id}/restore", Nobody),
    ("GET", "/team/people/{id}", Nobody),
    ("POST", "/team/people/{id}/goals", Nobody),
    ("POST", "/team/people/{id}/notes", Nobody),
    ("POST", "/team/goals/{id}", Nobody),
    ("POST", "/team/notes/{id}", Nobody),
    ("POST", "/team/notes/{id}/edit", Nobody),
];
