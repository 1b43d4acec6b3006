//! Finding: the index follows the event log on every node, and answers are filtered by the access policy before
//! anybody sees a word of them. A requester finds only what is his to read, by the words he may read.

mod alike;
mod answers;
mod articles;
mod find;
mod follow;
mod known_errors;
mod missing;
mod pages;

pub use alike::{Alike, alike, alike_plans};
pub use answers::{Earlier, answers};
pub use articles::{FoundArticle, FoundArticles, FoundIn, find_articles};
pub(crate) use articles::{INTERNAL, article_gates, article_of, document_id, document_ids};
pub use find::{Found, FoundPerson, FoundTicket, Wanted, find, suggest};
pub use follow::{catch_up, rebuild, run};
pub(crate) use known_errors::changes_known_error;
pub use missing::missing;
pub(crate) use pages::articles_with;
pub use pages::{FoundPage, find_pages};
pub use search::Piece;

pub(crate) const TICKET: &str = "ticket";
pub(crate) const PERSON: &str = "person";
/// The solution of a ticket, and nothing else of it.
pub(crate) const SOLUTION: &str = "solution";
pub(crate) const KNOWN_ERROR: &str = "known_error";
/// What readers see of an article, a document for each language.
pub(crate) const ARTICLE: &str = "article";
/// One that is not published yet.
pub(crate) const DRAFT: &str = "article-draft";
/// A page of a file attached to an article.
pub(crate) const PAGE: &str = "article-page";
