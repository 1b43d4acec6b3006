//! One report: its sentence, its chart, the breakdown, the table, and who gets it by mail.

use askama::Template;
use axum::extract::{Path, Query, State as Extract};
use axum::http::StatusCode;
use axum::response::Response;
use desk::reports::{self, Asked, By, Cell, Period, Report, Rhythm, Subscription, Table};
use desk::tickets::Channel;
use desk::{Context, Error, Read, Refusal, teams};

use super::asked::{Ended, Wanted};
use super::chart::{Chart, chart};
use crate::http::{Nonce, Oops, Outcome, Staff};
use crate::layout::{Shell, counts, respond_with};
use crate::state::State;

/// What there is to see; nothing when the days were refused.
pub(super) struct View {
    /// What follows the question mark in the address of this very page.
    query: String,
    said: String,
    compared: Option<String>,
    empty: bool,
    chart: Chart,
    parts: Table,
    time: Table,
    csv: String,
}

/// What can be chosen.
pub(super) struct Choices {
    teams: Vec<(String, String)>,
    topics: Vec<(String, String)>,
    channels: Vec<(String, String)>,
}

/// A period with a name.
struct Preset {
    key: &'static str,
    path: String,
    current: bool,
}

#[derive(Template)]
#[template(path = "reports/show.html")]
struct Page {
    shell: Shell,
    report: Report,
    means: String,
    wanted: Wanted,
    choices: Choices,
    presets: Vec<Preset>,
    view: Option<View>,
    mine: Vec<Subscription>,
    /// The letter that was just ended.
    ended: Option<Ended>,
    ready: bool,
    refusals: Vec<Refusal>,
}

pub async fn show(
    Extract(state): Extract<State>,
    staff: Staff,
    nonce: Nonce,
    Path(name): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Outcome {
    let lang = staff.seen.viewer.language;
    let report = Report::parse(&name).ok_or_else(|| Oops::nothing(lang))?;
    page(&state, &staff, nonce, report, wanted, Vec::new()).await
}

/// The page, also with what was refused of a form on it.
pub(super) async fn page(
    state: &State,
    staff: &Staff,
    nonce: Nonce,
    report: Report,
    wanted: Wanted,
    mut refusals: Vec<Refusal>,
) -> Result<Response, Oops> {
    let lang = staff.seen.viewer.language;
    let today = reports::day_of(staff.cx.now, &staff.cx.house.zone);
    let asked = match wanted.asked(today) {
        Ok(asked) => Some(asked),
        Err(Error::Refused(found)) => {
            refusals.extend(found);
            None
        }
        Err(other) => return Err(Oops::from(other).in_language(lang)),
    };
    let cx = staff.cx.clone();
    let read = state.desk().read(move |r| {
        let view = asked.map(|asked| look(r, &cx, report, &asked)).transpose()?;
        let mine = reports::subscriptions(r, &cx, report)?;
        Ok((view, choices(r, &cx)?, mine, reports::ready(r)?))
    });
    let (view, choices, mine, ready) = read.await.map_err(|e| Oops::from(e).in_language(lang))?;
    let counts = counts(state.desk(), &staff.cx).await?;
    let shell = Shell::desk(state, &staff.seen, nonce, "reports-title", "reports")
        .with_counts(counts)
        .titled(reports::title(lang, report));
    let status = if refusals.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let page = Page {
        shell,
        report,
        means: reports::means(lang, report),
        presets: presets(report, today, asked),
        wanted: asked.map_or_else(|| wanted.clone(), |asked| wanted.clone().spelled_out(asked.period)),
        choices,
        view,
        mine,
        ended: Ended::parse(&wanted.ended),
        ready,
        refusals,
    };
    respond_with(status, &page)
}

fn look(r: &mut Read, cx: &Context, report: Report, asked: &Asked) -> desk::Result<View> {
    let lang = cx.viewer.language;
    let figures = reports::figures(r, cx, report, asked)?;
    let path = reports::path_of(report, asked);
    let query = path.split_once('?').map_or("", |(_, query)| query).to_string();
    Ok(View {
        said: reports::said(lang, &figures),
        compared: reports::compared(lang, &figures).filter(|_| !figures.is_empty()),
        empty: figures.is_empty(),
        chart: chart(lang, &figures),
        parts: reports::by_part(lang, &figures),
        time: reports::by_time(lang, &figures),
        csv: format!("/reports/{report}.csv?{query}"),
        query,
    })
}

/// Teams closed to the viewer are not offered.
fn choices(r: &mut Read, cx: &Context) -> desk::Result<Choices> {
    let lang = cx.viewer.language;
    let teams = teams::list(r, cx)?
        .into_iter()
        .filter(|team| !cx.viewer.closed_teams.contains(&team.id))
        .map(|team| (team.id.to_string(), team.name(lang).to_string()));
    let topics = reports::topic_names(r, lang)?;
    let channels = Channel::ALL
        .iter()
        .map(|channel| (channel.to_string(), reports::channel_name(lang, *channel)));
    Ok(Choices {
        teams: teams.collect(),
        topics: topics.into_iter().map(|(id, name)| (id.to_string(), name)).collect(),
        channels: channels.collect(),
    })
}

/// Periods by name; the filters stay. What is open is open now, whatever the days.
fn presets(report: Report, today: i64, asked: Option<Asked>) -> Vec<Preset> {
    if report == Report::Backlog {
        return Vec::new();
    }
    let usual = Asked::of(Period::last(today, 30));
    let now = asked.unwrap_or(usual);
    let named = [
        ("reports-week", Period::last(today, 7)),
        ("reports-month", usual.period),
        ("reports-quarter", Period::last(today, 91)),
        ("reports-year", Period::year(today)),
    ];
    named
        .into_iter()
        .map(|(key, period)| Preset {
            key,
            path: reports::path_of(report, &Asked { period, ..now }),
            current: asked.is_some_and(|asked| asked.period == period),
        })
        .collect()
}

impl View {
    /// The bar of a line against the longest.
    fn percent(&self, cells: &[Cell]) -> i64 {
        // Where there is a length or a share it is what is compared; it stands after the count.
        let size = |cells: &[Cell]| {
            cells
                .iter()
                .find(|c| !matches!(c, Cell::Count(_)))
                .or(cells.first())
                .map_or(0, |c| c.size())
        };
        let most = self.parts.lines.iter().map(|line| size(&line.cells)).max().unwrap_or(0);
        size(cells) * 100 / most.max(1)
    }
}

impl Page {
    fn why(&self, field: &str) -> Option<String> {
        self.shell.refusal(&self.refusals, field)
    }

    fn wrong(&self) -> Vec<(&'static str, String)> {
        let sentence = |r: &Refusal| Some((r.field, self.shell.refusal(std::slice::from_ref(r), r.field)?));
        self.refusals.iter().filter_map(sentence).collect()
    }

    fn cell(&self, cell: &Cell) -> String {
        cell.words(self.shell.lang)
    }

    fn has_period(&self) -> bool {
        self.report != Report::Backlog
    }

    fn ways(&self) -> [(By, &'static str); 3] {
        [
            (By::Team, "reports-by-team"),
            (By::Topic, "reports-by-topic"),
            (By::Channel, "reports-by-channel"),
        ]
    }

    fn is_by(&self, by: &By) -> bool {
        By::parse(&self.wanted.by).unwrap_or(By::Team) == *by
    }

    fn rhythms(&self) -> [(Rhythm, &'static str); 3] {
        [
            (Rhythm::Daily, "reports-daily"),
            (Rhythm::Weekly, "reports-weekly"),
            (Rhythm::Monthly, "reports-monthly"),
        ]
    }

    fn rhythm_key(&self, rhythm: &Rhythm) -> &'static str {
        self.rhythms()
            .into_iter()
            .find(|(r, _)| r == rhythm)
            .map_or("", |(_, key)| key)
    }

    /// What a subscription is narrowed to, in words.
    fn narrowed(&self, subscription: &Subscription) -> String {
        let of = |choices: &[(String, String)], id: Option<String>| {
            let id = id?;
            choices
                .iter()
                .find(|(known, _)| *known == id)
                .map(|(_, name)| name.clone())
        };
        let names = [
            of(&self.choices.teams, subscription.team.map(|id| id.to_string())),
            of(&self.choices.topics, subscription.topic.map(|id| id.to_string())),
            of(&self.choices.channels, subscription.channel.map(|c| c.to_string())),
        ];
        names.into_iter().flatten().collect::<Vec<_>>().join(" \u{b7} ")
    }
}
