//! `/admin/audit`: who changed what that gives or takes rights, page by page; and whether the chain of its lines is
//! whole, walked only when somebody asks.

mod filter;

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Query, State as Extract};
use desk::access::{self, AuditLine, AuditPage};
use desk::mailboxes::boxes;
use desk::{PersonId, people};

use self::filter::Filter;
use super::choice::Choice;
use super::door::{Admin, Frame};
use crate::http::{Nonce, Outcome};
use crate::layout::{Shell, respond_with};
use crate::state::State;
use crate::words;

#[derive(Template)]
#[template(path = "admin/audit/audit.html")]
struct Page {
    shell: Shell,
    frame: Frame,
    filter: Filter,
    hands: Vec<Choice>,
    actions: Vec<Choice>,
    lines: Vec<AuditLine>,
    names: BTreeMap<PersonId, String>,
    /// The addresses of the mailboxes, by their numbers.
    boxes: BTreeMap<String, String>,
    /// The address of the next page.
    next: Option<String>,
    /// `None`: nobody asked. Otherwise the first line that does not fit, if there is one.
    chain: Option<Option<i64>>,
}

pub(super) async fn show(
    Extract(state): Extract<State>,
    admin: Admin,
    nonce: Nonce,
    Query(filter): Query<Filter>,
) -> Outcome {
    let (shell, mut frame) = admin.open(&state, nonce, "admin-nav-audit", "/admin/audit").await?;
    let (cx, verify) = (admin.cx.clone(), filter.verify);
    let asked = match filter.query(&shell.zone) {
        Ok(asked) => Some(asked),
        Err(error) => {
            frame.refuse(&shell, error)?;
            None
        }
    };
    let read = state.desk().read(move |r| {
        let page = asked.map(|asked| access::read_audit(r, &cx, &asked)).transpose()?;
        let chain = verify.then(|| access::verify_audit(r)).transpose()?;
        let boxes = boxes::list(r)?.into_iter().map(|m| (m.id.to_string(), m.address));
        let boxes: BTreeMap<String, String> = boxes.collect();
        Ok((
            page,
            chain,
            access::audit_actions(r, &cx)?,
            people::technicians(r)?,
            boxes,
        ))
    });
    let (found, chain, actions, staff, boxes) = read.await?;
    let found = found.unwrap_or(AuditPage {
        lines: Vec::new(),
        names: BTreeMap::new(),
        next: None,
    });
    let mut hands = vec![
        Choice::new(&"", shell.t("audit-anybody")),
        Choice::new(&"desk", shell.t("audit-desk")),
    ];
    hands.extend(staff.iter().map(|t| Choice::new(&t.id, t.name.as_str())));
    let each = actions
        .iter()
        .map(|action| Choice::new(action, word_for(&shell, action)));
    let first = Choice::new(&"", shell.t("audit-anything"));
    let page = Page {
        next: found.next.map(|place| filter.after(place)),
        actions: [first].into_iter().chain(each).collect(),
        hands,
        shell,
        frame,
        filter,
        lines: found.lines,
        names: found.names,
        boxes,
        chain,
    };
    respond_with(page.frame.status, &page)
}

/// What was done, in words; as it was written down when this version has none for it.
fn word_for(shell: &Shell, action: &str) -> String {
    let key = format!("audited-{}", action.replace(' ', "-"));
    if words::is_known(shell.lang, &key) {
        shell.t(&key)
    } else {
        action.to_string()
    }
}

impl Page {
    fn action(&self, line: &AuditLine) -> String {
        word_for(&self.shell, &line.action)
    }

    fn hand(&self, line: &AuditLine) -> String {
        let name = line.actor.and_then(|id| self.names.get(&id));
        name.cloned().unwrap_or_else(|| self.shell.t("audit-desk"))
    }

    /// Whom or what the line is about, and where that is found.
    fn subject(&self, line: &AuditLine) -> (String, Option<String>) {
        if let Some(person) = line.person() {
            let name = self.names.get(&person).cloned().unwrap_or(line.subject.clone());
            return (name, Some(format!("/people/{person}")));
        }
        let id = &line.subject;
        match line.action.as_str() {
            action if action.starts_with("mailbox ") => {
                if let Some(address) = self.boxes.get(id) {
                    return (address.clone(), Some(format!("/admin/channels/{id}")));
                }
            }
            "letter released" => return (format!("#{id}"), Some(format!("/letters/{id}"))),
            _ => {}
        }
        let place = match line.subject.split_once(' ') {
            Some(("team", id)) => Some(format!("/admin/teams/{id}")),
            Some(("organization", id)) => Some(format!("/admin/organizations/{id}")),
            Some(("ticket", number)) => Some(format!("/tickets/{number}")),
            _ => None,
        };
        (line.subject.clone(), place)
    }
}
