//! The links of a text: those that lead to the article itself, to an article or a file that is not there, or nowhere.
//! They are told when the text is kept and stop nobody: what is linked may come later.

use db::{Read, args};
use pulldown_cmark::{Event, Parser, Tag};

use super::article::{Text, Warning, number_of};
use crate::error::Result;
use crate::ids::{ArticleFileId, ArticleId};
use crate::words::Lang;

/// No more of one text are looked up.
const MOST: usize = 500;

/// What a link of a text means to the desk. Pages make addresses of these, so a text moves with its desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// `kb:118`, or the address of an article's page.
    Article(ArticleId),
    /// `file:12`, a picture or an attached file of this article.
    File(ArticleFileId),
    /// It leads nowhere.
    Nothing,
    Elsewhere,
}

pub fn target(link: &str) -> Target {
    let link = link.trim();
    if link.is_empty() || link == "#" {
        return Target::Nothing;
    }
    if let Some(id) = link.strip_prefix("file:") {
        return id.parse().map_or(Target::Nothing, |id| Target::File(ArticleFileId(id)));
    }
    let after = ["kb:", "/kb/", "/en/help/", "/fr/help/"]
        .iter()
        .find_map(|start| link.strip_prefix(start));
    let Some(after) = after else { return Target::Elsewhere };
    let number: &str = after.split(['-', '/', '?', '#']).next().unwrap_or_default();
    let bare = if after.to_lowercase().starts_with("kb-") {
        after
    } else {
        number
    };
    number_of(bare).map_or(Target::Nothing, Target::Article)
}

/// The links and pictures of a Markdown text, as written.
fn written(text: &str) -> Vec<String> {
    let links = Parser::new(text).filter_map(|event| match event {
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => Some(dest_url.to_string()),
        _ => None,
    });
    links.take(MOST).collect()
}

/// The articles that a text points to, by a link or by an address of the portal as it stands.
pub(crate) fn pointed_to(text: &str, public_url: &str) -> Vec<ArticleId> {
    let own = public_url.trim_end_matches('/');
    let article = |link: &str| match target(link) {
        Target::Article(id) => Some(id),
        _ => None,
    };
    let inside = |link: &str| link.strip_prefix(own).filter(|_| !own.is_empty()).map(str::to_string);
    let mut found: Vec<ArticleId> = written(text)
        .iter()
        .filter_map(|link| article(&inside(link).unwrap_or_else(|| link.clone())))
        .collect();
    if !own.is_empty() {
        let bare = text.split(own).skip(1).take(MOST);
        let end = |c: char| c.is_whitespace() || matches!(c, ')' | '>' | '"' | ',' | '.' | ';');
        found.extend(bare.filter_map(|rest| article(rest.split(end).next().unwrap_or_default())));
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Links that lead to nothing, or back to the article. Without a policy: for who has read the text.
pub fn warnings(r: &mut Read, article: ArticleId, text: &Text) -> Result<Vec<Warning>> {
    let mut links: Vec<String> = Vec::new();
    for passage in text.passages.iter() {
        for lang in [Lang::En, Lang::Fr] {
            for link in written(passage.text(lang)) {
                if links.len() < MOST && !links.contains(&link) {
                    links.push(link);
                }
            }
        }
    }
    let mut told = Vec::new();
    for link in links {
        if let Some(key) = wrong(r, article, &link)? {
            told.push(Warning { key, link });
        }
    }
    Ok(told)
}

fn wrong(r: &mut Read, own: ArticleId, link: &str) -> Result<Option<&'static str>> {
    let there = match target(link) {
        Target::Elsewhere => true,
        Target::Nothing => false,
        Target::Article(id) if id == own => return Ok(Some("warning-link-to-itself")),
        Target::Article(id) => {
            let found: Option<ArticleId> = r.maybe("SELECT id FROM article WHERE id = $1", &args![id])?;
            found.is_some()
        }
        Target::File(id) => {
            let found: Option<ArticleFileId> = r.maybe(
                "SELECT id FROM article_file WHERE id = $1 AND article = $2 AND gone_at IS NULL",
                &args![id, own],
            )?;
            found.is_some()
        }
    };
    Ok((!there).then_some("warning-link-to-nothing"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_read_as_it_is_meant() {
        for (link, meant) in [
            ("kb:118", Target::Article(ArticleId(118))),
            ("kb:KB-118", Target::Article(ArticleId(118))),
            ("/kb/118", Target::Article(ArticleId(118))),
            ("/kb/118/edit", Target::Article(ArticleId(118))),
            ("/en/help/118-connect-to-the-vpn", Target::Article(ArticleId(118))),
            ("/fr/help/118#etapes", Target::Article(ArticleId(118))),
            ("kb:vpn", Target::Nothing),
            ("file:12", Target::File(ArticleFileId(12))),
            ("file:../../etc/passwd", Target::Nothing),
            ("", Target::Nothing),
            ("#", Target::Nothing),
            ("https://example.org/kb/118", Target::Elsewhere),
            ("/requests/new", Target::Elsewhere),
        ] {
            assert_eq!(target(link), meant, "{link}");
        }
    }

    #[test]
    fn a_text_points_to_an_article_by_a_link_or_by_its_address() {
        let own = "https://help.example.org/";
        let text = "See [this](kb:1), [that](https://help.example.org/en/help/2-vpn) or \
            https://help.example.org/fr/help/3-rpv. Not https://other.example.org/en/help/4-x or https://help.example.org/en/ask.";
        assert_eq!(pointed_to(text, own), [1, 2, 3].map(ArticleId));
        assert_eq!(pointed_to(text, ""), [ArticleId(1)]);
    }

    #[test]
    fn links_and_pictures_are_found_and_code_is_not() {
        let text = "See [this](kb:1) and ![that](file:2).\n\n`[no](kb:3)`\n\n[ref]\n\n[ref]: kb:4";
        assert_eq!(written(text), ["kb:1", "file:2", "kb:4"]);
    }
}
