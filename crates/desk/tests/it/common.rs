//! A small desk for tests of people and sign-in: an administrator, a technician, a requester, and a clock that stands
//! still, on SQLite and on PostgreSQL.

use std::sync::Arc;

use db::{Db, Read, Write, args};
use desk::access::{Role, Via, Viewer};
use desk::house::House;
use desk::organizations::{self, NewOrganization};
use desk::people::{self, NewPerson};
use desk::sign_in::{self, Secret};
use desk::teams::{self, NewTeam};
use desk::{Context, Error, OrganizationId, PersonId, Result, TeamId, Time};

/// 2026-11-17T15:22:00Z, a Tuesday morning in Toronto.
pub(crate) const NOW: Time = Time(1_794_928_920_000_000);

pub(crate) struct Small {
    pub(crate) db: Db,
    /// The desk's own hand.
    pub(crate) desk: Context,
    pub(crate) admin: Context,
    pub(crate) technician: Context,
    pub(crate) requester: Context,
}

/// Runs a test on both engines, with the three people.
pub(crate) fn on_both(body: impl Fn(&Small)) {
    on_both_empty(|small| {
        let add = |name: &str, address: &str, role| {
            let new = NewPerson::new(name, address, role);
            let id = small
                .write(&small.desk, move |tx, cx| people::add(tx, cx, &new))
                .expect("added");
            small.viewer_of(id)
        };
        body(&Small {
            db: small.db.clone(),
            desk: small.desk.clone(),
            admin: add("Office", "admin@desk.example", Role::Admin),
            technician: add("Bench", "technician@desk.example", Role::Technician),
            requester: add("Payroll office", "requester@cedar.example", Role::Requester),
        });
    });
}

/// Runs a test on both engines, with nobody there yet.
pub(crate) fn on_both_empty(body: impl Fn(&Small)) {
    testpg::both(|db| {
        db.migrate(desk::MIGRATIONS).expect("migrated");
        let house = db.write_now(House::load).expect("house rules");
        let desk = Context {
            viewer: Viewer::desk(PersonId(0)),
            now: NOW,
            house: Arc::new(house),
            request: None,
        };
        let (admin, technician, requester) = (desk.clone(), desk.clone(), desk.clone());
        body(&Small {
            db,
            desk,
            admin,
            technician,
            requester,
        });
    });
}

impl Small {
    pub(crate) fn write<T: Send + 'static>(
        &self,
        cx: &Context,
        body: impl FnOnce(&mut Write, &Context) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let cx = cx.clone();
        self.db.write_now(move |tx| body(tx, &cx))
    }

    pub(crate) fn read<T: Send + 'static>(
        &self,
        cx: &Context,
        body: impl FnOnce(&mut Read, &Context) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let cx = cx.clone();
        self.db.read_now(move |r| body(r, &cx))
    }

    /// The person as he is seen now, with his teams of now.
    pub(crate) fn viewer_of(&self, person: PersonId) -> Context {
        let viewer = self
            .db
            .read_now(move |r| sign_in::load_viewer(r, person, Via::Session))
            .expect("a viewer");
        Context {
            viewer,
            ..self.desk.clone()
        }
    }

    pub(crate) fn session(&self, person: PersonId) -> Secret {
        self.db
            .write_now(move |tx| sign_in::start(tx, person, NOW, "203.0.113.7", "a browser"))
            .expect("started")
    }

    pub(crate) fn opens(&self, secret: &str) -> bool {
        self.opens_at(secret, NOW)
    }

    pub(crate) fn opens_at(&self, secret: &str, at: Time) -> bool {
        let secret = secret.to_string();
        self.db
            .read_now(move |r| sign_in::viewer_of_session(r, &secret, at))
            .expect("read")
            .is_some()
    }

    pub(crate) fn token_viewer(&self, secret: &str) -> Option<Viewer> {
        let secret = secret.to_string();
        let found = self
            .db
            .read_now(move |r| sign_in::viewer_of_token(r, &secret))
            .expect("read");
        found.map(|(viewer, _)| viewer)
    }

    pub(crate) fn organization(&self, name: &str, domain: Option<&str>) -> OrganizationId {
        let domain = domain.map(str::to_string);
        let new = NewOrganization {
            name: name.into(),
            domain,
            ..NewOrganization::default()
        };
        self.write(&self.desk, move |tx, cx| organizations::add(tx, cx, &new))
            .expect("added")
    }

    pub(crate) fn team(&self, name: &str, private: bool) -> TeamId {
        let new = NewTeam {
            name_en: name.into(),
            name_fr: name.into(),
            private,
        };
        self.write(&self.admin, move |tx, cx| teams::add(tx, cx, &new))
            .expect("added")
    }

    pub(crate) fn join(&self, team: TeamId, person: PersonId) {
        self.write(&self.admin, move |tx, cx| teams::join(tx, cx, team, person))
            .expect("joined");
    }

    pub(crate) fn count(&self, sql: &'static str) -> i64 {
        self.db
            .read_now(move |r| -> Result<i64> { Ok(r.one(sql, &args![])?) })
            .expect("counted")
    }

    pub(crate) fn count_of(&self, sql: &'static str, of: i64) -> i64 {
        self.db
            .read_now(move |r| -> Result<i64> { Ok(r.one(sql, &args![of])?) })
            .expect("counted")
    }

    pub(crate) fn exec(&self, sql: &str) {
        let sql = sql.to_string();
        self.db
            .write_now(move |tx| -> Result<u64> { Ok(tx.exec(&sql, &args![])?) })
            .expect("done");
    }
}

pub(crate) fn refused(field: &'static str, key: &'static str) -> Error {
    Error::refused(field, key)
}

/// The key of the one refusal this must be.
pub(crate) fn key_of<T: std::fmt::Debug>(answer: Result<T>) -> &'static str {
    match answer {
        Err(Error::Refused(all)) if all.len() == 1 => all[0].key,
        other => panic!("one refusal, not {other:?}"),
    }
}
