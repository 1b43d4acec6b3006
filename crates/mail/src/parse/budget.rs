//! What reading one letter may cost. Each step that copies says how much it will hold before it
//! does, and each walk says how far it went; over the bound the step is left out and the letter
//! says so. So the bound holds for every letter, and a test can read what was spent.

use crate::letter::{Defect, Excess, Letter};

/// Bytes held at once besides the original. The rest up to 64 MiB is for small things: lists of
/// parts, what the allocator rounds up.
const MOST_BYTES: usize = 56 * 1024 * 1024;
/// Bytes passed over, all walks together. One walk over the largest letter is 35 million.
const MOST_STEPS: u64 = 400_000_000;
/// Header fields of all parts together, and their bytes.
const FIELDS: usize = 20_000;
const FIELD_BYTES: usize = 4 * 1024 * 1024;
/// What a field takes besides its words.
const FIELD_WEIGHT: usize = 160;

/// What reading one letter has cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Spent {
    /// The most bytes held at once besides the original.
    pub bytes: usize,
    /// Bytes passed over.
    pub steps: u64,
}

impl Spent {
    pub const MOST_BYTES: usize = MOST_BYTES;
    /// The last walk is finished before the count is looked at.
    pub const MOST_STEPS: u64 = MOST_STEPS + 64 * 1024 * 1024;
}

/// The letter being read and what that has cost so far.
#[derive(Debug, Default)]
pub(super) struct Reading {
    pub letter: Letter,
    held: usize,
    spent: Spent,
    fields: usize,
    field_bytes: usize,
}

impl Reading {
    /// For another letter, read while this one is held: what is spent is spent together.
    pub(super) fn beside(&self) -> Reading {
        Reading {
            letter: Letter::default(),
            ..*self
        }
    }

    /// What reading the other letter cost.
    pub(super) fn account(&mut self, spent: Spent) {
        self.spent = spent;
    }

    pub(super) fn note(&mut self, defect: Defect) {
        self.letter.note(defect);
    }

    /// Asks for memory; `false` when there is not enough, and then nothing is held.
    pub(super) fn take(&mut self, bytes: usize) -> bool {
        if bytes > self.room() {
            return false;
        }
        self.held += bytes;
        self.spent.bytes = self.spent.bytes.max(self.held);
        true
    }

    /// Like `take`, and the letter says when there was not enough.
    pub(super) fn take_or_note(&mut self, bytes: usize) -> bool {
        let enough = self.take(bytes);
        if !enough {
            self.note(Defect::TooComplex(Excess::Contents));
        }
        enough
    }

    pub(super) fn give_back(&mut self, bytes: usize) {
        self.held = self.held.saturating_sub(bytes);
    }

    pub(super) fn room(&self) -> usize {
        MOST_BYTES - self.held
    }

    /// Says that so many bytes will be passed over; `false` when that would be too much.
    pub(super) fn walk(&mut self, bytes: usize) -> bool {
        if self.spent.steps >= MOST_STEPS {
            self.note(Defect::TooComplex(Excess::Work));
            return false;
        }
        self.spent.steps += bytes as u64;
        true
    }

    /// Asks for one more header field of so many bytes.
    pub(super) fn field(&mut self, bytes: usize) -> bool {
        let fits = self.fields < FIELDS && self.field_bytes + bytes <= FIELD_BYTES;
        // Names and values are read again and again, so their bytes count several times.
        if !fits || !self.take(bytes + FIELD_WEIGHT) {
            return false;
        }
        self.fields += 1;
        self.field_bytes += bytes;
        self.walk(4 * bytes)
    }

    pub(super) fn finish(self) -> (Letter, Spent) {
        (self.letter, self.spent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_over_the_bound_is_refused_and_not_held() {
        let mut reading = Reading::default();
        assert!(reading.take(MOST_BYTES));
        assert!(!reading.take_or_note(1));
        assert_eq!(reading.letter.defects, [Defect::TooComplex(Excess::Contents)]);
        reading.give_back(10);
        assert!(reading.take(10));
        assert_eq!(reading.finish().1.bytes, MOST_BYTES);
    }

    #[test]
    fn work_over_the_bound_ends() {
        let mut reading = Reading::default();
        while reading.walk(10_000_000) {}
        let (letter, spent) = reading.finish();
        assert_eq!(letter.defects, [Defect::TooComplex(Excess::Work)]);
        assert!(spent.steps <= Spent::MOST_STEPS);
    }
}
