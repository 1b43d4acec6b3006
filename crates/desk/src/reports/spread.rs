//! Lengths of time as a small histogram with fixed bounds, so that sums of days, teams or channels still know their
//! median. Pure.

/// Upper bounds in working minutes, each with its own minute; what is longer falls into one last bucket. Nine hours are a
/// working day of the usual calendar.
pub const BOUNDS: [i64; 20] = [
    5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 360, 540, 720, 1080, 1620, 2700, 5400, 10_800, 21_600,
];
const BUCKETS: usize = BOUNDS.len() + 1;

/// The bucket of a length, as it is kept.
pub fn bucket_of(minutes: i64) -> i64 {
    let at = BOUNDS.iter().position(|most| minutes <= *most).unwrap_or(BOUNDS.len());
    i64::try_from(at).unwrap_or(0)
}

/// How many fell into each bucket.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spread([i64; BUCKETS]);

impl Spread {
    /// A bucket that is none (a row of a later version) counts with the longest.
    pub fn add(&mut self, bucket: i64, n: i64) {
        let at = usize::try_from(bucket).map_or(BUCKETS - 1, |at| at.min(BUCKETS - 1));
        self.0[at] += n;
    }

    pub fn join(&mut self, other: &Spread) {
        for (mine, more) in self.0.iter_mut().zip(other.0) {
            *mine += more;
        }
    }

    pub fn total(&self) -> i64 {
        self.0.iter().sum()
    }

    /// The length within which so many in a hundred lie, to the width of its bucket: between the bounds it is taken to
    /// grow evenly. Beyond the last bound it is that bound. `None` when there is nothing.
    pub fn within(&self, percent: i64) -> Option<i64> {
        let total = self.total();
        if total <= 0 {
            return None;
        }
        let rank = (total * percent + 99) / 100;
        let (mut before, mut low) = (0, 0);
        for (at, n) in self.0.iter().copied().enumerate() {
            let Some(high) = BOUNDS.get(at).copied() else { break };
            if n > 0 && before + n >= rank {
                return Some(low + (high - low) * (rank - before) / n);
            }
            (before, low) = (before + n, high);
        }
        BOUNDS.last().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(lengths: &[i64]) -> Spread {
        let mut spread = Spread::default();
        for minutes in lengths {
            spread.add(bucket_of(*minutes), 1);
        }
        spread
    }

    #[test]
    fn a_length_falls_into_the_first_bucket_that_holds_it() {
        for (minutes, bucket) in [
            (0, 0),
            (5, 0),
            (6, 1),
            (60, 6),
            (61, 7),
            (540, 12),
            (21_600, 19),
            (21_601, 20),
        ] {
            assert_eq!(bucket_of(minutes), bucket, "{minutes}");
        }
    }

    #[test]
    fn bounds_grow() {
        assert!(BOUNDS.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn a_median_lies_within_the_bucket_of_the_true_one() {
        for lengths in [
            vec![3],
            vec![1, 2, 100],
            vec![7, 8, 9, 1000, 2000],
            (1..400).collect::<Vec<i64>>(),
            vec![59, 60, 61, 62],
        ] {
            let mut sorted = lengths.clone();
            sorted.sort_unstable();
            for percent in [50, 90] {
                let true_one = sorted[(sorted.len() * percent).div_ceil(100) - 1];
                let found = of(&lengths).within(i64::try_from(percent).unwrap()).unwrap();
                assert_eq!(
                    bucket_of(found.max(1)),
                    bucket_of(true_one),
                    "{percent} of {lengths:?}: {found}"
                );
            }
        }
    }

    #[test]
    fn nothing_has_no_median_and_what_is_beyond_the_last_bound_has_that_bound() {
        assert_eq!(Spread::default().within(50), None);
        assert_eq!(of(&[90_000]).within(50), Some(21_600));
    }

    #[test]
    fn two_joined_are_as_if_they_had_been_one() {
        let (mut a, b) = (of(&[1, 50, 600]), of(&[70, 70, 9000]));
        a.join(&b);
        assert_eq!(a, of(&[1, 50, 600, 70, 70, 9000]));
        assert_eq!(a.total(), 6);
    }
}
