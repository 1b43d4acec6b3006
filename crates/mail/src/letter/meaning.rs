//! What a letter is for, beyond its words: an invitation, a letter passed on, a sealed letter.

use super::Address;

/// What a calendar file asks for (RFC 5545, RFC 5546).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Invitation {
    /// In lower case: `request`, `cancel`, `reply`, `publish`, `counter`.
    pub method: Option<String>,
    pub uid: Option<String>,
    pub summary: Option<String>,
    pub location: Option<String>,
    pub start: Option<Moment>,
    pub end: Option<Moment>,
    pub organizer: Option<Address>,
    /// How many people it names besides the organizer.
    pub attendees: usize,
    /// It says that it repeats; only the first time is told.
    pub repeats: bool,
    /// `tentative`, `confirmed` or `cancelled`, in lower case.
    pub status: Option<String>,
}

/// A time as a calendar wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Moment {
    /// Such as `20261116T100000`, or `20261116` for a whole day.
    pub written: String,
    /// The name of the zone as written; `UTC` for times that end in `Z`.
    pub zone: Option<String>,
    /// Microseconds since 1970 in UTC; `None` for whole days and unknown zones.
    pub at: Option<i64>,
    pub whole_day: bool,
}

/// A letter that this one passes on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Forwarded {
    /// Who wrote the original.
    pub from: Address,
    /// Microseconds since 1970 in UTC, where the date can be understood.
    pub date: Option<i64>,
    /// The date as it stands.
    pub date_text: Option<String>,
    pub subject: Option<String>,
    pub to: Vec<Address>,
    pub cc: Vec<Address>,
    /// Only where the original came as a file.
    pub message_id: Option<String>,
    /// What the original says.
    pub text: String,
    /// What whoever passed it on wrote himself.
    pub text_above: String,
}

/// How a letter is signed or encrypted, by its own account. Nothing was verified or decrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Protection {
    pub scheme: Scheme,
    pub signed: bool,
    pub encrypted: bool,
    /// Its contents could be read: always for a signature beside them, for one around them when it
    /// could be opened, never when encrypted.
    pub readable: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// RFC 8551.
    Smime,
    /// RFC 3156.
    PgpMime,
    /// Blocks of `-----BEGIN PGP` inside the text (RFC 9580).
    PgpInline,
}
