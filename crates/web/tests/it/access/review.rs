//! What the lines of the reviews and of levels are asked with.

/// A body that is right for the route, where it wants one.
pub(in crate::access) fn body(path: &str) -> Option<&'static str> {
    match path {
        "/people/{id}/level" => Some("level=1"),
        "/team/review/rules" => Some("who=l1&what=reply&topic=&reviewer="),
        "/team/review/{id}/deed" => Some("deed=approve&revision=0"),
        _ => None,
    }
}
