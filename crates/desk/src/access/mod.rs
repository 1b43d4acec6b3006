//! Who may do what: one policy over (viewer, action, object), and the audit of the looks that need one.
//! Nothing outside this room decides about rights; a page that gets a row got it through here.

mod audit;
mod audit_log;
mod policy;
mod viewer;

pub use audit::{record as audit, verify as verify_audit};
pub use audit_log::{
    AuditLine, AuditPage, AuditQuery, Hand, actions as audit_actions, plan as audit_plan, read as read_audit,
};
pub use policy::{
    Action, Audience, Place, ReviewFacts, TicketFacts, leads_somebody, may, may_approve_article, may_assess,
    may_care_for_article, may_change_canned, may_decide_review, may_keep_skills, may_lead, may_plan_wages,
    may_read_article, may_read_canned, may_see_board, may_see_competence, may_see_drafts, may_see_review,
    may_see_ticket, may_set_targets, may_write_article, require, require_board, sees_every_board,
};
pub use viewer::{Role, Scopes, Via, Viewer};

use crate::error::{Error, Result};

/// A row that no policy has seen yet. It can only be opened by `admit`.
#[derive(Debug)]
pub struct Unseen<T>(T);

impl<T: TicketFacts> Unseen<T> {
    pub(crate) fn new(row: T) -> Self {
        Unseen(row)
    }

    /// The row, if this viewer may do this with it; otherwise it is not there.
    pub fn admit(self, viewer: &Viewer, action: Action) -> Result<T> {
        if may(viewer, action, &self.0) {
            Ok(self.0)
        } else {
            Err(Error::NotFound)
        }
    }
}
