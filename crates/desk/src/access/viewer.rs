//! The one who asks: a person with a role, teams and a way in. Loaded once a request, never kept between requests.

use crate::ids::{OrganizationId, PersonId, TeamId, TicketNumber};
use crate::words::Lang;

db::text_enum! {
    pub enum Role { Requester => "requester", Technician => "technician", Supervisor => "supervisor", Admin => "admin" }
}

/// How the viewer came in: it can only narrow what the role allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Via {
    Session,
    /// An API token with its scopes.
    Token(Scopes),
    /// The keyed link in a letter: opens that one request, nothing else.
    TicketLink(TicketNumber),
    /// The desk itself: mail intake, jobs, imports.
    Desk,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scopes {
    pub read: bool,
    pub write: bool,
    pub admin: bool,
}

impl Scopes {
    pub const ALL: Scopes = Scopes {
        read: true,
        write: true,
        admin: true,
    };

    /// Reads `read,write,admin`; an unknown word is refused.
    pub fn parse(text: &str) -> Option<Scopes> {
        let mut scopes = Scopes {
            read: false,
            write: false,
            admin: false,
        };
        for word in text.split(',').map(str::trim).filter(|w| !w.is_empty()) {
            match word {
                "read" => scopes.read = true,
                "write" => scopes.write = true,
                "admin" => scopes.admin = true,
                _ => return None,
            }
        }
        (scopes.read || scopes.write || scopes.admin).then_some(scopes)
    }

    pub fn as_text(self) -> String {
        let words = [(self.read, "read"), (self.write, "write"), (self.admin, "admin")];
        words
            .iter()
            .filter(|(on, _)| *on)
            .map(|(_, w)| *w)
            .collect::<Vec<_>>()
            .join(",")
    }
}

#[derive(Clone, Debug)]
pub struct Viewer {
    pub person: PersonId,
    pub name: String,
    pub role: Role,
    pub language: Lang,
    pub organization: Option<OrganizationId>,
    /// The organization lets its people read each other's requests.
    pub reads_colleagues: bool,
    pub teams: Vec<TeamId>,
    pub leads: Vec<TeamId>,
    /// Private teams this viewer is kept out of. Lists, counts, search and live events all leave these out.
    pub closed_teams: Vec<TeamId>,
    /// Private teams an administrator sees only because he is one: such a look is audited.
    pub audited_teams: Vec<TeamId>,
    pub via: Via,
}

impl Viewer {
    /// The desk itself, acting on a letter, a job or an import in the name of `person`.
    pub fn desk(person: PersonId) -> Viewer {
        Viewer {
            person,
            name: String::new(),
            role: Role::Admin,
            language: Lang::En,
            organization: None,
            reads_colleagues: false,
            teams: Vec::new(),
            leads: Vec::new(),
            closed_teams: Vec::new(),
            audited_teams: Vec::new(),
            via: Via::Desk,
        }
    }

    pub fn is_staff(&self) -> bool {
        self.role >= Role::Technician && !matches!(self.via, Via::TicketLink(_))
    }

    pub fn is_admin(&self) -> bool {
        self.role == Role::Admin && self.is_staff()
    }

    pub(super) fn scopes(&self) -> Scopes {
        match self.via {
            Via::Token(scopes) => scopes,
            _ => Scopes::ALL,
        }
    }
}
