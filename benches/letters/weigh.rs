//! The scales: processor time of this thread, and the most bytes held meanwhile.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

use crate::MEMORY;
use crate::worst::LARGEST;

/// Besides the letter itself.
pub(crate) const MOST_MIB: f64 = 64.0;
/// Milliseconds.
pub(crate) const LONGEST: f64 = 2_000.0;

/// What one piece of work took.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cost {
    /// Milliseconds of the processor.
    pub(crate) took: f64,
    pub(crate) held_mib: f64,
}

impl Cost {
    /// The worse of each.
    pub(crate) fn or(self, other: Cost) -> Cost {
        Cost {
            took: self.took.max(other.took),
            held_mib: self.held_mib.max(other.held_mib),
        }
    }
}

pub(crate) const NOTHING: Cost = Cost {
    took: 0.0,
    held_mib: 0.0,
};

pub(crate) fn cost<T>(work: impl FnOnce() -> T) -> Cost {
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let begun = processor();
    std::hint::black_box(work());
    let took = (processor() - begun).as_secs_f64() * 1e3;
    #[expect(clippy::cast_precision_loss)]
    let held_mib = MEMORY.peak_usage().saturating_sub(before) as f64 / 1024.0 / 1024.0;
    Cost { took, held_mib }
}

fn processor() -> Duration {
    let now = clock_gettime(ClockId::ThreadCPUTime);
    let nanos = u32::try_from(now.tv_nsec).expect("less than a second");
    Duration::new(u64::try_from(now.tv_sec).expect("never set back"), nanos)
}

/// The control: a reader that kept two copies of a large letter, or that went on for two seconds, would be found out;
/// and one that only waits takes nothing.
pub(crate) fn must_notice() {
    let giant = vec![b'x'; LARGEST];
    let greedy = cost(|| (giant.clone(), giant.clone()));
    assert!(greedy.held_mib > MOST_MIB, "{greedy:?}");
    let slow = cost(|| {
        let end = processor() + Duration::from_secs(2);
        while processor() <= end {
            std::hint::black_box(giant.iter().step_by(4_096).count());
        }
    });
    assert!(slow.took >= LONGEST && slow.held_mib < 1.0, "{slow:?}");
    let waits = cost(|| std::thread::park_timeout(Duration::from_millis(200)));
    assert!(waits.took < 100.0, "{waits:?}");
}
