//! Stopwatches: medians of wall time, processor time of a process, memory of a process.

use std::path::Path;
use std::time::{Duration, Instant};

/// What many runs of one thing took.
pub(crate) struct Times(Vec<Duration>);

impl Times {
    pub(crate) fn of(mut all: Vec<Duration>) -> Times {
        all.sort_unstable();
        Times(all)
    }

    /// The smallest time that this share of the runs stayed under.
    pub(crate) fn quantile(&self, share: f64) -> f64 {
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss
        )]
        let at = ((self.0.len() as f64) * share) as usize;
        self.0[at.min(self.0.len() - 1)].as_secs_f64() * 1e3
    }

    /// Milliseconds.
    pub(crate) fn median(&self) -> f64 {
        self.quantile(0.5)
    }
}

/// Runs it some times for warmth, then this often against the clock.
pub(crate) fn time<T>(runs: usize, mut body: impl FnMut(usize) -> T) -> Times {
    for n in 0..runs / 10 + 1 {
        std::hint::black_box(body(n));
    }
    let one = |n| {
        let begun = Instant::now();
        std::hint::black_box(body(n));
        begun.elapsed()
    };
    Times::of((0..runs).map(one).collect())
}

/// Processor time of all threads of this process that still live, in milliseconds.
pub(crate) fn processor_ms() -> f64 {
    let tasks = std::fs::read_dir("/proc/self/task").expect("Linux");
    let spent = |task: std::fs::DirEntry| {
        let text = std::fs::read_to_string(task.path().join("schedstat")).unwrap_or_default();
        text.split(' ').next().and_then(|n| n.parse::<u64>().ok()).unwrap_or(0)
    };
    #[expect(clippy::cast_precision_loss)]
    let all = tasks.flatten().map(spent).sum::<u64>() as f64;
    all / 1e6
}

/// Processor time of all threads of another process, also of those that ended, in milliseconds.
pub(crate) fn processor_of(pid: u32) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).expect("it lives");
    let (_, after_name) = stat.rsplit_once(')').expect("the name stands in brackets");
    let ticks = |at: usize| after_name.split_whitespace().nth(at)?.parse::<f64>().ok();
    // A tick is a hundredth of a second for every program on Linux.
    (ticks(11).expect("utime") + ticks(12).expect("stime")) * 10.0
}

/// A line of `/proc/PID/status`, in MiB.
pub(crate) fn memory_mib(pid: u32, line: &str) -> f64 {
    let text = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let found = text
        .lines()
        .find_map(|l| l.strip_prefix(line)?.strip_prefix(':')?.trim().strip_suffix(" kB"));
    found.and_then(|kb| kb.trim().parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}

/// Bytes of a file, or of everything in a folder.
pub(crate) fn bytes_of(path: &Path) -> u64 {
    match std::fs::read_dir(path) {
        Ok(entries) => entries.flatten().map(|entry| bytes_of(&entry.path())).sum(),
        Err(_) => std::fs::metadata(path).map_or(0, |meta| meta.len()),
    }
}
