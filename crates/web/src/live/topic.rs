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
}

impl Topic {
    pub(super) fn parse(text: &str) -> Option<Topic> {
        match text.split_once(':') {
            Some(("ticket", number)) => Some(Topic::Ticket(TicketNumber(number.parse().ok()?))),
            Some(("view", name)) => Some(Topic::View(name.chars().take(40).collect())),
            None if text == "letters" => Some(Topic::Letters),
            None if text == "counter" => Some(Topic::Counter),
            None if text == "chat" => Some(Topic::Chat),
            _ => None,
        }
    }

    pub(super) fn name(&self) -> String {
        match self {
            Topic::Ticket(number) => format!("ticket:{number}"),
            Topic::View(name) => format!("view:{name}"),
            Topic::Letters => "letters".to_string(),
            Topic::Counter => "counter".to_string(),
            Topic::Chat => "chat".to_string(),
        }
    }

    /// Whether a page that follows this may show who looks at the ticket.
    pub(super) fn shows(&self, number: TicketNumber) -> bool {
        match self {
            Topic::Ticket(own) => *own == number,
            Topic::View(_) => true,
            Topic::Letters | Topic::Counter | Topic::Chat => false,
        }
    }

    pub(super) fn concerns(&self, event: &Event) -> bool {
        match self {
            Topic::Ticket(number) => event.ticket == Some(*number),
            Topic::View(_) => event.ticket.is_some(),
            Topic::Letters => letter_of(event).is_some(),
            Topic::Counter => event.kind == EventKind::CounterChanged,
            Topic::Chat => queues(event.kind),
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

pub(super) fn letter_of(event: &Event) -> Option<LetterId> {
    let about_one = matches!(
        event.kind,
        EventKind::LetterHeld | EventKind::LetterRead | EventKind::LetterReleased
    );
    event.subject.filter(|_| about_one).map(LetterId)
}
