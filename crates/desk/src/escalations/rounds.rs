//! How often a packet went, what was answered, and what was different the next time.

use db::Read;

use super::escalation::To;
use super::packet::{Packet, Tried};
use super::{list, store};
use crate::clock::Time;
use crate::context::Context;
use crate::error::Result;
use crate::ids::{EscalationId, FileId, PersonId};

#[derive(Clone, Debug, PartialEq)]
pub struct Round {
    pub number: i64,
    pub packet: Packet,
    pub to: Option<To>,
    pub sent_by: PersonId,
    pub sent_at: Time,
    /// Why it came back; empty where it did not.
    pub reason: String,
    pub returned_by: Option<PersonId>,
    pub returned_at: Option<Time>,
}

/// The first one first, for whoever may read the ticket.
pub fn rounds(r: &mut Read, cx: &Context, id: EscalationId) -> Result<Vec<Round>> {
    list::find(r, cx, id)?;
    let rows = store::rounds(r, id)?.into_iter().map(|row| {
        Ok(Round {
            number: row.round,
            packet: row.read()?,
            to: To::parse(&row.sent_to),
            sent_by: row.sent_by,
            sent_at: row.sent_at,
            reason: row.reason,
            returned_by: row.returned_by,
            returned_at: row.returned_at,
        })
    });
    rows.collect()
}

db::text_enum! {
    /// A part of a packet, as it is headed.
    pub enum Part {
        Symptom => "symptom",
        Steps => "steps",
        Expected => "expected",
        Seen => "seen",
        HowOften => "how_often",
        Tried => "tried",
        NothingBecause => "nothing_because",
        Files => "files",
        Links => "links",
        Promised => "promised",
        Wished => "wished",
    }
}

/// One part that reads otherwise than the time before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub part: Part,
    pub was: String,
    pub is: String,
}

/// What changed from one packet to the next, part by part; files by the names the caller knows them by.
pub fn differences(was: &Packet, is: &Packet, name: impl Fn(FileId) -> String) -> Vec<Difference> {
    let parts = Part::ALL.iter().map(|part| Difference {
        part: *part,
        was: words(was, *part, &name),
        is: words(is, *part, &name),
    });
    parts.filter(|one| one.was != one.is).collect()
}

fn words(packet: &Packet, part: Part, name: impl Fn(FileId) -> String) -> String {
    match part {
        Part::Symptom => packet.symptom.clone(),
        Part::Steps => packet.steps.clone(),
        Part::Expected => packet.expected.clone(),
        Part::Seen => packet.seen.clone(),
        Part::HowOften => packet.how_often.clone(),
        Part::Tried => lines(&packet.tried),
        Part::NothingBecause => packet.nothing_because.clone(),
        Part::Files => packet
            .files
            .iter()
            .map(|file| name(*file))
            .collect::<Vec<_>>()
            .join("\n"),
        Part::Links => packet.links.join("\n"),
        Part::Promised => packet.promised.clone(),
        Part::Wished => packet.wished.clone(),
    }
}

fn lines(tried: &[Tried]) -> String {
    let line = |row: &Tried| {
        if row.result.is_empty() {
            row.what.clone()
        } else {
            format!("{} → {}", row.what, row.result)
        }
    };
    tried.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_reads_otherwise_is_a_difference() {
        let was = Packet {
            symptom: "No network".into(),
            files: vec![FileId(1)],
            ..Packet::default()
        };
        let mut is = was.clone();
        assert!(differences(&was, &is, |id| id.to_string()).is_empty());
        is.tried.push(Tried {
            what: "Another cable".into(),
            result: "The same".into(),
        });
        is.files.push(FileId(2));
        let found = differences(&was, &is, |id| format!("file {id}"));
        let parts: Vec<Part> = found.iter().map(|one| one.part).collect();
        assert_eq!(parts, [Part::Tried, Part::Files]);
        assert_eq!(found[0].is, "Another cable → The same");
        assert_eq!(found[1].is, "file 1\nfile 2");
    }
}
