//! Reading attached files in the background, by a reader that is this test's: a few lines of shell in place of the
//! program. What the real one reads is shown in `tests/it/manuals.rs` of the program.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::time::Duration;

use desk::access::Audience;
use desk::clock::{HOUR, MINUTE};
use desk::finding::{self, FoundPage};
use desk::knowledge::{self, ArticleFile, FileFault, FileRead, read_again, read_waiting};
use desk::suggestions::{Asked, TargetKind, ranked};
use desk::words::Lang;
use desk::{ArticleFileId, Error, PersonId};
use manuals::Reader;
use tempfile::TempDir;

use super::files::{attach, attach_as};
use super::{Kb, on_each};

/// For a machine that does much else besides.
const PATIENCE: Duration = Duration::from_secs(60);
const TWO_PAGES: &str =
    r#"echo '{"page":"Contents"}'; echo '{"page":"Les imprimantes et leurs cartouches"}'; echo '{"end":null}'"#;

/// A reader that says this, and counts in the file `asked` how often it was asked.
fn reader(folder: &TempDir, script: &str) -> Reader {
    let path = folder.path().join("child");
    let asked = folder.path().join("asked");
    fs::write(&path, format!("#!/bin/sh\necho x >> {}\n{script}\n", asked.display())).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o700)).unwrap();
    Reader::patient(path, PATIENCE)
}

fn asked(folder: &TempDir) -> usize {
    fs::read_to_string(folder.path().join("asked")).map_or(0, |lines| lines.lines().count())
}

fn now(kb: &Kb<'_>, file: ArticleFileId) -> ArticleFile {
    kb.look(kb.author, move |r, cx| knowledge::find_file(r, Some(&cx.viewer), file))
        .unwrap()
}

fn pages(kb: &Kb<'_>, who: Option<PersonId>, text: &str, prefix: bool) -> Vec<FoundPage> {
    let viewer = who.map(|person| kb.d.as_person(person).viewer);
    kb.d.wait(finding::rebuild(&kb.d.desk, |_| {})).unwrap();
    let found = finding::find_pages(&kb.d.desk, viewer.as_ref(), text, Lang::Fr, 9, prefix);
    kb.d.wait(found).unwrap()
}

#[test]
fn what_waits_is_read_once_and_its_pages_are_found_in_both_languages() {
    on_each(|kb| {
        let folder = tempfile::tempdir().unwrap();
        let reader = reader(&folder, TWO_PAGES);
        let id = kb.published(Audience::Public);
        let file = attach(kb, id, "Guide.pdf", b"a guide");
        assert_eq!(now(kb, file).read, FileRead::Waiting);
        assert!(pages(kb, None, "cartouche", false).is_empty());
        assert_eq!(kb.d.wait(read_waiting(&kb.d.desk, &reader)).unwrap(), 1);
        assert_eq!(kb.d.wait(read_waiting(&kb.d.desk, &reader)).unwrap(), 0);
        assert_eq!((asked(&folder), now(kb, file).pages), (1, 2));
        // A French stem, an English one, and a word still being typed.
        for (text, prefix) in [("cartouche imprimante", false), ("content", false), ("cartou", true)] {
            let found = pages(kb, None, text, prefix);
            assert_eq!(found.len(), 1, "{text}");
            let page = if text == "content" { 1 } else { 2 };
            assert_eq!((found[0].file, found[0].page, found[0].article), (file, page, id));
            assert_eq!(found[0].title, "Se connecter au RPV");
        }
        assert!(
            pages(kb, None, "cartou", false).is_empty(),
            "the control: no whole word"
        );
    });
}

#[test]
fn pages_of_internal_and_unpublished_articles_are_for_staff_and_for_nobody() {
    on_each(|kb| {
        let folder = tempfile::tempdir().unwrap();
        let reader = reader(&folder, TWO_PAGES);
        let (internal, draft) = (kb.published(Audience::Internal), kb.vpn(Audience::Public));
        for id in [internal, draft] {
            attach(kb, id, "guide.pdf", b"a guide");
        }
        kb.d.wait(read_waiting(&kb.d.desk, &reader)).unwrap();
        let articles = |who| -> Vec<_> { pages(kb, who, "cartouches", false).iter().map(|p| p.article).collect() };
        assert_eq!(articles(Some(kb.author)), [internal]);
        assert!(articles(None).is_empty() && articles(Some(kb.requester)).is_empty());
        kb.publish(draft);
        assert_eq!(articles(None), [draft], "the control: a public one is found");
    });
}

#[test]
fn a_hostile_file_is_kept_with_its_reason_and_the_next_is_read() {
    on_each(|kb| {
        let folder = tempfile::tempdir().unwrap();
        let script =
            format!("case \"$(cat)\" in bad) echo '{{\"page\":\"first\"}}'; kill -SEGV $$;; *) {TWO_PAGES};; esac");
        let reader = reader(&folder, &script);
        let id = kb.published(Audience::Public);
        let (bad, good) = (attach(kb, id, "bad.pdf", b"bad"), attach(kb, id, "good.pdf", b"good"));
        let picture = attach_as(kb, id, ("screen.png", "image/png"), b"png");
        assert_eq!(
            kb.d.wait(read_waiting(&kb.d.desk, &reader)).unwrap(),
            2,
            "a picture is not read"
        );
        let found = |file| (now(kb, file).read, now(kb, file).fault(), now(kb, file).pages);
        assert_eq!(
            found(bad),
            (FileRead::Read, Some(FileFault::Broken), 1),
            "what came first is kept"
        );
        assert_eq!(found(good), (FileRead::Read, None, 2));
        assert_eq!(found(picture), (FileRead::Failed, Some(FileFault::UnknownKind), 0));
        assert_eq!(kb.d.desk.files().get(&now(kb, bad).sha256).unwrap(), b"bad");
        let words = now(kb, bad).words(Lang::En);
        assert!(words.contains("one page") && words.contains("damaged"), "{words}");
    });
}

#[test]
fn without_a_program_it_is_tried_for_minutes_and_then_says_so_until_somebody_asks_again() {
    on_each(|kb| {
        let folder = tempfile::tempdir().unwrap();
        let nobody = Reader::new(folder.path().join("nobody"));
        let id = kb.published(Audience::Public);
        let file = attach(kb, id, "guide.pdf", b"a guide");
        let mut tries = 0;
        for _ in 0..60 {
            tries += kb.d.wait(read_waiting(&kb.d.desk, &nobody)).unwrap();
            kb.d.advance(MINUTE);
        }
        assert_eq!((tries, now(kb, file).fault()), (6, Some(FileFault::NoReader)));
        assert_eq!(now(kb, file).read, FileRead::Failed);
        kb.as_of(kb.other, move |tx, cx| read_again(tx, cx, file)).unwrap();
        assert_eq!(now(kb, file).read, FileRead::Waiting);
        let twice = kb.as_of(kb.other, move |tx, cx| read_again(tx, cx, file));
        assert_eq!(twice, Err(Error::Conflict("conflict-changed-since")));
        let reader = reader(&folder, TWO_PAGES);
        assert_eq!(kb.d.wait(read_waiting(&kb.d.desk, &reader)).unwrap(), 1);
        assert_eq!((now(kb, file).read, now(kb, file).fault()), (FileRead::Read, None));
    });
}

#[test]
fn who_may_not_write_articles_has_nothing_read_again_and_a_picture_is_refused() {
    on_each(|kb| {
        let id = kb.published(Audience::Public);
        let picture = attach_as(kb, id, ("screen.png", "image/png"), b"png");
        let file = attach(kb, id, "guide.pdf", b"a guide");
        let asks = |who, file| kb.as_of(who, move |tx, cx| read_again(tx, cx, file));
        assert_eq!(asks(kb.requester, file), Err(Error::NotFound));
        assert!(matches!(asks(kb.other, picture), Err(Error::Refused(_))));
        assert!(!now(kb, picture).can_be_read_again() && !now(kb, file).can_be_read_again());
    });
}

#[test]
fn what_was_in_hand_when_the_desk_stopped_is_read_by_the_next() {
    on_each(|kb| {
        let folder = tempfile::tempdir().unwrap();
        let endless = reader(&folder, "while :; do sleep 1; done");
        let id = kb.published(Audience::Public);
        let file = attach(kb, id, "guide.pdf", b"a guide");
        let stop = async {
            while asked(&folder) == 0 {
                tokio::task::yield_now().await;
            }
        };
        kb.d.wait(knowledge::read_files(kb.d.desk.clone(), endless, stop));
        assert_eq!(now(kb, file).read, FileRead::Waiting, "it was being read");
        let reader = reader(&folder, TWO_PAGES);
        assert_eq!(
            kb.d.wait(read_waiting(&kb.d.desk, &reader)).unwrap(),
            0,
            "while another may have it in hand it is left alone"
        );
        kb.d.advance(HOUR);
        assert_eq!(kb.d.wait(read_waiting(&kb.d.desk, &reader)).unwrap(), 1);
        assert_eq!(now(kb, file).pages, 2);
    });
}

#[test]
fn a_file_whose_bytes_are_gone_says_so() {
    on_each(|kb| {
        let folder = tempfile::tempdir().unwrap();
        let id = kb.published(Audience::Public);
        let file = attach(kb, id, "guide.pdf", b"a guide");
        let path = kb.d.desk.files().path(&now(kb, file).sha256).unwrap();
        fs::remove_file(path).unwrap();
        let reader = reader(&folder, TWO_PAGES);
        kb.d.wait(read_waiting(&kb.d.desk, &reader)).unwrap();
        assert_eq!((now(kb, file).fault(), asked(&folder)), (Some(FileFault::Missing), 0));
    });
}

#[test]
fn a_manual_that_speaks_of_the_problem_makes_its_article_likely() {
    on_each(|kb| {
        let folder = tempfile::tempdir().unwrap();
        let reader = reader(&folder, TWO_PAGES);
        let id = kb.published(Audience::Internal);
        attach(kb, id, "guide.pdf", b"a guide");
        kb.d.wait(read_waiting(&kb.d.desk, &reader)).unwrap();
        kb.d.wait(finding::rebuild(&kb.d.desk, |_| {})).unwrap();
        let likely = |closed_gates: Vec<i64>, text: &str| {
            let asked = Asked {
                text: text.into(),
                language: Lang::Fr,
                closed_gates,
                of: None,
                meant: None,
                known_before: kb.d.desk.now(),
                learnt_before: kb.d.desk.now(),
            };
            let desk = kb.d.desk.clone();
            let found =
                kb.d.read(move |r| ranked(r, desk.index(), &asked, TargetKind::Article, 9));
            found.iter().map(|near| near.id).collect::<Vec<_>>()
        };
        assert_eq!(likely(Vec::new(), "La cartouche est vide"), [id.0]);
        assert!(likely(vec![-1], "La cartouche est vide").is_empty(), "for staff alone");
        assert!(likely(Vec::new(), "Le clavier colle").is_empty(), "the control");
    });
}

#[test]
fn every_state_of_a_file_has_its_words_in_both_languages() {
    on_each(|kb| {
        let id = kb.published(Audience::Public);
        let id = attach(kb, id, "guide.pdf", b"a guide");
        let file = now(kb, id);
        for lang in [Lang::En, Lang::Fr] {
            let mut said = vec![file.words(lang)];
            for fault in FileFault::ALL {
                let fault = fault.to_string();
                said.push(
                    ArticleFile {
                        read: FileRead::Failed,
                        fault,
                        ..file.clone()
                    }
                    .words(lang),
                );
            }
            for pages in [0, 1, 7] {
                let words = ArticleFile {
                    read: FileRead::Read,
                    pages,
                    ..file.clone()
                }
                .words(lang);
                assert_eq!(words.contains('7'), pages == 7, "{words}");
                said.push(words);
            }
            assert!(
                said.iter()
                    .all(|words| words.ends_with('.') && !words.contains("file-")),
                "{said:?}"
            );
            said.sort();
            said.dedup();
            assert_eq!(said.len(), FileFault::ALL.len() + 4);
        }
    });
}
