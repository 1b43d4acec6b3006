//! Charts as numbers for the two templates that draw them. Pure. Across is in per cent and down in pixels, so that the
//! words keep their size at any width; only the lines are stretched.

use desk::reports::{Cell, Figures, Point, Report, by_time, point_name, title, work_time};
use desk::words::{Lang, number};

/// Pixels between the top line and the bottom line, and above them.
const HEIGHT: i64 = 180;
const TOP: i64 = 16;
/// The width of the stretched drawing; any number does.
const WIDTH: i64 = 1000;
/// A line of words below another.
const WORDS: i64 = 16;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub class: &'static str,
    pub name: String,
    pub path: String,
    /// Points that stand alone, and the last one: per cent and pixels.
    pub dots: Vec<(String, i64)>,
    /// The last value in words, and where they stand.
    pub last: String,
    pub words_y: i64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    pub at: String,
    pub anchor: &'static str,
    pub words: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grid {
    pub y: i64,
    pub words: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    pub class: &'static str,
    pub name: String,
    pub value: String,
    pub percent: i64,
    pub y: i64,
    pub words_y: i64,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chart {
    pub title: String,
    pub height: i64,
    pub lines: Vec<Line>,
    pub grid: Vec<Grid>,
    pub marks: Vec<Mark>,
    pub bars: Vec<Bar>,
}

impl Chart {
    pub fn plot(&self) -> i64 {
        HEIGHT
    }

    pub fn top(&self) -> i64 {
        TOP
    }

    pub fn across(&self) -> i64 {
        WIDTH
    }

    /// Where the words below stand.
    pub fn foot(&self) -> i64 {
        TOP + HEIGHT + 20
    }
}

/// What a line shows: the column of the table it is drawn from.
struct Series {
    class: &'static str,
    name: String,
    values: Vec<Option<i64>>,
}

/// The chart of a report, drawn from the same cells as its table.
pub fn chart(lang: Lang, figures: &Figures) -> Chart {
    let title = title(lang, figures.report);
    if figures.report == Report::Backlog {
        return Chart {
            title,
            ..bars(lang, figures)
        };
    }
    let table = by_time(lang, figures);
    let columns: &[(usize, &'static str)] = match figures.report {
        Report::Volume => &[(0, "is-in"), (1, "is-out")],
        Report::FirstReply | Report::TimeToSolve => &[(2, "is-in"), (1, "is-out")],
        Report::FirstContact | Report::Satisfaction => &[(1, "is-in"), (0, "is-out")],
        _ => &[(0, "is-in")],
    };
    let value = |cell: &Cell| match cell {
        Cell::Count(n) => Some(*n),
        Cell::Minutes(n) | Cell::Share(n) => *n,
    };
    let series = columns.iter().map(|(column, class)| Series {
        class,
        name: table.head[column + 1].clone(),
        values: table.lines.iter().map(|line| value(&line.cells[*column])).collect(),
    });
    let timed = matches!(figures.report, Report::FirstReply | Report::TimeToSolve);
    let names: Vec<String> = figures
        .points
        .iter()
        .map(|(point, _)| point_name(lang, *point))
        .collect();
    let words = |n: i64| if timed { work_time(n) } else { number(lang, n) };
    Chart {
        title,
        ..lines(&series.collect::<Vec<_>>(), &names, timed, words)
    }
}

fn lines(series: &[Series], names: &[String], timed: bool, words: impl Fn(i64) -> String) -> Chart {
    let most = series.iter().flat_map(|s| s.values.iter().flatten()).copied().max();
    let half = half_of(most.unwrap_or(0), timed);
    let y = |value: i64| TOP + HEIGHT - HEIGHT * value / (2 * half);
    let mut lines: Vec<Line> = series
        .iter()
        .filter_map(|one| {
            let (at, last) = one
                .values
                .iter()
                .enumerate()
                .rev()
                .find_map(|(at, v)| Some((at, (*v)?)))?;
            let mut dots = alone(&one.values, y);
            dots.push((across(at, names.len()), y(last)));
            Some(Line {
                class: one.class,
                name: one.name.clone(),
                path: path(&one.values, y),
                dots,
                last: words(last),
                words_y: y(last) - 8,
            })
        })
        .collect();
    apart(&mut lines);
    Chart {
        height: TOP + HEIGHT + 28,
        lines,
        grid: [0, half, 2 * half]
            .map(|value| Grid {
                y: y(value),
                words: words(value),
            })
            .into(),
        marks: marks(names),
        ..Chart::default()
    }
}

/// Half of a round number that holds the highest value.
fn half_of(most: i64, timed: bool) -> i64 {
    const MINUTES: [i64; 12] = [5, 10, 15, 30, 60, 120, 240, 300, 600, 1200, 3000, 6000];
    if timed && most <= 2 * MINUTES[MINUTES.len() - 1] {
        return MINUTES.into_iter().find(|half| 2 * half >= most).unwrap_or(1);
    }
    let mut ten = if timed { 60 } else { 1 };
    loop {
        if let Some(step) = [1, 2, 5].into_iter().find(|step| 2 * step * ten >= most) {
            return step * ten;
        }
        ten *= 10;
    }
}

/// Per cent of the width; a single point stands in the middle.
fn across(at: usize, of: usize) -> String {
    if of < 2 {
        return "50%".to_string();
    }
    let tenths = at * 1000 / (of - 1);
    format!("{}.{}%", tenths / 10, tenths % 10)
}

/// A line breaks where there is no value.
fn path(values: &[Option<i64>], y: impl Fn(i64) -> i64) -> String {
    let steps = i64::try_from(values.len().max(2) - 1).unwrap_or(1);
    let (mut path, mut pen) = (String::new(), 'M');
    for (at, value) in values.iter().enumerate() {
        let Some(value) = value else {
            pen = 'M';
            continue;
        };
        let x = i64::try_from(at).unwrap_or(0) * WIDTH / steps;
        path += &format!("{pen}{x} {}", y(*value) - TOP);
        pen = 'L';
    }
    path
}

/// Points without a neighbour, which no line shows.
fn alone(values: &[Option<i64>], y: impl Fn(i64) -> i64) -> Vec<(String, i64)> {
    let there = |at: Option<usize>| at.and_then(|at| values.get(at)).is_some_and(Option::is_some);
    let lonely = |at: usize| !there(at.checked_sub(1)) && !there(Some(at + 1));
    let dots = values.iter().enumerate().filter(|(at, _)| lonely(*at));
    dots.filter_map(|(at, value)| Some((across(at, values.len()), y((*value)?))))
        .collect()
}

/// Words of two lines that end near each other do not stand on each other, nor on the names below.
fn apart(lines: &mut [Line]) {
    let mut order: Vec<usize> = (0..lines.len()).collect();
    order.sort_by_key(|at| lines[*at].words_y);
    let mut most = TOP + HEIGHT - 8;
    for at in order.iter().rev() {
        lines[*at].words_y = lines[*at].words_y.min(most);
        most = lines[*at].words_y - WORDS;
    }
    let mut least = WORDS - 4;
    for at in order {
        lines[at].words_y = lines[at].words_y.max(least);
        least = lines[at].words_y + WORDS;
    }
}

/// The first, the last, and at most three between.
fn marks(names: &[String]) -> Vec<Mark> {
    let last = names.len().saturating_sub(1);
    let step = last.div_ceil(4).max(1);
    let mut at: Vec<usize> = (0..=last)
        .step_by(step)
        .filter(|at| *at == 0 || last - at >= step)
        .collect();
    at.push(last);
    at.dedup();
    at.into_iter()
        .filter_map(|at| {
            let anchor = match at {
                _ if last == 0 => "middle",
                0 => "start",
                _ if at == last => "end",
                _ => "middle",
            };
            Some(Mark {
                at: across(at, names.len()),
                anchor,
                words: names.get(at)?.clone(),
            })
        })
        .collect()
}

/// What is open by age: from calm to late.
fn bars(lang: Lang, figures: &Figures) -> Chart {
    let most = figures
        .points
        .iter()
        .map(|(_, tally)| tally.open)
        .max()
        .unwrap_or(0)
        .max(1);
    let bars: Vec<Bar> = (0..)
        .zip(&figures.points)
        .map(|(at, (point, tally))| Bar {
            class: match point {
                Point::Age(31.., _) => "is-late",
                Point::Age(8.., _) => "is-soon",
                _ => "is-ok",
            },
            name: point_name(lang, *point),
            value: number(lang, tally.open),
            percent: tally.open * 100 / most,
            y: at * 36 + 6,
            words_y: at * 36 + 20,
        })
        .collect();
    Chart {
        height: i64::try_from(bars.len()).unwrap_or(0) * 36,
        bars,
        ..Chart::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(values: &[Option<i64>]) -> Series {
        Series {
            class: "is-in",
            name: "Came in".into(),
            values: values.to_vec(),
        }
    }

    fn names(count: usize) -> Vec<String> {
        (0..count).map(|n| format!("day {n}")).collect()
    }

    #[test]
    fn the_highest_value_fits_under_a_round_number() {
        for (most, timed, half) in [
            (0, false, 1),
            (2, false, 1),
            (3, false, 2),
            (17, false, 10),
            (20, false, 10),
            (21, false, 20),
            (999, false, 500),
            (35, true, 30),
            (61, true, 60),
            (500, true, 300),
            (200_000, true, 120_000),
        ] {
            assert_eq!(half_of(most, timed), half, "{most}");
        }
    }

    #[test]
    fn a_line_runs_from_edge_to_edge_and_breaks_where_nothing_was() {
        let chart = lines(&[series(&[Some(0), Some(10), None, Some(20)])], &names(4), false, |n| {
            n.to_string()
        });
        let line = &chart.lines[0];
        assert_eq!(line.path, "M0 180L333 90M1000 0");
        assert_eq!(line.dots, [("100.0%".to_string(), 16), ("100.0%".to_string(), 16)]);
        assert_eq!(line.last, "20");
        assert_eq!(chart.grid.iter().map(|g| g.y).collect::<Vec<_>>(), [196, 106, 16]);
    }

    #[test]
    fn a_single_day_is_a_dot_in_the_middle() {
        let chart = lines(&[series(&[Some(3)])], &names(1), false, |n| n.to_string());
        assert_eq!(chart.lines[0].dots[0].0, "50%");
        assert_eq!(
            chart
                .marks
                .iter()
                .map(|m| (m.at.as_str(), m.anchor))
                .collect::<Vec<_>>(),
            [("50%", "middle")]
        );
    }

    #[test]
    fn nothing_draws_no_line() {
        let chart = lines(&[series(&[None, None])], &names(2), false, |n| n.to_string());
        assert!(chart.lines.is_empty());
    }

    #[test]
    fn words_at_the_end_do_not_cover_each_other() {
        for (a, b) in [(10, 10), (10, 11), (20, 19), (0, 0)] {
            let both = [series(&[Some(1), Some(a)]), series(&[Some(20), Some(b)])];
            let chart = lines(&both, &names(2), false, |n| n.to_string());
            let apart = (chart.lines[0].words_y - chart.lines[1].words_y).abs();
            assert!(apart >= WORDS, "{a} and {b}: {apart}");
            let inside = |line: &Line| (12..=TOP + HEIGHT - 8).contains(&line.words_y);
            assert!(chart.lines.iter().all(inside), "{a} and {b}");
        }
    }

    #[test]
    fn at_most_five_names_stand_below_and_the_ends_are_among_them() {
        for count in [1, 2, 5, 6, 7, 13, 30, 31, 53] {
            let marks = marks(&names(count));
            assert!(marks.len() <= 5, "{count}: {}", marks.len());
            assert_eq!(marks[0].words, "day 0");
            assert_eq!(marks[marks.len() - 1].words, format!("day {}", count - 1));
        }
    }
}
