//! What reading found in a letter besides its words and files: what is wrong with it, what it invites to, whom it passes
//! on, how it is sealed, what a machine reports. Kept beside it as JSON, for the page of the letter.

use serde::{Deserialize, Serialize};

use super::gist::one_line;

/// Recipients of a report that are kept; the original has them all.
const MOST: usize = 20;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Findings {
    /// The key of a sentence and the word that belongs into it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub defects: Vec<(String, String)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invitation: Option<Invited>,
    /// Whose letter it passes on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub forwarded: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sealed: Option<Sealed>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub returned: Vec<Returned>,
    /// Of a complaint about unwanted mail: its kind and whom it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub complaint: Option<(String, String)>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invited {
    pub summary: String,
    pub location: String,
    pub organizer: String,
    /// Microseconds since 1970 in UTC, where the zone is known.
    pub at: Option<i64>,
    /// As the calendar wrote it.
    pub written: String,
    pub cancelled: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sealed {
    pub signed: bool,
    pub encrypted: bool,
    pub readable: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Returned {
    pub recipient: String,
    pub action: String,
    pub status: String,
    pub words: String,
    pub server: String,
}

impl Findings {
    pub(super) fn of(letter: &mail::Letter) -> Findings {
        let defect = |d: &mail::Defect| (d.key().to_string(), one_line(d.argument().unwrap_or_default(), 80));
        let report = letter.report.as_ref();
        Findings {
            defects: letter.defects.iter().map(defect).collect(),
            invitation: letter.invitation.as_ref().map(invited),
            forwarded: letter.forwarded.as_ref().map(|f| one_line(&f.from.address, 320)),
            sealed: letter.protection.map(|p| Sealed {
                signed: p.signed,
                encrypted: p.encrypted,
                readable: p.readable,
            }),
            returned: report
                .map(|r| r.recipients.iter().take(MOST).map(returned).collect())
                .unwrap_or_default(),
            complaint: report.and_then(|r| r.feedback.as_ref()).map(complaint),
        }
    }

    pub fn read(text: &str) -> Findings {
        serde_json::from_str(text).unwrap_or_default()
    }

    pub(super) fn json(&self) -> String {
        serde_json::to_string(self).unwrap_or_else(|_| "{}".to_string())
    }
}

fn line(text: Option<&String>) -> String {
    text.map(|text| one_line(text, 300)).unwrap_or_default()
}

fn invited(i: &mail::Invitation) -> Invited {
    let start = i.start.as_ref();
    let zone = start.and_then(|s| s.zone.as_deref()).unwrap_or_default();
    Invited {
        summary: line(i.summary.as_ref()),
        location: line(i.location.as_ref()),
        organizer: i
            .organizer
            .as_ref()
            .map(|o| one_line(&o.address, 320))
            .unwrap_or_default(),
        at: start.and_then(|s| s.at),
        written: start
            .map(|s| one_line(&format!("{} {zone}", s.written), 100))
            .unwrap_or_default(),
        cancelled: i.method.as_deref() == Some("cancel") || i.status.as_deref() == Some("cancelled"),
    }
}

fn returned(r: &mail::Recipient) -> Returned {
    Returned {
        recipient: line(r.address.as_ref().or(r.original.as_ref())),
        action: line(r.action.as_ref()),
        status: line(r.status.as_ref()),
        words: line(r.diagnostic.as_ref()),
        server: line(r.remote_mta.as_ref()),
    }
}

fn complaint(f: &mail::Feedback) -> (String, String) {
    let about = f.rcpt_to.first().or(f.mail_from.as_ref());
    (line(f.kind.as_ref()), line(about))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_found_is_read_back() {
        let raw = b"From: a@b.example\r\nContent-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR\r\n\
            METHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:New laptop\r\nDTSTART:20261116T150000Z\r\nEND:VEVENT\r\n\
            END:VCALENDAR\r\n";
        let found = Findings::of(&mail::parse(raw));
        let invited = found.invitation.clone().unwrap();
        assert_eq!(
            (invited.summary.as_str(), invited.at),
            ("New laptop", Some(1_794_841_200_000_000))
        );
        assert_eq!(Findings::read(&found.json()), found);
        assert_eq!(Findings::read("{}"), Findings::default());
    }
}
