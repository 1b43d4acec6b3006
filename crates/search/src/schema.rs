//! The fields of the index, and the version that says when it must be made again.

use tantivy::schema::{FAST, Field, IndexRecordOption, NumericOptions, STRING, Schema, TextFieldIndexing, TextOptions};

/// Part of a field's name, so that an index made by other rules is recognised when it is opened.
/// Raise it whenever the analysis of texts changes.
const KEY_FIELD: &str = "key.v2";

/// The tokenizers the fields name; see [`crate::tokenizers`].
pub(crate) const TEXT_TOKENIZER: &str = "stems";
pub(crate) const WORD_TOKENIZER: &str = "words";
pub(crate) const PART_TOKENIZER: &str = "parts";
pub(crate) const PIECE_TOKENIZER: &str = "pieces";

pub(crate) const ID: &str = "id";
pub(crate) const KIND: &str = "kind";
pub(crate) const GATE: &str = "gate";
pub(crate) const AT: &str = "at";

/// The fields by name.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fields {
    /// Kind and id in one term: what a document is replaced and removed by.
    pub(crate) key: Field,
    /// Stems with places, for ranking and phrases.
    pub(crate) title: Field,
    pub(crate) body: Field,
    /// Whole words and identifiers as they stand: what is known, for slips and beginnings.
    pub(crate) words: Field,
    /// Overlapping parts of identifiers.
    pub(crate) parts: Field,
    /// Overlapping parts of words, of documents that are to be found in another language too.
    pub(crate) pieces: Field,
    pub(crate) id: Field,
    pub(crate) kind: Field,
    pub(crate) gate: Field,
    pub(crate) at: Field,
}

/// The schema and its fields.
pub(crate) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let positions = IndexRecordOption::WithFreqsAndPositions;
    let column = || NumericOptions::default() | FAST;
    let fields = Fields {
        key: builder.add_text_field(KEY_FIELD, text("raw", IndexRecordOption::Basic, false)),
        title: builder.add_text_field("title", text(TEXT_TOKENIZER, positions, true)),
        body: builder.add_text_field("body", text(TEXT_TOKENIZER, positions, true)),
        words: builder.add_text_field("words", text(WORD_TOKENIZER, IndexRecordOption::Basic, false)),
        parts: builder.add_text_field("parts", text(PART_TOKENIZER, positions, false)),
        pieces: builder.add_text_field("pieces", text(PIECE_TOKENIZER, IndexRecordOption::WithFreqs, false)),
        id: builder.add_i64_field(ID, column()),
        kind: builder.add_text_field(KIND, STRING | FAST),
        gate: builder.add_i64_field(GATE, column()),
        at: builder.add_i64_field(AT, column()),
    };
    (builder.build(), fields)
}

fn text(tokenizer: &str, option: IndexRecordOption, norms: bool) -> TextOptions {
    TextOptions::default().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer(tokenizer)
            .set_index_option(option)
            .set_fieldnorms(norms),
    )
}
