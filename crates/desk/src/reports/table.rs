//! A report as a table: the same cells for the page, for a spreadsheet and for a letter. Pure.

use std::fmt::Write as _;

use super::figures::{Figures, Point, Report, Tally};
use super::period::{Step, date_of};
use super::sentences::{say, say_with, share};
use crate::words::{self, Arg, Lang, sheet};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    Count(i64),
    /// Working minutes.
    Minutes(Option<i64>),
    /// So many in a hundred; none when there are too few.
    Share(Option<i64>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub name: String,
    /// As a spreadsheet sorts it: a date, where it is one.
    pub plain: String,
    pub cells: Vec<Cell>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The first column names the line.
    pub head: Vec<String>,
    pub lines: Vec<Line>,
}

impl Cell {
    pub fn words(self, lang: Lang) -> String {
        let none = || "\u{2013}".to_string();
        match self {
            Cell::Count(n) => words::number(lang, n),
            Cell::Minutes(minutes) => minutes.map_or_else(none, work_time),
            Cell::Share(percent) => percent.map_or_else(none, |percent| words::percent(lang, percent)),
        }
    }

    /// For a program: digits, or nothing.
    pub fn plain(self) -> String {
        match self {
            Cell::Count(n) => n.to_string(),
            Cell::Minutes(n) | Cell::Share(n) => n.map(|n| n.to_string()).unwrap_or_default(),
        }
    }

    /// What a bar shows.
    pub fn size(self) -> i64 {
        match self {
            Cell::Count(n) => n,
            Cell::Minutes(n) | Cell::Share(n) => n.unwrap_or(0),
        }
    }
}

/// `12 min`, `2 h 48`, `23 h`: working time, which has no days.
pub fn work_time(minutes: i64) -> String {
    match minutes {
        ..60 => format!("{minutes}\u{a0}min"),
        60..600 if minutes % 60 > 0 => format!("{}\u{a0}h\u{a0}{:02}", minutes / 60, minutes % 60),
        _ => format!("{}\u{a0}h", (minutes + 30) / 60),
    }
}

fn columns(report: Report) -> &'static [&'static str] {
    match report {
        Report::Volume => &["report-column-opened", "report-column-solved"],
        Report::FirstReply => &["report-column-replies", "report-column-half", "report-column-nine"],
        Report::TimeToSolve => &["report-column-solved", "report-column-half", "report-column-nine"],
        Report::Backlog => &["report-column-open", "report-column-old"],
        Report::Reopened => &["report-column-reopened", "report-column-solved", "report-column-share"],
        Report::FirstContact => &["report-column-at-once", "report-column-solved", "report-column-share"],
        Report::Satisfaction => &["report-column-good", "report-column-answers", "report-column-share"],
    }
}

fn cells(report: Report, t: &Tally) -> Vec<Cell> {
    let lengths = || {
        let within = |percent| Cell::Minutes(t.times.within(percent));
        vec![Cell::Count(t.times.total()), within(50), within(90)]
    };
    match report {
        Report::Volume => vec![Cell::Count(t.opened), Cell::Count(t.solved)],
        Report::FirstReply | Report::TimeToSolve => lengths(),
        Report::Backlog => vec![Cell::Count(t.open), Cell::Count(t.old)],
        Report::Reopened => parted(t.reopened, t.solved),
        Report::FirstContact => parted(t.at_once, t.solved),
        Report::Satisfaction => parted(t.good, t.answers()),
    }
}

fn parted(part: i64, whole: i64) -> Vec<Cell> {
    vec![Cell::Count(part), Cell::Count(whole), Cell::Share(share(part, whole))]
}

fn table(lang: Lang, report: Report, first: &str, lines: Vec<Line>) -> Table {
    let mut head = vec![say(lang, first)];
    head.extend(columns(report).iter().map(|key| say(lang, key)));
    Table { head, lines }
}

/// Step by step through the period, or age by age.
pub fn by_time(lang: Lang, figures: &Figures) -> Table {
    let line = |(point, tally): &(Point, Tally)| Line {
        name: point_name(lang, *point),
        plain: point_plain(lang, *point),
        cells: cells(figures.report, tally),
    };
    let first = match figures.asked.period.step() {
        _ if figures.report == Report::Backlog => "report-column-age",
        Step::Day => "report-column-day",
        Step::Week => "report-column-week",
        Step::Month => "report-column-month",
    };
    let lines = figures.points.iter().map(line).collect();
    table(lang, figures.report, first, lines)
}

/// Team by team, topic by topic or channel by channel.
pub fn by_part(lang: Lang, figures: &Figures) -> Table {
    let line = |(name, tally): &(String, Tally)| Line {
        name: name.clone(),
        plain: name.clone(),
        cells: cells(figures.report, tally),
    };
    let first = match figures.asked.by {
        super::By::Team => "report-column-team",
        super::By::Topic => "report-column-topic",
        super::By::Channel => "report-column-channel",
    };
    table(lang, figures.report, first, figures.parts.iter().map(line).collect())
}

/// The name of a point: a day, the first day of a week, a month, an age.
pub fn point_name(lang: Lang, point: Point) -> String {
    match point {
        Point::Days(period, Step::Month) => words::month_of(lang, date_of(period.from)),
        Point::Days(period, _) => words::day_of(lang, date_of(period.from)),
        Point::Age(0, _) => say(lang, "report-age-today"),
        Point::Age(from, None) => say_with(lang, "report-age-over", &[("from", Arg::Number(from - 1))]),
        Point::Age(from, Some(to)) => {
            let args = [("from", Arg::Number(from)), ("to", Arg::Number(to))];
            say_with(lang, "report-age-days", &args)
        }
    }
}

fn point_plain(lang: Lang, point: Point) -> String {
    match point {
        Point::Days(period, _) => date_of(period.from).to_string(),
        Point::Age(..) => point_name(lang, point),
    }
}

/// As comma-separated values (RFC 4180). The minutes are numbers, the shares per cent; a cell of words that a
/// spreadsheet would run as a formula begins with an apostrophe.
pub fn csv(table: &Table) -> String {
    let mut text = String::new();
    let mut row = |cells: &mut dyn Iterator<Item = String>| {
        text.push_str(&cells.collect::<Vec<_>>().join(","));
        text.push_str("\r\n");
    };
    row(&mut table.head.iter().map(|words| sheet::cell(words)));
    for line in &table.lines {
        let first = std::iter::once(sheet::cell(&line.plain));
        row(&mut first.chain(line.cells.iter().map(|cell| cell.plain())));
    }
    text
}

/// As lines of text, for a letter.
pub fn plain(lang: Lang, table: &Table) -> String {
    let rows = table.lines.iter().map(|line| {
        let cells = line.cells.iter().map(|cell| cell.words(lang));
        std::iter::once(line.name.clone()).chain(cells).collect::<Vec<_>>()
    });
    let rows: Vec<Vec<String>> = std::iter::once(table.head.clone()).chain(rows).collect();
    let width = |at: usize| rows.iter().map(|row| row[at].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..table.head.len()).map(width).collect();
    let mut text = String::new();
    for row in &rows {
        let mut line = String::new();
        for (at, (cell, width)) in row.iter().zip(&widths).enumerate() {
            // Writing to a String cannot fail.
            let _ = if at == 0 {
                write!(line, "{cell:<width$}")
            } else {
                write!(line, "  {cell:>width$}")
            };
        }
        text += line.trim_end();
        text += "\n";
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(name: &str) -> Table {
        Table {
            head: vec!["Team".into(), "Tickets in".into(), "Half within".into()],
            lines: vec![Line {
                name: name.into(),
                plain: name.into(),
                cells: vec![Cell::Count(12_345), Cell::Minutes(Some(168))],
            }],
        }
    }

    #[test]
    fn a_name_never_becomes_a_formula() {
        for (name, cell) in [
            ("=1+1", "'=1+1"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@sum", "'@sum"),
            ("a=b", "a=b"),
            ("=a,\"b\"", "\"'=a,\"\"b\"\"\""),
            ("Desk, west", "\"Desk, west\""),
        ] {
            assert_eq!(
                csv(&table(name)),
                format!("Team,Tickets in,Half within\r\n{cell},12345,168\r\n")
            );
        }
    }

    #[test]
    fn a_letter_holds_the_table_in_columns() {
        let text = plain(Lang::En, &table("Service desk"));
        assert_eq!(
            text,
            "Team          Tickets in  Half within\nService desk      12,345       2\u{a0}h\u{a0}48\n"
        );
    }

    #[test]
    fn working_time_is_short_words() {
        for (minutes, words) in [
            (0, "0 min"),
            (59, "59 min"),
            (60, "1 h"),
            (168, "2 h 48"),
            (600, "10 h"),
            (2000, "33 h"),
        ] {
            assert_eq!(work_time(minutes).replace('\u{a0}', " "), words);
        }
    }
}
