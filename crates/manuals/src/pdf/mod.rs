//! The words of a PDF (ISO 32000-1), a page at a time: the content of each page is run for its text alone
//! (`content`), glyph after glyph, and put into lines by where the glyphs stand (`lines`). Pictures are never opened.
//!
//! The library keeps the decoded content of a page with the page; here it is decoded aside and dropped at once, for a
//! manual may have thousands.

mod content;
mod lines;
mod state;

use hayro_syntax::object::dict::keys::CONTENTS;
use hayro_syntax::object::{Array, Object, Stream};
use hayro_syntax::page::Page;
use hayro_syntax::{LoadPdfError, Pdf};

use crate::Fault;
use crate::pages::Pages;
use content::Interpreter;

/// Bytes of content of one page.
const MOST_CONTENT: usize = 16 << 20;
/// A header may be preceded by other bytes (annex H.3.4.1).
const HEAD: usize = 1 << 10;

pub(crate) fn read(file: Vec<u8>, pages: &mut Pages<'_>) -> Result<(), Fault> {
    let head = &file[..file.len().min(HEAD)];
    if !head.windows(5).any(|five| five == b"%PDF-") {
        return Err(Fault::Broken);
    }
    let pdf = Pdf::new(file).map_err(|e| match e {
        LoadPdfError::Decryption(_) => Fault::Encrypted,
        LoadPdfError::Invalid => Fault::Broken,
    })?;
    if pdf.pages().is_empty() {
        return Err(Fault::Broken);
    }
    let mut interpreter = Interpreter::new();
    for page in pdf.pages().iter() {
        interpreter.run(page.resources(), &content_of(page)?, pages)?;
        pages.end_page()?;
    }
    if interpreter.painted() && !pages.has_words() {
        return Err(Fault::OnlyPictures);
    }
    Ok(())
}

fn content_of(page: &Page<'_>) -> Result<Vec<u8>, Fault> {
    let mut all = Vec::new();
    let mut add = |stream: Stream<'_>| {
        // What cannot be decoded is missing from the page; the rest of it is still worth reading.
        let bytes = stream.decoded_data().unwrap_or_default();
        if all.len() + bytes.len() > MOST_CONTENT {
            return Err(Fault::TooLarge);
        }
        all.extend_from_slice(&bytes);
        // A word may not go on from one stream into the next (7.8.2).
        all.push(b'\n');
        Ok(())
    };
    if let Some(stream) = page.raw().get::<Stream<'_>>(CONTENTS) {
        add(stream)?;
    } else if let Some(streams) = page.raw().get::<Array<'_>>(CONTENTS) {
        streams
            .iter::<Object<'_>>()
            .filter_map(Object::into_stream)
            .try_for_each(add)?;
    }
    Ok(all)
}
