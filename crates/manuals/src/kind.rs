//! What kind of manual a file is, by its media type and its name. Both are a stranger's words: a file that is something
//! else is found out when it is read.

use std::fmt::{self, Display, Formatter};
use std::str::FromStr;

use encoding_rs::Encoding;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Pdf,
    Docx,
    Odt,
    /// Words as they are, Markdown too; in this character set, if the media type named one.
    Text(Option<&'static Encoding>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownKind;

impl Display for UnknownKind {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("pdf, docx, odt, text or text:CHARSET")
    }
}

impl std::error::Error for UnknownKind {}

const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.";
const WRITER: &str = "application/vnd.oasis.opendocument.text";

impl Kind {
    /// `None`: the words of such a file are not looked for ([`Fault::UnknownKind`](crate::Fault::UnknownKind)).
    pub fn of(name: &str, media_type: &str) -> Option<Kind> {
        let lower = media_type.to_ascii_lowercase();
        let media = lower.split(';').next().unwrap_or_default().trim();
        match media {
            "application/pdf" | "application/x-pdf" => Some(Kind::Pdf),
            "text/plain" | "text/markdown" | "text/x-markdown" | "text/csv" => Some(Kind::Text(charset(&lower))),
            _ if media.starts_with(WORD) => Some(Kind::Docx),
            _ if media == WRITER || media.strip_prefix(WRITER) == Some("-template") => Some(Kind::Odt),
            // Browsers guess, and guess badly; a picture or a film is none of ours whatever it is called.
            _ if media.is_empty() || media.starts_with("application/") || media.starts_with("text/x-") => by_name(name),
            _ => None,
        }
    }
}

fn by_name(name: &str) -> Option<Kind> {
    let (_, ending) = name.rsplit_once('.')?;
    match ending.to_ascii_lowercase().as_str() {
        "pdf" => Some(Kind::Pdf),
        "docx" | "docm" | "dotx" => Some(Kind::Docx),
        "odt" | "ott" => Some(Kind::Odt),
        "txt" | "text" | "md" | "markdown" | "log" | "csv" | "tsv" => Some(Kind::Text(None)),
        _ => None,
    }
}

/// The parameter of RFC 2046, section 4.1.2.
fn charset(media_type: &str) -> Option<&'static Encoding> {
    let value = media_type
        .split(';')
        .skip(1)
        .find_map(|one| one.trim().strip_prefix("charset="))?;
    Encoding::for_label(value.trim().trim_matches('"').as_bytes())
}

impl Display for Kind {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Kind::Pdf => f.write_str("pdf"),
            Kind::Docx => f.write_str("docx"),
            Kind::Odt => f.write_str("odt"),
            Kind::Text(None) => f.write_str("text"),
            Kind::Text(Some(charset)) => write!(f, "text:{}", charset.name()),
        }
    }
}

impl FromStr for Kind {
    type Err = UnknownKind;

    fn from_str(word: &str) -> Result<Kind, UnknownKind> {
        match word {
            "pdf" => Ok(Kind::Pdf),
            "docx" => Ok(Kind::Docx),
            "odt" => Ok(Kind::Odt),
            "text" => Ok(Kind::Text(None)),
            _ => {
                let label = word.strip_prefix("text:").ok_or(UnknownKind)?;
                let charset = Encoding::for_label(label.as_bytes()).ok_or(UnknownKind)?;
                Ok(Kind::Text(Some(charset)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_media_type_decides_and_a_vague_one_leaves_it_to_the_name() {
        assert_eq!(Kind::of("x", "application/pdf"), Some(Kind::Pdf));
        assert_eq!(Kind::of("Manuel.PDF", "application/octet-stream"), Some(Kind::Pdf));
        assert_eq!(Kind::of("a.docx", ""), Some(Kind::Docx));
        assert_eq!(Kind::of("a", &format!("{WORD}document")), Some(Kind::Docx));
        assert_eq!(Kind::of("a.bin", WRITER), Some(Kind::Odt));
        assert_eq!(Kind::of("read.me.md", "text/x-web-markdown"), Some(Kind::Text(None)));
        assert_eq!(Kind::of("a.pdf", "image/png"), None);
        assert_eq!(Kind::of("pdf", ""), None);
        assert_eq!(Kind::of("a.exe", "application/octet-stream"), None);
        assert_eq!(
            Kind::of("a.ods", &format!("{}spreadsheet", WRITER.trim_end_matches("text"))),
            None
        );
    }

    #[test]
    fn a_kind_survives_the_command_line() {
        let latin = Kind::of("a", "text/plain; format=flowed; charset=\"ISO-8859-1\"").unwrap();
        assert_eq!(latin.to_string(), "text:windows-1252");
        for kind in [Kind::Pdf, Kind::Docx, Kind::Odt, Kind::Text(None), latin] {
            assert_eq!(kind.to_string().parse(), Ok(kind));
        }
        assert_eq!("text:nothing".parse::<Kind>(), Err(UnknownKind));
    }
}
