//! One PostgreSQL connection, made when it is needed and made again after it was lost. It must never run a statement
//! twice: whoever loses a connection is told.

use crate::conn::{Each, KEPT_STATEMENTS, Names};
use crate::lite::count;
use crate::row::{Row, RowRef, same_names};
use crate::{Error, Result, Value};
use postgres::types::ToSql;
use postgres::{Client, Config, NoTls, Statement};
use std::collections::HashMap;
use std::time::Duration;

/// Where and as whom to connect; one copy a thread.
#[derive(Clone)]
pub(crate) struct Address {
    config: Config,
    schema: Option<String>,
}

impl Address {
    pub(crate) fn new(url: &str, schema: Option<String>) -> Result<Address> {
        let mut config: Config = url
            .parse()
            .map_err(|e| Error::Other(format!("this is no PostgreSQL address: {e}")))?;
        // A server that is gone without a word is known to be gone within half a minute, asked or not.
        config
            .connect_timeout(Duration::from_secs(5))
            .keepalives(true)
            .keepalives_idle(Duration::from_secs(10))
            .keepalives_interval(Duration::from_secs(5))
            .keepalives_retries(3)
            .tcp_user_timeout(Duration::from_secs(30));
        if config.get_application_name().is_none() {
            config.application_name("firstline");
        }
        Ok(Address { config, schema })
    }

    /// The channel on which nodes of one desk tell each other that something was announced.
    pub(crate) fn channel(&self) -> String {
        match &self.schema {
            Some(schema) => quoted(&format!("firstline_{schema}")),
            None => "firstline".into(),
        }
    }

    /// Sessions read by default, so a `Read` cannot write; `Write` begins READ WRITE. No statement waits for ever.
    pub(crate) fn connect(&self) -> Result<Client> {
        let mut client = self.config.connect(NoTls).map_err(crate::error::unreachable)?;
        let path = self
            .schema
            .as_deref()
            .map(|s| format!("SET search_path = {};", quoted(s)))
            .unwrap_or_default();
        client.batch_execute(&format!(
            "SET statement_timeout = '30s'; SET lock_timeout = '10s'; SET idle_in_transaction_session_timeout = '60s'; \
             SET default_transaction_read_only = on; {path}"
        ))?;
        Ok(client)
    }

    /// The connection that tells at once whether the address is any good.
    pub(crate) fn first_connection(&self) -> Result<Client> {
        let mut client = self.connect()?;
        let version: String = client.query_one("SHOW server_version_num", &[])?.get(0);
        if version.parse::<i64>().unwrap_or_default() < 130_000 {
            return Err(Error::Other(
                "this PostgreSQL is too old: version 13 or newer is needed".into(),
            ));
        }
        self.make_schema(&mut client)?;
        Ok(client)
    }

    /// Makes the desk's schema unless it is there; a user who may not make schemas can be given one. IF NOT EXISTS
    /// alone fails when two nodes start together, hence the lock.
    fn make_schema(&self, client: &mut Client) -> Result<()> {
        let Some(schema) = &self.schema else {
            return Ok(());
        };
        let there = "SELECT 1 FROM pg_namespace WHERE nspname = $1";
        if client.query_opt(there, &[schema])?.is_none() {
            let make = format!(
                "BEGIN READ WRITE; SELECT pg_advisory_xact_lock(7379400213); \
                 CREATE SCHEMA IF NOT EXISTS {}; COMMIT",
                quoted(schema)
            );
            client.batch_execute(&make)?;
        }
        Ok(())
    }
}

/// An identifier as PostgreSQL wants it quoted. The only text that is ever put into SQL, and it comes from settings.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

pub(crate) struct Pg {
    address: Address,
    client: Option<Client>,
    known: HashMap<Box<str>, Known>,
    /// In the middle of something that only this connection knows: a transaction, a lock.
    pub(crate) inside: bool,
}

struct Known {
    statement: Statement,
    names: Names,
}

impl Pg {
    pub(crate) fn new(address: Address, client: Option<Client>) -> Pg {
        Pg {
            address,
            client,
            known: HashMap::new(),
            inside: false,
        }
    }

    pub(crate) fn hang_up(&mut self) {
        self.client = None;
        self.known.clear();
        self.inside = false;
    }

    /// A new connection knows nothing of a transaction begun on the old one, so in the middle of one there is none.
    /// A server that cannot be reached is `Closed` to the caller, whatever the network said.
    fn wake(&mut self) -> Result<()> {
        if self.client.as_ref().is_none_or(Client::is_closed) {
            if self.inside {
                return Err(Error::Closed);
            }
            self.hang_up();
            self.client = Some(self.address.connect().map_err(|error| match error {
                Error::Overloaded => error,
                _ => Error::Closed,
            })?);
        }
        Ok(())
    }

    pub(crate) fn run(&mut self, sql: &str, args: &[Value], names: Names, each: Each) -> Result<u64> {
        let done = self.try_run(sql, args, names, each);
        if done.is_err() {
            self.known.remove(sql); // its plan may be the fault, after a change of the schema
        }
        self.seen(done)
    }

    /// The driver may not know yet that its connection is of no more use.
    fn seen<T>(&mut self, done: Result<T>) -> Result<T> {
        if let Err(Error::Closed) = done {
            self.client = None;
        }
        done
    }

    fn try_run(&mut self, sql: &str, args: &[Value], names: Names, each: Each) -> Result<u64> {
        self.wake()?;
        let client = self.client.as_mut().expect("invariant: wake connects");
        if !self.known.contains_key(sql) {
            if self.known.len() >= KEPT_STATEMENTS {
                self.known.clear();
            }
            self.known.insert(
                sql.into(),
                Known {
                    statement: client.prepare(sql)?,
                    names: &[],
                },
            );
        }
        let known = self.known.get_mut(sql).expect("invariant: inserted above");
        let types = known.statement.params();
        if types.len() != args.len() {
            return Err(count(types.len(), args.len()));
        }
        for (i, (value, ty)) in args.iter().zip(types).enumerate() {
            value.fits(ty, i + 1)?;
        }
        let args: Vec<&(dyn ToSql + Sync)> = args.iter().map(|value| value as _).collect();
        let Some(each) = each else {
            return Ok(client.execute(&known.statement, &args)?);
        };
        if !std::ptr::eq(known.names, names) {
            same_names(names, known.statement.columns().iter().map(|c| c.name()))?;
            known.names = names;
        }
        for row in client.query(&known.statement, &args)? {
            each(&Row(RowRef::Pg(&row)))?;
        }
        Ok(0)
    }

    pub(crate) fn batch(&mut self, sql: &str) -> Result<()> {
        self.wake()?;
        let client = self.client.as_mut().expect("invariant: wake connects");
        let done = client.batch_execute(sql).map_err(Error::from);
        self.seen(done)
    }
}
