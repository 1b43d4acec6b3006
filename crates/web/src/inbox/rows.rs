//! Rows of a list as they are shown: the group they stand in, and the chip that says what is left. Pure rules over a
//! row, the hour and the language; the page of a ticket shows the same rows in its left pane.

use desk::clock::{DAY, HOUR};
use desk::forms::Form;
use desk::organizations::Organization;
use desk::people::Technician;
use desk::teams::Team;
use desk::tickets::{Channel, Order, Row, Stage, Status};
use desk::topics::Topic;
use desk::views::ViewKey;
use desk::words::duration;
use desk::{TicketNumber, Time};

use super::filter_words::{FilterView, filter_view};
use super::wanted::{Listed, Wanted};
use crate::layout::{Counts, Shell};
use crate::live::Company;

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
    /// Who looks at it now.
    pub company: Company,
}

#[derive(Clone, Debug)]
pub(crate) struct Group {
    pub title: &'static str,
    pub rows: Vec<RowView>,
}

/// Who and what a list can be filtered by, and its tickets given to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Choices {
    pub technicians: Vec<Technician>,
    pub teams: Vec<Team>,
    pub topics: Vec<Topic>,
    /// Only where a view is written.
    pub organizations: Vec<Organization>,
    /// The same: what can be chosen in the fields of topics.
    pub form: Form,
}

/// One list, ready for `_rows.html`.
#[derive(Clone, Debug)]
pub(crate) struct ListView {
    pub wanted: Wanted,
    pub title: String,
    /// How many there are, as it is shown.
    pub count: String,
    pub groups: Vec<Group>,
    /// Where the next page begins.
    pub next: Option<String>,
    pub filter: FilterView,
    /// Rows that were ticked in a form that was refused.
    pub picked: Vec<TicketNumber>,
    /// Where the deeds are fetched from.
    pub deeds: String,
    /// The ticket beside the list.
    pub beside: Option<TicketNumber>,
}

impl ListView {
    pub(crate) fn new(shell: &Shell, listed: Listed, choices: &Choices, beside: Option<TicketNumber>) -> ListView {
        let Listed {
            wanted,
            name,
            page,
            count,
        } = listed;
        let key = wanted.key.to_string();
        ListView {
            title: name.unwrap_or_else(|| shell.t(&format!("view-{key}"))),
            count: count.map_or_else(|| shell.counts.of(&key), Counts::words),
            groups: groups(shell, wanted.order, page.rows, beside),
            next: page.next,
            filter: filter_view(shell, &wanted, choices),
            picked: Vec::new(),
            deeds: "/inbox/deeds".to_string(),
            wanted,
            beside,
        }
    }

    pub(crate) fn key(&self) -> String {
        self.wanted.key.to_string()
    }

    /// This is not the first page.
    pub(crate) fn paged(&self) -> bool {
        self.wanted.after.is_some()
    }

    /// Why nothing stands here.
    pub(crate) fn empty_words(&self) -> String {
        match self.wanted.key {
            _ if self.paged() => "empty-paged".to_string(),
            _ if !self.wanted.filter.is_empty() => "empty-filtered".to_string(),
            ViewKey::Standard(view) => format!("empty-{view}"),
            ViewKey::Saved(_) => "empty-saved".to_string(),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// The query of a ticket's address that leads back to this list as it is.
    pub(crate) fn query(&self) -> String {
        self.wanted.query()
    }

    /// The address of this list as it is sorted now.
    pub(crate) fn address(&self) -> String {
        self.wanted.home()
    }

    /// The address of the next page.
    pub(crate) fn page_after(&self, next: &str) -> String {
        self.wanted.home_with(&format!("after={next}"))
    }

    /// The orders there are, each with its address and whether it is the one of now.
    pub(crate) fn orders(&self) -> Vec<(String, String, bool)> {
        let order = |o: &Order| (format!("sort-by-{o}"), self.wanted.address(*o), *o == self.wanted.order);
        Order::ALL.iter().map(order).collect()
    }

    /// Its own page, as it is.
    pub(crate) fn here(&self) -> String {
        self.wanted.address(self.wanted.order)
    }

    /// How the list is sorted now.
    pub(crate) fn sort_words(&self) -> String {
        format!("sort-{}", self.wanted.order)
    }

    pub(crate) fn is_picked(&self, number: &TicketNumber) -> bool {
        self.picked.contains(number)
    }

    /// What stands after this ticket in the list: where "solve, then next" leads.
    pub(crate) fn after(&self, number: TicketNumber) -> Option<TicketNumber> {
        let mut rows = self.groups.iter().flat_map(|g| &g.rows);
        rows.find(|r| r.number == number)?;
        rows.next().map(|r| r.number)
    }
}

fn groups(shell: &Shell, order: Order, rows: Vec<Row>, beside: Option<TicketNumber>) -> Vec<Group> {
    let (mut now, mut later) = (Vec::new(), Vec::new());
    for row in rows {
        let first = order != Order::Due || needs_now(&row, shell);
        let shown = row_view(shell, row, beside);
        if first { now.push(shown) } else { later.push(shown) }
    }
    let title = match order {
        Order::Due => "group-now",
        Order::Newest => "group-newest",
        Order::Oldest => "group-oldest",
    };
    let later = Group {
        title: "group-later",
        rows: later,
    };
    let groups = [Group { title, rows: now }, later];
    groups.into_iter().filter(|g| !g.rows.is_empty()).collect()
}

fn row_view(shell: &Shell, row: Row, current: Option<TicketNumber>) -> RowView {
    RowView {
        number: row.number,
        unread: row.unread,
        at: row.updated_at,
        icon: channel_icon(row.channel),
        chip: chip(shell, &row),
        company: shell.company(&row.number, &row.requester),
        current: current == Some(row.number),
        subject: if row.subject.is_empty() {
            shell.t("no-subject")
        } else {
            row.subject
        },
        who: row.requester_name,
    }
}

/// Late, due before the day is over, or not read yet; and it waits for nobody else, nor was it put away.
fn needs_now(row: &Row, shell: &Shell) -> bool {
    row.stage == Stage::Active as i64
        && (row.unread || (row.next_due != Time::NEVER && (row.next_due <= shell.now || same_day(row.next_due, shell))))
}

fn same_day(at: Time, shell: &Shell) -> bool {
    let day = |t: Time| t.timestamp().to_zoned(shell.zone.clone()).date();
    at.since(shell.now).abs() < DAY && day(at) == day(shell.now)
}

fn chip(shell: &Shell, row: &Row) -> Chip {
    if let Some(until) = row.snoozed_until {
        return bare(shell.t1("chip-snoozed", "time", shell.when(&until)));
    }
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
