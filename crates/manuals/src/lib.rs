//! The words inside an attached manual, page by page: PDF, DOCX, ODT and plain text. Bytes in; pages and a fault out.
//!
//! Reading never fails: what could be read is handed over, and a [`Fault`] says why there is no more. The libraries
//! below it were not all written for hostile files, so the desk never reads in its own process: [`Reader`] has a child
//! of the same program do it under limits of memory and time ([`apart::serve`]). See
//! docs/decisions/0022-manuals-are-read-in-a-child.md.

#![forbid(unsafe_code)]

pub mod apart;
mod fault;
mod kind;
mod office;
mod pages;
mod pdf;
mod plain;

use std::panic::{AssertUnwindSafe, catch_unwind};

pub use apart::Reader;
pub use fault::Fault;
pub use kind::{Kind, UnknownKind};
pub use pages::{MOST_PAGES, MOST_TEXT};

use pages::Pages;

/// The largest file that is looked into.
pub const LARGEST: u64 = 64 << 20;

/// What was read: page n of the manual is `pages[n - 1]`. A page without words is there, empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manual {
    pub pages: Vec<String>,
    /// Why there are no words, or not all of them.
    pub fault: Option<Fault>,
}

/// Reads in this very process, which must be one that may die: see [`Reader`]. Each page is handed over as soon as it
/// is read.
pub fn read(kind: Kind, file: Vec<u8>, hand: &mut dyn FnMut(&str)) -> Option<Fault> {
    let mut pages = Pages::new(hand);
    let outcome = catch_unwind(AssertUnwindSafe(|| match kind {
        Kind::Pdf => pdf::read(file, &mut pages),
        Kind::Docx => office::docx(&file, &mut pages),
        Kind::Odt => office::odt(&file, &mut pages),
        Kind::Text(charset) => plain::read(&file, charset, &mut pages),
    }));
    pages.finish();
    outcome.unwrap_or(Err(Fault::Broken)).err()
}
