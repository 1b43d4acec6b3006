//! A letter out of typed values. Line breaks and zero bytes in what people chose (names, subjects,
//! file names) become spaces and are encoded; in what programs chose (addresses, identifiers,
//! field values) they are refused. The same values always give the same bytes, so sending again
//! sends the same letter.

mod encode;
pub(crate) use encode::base64;
pub(crate) use fields::is_sendable;
mod fields;
mod parts;

use crate::letter::Address;
use thiserror::Error;

/// Everything a letter of ours is made of.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outgoing {
    /// Without angle brackets, like every identifier.
    pub message_id: String,
    pub from: Address,
    pub reply_to: Option<Address>,
    pub to: Vec<Address>,
    pub cc: Vec<Address>,
    pub subject: String,
    /// Microseconds since 1970 in UTC.
    pub date: i64,
    pub in_reply_to: Option<String>,
    pub references: Vec<String>,
    pub text: String,
    /// Empty: a letter of plain text.
    pub html: String,
    pub auto_submitted: Option<AutoSubmitted>,
    /// An address to visit or write to, without angle brackets.
    pub list_unsubscribe: Option<String>,
    /// That address takes a POST and asks nothing more (RFC 8058); it must be `https`.
    pub one_click: bool,
    pub language: Option<String>,
    /// Name, type and contents.
    pub attachments: Vec<(String, String, Vec<u8>)>,
    /// What the HTML shows; without HTML they are attachments like others.
    pub pictures: Vec<Picture>,
    /// More fields. A name that this letter sets itself is refused.
    pub extra: Vec<(&'static str, String)>,
}

/// A picture within the letter (RFC 2387, RFC 2392).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Picture {
    /// The HTML names it `cid:` and this; without angle brackets.
    pub content_id: String,
    pub name: String,
    pub mime: String,
    pub bytes: Vec<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AutoSubmitted {
    Generated,
    Replied,
}

#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ComposeError {
    #[error("the {0} holds a line break or another character that cannot stand in a header; remove it")]
    BadCharacter(&'static str),
    #[error("\"{0}\" is not a mail address; write it as name@host")]
    BadAddress(String),
    #[error("the letter has nobody to go to; give at least one address")]
    NoRecipient,
    #[error("the field {0} cannot be set this way; use the value made for it")]
    FieldTaken(String),
    #[error("the date lies outside the years 1970 to 9999")]
    BadDate,
}

/// Writes the letter, ready to be sent: ASCII, lines of at most 998 bytes ending in CR LF.
pub fn compose(letter: &Outgoing) -> Result<Vec<u8>, ComposeError> {
    for picture in &letter.pictures {
        fields::identifier(&picture.content_id, "identifier of a picture")?;
    }
    let mut out = fields::write(letter)?;
    parts::write(letter, &mut out);
    Ok(out)
}
