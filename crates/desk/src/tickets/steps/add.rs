//! Adding steps: one, or a pasted list of them, one a line.

use db::{Write, args};

use super::{must_fit, page_of, standing_count};
use crate::context::Context;
use crate::error::{Checks, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::{EventId, TicketNumber};

/// Of one ticket.
pub const MOST_STEPS: usize = 100;
/// Characters of one step.
pub(super) const MOST_WORDS: usize = 300;

/// A line without the mark of the list it was copied from: `- [ ] one`, `* one`, `2. one`.
fn bare(line: &str) -> &str {
    let line = line.trim();
    let digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = digits.len() < line.len() && digits.len() + 4 > line.len();
    let line = match digits.strip_prefix(['.', ')']).filter(|_| numbered) {
        Some(rest) if rest.starts_with(' ') => rest.trim_start(),
        _ => line,
    };
    let line = ["- ", "* ", "• "]
        .iter()
        .find_map(|mark| line.strip_prefix(mark))
        .unwrap_or(line);
    let line = ["[ ] ", "[x] ", "[X] "]
        .iter()
        .find_map(|mark| line.trim_start().strip_prefix(mark))
        .unwrap_or(line);
    line.trim()
}

pub fn add_steps(tx: &mut Write, cx: &Context, number: TicketNumber, text: &str) -> Result<EventId> {
    let page = page_of(tx, cx, number)?;
    let lines: Vec<&str> = text.lines().map(bare).filter(|line| !line.is_empty()).collect();
    let mut checks = Checks::default();
    checks.check(!lines.is_empty(), "new-step", "refused-empty");
    if let Some(long) = lines.iter().find(|line| line.chars().count() > MOST_WORDS) {
        checks.at_most(long, MOST_WORDS, "new-step");
    }
    checks.done()?;
    let (there, last) = standing_count(tx, page.number)?;
    must_fit(there, lines.len())?;
    let mut ids = Vec::new();
    for (position, words) in (last + 1..).zip(&lines) {
        ids.push(tx.insert(
            "INSERT INTO step (ticket, position, words, created_at) VALUES ($1, $2, $3, $4) RETURNING id",
            &args![page.number, position, *words, cx.now],
        )?);
    }
    let data = serde_json::json!({ "steps": ids, "words": lines[0] }).to_string();
    let fact = Fact::new(EventKind::StepAdded)
        .on(page.number, page.team)
        .with(Some(data));
    events::record(tx, cx, fact)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_of_a_copied_list_goes_and_words_stay() {
        for (line, words) in [
            ("Check the cable", "Check the cable"),
            ("  - [ ] Check the cable ", "Check the cable"),
            ("- Check", "Check"),
            ("* Check", "Check"),
            ("2. Check", "Check"),
            ("12) Check", "Check"),
            ("2.5 mm jack", "2.5 mm jack"),
            ("802.1X off", "802.1X off"),
            ("-5 degrees", "-5 degrees"),
            ("   ", ""),
        ] {
            assert_eq!(bare(line), words, "{line:?}");
        }
    }
}
