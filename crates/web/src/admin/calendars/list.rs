//! All calendars: the house's first, then by name; those out of use too.

use askama::Template;
use axum::extract::Query;
use desk::calendars::{self, Calendar, DAYS};
use serde::Deserialize;

use super::super::door::Frame;
use super::super::visit::Visit;
use super::deeds::undo_of;
use super::set_name;
use crate::http::Outcome;
use crate::layout::{Shell, respond_with};

#[derive(Template)]
#[template(path = "admin/calendars/list.html")]
struct Page {
    shell: Shell,
    frame: Frame,
    calendars: Vec<Calendar>,
}

#[derive(Default, Deserialize)]
pub(in crate::admin) struct Asked {
    #[serde(default)]
    done: Option<i64>,
}

pub(in crate::admin) async fn list(visit: Visit, Query(asked): Query<Asked>) -> Outcome {
    let lang = visit.lang();
    let calendars = visit.read(move |r, cx| calendars::list(r, cx, lang, true)).await?;
    let (shell, mut frame) = visit.open("calendars-title", "/admin/calendars", None).await?;
    frame.undo = asked.done.map(|event| undo_of(&shell, event));
    let page = Page {
        shell,
        frame,
        calendars,
    };
    respond_with(page.frame.status, &page)
}

impl Page {
    fn name<'c>(&self, calendar: &'c Calendar) -> &'c str {
        calendar.name.of(self.shell.lang)
    }

    /// The days with work, those that follow each other with the same hours together: `Monday to Friday 08:00-17:00`.
    fn hours(&self, calendar: &Calendar) -> Vec<String> {
        let mut runs: Vec<(usize, usize)> = Vec::new();
        for (day, periods) in calendar.week.iter().enumerate() {
            match runs.last_mut() {
                Some((first, last)) if *last + 1 == day && calendar.week[*first] == *periods => *last = day,
                _ => runs.push((day, day)),
            }
        }
        runs.retain(|(first, _)| !calendar.week[*first].is_empty());
        runs.into_iter()
            .map(|(first, last)| {
                format!(
                    "{} {}",
                    self.days(first, last),
                    calendars::written(&calendar.week[first])
                )
            })
            .collect()
    }

    fn days(&self, first: usize, last: usize) -> String {
        let name = |day: usize| self.shell.t(&format!("weekday-{}", DAYS[day]));
        if first == last {
            return name(first);
        }
        self.shell.t2("weekdays-from-to", "from", name(first), "to", name(last))
    }

    fn zone(&self, calendar: &Calendar) -> String {
        let own = calendar.zone.clone();
        own.unwrap_or_else(|| self.shell.t("calendar-zone-house"))
    }

    fn set(&self, calendar: &Calendar) -> String {
        set_name(self.shell.lang, calendar.holidays.as_deref())
    }
}
