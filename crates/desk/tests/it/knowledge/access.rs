//! Who reads what: an internal article or a draft is not there for a requester or a visitor, by any way in.

use desk::access::{Audience, Via};
use desk::knowledge::{self, ListQuery, NewFeedback, Reader, Which};
use desk::tickets::{self, Channel, NewFile, NewTicket};
use desk::words::Lang;
use desk::{ArticleId, Context, Error, finding};

use super::{Kb, on_each};

fn file() -> NewFile {
    NewFile {
        name: "manual.pdf".into(),
        mime: "application/pdf".into(),
        bytes: 3,
        sha256: "ab".repeat(32),
        content_id: None,
    }
}

/// A way in that needs a person: open when it is answered.
type Way = fn(&mut db::Read, &Context, ArticleId) -> bool;

const INSIDE: [(&str, Way); 12] = [
    ("drafts", |r, cx, _| {
        knowledge::count(r, Some(&cx.viewer), &ListQuery::new(Which::Drafts)).is_ok()
    }),
    ("find", |r, cx, id| knowledge::find(r, cx, id).is_ok()),
    ("latest", |r, cx, id| knowledge::latest(r, cx, id).is_ok()),
    ("versions", |r, cx, id| knowledge::versions(r, cx, id).is_ok()),
    ("version", |r, cx, id| knowledge::version(r, cx, id, 1).is_ok()),
    ("compare", |r, cx, id| knowledge::compare(r, cx, id, 1, 1).is_ok()),
    ("history", |r, cx, id| knowledge::history(r, cx, id, 9).is_ok()),
    ("links", |r, cx, id| knowledge::links_of(r, cx, id).is_ok()),
    ("worth", |r, cx, id| knowledge::worth(r, cx, id).is_ok()),
    ("said", |r, cx, id| knowledge::said(r, cx, id, 9).is_ok()),
    ("searches", |r, cx, id| knowledge::ended_searches(r, cx, id, 9).is_ok()),
    ("paper", |r, cx, id| knowledge::paper(r, cx, id).is_ok()),
];

/// Every way a reader has to an article, and whether it is open.
fn ways_in(kb: &Kb<'_>, cx: Option<&Context>, id: ArticleId, file: desk::ArticleFileId) -> Vec<(&'static str, bool)> {
    let cx = cx.cloned();
    let viewer = cx.as_ref().map(|c| c.viewer.clone());
    let asker = viewer.clone();
    let mut ways = kb.d.read(move |r| {
        let (viewer, list) = (asker.as_ref(), ListQuery::new(Which::Published));
        let listed = knowledge::list(r, viewer, &list)?
            .iter()
            .any(|row| row.article.id == id);
        Ok(vec![
            ("read", knowledge::read(r, viewer, id).is_ok()),
            ("list", listed),
            ("count", knowledge::count(r, viewer, &list)? > 0),
            ("file", knowledge::find_file(r, viewer, file).is_ok()),
        ])
    });
    kb.d.wait(finding::rebuild(&kb.d.desk, |_| {})).unwrap();
    for (name, text, lang) in [
        ("english words", "green dot", Lang::En),
        ("french words", "point vert", Lang::Fr),
        ("a page of a file", "zebra", Lang::En),
    ] {
        let all = finding::find_articles(&kb.d.desk, viewer.as_ref(), text, lang, (0, 10), false);
        let found = kb.d.wait(all).unwrap();
        ways.push((name, found.total > 0 || !found.hits.is_empty()));
    }
    for (name, way) in INSIDE {
        let cx = cx.clone();
        let open = cx.is_some_and(|cx| kb.d.read(move |r| Ok(way(r, &cx, id))));
        ways.push((name, open));
    }
    ways
}

fn open(ways: &[(&'static str, bool)]) -> Vec<&'static str> {
    ways.iter().filter(|(_, open)| *open).map(|(name, _)| *name).collect()
}

const PUBLIC_WAYS: [&str; 7] = [
    "read",
    "list",
    "count",
    "file",
    "english words",
    "french words",
    "a page of a file",
];

fn with_file(kb: &Kb<'_>, id: ArticleId) -> desk::ArticleFileId {
    let (file, _) = kb
        .as_of(kb.author, move |tx, cx| knowledge::attach(tx, cx, id, &file()))
        .unwrap();
    kb.as_of(kb.author, move |tx, cx| {
        knowledge::keep_text(tx, cx, file, &["A zebra crosses.".into()], None)
    })
    .unwrap();
    file
}

#[test]
fn a_public_article_is_read_by_anybody_once_it_is_published_and_by_no_other_way() {
    on_each(|kb| {
        let id = kb.vpn(Audience::Public);
        let file = with_file(kb, id);
        let requester = kb.d.as_person(kb.requester);
        let mut by_link = requester.clone();
        by_link.viewer.via = Via::TicketLink(desk::TicketNumber(1001));
        for reader in [None, Some(&requester), Some(&by_link)] {
            assert!(open(&ways_in(kb, reader, id, file)).is_empty(), "a draft");
        }
        kb.publish(id);
        for reader in [None, Some(&requester), Some(&by_link)] {
            assert_eq!(open(&ways_in(kb, reader, id, file)), PUBLIC_WAYS);
        }
        kb.as_of(kb.author, move |tx, cx| knowledge::retire(tx, cx, id))
            .unwrap();
        for reader in [None, Some(&requester)] {
            assert!(open(&ways_in(kb, reader, id, file)).is_empty(), "retired");
        }
    });
}

#[test]
fn an_internal_article_is_read_by_staff_alone() {
    on_each(|kb| {
        let id = kb.published(Audience::Internal);
        let file = with_file(kb, id);
        let (requester, technician) = (kb.d.as_person(kb.requester), kb.d.as_person(kb.other));
        for reader in [None, Some(&requester)] {
            assert!(open(&ways_in(kb, reader, id, file)).is_empty());
        }
        let ways = ways_in(kb, Some(&technician), id, file);
        assert_eq!(
            open(&ways).len(),
            ways.len(),
            "the control: every way is open to a technician: {ways:?}"
        );
    });
}

#[test]
fn the_words_of_a_next_version_find_nothing_for_readers() {
    on_each(|kb| {
        let id = kb.published(Audience::Public);
        kb.says(id, 1, Lang::En, "Use the secret tunnel.");
        kb.d.wait(finding::rebuild(&kb.d.desk, |_| {})).unwrap();
        let found = |text| {
            let all = finding::find_articles(&kb.d.desk, None, text, Lang::En, (0, 10), false);
            kb.d.wait(all).unwrap().total
        };
        assert_eq!((found("tunnel"), found("home Wi-Fi")), (0, 1));
        kb.publish(id);
        kb.d.wait(finding::rebuild(&kb.d.desk, |_| {})).unwrap();
        assert_eq!(found("tunnel"), 1, "the control: once published it is found");
    });
}

#[test]
fn what_readers_may_do_needs_that_they_may_read() {
    on_each(|kb| {
        let id = kb.published(Audience::Internal);
        let feedback = || NewFeedback {
            helped: true,
            words: String::new(),
            language: Lang::En,
        };
        let say = |reader: &'static str| {
            kb.as_of(kb.requester, move |tx, cx| {
                let reader = if reader.is_empty() {
                    Reader::Person
                } else {
                    Reader::Visitor(reader)
                };
                knowledge::say(tx, cx, id, reader, &feedback())
            })
        };
        assert_eq!(say(""), Err(Error::NotFound));
        assert_eq!(say("203.0.113.7"), Err(Error::NotFound));
        let visitor_as_staff = kb.as_of(kb.author, move |tx, cx| {
            knowledge::say(tx, cx, id, Reader::Visitor("203.0.113.7"), &feedback())
        });
        assert_eq!(
            visitor_as_staff,
            Err(Error::NotFound),
            "a visitor is a visitor whoever hands him in"
        );
        let requester = kb.requester;
        let ticket = kb
            .as_of(kb.requester, move |tx, cx| {
                tickets::open(tx, cx, &NewTicket::new(requester, Channel::Portal, "VPN", "Down."))
            })
            .unwrap()
            .number;
        let used = kb.as_of(kb.requester, move |tx, cx| {
            knowledge::used(tx, cx, id, ticket, knowledge::How::Read)
        });
        assert_eq!(used, Err(Error::NotFound));
        let searched = kb.look(kb.requester, |r, cx| {
            knowledge::missed_searches(r, cx, desk::Time(0), 9)
        });
        assert_eq!(searched, Err(Error::NotFound));
    });
}

#[test]
fn what_was_internal_is_shown_to_all_only_by_whose_word_publishes() {
    on_each(|kb| {
        let id = kb.published(Audience::Internal);
        let open_to_all = |by| {
            kb.as_of(by, move |tx, cx| {
                let article = knowledge::find(tx, cx, id)?;
                let care = knowledge::Care {
                    audience: Audience::Public,
                    ..knowledge::Care::of(&article)
                };
                knowledge::change(tx, cx, id, &care)
            })
        };
        assert_eq!(super::conflict(open_to_all(kb.author)), "conflict-another-approves");
        assert_eq!(super::conflict(open_to_all(kb.other)), "conflict-not-your-article");
        assert_eq!(kb.reader_sees(id).map(drop), Err(Error::NotFound));
        open_to_all(kb.supervisor).unwrap();
        assert!(kb.reader_sees(id).is_ok());
    });
}
