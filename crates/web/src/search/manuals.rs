//! Pages of attached manuals among what was found: the file, the page, and the article it is attached to.

use desk::finding::{self, FoundPage};
use desk::{ArticleFileId, Result};

use super::palette::Choice;
use crate::http::Staff;
use crate::layout::Shell;
use crate::state::State;

const PAGES: usize = 6;
const CHOICES: usize = 3;

#[derive(Default)]
pub(super) struct Part {
    pub(super) pages: Vec<FoundPage>,
}

/// A browser that shows the file opens it on the page; the rest keep the file whole.
pub(super) fn address(file: ArticleFileId, page: i64) -> String {
    format!("/kb/files/{file}#page={page}")
}

pub(super) async fn part(state: &State, staff: &Staff, q: &str) -> Result<Part> {
    let viewer = &staff.cx.viewer;
    let pages = finding::find_pages(state.desk(), Some(viewer), q, viewer.language, PAGES, false).await?;
    Ok(Part { pages })
}

/// For the palette, while the words are still being typed.
pub(super) async fn choices(state: &State, staff: &Staff, shell: &Shell, words: &str) -> Result<Vec<Choice>> {
    let viewer = &staff.cx.viewer;
    let pages = finding::find_pages(state.desk(), Some(viewer), words, viewer.language, CHOICES, true).await?;
    let choice = |page: FoundPage| {
        let name: String = page.name.iter().map(|piece| piece.text.as_str()).collect();
        Choice {
            icon: "paperclip",
            words: shell.t2("search-page", "file", name, "page", page.page),
            more: page.title,
            to: format!("/kb/{}", page.article),
        }
    };
    Ok(pages.into_iter().map(choice).collect())
}
