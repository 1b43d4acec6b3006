//! Settings of the program: `firstline.toml` in the data folder, then `FIRSTLINE_*`, then the command line; the last
//! word wins. What belongs to the desk itself (name, hours, mailboxes) lives in its database.

mod doors;

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use mail::outbound::{Login, Relay, Roots, Tls};
use serde::Deserialize;

pub(crate) use doors::DoorsFile;

/// The whole file. An unknown name is an error: a misspelt setting that does nothing is worse than none.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct File {
    pub(crate) listen: Option<SocketAddr>,
    pub(crate) smtp: Option<SocketAddr>,
    pub(crate) lmtp: Option<SocketAddr>,
    pub(crate) database: Option<String>,
    pub(crate) public_url: Option<String>,
    pub(crate) metrics_token: Option<Secret>,
    /// How many reads and how many writes may wait for the database before the next is turned away with 503.
    pub(crate) backlog: Option<usize>,
    pub(crate) trusted_proxies: Vec<IpAddr>,
    pub(crate) relay: Option<RelayFile>,
    pub(crate) doors: DoorsFile,
    /// A file of certificates (PEM) of the house's own authority, trusted beside those the world trusts when the desk
    /// connects to mail servers.
    pub(crate) authorities: Option<PathBuf>,
    /// Networks of the house that the desk may reach out to over HTTP, such as `10.1.0.0/16`; out in the world it may.
    pub(crate) networks: Option<String>,
}

/// How long the relay may take for one step of its conversation.
const RELAY_STEP: Duration = Duration::from_secs(60);

/// Where letters leave to.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RelayFile {
    pub(crate) host: String,
    pub(crate) port: Option<u16>,
    /// `none`, `starttls` or `implicit`.
    #[serde(default)]
    pub(crate) tls: Option<String>,
    pub(crate) user: Option<String>,
    pub(crate) password: Option<Secret>,
    pub(crate) hello: Option<String>,
}

/// A word that never shows in a log: Debug prints stars.
#[derive(Clone, Deserialize, PartialEq, Eq)]
#[serde(transparent)]
pub(crate) struct Secret(pub String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("***")
    }
}

impl File {
    /// Reads `firstline.toml` in `folder`, if there is one, and the environment over it.
    pub(crate) fn read(folder: &Path) -> Result<File> {
        let path = folder.join("firstline.toml");
        let mut file = match std::fs::read_to_string(&path) {
            Ok(text) => toml::from_str(&text).with_context(|| format!("{} cannot be read", path.display()))?,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => File::default(),
            Err(e) => return Err(e).with_context(|| format!("{} cannot be opened", path.display())),
        };
        file.take_environment()?;
        Ok(file)
    }

    fn take_environment(&mut self) -> Result<()> {
        fn parsed<T: std::str::FromStr>(name: &str, into: &mut Option<T>) -> Result<()> {
            if let Ok(text) = std::env::var(name) {
                let value = text
                    .parse()
                    .ok()
                    .with_context(|| format!("{name} is not understood: {text}"))?;
                *into = Some(value);
            }
            Ok(())
        }
        parsed("FIRSTLINE_LISTEN", &mut self.listen)?;
        parsed("FIRSTLINE_SMTP", &mut self.smtp)?;
        parsed("FIRSTLINE_LMTP", &mut self.lmtp)?;
        parsed("FIRSTLINE_PUBLIC_URL", &mut self.public_url)?;
        if let Ok(token) = std::env::var("FIRSTLINE_METRICS_TOKEN") {
            self.metrics_token = Some(Secret(token));
        }
        if let Ok(host) = std::env::var("FIRSTLINE_RELAY") {
            self.relay = Some(relay_from(&host)?);
        }
        Ok(())
    }
}

/// `host`, `host:port`; for tests and small set-ups. More goes into the file.
pub(crate) fn relay_from(text: &str) -> Result<RelayFile> {
    let (host, port) = match text.rsplit_once(':') {
        Some((host, port)) => (
            host,
            Some(port.parse().with_context(|| format!("{text} has no port number"))?),
        ),
        None => (text, None),
    };
    Ok(RelayFile {
        host: host.to_string(),
        port,
        tls: None,
        user: None,
        password: None,
        hello: None,
    })
}

impl RelayFile {
    /// `authorities` are certificates (PEM) of the house's own authority.
    pub(crate) fn relay(&self, authorities: &[Vec<u8>]) -> Result<Relay> {
        let local = self.host == "localhost" || self.host.parse().is_ok_and(|ip: IpAddr| ip.is_loopback());
        let tls = match self.tls.as_deref() {
            Some("none") => Tls::None,
            Some("implicit") => Tls::Implicit,
            Some("starttls") => Tls::StartTls,
            None if local => Tls::None,
            None => Tls::StartTls,
            Some(other) => bail!("relay.tls is {other:?}; it must be none, starttls or implicit"),
        };
        if self.user.is_some() != self.password.is_some() {
            bail!("relay.user and relay.password belong together; one of them is missing");
        }
        if tls == Tls::None && self.password.is_some() && !local {
            bail!(
                "relay.tls is \"none\", and the password would go to {} for everybody on the way to read; set it to \
                 starttls or implicit",
                self.host
            );
        }
        let pem = authorities.concat();
        let roots = match pem.is_empty() {
            true => Roots::default(),
            false => Roots::from_pem(&pem).context("authorities")?,
        };
        let usual = match tls {
            Tls::None => 25,
            Tls::StartTls => 587,
            Tls::Implicit => 465,
        };
        Ok(Relay {
            host: self.host.clone(),
            port: self.port.unwrap_or(usual),
            tls,
            login: self
                .user
                .clone()
                .zip(self.password.clone())
                .map(|(user, password)| Login::Password {
                    user,
                    password: password.0,
                }),
            roots,
            hello_name: self.hello.clone().unwrap_or_else(|| "localhost".to_string()),
            timeout: RELAY_STEP,
            patience: Duration::from_secs(600),
        })
    }
}

/// Where everything lies that is not in PostgreSQL.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) folder: PathBuf,
    /// `postgres://...`, or SQLite in the folder.
    pub(crate) database: Option<String>,
    /// How many may wait for the database; the engine's own number when nobody says.
    pub(crate) backlog: Option<usize>,
    pub(crate) authorities: Option<PathBuf>,
    pub(crate) networks: Option<String>,
}

/// Where models of meaning lie in the folder of a desk.
pub(crate) const MODELS: &str = "models";

impl Place {
    pub(crate) fn sqlite_file(&self) -> PathBuf {
        self.folder.join("firstline.db")
    }

    pub(crate) fn files(&self) -> PathBuf {
        self.folder.join("files")
    }

    /// The key of the secrets, beside the database and never in a backup of it.
    pub(crate) fn key(&self) -> PathBuf {
        self.folder.join("firstline.key")
    }

    /// The certificates of the house's own authority, as the file has them.
    pub(crate) fn roots(&self) -> Result<Vec<Vec<u8>>> {
        let Some(file) = &self.authorities else {
            return Ok(Vec::new());
        };
        let pem = std::fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
        Ok(vec![pem])
    }

    /// The model of meaning, and what is derived by it.
    pub(crate) fn models(&self) -> PathBuf {
        self.folder.join(MODELS)
    }

    pub(crate) fn index(&self) -> PathBuf {
        self.folder.join("index")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn relay(text: &str) -> Result<Relay> {
        toml::from_str::<RelayFile>(text)?.relay(&[])
    }

    #[test]
    fn a_password_goes_to_nobody_in_the_clear() {
        let signs_in = "user = 'desk'\npassword = 'two quiet rivers'\n";
        let clear = relay(&format!("host = 'mail.example.org'\ntls = 'none'\n{signs_in}")).unwrap_err();
        assert!(clear.to_string().contains("mail.example.org") && !clear.to_string().contains("quiet"));
        for fits in [
            format!("host = '127.0.0.2'\ntls = 'none'\n{signs_in}"),
            format!("host = 'mail.example.org'\n{signs_in}"),
            "host = 'mail.example.org'\ntls = 'none'".to_string(),
        ] {
            relay(&fits).unwrap();
        }
        assert!(relay("host = 'mail.example.org'\nuser = 'desk'").is_err());
    }

    #[test]
    fn the_houses_own_authority_is_read_or_refused() {
        let file = relay_from("mail.example.org").unwrap();
        assert!(file.relay(&[b"no certificate".to_vec()]).is_err());
        file.relay(&[]).unwrap();
    }
}
