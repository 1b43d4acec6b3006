//! The index on disk: opening it, filling it, committing it.
//!
//! Everything in it can be made again, so what is damaged or of another version is thrown away
//! and said so; what belongs to somebody else is never touched.

use crate::document::{MAX_BODY_BYTES, capped};
use crate::kinds::Known;
use crate::schema::{AT, Fields, GATE, ID, KIND, schema};
use crate::tokenizers::{Reading, manager, marked};
use crate::{Document, Result, SearchError};
use std::panic::catch_unwind;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tantivy::collector::Count;
use tantivy::directory::error::{LockError, OpenDirectoryError, OpenReadError};
use tantivy::error::DataCorruption;
use tantivy::indexer::{IndexWriterOptions, LogMergePolicy};
use tantivy::query::TermQuery;
use tantivy::schema::IndexRecordOption;
use tantivy::store::Compressor;
use tantivy::{IndexReader, IndexSettings, IndexWriter, ReloadPolicy, TantivyDocument, TantivyError, Term};

/// What the one writing thread may hold before it writes a segment: the engine's least.
const WRITER_BYTES: usize = 15_000_000;
/// Documents of a part that is still small: beside a stream of letters, parts of ten thousand cost a third of a processor.
const SMALL_PART: u32 = 2_000;
/// Titles and exact words beyond this are cut.
const MAX_TITLE_BYTES: usize = 16 << 10;

/// An index of documents: one writer, any number of readers, shared by reference.
pub struct Index {
    engine: tantivy::Index,
    pub(crate) fields: Fields,
    pub(crate) reader: IndexReader,
    /// `None` after a failure, until the next use makes a new one.
    writer: Mutex<Option<IndexWriter>>,
    needs_rebuild: bool,
    /// Read once for each segment.
    pub(crate) kinds: Mutex<Known>,
}

impl Index {
    /// Opens the index in a folder, making both when they are not there.
    ///
    /// An index that is damaged or was made by another version is emptied, and
    /// [`Index::needs_rebuild`] says so.
    pub fn open(dir: &Path) -> Result<Self> {
        let folder = |source| SearchError::Folder {
            path: dir.to_owned(),
            source,
        };
        std::fs::create_dir_all(dir).map_err(folder)?;
        match Self::try_guarded(dir) {
            Err(TantivyError::LockFailure(LockError::LockBusy, _)) => Err(SearchError::Locked(dir.to_owned())),
            Err(error) if is_damage(&error) => {
                discard(dir).map_err(folder)?;
                let fresh = Self::try_open(dir)?;
                Ok(Self {
                    needs_rebuild: true,
                    ..fresh
                })
            }
            other => Ok(other?),
        }
    }

    /// An index that is gone when it is dropped.
    pub fn in_memory() -> Result<Self> {
        let engine = tantivy::Index::builder()
            .schema(schema().0)
            .settings(settings())
            .tokenizers(manager())
            .create_in_ram()?;
        Ok(Self::with(engine)?)
    }

    /// The engine meets some damage (a file shorter than its own footer) with a panic.
    fn try_guarded(dir: &Path) -> tantivy::Result<Self> {
        catch_unwind(|| Self::try_open(dir)).unwrap_or_else(|_| {
            Err(TantivyError::DataCorruption(DataCorruption::comment_only(
                "the engine could not read a file",
            )))
        })
    }

    fn try_open(dir: &Path) -> tantivy::Result<Self> {
        let directory = tantivy::directory::MmapDirectory::open(dir)?;
        let mut engine = if tantivy::Index::exists(&directory)? {
            tantivy::Index::open(directory)?
        } else {
            tantivy::Index::create(directory, schema().0, settings())?
        };
        if engine.schema() != schema().0 {
            return Err(TantivyError::SchemaError("made by another version".to_owned()));
        }
        engine.set_tokenizers(manager());
        Self::with(engine)
    }

    fn with(mut engine: tantivy::Index) -> tantivy::Result<Self> {
        // A question is divided among the processors, a segment each at a time.
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        if processors > 1 {
            engine.set_multithread_executor(processors)?;
        }
        let writer = Mutex::new(Some(new_writer(&engine)?));
        let reader = engine.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let index = Self {
            engine,
            fields: schema().1,
            reader,
            writer,
            needs_rebuild: false,
            kinds: Mutex::default(),
        };
        index.touch()?;
        Ok(index)
    }

    /// Opens every part that the engine would only open when asked, so that damage shows at once.
    fn touch(&self) -> tantivy::Result<()> {
        let Fields {
            key,
            title,
            body,
            words,
            parts,
            pieces,
            kind,
            ..
        } = self.fields;
        for segment in self.reader.searcher().segment_readers() {
            for field in [key, title, body, words, parts, pieces, kind] {
                segment.inverted_index(field)?;
            }
            for column in [ID, GATE, AT] {
                segment.fast_fields().i64(column)?;
            }
            segment.fast_fields().str(KIND)?;
        }
        Ok(())
    }

    /// Whether an earlier index was thrown away when this one was opened.
    pub fn needs_rebuild(&self) -> bool {
        self.needs_rebuild
    }

    /// How many documents can be found.
    pub fn len(&self) -> u64 {
        self.reader.searcher().num_docs()
    }

    /// Whether nothing can be found.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether a document can be found: for a check of the index against what it was made from.
    pub fn contains(&self, kind: &str, id: i64) -> Result<bool> {
        // Counted, not looked up: a term outlives the document that was taken out.
        let key = TermQuery::new(self.key_term(kind, id), IndexRecordOption::Basic);
        Ok(self.reader.searcher().search(&key, &Count)? > 0)
    }

    /// Adds documents, each in place of the one of the same kind and id. Found after the commit.
    pub fn put(&self, docs: impl IntoIterator<Item = Document>) -> Result<()> {
        self.with_writer(|writer| {
            for doc in docs {
                writer.delete_term(self.key_term(&doc.kind, doc.id));
                writer.add_document(self.engine_document(&doc))?;
            }
            Ok(())
        })
    }

    /// Takes a document out, with the next commit.
    pub fn remove(&self, kind: &str, id: i64) -> Result<()> {
        self.with_writer(|writer| {
            writer.delete_term(self.key_term(kind, id));
            Ok(())
        })
    }

    /// Makes everything since the last commit durable and findable, together with `cursor`: how
    /// far the caller has come.
    pub fn commit(&self, cursor: &str) -> Result<()> {
        self.with_writer(|writer| {
            let mut prepared = writer.prepare_commit()?;
            prepared.set_payload(cursor);
            prepared.commit()?;
            Ok(())
        })?;
        Ok(self.reader.reload()?)
    }

    /// The cursor of the last commit; `None` when there was none since the index was emptied.
    pub fn cursor(&self) -> Option<String> {
        self.engine.load_metas().ok().and_then(|metas| metas.payload)
    }

    /// Empties the index, durably, and forgets the cursor.
    pub fn clear(&self) -> Result<()> {
        self.with_writer(|writer| {
            writer.delete_all_documents()?;
            writer.commit()?;
            Ok(())
        })?;
        Ok(self.reader.reload()?)
    }

    /// Brings the committed documents together in one piece, which is smaller and faster to ask:
    /// worth it once, after everything was put anew. What was not committed is dropped. Takes as
    /// long as writing the index again.
    pub fn compact(&self) -> Result<()> {
        let mut slot = self.lock();
        if let Some(writer) = slot.take() {
            // The engine may be bringing some of them together itself.
            writer.wait_merging_threads()?;
        }
        let mut writer = new_writer(&self.engine)?;
        let segments = self.engine.searchable_segment_ids()?;
        if segments.len() > 1 {
            writer.merge(&segments).wait()?;
        }
        self.reader.reload()?;
        writer.garbage_collect_files().wait()?;
        *slot = Some(writer);
        Ok(())
    }

    /// Runs `work` with the writer. A writer that failed is useless to the engine, so the next
    /// call begins with a new one, at the last commit.
    fn with_writer(&self, work: impl FnOnce(&mut IndexWriter) -> tantivy::Result<()>) -> Result<()> {
        let mut slot = self.lock();
        let mut writer = match slot.take() {
            Some(writer) => writer,
            None => new_writer(&self.engine)?,
        };
        work(&mut writer)?;
        *slot = Some(writer);
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, Option<IndexWriter>> {
        // A panic in `work` leaves the slot empty, which is a state like any other.
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn key_term(&self, kind: &str, id: i64) -> Term {
        Term::from_field_text(self.fields.key, &key(kind, id))
    }

    fn engine_document(&self, doc: &Document) -> TantivyDocument {
        let fields = &self.fields;
        let prose = |text, max| marked(Reading::Prose(doc.lang), capped(text, max));
        let (title, body) = (prose(&doc.title, MAX_TITLE_BYTES), prose(&doc.body, MAX_BODY_BYTES));
        let mut out = TantivyDocument::default();
        out.add_text(fields.key, key(&doc.kind, doc.id));
        out.add_text(fields.kind, &doc.kind);
        out.add_i64(fields.id, doc.id);
        out.add_i64(fields.gate, doc.gate);
        out.add_i64(fields.at, doc.at);
        for field in [fields.title, fields.parts] {
            out.add_text(field, &title);
        }
        out.add_text(
            fields.words,
            marked(Reading::Title, capped(&doc.title, MAX_TITLE_BYTES)),
        );
        for field in [fields.body, fields.words, fields.parts] {
            out.add_text(field, &body);
        }
        if doc.pieces {
            out.add_text(fields.pieces, &title);
            out.add_text(fields.pieces, &body);
        }
        if !doc.words.is_empty() {
            let words = doc.words.join("\n");
            let exact = marked(Reading::Exact, capped(&words, MAX_TITLE_BYTES));
            for field in [fields.body, fields.words, fields.parts] {
                out.add_text(field, &exact);
            }
        }
        out
    }
}

fn key(kind: &str, id: i64) -> String {
    format!("{kind}\0{id}")
}

fn settings() -> IndexSettings {
    IndexSettings {
        docstore_compression: Compressor::None,
        ..IndexSettings::default()
    }
}

fn new_writer(engine: &tantivy::Index) -> tantivy::Result<IndexWriter> {
    let options = IndexWriterOptions::builder()
        .num_worker_threads(1)
        .num_merge_threads(1)
        .memory_budget_per_thread(WRITER_BYTES)
        .build();
    let writer = engine.writer_with_options(options)?;
    let mut policy = LogMergePolicy::default();
    // Parts of up to this many documents are brought together again and again, so few of them are.
    policy.set_min_layer_size(SMALL_PART);
    // Replaced documents are dropped once they are a quarter of a segment.
    policy.set_del_docs_ratio_before_merge(0.25);
    writer.set_merge_policy(Box::new(policy));
    Ok(writer)
}

/// Whether the index itself is at fault, not the folder, its rights or the disk.
fn is_damage(error: &TantivyError) -> bool {
    use std::io::ErrorKind::{InvalidData, NotFound, UnexpectedEof};
    let broken = |kind| matches!(kind, InvalidData | NotFound | UnexpectedEof);
    match error {
        TantivyError::IoError(error) => broken(error.kind()),
        TantivyError::OpenReadError(OpenReadError::IoError { io_error, .. }) => broken(io_error.kind()),
        TantivyError::OpenDirectoryError(OpenDirectoryError::IoError { io_error, .. }) => broken(io_error.kind()),
        TantivyError::OpenReadError(_)
        | TantivyError::DataCorruption(_)
        | TantivyError::SchemaError(_)
        | TantivyError::IncompatibleIndex(_)
        | TantivyError::DeserializeError(_) => true,
        _ => false,
    }
}

/// Removes the files of an index from its folder, and no others.
fn discard(dir: &Path) -> std::io::Result<()> {
    for entry in std::fs::read_dir(dir)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let segment = name
            .split_once('.')
            .is_some_and(|(id, _)| id.len() == 32 && id.bytes().all(|b| b.is_ascii_hexdigit()));
        if segment || name == "meta.json" || name == ".managed.json" {
            std::fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}
