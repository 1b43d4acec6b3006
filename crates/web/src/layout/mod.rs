//! The frame of every page: head, side bar, tab bar, and the words and marks templates ask for.

mod markup;
mod nav;
mod numbers;
mod shell;

pub use markup::{Markup, face_tone, initials, markdown, plain};
pub use nav::{Counts, counts};
pub use shell::{Shell, respond, respond_with};
