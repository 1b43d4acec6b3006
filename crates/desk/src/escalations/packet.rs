//! The packet: what the next one must know so that he need not ask the requester again. Pure.

use serde::{Deserialize, Serialize};

use crate::clock::Time;
use crate::error::Checks;
use crate::ids::FileId;

/// One thing that was tried, and what came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Tried {
    pub what: String,
    pub result: String,
}

/// As it is kept; what another version of the desk did not know is empty.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Packet {
    pub symptom: String,
    /// How it is made to happen, what should come of it, what comes of it, and how often.
    pub steps: String,
    pub expected: String,
    pub seen: String,
    pub how_often: String,
    pub tried: Vec<Tried>,
    /// Why nothing was tried, where nothing was.
    pub nothing_because: String,
    /// Files of the ticket.
    pub files: Vec<FileId>,
    /// Addresses, one each.
    pub links: Vec<String>,
    /// What the requester was told, in the words he was told it.
    pub promised: String,
    /// What the desk owed him when it was handed over; the desk writes it down itself.
    pub reply_due: Option<Time>,
    pub solve_due: Option<Time>,
    pub wished: String,
}

pub const MOST_TRIED: usize = 30;
const MOST_FILES: usize = 100;
const MOST_LINKS: usize = 30;
/// Characters.
const LONG: usize = 20_000;
const SHORT: usize = 2_000;

impl Packet {
    /// Without what is empty, and with one end to every line.
    pub(super) fn tidied(&self) -> Packet {
        let tidy = |text: &String| text.trim_end().to_string();
        let mut packet = self.clone();
        for text in [
            &mut packet.symptom,
            &mut packet.steps,
            &mut packet.expected,
            &mut packet.seen,
            &mut packet.how_often,
            &mut packet.nothing_because,
            &mut packet.promised,
            &mut packet.wished,
        ] {
            *text = tidy(text);
        }
        for row in &mut packet.tried {
            (row.what, row.result) = (row.what.trim().to_string(), row.result.trim().to_string());
        }
        packet
            .tried
            .retain(|row| !row.what.is_empty() || !row.result.is_empty());
        packet.links = self.links.iter().map(|link| link.trim().to_string()).collect();
        packet.links.retain(|link| !link.is_empty());
        packet.files.sort_unstable();
        packet.files.dedup();
        packet
    }

    /// What a draft may hold: anything that is not too long.
    pub(super) fn check_length(&self, checks: &mut Checks) {
        let rows = self
            .tried
            .iter()
            .all(|row| row.what.chars().count() <= SHORT && row.result.chars().count() <= SHORT);
        checks
            .at_most(&self.symptom, LONG, "symptom")
            .at_most(&self.steps, LONG, "steps")
            .at_most(&self.expected, SHORT, "expected")
            .at_most(&self.seen, SHORT, "seen")
            .at_most(&self.how_often, SHORT, "how_often")
            .check(rows && self.tried.len() <= MOST_TRIED, "tried", "refused-tried-long")
            .at_most(&self.nothing_because, SHORT, "nothing_because")
            .check(self.files.len() <= MOST_FILES, "files", "refused-choice")
            .check(self.links.len() <= MOST_LINKS, "links", "refused-links")
            .at_most(&self.promised, SHORT, "promised")
            .at_most(&self.wished, SHORT, "wished");
    }

    /// What it must say before anybody else is asked to work on it.
    pub(super) fn check_whole(&self, checks: &mut Checks) {
        let said = |text: &str| !text.trim().is_empty();
        let tried = self.tried.iter().any(|row| said(&row.what)) || said(&self.nothing_because);
        checks
            .check(said(&self.symptom), "symptom", "refused-no-symptom")
            .check(tried, "tried", "refused-nothing-tried")
            .check(said(&self.promised), "promised", "refused-no-promise")
            .check(self.links.iter().all(|link| is_link(link)), "links", "refused-links");
    }
}

/// An address somebody can open, and nothing a browser would run.
fn is_link(text: &str) -> bool {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"))
        .unwrap_or_default();
    let plain = !text.chars().any(|c| c.is_whitespace() || c.is_control());
    !rest.is_empty() && plain && text.chars().count() <= SHORT
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;

    fn whole() -> Packet {
        Packet {
            symptom: "No network".into(),
            tried: vec![Tried {
                what: "Another cable".into(),
                result: String::new(),
            }],
            promised: "News by noon".into(),
            ..Packet::default()
        }
    }

    fn fields_refused(packet: &Packet) -> Vec<&'static str> {
        let mut checks = Checks::default();
        packet.check_whole(&mut checks);
        match checks.done() {
            Err(Error::Refused(all)) => all.iter().map(|one| one.field).collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn what_is_missing_is_asked_for_at_once() {
        assert_eq!(fields_refused(&Packet::default()), ["symptom", "tried", "promised"]);
        assert!(fields_refused(&whole()).is_empty());
    }

    #[test]
    fn nothing_tried_needs_a_because() {
        let mut packet = whole();
        packet.tried = vec![Tried::default()];
        assert_eq!(fields_refused(&packet), ["tried"]);
        packet.nothing_because = "The room is locked.".into();
        assert!(fields_refused(&packet).is_empty());
    }

    #[test]
    fn a_link_is_an_address_and_nothing_else() {
        for (text, is) in [
            ("https://logs.example/1", true),
            ("http://switch.example", true),
            ("javascript:alert(1)", false),
            ("https://", false),
            ("https://a b", false),
        ] {
            assert_eq!(is_link(text), is, "{text}");
        }
    }

    #[test]
    fn empty_rows_and_links_fall_away() {
        let packet = Packet {
            tried: vec![
                Tried::default(),
                Tried {
                    what: " a ".into(),
                    result: String::new(),
                },
            ],
            links: vec![" ".into(), " https://a.example ".into()],
            files: vec![FileId(2), FileId(1), FileId(2)],
            ..Packet::default()
        }
        .tidied();
        assert_eq!(packet.tried[0].what, "a");
        assert_eq!(packet.links, ["https://a.example"]);
        assert_eq!(packet.files, [FileId(1), FileId(2)]);
    }
}
