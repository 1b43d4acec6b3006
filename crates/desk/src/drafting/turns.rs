//! Who waits for a draft now: one at a time a person, and few together. In memory and of this node alone; whoever goes
//! away makes room.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::error::{Error, Result};
use crate::ids::PersonId;

/// Together.
const MOST: usize = 16;

#[derive(Clone, Debug, Default)]
pub(crate) struct Turns(Arc<Mutex<BTreeSet<PersonId>>>);

/// Ends when it is let go.
#[derive(Debug)]
pub(super) struct Turn {
    turns: Turns,
    person: PersonId,
}

impl Turns {
    fn waiting(&self) -> MutexGuard<'_, BTreeSet<PersonId>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn begin(&self, person: PersonId) -> Result<Turn> {
        let mut waiting = self.waiting();
        if waiting.contains(&person) {
            return Err(Error::Conflict("conflict-drafting-busy"));
        }
        if waiting.len() >= MOST {
            return Err(Error::Busy);
        }
        waiting.insert(person);
        let turns = self.clone();
        Ok(Turn { turns, person })
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.turns.waiting().remove(&self.person);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_at_a_time_a_person_and_few_together() {
        let turns = Turns::default();
        let first = turns.begin(PersonId(1)).unwrap();
        assert_eq!(
            turns.begin(PersonId(1)).unwrap_err(),
            Error::Conflict("conflict-drafting-busy")
        );
        drop(first);
        let all: Vec<Turn> = (1..=16).map(|id| turns.begin(PersonId(id)).unwrap()).collect();
        assert_eq!(turns.begin(PersonId(17)).unwrap_err(), Error::Busy);
        drop(all);
        turns.begin(PersonId(17)).unwrap();
    }
}
