//! Which of these people a text names. Pure.

use crate::ids::PersonId;
use crate::people::Technician;

/// Each once, in the order of the list. A name counts whole and after an `@` that begins a word, whatever its case; of
/// two names that begin alike the longer one is meant. Two people of one name are both meant.
pub(super) fn named(text: &str, known: &[Technician]) -> Vec<PersonId> {
    let names: Vec<(Vec<char>, PersonId)> = known.iter().map(|one| (folded(&one.name), one.id)).collect();
    let text = folded(text);
    let mut found: Vec<PersonId> = Vec::new();
    for (at, _) in text.iter().enumerate().filter(|(_, c)| **c == '@') {
        if at > 0 && (text[at - 1].is_alphanumeric() || text[at - 1] == '@') {
            continue;
        }
        let rest = &text[at + 1..];
        let whole = |name: &[char]| {
            !name.is_empty() && rest.starts_with(name) && rest.get(name.len()).is_none_or(|c| !c.is_alphanumeric())
        };
        let longest = names
            .iter()
            .map(|(name, _)| name)
            .filter(|name| whole(name))
            .max_by_key(|name| name.len());
        let Some(longest) = longest else { continue };
        let meant = names.iter().filter(|(name, _)| name == longest).map(|(_, id)| *id);
        found.extend(meant.filter(|id| !found.contains(id)).collect::<Vec<_>>());
    }
    known.iter().map(|one| one.id).filter(|id| found.contains(id)).collect()
}

/// In small letters, with every run of white space as one space: a line may break within a name.
fn folded(text: &str) -> Vec<char> {
    let mut folded: Vec<char> = Vec::with_capacity(text.len());
    for c in text.chars() {
        match c.is_whitespace() {
            true if folded.last() == Some(&' ') => {}
            true => folded.push(' '),
            false => folded.extend(c.to_lowercase()),
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Role;

    fn found(text: &str) -> Vec<i64> {
        let person = |(id, name): (i64, &str)| Technician {
            id: PersonId(id),
            name: name.into(),
            role: Role::Technician,
        };
        let known: Vec<Technician> = [
            (1, "Cedar"),
            (2, "Cedar Grove"),
            (3, "\u{c9}lan"),
            (4, "Spruce"),
            (5, "Spruce"),
        ]
        .into_iter()
        .map(person)
        .collect();
        named(text, &known).iter().map(|id| id.0).collect()
    }

    #[test]
    fn a_name_counts_whole_and_after_its_sign() {
        let table: [(&str, &[i64]); 12] = [
            ("@Cedar, please look", &[1]),
            ("please look, @cedar", &[1]),
            ("(@\u{e9}LAN) has the key", &[3]),
            ("@Cedar Grove knows", &[2]),
            ("@Cedar\n Grove knows", &[2]),
            ("@Cedar Groves knows", &[1]),
            ("@Cedar and @\u{c9}lan and @cedar", &[1, 3]),
            ("@Spruce", &[4, 5]),
            ("write to desk@cedar", &[]),
            ("@Cedarwood", &[]),
            ("Cedar", &[]),
            ("@@Cedar @", &[]),
        ];
        for (text, expected) in table {
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn a_long_text_of_signs_costs_one_walk() {
        assert!(found(&"@".repeat(200_000)).is_empty());
    }
}
