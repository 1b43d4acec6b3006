//! Where counting begins and ends. Callgrind knows the two functions by name: it forgets what it counted when the first
//! is entered, and writes it down when the second is. All threads count.

use std::fs::File;
use std::hint::black_box;
use std::io::Write;
use std::path::{Path, PathBuf};

/// By name, as callgrind sees them.
pub(crate) const BEGIN: &str = "instructions::mark::begin";
pub(crate) const END: &str = "instructions::mark::end";

/// Once to fill every cache, and once more to see them filled.
const WARM: usize = 2;

/// How far a count may rise above what was expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Margin {
    /// Percent, for what one thread does alone: only the seeds of hash maps differ.
    Alone = 10,
    /// Percent, for what is handed from thread to thread: who waits for whom differs too.
    Threads = 25,
}

/// The list of what was counted, in order: callgrind numbers its answers and knows no names.
pub(crate) struct Marks(File);

impl Marks {
    pub(crate) fn list_in(folder: &Path) -> PathBuf {
        folder.join("counted")
    }

    pub(crate) fn in_folder(folder: &Path) -> Marks {
        Marks(File::create(Marks::list_in(folder)).expect("a list"))
    }

    pub(crate) fn alone<T>(&mut self, name: &str, times: usize, work: impl FnMut(usize) -> T) {
        self.count(name, Margin::Alone, times, work);
    }

    pub(crate) fn across_threads<T>(&mut self, name: &str, times: usize, work: impl FnMut(usize) -> T) {
        self.count(name, Margin::Threads, times, work);
    }

    fn count<T>(&mut self, name: &str, margin: Margin, times: usize, mut work: impl FnMut(usize) -> T) {
        for n in 0..WARM {
            black_box(work(n));
        }
        begin();
        for n in WARM..WARM + times {
            black_box(work(n));
        }
        end();
        writeln!(self.0, "{times}\t{}\t{name}", margin as u8).expect("a line");
    }
}

// The two must differ, or the compiler makes them one.
#[inline(never)]
fn begin() {
    black_box("counting begins");
}

#[inline(never)]
fn end() {
    black_box("counting has ended");
}
