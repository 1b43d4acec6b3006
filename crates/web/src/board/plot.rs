//! The drawings of the board as numbers for its template. Pure. Across is in per cent and down in pixels, so that words
//! keep their size at any width; only the lines are stretched.

use desk::board::{Aged, Board, Usual};

/// Pixels between the top line and the bottom line, and above them.
const HEIGHT: i64 = 216;
const TOP: i64 = 16;
/// The width of the stretched drawing; any number does.
const WIDTH: i64 = 1000;

/// One hour of the day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hour {
    pub hour: i64,
    /// Nothing where it is still to come.
    pub opened: Option<i64>,
    pub solved: Option<i64>,
    pub usual: Option<Usual>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Point {
    pub x: String,
    pub y: i64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Plot {
    pub hours: Vec<Hour>,
    pub opened: String,
    pub solved: String,
    pub usual: String,
    /// Where each line ends, and its words stand.
    pub opened_end: Point,
    pub solved_end: Point,
    pub opened_words: i64,
    pub solved_words: i64,
    /// The busiest hour, where it says something: the hour, how many, and where.
    pub peak: Option<(i64, i64, Point)>,
    pub grid: Vec<(i64, i64)>,
    pub marks: Vec<(String, i64)>,
    /// The lines end at the right edge.
    pub ends_right: bool,
}

impl Plot {
    pub(super) fn height(&self) -> i64 {
        TOP + HEIGHT + 28
    }

    pub(super) fn plot(&self) -> i64 {
        HEIGHT
    }

    pub(super) fn top(&self) -> i64 {
        TOP
    }

    pub(super) fn foot(&self) -> i64 {
        TOP + HEIGHT
    }

    pub(super) fn across(&self) -> i64 {
        WIDTH
    }
}

/// The hours the desk opens, and those in which something was all the same.
fn hours_of(board: &Board) -> Vec<Hour> {
    let known = |all: &[i64], hour: i64| usize::try_from(hour).ok().and_then(|at| all.get(at)).copied();
    let busy = |hour: &i64| {
        let some = |all: &[i64]| known(all, *hour).is_some_and(|n| n > 0);
        some(&board.opened) || some(&board.solved)
    };
    let first = (0..24)
        .find(busy)
        .map_or(board.day.opens, |hour| hour.min(board.day.opens));
    let last = (0..24)
        .rev()
        .find(busy)
        .map_or(board.day.closes, |hour| hour.max(board.day.closes));
    let hour = |hour: i64| Hour {
        hour,
        opened: known(&board.opened, hour),
        solved: known(&board.solved, hour),
        usual: usize::try_from(hour).ok().and_then(|at| board.usual.get(at)).copied(),
    };
    (first..=last.max(first + 1)).map(hour).collect()
}

pub(super) fn plot(board: &Board) -> Plot {
    let hours = hours_of(board);
    let steps = i64::try_from(hours.len().max(2) - 1).unwrap_or(1);
    let values = hours
        .iter()
        .flat_map(|hour| [hour.opened, hour.solved, hour.usual.map(|usual| usual.high)]);
    let half = half_of(values.flatten().max().unwrap_or(0));
    let y = |value: i64| HEIGHT - HEIGHT * value / (2 * half);
    let x = |at: usize| i64::try_from(at).unwrap_or(0) * WIDTH / steps;
    let point = |at: usize, value: i64| Point {
        x: percent(at, hours.len()),
        y: TOP + y(value),
    };
    let line = |of: fn(&Hour) -> Option<i64>| {
        let points = hours.iter().enumerate().filter_map(|(at, hour)| Some((at, of(hour)?)));
        let path = points
            .map(|(at, value)| format!("{} {}", x(at), y(value)))
            .collect::<Vec<_>>()
            .join("L");
        if path.is_empty() { path } else { format!("M{path}") }
    };
    let end = |of: fn(&Hour) -> Option<i64>| {
        let last = hours
            .iter()
            .enumerate()
            .rev()
            .find_map(|(at, hour)| Some((at, of(hour)?)));
        last.map_or(point(0, 0), |(at, value)| point(at, value))
    };
    let (opened_end, solved_end) = (end(|hour| hour.opened), end(|hour| hour.solved));
    let (opened_words, solved_words) = apart(opened_end.y, solved_end.y);
    let busiest = hours
        .iter()
        .enumerate()
        .filter_map(|(at, hour)| Some((at, hour.hour, hour.opened?)));
    let busiest = busiest.max_by_key(|(at, _, n)| (*n, std::cmp::Reverse(*at)));
    let ends_right = opened_end.x == "100.0%";
    Plot {
        opened: line(|hour| hour.opened),
        solved: line(|hour| hour.solved),
        usual: band(&hours, x, y),
        // Where the line ends its words say it.
        peak: busiest
            .filter(|(at, _, n)| *n > 1 && percent(*at, hours.len()) != opened_end.x)
            .map(|(at, hour, n)| (hour, n, point(at, n))),
        opened_end,
        solved_end,
        opened_words,
        solved_words,
        grid: [0, half, 2 * half].map(|value| (TOP + y(value), value)).into(),
        marks: (0..hours.len())
            .map(|at| (percent(at, hours.len()), hours[at].hour))
            .collect(),
        ends_right,
        hours,
    }
}

/// The middle half of the past weeks, as a surface.
fn band(hours: &[Hour], x: impl Fn(usize) -> i64, y: impl Fn(i64) -> i64) -> String {
    if hours.iter().any(|hour| hour.usual.is_none()) {
        return String::new();
    }
    let side = |of: fn(&Usual) -> i64| {
        let points = hours.iter().enumerate();
        let points = points.filter_map(|(at, hour)| Some(format!("{} {}", x(at), y(of(hour.usual.as_ref()?)))));
        points.collect::<Vec<_>>()
    };
    let (above, mut below) = (side(|usual| usual.high), side(|usual| usual.low));
    below.reverse();
    format!("M{}L{}Z", above.join("L"), below.join("L"))
}

/// Half of a round number that holds the highest value.
fn half_of(most: i64) -> i64 {
    let mut ten = 1;
    loop {
        if let Some(step) = [1, 2, 5].into_iter().find(|step| 2 * step * ten >= most) {
            return step * ten;
        }
        ten *= 10;
    }
}

fn percent(at: usize, of: usize) -> String {
    let tenths = at * 1000 / of.max(2).saturating_sub(1);
    format!("{}.{}%", tenths / 10, tenths % 10)
}

/// Words at two ends do not stand on each other, nor on the names below.
fn apart(opened: i64, solved: i64) -> (i64, i64) {
    let floor = TOP + HEIGHT - 6;
    let (opened, solved) = ((opened + 4).min(floor), (solved + 4).min(floor));
    match opened - solved {
        0..16 => (solved.min(floor - 16) + 16, solved.min(floor - 16)),
        -15..0 => (opened.min(floor - 16), opened.min(floor - 16) + 16),
        _ => (opened, solved),
    }
}

/// A line of eight days in a box of 64 by 24, and where it ends; nothing where there is less than two.
pub(super) fn spark(days: &[Option<i64>]) -> Option<(String, String, String)> {
    let known: Vec<(usize, i64)> = days
        .iter()
        .enumerate()
        .filter_map(|(at, n)| Some((at, (*n)?)))
        .collect();
    let (low, high) = (
        known.iter().map(|(_, n)| *n).min()?,
        known.iter().map(|(_, n)| *n).max()?,
    );
    if known.len() < 2 {
        return None;
    }
    let steps = i64::try_from(days.len().max(2) - 1).unwrap_or(1);
    let tenths = |n: i64| format!("{}.{}", n / 10, n % 10);
    let x = |at: usize| tenths(20 + i64::try_from(at).unwrap_or(0) * 580 / steps);
    let y = |n: i64| {
        tenths(if high == low {
            120
        } else {
            210 - (n - low) * 170 / (high - low)
        })
    };
    let path = known
        .iter()
        .map(|(at, n)| format!("{} {}", x(*at), y(*n)))
        .collect::<Vec<_>>()
        .join("L");
    let (at, n) = *known.last()?;
    Some((format!("M{path}"), x(at), y(n)))
}

/// One age as a bar: its class, its length in a hundred of the longest, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bar {
    pub aged: Aged,
    pub class: &'static str,
    pub percent: i64,
    pub y: i64,
}

pub(super) fn bars(ages: &[Aged]) -> Vec<Bar> {
    let most = ages.iter().map(|aged| aged.n).max().unwrap_or(0).max(1);
    let bar = |(at, aged): (i64, &Aged)| Bar {
        aged: *aged,
        class: match aged.from {
            31.. => "is-late",
            8.. => "is-soon",
            _ => "is-ok",
        },
        percent: (aged.n * 100 / most).max(0),
        y: at * 36 + 6,
    };
    (0..).zip(ages).map(bar).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trend_runs_from_edge_to_edge_within_its_box() {
        let (path, x, y) = spark(&[Some(4), None, Some(0), Some(2)]).unwrap();
        assert_eq!(path, "M2.0 4.0L40.6 21.0L60.0 12.5");
        assert_eq!((x.as_str(), y.as_str()), ("60.0", "12.5"));
        assert_eq!(spark(&[None, Some(3)]), None, "one day is no trend");
        assert!(spark(&[Some(3), Some(3)]).unwrap().0.ends_with("60.0 12.0"));
    }

    #[test]
    fn words_at_the_ends_do_not_cover_each_other() {
        for (opened, solved) in [(100, 100), (100, 105), (105, 100), (232, 232), (20, 200), (225, 232)] {
            let (a, b) = apart(opened, solved);
            assert!((a - b).abs() >= 16, "{opened} and {solved}: {a} and {b}");
            assert!(a.max(b) <= TOP + HEIGHT - 6, "{opened} and {solved}: {a} and {b}");
        }
    }

    #[test]
    fn the_longest_age_fills_its_row() {
        let of = |from, n| Aged { from, to: None, n };
        let found = bars(&[of(0, 4), of(8, 1), of(31, 0)]);
        assert_eq!(found.iter().map(|bar| bar.percent).collect::<Vec<_>>(), [100, 25, 0]);
        assert_eq!(
            found.iter().map(|bar| bar.class).collect::<Vec<_>>(),
            ["is-ok", "is-soon", "is-late"]
        );
    }
}
