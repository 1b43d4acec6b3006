//! What the lines of `/admin` are asked about: a row that is there, where the stand has one.

/// The number in the path. Nothing is taken away for good while others are still asked about it.
pub(super) fn id_of(path: &str, person: i64) -> i64 {
    match path {
        p if p.starts_with("/people") || p.starts_with("/admin/roles") => person,
        p if p.ends_with("/remove") => 999_999,
        p if p.starts_with("/admin/teams") || p.starts_with("/admin/organizations") => 1,
        _ => 999_999,
    }
}
