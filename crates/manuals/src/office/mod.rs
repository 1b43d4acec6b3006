//! Manuals of word processors: an archive of XML. Pages are where the file says one ends, by a break somebody asked for
//! or by one the word processor wrote down when it last laid the text out; a file that says neither is one page.

mod archive;
mod odt;
mod word;

pub(crate) use odt::odt;
pub(crate) use word::docx;

use quick_xml::events::{BytesStart, Event};

/// What an element is called, whatever its namespace is called here.
fn is(element: &BytesStart<'_>, name: &str) -> bool {
    element.local_name().as_ref() == name
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut all = element.attributes();
    all.with_checks(false);
    let mut named = all.flatten().filter(|one| one.key.local_name().as_ref() == name);
    named.next().map(|one| one.value.into_owned())
}

/// Text of the document. Entities of its own are not opened: only the five that XML has, and numbers.
fn text_of(event: &Event<'_>) -> Option<String> {
    match event {
        Event::Text(text) => Some(text.to_string()),
        Event::CData(text) => Some(text.to_string()),
        Event::GeneralRef(reference) => match reference.resolve_char_ref() {
            Ok(Some(c)) => Some(c.to_string()),
            _ => quick_xml::escape::resolve_predefined_entity(reference).map(str::to_owned),
        },
        _ => None,
    }
}
