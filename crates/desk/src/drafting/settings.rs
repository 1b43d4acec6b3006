//! Whether drafts are asked for, of which server, which model, and under which key. The key is sealed like the passwords
//! of mailboxes, and no page, log or line of the audit log ever holds it.

use db::{Read, Write};
use outside::server_of;

use crate::access::{self, Place};
use crate::context::Context;
use crate::error::{Checks, Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::house;
use crate::ids::EventId;
use crate::vault::Vault;

const ON: &str = "drafting-on";
const ADDRESS: &str = "drafting-address";
const MODEL: &str = "drafting-model";
const KEY: &str = "drafting-key";
/// What the key is sealed for.
const PURPOSE: &str = "drafting";
/// Where a server of this kind answers, behind its version.
const PATH: &str = "/chat/completions";

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    pub on: bool,
    /// As it was typed: `https://models.example.org/v1`.
    pub address: String,
    pub model: String,
    pub has_key: bool,
}

/// As an administrator types it.
#[derive(Clone, Default)]
pub struct NewSettings {
    pub on: bool,
    pub address: String,
    pub model: String,
    /// Empty: the one that is kept stays.
    pub key: String,
    pub forget_key: bool,
}

impl std::fmt::Debug for NewSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewSettings")
            .field("on", &self.on)
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}

/// What the server lets us in by. Debug prints stars.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Key(pub(super) String);

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(***)")
    }
}

/// All it takes to ask.
#[derive(Clone, Debug)]
pub(super) struct Way {
    /// Where it is asked.
    pub endpoint: String,
    /// Its server, for the audit log.
    pub server: String,
    pub model: String,
    pub key: Option<Key>,
}

pub fn find(r: &mut Read, cx: &Context) -> Result<Settings> {
    access::require(&cx.viewer, Place::Admin)?;
    load(r)
}

fn load(r: &mut Read) -> Result<Settings> {
    Ok(Settings {
        on: house::get(r, ON)?.is_some_and(|on| on == "yes"),
        address: house::get(r, ADDRESS)?.unwrap_or_default(),
        model: house::get(r, MODEL)?.unwrap_or_default(),
        has_key: house::get(r, KEY)?.is_some_and(|key| !key.is_empty()),
    })
}

pub(crate) fn is_on(r: &mut Read) -> Result<bool> {
    Ok(load(r)?.on)
}

/// The way to the server, where drafts are on.
pub(super) fn way(r: &mut Read, vault: &Vault) -> Result<Way> {
    if !is_on(r)? {
        return Err(Error::Conflict("conflict-drafting-off"));
    }
    set_way(r, vault)
}

/// The way to the server that was set, on or off.
pub(super) fn set_way(r: &mut Read, vault: &Vault) -> Result<Way> {
    let set = load(r)?;
    let server = server_of(&set.address).ok_or(Error::Conflict("conflict-drafting-unset"))?;
    let sealed = house::get(r, KEY)?.filter(|sealed| !sealed.is_empty());
    let key = sealed.map(|sealed| {
        let sealed = data_encoding::BASE64.decode(sealed.as_bytes()).map_err(Error::fault)?;
        vault.open_sealed(PURPOSE, &sealed).map(Key)
    });
    Ok(Way {
        endpoint: endpoint(&set.address),
        server,
        model: set.model,
        key: key.transpose()?,
    })
}

/// Where the server is asked. The version may be left out, and the whole address may be given.
fn endpoint(address: &str) -> String {
    let base = address.trim().trim_end_matches('/');
    let path = base.split_once("://").map_or(base, |(_, rest)| rest);
    if base.ends_with(PATH) {
        base.to_string()
    } else if path.contains('/') {
        format!("{base}{PATH}")
    } else {
        format!("{base}/v1{PATH}")
    }
}

/// Every node reads the house anew when the log says so.
pub fn set(tx: &mut Write, cx: &Context, vault: &Vault, new: &NewSettings) -> Result<EventId> {
    access::require(&cx.viewer, Place::Admin)?;
    tx.hold_name(PURPOSE)?;
    let kept = load(tx)?;
    new.check(&kept)?;
    let (address, model) = (new.address.trim(), new.model.trim());
    for (name, value) in [
        (ON, if new.on { "yes" } else { "no" }),
        (ADDRESS, address),
        (MODEL, model),
    ] {
        house::put(tx, name, value)?;
    }
    let key = new.key.trim();
    let of_key = match (key, new.forget_key) {
        ("", true) => {
            house::put(tx, KEY, "")?;
            "key removed"
        }
        ("", false) => "key as before",
        (key, _) => {
            let sealed = vault.seal(tx, PURPOSE, key)?;
            house::put(tx, KEY, &data_encoding::BASE64.encode(&sealed))?;
            "key new"
        }
    };
    let words = format!("{} {address} {model} {of_key}", if new.on { "on" } else { "off" });
    access::audit(tx, cx.now, Some(cx.viewer.person), "drafting set", "", &words)?;
    events::record(tx, cx, Fact::new(EventKind::SettingChanged))
}

impl NewSettings {
    fn check(&self, kept: &Settings) -> Result<()> {
        let (address, model, key) = (self.address.trim(), self.model.trim(), self.key.trim());
        let server = server_of(address);
        Checks::default()
            .check(
                server.is_some() || (address.is_empty() && !self.on),
                "address",
                "refused-drafting-address",
            )
            .check(
                server.is_none() || may_be_there(address),
                "address",
                "refused-drafting-never",
            )
            .at_most(address, 300, "address")
            .check(!model.is_empty() || !self.on, "model", "refused-drafting-model")
            .check(
                !model.chars().any(char::is_control),
                "model",
                "refused-control-characters",
            )
            .at_most(model, 200, "model")
            // What a header can carry.
            .check(key.bytes().all(|b| b.is_ascii_graphic()), "key", "refused-drafting-key")
            .at_most(key, 500, "key")
            .done()?;
        // What was given for one server is not sent to another.
        let elsewhere = kept.has_key && server_of(&kept.address) != server;
        if elsewhere && key.is_empty() && !self.forget_key {
            return Err(Error::refused("key", "refused-drafting-key-again"));
        }
        Ok(())
    }
}

/// An address that stands there instead of a name is judged at once; a name whenever it is connected to.
fn may_be_there(address: &str) -> bool {
    let server = server_of(address).unwrap_or_default();
    let host = server.split_once("://").map_or("", |(_, host)| host);
    let bare = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    bare.parse().map_or(true, outside::may_serve)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_address_is_made_from_what_people_type() {
        for (typed, asked) in [
            ("https://x.example", "https://x.example/v1/chat/completions"),
            ("https://x.example/", "https://x.example/v1/chat/completions"),
            ("https://x.example/v1/", "https://x.example/v1/chat/completions"),
            ("https://x.example/api/v1", "https://x.example/api/v1/chat/completions"),
            (
                "http://10.1.2.3:8080/v1/chat/completions",
                "http://10.1.2.3:8080/v1/chat/completions",
            ),
        ] {
            assert_eq!(endpoint(typed), asked);
        }
    }

    fn refused(change: impl FnOnce(&mut NewSettings), kept: &Settings) -> Option<&'static str> {
        let mut new = NewSettings {
            on: true,
            address: "https://x.example/v1".into(),
            model: "small".into(),
            ..NewSettings::default()
        };
        change(&mut new);
        match new.check(kept) {
            Err(Error::Refused(all)) => Some(all[0].key),
            _ => None,
        }
    }

    #[test]
    fn what_cannot_work_is_refused() {
        let none = Settings::default();
        assert_eq!(refused(|_| {}, &none), None);
        for wrong in [
            "",
            "x.example",
            "ftp://x.example",
            "https://a:b@x.example",
            "https://x.example?key=1",
        ] {
            assert_eq!(
                refused(|n| n.address = wrong.into(), &none),
                Some("refused-drafting-address"),
                "{wrong}"
            );
        }
        for never in [
            "http://169.254.169.254/v1",
            "http://2852039166/",
            "http://[fd00:ec2::254]/",
            "http://0/",
        ] {
            assert_eq!(
                refused(|n| n.address = never.into(), &none),
                Some("refused-drafting-never"),
                "{never}"
            );
        }
        assert_eq!(refused(|n| n.model = " ".into(), &none), Some("refused-drafting-model"));
        assert_eq!(refused(|n| n.key = "a b".into(), &none), Some("refused-drafting-key"));
        assert_eq!(
            refused(|n| *n = NewSettings::default(), &none),
            None,
            "off, and nothing said"
        );
    }

    #[test]
    fn a_key_given_for_one_server_goes_to_no_other() {
        let kept = Settings {
            on: true,
            address: "https://x.example".into(),
            model: "small".into(),
            has_key: true,
        };
        assert_eq!(refused(|_| {}, &kept), None, "the same server");
        let there = |n: &mut NewSettings| n.address = "https://y.example/v1".into();
        assert_eq!(refused(there, &kept), Some("refused-drafting-key-again"));
        let clear = |n: &mut NewSettings| n.address = "http://x.example/v1".into();
        assert_eq!(refused(clear, &kept), Some("refused-drafting-key-again"));
        let with = |n: &mut NewSettings| (n.address, n.key) = ("https://y.example".into(), "word".into());
        assert_eq!(refused(with, &kept), None);
        let without = |n: &mut NewSettings| (n.address, n.forget_key) = ("https://y.example".into(), true);
        assert_eq!(refused(without, &kept), None);
    }

    #[test]
    fn what_is_secret_prints_stars() {
        let new = NewSettings {
            key: "two-quiet-rivers".into(),
            ..NewSettings::default()
        };
        assert!(!format!("{new:?} {:?}", Key("two-quiet-rivers".into())).contains("quiet"));
    }
}
