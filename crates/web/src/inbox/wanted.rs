//! Which list is looked at, as an address says it: the view, the filter, the order, the page. The inbox and the left
//! pane of a ticket read it in the same way.

use desk::tickets::{self, ListQuery, Order, Page};
use desk::views::{self, Condition, Standard, ViewKey};
use desk::{Context, Error, Read, Result};

use super::filter::Filter;

#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    pub key: ViewKey,
    pub order: Order,
    pub filter: Filter,
    /// Where the page before ended.
    pub after: Option<String>,
}

/// A list as it was read.
#[derive(Debug)]
pub(crate) struct Listed {
    pub wanted: Wanted,
    /// The name of a saved view.
    pub name: Option<String>,
    pub page: Page,
    /// How many there are, where the side bar does not say it.
    pub count: Option<i64>,
}

impl Wanted {
    /// The query of a ticket's address that leads back to this list. The usual order needs no word.
    pub(crate) fn query(&self) -> String {
        let order = match self.order {
            Order::Due => String::new(),
            order => format!("&order={order}"),
        };
        format!("view={}{order}{}", self.key, self.filter.query())
    }

    /// The address of this list, sorted so.
    pub(crate) fn address(&self, order: Order) -> String {
        self.address_with(order, "")
    }

    /// The address of this list as it stands.
    pub(crate) fn home(&self) -> String {
        self.address(self.order)
    }

    /// The same with more to say: `after=…`.
    pub(crate) fn home_with(&self, more: &str) -> String {
        self.address_with(self.order, more)
    }

    fn address_with(&self, order: Order, more: &str) -> String {
        let filter = self.filter.query();
        let order = match order {
            Order::Due => String::new(),
            order => format!("order={order}"),
        };
        let parts = [order.as_str(), filter.trim_start_matches('&'), more];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        if parts.is_empty() {
            format!("/inbox/{}", self.key)
        } else {
            format!("/inbox/{}?{}", self.key, parts.join("&"))
        }
    }

    /// Where its forms are sent.
    pub(crate) fn deed(&self, what: &str) -> String {
        format!("/inbox/{}/{what}?order={}{}", self.key, self.order, self.filter.query())
    }

    pub(crate) fn read(self, r: &mut Read, cx: &Context, rows: i64) -> Result<Listed> {
        let (condition, name) = views::resolve(r, cx, self.key)?;
        let condition = if self.filter.is_empty() {
            condition
        } else {
            Condition::All(vec![condition, self.filter.question().condition()?])
        };
        let counted_already = self.filter.is_empty() && matches!(self.key, ViewKey::Standard(_));
        let count = if counted_already {
            None
        } else {
            Some(tickets::count(r, cx, &condition)?)
        };
        let query = ListQuery {
            condition,
            order: self.order,
            limit: rows,
            after: self.after.clone(),
        };
        Ok(Listed {
            page: tickets::list(r, cx, &query)?,
            wanted: self,
            name,
            count,
        })
    }

    /// The same; a list that is not there, or no longer, gives way to what is mine.
    pub(crate) fn read_or_mine(self, r: &mut Read, cx: &Context, rows: i64) -> Result<Listed> {
        let mine = Wanted {
            key: ViewKey::Standard(Standard::Mine),
            filter: Filter::default(),
            ..self.clone()
        };
        match self.read(r, cx, rows) {
            Err(Error::NotFound | Error::Refused(_)) => mine.read(r, cx, rows),
            other => other,
        }
    }
}
