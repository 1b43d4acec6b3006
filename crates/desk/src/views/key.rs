//! Which list somebody looks at: one of the four standard views by its name, or a saved one by its number.

use std::fmt;

use super::Standard;
use crate::ids::ViewId;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ViewKey {
    Standard(Standard),
    Saved(ViewId),
}

impl ViewKey {
    pub fn parse(text: &str) -> Option<ViewKey> {
        let saved = || text.parse().ok().map(|id| ViewKey::Saved(ViewId(id)));
        Standard::parse(text).map(ViewKey::Standard).or_else(saved)
    }
}

impl fmt::Display for ViewKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ViewKey::Standard(view) => view.fmt(f),
            ViewKey::Saved(id) => id.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_is_a_name_or_a_number() {
        for text in ["mine", "everyone", "7"] {
            assert_eq!(ViewKey::parse(text).map(|key| key.to_string()).as_deref(), Some(text));
        }
        assert_eq!(ViewKey::parse("nothing"), None);
    }
}
