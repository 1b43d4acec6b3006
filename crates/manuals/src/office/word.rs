//! DOCX (ECMA-376, part 1): paragraphs of runs. Headers, footnotes and remarks stand in parts of their own and are left
//! out; what was deleted under review and what only repeats the text for older programs is left out too.

use quick_xml::events::{BytesStart, Event};

use super::archive::Archive;
use super::{attribute, is, text_of};
use crate::Fault;
use crate::pages::Pages;

/// Where nearly every program puts the text.
const USUAL: &str = "word/document.xml";
const LEFT_OUT: [&str; 2] = ["Fallback", "moveFrom"];

pub(crate) fn docx(file: &[u8], pages: &mut Pages<'_>) -> Result<(), Fault> {
    let mut archive = Archive::open(file)?;
    let main = main_part(&mut archive);
    let mut text = Text {
        pages,
        in_text: false,
        left_out: 0,
        asked: false,
        pictures: false,
    };
    archive.xml(&main, |event| text.see(event))?;
    if text.pictures && !text.pages.has_words() {
        return Err(Fault::OnlyPictures);
    }
    Ok(())
}

/// The part that the package says is the document (part 2, 9.3).
fn main_part(archive: &mut Archive<'_>) -> String {
    let mut found = None;
    let look = |event: &Event<'_>| {
        if let Event::Start(element) = event
            && is(element, "Relationship")
            && attribute(element, "Type").is_some_and(|kind| kind.ends_with("/officeDocument"))
        {
            found = attribute(element, "Target");
        }
        Ok(())
    };
    // Without relations the usual place is as good a guess as any.
    let _ = archive.xml("_rels/.rels", look);
    found.map_or_else(|| USUAL.to_owned(), |part| part.trim_start_matches('/').to_owned())
}

struct Text<'p, 'h> {
    pages: &'p mut Pages<'h>,
    in_text: bool,
    /// How many elements deep in what is left out.
    left_out: usize,
    /// Somebody asked for the last break. Word writes down its own break after it, for the same end of page.
    asked: bool,
    pictures: bool,
}

impl Text<'_, '_> {
    fn see(&mut self, event: &Event<'_>) -> Result<(), Fault> {
        match event {
            Event::Start(element) => self.begin(element),
            Event::End(element) => self.end(element.local_name().as_ref()),
            other if self.in_text && self.left_out == 0 => {
                let Some(text) = text_of(other) else { return Ok(()) };
                self.asked = false;
                self.pages.push(&text)
            }
            _ => Ok(()),
        }
    }

    fn begin(&mut self, element: &BytesStart<'_>) -> Result<(), Fault> {
        let name = element.local_name();
        if LEFT_OUT.contains(&name.as_ref()) {
            self.left_out += 1;
        }
        if self.left_out > 0 {
            return Ok(());
        }
        match name.as_ref() {
            "t" => self.in_text = true,
            "tab" => self.pages.space()?,
            "noBreakHyphen" => self.pages.put('-')?,
            "cr" => self.pages.line()?,
            "br" if attribute(element, "type").as_deref() == Some("page") => self.break_page()?,
            "br" => self.pages.line()?,
            "pageBreakBefore" if is_on(element) && !self.pages.is_blank() => self.break_page()?,
            "lastRenderedPageBreak" if self.asked => self.asked = false,
            "lastRenderedPageBreak" => self.pages.end_page()?,
            "drawing" | "pict" => self.pictures = true,
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), Fault> {
        if LEFT_OUT.contains(&name) {
            self.left_out = self.left_out.saturating_sub(1);
        }
        match name {
            "t" => self.in_text = false,
            "p" if self.left_out == 0 => self.pages.line()?,
            _ => {}
        }
        Ok(())
    }

    fn break_page(&mut self) -> Result<(), Fault> {
        self.asked = true;
        self.pages.end_page()
    }
}

/// A property that stands there alone is on (17.17.4).
fn is_on(element: &BytesStart<'_>) -> bool {
    let off = attribute(element, "val").is_some_and(|val| ["0", "false", "off"].contains(&val.as_str()));
    !off
}
