//! What a letter says once it is read: plain values and the list of what was wrong with it.
//! No value here is safe to show or to use as a path by itself; it is what the sender wrote.

use std::fmt;

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
    pub inline: bool,
    pub bytes: Vec<u8>,
}

/// What a machine reports about an earlier letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    pub kind: ReportKind,
    pub recipient: Option<String>,
    pub status: Option<String>,
    pub diagnostic: Option<String>,
    pub original_message_id: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportKind {
    /// It could not be delivered.
    Bounce,
    /// It is late, and still being tried.
    Delay,
    /// A complaint about abuse.
    Feedback,
    /// It was read, deleted or shown.
    Disposition,
    /// A domain's daily figures about authentication or TLS.
    Dmarc,
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
    pub defects: Vec<Defect>,
}

impl Letter {
    /// Notes a defect once.
    pub(crate) fn note(&mut self, defect: Defect) {
        if !self.defects.contains(&defect) {
            self.defects.push(defect);
        }
    }
}

/// What was wrong with a letter. Each one is a sentence a person can read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Defect {
    /// Over a cap; the words name which one.
    TooComplex(&'static str),
    ReaderFailed,
    NoHeaders,
    NoSender,
    SeveralSenders,
    Repeated(&'static str),
    BadDate,
    NoBoundary,
    Unclosed,
    UnknownCharset(String),
    UnknownEncoding(String),
    BadEncoding,
    ZeroBytes,
}

impl fmt::Display for Defect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Defect::TooComplex(what) => write!(f, "The letter is too complex to be read whole: {what}."),
            Defect::ReaderFailed => f.write_str("The letter could not be read; its original is kept."),
            Defect::NoHeaders => f.write_str("The letter has no header."),
            Defect::NoSender => f.write_str("The letter names no sender."),
            Defect::SeveralSenders => f.write_str("The letter names several senders; the first counts."),
            Defect::Repeated(field) => write!(f, "The field {field} stands more than once; the first counts."),
            Defect::BadDate => f.write_str("The date cannot be read."),
            Defect::NoBoundary => f.write_str("A part with several parts does not say where they end."),
            Defect::Unclosed => f.write_str("The letter ends before its last part does."),
            Defect::UnknownCharset(name) => write!(f, "The character set \"{name}\" is unknown."),
            Defect::UnknownEncoding(name) => write!(f, "The transfer encoding \"{name}\" is unknown."),
            Defect::BadEncoding => f.write_str("A part is not encoded as it says."),
            Defect::ZeroBytes => f.write_str("The text holds zero bytes; they were left out."),
        }
    }
}
