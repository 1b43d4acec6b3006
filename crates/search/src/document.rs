//! What a caller hands in to be found later.

/// Longer bodies are cut here, at a character boundary.
pub const MAX_BODY_BYTES: usize = 1 << 20;

/// The language of a text, as far as the caller knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    En,
    Fr,
    /// Both analyses are kept; the index is larger for it.
    #[default]
    Unknown,
}

/// One thing to be found. Only `kind`, `id`, `gate` and `at` can be read back from the index.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// The sort of thing; with `id` it names the document.
    pub kind: String,
    pub id: i64,
    pub lang: Lang,
    /// Short, and worth more than the body when words are found in it.
    pub title: String,
    pub body: String,
    /// Further exact words: tags, addresses, serial numbers. Each is found in part as well.
    pub words: Vec<String>,
    /// Parts of its words are kept as well, for [`Weights::pieces`](crate::Weights::pieces): it takes about as much room
    /// again.
    pub pieces: bool,
    /// A number that means nothing here: a query names the gates that are closed to it.
    pub gate: i64,
    /// When it last mattered, in microseconds since 1970.
    pub at: i64,
}

/// The text, or as much of it as `max` bytes hold without cutting a character.
pub(crate) fn capped(text: &str, max: usize) -> &str {
    &text[..text.floor_char_boundary(max)]
}
