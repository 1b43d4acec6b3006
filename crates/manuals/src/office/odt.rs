//! ODT (OpenDocument 1.3, part 3): paragraphs and headings. A page ends where the word processor noted it
//! (`text:soft-page-break`) and where a style asks for it. Remarks and what was deleted under review are left out.

use std::collections::HashMap;

use quick_xml::events::{BytesStart, Event};

use super::archive::Archive;
use super::{attribute, text_of};
use crate::Fault;
use crate::pages::Pages;

const LEFT_OUT: [&str; 3] = ["annotation", "tracked-changes", "note-citation"];
/// A style follows another, and so on; honest files have four or five.
const MOST_PARENTS: usize = 16;

pub(crate) fn odt(file: &[u8], pages: &mut Pages<'_>) -> Result<(), Fault> {
    let mut archive = Archive::open(file)?;
    let manifest = archive.small("META-INF/manifest.xml");
    if manifest.is_some_and(|text| text.contains("encryption-data")) {
        return Err(Fault::Encrypted);
    }
    let mut styles = Styles::default();
    // Without its common styles the text is read all the same.
    let _ = archive.xml("styles.xml", |event| {
        if let Event::Start(element) = event {
            styles.see(element);
        }
        Ok(())
    });
    let mut text = Text {
        pages,
        styles,
        paragraphs: Vec::new(),
        left_out: 0,
        pictures: false,
    };
    archive.xml("content.xml", |event| text.see(event))?;
    if text.pictures && !text.pages.has_words() {
        return Err(Fault::OnlyPictures);
    }
    Ok(())
}

/// Which styles ask for a new page (16.2, 20.184 and 20.185).
#[derive(Default)]
struct Styles {
    known: HashMap<String, Style>,
    /// The one whose properties come.
    name: String,
}

#[derive(Default)]
struct Style {
    parent: Option<String>,
    before: Option<bool>,
    after: Option<bool>,
}

impl Styles {
    fn see(&mut self, element: &BytesStart<'_>) {
        match element.local_name().as_ref() {
            "style" => {
                self.name = attribute(element, "name").unwrap_or_default();
                let style = Style {
                    parent: attribute(element, "parent-style-name"),
                    // Another kind of page begins on a page of its own.
                    before: attribute(element, "master-page-name")
                        .filter(|name| !name.is_empty())
                        .map(|_| true),
                    after: None,
                };
                self.known.insert(self.name.clone(), style);
            }
            "paragraph-properties" => {
                let Some(style) = self.known.get_mut(&self.name) else {
                    return;
                };
                let breaks = |name| attribute(element, name).map(|kind| kind == "page");
                style.before = breaks("break-before").or(style.before);
                style.after = breaks("break-after").or(style.after);
            }
            _ => {}
        }
    }

    fn asks(&self, style: Option<String>, which: impl Fn(&Style) -> Option<bool>) -> bool {
        let mut name = style;
        for _ in 0..MOST_PARENTS {
            let Some(style) = name.and_then(|name| self.known.get(&name)) else {
                return false;
            };
            if let Some(said) = which(style) {
                return said;
            }
            name = style.parent.clone();
        }
        false
    }
}

struct Text<'p, 'h> {
    pages: &'p mut Pages<'h>,
    styles: Styles,
    /// The paragraphs that are open, one in a frame of another: whether a page ends with each.
    paragraphs: Vec<bool>,
    left_out: usize,
    pictures: bool,
}

impl Text<'_, '_> {
    fn see(&mut self, event: &Event<'_>) -> Result<(), Fault> {
        match event {
            Event::Start(element) => self.begin(element),
            Event::End(element) => self.end(element.local_name().as_ref()),
            other if !self.paragraphs.is_empty() && self.left_out == 0 => match text_of(other) {
                // A line end in the file is a blank in the text (6.1.2).
                Some(text) => text
                    .chars()
                    .try_for_each(|c| self.pages.put(if c == '\n' { ' ' } else { c })),
                None => Ok(()),
            },
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
            "p" | "h" => self.begin_paragraph(element)?,
            "s" | "tab" => self.pages.space()?,
            "line-break" => self.pages.line()?,
            "soft-page-break" => self.pages.end_page()?,
            "image" => self.pictures = true,
            _ => self.styles.see(element),
        }
        Ok(())
    }

    fn begin_paragraph(&mut self, element: &BytesStart<'_>) -> Result<(), Fault> {
        let style = attribute(element, "style-name");
        self.paragraphs
            .push(self.styles.asks(style.clone(), |style| style.after));
        if self.styles.asks(style, |style| style.before) && !self.pages.is_blank() {
            self.pages.end_page()?;
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), Fault> {
        if LEFT_OUT.contains(&name) {
            self.left_out = self.left_out.saturating_sub(1);
        }
        if matches!(name, "p" | "h") && self.left_out == 0 {
            self.pages.line()?;
            if self.paragraphs.pop() == Some(true) {
                self.pages.end_page()?;
            }
        }
        Ok(())
    }
}
