//! What reading a manual holds, measured: an honest one stays far below what a child may have, and a hostile one, read
//! here without the limits of a child, does not: the limits are what keeps it in bounds.

#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

#[path = "it/hostile.rs"]
#[allow(dead_code, reason = "only what is read without limits is measured here")]
mod hostile;
#[path = "it/make.rs"]
#[allow(dead_code, reason = "the other tests make more kinds of manuals")]
mod make;

use manuals::apart::MOST_MEMORY;
use manuals::{Fault, Kind};
use peak_alloc::PeakAlloc;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Bytes held besides the file, letters read, and the fault.
fn cost(kind: Kind, file: &[u8]) -> (u64, usize, Option<Fault>) {
    let file = file.to_vec();
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let mut letters = 0;
    let fault = manuals::read(kind, file, &mut |page| letters += page.len());
    let held = MEMORY.peak_usage().saturating_sub(before) as u64;
    eprintln!("{kind}: {} KiB held, {letters} letters, {fault:?}", held >> 10);
    (held, letters, fault)
}

/// One test, because the allocator is counted for the whole process.
#[test]
fn an_honest_manual_is_far_below_the_limit_and_a_hostile_one_is_not() {
    let page = "Remove the cover and replace the fuser. Wait until it is cool.\n".repeat(40);
    let manual = make::pdf(&vec![page.as_str(); 400]);
    let (held, letters, fault) = cost(Kind::Pdf, &manual);
    assert_eq!(fault, None);
    assert!(
        letters > 400 * 2_000 && held < MOST_MEMORY / 4,
        "{held} bytes for {letters} letters"
    );
    let body = format!("<w:p><w:r><w:t>{page}</w:t></w:r></w:p>").repeat(400);
    let (held, letters, fault) = cost(Kind::Docx, &make::docx(&body));
    assert_eq!(fault, None);
    assert!(
        letters > 400 * 2_000 && held < MOST_MEMORY / 4,
        "{held} bytes for {letters} letters"
    );
    let (held, _, _) = cost(Kind::Pdf, &hostile::content_bomb());
    assert!(held > MOST_MEMORY, "the control: {held} bytes");
}
