//! Databases for tests: a fresh SQLite file and a fresh PostgreSQL database, so that every test can run on both.
//!
//! PostgreSQL is a private cluster without network, shared by all test processes of this user, made by the first and
//! removed a minute after the last. `FIRSTLINE_TEST_PG` names another server instead. Without PostgreSQL a test says
//! so loudly and goes on; with `FIRSTLINE_TEST_REQUIRE=1` it fails. Never used by the program itself.
#![allow(
    clippy::expect_used,
    clippy::print_stderr,
    reason = "a test that cannot set up its engine must stop and say why"
)]

mod cluster;

use db::{Db, PostgresOptions, SqliteOptions};
use postgres::{Client, NoTls};
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

/// A PostgreSQL database of one test; dropped with this value.
pub struct Database {
    pub url: String,
    name: String,
}

/// One engine with one fresh desk; its files and database go with this value.
pub struct Stand {
    pub engine: &'static str,
    pub db: Db,
    // dropped after `db`, in this order
    _database: Option<Database>,
    _folder: Option<tempfile::TempDir>,
}

/// The address of the server that tests may use, or None (said loudly) where PostgreSQL is not installed.
pub fn url() -> Option<String> {
    let url = std::env::var("FIRSTLINE_TEST_PG").ok().or_else(cluster::shared);
    if url.is_none() {
        skip("PostgreSQL is not installed (Debian: apt-get install postgresql)");
    }
    url
}

/// For whatever a machine cannot offer: a loud line, or a failure where everything must run.
pub fn skip(why: &str) {
    let required = std::env::var("FIRSTLINE_TEST_REQUIRE").is_ok_and(|v| v == "1");
    assert!(!required, "FIRSTLINE_TEST_REQUIRE=1, but {why}");
    eprintln!("SKIPPED: {why}");
}

/// A new, empty database.
pub fn fresh_database() -> Option<Database> {
    url().map(|server| create(&server, "template0"))
}

/// A copy of a template that the first caller of this `key` prepares; for a schema that takes long to make.
pub fn fresh_copy(key: &str, prepare: impl FnOnce(&str)) -> Option<Database> {
    let server = url()?;
    let template = format!("template_{key}");
    let _one_at_a_time = cluster::lock("template");
    if !exists(&server, &template) {
        // made under another name first, so that a failed preparation is never taken for the template
        let unfinished = create(&server, "template0");
        prepare(&unfinished.url);
        admin(
            &server,
            format!("ALTER DATABASE {} RENAME TO {template}", unfinished.name),
        );
    }
    Some(create(&server, &template))
}

/// A fresh SQLite desk.
pub fn sqlite(options: SqliteOptions) -> Stand {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let db = Db::sqlite(&folder.path().join("desk.db"), options).expect("a fresh SQLite file opens");
    Stand {
        engine: "SQLite",
        db,
        _database: None,
        _folder: Some(folder),
    }
}

/// A fresh PostgreSQL desk.
pub fn postgres(options: PostgresOptions) -> Option<Stand> {
    fresh_database().map(|database| on(database, options))
}

/// A desk on a database made by `fresh_copy`.
pub fn on(database: Database, options: PostgresOptions) -> Stand {
    let url = database.url.clone();
    let db = plain(move || Db::postgres(&url, options)).expect("a fresh PostgreSQL database opens");
    Stand {
        engine: "PostgreSQL",
        db,
        _database: Some(database),
        _folder: None,
    }
}

/// Runs a test on both engines, each with a fresh empty desk.
pub fn both(body: impl Fn(Db)) {
    for stand in stands() {
        eprintln!("on {}:", stand.engine); // shown when the test fails
        body(stand.db.clone());
    }
}

/// A fresh desk of each engine there is; four threads are enough for a test on PostgreSQL.
pub fn stands() -> Vec<Stand> {
    let four = PostgresOptions {
        threads: 4,
        ..PostgresOptions::default()
    };
    [Some(sqlite(SqliteOptions::default())), postgres(four)]
        .into_iter()
        .flatten()
        .collect()
}

impl Database {
    /// Runs a statement on the server beside the desk, as an administrator would.
    pub fn admin(&self, sql: &str) {
        admin(&self.url, sql.to_string());
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Some(server) = url()
            && exists(&server, &self.name)
        {
            admin(&server, format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name));
        }
    }
}

fn create(server: &str, template: &str) -> Database {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let name = format!("test_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    // a copy of the file is faster than the log for a small template
    admin(server, format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
    admin(
        server,
        format!("CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy"),
    );
    Database {
        url: with_database(server, &name),
        name,
    }
}

fn exists(server: &str, name: &str) -> bool {
    let (server, name) = (server.to_string(), name.to_string());
    plain(move || {
        let mut client = Client::connect(&server, NoTls).expect("the test server answers");
        client
            .query_opt("SELECT 1 FROM pg_database WHERE datname = $1", &[&name])
            .expect("it lists databases")
            .is_some()
    })
}

fn admin(server: &str, sql: String) {
    let server = server.to_string();
    plain(move || {
        let mut client = Client::connect(&server, NoTls).expect("the test server answers");
        client.batch_execute(&sql).unwrap_or_else(|e| panic!("{sql}: {e:?}"));
    });
}

/// The blocking driver refuses to work inside an async test, so it gets a thread of its own.
fn plain<T: Send + 'static>(body: impl FnOnce() -> T + Send + 'static) -> T {
    thread::spawn(body).join().expect("no panic beside the test")
}

/// The same server, another database: the path of the address is replaced.
fn with_database(server: &str, name: &str) -> String {
    let host = server.find("://").map_or(0, |at| at + 3);
    let (address, query) = server.split_once('?').map_or((server, None), |(a, q)| (a, Some(q)));
    let end = address[host..].find('/').map_or(address.len(), |at| host + at);
    let query = query.map(|q| format!("?{q}")).unwrap_or_default();
    format!("{}/{name}{query}", &address[..end])
}

#[cfg(test)]
mod tests {
    use super::with_database;

    #[test]
    fn only_the_database_of_an_address_changes() {
        for (given, wanted) in [
            ("postgres://u:p@host:1/a", "postgres://u:p@host:1/b"),
            ("postgres://u@%2Ftmp%2Fx", "postgres://u@%2Ftmp%2Fx/b"),
            ("postgresql://h/a?sslmode=disable", "postgresql://h/b?sslmode=disable"),
        ] {
            assert_eq!(with_database(given, "b"), wanted);
        }
    }
}
