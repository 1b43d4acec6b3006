//! This program under callgrind, and the counts out of what callgrind wrote.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::COUNTED;
use crate::mark::{self, Marks};
use crate::verdict::Count;

/// Counted like the others and expected nowhere: three in ten done twice.
pub(crate) const CONTROL: &str = "control";

pub(crate) fn is_here() -> bool {
    let said = Command::new("valgrind").arg("--version").stdout(Stdio::null()).status();
    said.is_ok_and(|status| status.success())
}

/// What was counted, and the control apart.
pub(crate) fn run(folder: &Path) -> (Vec<Count>, Count) {
    let answers = folder.join("callgrind");
    let status = Command::new("valgrind")
        .args(["--tool=callgrind", "--quiet", "--dump-line=no", "--vgdb=no"])
        .arg(format!("--zero-before={}*", mark::BEGIN))
        .arg(format!("--dump-before={}*", mark::END))
        .arg(format!("--callgrind-out-file={}", answers.display()))
        .arg(std::env::current_exe().expect("this program"))
        .arg(COUNTED)
        .arg(folder)
        .status()
        .expect("valgrind starts");
    assert!(status.success(), "the counted program ended with {status}");
    let list = std::fs::read_to_string(Marks::list_in(folder)).expect("a list of what was counted");
    let mut counts: Vec<Count> = list
        .lines()
        .zip(1..)
        .map(|(line, n)| count(line, &answers.with_extension(n.to_string())))
        .collect();
    let at = counts.iter().position(|count| count.name == CONTROL);
    let control = counts.remove(at.expect("the control is counted"));
    (counts, control)
}

fn count(line: &str, answer: &Path) -> Count {
    let parts: Vec<&str> = line.splitn(3, '\t').collect();
    let [times, margin, name] = parts[..] else {
        panic!("{line:?} is no line of the list")
    };
    let text = std::fs::read_to_string(answer).unwrap_or_else(|fault| {
        panic!("callgrind did not write {answer:?} ({fault}): did it not see the marks by their names?")
    });
    let all: u64 = text
        .lines()
        .find_map(|line| line.strip_prefix("summary: ")?.trim().parse().ok())
        .expect("callgrind sums up");
    Count {
        name: name.to_string(),
        instructions: all / times.parse::<u64>().expect("a number"),
        margin: margin.parse().expect("a number"),
    }
}
