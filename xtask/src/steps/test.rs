//! Every unit and integration test, on both engines. The long suites have steps of their own.

use super::{Depth, Step};
use crate::place::Place;
use crate::shell;

pub const STEP: Step = Step {
    name: "test",
    first: false,
    present: |_| true,
    run,
};

fn run(place: &Place, depth: Depth) -> anyhow::Result<()> {
    if std::env::var_os("FIRSTLINE_TEST_DATA").is_none() {
        println!("FIRSTLINE_TEST_DATA is not set: the tests over real letters and tickets will say SKIPPED.");
    }
    let mut command = shell::cargo(place.root());
    command.args(["nextest", "run", "--workspace", "--locked", "--no-fail-fast"]);
    let own_steps = [
        (super::chaos::present(place), "binary(chaos)"),
        (super::fuzz::present(place), "package(fuzz)"),
    ];
    let left: Vec<_> = own_steps
        .iter()
        .filter(|(here, _)| *here)
        .map(|(_, tests)| *tests)
        .collect();
    if !left.is_empty() {
        command.args(["-E", &format!("not ({})", left.join(" | "))]);
    }
    let model = place.model();
    if std::env::var_os("FIRSTLINE_TEST_MODEL").is_none() && model.is_dir() {
        command.env("FIRSTLINE_TEST_MODEL", model);
    }
    depth.set_sizes(&mut command);
    shell::run(&mut command)
}
