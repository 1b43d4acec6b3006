//! The page of the board.

use askama::Template;
use axum::extract::Query;
use desk::TeamId;
use desk::board::{self, Aged, Board, Cover, FEW_WEEKS, Hand, Load, Need, Why};
use desk::reports::{self, Period, Report};
use desk::words::{Arg, duration};
use serde::Deserialize;

use super::plot::{Bar, Plot, bars, plot};
use super::words::{self, Figure};
use crate::changes::Visit;
use crate::http::Outcome;
use crate::layout::{Shell, respond};
use crate::words::text;

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    /// A team by its number; every team when it is empty.
    team: String,
}

#[derive(Template)]
#[template(path = "board/show.html")]
struct Page {
    shell: Shell,
    board: Board,
    sentence: String,
    lead: String,
    figures: Vec<Figure>,
    plot: Plot,
    bars: Vec<Bar>,
    /// Number and name of the teams to choose from.
    teams: Vec<(i64, String)>,
    team: Option<TeamId>,
    everything: bool,
    week: String,
    month: String,
}

pub(crate) async fn show(visit: Visit, Query(wanted): Query<Wanted>) -> Outcome {
    let lang = visit.lang();
    let team = match wanted.team.trim() {
        "" => None,
        text => Some(TeamId(text.parse().unwrap_or(0))),
    };
    let read = visit.read(move |r, cx| Ok((board::board(r, cx, team)?, board::teams_of_board(r, cx)?)));
    let (board, teams) = read.await?;
    let shell = visit
        .shell("nav-team", "team")
        .await?
        .following("team")
        .counted_to(board.counted);
    let house = &visit.staff.cx.house;
    let days = |days: i64| {
        let asked = reports::Asked {
            team,
            ..reports::Asked::of(Period::last(board.day.day, days))
        };
        reports::path_of(Report::Volume, &asked)
    };
    let page = Page {
        sentence: words::sentence(lang, &board),
        lead: words::lead(lang, &board, visit.staff.cx.now, &house.zone),
        figures: words::figures(lang, &board),
        plot: plot(&board),
        bars: bars(&board.ages),
        week: days(7),
        month: days(30),
        everything: desk::access::sees_every_board(&visit.staff.cx.viewer),
        teams: teams
            .iter()
            .map(|team| (team.id.0, team.name(lang).to_string()))
            .collect(),
        team,
        shell,
        board,
    };
    respond(&page)
}

impl Page {
    fn is_team(&self, id: &i64) -> bool {
        self.team == Some(TeamId(*id))
    }

    /// Whether whoever looks leads a team: the matrix of skills is for leads.
    fn leads(&self) -> bool {
        let seen = self.shell.seen.as_ref();
        seen.is_some_and(|seen| !seen.viewer.leads.is_empty())
    }

    fn is_usual_known(&self) -> bool {
        !self.board.usual.is_empty()
    }

    /// Why nothing is said of what is usual.
    fn weeks_missing(&self) -> String {
        let missing = FEW_WEEKS.saturating_sub(self.board.weeks);
        self.shell
            .t1("team-usual-few", "count", i64::try_from(missing).unwrap_or(0))
    }

    fn chart_said(&self) -> String {
        let total = |all: &[i64]| all.iter().sum::<i64>();
        self.shell.t2(
            "team-chart-said",
            "opened",
            total(&self.board.opened),
            "solved",
            total(&self.board.solved),
        )
    }

    fn late(&self, need: &Need) -> Option<String> {
        let late = need.why == Why::Late;
        late.then(|| {
            self.shell.t1(
                "chip-late",
                "time",
                duration(self.shell.lang, self.shell.now.since(need.due)),
            )
        })
    }

    fn whose(&self, need: &Need) -> String {
        let name = need.requester.as_str();
        match &need.assignee {
            Some(assignee) => self.shell.t2("team-need-with", "name", name, "who", assignee.as_str()),
            None => self.shell.t1("team-need-nobody", "name", name),
        }
    }

    fn bead(&self, hand: &Hand) -> &'static str {
        match hand {
            Hand::Late => "is-late",
            Hand::Soon => "is-soon",
            Hand::Fine => "is-ok",
            Hand::Waiting => "is-wait",
        }
    }

    /// The beads in words.
    fn beads(&self, load: &Load) -> String {
        let of = |hand| Arg::Number(load.count(hand));
        let args = [
            ("late", of(Hand::Late)),
            ("soon", of(Hand::Soon)),
            ("fine", of(Hand::Fine)),
            ("waiting", of(Hand::Waiting)),
            ("more", Arg::Number(load.more())),
        ];
        text(
            self.shell.lang,
            if load.more() > 0 {
                "team-beads-more"
            } else {
                "team-beads"
            },
            &args,
        )
    }

    fn age(&self, aged: &Aged) -> String {
        match (aged.from, aged.to) {
            (0, _) => self.shell.t("team-age-today"),
            (from, None) => self.shell.t1("team-age-over", "from", from - 1),
            (from, Some(to)) => self.shell.t2("team-age-days", "from", from, "to", to),
        }
    }

    fn ages_said(&self) -> String {
        let said = self
            .bars
            .iter()
            .map(|bar| format!("{} {}", self.age(&bar.aged), bar.aged.n));
        said.collect::<Vec<_>>().join(", ")
    }

    fn old(&self) -> i64 {
        self.board
            .ages
            .iter()
            .filter(|aged| aged.from > 7)
            .map(|aged| aged.n)
            .sum()
    }

    fn covers(&self, at: &usize) -> Vec<(&'static str, String)> {
        let of = |line: &desk::board::CoverLine| line.people.get(*at).copied().unwrap_or(Cover::No);
        let say = |cover: Cover| match cover {
            Cover::No => ("", self.shell.t("team-cover-no")),
            other => (other.as_str(), self.shell.t(&format!("team-cover-{other}"))),
        };
        self.board.cover.iter().map(|line| say(of(line))).collect()
    }

    /// Topics nobody who is here covers.
    fn gaps(&self) -> String {
        let gaps = self
            .board
            .cover
            .iter()
            .filter(|line| !line.here)
            .map(|line| line.topic.as_str());
        gaps.collect::<Vec<_>>().join(", ")
    }

    fn more_or_less(&self, asked: &desk::board::Asked) -> String {
        match asked.n - asked.before {
            0 => "0".to_string(),
            more if more > 0 => format!("+{more}"),
            less => format!("\u{2212}{}", less.abs()),
        }
    }
}
