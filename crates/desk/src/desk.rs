//! One desk, open: its database, its files, its index, its clock and its house rules. Cheap to clone; every handler
//! and loop has one.

use std::sync::{Arc, PoisonError, RwLock};

use db::{Db, Read, Write};
use outside::Client;
use search::Index;

use crate::access::Viewer;
use crate::clock::{Clock, Time};
use crate::context::Context;
use crate::drafting::Turns;
use crate::error::Result;
use crate::files;
use crate::house::House;
use crate::mailboxes::intake::Room;
use crate::mailboxes::refusals::Refusals;
use crate::meaning;
use crate::migrations::MIGRATIONS;
use crate::vault::Vault;

/// What a desk is made of.
pub struct Parts {
    pub db: Db,
    pub files: files::Store,
    pub index: Index,
    pub clock: Clock,
}

/// What it takes to deal with servers of others: the key of our secrets, certificates of the house's own authority
/// (PEM or DER) beside those the world trusts, and whose word on a sender counts.
#[derive(Clone, Default)]
pub struct Trust {
    pub vault: Vault,
    pub roots: Vec<Vec<u8>>,
    /// The way to HTTP servers of others; without one none is asked.
    pub client: Option<Client>,
    /// Asks the name servers about senders; without it nobody is asked.
    pub vouch: Option<mail::vouch::Checker>,
    /// Domains whose seal (ARC) on what a letter was before they forwarded it is believed.
    pub sealers: Vec<String>,
    /// Networks of the house's own mail servers.
    pub own_servers: Vec<mail::smtp::Network>,
}

impl std::fmt::Debug for Trust {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Trust")
            .field("vouch", &self.vouch.is_some())
            .field("sealers", &self.sealers)
            .field("own_servers", &self.own_servers)
            .finish_non_exhaustive()
    }
}

#[derive(Clone)]
pub struct Desk {
    inner: Arc<Inner>,
}

impl std::fmt::Debug for Desk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Desk")
    }
}

struct Inner {
    parts: Parts,
    house: RwLock<Arc<House>>,
    reading: Room,
    refusals: Refusals,
    drafting: Turns,
    trust: Trust,
    meaning: meaning::Room,
}

impl Desk {
    /// Brings the schema up to date and reads the house rules. Blocks: call it before serving. Without a key it can
    /// keep no secrets.
    pub fn open(parts: Parts) -> Result<Desk> {
        Desk::open_with(parts, Trust::default())
    }

    /// The same with the key of its secrets.
    pub fn open_with(parts: Parts, trust: Trust) -> Result<Desk> {
        parts.db.migrate(MIGRATIONS)?;
        let house = parts.db.write_now(House::load)?;
        Ok(Desk {
            inner: Arc::new(Inner {
                parts,
                house: RwLock::new(Arc::new(house)),
                reading: Room::default(),
                refusals: Refusals::default(),
                drafting: Turns::default(),
                trust,
                meaning: meaning::Room::default(),
            }),
        })
    }

    pub fn db(&self) -> &Db {
        &self.inner.parts.db
    }

    /// On a file of its own; else on PostgreSQL, perhaps with other nodes.
    pub fn on_sqlite(&self) -> bool {
        self.db().dialect() == db::Dialect::Sqlite
    }

    pub fn files(&self) -> &files::Store {
        &self.inner.parts.files
    }

    pub fn index(&self) -> &Index {
        &self.inner.parts.index
    }

    pub fn clock(&self) -> &Clock {
        &self.inner.parts.clock
    }

    /// Where big letters are read, a few at a time.
    pub(crate) fn reading_room(&self) -> &Room {
        &self.inner.reading
    }

    /// What the doors of this node turned away.
    pub(crate) fn refusals(&self) -> &Refusals {
        &self.inner.refusals
    }

    /// Who waits for a draft on this node.
    pub(crate) fn drafting(&self) -> &Turns {
        &self.inner.drafting
    }

    /// The model of meaning, where the house has one.
    pub fn meaning(&self) -> &meaning::Room {
        &self.inner.meaning
    }

    /// The key of its secrets.
    pub fn vault(&self) -> &Vault {
        &self.inner.trust.vault
    }

    /// The way to HTTP servers of others.
    pub fn client(&self) -> Option<&Client> {
        self.inner.trust.client.as_ref()
    }

    /// Whose word counts.
    pub(crate) fn trust(&self) -> &Trust {
        &self.inner.trust
    }

    /// Certificates trusted beside those the world trusts.
    pub fn roots(&self) -> &[Vec<u8>] {
        &self.inner.trust.roots
    }

    pub fn now(&self) -> Time {
        self.inner.parts.clock.now()
    }

    pub fn house(&self) -> Arc<House> {
        Arc::clone(&self.inner.house.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads the settings anew: after a change here, or when the log says another node made one.
    pub async fn reload_house(&self) -> Result<()> {
        let house = self.inner.parts.db.write(House::load).await?;
        *self.inner.house.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(house);
        Ok(())
    }

    pub fn context(&self, viewer: Viewer, request: Option<String>) -> Context {
        Context {
            viewer,
            now: self.now(),
            house: self.house(),
            request,
        }
    }

    pub async fn read<T: Send + 'static>(
        &self,
        body: impl FnOnce(&mut Read) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.inner.parts.db.read(body).await
    }

    /// One transaction, durable when it returns.
    pub async fn write<T: Send + 'static>(
        &self,
        body: impl FnOnce(&mut Write) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.inner.parts.db.write(body).await
    }

    /// Blocking, for command lines and tests.
    pub fn read_now<T: Send + 'static>(&self, body: impl FnOnce(&mut Read) -> Result<T> + Send + 'static) -> Result<T> {
        self.inner.parts.db.read_now(body)
    }

    /// Blocking, for command lines and tests.
    pub fn write_now<T: Send + 'static>(
        &self,
        body: impl FnOnce(&mut Write) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.inner.parts.db.write_now(body)
    }
}
