//! The table of figures, and what of it is held against what.

use std::fmt::Write as _;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    Smoke,
    Full,
    Million,
}

impl Mode {
    pub(crate) fn from_environment() -> Mode {
        match std::env::var("FIRSTLINE_BENCH").as_deref() {
            Ok("full") => Mode::Full,
            Ok("million") => Mode::Million,
            Ok("smoke") | Err(_) => Mode::Smoke,
            Ok(other) => panic!("FIRSTLINE_BENCH is {other:?}; it must be smoke, full or million"),
        }
    }

    pub(crate) fn sizes(self) -> &'static [usize] {
        match self {
            Mode::Smoke => &[5_000],
            Mode::Full => &[100_000],
            Mode::Million => &[10_000, 1_000_000],
        }
    }
}

/// What becomes of a missed budget.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Held {
    /// It is told in `full`: what one machine does in one hour is no promise.
    Told,
    /// It fails `full`.
    InFull,
    /// It fails at any size: a busy machine does not move it.
    Always,
}

/// Which way is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Good {
    Small,
    Large,
}

#[derive(Clone, Debug)]
pub(crate) struct Figure {
    pub(crate) name: &'static str,
    pub(crate) unit: &'static str,
    pub(crate) value: f64,
    pub(crate) good: Good,
    /// What was promised at 100,000 tickets.
    pub(crate) budget: Option<f64>,
    pub(crate) held: Held,
    /// The same rows without us.
    pub(crate) floor: Option<f64>,
    /// How far from the floor is still no accident, at any size and on any machine.
    pub(crate) shape: Option<f64>,
    /// Held, at a million, against ten thousand.
    pub(crate) grows: bool,
}

impl Figure {
    pub(crate) fn new(name: &'static str, unit: &'static str, value: f64) -> Figure {
        Figure {
            name,
            unit,
            value,
            good: Good::Small,
            budget: None,
            held: Held::Told,
            floor: None,
            shape: None,
            grows: false,
        }
    }

    pub(crate) fn large(mut self) -> Figure {
        self.good = Good::Large;
        self
    }

    pub(crate) fn budget(mut self, budget: f64) -> Figure {
        self.budget = Some(budget);
        self
    }

    pub(crate) fn held(mut self, held: Held) -> Figure {
        self.held = held;
        self
    }

    pub(crate) fn floor(mut self, floor: f64, shape: f64) -> Figure {
        (self.floor, self.shape) = (Some(floor), Some(shape));
        self
    }

    pub(crate) fn grows(mut self) -> Figure {
        self.grows = true;
        self
    }

    /// How many times worse than the floor.
    fn ratio(&self) -> Option<f64> {
        let floor = self.floor?;
        Some(if self.good == Good::Small {
            self.value / floor
        } else {
            floor / self.value
        })
    }

    fn within_budget(&self) -> bool {
        self.budget.is_none_or(|budget| match self.good {
            Good::Small => self.value <= budget,
            Good::Large => self.value >= budget,
        })
    }
}

#[derive(Debug, Default)]
pub(crate) struct Figures(Vec<Figure>);

impl Figures {
    pub(crate) fn add(&mut self, figure: Figure) {
        println!("  {}: {} {}", figure.name, number(figure.value), figure.unit);
        self.0.push(figure);
    }

    pub(crate) fn table(&self) -> String {
        let mut text =
            String::from("| figure | value | budget | floor | times the floor |\n| --- | --- | --- | --- | --- |\n");
        for f in &self.0 {
            let shown = |value: Option<f64>| value.map_or(String::new(), |v| format!("{} {}", number(v), f.unit));
            let bound = if f.good == Good::Small { "≤" } else { "≥" };
            let budget = f
                .budget
                .map_or(String::new(), |_| format!("{bound} {}", shown(f.budget)));
            let missed = if f.within_budget() { "" } else { " **missed**" };
            let ratio = f.ratio().map_or(String::new(), |r| format!("{r:.1}"));
            let line = (f.name, shown(Some(f.value)), budget, shown(f.floor), ratio);
            let _ = writeln!(
                text,
                "| {} | {}{missed} | {} | {} | {} |",
                line.0, line.1, line.2, line.3, line.4
            );
        }
        text
    }

    fn find(&self, name: &str) -> Option<&Figure> {
        self.0.iter().find(|figure| figure.name == name)
    }
}

fn number(value: f64) -> String {
    match value {
        v if v >= 100.0 => format!("{v:.0}"),
        v if v >= 10.0 => format!("{v:.1}"),
        v => format!("{v:.2}"),
    }
}

/// Something that is not as it should be.
#[derive(Debug)]
pub(crate) struct Wrong {
    pub(crate) line: String,
    /// Else it is only told.
    pub(crate) fails: bool,
}

/// Says what is wrong, and stops where any of it fails this mode.
pub(crate) fn judge(mode: Mode, runs: &[Figures]) {
    must_notice();
    let wrong = wrong(mode, runs);
    for one in &wrong {
        println!("MISSED{}: {}", if one.fails { "" } else { ", told only" }, one.line);
    }
    assert!(
        wrong.iter().all(|one| !one.fails),
        "a promise is broken, or a ratio is out of all shape"
    );
}

/// Everything that is not as it should be, for this mode.
fn wrong(mode: Mode, runs: &[Figures]) -> Vec<Wrong> {
    let mut wrong = Vec::new();
    for figure in runs.iter().flat_map(|run| &run.0) {
        let (name, held) = (figure.name, figure.held);
        if let (Some(ratio), Some(shape)) = (figure.ratio(), figure.shape)
            && (ratio.is_nan() || ratio > shape)
        {
            wrong.push(Wrong {
                line: format!("{name}: {ratio:.1} times its floor, more than {shape}"),
                fails: mode == Mode::Smoke || held != Held::Told,
            });
        }
        if (mode == Mode::Full || held == Held::Always) && !figure.within_budget() {
            wrong.push(Wrong {
                line: format!(
                    "{name}: {} {} is not within its budget",
                    number(figure.value),
                    figure.unit
                ),
                fails: held != Held::Told,
            });
        }
    }
    if let (Mode::Million, [small, large]) = (mode, runs) {
        wrong.extend(grown(small, large));
    }
    wrong
}

fn grown(small: &Figures, large: &Figures) -> Vec<Wrong> {
    let of = |figure: &Figure| {
        let before = small.find(figure.name).map_or(0.0, |f| f.value);
        (figure.value > before * 1.5).then(|| Wrong {
            line: format!(
                "{}: {} and, at ten thousand, {before:.2}",
                figure.name,
                number(figure.value)
            ),
            fails: false,
        })
    };
    large.0.iter().filter(|figure| figure.grows).filter_map(of).collect()
}

/// The control: what is too slow, too large or out of shape is found in the modes it is held in, and only there.
fn must_notice() {
    let of = |figure: Figure| [Figures(vec![figure])];
    let fails = |mode, runs: &[Figures]| wrong(mode, runs).iter().any(|one| one.fails);
    for (held, failing) in [
        (Held::Told, [false, false, false]),
        (Held::InFull, [false, true, false]),
        (Held::Always, [true, true, true]),
    ] {
        let missed = |good| {
            let slow = Figure::new("the control", "", if good == Good::Small { 2.1 } else { 1.9 });
            let slow = Figure {
                good,
                ..slow.budget(2.0).held(held)
            };
            [Mode::Smoke, Mode::Full, Mode::Million].map(|mode| fails(mode, &of(slow.clone())))
        };
        assert_eq!([missed(Good::Small), missed(Good::Large)], [failing; 2], "{held:?}");
    }
    let ratio = |value: f64| of(Figure::new("the control", "", value).floor(1.0, 3.0));
    assert!(fails(Mode::Smoke, &ratio(3.1)) && !fails(Mode::Smoke, &ratio(2.9)));
    assert!(fails(Mode::Smoke, &ratio(f64::NAN)), "a figure that is none");
}
