//! How a desk's database is opened. Pure data.

/// How hard SQLite tries to keep a commit when the power goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Synchronous {
    /// A commit is answered after the disk has it. The only choice for a desk.
    Full,
    /// A power cut loses the newest commits. For tests that need no durability, and for the control of those that do.
    Normal,
}

impl Synchronous {
    pub(crate) fn pragma(self) -> &'static str {
        match self {
            Synchronous::Full => "FULL",
            Synchronous::Normal => "NORMAL",
        }
    }
}

#[derive(Clone, Copy, Debug)]
pub struct SqliteOptions {
    /// Threads that answer `read`.
    pub readers: usize,
    pub synchronous: Synchronous,
    /// How many bodies may wait before the next is refused with `Overloaded`; for readers and the writer each.
    pub backlog: usize,
    /// Keep every other process out, as a server must. False for a short command beside one.
    pub alone: bool,
}

impl Default for SqliteOptions {
    fn default() -> Self {
        SqliteOptions {
            readers: 3,
            synchronous: Synchronous::Full,
            backlog: 10_000,
            alone: true,
        }
    }
}

#[derive(Clone, Debug)]
pub struct PostgresOptions {
    /// Threads, each with one connection; half of them may write at once. Fewer than 4 starve writes, more than 32 only
    /// compete.
    pub threads: usize,
    /// The schema of this desk; made when it is missing. None: whatever the server's `search_path` says.
    pub schema: Option<String>,
    /// How many bodies may wait before the next is refused with `Overloaded`.
    pub backlog: usize,
}

impl Default for PostgresOptions {
    fn default() -> Self {
        PostgresOptions {
            threads: 8,
            schema: None,
            backlog: 10_000,
        }
    }
}
