//! The lines of titles and of wages. Nobody of the stand is allowed to plan with wages but its administrator.

use super::Rule::{self, Admin, Nobody, Senior, Staff};

/// One line a route.
pub(in crate::access) const LINES: &[(&str, &str, Rule)] = &[
    ("GET", "/titles", Staff),
    ("GET", "/titles/paths", Staff),
    ("POST", "/titles/give", Senior),
    ("POST", "/titles/take", Senior),
    ("POST", "/titles/undo", Nobody),
    ("GET", "/titles/{code}", Staff),
    ("GET", "/titles/{code}/description", Nobody),
    ("POST", "/titles/{code}/description", Nobody),
    ("GET", "/wages", Admin),
    ("GET", "/wages/table.csv", Admin),
    ("GET", "/wages/import", Admin),
    ("POST", "/wages/import", Admin),
    ("POST", "/wages/before", Admin),
    ("POST", "/wages/planners", Admin),
];
