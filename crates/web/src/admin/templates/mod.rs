//! `/admin/templates`: the words of the letters the desk writes, by language and mailbox, with a look at the letter; and how
//! each mailbox writes: what a reply quotes, what stands under it, whether it says that a letter came in.

mod list;
mod mailbox;
mod words;

pub(super) use list::show as list;
pub(super) use mailbox::{show as mailbox, submit as change_mailbox};
pub(super) use words::{restore, show as words, submit as change_words};

const LIST: &str = "/admin/templates";
