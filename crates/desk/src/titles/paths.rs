//! Where the work leads: the ways on that the field knows. Pure.

/// A way on: the groups of the classification it leads to. Its words are sentences of the pages, by its key.
#[derive(Clone, Copy, Debug)]
pub struct Path {
    pub key: &'static str,
    pub codes: &'static [&'static str],
}

/// Those who lead first, then the other crafts.
pub const PATHS: [Path; 7] = [
    Path {
        key: "supervisor",
        codes: &["22221"],
    },
    Path {
        key: "manager",
        codes: &["20012"],
    },
    Path {
        key: "programming",
        codes: &["21230", "21232"],
    },
    Path {
        key: "security",
        codes: &["21220"],
    },
    Path {
        key: "web",
        codes: &["21233", "21234"],
    },
    Path {
        key: "analysis",
        codes: &["21222", "21221"],
    },
    Path {
        key: "administration",
        codes: &["22220", "21223"],
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::titles::group;

    #[test]
    fn every_way_leads_to_groups_that_are_there() {
        assert!(PATHS.iter().all(|path| !path.codes.is_empty()));
        let codes = PATHS.iter().flat_map(|path| path.codes);
        assert!(codes.into_iter().all(|code| group(code).is_some()));
    }
}
