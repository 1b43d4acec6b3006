//! The others at a ticket, as one reader is shown them: faces, a sentence on who looks, another on who types a reply.

use desk::words::{Arg, Lang};
use desk::{PersonId, TicketNumber, Time};
use serde::Serialize;

use super::hub::Hub;
use super::presence::Looker;
use crate::layout::{face_tone, initials};
use crate::words::text;

/// Faces that are drawn; the sentence counts all.
const DRAWN: usize = 4;

#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Company {
    ticket: i64,
    pub faces: Vec<Face>,
    /// Empty when nobody else looks.
    pub looks: String,
    /// Empty when nobody else types a reply.
    pub writes: String,
}

#[derive(Clone, Debug, Serialize)]
pub(crate) struct Face {
    pub tone: i64,
    pub initials: String,
}

impl Company {
    /// Whoever asked for it is not told who works on it, not even where he is a technician.
    pub(crate) fn of(hub: &Hub, lang: Lang, me: PersonId, ticket: (TicketNumber, PersonId), now: Time) -> Company {
        let (number, requester) = ticket;
        let nobody = Company {
            ticket: number.0,
            ..Company::default()
        };
        if requester == me {
            return nobody;
        }
        let all = hub.lookers(number, me, now);
        let writing: Vec<&Looker> = all.iter().filter(|one| one.writes).collect();
        Company {
            faces: all.iter().take(DRAWN).map(face).collect(),
            looks: sentence(lang, "here-looks", &all.iter().collect::<Vec<_>>()),
            writes: sentence(lang, "here-writes", &writing),
            ..nobody
        }
    }
}

fn face(one: &Looker) -> Face {
    Face {
        tone: face_tone(one.person.0),
        initials: initials(&one.name),
    }
}

/// The first by name, the others by their number.
fn sentence(lang: Lang, key: &str, who: &[&Looker]) -> String {
    let Some((first, others)) = who.split_first() else {
        return String::new();
    };
    let count = i64::try_from(others.len()).unwrap_or(i64::MAX);
    text(
        lang,
        key,
        &[("name", Arg::Text(&first.name)), ("count", Arg::Number(count))],
    )
}
