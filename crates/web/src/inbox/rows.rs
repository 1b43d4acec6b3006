//! Rows of a list as they are shown: the group they stand in, and the chip that says what is left. Pure rules over a
//! row, the hour and the language; the page of a ticket shows the same rows in its left pane.

use desk::clock::{DAY, HOUR};
use desk::tickets::{Channel, Order, Page, Row, Status};
use desk::views::Standard;
use desk::words::duration;
use desk::{TicketNumber, Time};

use crate::layout::Shell;

/// A word with its colour. `timed` puts the stopwatch before it, so that colour is never alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Chip {
    pub class: &'static str,
    pub timed: bool,
    pub words: String,
    /// The moment the words count to, when they run on with the clock.
    pub due: Option<Time>,
}

#[derive(Clone, Debug)]
pub(crate) struct RowView {
    pub number: TicketNumber,
    pub subject: String,
    pub unread: bool,
    pub at: Time,
    pub icon: &'static str,
    pub who: String,
    pub chip: Chip,
    pub current: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Group {
    pub title: &'static str,
    pub rows: Vec<RowView>,
}

/// One list, ready for `_rows.html`.
#[derive(Clone, Debug)]
pub(crate) struct ListView {
    pub view: Standard,
    pub order: Order,
    pub groups: Vec<Group>,
    /// Where the next page begins.
    pub next: Option<String>,
    /// This is not the first page.
    pub paged: bool,
}

impl ListView {
    pub(crate) fn new(
        shell: &Shell,
        view: Standard,
        order: Order,
        page: Page,
        current: Option<TicketNumber>,
    ) -> ListView {
        let (mut now, mut later) = (Vec::new(), Vec::new());
        for row in page.rows {
            let urgent = order == Order::Newest || needs_now(&row, shell);
            let shown = row_view(shell, row, current);
            if urgent { now.push(shown) } else { later.push(shown) }
        }
        let first = if order == Order::Newest {
            "group-newest"
        } else {
            "group-now"
        };
        let groups = [
            Group {
                title: first,
                rows: now,
            },
            Group {
                title: "group-later",
                rows: later,
            },
        ];
        let groups = groups.into_iter().filter(|g| !g.rows.is_empty()).collect();
        ListView {
            view,
            order,
            groups,
            next: page.next,
            paged: false,
        }
    }

    pub(crate) fn title(&self) -> String {
        format!("view-{}", self.view)
    }

    pub(crate) fn empty_words(&self) -> String {
        format!("empty-{}", self.view)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// The query of a ticket's address that leads back to this list as it is.
    pub(crate) fn query(&self) -> String {
        list_query(self.view, self.order)
    }

    /// The address of this list as it is sorted now.
    pub(crate) fn address(&self) -> String {
        match self.order {
            Order::Due => format!("/inbox/{}", self.view),
            Order::Newest => format!("/inbox/{}?order={}", self.view, self.order),
        }
    }

    /// The other order, for the button that switches to it.
    pub(crate) fn other_order(&self) -> Order {
        if self.order == Order::Due {
            Order::Newest
        } else {
            Order::Due
        }
    }

    /// How the list is sorted now.
    pub(crate) fn sort_words(&self) -> &'static str {
        if self.order == Order::Due {
            "sort-due"
        } else {
            "sort-newest"
        }
    }

    /// What a press on the button does.
    pub(crate) fn sort_deed(&self) -> &'static str {
        if self.order == Order::Due {
            "sort-by-newest"
        } else {
            "sort-by-due"
        }
    }

    /// What stands after this ticket in the list: where "solve, then next" leads.
    pub(crate) fn after(&self, number: TicketNumber) -> Option<TicketNumber> {
        let mut rows = self.groups.iter().flat_map(|g| &g.rows);
        rows.find(|r| r.number == number)?;
        rows.next().map(|r| r.number)
    }
}

/// How a ticket's address names the list it was opened from. The usual order needs no word.
pub(crate) fn list_query(view: Standard, order: Order) -> String {
    match order {
        Order::Due => format!("view={view}"),
        Order::Newest => format!("view={view}&order={order}"),
    }
}

fn row_view(shell: &Shell, row: Row, current: Option<TicketNumber>) -> RowView {
    RowView {
        number: row.number,
        unread: row.unread,
        at: row.updated_at,
        icon: channel_icon(row.channel),
        chip: chip(shell, &row),
        current: current == Some(row.number),
        subject: if row.subject.is_empty() {
            shell.t("no-subject")
        } else {
            row.subject
        },
        who: row.requester_name,
    }
}

/// Late, due before the day is over, or not read yet.
fn needs_now(row: &Row, shell: &Shell) -> bool {
    row.unread || (row.next_due != Time::NEVER && (row.next_due <= shell.now || same_day(row.next_due, shell)))
}

fn same_day(at: Time, shell: &Shell) -> bool {
    let day = |t: Time| t.timestamp().to_zoned(shell.zone.clone()).date();
    at.since(shell.now).abs() < DAY && day(at) == day(shell.now)
}

fn chip(shell: &Shell, row: &Row) -> Chip {
    match row.status {
        Status::Pending => bare(shell.t("waits-requester")),
        Status::OnHold if row.waiting_for.is_empty() => bare(shell.t("waits-others")),
        Status::OnHold => bare(row.waiting_for.clone()),
        Status::Solved | Status::Closed => bare(shell.t(&format!("status-{}", row.status))),
        Status::New | Status::Open => due_chip(shell, row.created_at, row.next_due),
    }
}

fn bare(words: String) -> Chip {
    Chip {
        class: "is-bare faint",
        timed: false,
        words,
        due: None,
    }
}

fn due_chip(shell: &Shell, created: Time, due: Time) -> Chip {
    if due == Time::NEVER {
        return bare(String::new());
    }
    let left = due.since(shell.now);
    if left < 0 {
        let words = shell.t1("chip-late", "time", duration(shell.lang, left));
        return Chip {
            class: "is-late",
            timed: true,
            words,
            due: Some(due),
        };
    }
    if !same_day(due, shell) {
        return bare(shell.when(&due));
    }
    let soon = left < 2 * HOUR || left.saturating_mul(4) < due.since(created);
    Chip {
        class: if soon { "is-soon" } else { "is-bare faint" },
        timed: soon,
        words: duration(shell.lang, left),
        due: Some(due),
    }
}

pub(crate) fn channel_icon(channel: Channel) -> &'static str {
    match channel {
        Channel::Mail => "mail",
        Channel::Portal => "file-text",
        Channel::Chat => "message-circle",
        Channel::Phone => "phone",
        Channel::InPerson => "footprints",
        Channel::Alert => "triangle-alert",
        Channel::Api => "server",
    }
}
