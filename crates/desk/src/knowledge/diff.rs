//! Two versions side by side: passage by passage, and within a passage word by word. Pure.
//!
//! Words are compared by Myers' algorithm (1986) as the crate `similar` has it, whose work grows with the square of what
//! differs. It is bounded: where a pair of versions differs too much the rest of its passages count as replaced.

use similar::{Algorithm, ChangeTag, capture_diff_slices};

use super::article::Text;
use super::passage::Passage;
use crate::ids::PassageId;
use crate::words::Lang;

/// What comparing two versions may cost, in words that differ, squared.
const MOST_WORK: usize = 150_000_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Same,
    Changed,
    Added,
    Removed,
    /// The same words at another place.
    Moved,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edit {
    Same,
    Inserted,
    Deleted,
}

/// A stretch of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    pub edit: Edit,
    pub text: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassageDiff {
    pub passage: PassageId,
    pub fate: Fate,
    pub en: Vec<Stretch>,
    pub fr: Vec<Stretch>,
}

impl PassageDiff {
    pub fn of(&self, lang: Lang) -> &[Stretch] {
        match lang {
            Lang::En => &self.en,
            Lang::Fr => &self.fr,
        }
    }
}

/// In the order of the newer one; what was taken out stands where it stood.
pub fn diff(old: &Text, new: &Text) -> Vec<PassageDiff> {
    let mut left = MOST_WORK;
    let order = |text: &Text, other: &Text| -> Vec<PassageId> {
        let shared = text.all().filter(|p| other.passage(p.passage).is_some());
        shared.map(|p| p.passage).collect()
    };
    let stayed = kept_in_place(&order(old, new), &order(new, old));
    let mut all: Vec<PassageDiff> = new
        .all()
        .map(|now| compared(old.passage(now.passage), Some(now), &stayed, &mut left))
        .collect();
    for (at, was) in old.all().enumerate() {
        if new.passage(was.passage).is_none() {
            let before = old.all().take(at).last().map(|p| p.passage);
            let place = before.and_then(|b| all.iter().position(|d| d.passage == b));
            let gone = compared(Some(was), None, &stayed, &mut left);
            all.insert(place.map_or(0, |p| p + 1), gone);
        }
    }
    all
}

/// Those that did not have to move: of the longest run in the same order.
fn kept_in_place(old: &[PassageId], new: &[PassageId]) -> Vec<PassageId> {
    let ops = capture_diff_slices(Algorithm::Myers, old, new);
    let same = ops
        .iter()
        .flat_map(|op| op.iter_changes(old, new))
        .filter(|c| c.tag() == ChangeTag::Equal);
    same.map(|c| c.value()).collect()
}

fn compared(was: Option<&Passage>, now: Option<&Passage>, stayed: &[PassageId], left: &mut usize) -> PassageDiff {
    let mut side = |lang: Lang| {
        let of = |p: Option<&Passage>| p.map_or("", |p| p.text(lang)).to_string();
        words(&of(was), &of(now), left)
    };
    let passage = now.or(was).map_or(PassageId(0), |p| p.passage);
    let fate = match (was, now) {
        (None, _) => Fate::Added,
        (_, None) => Fate::Removed,
        (Some(a), Some(b)) if (&a.en, &a.fr) != (&b.en, &b.fr) => Fate::Changed,
        _ if !stayed.contains(&passage) => Fate::Moved,
        _ => Fate::Same,
    };
    PassageDiff {
        passage,
        fate,
        en: side(Lang::En),
        fr: side(Lang::Fr),
    }
}

/// Two texts word by word.
pub fn between(old: &str, new: &str) -> Vec<Stretch> {
    let mut left = MOST_WORK;
    words(old, new, &mut left)
}

/// Two texts word by word; the pieces joined are the old text without what was inserted, the new one without what was
/// deleted.
fn words(old: &str, new: &str, left: &mut usize) -> Vec<Stretch> {
    let (old, new) = (split(old), split(new));
    let mut out = Vec::new();
    let begins = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let (old_rest, new_rest) = (&old[begins..], &new[begins..]);
    let ends = old_rest
        .iter()
        .rev()
        .zip(new_rest.iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    let (old_mid, new_mid) = (&old_rest[..old_rest.len() - ends], &new_rest[..new_rest.len() - ends]);
    push(&mut out, Edit::Same, &old[..begins]);
    let work = (old_mid.len() + new_mid.len()).saturating_pow(2);
    if work <= *left {
        *left -= work;
        for op in capture_diff_slices(Algorithm::Myers, old_mid, new_mid) {
            for change in op.iter_changes(old_mid, new_mid) {
                let edit = match change.tag() {
                    ChangeTag::Equal => Edit::Same,
                    ChangeTag::Insert => Edit::Inserted,
                    ChangeTag::Delete => Edit::Deleted,
                };
                push(&mut out, edit, &[change.value()]);
            }
        }
    } else {
        push(&mut out, Edit::Deleted, old_mid);
        push(&mut out, Edit::Inserted, new_mid);
    }
    push(&mut out, Edit::Same, &old_rest[old_rest.len() - ends..]);
    out
}

fn push(out: &mut Vec<Stretch>, edit: Edit, words: &[&str]) {
    if words.is_empty() {
        return;
    }
    match out.last_mut() {
        Some(last) if last.edit == edit => last.text.extend(words.iter().copied()),
        _ => out.push(Stretch {
            edit,
            text: words.concat(),
        }),
    }
}

/// Words, the spaces between them, and each other sign by itself.
fn split(text: &str) -> Vec<&str> {
    #[derive(PartialEq, Clone, Copy)]
    enum Class {
        Word,
        Space,
        Sign,
    }
    let class = |c: char| match c {
        c if c.is_alphanumeric() => Class::Word,
        c if c.is_whitespace() => Class::Space,
        _ => Class::Sign,
    };
    let (mut parts, mut from, mut last) = (Vec::new(), 0, None);
    for (at, c) in text.char_indices() {
        let this = class(c);
        let goes_on = last == Some(this) && this != Class::Sign;
        if at > 0 && !goes_on {
            parts.push(&text[from..at]);
            from = at;
        }
        last = Some(this);
    }
    if from < text.len() {
        parts.push(&text[from..]);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Time;
    use crate::ids::PersonId;
    use crate::knowledge::{Texts, Version, VersionState};

    fn text(passages: &[(i64, &str)]) -> Text {
        let version = Version {
            version: 1,
            state: VersionState::Draft,
            author: PersonId(1),
            author_name: String::new(),
            note: String::new(),
            saves: 1,
            reviewer: None,
            decided_by: None,
            decided_at: None,
            words: String::new(),
            created_at: Time(0),
            changed_at: Time(0),
            published_at: None,
            published_by: None,
            editors: "[]".into(),
        };
        let of = |(place, (id, en)): (i64, &(i64, &str))| Passage::new(PassageId(*id), place, &Texts::new(en, ""), 1);
        let mut all = vec![Passage::new(PassageId(0), 0, &Texts::new("Title", ""), 1)];
        all.extend((1..).zip(passages).map(of));
        Text::of(version, all).expect("it has a title")
    }

    fn fates(old: &[(i64, &str)], new: &[(i64, &str)]) -> Vec<(i64, Fate)> {
        let all = diff(&text(old), &text(new));
        all.iter().skip(1).map(|d| (d.passage.0, d.fate)).collect()
    }

    #[test]
    fn passages_are_told_apart_by_their_numbers() {
        use Fate::{Added, Changed, Moved, Removed, Same};
        let three = [(1, "a"), (2, "b"), (3, "c")];
        assert_eq!(fates(&three, &three), [(1, Same), (2, Same), (3, Same)]);
        assert_eq!(
            fates(&three, &[(1, "a"), (3, "x")]),
            [(1, Same), (2, Removed), (3, Changed)]
        );
        assert_eq!(
            fates(&three, &[(1, "a"), (4, "d"), (2, "b"), (3, "c")]),
            [(1, Same), (4, Added), (2, Same), (3, Same)]
        );
        let moved = fates(&three, &[(2, "b"), (3, "c"), (1, "a")]);
        assert_eq!(
            moved,
            [(2, Same), (3, Same), (1, Moved)],
            "only what moved is said to have moved"
        );
    }

    #[test]
    fn words_are_marked_and_both_texts_can_be_had_back() {
        let (old, new) = ("Wait for the dot.", "Wait for the green dot, then go.");
        let all = words(old, new, &mut { MOST_WORK });
        let without = |left_out: Edit| -> String {
            let kept = all.iter().filter(|s| s.edit != left_out);
            kept.map(|s| s.text.as_str()).collect()
        };
        assert_eq!(
            (without(Edit::Inserted), without(Edit::Deleted)),
            (old.into(), new.into())
        );
        let inserted: Vec<&str> = all
            .iter()
            .filter(|s| s.edit == Edit::Inserted)
            .map(|s| s.text.trim())
            .collect();
        assert_eq!(inserted, ["green", ", then go"]);
        assert!(words("", "", &mut { MOST_WORK }).is_empty());
    }

    #[test]
    fn a_hostile_pair_of_texts_costs_no_more_than_the_bound_and_loses_nothing() {
        let (old, new): (String, String) = (
            (0..2_000).map(|n| format!("{} ", n * 7 % 1_903)).collect(),
            (0..2_000).map(|n| format!("{} ", n * 11 % 1_999)).collect(),
        );
        let mut left = MOST_WORK;
        let all = words(&old, &new, &mut left);
        assert!(all.len() > 2, "within the bound words are compared");
        let coarse = words(&old, &new, &mut 1_000);
        assert!(coarse.len() <= 4, "past it the one text is replaced by the other");
        for stretches in [all, coarse] {
            let kept = stretches.iter().filter(|s| s.edit != Edit::Deleted);
            let back: String = kept.map(|s| s.text.as_str()).collect();
            assert_eq!(back, new);
        }
    }
}
