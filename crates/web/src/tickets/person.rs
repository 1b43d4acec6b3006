//! The requester's panel: who it is, how to reach him, in which language, and what else he asked for.

use desk::TicketNumber;
use desk::people::RecentTicket;

use super::load::Loaded;
use crate::layout::Shell;

#[derive(Clone, Debug)]
pub(crate) struct PersonView {
    pub id: i64,
    pub name: String,
    pub rows: Vec<(&'static str, String)>,
    pub recent: Vec<RecentTicket>,
    /// Mail to the main address came back.
    pub bounced: bool,
    pub address: String,
}

pub(crate) fn person_view(shell: &Shell, loaded: &Loaded, number: TicketNumber) -> PersonView {
    let p = &loaded.person;
    let mut rows = vec![(
        "field-language",
        shell.t(&format!("language-{}", loaded.detail.ticket.language)),
    )];
    rows.extend(loaded.addresses.iter().map(|a| ("person-address", a.address.clone())));
    rows.extend(loaded.phones.iter().map(|n| ("person-phone", n.number.clone())));
    let organization = p.organization_name.clone().unwrap_or_default();
    rows.extend([
        ("person-organization", organization),
        ("person-job", p.job.clone()),
        ("person-site", p.site.clone()),
    ]);
    rows.retain(|(_, words)| !words.is_empty());
    PersonView {
        id: p.id.0,
        name: p.name.clone(),
        rows,
        recent: loaded.recent.iter().filter(|t| t.number != number).cloned().collect(),
        bounced: loaded.addresses.iter().any(|a| a.main && a.bounced_at.is_some()),
        address: p.address.clone().unwrap_or_default(),
    }
}
