//! The records of an article and its versions, and what they say of themselves. Pure.

use super::passage::{Passage, Standing, TITLE};
use crate::access::Audience;
use crate::clock::Time;
use crate::ids::{ArticleId, PassageId, PersonId, TicketNumber, TopicId};
use crate::words::{Lang, fold};

db::text_enum! {
    /// Of the whole article. One that is published stays so while a next version is written and reviewed.
    pub enum ArticleState { Draft => "draft", Review => "review", Published => "published", Retired => "retired" }
}

db::text_enum! {
    /// Of one version.
    pub enum VersionState {
        Draft => "draft",
        Review => "review",
        SentBack => "sent_back",
        Approved => "approved",
        Published => "published",
        /// Thrown away before it was published; it can be had back.
        Dropped => "dropped",
    }
}

db::table! {
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Article {
        pub id: ArticleId,
        pub topic: Option<TopicId>,
        pub audience: Audience,
        pub state: ArticleState,
        pub owner: Option<PersonId>,
        pub review_at: Option<Time>,
        pub reviewed_at: Option<Time>,
        /// The version readers see.
        pub published: Option<i64>,
        pub published_at: Option<Time>,
        /// The version that is being written.
        pub draft: Option<i64>,
        /// The ticket it came of.
        pub source: Option<TicketNumber>,
        pub created_at: Time,
        pub created_by: PersonId,
        pub updated_at: Time,
    }
}

impl Article {
    pub fn is_published(&self) -> bool {
        self.state == ArticleState::Published
    }

    /// The version staff look at first: the one that is written, else the one readers see.
    pub fn latest(&self) -> Option<i64> {
        self.draft.or(self.published)
    }
}

/// As people say it: KB-118.
pub fn shown(id: ArticleId) -> String {
    format!("KB-{id}")
}

/// `KB-118`, `kb118` or `118`.
pub fn number_of(text: &str) -> Option<ArticleId> {
    let text = text.trim();
    let bare = match text.get(..2) {
        Some(kb) if kb.eq_ignore_ascii_case("kb") => text[2..].trim_start_matches('-'),
        _ => text,
    };
    let id: i64 = bare.parse().ok()?;
    (id > 0 && bare.bytes().all(|b| b.is_ascii_digit())).then_some(ArticleId(id))
}

/// Where everybody reads it: `/en/help/118-connect-to-the-vpn`, behind the address people use. The title is that of the
/// language.
pub fn public_address(public_url: &str, lang: Lang, id: ArticleId, title: &str) -> String {
    let address = format!("{}/{lang}/help/{id}-{}", public_url.trim_end_matches('/'), slug(title));
    address.trim_end_matches('-').to_string()
}

/// The end of an address: `connect-to-the-vpn-from-home`. It may be empty; the number alone finds the article.
pub fn slug(title: &str) -> String {
    let folded = fold(title).replace('œ', "oe").replace('æ', "ae");
    let mut slug = String::new();
    for word in folded
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|w| !w.is_empty())
    {
        if slug.len() + word.len() > 80 {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(word);
    }
    slug
}

db::table! {
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Version {
        pub version: i64,
        pub state: VersionState,
        pub author: PersonId,
        pub author_name: String,
        pub note: String,
        /// Counts what was written into it: whoever approves says which he has seen.
        pub saves: i64,
        pub reviewer: Option<PersonId>,
        pub decided_by: Option<PersonId>,
        pub decided_at: Option<Time>,
        /// Why it was sent back.
        pub words: String,
        pub created_at: Time,
        pub changed_at: Time,
        pub published_at: Option<Time>,
        pub published_by: Option<PersonId>,
        /// A JSON list of those who wrote in it.
        pub editors: String,
    }
}

impl Version {
    pub fn editors(&self) -> Vec<PersonId> {
        let ids: Vec<i64> = serde_json::from_str(&self.editors).unwrap_or_default();
        ids.into_iter().map(PersonId).collect()
    }
}

/// A version with everything in it, its title first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    pub version: Version,
    pub title: Passage,
    pub passages: Vec<Passage>,
}

impl Text {
    pub(super) fn of(version: Version, mut all: Vec<Passage>) -> Option<Text> {
        all.retain(|p| !p.gone);
        let at = all.iter().position(|p| p.passage == TITLE)?;
        let title = all.remove(at);
        Some(Text {
            version,
            title,
            passages: all,
        })
    }

    /// Title and passages.
    pub fn all(&self) -> impl Iterator<Item = &Passage> {
        std::iter::once(&self.title).chain(&self.passages)
    }

    pub fn passage(&self, id: PassageId) -> Option<&Passage> {
        self.all().find(|p| p.passage == id)
    }

    /// There is something to read in this language.
    pub fn speaks(&self, lang: Lang) -> bool {
        !self.title.text(lang).is_empty()
    }

    /// The title in this language, or in the other.
    pub fn titled(&self, lang: Lang) -> &str {
        match self.title.text(lang) {
            "" => self.title.text(lang.other()),
            title => title,
        }
    }

    /// How many passages must be looked at in this language.
    pub fn lagging(&self, lang: Lang) -> usize {
        self.all().filter(|p| p.standing(lang) != Standing::UpToDate).count()
    }

    /// The version in which this language last changed: "Version 6, 1 passage to review".
    pub fn version_of(&self, lang: Lang) -> i64 {
        self.all().map(|p| p.changed_in(lang)).max().unwrap_or(0)
    }

    /// The body in one language, as Markdown.
    pub fn body(&self, lang: Lang) -> String {
        let texts: Vec<&str> = self
            .passages
            .iter()
            .map(|p| p.text(lang))
            .filter(|t| !t.is_empty())
            .collect();
        texts.join("\n\n")
    }
}

/// What is worth knowing about a text before it is kept; nothing of it stops anybody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    pub key: &'static str,
    /// The link that is meant.
    pub link: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_as_people_write_it() {
        for text in ["KB-118", "kb118", " 118 ", "Kb-118"] {
            assert_eq!(number_of(text), Some(ArticleId(118)), "{text}");
        }
        for text in ["", "KB-", "0", "-3", "+5", "KB-1x", "118-vpn", "é"] {
            assert_eq!(number_of(text), None, "{text}");
        }
    }

    #[test]
    fn the_end_of_an_address_is_plain_letters() {
        assert_eq!(slug("Connect to the VPN from home"), "connect-to-the-vpn-from-home");
        assert_eq!(slug("L’écran d’œuvre : éteint ?"), "l-ecran-d-oeuvre-eteint");
        assert_eq!(slug("漢字"), "");
        assert!(slug(&"word ".repeat(60)).len() <= 80);
    }
}
