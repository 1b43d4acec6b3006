//! The lines of work handed over: the form is its ticket's, a packet nobody's who has none.

use super::lines::Rule::{self, Nobody, Staff, Ticket, TokenNobody, TokenReads, TokenWorks};

pub(super) const LINES: &[(&str, &str, Rule)] = &[
    ("GET", "/escalations", Staff),
    ("POST", "/escalations/undo", Nobody),
    ("GET", "/escalations/{id}", Nobody),
    ("POST", "/escalations/{id}/accept", Nobody),
    ("POST", "/escalations/{id}/return", Nobody),
    ("GET", "/tickets/{number}/escalate", Ticket),
    ("POST", "/tickets/{number}/escalate", Ticket),
    ("GET", "/api/firstline/v1/tickets/{number}/escalations", TokenReads),
    ("POST", "/api/firstline/v1/tickets/{number}/escalations", TokenWorks),
    ("POST", "/api/firstline/v1/escalations/{id}/accept", TokenNobody),
    ("POST", "/api/firstline/v1/escalations/{id}/return", TokenNobody),
];
