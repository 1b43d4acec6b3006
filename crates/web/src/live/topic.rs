//! What a page may follow, and which lines of the log concern it.

use desk::events::{Event, EventKind};
use desk::{LetterId, TicketNumber};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Topic {
    Ticket(TicketNumber),
    View(String),
    Letters,
    Counter,
    Chat,
    Problems,
    Knowledge,
    Changes,
    Outages,
    /// The team board: it waits for the figures and not for lines of the log.
    Team,
}

/// The topics that are one thing, and not one of many.
const WHOLE: [Topic; 8] = [
    Topic::Letters,
    Topic::Counter,
    Topic::Chat,
    Topic::Problems,
    Topic::Knowledge,
    Topic::Changes,
    Topic::Outages,
    Topic::Team,
];

impl Topic {
    pub(super) fn parse(text: &str) -> Option<Topic> {
        match text.split_once(':') {
            Some(("ticket", number)) => Some(Topic::Ticket(TicketNumber(number.parse().ok()?))),
            Some(("view", name)) => Some(Topic::View(name.chars().take(40).collect())),
            Some(_) => None,
            None => WHOLE.into_iter().find(|topic| topic.name() == text),
        }
    }

    pub(super) fn name(&self) -> String {
        match self {
            Topic::Ticket(number) => format!("ticket:{number}"),
            Topic::View(name) => format!("view:{name}"),
            Topic::Letters => "letters".to_string(),
            Topic::Counter => "counter".to_string(),
            Topic::Chat => "chat".to_string(),
            Topic::Problems => "problems".to_string(),
            Topic::Knowledge => "knowledge".to_string(),
            Topic::Changes => "changes".to_string(),
            Topic::Outages => "outages".to_string(),
            Topic::Team => "team".to_string(),
        }
    }

    /// Whether a page that follows this may show who looks at the ticket.
    pub(super) fn shows(&self, number: TicketNumber) -> bool {
        match self {
            Topic::Ticket(own) => *own == number,
            Topic::View(_) => true,
            _ => false,
        }
    }

    pub(super) fn concerns(&self, event: &Event) -> bool {
        match self {
            Topic::Ticket(number) => event.ticket == Some(*number),
            Topic::View(_) => event.ticket.is_some(),
            Topic::Letters => letter_of(event).is_some(),
            Topic::Counter => event.kind == EventKind::CounterChanged,
            Topic::Chat => queues(event.kind),
            Topic::Problems => about(event.kind, &["problem_", "group"]),
            Topic::Knowledge => about(event.kind, &["article_"]),
            Topic::Changes => about(event.kind, &["change_"]),
            Topic::Outages => about(event.kind, &["outage_", "service_", "me_too", "group"]),
            Topic::Team => false,
        }
    }
}

/// What may change who waits and who talks. A chat begins as any ticket does.
fn queues(kind: EventKind) -> bool {
    matches!(
        kind,
        EventKind::TicketOpened
            | EventKind::ChatTaken
            | EventKind::ChatHandedOver
            | EventKind::ChatEnded
            | EventKind::ChatLeft
    )
}

/// Kinds are named for what they are about. The groups that may be a problem or an outage are judged when the page is made.
fn about(kind: EventKind, begins: &[&str]) -> bool {
    begins.iter().any(|begin| kind.as_str().starts_with(begin))
}

pub(super) fn letter_of(event: &Event) -> Option<LetterId> {
    let about_one = matches!(
        event.kind,
        EventKind::LetterHeld | EventKind::LetterRead | EventKind::LetterReleased
    );
    event.subject.filter(|_| about_one).map(LetterId)
}
