//! One calendar: its hours, the days off that come, days of its own, and a try-out.

use askama::Template;
use axum::extract::{Path, Query};
use desk::calendars::{self, Calendar, DAYS, DayOff, NewCalendar, NewDay, Shown, Why};
use desk::clock::HOUR;
use desk::words::{Both, Lang, date_time, full_day};
use desk::{CalendarId, Error};
use serde::Deserialize;

use super::super::choice::Choice;
use super::super::door::Frame;
use super::super::visit::Visit;
use super::deeds::undo_of;
use super::set_name;
use crate::http::Outcome;
use crate::layout::{Shell, respond_with};

/// A year of work around the clock: more is no try-out.
const MOST_HOURS: i64 = 8_784;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(in crate::admin) struct Fields {
    name_en: String,
    name_fr: String,
    zone: String,
    holidays: String,
    monday: String,
    tuesday: String,
    wednesday: String,
    thursday: String,
    friday: String,
    saturday: String,
    sunday: String,
}

impl Fields {
    pub(super) fn calendar(&self) -> NewCalendar {
        NewCalendar {
            name: Both::new(&self.name_en, &self.name_fr),
            zone: self.zone.clone(),
            holidays: self.holidays.clone(),
            week: self.week().map(str::to_owned),
        }
    }

    fn week(&self) -> [&str; 7] {
        [
            &self.monday,
            &self.tuesday,
            &self.wednesday,
            &self.thursday,
            &self.friday,
            &self.saturday,
            &self.sunday,
        ]
    }

    fn of(calendar: &Calendar) -> Fields {
        let [monday, tuesday, wednesday, thursday, friday, saturday, sunday] =
            calendar.week.each_ref().map(|day| calendars::written(day));
        Fields {
            name_en: calendar.name.en.clone(),
            name_fr: calendar.name.fr.clone(),
            zone: calendar.zone.clone().unwrap_or_default(),
            holidays: calendar.holidays.clone().unwrap_or_default(),
            monday,
            tuesday,
            wednesday,
            thursday,
            friday,
            saturday,
            sunday,
        }
    }
}

/// What was typed where, when a page is shown again.
#[derive(Debug, Default)]
pub(super) struct Typed {
    pub(super) fields: Option<Fields>,
    pub(super) day: NewDay,
    pub(super) error: Option<Error>,
}

#[derive(Template)]
#[template(path = "admin/calendars/show.html")]
struct Page {
    shell: Shell,
    frame: Frame,
    fields: Fields,
    day: NewDay,
    sets: Vec<Choice>,
    hours: i64,
    /// `None` for a new one.
    shown: Option<Shown>,
}

#[derive(Default, Deserialize)]
pub(in crate::admin) struct Asked {
    /// Working hours to try out.
    #[serde(default)]
    hours: String,
    #[serde(default)]
    done: Option<i64>,
}

pub(in crate::admin) async fn blank(visit: Visit) -> Outcome {
    let day = || "08:00-17:00".to_string();
    let fields = Fields {
        monday: day(),
        tuesday: day(),
        wednesday: day(),
        thursday: day(),
        friday: day(),
        ..Fields::default()
    };
    let typed = Typed {
        fields: Some(fields),
        ..Typed::default()
    };
    page(&visit, None, &Asked::default(), typed).await
}

pub(in crate::admin) async fn show(visit: Visit, Path(id): Path<i64>, Query(asked): Query<Asked>) -> Outcome {
    page(&visit, Some(CalendarId(id)), &asked, Typed::default()).await
}

/// The page as it was sent, with what was refused.
pub(super) async fn again(visit: &Visit, id: Option<CalendarId>, typed: Typed) -> Outcome {
    page(visit, id, &Asked::default(), typed).await
}

async fn page(visit: &Visit, id: Option<CalendarId>, asked: &Asked, typed: Typed) -> Outcome {
    let hours: i64 = asked.hours.trim().parse().unwrap_or(8).clamp(1, MOST_HOURS);
    let shown = match id {
        Some(id) => Some(
            visit
                .read(move |r, cx| calendars::show(r, cx, id, hours * HOUR))
                .await?,
        ),
        None => None,
    };
    let (mut shell, mut frame) = visit.open("calendar-add", "/admin/calendars", typed.error).await?;
    if let Some(shown) = &shown {
        let lang = shell.lang;
        shell = shell.titled(shown.calendar.name.of(lang));
    }
    frame.undo = asked.done.map(|event| undo_of(&shell, event));
    let kept = shown.as_ref().map(|shown| Fields::of(&shown.calendar));
    let page = Page {
        fields: typed.fields.or(kept).unwrap_or_default(),
        day: typed.day,
        sets: sets(shell.lang),
        shell,
        frame,
        hours,
        shown,
    };
    respond_with(page.frame.status, &page)
}

fn sets(lang: Lang) -> Vec<Choice> {
    let none = Choice::new(&"", set_name(lang, None));
    let each = calendars::holiday_sets().map(|code| Choice::new(&code, set_name(lang, Some(code))));
    [none].into_iter().chain(each).collect()
}

impl Page {
    fn is_house(&self) -> bool {
        self.shown.as_ref().is_some_and(|shown| shown.calendar.house)
    }

    /// The field of each day, the key of its name, and what stands in it.
    fn week(&self) -> Vec<(&'static str, String, &str)> {
        let days = DAYS.into_iter().zip(self.fields.week());
        days.map(|(day, typed)| (day, format!("weekday-{day}"), typed))
            .collect()
    }

    fn date(&self, off: &DayOff) -> String {
        full_day(self.shell.lang, off.date)
    }

    fn why(&self, off: &DayOff) -> String {
        match &off.why {
            Why::Own(name) => name.clone(),
            Why::Public { name, in_lieu } => {
                let name = self.shell.t(&format!("holiday-{name}"));
                if *in_lieu {
                    self.shell.t1("holiday-in-lieu", "name", name)
                } else {
                    name
                }
            }
        }
    }

    fn own_day(&self, own: &calendars::OwnDay) -> String {
        full_day(self.shell.lang, own.day)
    }

    /// What the try-out found.
    fn ends(&self, shown: &Shown) -> String {
        match shown.ends {
            Some(at) => {
                let when = date_time(self.shell.lang, at, &shown.zone);
                self.shell.t2("calendar-try-ends", "count", self.hours, "when", when)
            }
            None => self.shell.t("calendar-try-never"),
        }
    }
}
