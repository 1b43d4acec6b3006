//! `store.rs` is a room's own cupboard: the SQL of one room, read by no other.

use std::sync::LazyLock;

use regex::Regex;

use super::{Finding, Rule, Source, Tree};

pub const RULE: Rule = Rule {
    name: "store-private",
    why: "A room's tables are its own; others call the verbs and finders its mod.rs re-exports.",
    check,
};

static OPENED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"pub(?:\s*\(\s*(?:crate|in\s[^)]*)\s*\))?\s+(?:mod\s+store\b|use\s+(?:self::)?store::\s*\*)")
        .expect("the pattern is fixed and valid")
});
static REACHED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\bcrate::(\w+)::(?:\w+::)*(?:store\b|\{[^}]*\bstore\b)").expect("the pattern is fixed and valid")
});

fn check(tree: &Tree) -> Vec<Finding> {
    tree.rust()
        .filter(|file| file.house() == "desk" && file.path.contains("/src/"))
        .flat_map(look)
        .collect()
}

fn look(file: &Source) -> Vec<Finding> {
    let code = &file.rust().code;
    let opened = OPENED.find_iter(code).map(|hit| {
        let todo = "write `mod store;` and re-export from mod.rs the few names others need";
        Finding::refused(
            &file.path,
            file.line_at(hit.start()),
            "opens a store to other rooms",
            todo,
        )
    });
    let reached = REACHED.captures_iter(code).filter_map(|hit| {
        let (at, room) = (hit.get(0)?.start(), hit.get(1)?.as_str());
        let todo = format!("call what crates/desk/src/{room}/mod.rs re-exports, or add a finder there");
        let foreign = file.room() != Some(room);
        foreign.then(|| {
            Finding::refused(
                &file.path,
                file.line_at(at),
                format!("reaches into the store of {room}"),
                todo,
            )
        })
    });
    opened.chain(reached).collect()
}

#[cfg(test)]
mod tests {
    use super::super::planted::refused;
    use super::*;

    #[test]
    fn a_store_stays_shut() {
        assert_eq!(
            refused(
                &RULE,
                &[("crates/desk/src/people/mod.rs", "mod store;\npub use store::find;")]
            ),
            0
        );
        assert_eq!(
            refused(&RULE, &[("crates/desk/src/people/mod.rs", "pub(crate) mod store;")]),
            1
        );
        assert_eq!(
            refused(&RULE, &[("crates/desk/src/people/mod.rs", "pub use store::*;")]),
            1
        );
    }

    #[test]
    fn no_room_reaches_into_anothers_store() {
        let reach = "use crate::people::store::find;";
        assert_eq!(refused(&RULE, &[("crates/desk/src/people/merge.rs", reach)]), 0);
        assert_eq!(refused(&RULE, &[("crates/desk/src/tickets/open.rs", reach)]), 1);
        assert_eq!(
            refused(
                &RULE,
                &[("crates/desk/src/tickets/open.rs", "use crate::people::{Person, store};")]
            ),
            1
        );
    }
}
