//! The table, and what a ticket, an outage and cover cost in a region of it.

use askama::Template;
use axum::extract::Query;
use desk::outages::Outage;
use desk::wages::{self, HOURS_OF_A_YEAR, Level, MedianWork, Per, Planner, WORKED_DAYS, Wage, WageTable};
use desk::words::{self as forms, Lang};
use desk::{Error, OutageNumber, Refusal};

use super::sums::{self, Sums, Three};
use crate::changes::{Back, Typed, Visit};
use crate::http::Outcome;
use crate::layout::{Shell, respond_with};

type All = Query<Vec<(String, String)>>;

#[derive(Template)]
#[template(path = "wages/plan.html")]
struct Page {
    shell: Shell,
    back: Back,
    table: WageTable,
    /// The one that is planned with; nothing for an empty table.
    wage: Option<Wage>,
    regions: Vec<(String, String)>,
    median: Option<MedianWork>,
    outage: Option<Outage>,
    sums: Sums,
    planners: Vec<Planner>,
    /// A table was just brought in: it can be taken back.
    imported: bool,
}

pub(crate) async fn show(visit: Visit, Query(all): All) -> Outcome {
    render(&visit, Typed::from(all), Vec::new(), None).await
}

/// The page again, with what was refused.
pub(super) async fn render(
    visit: &Visit,
    mut typed: Typed,
    mut refusals: Vec<Refusal>,
    conflict: Option<&'static str>,
) -> Outcome {
    let (asked, admin) = (typed.clone(), visit.staff.seen.viewer.is_admin());
    let read = visit.read(move |r, cx| {
        let table = wages::table(r, cx)?;
        let found = match sums::outage_of(r, cx, &asked) {
            Err(Error::Refused(refusals)) => Err(refusals),
            other => Ok(other?),
        };
        let planners = if admin { wages::planners(r, cx)? } else { Vec::new() };
        Ok((table, wages::median_work(r, cx)?, found, planners))
    });
    let (table, median, found, planners) = read.await?;
    let lang = visit.lang();
    let outage = found.unwrap_or_else(|wrong| {
        refusals.extend(wrong);
        None
    });
    let known = outage
        .as_ref()
        .map(|(outage, me_too)| sums::known_of(outage, *me_too, visit.staff.cx.now));
    let wage = chosen(&table, &typed).cloned();
    if let Some(wage) = &wage {
        typed.put("region", wage.region.en.as_str());
    }
    let worked = wage.as_ref().map(|wage| sums::work_out(&typed, wage, median, known));
    let sums = worked.unwrap_or_default();
    refusals.extend(sums.refusals.iter().cloned());
    let names = |wage: &Wage| (wage.region.en.clone(), wage.region.of(lang).to_string());
    let page = Page {
        shell: visit.shell("wages-title", "reports").await?,
        regions: table.wages.iter().map(names).collect(),
        imported: typed.has("imported", "yes"),
        back: Back {
            typed: Some(typed),
            refusals,
            conflict,
        },
        table,
        wage,
        median,
        outage: outage.map(|(outage, _)| outage),
        sums,
        planners,
    };
    respond_with(page.back.status(), &page)
}

/// The region that was chosen; else the first.
fn chosen<'t>(table: &'t WageTable, typed: &Typed) -> Option<&'t Wage> {
    let named = table.wages.iter().find(|wage| wage.region.en == typed.text("region"));
    named.or(table.wages.first())
}

impl Page {
    fn figure(&self, wage: &Wage, level: &str) -> String {
        let level = Level::parse(level).unwrap_or(Level::Median);
        money(self.shell.lang, wage.of(level))
    }

    fn region<'w>(&self, wage: &'w Wage) -> &'w str {
        wage.region.of(self.shell.lang)
    }

    fn per(&self, wage: &Wage) -> String {
        self.shell.t(&format!("wage-per-{}", wage.per))
    }

    /// Any figure is one of a year.
    fn has_years(&self) -> bool {
        self.table.wages.iter().any(|wage| wage.per == Per::Year)
    }

    fn year_words(&self) -> String {
        self.shell.t1("wage-of-a-year", "hours", HOURS_OF_A_YEAR)
    }

    fn three(&self, three: &Three) -> Vec<(String, String)> {
        let words = ["wage-low", "wage-median", "wage-high"].map(|key| self.shell.t(key));
        let amounts = three.0.map(|cents| money(self.shell.lang, cents));
        words.into_iter().zip(amounts).collect()
    }

    fn duration(&self, minutes: &i64) -> String {
        desk::reports::work_time(*minutes)
    }

    fn median_words(&self) -> String {
        match self.median {
            None => self.shell.t1("plan-no-median", "days", WORKED_DAYS),
            Some(found) => {
                let time = self.duration(&found.minutes);
                let words = self.shell.t2("plan-median", "time", time, "count", found.tickets);
                format!("{words} {}", self.shell.t1("plan-median-days", "days", WORKED_DAYS))
            }
        }
    }

    fn outage_words(&self, outage: &Outage) -> String {
        let said = outage.title.said(self.shell.lang);
        let OutageNumber(number) = outage.number;
        format!("{number} {}", said.map(|said| said.words).unwrap_or_default())
    }

    /// Where the figures of the region come from, and of when they are.
    fn source(&self, wage: &Wage) -> String {
        self.shell.t2(
            "wage-source",
            "source",
            wage.source.as_str(),
            "date",
            wage.dated.as_str(),
        )
    }

    fn edition(&self) -> String {
        self.table
            .edition
            .map(|edition| edition.to_string())
            .unwrap_or_default()
    }
}

/// A dash where there is no figure.
pub(super) fn money(lang: Lang, cents: Option<i64>) -> String {
    cents.map_or("\u{2013}".to_string(), |cents| forms::money(lang, cents))
}
