//! The desk of 500 tickets: made before anything is counted, opened again by the counted program.

use std::path::Path;

use db::{Db, SqliteOptions, Synchronous};
use desk::access::{Role, Scopes, Viewer};
use desk::clock::{DAY, HOUR, MINUTE};
use desk::people::{self, NewPerson};
use desk::tickets::{self, Imported, ImportedMessage, MessageKind};
use desk::{Clock, Context, Desk, Parts, PersonId, Write, files, sign_in};
use testkit::START;

use crate::texts;

pub(crate) const TICKETS: usize = 500;
/// Who asks for everything, and whom new tickets are for.
pub(crate) const REQUESTER: &str = "counter7@branch.example";

/// What opens the doors.
pub(crate) struct Keys {
    pub(crate) session: String,
    pub(crate) token: String,
}

impl Keys {
    pub(crate) fn in_folder(folder: &Path) -> Keys {
        let text = std::fs::read_to_string(folder.join("keys")).expect("keys");
        let (session, token) = text.split_once('\n').expect("two keys");
        Keys {
            session: session.to_string(),
            token: token.to_string(),
        }
    }
}

pub(crate) fn make(folder: &Path) {
    let desk = open(folder);
    let cx = desk.context(Viewer::desk(PersonId(0)), None);
    let keys = desk.write_now(move |tx| {
        let technician = NewPerson::new("Larch", "larch@desk.example", Role::Technician);
        let technician = people::add_or_promote(tx, &cx, &technician)?;
        for n in 0..TICKETS {
            one(tx, &cx, n, technician)?;
        }
        doors(tx, &cx, technician)
    });
    std::fs::write(folder.join("keys"), keys.expect("a desk with tickets")).expect("a file");
}

/// One reader: with more, the warm one and the cold ones would take turns by chance.
pub(crate) fn open(folder: &Path) -> Desk {
    let options = SqliteOptions {
        readers: 1,
        synchronous: Synchronous::Normal,
        ..SqliteOptions::default()
    };
    let parts = Parts {
        db: Db::sqlite(&folder.join("firstline.db"), options).expect("a database"),
        files: files::Store::open(&folder.join("files")).expect("a store"),
        index: search::Index::in_memory().expect("an index"),
        clock: Clock::set_to(START),
    };
    Desk::open(parts).expect("a desk")
}

fn doors(tx: &mut Write, cx: &Context, technician: PersonId) -> desk::Result<String> {
    let scopes = Scopes {
        read: true,
        write: true,
        admin: false,
    };
    let session = sign_in::start(tx, technician, cx.now, "127.0.0.1", "bench")?;
    let token = sign_in::add_token(tx, cx, technician, "bench", scopes)?;
    Ok(format!("{}\n{}", session.as_str(), token.as_str()))
}

/// Four in five are solved; of the others every second has an assignee.
fn one(tx: &mut Write, cx: &Context, n: usize, technician: PersonId) -> desk::Result<()> {
    let who = n % 40;
    let name = format!("Counter {who}");
    let requester = people::recognise(tx, cx, &format!("counter{who}@branch.example"), Some(&name))?;
    let created_at = cx.now.plus(-30 * DAY + n as i64 * 60 * MINUTE);
    let said = |author, kind, hours: i64| ImportedMessage {
        author,
        kind,
        body: texts::body(n + 3),
        at: created_at.plus(hours * HOUR),
    };
    let old = Imported {
        source: "bench".to_string(),
        id: n.to_string(),
        number: None,
        message_ids: Vec::new(),
        subject: texts::title(n),
        body: texts::body(n),
        requester,
        created_at,
        tag: Some(["mail", "printer", "network"][n % 3].to_string()),
        messages: vec![
            said(technician, MessageKind::Reply, 1),
            said(requester, MessageKind::Request, 2),
        ],
        solved: !n.is_multiple_of(5),
        solution: None,
    };
    let number = tickets::import(tx, cx, &old)?;
    if n.is_multiple_of(10) {
        tickets::assign(tx, cx, number, technician)?;
    }
    Ok(())
}
