//! The lines of the calendars. Number 999,999 is nobody's.

use super::Rule::{self, Admin, Nobody};

pub(in super::super) const LINES: &[(&str, &str, Rule)] = &[
    ("GET", "/admin/calendars", Admin),
    ("GET", "/admin/calendars/new", Admin),
    ("POST", "/admin/calendars", Admin),
    ("POST", "/admin/calendars/undo", Nobody),
    ("GET", "/admin/calendars/{id}", Nobody),
    ("POST", "/admin/calendars/{id}", Nobody),
    ("POST", "/admin/calendars/{id}/days", Nobody),
    ("POST", "/admin/calendars/{id}/days/remove", Nobody),
    ("POST", "/admin/calendars/{id}/retire", Nobody),
    ("POST", "/admin/calendars/{id}/restore", Nobody),
];
