//! Out as files and in again, and files that nobody should trust.

use desk::access::Audience;
use desk::knowledge::{self, Imported, Paper, read_paper};
use desk::words::Lang;
use desk::{ArticleId, Error};

use super::{Kb, on_each};

fn out(kb: &Kb<'_>, id: ArticleId) -> String {
    kb.look(kb.author, move |r, cx| knowledge::paper(r, cx, id))
        .unwrap()
        .write()
}

fn into(kb: &Kb<'_>, paper: Paper) -> Imported {
    let cx = kb.d.cx();
    kb.d.write(move |tx| knowledge::import(tx, &cx, &paper, true))
}

fn read(text: &str) -> Paper {
    read_paper(text.as_bytes(), "file.md").unwrap()
}

/// An article with everything a file can say, as text.
fn rich(kb: &Kb<'_>) -> String {
    let id = kb.published(Audience::Public);
    kb.says(
        id,
        1,
        Lang::En,
        "A \"quoted\" line: with a colon\n\n    code\n\n<!-- passage 9 en -->\n\\<!-- passage 1 fr -->",
    );
    kb.d.advance(1_234_567);
    kb.says(id, 2, Lang::En, "```\n---\nid: x\n---\n```");
    kb.publish(id);
    out(kb, id)
}

#[test]
fn what_goes_out_comes_in_and_goes_out_the_same_on_another_desk() {
    on_each(|kb| {
        let file = rich(kb);
        assert!(file.contains("behind 2026-11-16"), "{file}");
        // The same engine, another desk.
        kb.d.write(|tx| desk::house::put(tx, "name", "Another desk"));
        kb.d.wait(kb.d.desk.reload_house()).unwrap();
        let done = into(kb, read(&file));
        assert!(done.new && done.published);
        assert_eq!(out(kb, done.article), file);
        let again = into(kb, read(&file));
        assert_eq!(
            (again.article, again.new, again.changed),
            (done.article, false, false),
            "twice is once"
        );
        assert_eq!(kb.latest(done.article).0.draft, None);
    });
}

#[test]
fn two_files_of_one_language_each_are_the_one_of_both() {
    on_each(|kb| {
        let file = rich(kb);
        let whole = read(&file);
        let (en, fr) = (whole.in_one(Lang::En).write(), whole.in_one(Lang::Fr).write());
        assert!(en.contains("lang: en") && !en.contains("Attendez") && fr.contains("Attendez"));
        assert_eq!(read(&en).joined(read(&fr)).write(), file);
        assert_eq!(read(&fr).joined(read(&en)).write(), file);
    });
}

#[test]
fn a_file_that_says_something_else_becomes_a_next_version_and_one_language_leaves_the_other_behind() {
    on_each(|kb| {
        let id = kb.published(Audience::Public);
        let mut paper = read(&out(kb, id)).in_one(Lang::Fr);
        paper.passages[1].texts.fr = "Attendez encore.".into();
        let cx = kb.d.cx();
        let done = kb.d.write(move |tx| knowledge::import(tx, &cx, &paper, false));
        assert_eq!(
            (done.article, done.new, done.changed, done.published),
            (id, false, true, false)
        );
        let (article, text) = kb.latest(id);
        assert_eq!((article.published, article.draft), (Some(1), Some(2)));
        assert_eq!(
            text.passages[1].en.0, "Wait for the green dot.",
            "what the file does not speak of stays"
        );
        assert_eq!((text.lagging(Lang::En), text.lagging(Lang::Fr)), (1, 0));
    });
}

#[test]
fn a_file_from_elsewhere_is_parted_at_its_headings() {
    let paper = read(
        "---\ntitle: 'The owner''s guide'\ntags:\n  - vpn\nlayout: post\n---\nIntro.\n\n## One\n\ntext\n```\n# no heading\n```\n\n## Two\n",
    );
    assert_eq!(paper.title.en, "The owner's guide");
    let all: Vec<&str> = paper.passages.iter().map(|p| p.texts.en.as_str()).collect();
    assert_eq!(all, ["Intro.", "## One\n\ntext\n```\n# no heading\n```", "## Two"]);
    let bare = read_paper(b"# Connect\r\n\r\nFirst.\r\n", "connect-vpn.md").unwrap();
    assert_eq!(
        (bare.title.en.as_str(), bare.passages[0].texts.en.as_str()),
        ("Connect", "First.")
    );
    let unnamed = read_paper(b"Only words.", "connect-to-vpn.fr.md").unwrap();
    assert_eq!(unnamed.title.en, "connect to vpn");
}

#[test]
fn hostile_heads_are_refused_with_their_line() {
    let long: String = (0..300).map(|n| format!("k{n}: v\n")).collect();
    for (text, key, line) in [
        ("---\ntitle: x\n".to_string(), "refused-paper-open", 1),
        ("---\ntitle\n---\n".into(), "refused-paper-line", 2),
        ("---\ntitle: x\ntitle: y\n---\n".into(), "refused-paper-twice", 3),
        ("---\ntitle:\n  - x\n---\n".into(), "refused-paper-deep", 3),
        ("---\ntitle: &a x\n---\n".into(), "refused-paper-deep", 2),
        ("---\ntitle: !!python/object x\n---\n".into(), "refused-paper-deep", 2),
        ("---\ntitle: |\n---\n".into(), "refused-paper-deep", 2),
        ("---\ntitle: \"x\n---\n".into(), "refused-paper-quotes", 2),
        ("---\naudience: everybody\n---\n".into(), "refused-paper-value", 2),
        ("---\nreview: soon\n---\n".into(), "refused-paper-value", 2),
        ("---\nnote: \"a\\u0007b\"\n---\n".into(), "refused-paper-value", 2),
        (format!("---\n{long}---\n"), "refused-paper-head-long", 200),
        (
            "---\ntitle: x\n---\n<!-- passage 0 en -->\n".into(),
            "refused-paper-marker",
            4,
        ),
        (
            "---\ntitle: x\n---\n<!-- passage 1 de -->\n".into(),
            "refused-paper-marker",
            4,
        ),
        (
            "---\ntitle: x\n---\n<!-- passage 1 en -->\na\n<!-- passage 1 en -->\nb".into(),
            "refused-paper-twice",
            6,
        ),
    ] {
        let refused = read_paper(text.as_bytes(), "a.md");
        assert_eq!(refused, Err(Error::refused_at("file", key, line)), "{text:.80}");
    }
    for bytes in [b"\xff\xfe".as_slice(), b"a\0b"] {
        assert_eq!(
            read_paper(bytes, "a.md"),
            Err(Error::refused_at("file", "refused-paper-utf8", 0))
        );
    }
    let large = vec![b'x'; knowledge::LARGEST_PAPER + 1];
    assert_eq!(
        read_paper(&large, "a.md"),
        Err(Error::refused_at("file", "refused-paper-large", 4))
    );
}

#[test]
fn what_a_file_may_not_say_is_refused_and_nothing_is_kept() {
    on_each(|kb| {
        let id = kb.published(Audience::Public);
        let mut paper = read(&out(kb, id));
        paper.passages[0].texts.en = "x".repeat(20_001);
        let cx = kb.d.cx();
        let refused = kb.d.desk.write_now(move |tx| knowledge::import(tx, &cx, &paper, true));
        assert_eq!(crate::common::key_of(refused), "refused-too-long");
        assert_eq!(kb.latest(id).0.draft, None);
        let paper = read("---\ntitle: x\n---\n");
        let requester = kb.as_of(kb.requester, move |tx, cx| knowledge::import(tx, cx, &paper, true));
        assert_eq!(requester, Err(Error::NotFound));
    });
}

#[test]
fn a_technicians_import_publishes_nothing_that_he_could_not_publish() {
    on_each(|kb| {
        let file = rich(kb).replace("KB-", "KB-9");
        let paper = read(&file);
        let done = kb
            .as_of(kb.author, move |tx, cx| knowledge::import(tx, cx, &paper, true))
            .unwrap();
        assert!(done.new && !done.published);
        assert_eq!(kb.reader_sees(done.article).map(drop), Err(Error::NotFound));
    });
}
