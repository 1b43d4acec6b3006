//! The policy: a pure function over (viewer, action, object). It reads no database and no clock.
//!
//! Technicians see every ticket but those of private teams they do not belong to; supervisors also see the private
//! teams they lead; administrators see all. Requesters see their own and, where the organization allows it,
//! colleagues'. Watchers gain nothing. Notes, calls and visits are never for requesters.

use super::viewer::{Role, Via, Viewer};
use crate::error::{Error, Result};
use crate::ids::{OrganizationId, PersonId, TeamId, TicketNumber};

/// What the policy needs to know of a ticket.
pub trait TicketFacts {
    fn number(&self) -> TicketNumber;
    fn requester(&self) -> PersonId;
    fn organization(&self) -> Option<OrganizationId>;
    fn team(&self) -> Option<TeamId>;
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Read a ticket: at least its public side.
    See,
    /// Read all of it, notes and plans included: for technicians, where the team is not closed to them.
    Inside,
    /// Work on it: reply, note, assign, solve, merge ...
    Work,
    /// Say something as its requester: answer, say it works, reopen.
    Answer,
}

/// What is not about one ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Inbox, search, people, the ledger of letters: the desk's own rooms.
    Desk,
    /// Making or changing tickets from the desk.
    DeskWrite,
    /// Settings, roles, tokens of others, the event log, the audit log.
    Admin,
    /// Being signed in at all.
    SignedIn,
    /// Reading what is one's own.
    Own,
}

pub fn may(viewer: &Viewer, action: Action, ticket: &impl TicketFacts) -> bool {
    let scopes = viewer.scopes();
    let scope = match action {
        Action::See | Action::Inside => scopes.read,
        Action::Work | Action::Answer => scopes.write,
    };
    scope && may_by_role(viewer, action, ticket)
}

fn may_by_role(viewer: &Viewer, action: Action, ticket: &impl TicketFacts) -> bool {
    if let Via::TicketLink(number) = viewer.via {
        return number == ticket.number() && matches!(action, Action::See | Action::Answer);
    }
    if viewer.role >= Role::Technician {
        let open = ticket.team().is_none_or(|team| !viewer.closed_teams.contains(&team));
        // A technician may ask for something too; his own request is his, whatever team it went to, but what that team
        // says among itself is not.
        let own = ticket.requester() == viewer.person;
        return open || (own && matches!(action, Action::See | Action::Answer));
    }
    let own = ticket.requester() == viewer.person;
    let colleague =
        viewer.reads_colleagues && viewer.organization.is_some() && ticket.organization() == viewer.organization;
    match action {
        Action::See => own || colleague,
        Action::Answer => own,
        Action::Work | Action::Inside => false,
    }
}

pub fn may_see_ticket(viewer: &Viewer, ticket: &impl TicketFacts) -> bool {
    may(viewer, Action::See, ticket)
}

/// Refuses, as if the place were not there, whoever has no business in it.
pub fn require(viewer: &Viewer, place: Place) -> Result<()> {
    let scopes = viewer.scopes();
    let allowed = match place {
        Place::SignedIn => !matches!(viewer.via, Via::TicketLink(_)),
        Place::Own => !matches!(viewer.via, Via::TicketLink(_)) && scopes.read,
        Place::Desk => viewer.is_staff() && scopes.read,
        Place::DeskWrite => viewer.is_staff() && scopes.write,
        Place::Admin => viewer.is_admin() && scopes.admin,
    };
    if allowed { Ok(()) } else { Err(Error::NotFound) }
}

/// The board of a team: for supervisors and administrators every team that is not closed to them, for a technician his
/// own teams.
pub fn may_see_board(viewer: &Viewer, team: TeamId) -> bool {
    let open = !viewer.closed_teams.contains(&team);
    viewer.is_staff() && viewer.scopes().read && open && (sees_every_board(viewer) || viewer.teams.contains(&team))
}

/// The board of the whole desk.
pub fn sees_every_board(viewer: &Viewer) -> bool {
    viewer.is_staff() && viewer.scopes().read && viewer.role >= Role::Supervisor
}

/// Refuses, as if there were no board, whoever has none: requesters, and technicians without a team.
pub fn require_board(viewer: &Viewer) -> Result<()> {
    let has = sees_every_board(viewer) || viewer.teams.iter().any(|team| may_see_board(viewer, *team));
    if has { Ok(()) } else { Err(Error::NotFound) }
}

/// A canned reply for everybody is read by all staff; one of a team by its members, and by supervisors and
/// administrators unless the team is closed to them.
pub fn may_read_canned(viewer: &Viewer, team: Option<TeamId>) -> bool {
    let reads = viewer.is_staff() && viewer.scopes().read;
    let open = |team: TeamId| viewer.role >= Role::Supervisor && !viewer.closed_teams.contains(&team);
    reads && team.is_none_or(|team| viewer.teams.contains(&team) || open(team))
}

/// Supervisors and administrators change every canned reply they read, a technician those of his own teams.
pub fn may_change_canned(viewer: &Viewer, team: Option<TeamId>) -> bool {
    let own = team.is_some_and(|team| viewer.teams.contains(&team));
    may_read_canned(viewer, team) && viewer.scopes().write && (own || viewer.role >= Role::Supervisor)
}

db::text_enum! {
    /// Whom an article is for.
    pub enum Audience { Internal => "internal", Public => "public" }
}

/// A public article is read by anybody, signed in or not, while it is published; everything else of an article by staff.
pub fn may_read_article(viewer: Option<&Viewer>, audience: Audience, published: bool) -> bool {
    let inside = viewer.is_some_and(may_see_drafts);
    inside || (published && audience == Audience::Public)
}

/// Drafts, versions, who searched for what: for staff alone.
pub fn may_see_drafts(viewer: &Viewer) -> bool {
    viewer.is_staff() && viewer.scopes().read
}

pub fn may_write_article(viewer: &Viewer) -> bool {
    viewer.is_staff() && viewer.scopes().write
}

/// Whether this viewer's word is enough for a text that these people wrote: supervisors and administrators always, others
/// when they wrote nothing of it or the house lets authors publish their own.
pub fn may_approve_article(viewer: &Viewer, editors: &[PersonId], own_allowed: bool) -> bool {
    let another = !editors.contains(&viewer.person);
    may_write_article(viewer) && (viewer.role >= Role::Supervisor || another || own_allowed)
}

/// Taking it out of use, its owner, its topic and when it is looked at again: for whoever owns it or made it, and for
/// supervisors and administrators. One without an owner is anybody's of the staff.
pub fn may_care_for_article(viewer: &Viewer, owner: Option<PersonId>, made_by: PersonId) -> bool {
    let own = owner.is_none_or(|owner| owner == viewer.person) || made_by == viewer.person;
    may_write_article(viewer) && (viewer.role >= Role::Supervisor || own)
}

/// What a person can do is read by himself and by whoever leads one of his teams, and by nobody else: being an
/// administrator is no reason.
pub fn may_see_competence(viewer: &Viewer, person: PersonId, teams: &[TeamId]) -> bool {
    let reads = viewer.is_staff() && viewer.scopes().read;
    reads && (person == viewer.person || leads_one_of(viewer, teams))
}

/// Saying how far somebody is, and giving him something to practise: for whoever leads him, and never of oneself.
pub fn may_assess(viewer: &Viewer, person: PersonId, teams: &[TeamId]) -> bool {
    let writes = viewer.is_staff() && viewer.scopes().write;
    writes && person != viewer.person && leads_one_of(viewer, teams)
}

fn leads_one_of(viewer: &Viewer, teams: &[TeamId]) -> bool {
    teams.iter().any(|team| viewer.leads.contains(team))
}

pub fn leads_somebody(viewer: &Viewer) -> bool {
    viewer.is_staff() && viewer.scopes().read && !viewer.leads.is_empty()
}

pub fn may_set_targets(viewer: &Viewer, team: TeamId) -> bool {
    viewer.is_staff() && viewer.scopes().write && viewer.leads.contains(&team)
}

/// The list of the desk's own skills: for leads and administrators.
pub fn may_keep_skills(viewer: &Viewer) -> bool {
    viewer.is_staff() && viewer.scopes().write && (viewer.is_admin() || !viewer.leads.is_empty())
}

/// Giving somebody a title, writing what a team is for: for supervisors and administrators.
pub fn may_lead(viewer: &Viewer) -> bool {
    viewer.is_staff() && viewer.role >= Role::Supervisor && viewer.scopes().write
}

/// Planning with wages: administrators, and the supervisors an administrator allowed.
pub fn may_plan_wages(viewer: &Viewer, allowed: bool) -> bool {
    let leads = viewer.is_admin() || (viewer.role >= Role::Supervisor && allowed);
    viewer.is_staff() && viewer.scopes().read && leads
}

/// What the policy needs to know of words that wait for a senior, beside their ticket.
#[derive(Clone, Copy, Debug)]
pub struct ReviewFacts {
    pub author: PersonId,
    /// The one named, while it is his turn alone.
    pub named: Option<PersonId>,
    /// The team of the ticket now.
    pub team: Option<TeamId>,
}

/// Supervisors and administrators, and who is advanced in the team; of a ticket without a team, whoever is advanced.
fn is_senior(viewer: &Viewer, advanced: bool, team: Option<TeamId>) -> bool {
    let own = team.is_none_or(|team| viewer.teams.contains(&team));
    viewer.role >= Role::Supervisor || (advanced && own)
}

/// Words that were not sent are read by who wrote them, by the one named, and by seniors; the ticket's own rule comes on
/// top. `advanced` is the viewer's own level.
pub fn may_see_review(viewer: &Viewer, advanced: bool, review: &ReviewFacts) -> bool {
    let reads = viewer.is_staff() && viewer.scopes().read;
    let part = [Some(review.author), review.named].contains(&Some(viewer.person));
    reads && (part || is_senior(viewer, advanced, review.team))
}

/// Never by who wrote them, whatever he is; while it is the turn of the one named, by him or a supervisor.
pub fn may_decide_review(viewer: &Viewer, advanced: bool, review: &ReviewFacts) -> bool {
    let writes = may_see_review(viewer, advanced, review) && viewer.scopes().write;
    let turn = match review.named {
        Some(named) => named == viewer.person || viewer.role >= Role::Supervisor,
        None => is_senior(viewer, advanced, review.team),
    };
    writes && viewer.person != review.author && turn
}
