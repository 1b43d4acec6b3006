//! The knowledge base: articles in English and in French, passage by passage, for staff or for everybody. A version is
//! written, looked at by another, published; readers see the published one while the next is written. What an article is
//! worth is counted from tickets and readers.
//!
//! Who reads what is decided in `access`; nothing here shows a draft or an internal article to who is not staff.

mod article;
mod asked;
mod care;
mod diff;
mod draft;
mod exchange;
mod feedback;
mod files;
mod from_ticket;
mod html;
mod index;
mod links;
mod paper;
mod paper_read;
mod passage;
mod passages;
mod personal;
mod public;
mod publish;
mod reading;
mod remind;
mod restore;
mod review;
mod rules;
mod scrub;
mod searches;
mod show;
mod standing;
mod store;
mod tell;
mod undo;
mod used;
mod write;

pub use article::{
    Article, ArticleState, Text, Version, VersionState, Warning, number_of, public_address, shown, slug,
};
pub use asked::asked_from;
pub use care::{ArticleLink, Care, LinkTo, change, link_ticket, links_of, of_ticket, reviewed, unlink_ticket};
pub use diff::{Edit, Fate, PassageDiff, Stretch, between, diff};
pub use draft::{NewArticle, draft};
pub use exchange::{Imported, all_numbers, import, paper};
pub use feedback::{Feedback, NewFeedback, Reader, said, said_of_mine, say};
pub use files::{
    ArticleFile, FileFault, FileRead, MOST_FILES, MOST_PAGES, attach, detach, file_hashes, files_of, find_file,
    keep_text, read_again,
};
pub(crate) use from_ticket::cleaned;
pub use from_ticket::{FromTicket, draft_from};
pub use html::html;
pub use index::{IndexedArticle, IndexedPage, for_index, numbers_after, page_of, pages_for_index};
pub(crate) use links::pointed_to;
pub use links::{Target, target, warnings};
pub use paper::{LARGEST_PAPER, Paper, PaperPassage};
pub use paper_read::read_paper;
pub use passage::{Passage, Standing, TITLE, Texts, mark};
pub use passages::{add_passage, move_passage, remove_passage, up_to_date};
pub use public::{PublicTitle, front_titles, lasting_name, public_titles};
pub use publish::{FIRST_REVIEW, bring_back, drop_draft, publish, retire};
pub use reading::{read_files, read_waiting};
pub use remind::remind_when_due;
pub use restore::restore;
pub use review::{approve, ask_review, send_back};
pub use rules::{Rules, rules, set_rules};
pub(crate) use scrub::scrub_with;
pub use scrub::{Known, Personal, Removed, scrub};
pub use searches::{Search, ended, ended_searches, missed, missed_searches};
pub use show::{ListQuery, Row, Which, compare, count, draft_of, find, history, latest, list, read, version, versions};
pub use tell::told_words;
pub use undo::{can_undo, undo};
pub(crate) use used::not_used;
pub use used::{How, Worth, used, worth, worths};
pub use write::{Answer, Clash, Saved, Writing, Written, write};
