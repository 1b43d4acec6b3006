//! The checks, in order, one file a step. Each step says when it has something to check; `run`
//! times it, goes on after a failure, and prints the minutes at the end.
//!
//! A step must fail loudly when it cannot do its work: a check that skips itself proves nothing.

mod api;
mod bench;
mod browser;
mod build;
mod chaos;
mod clippy;
mod deny;
mod fmt;
mod fuzz;
mod setup;
mod test;
mod tidy;

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::place::Place;

/// How far the sampled checks go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Every change: a seeded sample of everything, under an hour in all.
    Check,
    /// Before a release: the full figures.
    Assure,
}

impl Depth {
    /// The sizes the suites read from their environment.
    fn sizes(self) -> [(&'static str, &'static str); 9] {
        match self {
            Self::Check => [
                ("FIRSTLINE_POWER_CUTS", "10"),
                ("FIRSTLINE_KILLS", "50"),
                ("FIRSTLINE_VECTORS", "200"),
                ("FIRSTLINE_API_EXAMPLES", "20"),
                ("FIRSTLINE_PROPTEST_CASES", "64"),
                ("PROPTEST_CASES", "64"),
                ("FIRSTLINE_CLOCK_CASES", "400"),
                ("FIRSTLINE_FUZZ_SECONDS", "8"),
                ("FIRSTLINE_BENCH", "smoke"),
            ],
            Self::Assure => [
                ("FIRSTLINE_POWER_CUTS", "100"),
                ("FIRSTLINE_KILLS", "500"),
                ("FIRSTLINE_VECTORS", "all"),
                ("FIRSTLINE_API_EXAMPLES", "500"),
                ("FIRSTLINE_PROPTEST_CASES", "100000"),
                ("PROPTEST_CASES", "10000"),
                ("FIRSTLINE_CLOCK_CASES", "1000000"),
                ("FIRSTLINE_FUZZ_SECONDS", "7200"),
                ("FIRSTLINE_BENCH", "full"),
            ],
        }
    }

    /// Gives a program the sizes, unless the caller's environment names its own.
    fn set_sizes(self, command: &mut Command) {
        // What a test lacks is a failure here: `setup` has run.
        command.env("FIRSTLINE_TEST_REQUIRE", "1");
        for (name, value) in self.sizes() {
            if std::env::var_os(name).is_none() {
                command.env(name, value);
            }
        }
    }
}

/// Do the API tests need their tool?
pub fn need_schemathesis(place: &Place) -> bool {
    api::present(place)
}

/// Builds the program and keeps pictures of its pages in `folder`.
pub fn pictures(place: &Place, folder: &Path) -> Result<()> {
    (build::STEP.run)(place, Depth::Check)?;
    browser::pictures(place, folder)
}

/// One check.
struct Step {
    name: &'static str,
    /// Stop at once when it fails: the rest would only repeat the news.
    first: bool,
    present: fn(&Place) -> bool,
    run: fn(&Place, Depth) -> Result<()>,
}

const STEPS: [Step; 12] = [
    setup::STEP,
    fmt::STEP,
    tidy::STEP,
    clippy::STEP,
    deny::STEP,
    test::STEP,
    build::STEP,
    browser::STEP,
    api::STEP,
    chaos::STEP,
    fuzz::STEP,
    bench::STEP,
];

/// Which steps to run.
#[derive(Debug, Default, clap::Args)]
pub struct Choice {
    /// Run these steps alone
    #[arg(long, value_delimiter = ',', value_name = "STEP,..")]
    only: Vec<String>,
    /// Leave these steps out
    #[arg(long, value_delimiter = ',', value_name = "STEP,..")]
    skip: Vec<String>,
}

impl Choice {
    fn picks(&self, name: &str) -> bool {
        let named = |list: &[String]| list.iter().any(|item| item == name);
        (self.only.is_empty() || named(&self.only)) && !named(&self.skip)
    }

    /// A misspelt step would quietly check nothing.
    fn refuse_unknown(&self, steps: &[Step]) -> Result<()> {
        let unknown = self
            .only
            .iter()
            .chain(&self.skip)
            .find(|name| steps.iter().all(|step| step.name != *name));
        if let Some(name) = unknown {
            let names: Vec<_> = steps.iter().map(|step| step.name).collect();
            bail!("there is no step `{name}`; the steps are {}", names.join(", "));
        }
        Ok(())
    }
}

struct Done {
    name: &'static str,
    took: Duration,
    fault: Option<String>,
}

/// Runs the chosen steps in order; fails at the end if one failed.
pub fn run(place: &Place, depth: Depth, choice: &Choice) -> Result<()> {
    let done = walk(&STEPS, place, depth, choice)?;
    println!("\n{}", table(&done));
    let failed: Vec<_> = done
        .iter()
        .filter(|step| step.fault.is_some())
        .map(|step| step.name)
        .collect();
    if !failed.is_empty() {
        bail!("{} of {} steps failed: {}", failed.len(), done.len(), failed.join(", "));
    }
    Ok(())
}

fn walk(steps: &[Step], place: &Place, depth: Depth, choice: &Choice) -> Result<Vec<Done>> {
    choice.refuse_unknown(steps)?;
    let mut done = Vec::new();
    for step in steps
        .iter()
        .filter(|step| choice.picks(step.name) && (step.present)(place))
    {
        println!("\n=== {} ===", step.name);
        let start = Instant::now();
        let fault = (step.run)(place, depth).err().map(|fault| format!("{fault:#}"));
        if let Some(fault) = &fault {
            println!("\n{}: {fault}", step.name);
        }
        let stop = step.first && fault.is_some();
        done.push(Done {
            name: step.name,
            took: start.elapsed(),
            fault,
        });
        if stop {
            break;
        }
    }
    Ok(done)
}

fn table(done: &[Done]) -> String {
    let row =
        |name: &str, took: Duration, word: &str| format!("{name:<10} {:>7.2} min  {word}", took.as_secs_f64() / 60.0);
    let mut rows: Vec<_> = done
        .iter()
        .map(|step| row(step.name, step.took, if step.fault.is_some() { "FAILED" } else { "ok" }))
        .collect();
    rows.push(row("in all", done.iter().map(|step| step.took).sum(), ""));
    rows.extend(
        done.iter()
            .filter_map(|step| Some(format!("\n{}: {}", step.name, step.fault.as_ref()?))),
    );
    rows.join("\n")
}

#[cfg(test)]
mod tests {
    use anyhow::anyhow;

    use super::*;

    const GOOD: Step = Step {
        name: "good",
        first: false,
        present: |_| true,
        run: |_, _| Ok(()),
    };
    const BAD: Step = Step {
        name: "bad",
        first: false,
        present: |_| true,
        run: |_, _| Err(anyhow!("the reason")),
    };
    const GATE: Step = Step {
        name: "gate",
        first: true,
        present: |_| true,
        run: |_, _| Err(anyhow!("closed")),
    };
    const ABSENT: Step = Step {
        name: "absent",
        first: false,
        present: |_| false,
        run: |_, _| Err(anyhow!("ran")),
    };

    fn names(steps: &[Step], choice: &Choice) -> Vec<&'static str> {
        let place = Place::find().unwrap();
        walk(steps, &place, Depth::Check, choice)
            .unwrap()
            .iter()
            .map(|step| step.name)
            .collect()
    }

    #[test]
    fn a_failure_does_not_hide_the_steps_after_it() {
        assert_eq!(names(&[BAD, GOOD], &Choice::default()), ["bad", "good"]);
    }

    #[test]
    fn a_gate_that_fails_ends_the_run() {
        assert_eq!(names(&[GATE, GOOD], &Choice::default()), ["gate"]);
    }

    #[test]
    fn a_step_without_work_is_not_listed() {
        assert_eq!(names(&[ABSENT, GOOD], &Choice::default()), ["good"]);
    }

    #[test]
    fn only_and_skip_choose() {
        let only = Choice {
            only: vec!["bad".into()],
            skip: vec![],
        };
        let skip = Choice {
            only: vec![],
            skip: vec!["bad".into()],
        };
        assert_eq!(
            (names(&[BAD, GOOD], &only), names(&[BAD, GOOD], &skip)),
            (vec!["bad"], vec!["good"])
        );
    }

    #[test]
    fn a_misspelt_step_is_refused() {
        let choice = Choice {
            only: vec!["godo".into()],
            skip: vec![],
        };
        let fault = walk(&[GOOD], &Place::find().unwrap(), Depth::Check, &choice)
            .map(|_| ())
            .unwrap_err();
        assert!(fault.to_string().contains("the steps are good"), "{fault}");
    }

    #[test]
    fn the_table_shows_minutes_and_reasons() {
        let done = walk(&[GOOD, BAD], &Place::find().unwrap(), Depth::Check, &Choice::default()).unwrap();
        let text = table(&done);
        assert!(
            text.contains("min  ok") && text.contains("FAILED") && text.contains("bad: the reason"),
            "{text}"
        );
    }
}
