//! What was wrong with a letter: each a sentence in English, and a key and a word for those who
//! say it in another language.

use std::fmt;

/// What was wrong with a letter. Each one is a sentence a person can read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Defect {
    /// Over a bound; what is above it is only in the original.
    TooComplex(Excess),
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
    /// A wrapping of Outlook that could not be opened; it stays a file.
    BadWrapping,
    /// Part of a wrapping of Outlook could not be read.
    PartOfWrapping,
    /// A signature around the contents that could not be opened; it stays a file.
    SealedShut,
    BadCalendar,
}

/// Which bound a letter is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Excess {
    Depth,
    Parts,
    Header,
    Contents,
    Text,
    Work,
}

impl Excess {
    fn words(self) -> &'static str {
        match self {
            Excess::Depth => "its parts are nested over 100 deep",
            Excess::Parts => "it has over 1000 parts",
            Excess::Header => "its header is over 256 KiB or 1000 fields",
            Excess::Contents => "its contents take more memory than one letter may",
            Excess::Text => "its text is over 4 MiB",
            Excess::Work => "it takes more work than one letter may",
        }
    }

    fn key(self) -> &'static str {
        match self {
            Excess::Depth => "defect-too-deep",
            Excess::Parts => "defect-too-many-parts",
            Excess::Header => "defect-header-too-long",
            Excess::Contents => "defect-contents-too-big",
            Excess::Text => "defect-text-too-long",
            Excess::Work => "defect-too-much-work",
        }
    }
}

impl Defect {
    /// A name that never changes, for sentences in other languages.
    pub fn key(&self) -> &'static str {
        match self {
            Defect::TooComplex(excess) => excess.key(),
            Defect::ReaderFailed => "defect-reader-failed",
            Defect::NoHeaders => "defect-no-headers",
            Defect::NoSender => "defect-no-sender",
            Defect::SeveralSenders => "defect-several-senders",
            Defect::Repeated(_) => "defect-repeated-field",
            Defect::BadDate => "defect-bad-date",
            Defect::NoBoundary => "defect-no-boundary",
            Defect::Unclosed => "defect-unclosed",
            Defect::UnknownCharset(_) => "defect-unknown-charset",
            Defect::UnknownEncoding(_) => "defect-unknown-encoding",
            Defect::BadEncoding => "defect-bad-encoding",
            Defect::ZeroBytes => "defect-zero-bytes",
            Defect::BadWrapping => "defect-bad-wrapping",
            Defect::PartOfWrapping => "defect-part-of-wrapping",
            Defect::SealedShut => "defect-sealed-shut",
            Defect::BadCalendar => "defect-bad-calendar",
        }
    }

    /// The one word that belongs into the sentence, where there is one: the sender's words.
    pub fn argument(&self) -> Option<&str> {
        match self {
            Defect::Repeated(field) => Some(field),
            Defect::UnknownCharset(name) | Defect::UnknownEncoding(name) => Some(name),
            _ => None,
        }
    }
}

impl fmt::Display for Defect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sentence = match self {
            Defect::TooComplex(excess) => {
                return write!(f, "The letter is too complex to be read whole: {}.", excess.words());
            }
            Defect::Repeated(field) => {
                return write!(f, "The field {field} stands more than once; the first counts.");
            }
            Defect::UnknownCharset(name) => return write!(f, "The character set \"{name}\" is unknown."),
            Defect::UnknownEncoding(name) => return write!(f, "The transfer encoding \"{name}\" is unknown."),
            Defect::ReaderFailed => "The letter could not be read; its original is kept.",
            Defect::NoHeaders => "The letter has no header.",
            Defect::NoSender => "The letter names no sender.",
            Defect::SeveralSenders => "The letter names several senders; the first counts.",
            Defect::BadDate => "The date cannot be read.",
            Defect::NoBoundary => "A part with several parts does not say where they end.",
            Defect::Unclosed => "The letter ends before its last part does.",
            Defect::BadEncoding => "A part is not encoded as it says.",
            Defect::ZeroBytes => "The text holds zero bytes; they were left out.",
            Defect::BadWrapping => "A wrapping of Outlook (winmail.dat) could not be opened; it is kept as a file.",
            Defect::PartOfWrapping => "Part of a wrapping of Outlook (winmail.dat) could not be read.",
            Defect::SealedShut => "The signed contents could not be opened; they are kept as a file.",
            Defect::BadCalendar => "A calendar file could not be read; it is kept as a file.",
        };
        f.write_str(sentence)
    }
}
