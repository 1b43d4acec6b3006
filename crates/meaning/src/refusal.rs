//! Why a folder is no model we can use: the file, what is wrong with it, and where.

use std::fmt::{self, Display, Formatter};
use std::path::Path;

/// The desk puts it in words; by its name ([`Wrong::name`]) it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// The file is not there, or cannot be read.
    Missing,
    /// It is larger than a model of this kind.
    TooLarge,
    /// It is not written as such a file is.
    Broken,
    /// A kind of model, or a part of one, that we do not know.
    Unknown,
    /// Something is not in it that must be.
    Lacks,
    /// A table of numbers has another size than the rest says.
    Shape,
    /// A number in it is none.
    NotANumber,
}

impl Wrong {
    pub const ALL: [Wrong; 7] = [
        Wrong::Missing,
        Wrong::TooLarge,
        Wrong::Broken,
        Wrong::Unknown,
        Wrong::Lacks,
        Wrong::Shape,
        Wrong::NotANumber,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Wrong::Missing => "missing",
            Wrong::TooLarge => "too-large",
            Wrong::Broken => "broken",
            Wrong::Unknown => "unknown",
            Wrong::Lacks => "lacks",
            Wrong::Shape => "shape",
            Wrong::NotANumber => "not-a-number",
        }
    }
}

/// What is wrong, in which file, and with what in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub file: String,
    pub wrong: Wrong,
    /// The part of the file; empty when it is the whole of it.
    pub part: String,
}

impl Refusal {
    /// `file` as it is named in the folder.
    pub(crate) fn of(file: &Path, wrong: Wrong, part: impl Display) -> Refusal {
        // A part may be a stranger's words.
        let part = part.to_string().chars().take(120).collect();
        Refusal {
            file: file.to_string_lossy().into_owned(),
            wrong,
            part,
        }
    }
}

impl Display for Refusal {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.file, self.wrong.name())?;
        match self.part.as_str() {
            "" => Ok(()),
            part => write!(f, " ({part})"),
        }
    }
}

impl std::error::Error for Refusal {}
