//! Points packed into bytes, a quarter of their size, and the nearest of many of them. Every one is looked at: a hundred
//! thousand take some milliseconds, and nothing near is missed.

use std::collections::HashMap;

/// A point of length 1: each number as a whole number from -127 to 127, times `scale`.
#[derive(Clone, Debug, PartialEq)]
pub struct Packed {
    pub scale: f32,
    pub numbers: Vec<i8>,
}

impl Packed {
    pub fn new(point: &[f32]) -> Packed {
        let most = point.iter().fold(f32::MIN_POSITIVE, |most, n| most.max(n.abs()));
        let scale = most / 127.0;
        Packed {
            scale,
            numbers: point.iter().map(|n| (n / scale).round() as i8).collect(),
        }
    }

    /// From 1 (the same) to -1; 0 where they are of two models.
    pub fn near(&self, other: &Packed) -> f32 {
        if self.numbers.len() != other.numbers.len() {
            return 0.0;
        }
        product(&self.numbers, &other.numbers) as f32 * self.scale * other.scale
    }
}

fn product(one: &[i8], other: &[i8]) -> i32 {
    // No sum of 4,096 such products runs over.
    one.iter().zip(other).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum()
}

/// Points of one model by their numbers, each with what the owner wants to know of it.
#[derive(Clone, Debug, Default)]
pub struct Space<T> {
    dimension: usize,
    ids: Vec<i64>,
    scales: Vec<f32>,
    numbers: Vec<i8>,
    with: Vec<T>,
    places: HashMap<i64, usize>,
}

impl<T> Space<T> {
    pub fn new(dimension: usize) -> Space<T> {
        Space {
            dimension,
            ids: Vec::new(),
            scales: Vec::new(),
            numbers: Vec::new(),
            with: Vec::new(),
            places: HashMap::new(),
        }
    }

    pub fn len(&self) -> usize {
        self.ids.len()
    }

    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    pub fn ids(&self) -> impl Iterator<Item = i64> + '_ {
        self.ids.iter().copied()
    }

    /// Keeps a point instead of the one of the same number. One of another model is not kept.
    pub fn put(&mut self, id: i64, point: &Packed, with: T) {
        if point.numbers.len() != self.dimension {
            return;
        }
        match self.places.get(&id).copied() {
            Some(at) => {
                self.scales[at] = point.scale;
                self.with[at] = with;
                self.numbers[at * self.dimension..(at + 1) * self.dimension].copy_from_slice(&point.numbers);
            }
            None => {
                self.places.insert(id, self.ids.len());
                self.ids.push(id);
                self.scales.push(point.scale);
                self.with.push(with);
                self.numbers.extend_from_slice(&point.numbers);
            }
        }
    }

    pub fn remove(&mut self, id: i64) {
        let Some(at) = self.places.remove(&id) else { return };
        let last = self.ids.len() - 1;
        self.ids.swap_remove(at);
        self.scales.swap_remove(at);
        self.with.swap_remove(at);
        let dimension = self.dimension;
        self.numbers
            .copy_within(last * dimension..(last + 1) * dimension, at * dimension);
        self.numbers.truncate(last * dimension);
        if let Some(moved) = self.ids.get(at) {
            self.places.insert(*moved, at);
        }
    }

    pub fn with(&self, id: i64) -> Option<&T> {
        self.places.get(&id).map(|at| &self.with[*at])
    }

    pub fn point(&self, id: i64) -> Option<Packed> {
        let at = *self.places.get(&id)?;
        Some(Packed {
            scale: self.scales[at],
            numbers: self.at(at).to_vec(),
        })
    }

    fn at(&self, at: usize) -> &[i8] {
        &self.numbers[at * self.dimension..(at + 1) * self.dimension]
    }

    /// How near points usually are to this one: the mean and the standard deviation over at most 2,000 of them, evenly
    /// chosen. `None` of fewer than 50: so few say nothing of what is usual.
    pub fn usual(&self, to: &Packed) -> Option<(f32, f32)> {
        const MOST: usize = 2_000;
        const LEAST: usize = 50;
        if to.numbers.len() != self.dimension || self.len() < LEAST {
            return None;
        }
        let each = self.len().div_ceil(MOST);
        let near: Vec<f32> = (0..self.len()).step_by(each).map(|at| self.near(to, at)).collect();
        let count = near.len() as f32;
        let mean = near.iter().sum::<f32>() / count;
        let spread = near.iter().map(|one| (one - mean).powi(2)).sum::<f32>() / count;
        Some((mean, spread.sqrt()))
    }

    fn near(&self, to: &Packed, at: usize) -> f32 {
        product(&to.numbers, self.at(at)) as f32 * to.scale * self.scales[at]
    }

    /// The nearest of those that are `wanted`, best first, each with how near it is.
    pub fn nearest(&self, to: &Packed, most: usize, wanted: impl Fn(i64, &T) -> bool) -> Vec<(i64, f32)> {
        if to.numbers.len() != self.dimension {
            return Vec::new();
        }
        let all = (0..self.ids.len()).filter(|at| wanted(self.ids[*at], &self.with[*at]));
        let mut near: Vec<(i64, f32)> = all.map(|at| (self.ids[at], self.near(to, at))).collect();
        let order = |a: &(i64, f32), b: &(i64, f32)| b.1.total_cmp(&a.1).then(b.0.cmp(&a.0));
        if near.len() > most && most > 0 {
            near.select_nth_unstable_by(most - 1, order);
        }
        near.truncate(most);
        near.sort_unstable_by(order);
        near
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packed(point: &[f32]) -> Packed {
        let long = point.iter().map(|n| n * n).sum::<f32>().sqrt();
        Packed::new(&point.iter().map(|n| n / long).collect::<Vec<_>>())
    }

    #[test]
    fn the_nearest_come_first() {
        let mut space = Space::new(3);
        for (id, point) in [(1, [1.0, 0.0, 0.0]), (2, [1.0, 1.0, 0.0]), (3, [0.0, 0.0, 1.0])] {
            space.put(id, &packed(&point), id * 10);
        }
        let asked = packed(&[1.0, 0.2, 0.0]);
        let ids = |near: Vec<(i64, f32)>| near.into_iter().map(|n| n.0).collect::<Vec<_>>();
        assert_eq!(ids(space.nearest(&asked, 2, |_, _| true)), [1, 2]);
        assert_eq!(ids(space.nearest(&asked, 9, |_, with| *with != 10)), [2, 3]);
        assert!(space.nearest(&packed(&[1.0]), 9, |_, _| true).is_empty());
    }

    #[test]
    fn what_is_usual_needs_enough_points_and_tells_the_near_from_the_rest() {
        let mut space = Space::new(2);
        for id in 0..49 {
            space.put(id, &packed(&[0.1 + (id % 7) as f32, 1.0]), ());
        }
        let asked = packed(&[0.0, 1.0]);
        assert_eq!(space.usual(&asked), None);
        space.put(49, &asked, ());
        let (mean, spread) = space.usual(&asked).expect("enough");
        assert!(
            (0.2..0.9).contains(&mean) && (0.05..0.5).contains(&spread),
            "{mean} {spread}"
        );
        assert_eq!(space.usual(&packed(&[1.0])), None, "of another model");
    }

    proptest::proptest! {
        #[test]
        fn packing_loses_little(a in proptest::collection::vec(-1f32..1.0, 48), b in proptest::collection::vec(-1f32..1.0, 48)) {
            let long = |v: &[f32]| v.iter().map(|n| n * n).sum::<f32>().sqrt().max(1e-6);
            let exact = a.iter().zip(&b).map(|(a, b)| a * b).sum::<f32>() / long(&a) / long(&b);
            assert!((packed(&a).near(&packed(&b)) - exact).abs() < 0.02);
        }

        #[test]
        fn a_space_holds_what_was_put_last(turns in proptest::collection::vec((0i64..6, proptest::option::of(0u8..9)), 0..40)) {
            let mut space = Space::new(2);
            let mut held = std::collections::BTreeMap::new();
            for (id, put) in turns {
                match put {
                    Some(n) => {
                        space.put(id, &packed(&[1.0, f32::from(n)]), n);
                        held.insert(id, n);
                    }
                    None => {
                        space.remove(id);
                        held.remove(&id);
                    }
                }
            }
            assert_eq!(space.len(), held.len());
            for (id, n) in held {
                assert_eq!(space.with(id), Some(&n));
                assert_eq!(space.point(id), Some(packed(&[1.0, f32::from(n)])));
            }
        }
    }
}
