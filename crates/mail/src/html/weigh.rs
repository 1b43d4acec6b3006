//! Whether HTML can be made into a tree in bounded time and memory. A tree builder searches its
//! open elements at each tag and rebuilds formatting that was closed out of turn, so deep or
//! tangled input costs it far more than its length. This walk follows the same rules roughly and
//! adds up that cost; the walk itself stops when the cost does.

use super::tags::{Piece, pieces};

/// Open elements at once.
const DEEPEST: usize = 400;
/// Attributes of one tag; a tree builder compares each with all before it.
const ATTRIBUTES: usize = 256;
/// Elements that are made again because they were closed out of turn.
const REMADE: usize = 100_000;
/// Tags in all.
const TAGS: usize = 300_000;
/// Pieces of one text between two tags.
const PIECES: usize = 4_000;
/// Steps of searching through open elements.
const STEPS: usize = 20_000_000;

const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
];

const FORMATTING: &[&str] = &[
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];

/// Elements that end by themselves when the next of their kind begins.
const SELF_ENDING: &[&str] = &[
    "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option",
];

/// Parts of a table; an end tag of theirs reaches through everything but another table.
const TABULAR: &[&str] = &[
    "table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "colgroup",
];

/// Elements whose end tag closes what is open inside them, and whose beginning ends a paragraph.
const BLOCKS: &[&str] = &[
    "div",
    "ul",
    "ol",
    "dl",
    "li",
    "dd",
    "dt",
    "blockquote",
    "center",
    "pre",
    "address",
    "article",
    "section",
    "header",
    "footer",
    "table",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "fieldset",
];

/// What those end tags cannot reach through.
const WALLS: &[&str] = &[
    "table", "td", "th", "caption", "template", "object", "applet", "marquee", "button", "select", "svg", "math", "ul",
    "ol", "dl",
];

/// Elements whose contents may or may not be read as tags, depending on where they stand. Inside
/// them beginnings count and endings do not, so that the weight is never too low.
const RAW: &[&str] = &[
    "script",
    "style",
    "title",
    "textarea",
    "xmp",
    "iframe",
    "noembed",
    "noframes",
    "noscript",
    "plaintext",
    "select",
];

#[derive(Default)]
struct Scale {
    open: Vec<String>,
    raw: Option<String>,
    remade: usize,
    steps: usize,
    tags: usize,
    pieces: usize,
}

/// Whether the tree of this HTML stays small and is quickly built.
pub(super) fn is_light(html: &str) -> bool {
    // A section of raw characters ends elsewhere for different readers; letters do not use it.
    if html.contains("<![CDATA[") {
        return false;
    }
    let mut scale = Scale::default();
    pieces(html).all(|piece| match piece {
        Piece::Open(name, attributes) => {
            attributes <= ATTRIBUTES && name.len() <= 64 && scale.enter(&name.to_ascii_lowercase())
        }
        Piece::Close(name) => scale.leave(&name.to_ascii_lowercase()),
        Piece::Text(text) => scale.read(text),
        Piece::Other => true,
    })
}

impl Scale {
    fn fits(&self) -> bool {
        self.open.len() <= DEEPEST && self.tags <= TAGS && self.steps <= STEPS && self.remade <= REMADE
    }

    /// Each ampersand and each stray bracket makes a piece of its own, joined to the text before it.
    fn read(&mut self, text: &str) -> bool {
        self.pieces += 1 + text.bytes().filter(|b| *b == b'&').count();
        self.pieces <= PIECES
    }

    fn enter(&mut self, name: &str) -> bool {
        self.pieces = 0;
        self.tags += 1;
        self.steps += self.open.len();
        if self.raw.is_none() {
            if BLOCKS.contains(&name) && self.reach_start("p").is_some() {
                self.leave("p");
            }
            if let Some(found) = SELF_ENDING.contains(&name).then(|| self.reach_start(name)).flatten() {
                self.close(found);
            }
        }
        if RAW.contains(&name) {
            self.raw.get_or_insert_with(|| name.to_owned());
        } else if !VOID.contains(&name) {
            self.open.push(name.to_owned());
        }
        self.fits()
    }

    /// The element that ends because another of its kind begins. Only what surely ends with it
    /// may stand between, so that the weight is never too low.
    fn reach_start(&self, name: &str) -> Option<usize> {
        let between =
            |open: &str| FORMATTING.contains(&open) || open == "span" || name != "p" && SELF_ENDING.contains(&open);
        self.reach_through(name, between)
    }

    /// The nearest open element of that name which its end tag reaches.
    fn reach_end(&self, name: &str) -> Option<usize> {
        if TABULAR.contains(&name) {
            self.reach_through(name, |open| open != "table" && open != "template")
        } else if BLOCKS.contains(&name) || FORMATTING.contains(&name) {
            self.reach_through(name, |open| !WALLS.contains(&open))
        } else {
            self.reach_through(name, |open| FORMATTING.contains(&open) || open == "span")
        }
    }

    fn reach_through(&self, name: &str, passes: impl Fn(&str) -> bool) -> Option<usize> {
        for (index, open) in self.open.iter().enumerate().rev() {
            if open == name {
                return Some(index);
            }
            if !passes(open) {
                return None;
            }
        }
        None
    }

    fn leave(&mut self, name: &str) -> bool {
        self.pieces = 0;
        self.steps += self.open.len();
        if let Some(raw) = &self.raw {
            if raw == name {
                self.raw = None;
            }
            return self.fits();
        }
        match self.reach_end(name) {
            // Formatting is taken out from under what stands in it.
            Some(found) if FORMATTING.contains(&name) => {
                self.open.remove(found);
                self.remade += (self.open.len() - found).min(8);
            }
            Some(found) => self.close(found),
            // `</p>` and `</br>` without their beginning make an element.
            None => self.tags += 1,
        }
        self.fits()
    }

    /// Closes an element and all above it; formatting closed with it is opened again.
    fn close(&mut self, found: usize) {
        let above: Vec<String> = self.open.drain(found..).skip(1).collect();
        let before = self.open.len();
        self.open
            .extend(above.into_iter().filter(|o| FORMATTING.contains(&o.as_str())));
        self.remade += self.open.len() - before;
    }
}
