//! What was counted beside what was expected, and the control that shows this comparison can fail.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::rules::READING;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/instructions/expected.toml");

pub(crate) const WHAT_TO_DO: &str = "\
What to do: find the cause (`callgrind_annotate`, or count before and after the change). If the work is worth its \
price, run `cargo bench --bench instructions -- --bless`, commit benches/instructions/expected.toml with the change, \
and say the reason in the commit. A new compiler moves every count a little: bless it alone.";

const HEAD: &str = "\
# Instructions of doing each thing once, x86-64, release build. Written by
# `cargo bench --bench instructions -- --bless`; a rise needs its reason in the commit.

";

#[derive(Clone, Debug)]
pub(crate) struct Count {
    pub(crate) name: String,
    pub(crate) instructions: u64,
    /// Percent.
    pub(crate) margin: u64,
}

/// In the order of the file.
#[derive(Clone, Debug)]
pub(crate) struct Expected(BTreeMap<String, u64>);

impl Expected {
    pub(crate) fn of(counts: &[Count]) -> Expected {
        Expected(counts.iter().map(|c| (c.name.clone(), c.instructions)).collect())
    }

    pub(crate) fn read() -> Expected {
        let text = std::fs::read_to_string(FILE).unwrap_or_else(|fault| panic!("{FILE}: {fault}"));
        Expected(toml::from_str(&text).unwrap_or_else(|fault| panic!("{FILE}: {fault}")))
    }

    pub(crate) fn write(&self) {
        let mut text = HEAD.to_string();
        for (name, instructions) in &self.0 {
            writeln!(text, "{name:?} = {instructions}").expect("a string grows");
            println!("  {name}: {}", grouped(*instructions));
        }
        std::fs::write(FILE, text).unwrap_or_else(|fault| panic!("{FILE}: {fault}"));
        println!("expected from now on: {FILE}");
    }
}

pub(crate) fn table(counts: &[Count], expected: &Expected) -> String {
    let mut text = String::from("| once | instructions | expected | may rise by |\n| --- | --- | --- | --- |\n");
    for c in counts {
        let before = expected.0.get(&c.name).map_or("-".to_string(), |n| grouped(*n));
        let now = grouped(c.instructions);
        writeln!(text, "| {} | {now} | {before} | {} % |", c.name, c.margin).expect("a string grows");
    }
    text
}

/// Everything that is not as it was expected, in words.
pub(crate) fn faults(counts: &[Count], expected: &Expected) -> Vec<String> {
    let mut faults: Vec<String> = counts.iter().filter_map(|count| fault(count, expected)).collect();
    let gone = expected
        .0
        .keys()
        .filter(|name| counts.iter().all(|count| count.name != **name));
    faults.extend(gone.map(|name| format!("{name}: expected and not counted")));
    faults
}

fn fault(count: &Count, expected: &Expected) -> Option<String> {
    let (name, now) = (&count.name, count.instructions);
    let Some(&before) = expected.0.get(name) else {
        return Some(format!("{name}: counted ({}) and not expected", grouped(now)));
    };
    let change = || format!("{name}: {} instructions, expected {}", grouped(now), grouped(before));
    if now * 100 > before * (100 + count.margin) {
        return Some(format!("{}: more than {} % above", change(), count.margin));
    }
    // A great gain is to be kept; work that is no longer done looks the same.
    (now * 2 < before).then(|| format!("{}: less than half", change()))
}

/// The controls: a third more work counted for real, and planted counts. Where they pass, this bench notices nothing.
pub(crate) fn must_notice(counts: &[Count], control: &Count, expected: &Expected) {
    let as_reading = Count {
        name: READING.to_string(),
        ..control.clone()
    };
    let known = Expected::of(counts);
    assert!(fault(&as_reading, &known).is_some(), "a third more work went unnoticed");
    for count in counts {
        let times = |percent: u64| Count {
            instructions: count.instructions * percent / 100,
            ..count.clone()
        };
        let noticed = |percent| fault(&times(percent), &known).is_some();
        assert!(noticed(130) && noticed(49), "{}: a change went unnoticed", count.name);
        assert!(!noticed(105) && !noticed(60), "{}: an allowed change", count.name);
    }
    let fewer = faults(&counts[1..], &known);
    assert_eq!(fewer.len(), 1, "what is no longer counted went unnoticed");
    let unheard_of = Count {
        name: "unheard of".to_string(),
        ..control.clone()
    };
    assert!(
        fault(&unheard_of, expected).is_some(),
        "what nobody expects went unnoticed"
    );
}

/// 1234567 as 1,234,567.
fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
