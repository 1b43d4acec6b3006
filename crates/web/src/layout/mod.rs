//! The frame of every page: head, side bar, tab bar, and the words and marks templates ask for.

mod headings;
mod lean;
mod markup;
mod nav;
mod numbers;
mod shell;

pub use headings::Headings;
pub use markup::{Markup, face_tone, initials, markdown, passage, plain};
pub use nav::{Counts, counts};
pub use shell::{Shell, respond, respond_with};
