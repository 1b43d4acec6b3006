//! A whole desk in one line: database, files, index, pages and a clock that the test moves. Nothing runs in the
//! background: a test calls `catch_up`, a runner or a job when it wants one.

use std::net::SocketAddr;
use std::thread::JoinHandle;

use db::{PostgresOptions, SqliteOptions, Synchronous};
use desk::access::{Role, Scopes, Via, Viewer};
use desk::people::{self, NewPerson};
use desk::{Clock, Context, Desk, Parts, PersonId, Time, files, sign_in};
use search::Index;
use tempfile::TempDir;
use tokio::sync::oneshot;

use crate::Http;

/// Where the clock of every stand begins: Wednesday, 18 November 2026, 10:00 in Toronto.
pub const START: Time = Time(1_795_014_000_000_000);

pub struct Stand {
    pub engine: &'static str,
    pub desk: Desk,
    pub clock: Clock,
    pub state: web::State,
    // Dropped last, in this order: the database under the desk, then the folder of its files.
    _database: testpg::Stand,
    _folder: TempDir,
}

impl Stand {
    /// On a fresh SQLite file. A test that pulls no plug needs no synced disk.
    pub fn sqlite() -> Stand {
        let options = SqliteOptions {
            synchronous: Synchronous::Normal,
            ..SqliteOptions::default()
        };
        Stand::on(testpg::sqlite(options))
    }

    /// On both engines; PostgreSQL is left out, loudly, where there is none.
    pub fn both() -> Vec<Stand> {
        let postgres = testpg::postgres(PostgresOptions {
            threads: 4,
            ..PostgresOptions::default()
        });
        [Some(Stand::sqlite()), postgres.map(Stand::on)]
            .into_iter()
            .flatten()
            .collect()
    }

    fn on(database: testpg::Stand) -> Stand {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let clock = Clock::set_to(START);
        let parts = Parts {
            db: database.db.clone(),
            files: files::Store::open(&folder.path().join("files")).expect("a folder for files"),
            index: Index::in_memory().expect("an index"),
            clock: clock.clone(),
        };
        let desk = Desk::open(parts).expect("a desk");
        let state = web::State::new(desk.clone(), web::Options::default());
        Stand {
            engine: database.engine,
            desk,
            clock,
            state,
            _database: database,
            _folder: folder,
        }
    }

    /// The desk's own hand.
    pub fn desk_cx(&self) -> Context {
        self.desk.context(Viewer::desk(PersonId(0)), None)
    }

    /// A person who may do what the role says; his address is `<name>@example.org`.
    pub fn person(&self, name: &str, role: Role) -> PersonId {
        let (cx, new) = (
            self.desk_cx(),
            NewPerson::new(name, &format!("{name}@example.org"), role),
        );
        self.desk
            .write_now(move |tx| people::add(tx, &cx, &new))
            .expect("a person")
    }

    /// As that person, signed in, at the hour the clock shows.
    pub fn cx(&self, person: PersonId) -> Context {
        let viewer = self
            .desk
            .read_now(move |r| sign_in::load_viewer(r, person, Via::Session))
            .expect("a viewer");
        self.desk.context(viewer, None)
    }

    pub fn token(&self, person: PersonId, scopes: Scopes) -> String {
        let cx = self.desk_cx();
        let made = self
            .desk
            .write_now(move |tx| sign_in::add_token(tx, &cx, person, "test", scopes));
        made.expect("a token").to_string()
    }

    /// The cookie of a fresh session.
    pub fn cookie(&self, person: PersonId) -> String {
        let now = self.desk.now();
        let secret = self
            .desk
            .write_now(move |tx| sign_in::start(tx, person, now, "127.0.0.1", "test"));
        format!("__Host-firstline={}", secret.expect("a session"))
    }

    pub fn router(&self) -> axum::Router {
        web::app(self.state.clone())
    }

    /// Answers over a real socket until the value goes.
    pub fn serve(&self) -> Served {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
        listener.set_nonblocking(true).expect("a socket that does not block");
        let address = listener.local_addr().expect("it has an address");
        let (stop, stopped) = oneshot::channel::<()>();
        let app = self.router();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread()
                .worker_threads(2)
                .enable_all()
                .build();
            let runtime = runtime.expect("a runtime");
            runtime.block_on(async {
                let listener = tokio::net::TcpListener::from_std(listener).expect("a listener");
                tokio::select! {
                    () = web::serve(listener, app, web::Limits::default(), std::future::pending()) => {}
                    _ = stopped => {}
                }
            });
            runtime.shutdown_background();
        });
        Served {
            address,
            stop: Some(stop),
            thread: Some(thread),
        }
    }
}

#[derive(Debug)]
pub struct Served {
    pub address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Served {
    pub fn client(&self) -> Http {
        Http::new(self.address)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // The server may have ended already.
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
