//! Cut anywhere, a manual is still read to an end: what is whole before the cut, and a fault. Nothing panics: the words
//! of a panic are counted.

use std::sync::atomic::{AtomicUsize, Ordering};

use manuals::Kind;
use proptest::prelude::*;

use crate::make::{docx, odt, pdf};
use crate::read;

static PANICS: AtomicUsize = AtomicUsize::new(0);

/// A panic in the reader is caught there; only this hook hears of it. A failure of the test itself says its own words.
fn count_panics() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            PANICS.fetch_add(1, Ordering::Relaxed);
            usual(info);
        }));
    });
}

fn samples() -> [(Kind, Vec<u8>); 4] {
    [
        (Kind::Pdf, pdf(&["Page one\nof two", "Page two"])),
        (
            Kind::Docx,
            docx("<w:p><w:r><w:t>Page one</w:t><w:br w:type=\"page\"/><w:t>two</w:t></w:r></w:p>"),
        ),
        (
            Kind::Odt,
            odt(
                "<style:style style:name=\"B\"/>",
                "<text:p>Page one<text:soft-page-break/>two</text:p>",
            ),
        ),
        (Kind::Text(None), "Page one\u{C}tw\u{e9}".into()),
    ]
}

#[test]
fn cut_anywhere_it_is_read_to_an_end_and_nothing_panics() {
    count_panics();
    for (kind, whole) in samples() {
        for size in 0..whole.len() {
            let (pages, _) = read(kind, &whole[..size]);
            assert!(pages.len() <= 2, "{kind} cut at {size}: {pages:?}");
        }
    }
    assert_eq!(PANICS.load(Ordering::Relaxed), 0);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn changed_anywhere_it_is_read_to_an_end(
        which in 0_usize..4,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20),
    ) {
        let (kind, mut bytes) = samples()[which].clone();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let (pages, _) = read(kind, &bytes);
        prop_assert!(pages.iter().map(String::len).sum::<usize>() <= 10_000);
    }
}
