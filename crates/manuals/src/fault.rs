//! Why the words of a manual are not known, or not all of them.

use std::fmt::{self, Display, Formatter};
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The desk puts it in words; by its name ([`Fault::name`]) it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// It asks for a password, or is locked in a way we cannot open.
    Encrypted,
    /// It is not what it says it is, or is damaged.
    Broken,
    /// More pages, words or memory than we give to one file.
    TooLarge,
    /// More time than we give to one file.
    TooSlow,
    /// Pages were scanned or drawn: there is something to see and no word to read.
    OnlyPictures,
    /// Not a kind that can be read.
    UnknownKind,
}

impl Fault {
    pub const ALL: [Fault; 6] = [
        Fault::Encrypted,
        Fault::Broken,
        Fault::TooLarge,
        Fault::TooSlow,
        Fault::OnlyPictures,
        Fault::UnknownKind,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Fault::Encrypted => "encrypted",
            Fault::Broken => "broken",
            Fault::TooLarge => "too-large",
            Fault::TooSlow => "too-slow",
            Fault::OnlyPictures => "only-pictures",
            Fault::UnknownKind => "unknown-kind",
        }
    }
}

impl Display for Fault {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Fault {
    type Err = ();

    fn from_str(name: &str) -> Result<Fault, ()> {
        Fault::ALL.into_iter().find(|fault| fault.name() == name).ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_has_one_name_on_the_wire_and_in_the_rows() {
        for fault in Fault::ALL {
            assert_eq!(fault.name().parse(), Ok(fault));
            assert_eq!(serde_json::to_string(&fault).unwrap(), format!("\"{fault}\""));
        }
        assert_eq!("".parse::<Fault>(), Err(()));
    }
}
