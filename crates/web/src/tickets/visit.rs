//! What every route of one ticket knows before it begins: who asks, which ticket, from which list, and what was done a
//! moment ago. A number that is none is a ticket that is not there.

use axum::extract::{FromRequestParts, Path, Query};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use desk::tickets::Order;
use desk::views::{Standard, ViewKey};
use desk::words::Lang;
use desk::{EventId, MessageId, PlannedId, TicketNumber};
use serde::Deserialize;

use crate::http::{Nonce, Oops, Staff};
use crate::inbox::{Filter, Wanted};
use crate::state::State;

#[derive(Debug)]
pub(crate) struct Visit {
    pub state: State,
    pub staff: Staff,
    pub nonce: Nonce,
    pub number: TicketNumber,
    pub at: At,
    /// The browser only looks ahead: nothing was read by anybody.
    pub ahead: bool,
}

/// The query of a ticket's address.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct At {
    #[serde(default)]
    view: String,
    /// How that list is sorted, when it was chosen.
    order: Option<String>,
    /// What the composer begins with: without script the tabs are links.
    #[serde(default)]
    pub kind: String,
    /// The event whose Undo is offered.
    done: Option<i64>,
    /// The merged ticket that led here.
    from: Option<i64>,
    /// Where to go after the form: another ticket of the list.
    next: Option<i64>,
    /// The message that was just taken back: its words stand in the composer.
    back: Option<i64>,
    /// The planned reply that was just called off: its words stand in the composer.
    unplanned: Option<i64>,
    #[serde(default)]
    pub all: bool,
    /// With the forms that a page brings only when they are opened.
    #[serde(default)]
    pub whole: bool,
    /// The bulk whose Undo is offered, and the tickets one left as they were.
    pub bulk: Option<i64>,
    #[serde(default)]
    pub kept: i64,
    /// The words were written, but the status that was to go with them was not set: somebody had said something.
    #[serde(default)]
    pub left: bool,
    #[serde(skip)]
    filter: Filter,
}

impl At {
    /// The list one came from.
    pub(crate) fn wanted(&self) -> Wanted {
        let order = self.order.as_deref().and_then(Order::parse);
        Wanted {
            key: ViewKey::parse(&self.view).unwrap_or(ViewKey::Standard(Standard::Mine)),
            order: order.unwrap_or(Order::Due),
            filter: self.filter.clone(),
            after: None,
        }
    }

    /// The query that names it, as every link and form of the page carries it.
    pub(crate) fn list(&self) -> String {
        self.wanted().query()
    }

    /// The address of the ticket that `number` was merged into. What was just done stays told.
    pub(crate) fn went(&self, number: TicketNumber, root: TicketNumber) -> String {
        let done = self.done.map(|id| format!("&done={id}")).unwrap_or_default();
        let left = if self.left { "&left=true" } else { "" };
        format!("/tickets/{root}?{}&from={number}{done}{left}", self.list())
    }

    pub(crate) fn back(&self) -> Option<MessageId> {
        self.back.map(MessageId)
    }

    pub(crate) fn unplanned(&self) -> Option<PlannedId> {
        self.unplanned.map(PlannedId)
    }

    pub(crate) fn done(&self) -> Option<EventId> {
        self.done.map(EventId)
    }

    pub(crate) fn from(&self) -> Option<TicketNumber> {
        self.from.map(TicketNumber)
    }

    pub(crate) fn next(&self) -> Option<TicketNumber> {
        self.next.map(TicketNumber)
    }
}

impl Visit {
    /// The same visit, on the ticket this one was merged into.
    pub(crate) fn on(mut self, root: TicketNumber) -> Visit {
        self.at.from = Some(self.number.0);
        self.number = root;
        self
    }

    pub(crate) fn lang(&self) -> Lang {
        self.staff.seen.viewer.language
    }
}

impl FromRequestParts<State> for Visit {
    type Rejection = Response;
    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Self, Self::Rejection> {
        let staff = Staff::from_request_parts(parts, state).await?;
        let nothing = || Oops::nothing(staff.seen.viewer.language).into_response();
        let number = Path::<String>::from_request_parts(parts, state)
            .await
            .map_err(|_| nothing())?;
        let number = number.parse().map(TicketNumber).map_err(|_| nothing())?;
        // An address with an odd query still names its ticket.
        let mut at = Query::<At>::from_request_parts(parts, state)
            .await
            .map(|q| q.0)
            .unwrap_or_default();
        at.filter = Filter::of_query(parts.uri.query().unwrap_or_default());
        let Ok(nonce) = Nonce::from_request_parts(parts, state).await;
        let ahead = ["x-sec-purpose", "sec-purpose", "purpose"]
            .iter()
            .filter_map(|name| parts.headers.get(*name)?.to_str().ok())
            .any(|purpose| purpose.contains("prefetch"));
        Ok(Visit {
            state: state.clone(),
            staff,
            nonce,
            number,
            at,
            ahead,
        })
    }
}
