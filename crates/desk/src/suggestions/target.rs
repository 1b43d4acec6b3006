//! What can be suggested.

use crate::ids::{ArticleId, ProblemNumber, TicketNumber};

db::text_enum! {
    pub enum TargetKind {
        Article => "article",
        /// A ticket like this one.
        Ticket => "ticket",
        /// A ticket whose solution may be this one's.
        Solution => "solution",
        KnownError => "known_error",
    }
}

/// One thing that may help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Target {
    pub kind: TargetKind,
    pub id: i64,
}

impl Target {
    pub fn article(id: ArticleId) -> Target {
        Target {
            kind: TargetKind::Article,
            id: id.0,
        }
    }

    pub fn ticket(number: TicketNumber) -> Target {
        Target {
            kind: TargetKind::Ticket,
            id: number.0,
        }
    }

    pub fn known_error(number: ProblemNumber) -> Target {
        Target {
            kind: TargetKind::KnownError,
            id: number.0,
        }
    }
}
