//! How a service is doing: it follows from the outages that are open and the changes that are under way.

use crate::outages::Effect;

db::text_enum! {
    /// From well to worst.
    pub enum ServiceState {
        Running => "running",
        /// A change is being made to it.
        Maintenance => "maintenance",
        /// Slow, or not for everybody.
        Disturbed => "disturbed",
        Down => "down",
    }
}

/// The worst of what is said of it.
pub(crate) fn state_of(effects: impl IntoIterator<Item = Effect>, maintained: bool) -> ServiceState {
    let worst = effects.into_iter().max();
    match worst {
        Some(Effect::Down) => ServiceState::Down,
        Some(Effect::Disturbed) => ServiceState::Disturbed,
        None if maintained => ServiceState::Maintenance,
        None => ServiceState::Running,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_counts_and_an_outage_is_worse_than_maintenance() {
        for (effects, maintained, state) in [
            (vec![], false, ServiceState::Running),
            (vec![], true, ServiceState::Maintenance),
            (vec![Effect::Disturbed], true, ServiceState::Disturbed),
            (vec![Effect::Down, Effect::Disturbed], false, ServiceState::Down),
        ] {
            assert_eq!(state_of(effects, maintained), state);
        }
    }
}
