//! Manuals attached to articles, read by the built program: found with the page they say it on, hostile ones kept with
//! the reason, and nothing lost when the program is killed.

use std::path::Path;
use std::time::{Duration, Instant};

use db::{Db, SqliteOptions};
use desk::access::{Audience, Role, Viewer};
use desk::knowledge::{self, ArticleFile, FileFault, FileRead, NewArticle, Texts};
use desk::tickets::NewFile;
use desk::words::Lang;
use desk::{ArticleFileId, ArticleId, Clock, Context, Desk, Parts, PersonId, finding};
use manuals::Reader;
use search::Index;
use testkit::{Program, Stand};

use crate::common::{done, exe, place};
use crate::manuals::{hostile, make};

/// For a machine that does much else besides; the limits of the child are its own.
const PATIENT: Duration = Duration::from_secs(60);

fn wait<T>(work: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(work)
}

fn attach(desk: &Desk, cx: &Context, id: ArticleId, (name, mime): (&str, &str), bytes: &[u8]) -> ArticleFileId {
    let file = NewFile {
        name: name.into(),
        mime: mime.into(),
        bytes: i64::try_from(bytes.len()).expect("a small file"),
        sha256: desk.files().put(bytes).expect("kept"),
        content_id: None,
    };
    let cx = cx.clone();
    let added = desk.write_now(move |tx| knowledge::attach(tx, &cx, id, &file));
    added.expect("attached").0
}

fn now(desk: &Desk, file: ArticleFileId) -> ArticleFile {
    let viewer = Viewer::desk(PersonId(0));
    let found = desk.read_now(move |r| knowledge::find_file(r, Some(&viewer), file));
    found.expect("the file is there")
}

/// The file and the page of each hit, for somebody who is not signed in.
fn found(desk: &Desk, text: &str, lang: Lang) -> Vec<(ArticleFileId, i64)> {
    let pages = wait(finding::find_pages(desk, None, text, lang, 9, false)).expect("an answer");
    pages.iter().map(|hit| (hit.file, hit.page)).collect()
}

fn published(stand: &Stand) -> (ArticleId, Context) {
    let cx = stand.cx(stand.person("spruce", Role::Supervisor));
    let title = Texts::new("The press", "La presse");
    let new = NewArticle::new(
        title,
        vec![Texts::new("See the manuals.", "Voir les manuels.")],
        Audience::Public,
    );
    let author = cx.clone();
    let id = stand.desk.write_now(move |tx| {
        let id = knowledge::draft(tx, &author, &new)?.article;
        let saves = knowledge::latest(tx, &author, id)?.1.version.saves;
        knowledge::publish(tx, &author, id, saves)?;
        Ok(id)
    });
    (id.expect("an article"), cx)
}

#[test]
fn real_manuals_of_every_kind_are_found_by_the_page_on_both_engines() {
    let reader = Reader::patient(exe().to_owned(), PATIENT);
    for stand in Stand::both() {
        eprintln!("on {}", stand.engine);
        let (id, cx) = published(&stand);
        let put = |name: &str, bytes: &[u8]| attach(&stand.desk, &cx, id, (name, "application/octet-stream"), bytes);
        let pdf = put(
            "presse.pdf",
            &make::pdf(&["Sommaire", "", "Remplacez les rouleaux d’entraînement usés."]),
        );
        let word =
            "<w:p><w:r><w:t>Contents</w:t><w:br w:type=\"page\"/><w:t>Lubricate the bearings weekly.</w:t></w:r></w:p>";
        let docx = put("press.docx", &make::docx(word));
        let odt = put(
            "purge.odt",
            &make::odt("", "<text:p>Un<text:soft-page-break/>Purger la chaudière</text:p>"),
        );
        let text = put("codes.txt", "Codes\u{C}E-1142 means the spooler is jammed".as_bytes());
        wait(knowledge::read_waiting(&stand.desk, &reader)).expect("read");
        for rebuilt in [false, true] {
            if rebuilt {
                wait(finding::rebuild(&stand.desk, |_| {})).expect("an index");
            } else if stand.engine == "sqlite" {
                wait(finding::catch_up(&stand.desk)).expect("an index");
            } else {
                // The log of a shared server is followed only to its horizon.
                continue;
            }
            for (words, lang, hit) in [
                ("rouleau usé", Lang::Fr, (pdf, 3)),
                ("entrainement", Lang::En, (pdf, 3)),
                ("bearing lubrication", Lang::En, (docx, 2)),
                ("chaudières", Lang::Fr, (odt, 2)),
                ("E1142", Lang::En, (text, 2)),
                ("spoolers", Lang::Fr, (text, 2)),
            ] {
                assert_eq!(found(&stand.desk, words, lang), [hit], "{words}, rebuilt: {rebuilt}");
            }
            assert!(found(&stand.desk, "marzipan", Lang::En).is_empty(), "the control");
        }
    }
}

#[test]
fn hostile_manuals_are_kept_with_the_reason_and_the_desk_goes_on() {
    let reader = Reader::patient(exe().to_owned(), PATIENT);
    for stand in Stand::both() {
        let (id, cx) = published(&stand);
        let put = |name: &str, bytes: &[u8]| attach(&stand.desk, &cx, id, (name, "application/pdf"), bytes);
        let (bomb, forms) = (hostile::content_bomb(), hostile::forms());
        let (large, slow, broken) = (
            put("a.pdf", &bomb),
            put("b.pdf", &forms),
            put("c.pdf", b"%PDF-1.7 nothing"),
        );
        let good = put("d.pdf", &make::pdf(&["Gasket"]));
        let begun = Instant::now();
        assert_eq!(wait(knowledge::read_waiting(&stand.desk, &reader)).expect("read"), 4);
        eprintln!(
            "on {}: four manuals, two of them hostile, after {:?}",
            stand.engine,
            begun.elapsed()
        );
        for (file, fault, word) in [
            (large, FileFault::TooLarge, "plusieurs parties"),
            (slow, FileFault::TooSlow, "plus long à lire"),
            (broken, FileFault::Broken, "endommagé"),
        ] {
            let now = now(&stand.desk, file);
            assert_eq!((now.read, now.fault()), (FileRead::Failed, Some(fault)));
            assert!(now.words(Lang::Fr).contains(word), "{}", now.words(Lang::Fr));
            assert!(stand.desk.files().verify(&now.sha256).expect("there"));
        }
        assert_eq!(now(&stand.desk, good).read, FileRead::Read);
        wait(finding::rebuild(&stand.desk, |_| {})).expect("an index");
        assert_eq!(
            found(&stand.desk, "gaskets", Lang::En),
            [(good, 1)],
            "the one after them is found"
        );
    }
}

fn open(data: &Path, index: Index) -> Desk {
    let parts = Parts {
        db: Db::sqlite(&data.join("firstline.db"), SqliteOptions::default()).expect("the database"),
        files: desk::files::Store::open(&data.join("files")).expect("the files"),
        index,
        clock: Clock::Machine,
    };
    Desk::open(parts).expect("the desk")
}

fn read_so_far(data: &Path) -> i64 {
    let db = rusqlite::Connection::open(data.join("firstline.db")).expect("the database");
    let read = db.query_row("SELECT count(*) FROM article_file WHERE read <> 'waiting'", [], |row| {
        row.get(0)
    });
    read.expect("a count")
}

#[test]
fn what_was_not_read_when_the_program_was_killed_is_read_by_the_next() {
    const FILES: i64 = 12;
    let at = place();
    let inside = at.folder.path().join("in");
    std::fs::create_dir_all(&inside).expect("a folder");
    let article = "---\ntitle-en: \"The press\"\naudience: public\nstate: published\n---\n\nSee the manuals.\n";
    std::fs::write(inside.join("press.md"), article).expect("written");
    done(
        &at.data,
        &["articles", "import", &inside.display().to_string(), "--publish"],
    );
    {
        let desk = open(&at.data, Index::in_memory().expect("an index"));
        let cx = desk.context(Viewer::desk(PersonId(0)), None);
        for n in 1..=FILES {
            let pdf = make::pdf(&["Contents", &format!("Gasket number {n}")]);
            attach(&desk, &cx, ArticleId(1), (&format!("{n}.pdf"), "application/pdf"), &pdf);
        }
    }
    assert_eq!(read_so_far(&at.data), 0);
    let until = |most: i64| {
        let begun = Instant::now();
        while read_so_far(&at.data) < most {
            assert!(begun.elapsed() < PATIENT, "{} read", read_so_far(&at.data));
            std::thread::yield_now();
        }
    };
    let first = Program::serve(exe(), &at.data, &[]);
    until(1);
    first.kill();
    let before = read_so_far(&at.data);
    eprintln!("killed with {before} of {FILES} read");
    let second = Program::serve(exe(), &at.data, &[]);
    until(FILES);
    assert!(second.stop().0.success());
    assert!(done(&at.data, &["check"]).contains("everything fits"));
    let index = Index::open(&at.data.join("index")).expect("the index");
    let desk = open(&at.data, index);
    wait(finding::catch_up(&desk)).expect("followed");
    let most = |desk: &Desk| {
        (1..=FILES).all(|n| found(desk, &format!("\"gasket number {n}\""), Lang::En).contains(&(ArticleFileId(n), 2)))
    };
    assert!(most(&desk), "every manual is found by the index that the program kept");
}
