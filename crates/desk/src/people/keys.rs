//! The single keys of the desk, and those a person has changed for himself. A key is one character, or two pressed one
//! after the other ("g i"); an empty one is switched off.

use std::collections::BTreeMap;

use db::{Write, args};

use crate::access::{self, Place};
use crate::context::Context;
use crate::error::{Error, Refusal, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::EventId;

/// What every key does by itself: the name of a key is the key as it is shipped.
pub const KEYS: [&str; 30] = [
    "j", "k", "o", "u", "x", "c", "g i", "g u", "g k", "g t", "/", "?", "f", ",", ".", "r", "n", "l", "L", "e", "z",
    "a", "i", "p", "t", "m", "s", "1", "2", "3",
];

/// From the key as shipped to the key as chosen; only those that differ.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keys(pub BTreeMap<String, String>);

impl Keys {
    /// Anything that cannot be read is nothing: the keys are as shipped.
    pub fn of_json(text: &str) -> Keys {
        if text.is_empty() {
            return Keys::default();
        }
        Keys(serde_json::from_str(text).unwrap_or_default())
    }

    /// Empty when nothing differs.
    pub fn to_json(&self) -> String {
        if self.0.is_empty() {
            return String::new();
        }
        serde_json::to_string(&self.0).expect("text by text is JSON")
    }

    /// The key that does this now.
    fn now<'k>(&'k self, usual: &'k str) -> &'k str {
        self.0.get(usual).map_or(usual, String::as_str)
    }

    /// What is wrong, each under the name of its key: no key at all, or one that does something else already.
    fn refusals(&self) -> Vec<Refusal> {
        let wrong = |usual: &&'static str| {
            let now = self.now(usual);
            let twice = KEYS.iter().any(|other| other != usual && clash(self.now(other), now));
            let key = match () {
                () if now.is_empty() => return None,
                () if !is_key(now) => "refused-key",
                () if twice => "refused-key-twice",
                () => return None,
            };
            Some(Refusal {
                field: usual,
                key,
                number: None,
            })
        };
        KEYS.iter().filter_map(wrong).collect()
    }
}

/// One character that can be seen, or two with a space between.
fn is_key(text: &str) -> bool {
    let seen = |c: char| !c.is_whitespace() && !c.is_control();
    let mut letters = text.chars();
    match (letters.next(), letters.next(), letters.next(), letters.next()) {
        (Some(one), None, ..) => seen(one),
        (Some(one), Some(' '), Some(two), None) => seen(one) && seen(two),
        _ => false,
    }
}

/// The same key, or one that is the beginning of the other: it would always be waited for. `a` may begin nothing, but
/// waits by itself, as shipped.
fn clash(one: &str, other: &str) -> bool {
    let begins = |short: &str, long: &str| {
        long.chars().count() == 3 && long.strip_prefix(short).is_some_and(|r| r.starts_with(' '))
    };
    !one.is_empty() && (one == other || begins(one, other) || begins(other, one))
}

/// Keeps the keys that differ from those shipped, all at once.
pub fn set_keys(tx: &mut Write, cx: &Context, wanted: &Keys) -> Result<EventId> {
    access::require(&cx.viewer, Place::SignedIn)?;
    let trimmed = wanted
        .0
        .iter()
        .map(|(usual, now)| (usual.clone(), now.trim().to_string()));
    let known = trimmed.filter(|(usual, now)| KEYS.contains(&usual.as_str()) && usual != now);
    let kept = Keys(known.collect());
    let refusals = kept.refusals();
    if !refusals.is_empty() {
        return Err(Error::Refused(refusals));
    }
    let me = cx.viewer.person;
    tx.exec(
        "UPDATE person SET keys = $2, updated_at = $3 WHERE id = $1",
        &args![me, kept.to_json(), cx.now],
    )?;
    events::record(tx, cx, Fact::new(EventKind::PersonChanged).about(me.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(pairs: &[(&str, &str)]) -> Keys {
        Keys(pairs.iter().map(|(a, b)| (a.to_string(), b.to_string())).collect())
    }

    fn wrong(pairs: &[(&str, &str)]) -> Vec<(&'static str, &'static str)> {
        keys(pairs).refusals().iter().map(|r| (r.field, r.key)).collect()
    }

    #[test]
    fn the_keys_as_shipped_do_not_clash() {
        assert_eq!(wrong(&[]), []);
    }

    #[test]
    fn a_key_may_move_swap_and_rest() {
        assert_eq!(wrong(&[("r", "y")]), []);
        assert_eq!(wrong(&[("r", "n"), ("n", "r")]), []);
        assert_eq!(wrong(&[("g i", "b i"), ("e", "é"), ("f", "")]), []);
    }

    #[test]
    fn a_key_that_is_none_or_taken_is_named() {
        assert_eq!(wrong(&[("r", "F5")]), [("r", "refused-key")]);
        assert_eq!(
            wrong(&[("r", "n")]),
            [("r", "refused-key-twice"), ("n", "refused-key-twice")]
        );
        let begins: Vec<&str> = wrong(&[("r", "g")]).iter().map(|(field, _)| *field).collect();
        assert!(begins.contains(&"r") && begins.contains(&"g i"), "{begins:?}");
    }

    #[test]
    fn what_is_kept_reads_the_same() {
        let kept = keys(&[("r", "y"), ("f", "")]);
        assert_eq!(Keys::of_json(&kept.to_json()), kept);
        assert_eq!(keys(&[]).to_json(), "");
        assert_eq!(Keys::of_json("{broken"), Keys::default());
    }
}
