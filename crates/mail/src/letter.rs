//! What a letter says once it is read: plain values and the list of what was wrong with it.
//! No value here is safe to show or to use as a path by itself; it is what the sender wrote.

mod defect;
mod meaning;
mod report;

pub use defect::{Defect, Excess};
pub use meaning::{Forwarded, Invitation, Moment, Protection, Scheme};
pub use report::{Feedback, Recipient, Report, ReportKind};

/// A mailbox: the name beside it and the address, its domain in lower case.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Address {
    pub name: Option<String>,
    pub address: String,
}

impl Address {
    /// Trims the address and lower-cases its domain; the local part stays as written.
    pub fn new(name: Option<&str>, address: &str) -> Address {
        let address = address.trim();
        let address = match address.rsplit_once('@') {
            Some((local, domain)) => format!("{local}@{}", domain.to_lowercase()),
            None => address.to_owned(),
        };
        let name = name.map(str::trim).filter(|n| !n.is_empty()).map(str::to_owned);
        Address { name, address }
    }

    /// The part after the last `@`, empty when there is none.
    pub fn domain(&self) -> &str {
        self.address.rsplit_once('@').map_or("", |(_, domain)| domain)
    }

    /// The part before the last `@`.
    pub fn local(&self) -> &str {
        self.address
            .rsplit_once('@')
            .map_or(self.address.as_str(), |(local, _)| local)
    }
}

/// A file that came with the letter, decoded.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Attachment {
    pub name: Option<String>,
    pub mime: String,
    pub content_id: Option<String>,
    /// Whether it is shown inside the letter. Its `content_id` is what the HTML names it by.
    pub inline: bool,
    pub role: Role,
    pub bytes: Vec<u8>,
}

impl Attachment {
    /// Some programs name a picture by its file name where its content identifier belongs.
    fn is_named(&self, wanted: &str) -> bool {
        !wanted.is_empty() && self.content_id.is_none() && self.name.as_deref() == Some(wanted)
    }
}

/// What a file is to its letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Role {
    #[default]
    File,
    /// A signature, or the wrapping of what was signed or encrypted: nobody came to read it.
    Seal,
    /// The invitation that `Letter::invitation` tells.
    Invitation,
    /// The letter that `Letter::forwarded` tells.
    Forwarded,
}

/// A letter as it was read. Everything is optional, because everything may be missing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Letter {
    /// Without the angle brackets, like every identifier here.
    pub message_id: Option<String>,
    pub in_reply_to: Vec<String>,
    pub references: Vec<String>,
    pub from: Option<Address>,
    pub sender: Option<Address>,
    pub reply_to: Vec<Address>,
    pub to: Vec<Address>,
    pub cc: Vec<Address>,
    pub subject: Option<String>,
    /// Microseconds since 1970 in UTC.
    pub date: Option<i64>,
    pub text: Option<String>,
    pub html: Option<String>,
    pub attachments: Vec<Attachment>,
    /// Letters and reports inside this one that were not sent as files: what a mail server sends
    /// back with its report, or the letters of a digest.
    pub enclosed: Vec<Attachment>,
    /// `Some("")` is the null sender.
    pub return_path: Option<String>,
    pub auto_submitted: Option<String>,
    pub precedence: Option<String>,
    pub list: bool,
    /// Values of `X-Loop` and its relatives.
    pub loop_marks: Vec<String>,
    /// Names of header fields only machines write, in lower case.
    pub machine_marks: Vec<String>,
    pub authentication_results: Vec<String>,
    pub delivered_to: Vec<String>,
    pub content_language: Option<String>,
    /// The type of the whole letter, such as `multipart/alternative`.
    pub content_type: String,
    pub report: Option<Report>,
    pub invitation: Option<Invitation>,
    /// The letter this one passes on, when passing it on is what it is for.
    pub forwarded: Option<Forwarded>,
    /// Signed or encrypted as the letter says; nothing was verified.
    pub protection: Option<Protection>,
    /// Content identifiers of the pictures that the HTML shows, each once.
    pub shown_inside: Vec<String>,
    pub defects: Vec<Defect>,
}

impl Letter {
    /// The file that the HTML means by `cid:identifier`.
    pub fn inside(&self, content_id: &str) -> Option<&Attachment> {
        let wanted = content_id.trim_matches(['<', '>', ' ']);
        self.attachments
            .iter()
            .find(|a| a.content_id.as_deref() == Some(wanted))
            .or_else(|| self.attachments.iter().find(|a| a.is_named(wanted)))
    }

    /// Notes a defect once.
    pub(crate) fn note(&mut self, defect: Defect) {
        if !self.defects.contains(&defect) {
            self.defects.push(defect);
        }
    }
}
