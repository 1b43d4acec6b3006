//! `[doors]`: how SMTP and LMTP meet those who bring letters, and whose word on a sender is believed.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use mail::smtp::{self, Door, Limits, Network, Rates};
use serde::Deserialize;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct DoorsFile {
    /// The name in the greeting.
    pub(crate) host_name: Option<String>,
    /// PEM; with it and its key STARTTLS is offered.
    pub(crate) certificate: Option<PathBuf>,
    pub(crate) key: Option<PathBuf>,
    /// Networks of the house's own mail servers, beside this machine: they may bring as many letters as they like.
    pub(crate) trusted: Vec<String>,
    /// Domains whose seal (ARC) on a letter they forwarded is believed.
    pub(crate) sealers: Vec<String>,
    pub(crate) letters_a_minute: Option<u32>,
    pub(crate) letters_an_hour: Option<u32>,
}

impl DoorsFile {
    pub(crate) fn limits(&self) -> Result<Limits> {
        let mut limits = Limits {
            rates: self.rates()?,
            door: self.door()?,
            ..Limits::default()
        };
        if let Some(name) = &self.host_name {
            let fits = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.');
            if name.is_empty() || name.len() > 253 || !name.bytes().all(fits) {
                bail!("doors.host_name is {name:?}; it must be a name such as desk.example.org");
            }
            limits.host_name.clone_from(name);
        }
        Ok(limits)
    }

    /// The networks of the house's own mail servers.
    pub(crate) fn own_servers(&self) -> Result<Vec<Network>> {
        let parsed = self.trusted.iter().map(|text| text.parse().context("doors.trusted"));
        parsed.collect()
    }

    fn door(&self) -> Result<Door> {
        let tls = match (&self.certificate, &self.key) {
            (Some(certificate), Some(key)) => {
                let usable = smtp::tls(&read(certificate)?, &read(key)?);
                let files = || format!("{} with {}", certificate.display(), key.display());
                Some(usable.with_context(files)?)
            }
            (None, None) => None,
            _ => bail!("doors.certificate and doors.key belong together; one of them is missing"),
        };
        let mut trusted = Network::loopback();
        trusted.extend(self.own_servers()?);
        Ok(Door {
            tls,
            trusted,
            ..Door::default()
        })
    }

    /// What is asked for in a minute must be possible for five, and its hour in the usual proportion.
    fn rates(&self) -> Result<Rates> {
        let mut rates = Rates::default();
        if self.letters_a_minute == Some(0) || self.letters_an_hour == Some(0) {
            bail!("doors.letters_a_minute and doors.letters_an_hour must be at least 1");
        }
        if let Some(most) = self.letters_a_minute {
            rates.a_minute = most;
            rates.five_minutes = most.saturating_mul(5);
            rates.an_hour = most.saturating_mul(12);
        }
        if let Some(most) = self.letters_an_hour {
            rates.an_hour = most;
        }
        Ok(rates)
    }
}

fn read(file: &Path) -> Result<Vec<u8>> {
    std::fs::read(file).with_context(|| format!("{} cannot be read", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doors(text: &str) -> DoorsFile {
        toml::from_str(text).unwrap()
    }

    fn refusal(text: &str) -> String {
        format!("{:#}", doors(text).limits().map(|_| ()).unwrap_err())
    }

    #[test]
    fn what_is_set_is_what_clients_meet() {
        let usual = doors("").limits().unwrap();
        assert_eq!(usual.rates, Rates::default());
        assert!(usual.door.tls.is_none() && usual.door.trusted == Network::loopback());
        let set = doors("host_name = 'desk.example.org'\ntrusted = ['10.0.0.0/8']\nletters_a_minute = 500");
        let limits = set.limits().unwrap();
        assert_eq!(limits.host_name, "desk.example.org");
        assert_eq!((limits.rates.five_minutes, limits.rates.an_hour), (2_500, 6_000));
        assert!(limits.door.trusted.len() == 3 && limits.door.trusted.contains(&"10.0.0.0/8".parse().unwrap()));
        let hour = doors("letters_an_hour = 60").limits().unwrap();
        assert_eq!((hour.rates.a_minute, hour.rates.an_hour), (50, 60));
    }

    #[test]
    fn what_cannot_work_is_refused_in_words() {
        for (text, words) in [
            ("trusted = ['10.0.0.0/33']", "10.0.0.0/33"),
            ("certificate = '/nowhere/a.pem'", "belong together"),
            (
                "certificate = '/nowhere/a.pem'\nkey = '/nowhere/b.pem'",
                "/nowhere/a.pem cannot be read",
            ),
            ("letters_a_minute = 0", "at least 1"),
            ("host_name = \"a\\r\\nb\"", "host_name"),
        ] {
            let refused = refusal(text);
            assert!(refused.contains(words), "{refused}");
        }
        assert!(toml::from_str::<DoorsFile>("submission = true").is_err());
    }
}
