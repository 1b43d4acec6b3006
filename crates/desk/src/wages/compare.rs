//! Two tables of wages beside each other, region by region. Pure.

use std::collections::BTreeMap;

use super::wage::Wage;

/// What becomes of a region.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Compared {
    Added(Wage),
    /// What it was, and what it will be.
    Changed(Wage, Wage),
    Same(Wage),
    Removed(Wage),
}

/// In the order of the new table; then what it no longer has.
pub fn compare(before: &[Wage], after: &[Wage]) -> Vec<Compared> {
    let mut old: BTreeMap<String, &Wage> = before.iter().map(|wage| (wage.key(), wage)).collect();
    let mut all = Vec::new();
    for new in after {
        all.push(match old.remove(&new.key()) {
            None => Compared::Added(new.clone()),
            Some(was) if was == new => Compared::Same(new.clone()),
            Some(was) => Compared::Changed(was.clone(), new.clone()),
        });
    }
    let gone = before.iter().filter(|wage| old.contains_key(&wage.key()));
    all.extend(gone.cloned().map(Compared::Removed));
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wages::read;

    #[test]
    fn every_region_of_either_table_is_told_once() {
        let table = |lines: &str| read(&format!("region,median,source,date\n{lines}")).wages;
        let before = table("Ontario,33,Survey,2025\nYukon,34,Survey,2025\nQuebec,30,Survey,2025\n");
        let after = table("Québec,30,Survey,2025\nOntario,34,Survey,2026\nNunavut,35,Survey,2026\n");
        let told: Vec<(&str, String)> = compare(&before, &after)
            .into_iter()
            .map(|one| match one {
                Compared::Added(wage) => ("added", wage.region.en),
                Compared::Changed(_, wage) => ("changed", wage.region.en),
                Compared::Same(wage) => ("same", wage.region.en),
                Compared::Removed(wage) => ("removed", wage.region.en),
            })
            .collect();
        let told: Vec<_> = told.iter().map(|(what, region)| (*what, region.as_str())).collect();
        let wanted = [
            ("same", "Quebec"),
            ("changed", "Ontario"),
            ("added", "Nunavut"),
            ("removed", "Yukon"),
        ];
        assert_eq!(told, wanted);
    }
}
