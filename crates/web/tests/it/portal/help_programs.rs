//! What other programs read: the feed, the map of the pages, and what they may look at.

use axum::http::StatusCode;
use desk::ArticleId;
use desk::access::Audience;
use desk::knowledge;
use quick_xml::events::Event;
use quick_xml::{Reader, XmlVersion};

use super::help::{published, vpn};
use super::stand::{Answer, Stand};

const HOSTILE: &str = "Tom & <Jerry> \"]]>\" é";

/// One element: its name, what its attributes say and the words directly in it.
#[derive(Clone, Debug, Default)]
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    words: String,
    inside: Vec<Element>,
}

impl Element {
    fn all<'e, 'n>(&'e self, name: &'n str) -> impl Iterator<Item = &'e Element> + use<'e, 'n> {
        self.inside.iter().filter(move |one| one.name == name)
    }

    fn one(&self, name: &str) -> &Element {
        let mut all = self.all(name);
        let first = all.next().unwrap_or_else(|| panic!("{name} in {}", self.name));
        assert!(all.next().is_none(), "one {name} in {}", self.name);
        first
    }

    fn said(&self, name: &str) -> &str {
        let found = self.attributes.iter().find(|(key, _)| key == name);
        found.map_or("", |(_, said)| said.as_str())
    }
}

/// As a parser that is not ours reads it; it refuses what is not well formed.
fn parsed(text: &str) -> Element {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let mut open = vec![Element::default()];
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) => open.push(element(&tag)),
            Event::Empty(tag) => {
                let one = element(&tag);
                open.last_mut().unwrap().inside.push(one);
            }
            Event::End(_) => {
                let done = open.pop().unwrap();
                open.last_mut().unwrap().inside.push(done);
            }
            Event::Text(words) => open.last_mut().unwrap().words += &words.xml10_content(),
            Event::GeneralRef(mark) => {
                let c = mark.resolve_char_ref().unwrap().expect("numbers alone stand for marks");
                open.last_mut().unwrap().words.push(c);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(open.len(), 1, "everything is closed");
    open.pop().unwrap().inside.pop().unwrap()
}

fn element(tag: &quick_xml::events::BytesStart<'_>) -> Element {
    let attribute = |one: quick_xml::events::attributes::Attribute<'_>| {
        let said = one.normalized_value(XmlVersion::Explicit1_0).unwrap();
        (one.key.as_ref().to_string(), said.into_owned())
    };
    Element {
        name: tag.name().as_ref().to_string(),
        attributes: tag.attributes().map(|one| attribute(one.unwrap())).collect(),
        ..Element::default()
    }
}

async fn asked_again(stand: &Stand, path: &str, first: &Answer) {
    let tag = [("if-none-match", first.header("etag"))];
    let again = stand.browser().get_with(path, &tag).await;
    assert_eq!((again.status, again.bytes), (StatusCode::NOT_MODIFIED, 0), "{path}");
    vpn(stand);
    let changed = stand.browser().get_with(path, &tag).await;
    assert_eq!(
        changed.status,
        StatusCode::OK,
        "{path}: the control: it says something else now"
    );
}

#[tokio::test]
async fn the_feed_is_atom_with_lasting_names_and_nothing_of_it_runs() {
    let stand = Stand::new();
    let empty = parsed(&stand.browser().get("/en/help/feed").await.body);
    assert!(empty.all("entry").next().is_none() && !empty.one("updated").words.is_empty());
    let id = vpn(&stand);
    published(
        &stand,
        Audience::Public,
        (HOSTILE, ""),
        ("Read <script>alert(1)</script> & more", ""),
    );
    published(&stand, Audience::Internal, ("Inside", "Dedans"), ("a", "b"));
    for (lang, other, entries) in [("en", "fr", 2), ("fr", "en", 1)] {
        let path = format!("/{lang}/help/feed");
        let answer = stand.browser().get(&path).await;
        assert_eq!(answer.header("content-type"), "application/atom+xml; charset=utf-8");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        let feed = parsed(&answer.body);
        assert_eq!(
            (feed.name.as_str(), feed.said("xmlns")),
            ("feed", "http://www.w3.org/2005/Atom")
        );
        for part in ["id", "title", "updated", "author"] {
            feed.one(part);
        }
        let own = feed.all("link").find(|link| link.said("rel") == "self").unwrap();
        assert_eq!(own.said("href"), format!("https://desk.example{path}"));
        let all: Vec<&Element> = feed.all("entry").collect();
        assert_eq!(all.len(), entries, "{}", answer.body);
        let vpn = all.last().unwrap();
        assert!(vpn.one("id").words.starts_with("urn:uuid:") && vpn.one("updated").words.ends_with('Z'));
        let links: Vec<&str> = vpn.all("link").map(|link| link.said("href")).collect();
        assert!(links[0].starts_with(&format!("https://desk.example/{lang}/help/{id}-")));
        assert!(links[1].starts_with(&format!("https://desk.example/{other}/help/{id}-")));
        asked_again(&stand, &path, &answer).await;
        retire_last(&stand);
    }
    let feed = parsed(&stand.browser().get("/en/help/feed").await.body);
    let hostile = feed.all("entry").next().unwrap();
    assert_eq!(hostile.one("title").words, "Tom & <Jerry> \"]]>\" é");
    assert!(hostile.one("summary").words.contains("& more"));
}

/// The one that was published last.
fn retire_last(stand: &Stand) {
    stand.write(|tx, cx| {
        let last = knowledge::public_titles(tx, None, 1)?[0].id;
        knowledge::retire(tx, cx, last)
    });
}

#[tokio::test]
async fn an_entry_keeps_its_name_when_its_title_changes_and_languages_have_each_their_own() {
    let stand = Stand::new();
    vpn(&stand);
    let name = |text: &str| parsed(text).all("entry").next().unwrap().one("id").words.clone();
    let before = stand.browser().get("/en/help/feed").await.body;
    let french = stand.browser().get("/fr/help/feed").await.body;
    stand.write(|tx, cx| {
        let one = knowledge::Written {
            passage: knowledge::TITLE,
            texts: knowledge::Texts::new("Quite another title", "Un tout autre titre"),
            en_was: None,
            fr_was: None,
        };
        let writing = knowledge::Writing {
            passages: vec![one],
            note: None,
        };
        knowledge::write(tx, cx, ArticleId(1), &writing)?;
        let seen = knowledge::latest(tx, cx, ArticleId(1))?.1.version.saves;
        knowledge::publish(tx, cx, ArticleId(1), seen)
    });
    let after = stand.browser().get("/en/help/feed").await.body;
    assert!(after.contains("quite-another-title"), "{after}");
    assert_eq!(name(&before), name(&after));
    assert_ne!(name(&before), name(&french));
}

#[tokio::test]
async fn the_map_names_both_languages_of_a_page_and_programs_may_read_the_help_alone() {
    let stand = Stand::new();
    let id = vpn(&stand);
    let english = published(&stand, Audience::Public, (HOSTILE, ""), ("a", ""));
    published(&stand, Audience::Internal, ("Inside", "Dedans"), ("a", "b"));
    let answer = stand.browser().get("/sitemap.xml").await;
    assert_eq!(answer.header("content-type"), "application/xml; charset=utf-8");
    let map = parsed(&answer.body);
    assert_eq!(map.said("xmlns"), "http://www.sitemaps.org/schemas/sitemap/0.9");
    let all: Vec<&Element> = map.all("url").collect();
    let at = |path: &str| {
        let whole = format!("https://desk.example{path}");
        *all.iter()
            .find(|one| one.one("loc").words == whole)
            .unwrap_or_else(|| panic!("{path}: {}", answer.body))
    };
    let both = ["en", "fr", "x-default"];
    for path in [
        "/en/help",
        "/fr/help",
        &format!("/en/help/{id}-connect-to-the-vpn"),
        &format!("/fr/help/{id}-se-connecter-au-rpv"),
    ] {
        let named: Vec<&str> = at(path).all("xhtml:link").map(|link| link.said("hreflang")).collect();
        assert_eq!(named, both, "{path}");
    }
    assert!(
        at(&format!("/en/help/{english}-tom-jerry-e"))
            .all("xhtml:link")
            .next()
            .is_none()
    );
    assert_eq!(all.len(), 5, "{}", answer.body);
    asked_again(&stand, "/sitemap.xml", &answer).await;
    let robots = stand.browser().get("/robots.txt").await;
    assert_eq!(robots.header("content-type"), "text/plain; charset=utf-8");
    for line in [
        "User-agent: *",
        "Allow: /en/help",
        "Allow: /fr/help",
        "Disallow: /",
        "Sitemap: https://desk.example/sitemap.xml",
    ] {
        assert!(robots.body.lines().any(|one| one == line), "{line}: {}", robots.body);
    }
}
