//! What a machine reports about an earlier letter (RFC 3464, 5965, 8098), as plain values.

/// What a machine reports. The first four values are those of the first recipient, or what the
/// words of a server without structured reports gave; the rest is only in structured reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    pub kind: ReportKind,
    pub recipient: Option<String>,
    pub status: Option<String>,
    pub diagnostic: Option<String>,
    pub original_message_id: Option<String>,
    /// Each recipient the report names, in its order, at most 1,000.
    pub recipients: Vec<Recipient>,
    /// The server that reports.
    pub reporting_mta: Option<String>,
    /// When that server took the earlier letter, as it wrote it and in microseconds since 1970 in UTC.
    pub arrival: Option<String>,
    pub arrival_at: Option<i64>,
    /// What became of a letter that was read: `displayed`, `deleted`, as the report says it.
    pub disposition: Option<String>,
    pub feedback: Option<Feedback>,
}

impl Report {
    pub(crate) fn new(kind: ReportKind) -> Report {
        Report {
            kind,
            recipient: None,
            status: None,
            diagnostic: None,
            original_message_id: None,
            recipients: Vec::new(),
            reporting_mta: None,
            arrival: None,
            arrival_at: None,
            disposition: None,
            feedback: None,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportKind {
    /// It could not be delivered.
    Bounce,
    /// It is late, and still being tried.
    Delay,
    /// It arrived, or was handed on; nothing is wrong.
    Delivered,
    /// A complaint about abuse.
    Feedback,
    /// It was read, deleted or shown.
    Disposition,
    /// A domain's daily figures about authentication or TLS.
    Dmarc,
}

/// What became of a letter for one of its recipients (RFC 3464, section 2.3).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Recipient {
    /// The address the server tried, without its type.
    pub address: Option<String>,
    /// The address the sender wrote, where it differs.
    pub original: Option<String>,
    /// `failed`, `delayed`, `delivered`, `relayed` or `expanded`, in lower case.
    pub action: Option<String>,
    /// Such as `5.1.1`.
    pub status: Option<String>,
    pub diagnostic: Option<String>,
    /// The server that refused it.
    pub remote_mta: Option<String>,
}

/// A complaint about a letter (RFC 5965).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Feedback {
    /// `abuse`, `fraud`, `virus`, `not-spam`, `auth-failure` or another word, in lower case.
    pub kind: Option<String>,
    pub source_ip: Option<String>,
    pub mail_from: Option<String>,
    pub rcpt_to: Vec<String>,
    pub reported_domain: Vec<String>,
    pub user_agent: Option<String>,
}
