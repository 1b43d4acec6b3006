//! Pages leave without the line breaks and indentation that only make their templates readable: on a slow line each
//! byte is waited for. Where a line break may stand for a space, it stays. Pure.

/// Kept as they are, up to their end.
const AS_WRITTEN: [(&str, &str); 3] = [
    ("<pre", "</pre>"),
    ("<textarea", "</textarea>"),
    ("<script", "</script>"),
];

/// Behind these no space is seen.
const BLOCKS: [&str; 14] = [
    "</li>",
    "</div>",
    "</p>",
    "</section>",
    "</dialog>",
    "</form>",
    "</header>",
    "</ol>",
    "</ul>",
    "</nav>",
    "</h1>",
    "</h2>",
    "</dl>",
    "</article>",
];

/// Where a place in a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Within {
    Text,
    /// Between `<` and `>`; what follows it is kept up to this end.
    Tag(Option<&'static str>),
    /// The same, inside this quote.
    Value(u8, Option<&'static str>),
    AsWritten(&'static str),
}

pub(super) fn lean(page: &str) -> String {
    let mut lean = String::with_capacity(page.len());
    let mut within = Within::Text;
    for line in page.split('\n') {
        if matches!(within, Within::AsWritten(_) | Within::Value(..)) {
            lean.push('\n');
            lean.push_str(line);
        } else {
            let line = line.trim_start_matches([' ', '\t']);
            if !line.is_empty() && !lean.is_empty() && !BLOCKS.iter().any(|end| lean.ends_with(end)) {
                lean.push('\n');
            }
            lean.push_str(line);
        }
        within = after(line, within);
    }
    lean
}

/// Where the end of a line is, when this is where its beginning was. A `<` of a text is always written as a reference, and
/// so is a quote of a value. Bytes are looked at, since no part of another character is one of these marks; each page
/// goes through here, and whole characters cost five times as much.
fn after(line: &str, mut within: Within) -> Within {
    let mut rest = line.as_bytes();
    loop {
        let found = match within {
            Within::Text => rest.iter().position(|b| *b == b'<'),
            Within::Tag(_) => rest.iter().position(|b| matches!(b, b'"' | b'\'' | b'>')),
            Within::Value(quote, _) => rest.iter().position(|b| *b == quote),
            Within::AsWritten(end) => rest.windows(end.len()).position(|bytes| bytes == end.as_bytes()),
        };
        let Some(at) = found else { return within };
        within = match within {
            Within::Text => Within::Tag(kept(&rest[at..])),
            Within::Tag(kept) if rest[at] == b'>' => kept.map_or(Within::Text, Within::AsWritten),
            Within::Tag(kept) => Within::Value(rest[at], kept),
            Within::Value(_, kept) => Within::Tag(kept),
            Within::AsWritten(_) => Within::Tag(None),
        };
        rest = &rest[at + 1..];
    }
}

/// The end up to which what this tag holds is kept.
fn kept(tag: &[u8]) -> Option<&'static str> {
    let of = AS_WRITTEN.iter().find(|(begin, _)| tag.starts_with(begin.as_bytes()));
    of.map(|(_, end)| *end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_seen_is_left_out() {
        for (page, leaves) in [
            (
                "<ul>\n  <li>one</li>\n  <li>two</li>\n</ul>\n",
                "<ul>\n<li>one</li><li>two</li></ul>",
            ),
            ("<a>one</a>\n   <a>two</a>", "<a>one</a>\n<a>two</a>"),
            ("<p>one</p>\n\n\n  <b>two</b>", "<p>one</p><b>two</b>"),
            ("one\n\n two", "one\ntwo"),
        ] {
            assert_eq!(lean(page), leaves);
        }
    }

    #[test]
    fn what_stands_in_a_value_stays_as_it_was_written() {
        let page = "<button data-text=\"Hello,\n\n  1. It's off\" class='a\n  b'\n   hidden>x</button>\n  <p>y</p>";
        let leaves = "<button data-text=\"Hello,\n\n  1. It's off\" class='a\n  b'\nhidden>x</button>\n<p>y</p>";
        assert_eq!(lean(page), leaves);
        let page = "<textarea title=\"a>b\">\n  x\n</textarea>\n\n  <p>don't</p>\n   <p>\"one</p>\n  two";
        let leaves = "<textarea title=\"a>b\">\n  x\n</textarea>\n<p>don't</p><p>\"one</p>two";
        assert_eq!(lean(page), leaves);
    }

    #[test]
    fn what_was_written_stays_as_it_was_written() {
        let page =
            "<p>a</p>\n<pre>\n  one</li>\n\n    two</pre> <textarea>\n  x\n</textarea>\n <p>b</p>\n<pre>one\n two";
        let leaves = "<p>a</p><pre>\n  one</li>\n\n    two</pre> <textarea>\n  x\n</textarea>\n<p>b</p><pre>one\n two";
        assert_eq!(lean(page), leaves);
    }
}
