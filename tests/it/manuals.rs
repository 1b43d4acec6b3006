//! The child that reads manuals, as the desk starts it: the built binary under its own limits.

#[path = "../../crates/manuals/tests/it/hostile.rs"]
pub(crate) mod hostile;
#[path = "../../crates/manuals/tests/it/make.rs"]
#[allow(dead_code, reason = "the crate's own tests make more kinds of manuals")]
pub(crate) mod make;

use std::fs::{self, File};
use std::path::Path;
use std::time::{Duration, Instant};

use manuals::apart::MOST_TIME;
use manuals::{Fault, Kind, LARGEST, Manual, Reader};

use crate::common::exe;

/// For a machine that does much else besides; the limits of the child are its own.
const PATIENT: Duration = Duration::from_secs(60);

fn read(reader: &Reader, kind: Kind, path: &Path) -> Manual {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let file = File::open(path).expect("the file is there");
    runtime.block_on(reader.read(kind, file)).expect("a child that answers")
}

fn read_bytes(reader: &Reader, kind: Kind, bytes: &[u8]) -> Manual {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("manual");
    fs::write(&path, bytes).expect("a file");
    read(reader, kind, &path)
}

#[test]
fn a_manual_of_each_kind_is_read_by_the_child() {
    let reader = Reader::patient(exe().to_owned(), PATIENT);
    let pdf = make::pdf(&["Réinitialiser", "Redémarrer"]);
    let docx = make::docx("<w:p><w:r><w:t>Réinitialiser</w:t><w:br w:type=\"page\"/><w:t>Redémarrer</w:t></w:r></w:p>");
    let odt = make::odt("", "<text:p>Réinitialiser<text:soft-page-break/>Redémarrer</text:p>");
    let text = "Réinitialiser\u{C}Redémarrer".as_bytes();
    let latin = Kind::of("a.txt", "text/plain; charset=latin1").expect("a kind");
    for (kind, bytes) in [
        (Kind::Pdf, &pdf[..]),
        (Kind::Docx, &docx),
        (Kind::Odt, &odt),
        (latin, text),
    ] {
        let manual = read_bytes(&reader, kind, bytes);
        assert_eq!(
            (manual.pages.join("|"), manual.fault),
            ("Réinitialiser|Redémarrer".to_owned(), None),
            "{kind}"
        );
    }
}

#[test]
fn a_hostile_manual_is_over_in_time_with_its_fault() {
    let reader = Reader::new(exe().to_owned());
    for hostile in hostile::all() {
        let begun = Instant::now();
        let manual = read_bytes(&reader, hostile.kind, &hostile.file);
        let took = begun.elapsed();
        eprintln!("{:34} {:?} after {took:?}", hostile.name, manual.fault);
        assert!(took < 2 * MOST_TIME, "{}: {took:?}", hostile.name);
        if !hostile.faults.is_empty() {
            // On a busy machine any of them may be too slow.
            let said = manual.fault.expect("a hostile manual has a fault");
            assert!(
                hostile.faults.contains(&said) || said == Fault::TooSlow,
                "{}: {said}",
                hostile.name
            );
        }
    }
}

/// The parent would wait for a minute: whoever is over sooner has kept its own limits.
#[test]
fn the_child_keeps_its_limits_by_itself() {
    let reader = Reader::patient(exe().to_owned(), PATIENT);
    let begun = Instant::now();
    assert_eq!(
        read_bytes(&reader, Kind::Pdf, &hostile::content_bomb()).fault,
        Some(Fault::TooLarge)
    );
    assert_eq!(
        read_bytes(&reader, Kind::Pdf, &hostile::forms()).fault,
        Some(Fault::TooSlow)
    );
    assert!(begun.elapsed() < PATIENT / 2, "{:?}", begun.elapsed());
}

#[test]
fn a_file_beyond_the_largest_is_not_even_opened() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("manual");
    File::create(&path)
        .and_then(|file| file.set_len(LARGEST + 1))
        .expect("a file of nothing");
    let reader = Reader::patient(exe().to_owned(), PATIENT);
    assert_eq!(read(&reader, Kind::Text(None), &path).fault, Some(Fault::TooLarge));
    File::create(&path)
        .and_then(|file| file.set_len(LARGEST))
        .expect("a file of nothing");
    assert_eq!(
        read(&reader, Kind::Text(None), &path).fault,
        Some(Fault::UnknownKind),
        "the control: one byte less"
    );
}

#[test]
fn people_are_not_offered_the_childs_command() {
    let help = std::process::Command::new(exe()).arg("--help").output().expect("help");
    let text = String::from_utf8_lossy(&help.stdout).into_owned();
    assert!(text.contains("backup") && !text.contains("read-manual"), "{text}");
}
