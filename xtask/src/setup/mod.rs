//! Everything the tests need and a fresh machine lacks, installed where that is allowed and
//! otherwise named with the command that installs it. A second run finds nothing to do.

pub mod cargo_tools;
mod debian;
mod node;
mod python;

use anyhow::Result;

use crate::place::Place;

pub fn run(place: &Place) -> Result<()> {
    debian::install(place)?;
    cargo_tools::install(place)?;
    node::install(place)?;
    python::install(place)?;
    python::fetch_model(place);
    println!("setup: everything the tests need is here");
    Ok(())
}
