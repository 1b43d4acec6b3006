//! Files of an article: attached, taken away and back, and the words inside.

use desk::access::Audience;
use desk::knowledge::{self, FileFault, FileRead};
use desk::tickets::NewFile;
use desk::words::Lang;
use desk::{ArticleFileId, ArticleId, Error, Text, files, finding};

use super::{Kb, on_each};
use desk::finding::FoundIn;

pub(crate) fn attach(kb: &Kb<'_>, id: ArticleId, name: &str, bytes: &[u8]) -> ArticleFileId {
    attach_as(kb, id, (name, "application/pdf"), bytes)
}

pub(crate) fn attach_as(kb: &Kb<'_>, id: ArticleId, (name, mime): (&str, &str), bytes: &[u8]) -> ArticleFileId {
    let sha256 = kb.d.desk.files().put(bytes).unwrap();
    let file = NewFile {
        name: name.into(),
        mime: mime.into(),
        bytes: i64::try_from(bytes.len()).unwrap(),
        sha256,
        content_id: None,
    };
    kb.as_of(kb.author, move |tx, cx| knowledge::attach(tx, cx, id, &file))
        .unwrap()
        .0
}

#[test]
fn a_file_is_taken_away_and_had_back_and_a_backup_takes_it_along_all_the_while() {
    on_each(|kb| {
        let id = kb.published(Audience::Public);
        let file = attach(kb, id, "../manual.pdf", b"a manual");
        let names = || {
            kb.d.read(move |r| knowledge::files_of(r, None, id))
                .into_iter()
                .map(|f| f.name)
                .collect::<Vec<_>>()
        };
        assert_eq!(names(), ["manual.pdf"]);
        let event = kb
            .as_of(kb.other, move |tx, cx| knowledge::detach(tx, cx, file))
            .unwrap();
        assert!(names().is_empty());
        let gone =
            kb.d.desk
                .read_now(move |r| knowledge::find_file(r, None, file).map(drop));
        assert_eq!(gone, Err(Error::NotFound));
        assert!(
            kb.look(kb.author, move |r, cx| knowledge::find_file(r, Some(&cx.viewer), file))
                .is_ok()
        );
        assert_eq!(kb.d.read(files::in_use).len(), 1);
        kb.as_of(kb.other, move |tx, cx| knowledge::undo(tx, cx, event))
            .unwrap();
        assert_eq!(names(), ["manual.pdf"]);
    });
}

#[test]
fn the_words_inside_are_found_with_the_page_they_stand_on() {
    on_each(|kb| {
        let id = kb.published(Audience::Public);
        let file = attach(kb, id, "manual.pdf", b"a manual");
        let now = || kb.d.read(move |r| knowledge::find_file(r, None, file));
        assert_eq!((now().read, now().pages), (FileRead::Waiting, 0));
        let keep = |pages: &[&str], fault: Option<FileFault>| {
            let pages: Vec<Text> = pages.iter().map(|page| Text::from(*page)).collect();
            let cx = kb.d.cx();
            kb.d.write(move |tx| knowledge::keep_text(tx, &cx, file, &pages, fault));
            kb.d.wait(finding::rebuild(&kb.d.desk, |_| {})).unwrap();
        };
        keep(&["Contents\0", "", "Replace the gasket with care."], None);
        assert_eq!((now().read, now().pages), (FileRead::Read, 2));
        let found = |text| {
            let all = finding::find_articles(&kb.d.desk, None, text, Lang::Fr, (0, 9), false);
            kb.d.wait(all).unwrap()
        };
        let hits = found("gaskets").hits;
        assert_eq!((hits.len(), hits[0].found_in), (1, FoundIn::File(file, 3)));
        assert_eq!(hits[0].file.as_deref(), Some("manual.pdf"));
        assert!(hits[0].snippet.iter().any(|p| p.hit));
        keep(&["Contents only"], Some(FileFault::Broken));
        assert_eq!(found("gasket").total, 0, "read again, the page is gone");
        assert_eq!(
            (now().read, now().fault(), now().pages),
            (FileRead::Read, Some(FileFault::Broken), 1)
        );
        keep(&["", ""], Some(FileFault::OnlyPictures));
        assert_eq!(
            (now().read, now().pages),
            (FileRead::Failed, 0),
            "pages without a word are none"
        );
    });
}

#[test]
fn the_words_of_a_file_leave_the_index_with_it() {
    on_each(|kb| {
        let id = kb.published(Audience::Public);
        let file = attach(kb, id, "manual.pdf", b"a manual");
        let cx = kb.d.cx();
        kb.d.write(move |tx| knowledge::keep_text(tx, &cx, file, &["Gasket.".into()], None));
        let found = || {
            kb.d.wait(finding::catch_up(&kb.d.desk)).unwrap();
            let all = finding::find_articles(&kb.d.desk, None, "gasket", Lang::En, (0, 9), false);
            kb.d.wait(all).unwrap().total
        };
        if kb.d.engine == "sqlite" {
            assert_eq!(found(), 1);
            kb.as_of(kb.author, move |tx, cx| knowledge::detach(tx, cx, file))
                .unwrap();
            assert_eq!(found(), 0);
        }
    });
}
