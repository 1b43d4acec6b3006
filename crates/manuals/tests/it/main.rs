//! Manuals made by the tests themselves: what is read of them, and what hostile ones come to.

#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod make;
mod office;
mod parent;
mod pdf;
mod pieces;

use manuals::{Fault, Kind};

fn read(kind: Kind, file: &[u8]) -> (Vec<String>, Option<Fault>) {
    let mut pages = Vec::new();
    let fault = manuals::read(kind, file.to_vec(), &mut |page| pages.push(page.to_owned()));
    (pages, fault)
}

/// The pages of a manual without fault.
fn pages(kind: Kind, file: &[u8]) -> Vec<String> {
    let (pages, fault) = read(kind, file);
    assert_eq!(fault, None, "{pages:?}");
    pages
}
