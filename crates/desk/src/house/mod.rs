//! The house rules: the few settings every verb may need, read once and replaced whole when one of them changes.

mod accent;
mod backup;
mod brand;
mod colour;
mod health;
mod logo;
mod settings;

pub use accent::{Accent, DARK_NEAREST, DARK_SURFACE, DARK_WORDS, LEAST as LEAST_CONTRAST, LIGHT_PAGE, Pair};
pub use backup::{backup_made, last_backup};
pub use brand::{Brand, accent_of, brand, change_brand, hundredths};
pub use colour::{Colour, Shade, contrast};
pub use health::{Followed, Health, Node, Trouble, health, troubles};
pub use logo::{LARGEST_LOGO, Logo, LogoKind, logo_bytes, set_logo, show_logo};
pub use settings::{change, get, put};

use db::{Read, Write, args};
use jiff::tz::TimeZone;
use worktime::Calendar;

use crate::calendars;
use crate::changes::{self, Risk};
use crate::chat;
use crate::drafting;
use crate::error::{Error, Result};
use crate::sla;
use crate::words::Lang;

/// 256 bits that key reply addresses. Debug prints stars.
#[derive(Clone, PartialEq, Eq)]
pub struct ReplyKey(pub(crate) [u8; 32]);

impl std::fmt::Debug for ReplyKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ReplyKey(***)")
    }
}

#[derive(Clone, Debug)]
pub struct House {
    pub name: String,
    pub language: Lang,
    pub zone: TimeZone,
    /// The house calendar: the desk's own hours.
    pub calendar: Calendar,
    /// What is promised to whom.
    pub promises: sla::Rules,
    /// `https://desk.example.org`, without a slash at the end. Needed before mail leaves.
    pub public_url: Option<String>,
    pub reply_key: ReplyKey,
    /// How long a reply waits in the outbox so that it can be taken back, in seconds.
    pub undo_seconds: i64,
    /// The words the portal welcomes with, in English and in French; the usual ones when there are none.
    pub welcome: Option<(String, String)>,
    /// The desk's own colour; the usual one when there is none.
    pub accent: Option<Accent>,
    /// Its own sign; Firstline's when there is none.
    pub logo: Option<Logo>,
    /// Whether, when and where there is live chat.
    pub chat: chat::Rules,
    /// From which risk on a change is approved by another person; never, when there is none.
    pub approval_from: Option<Risk>,
    /// Whether a server is asked to draft replies.
    pub drafting: bool,
    /// Set-up has been finished: there is an administrator.
    pub set_up: bool,
}

impl House {
    /// Reads the settings; makes the reply key the first time.
    pub fn load(tx: &mut Write) -> Result<House> {
        let key = reply_key(tx)?;
        let zone_name = zone_name(tx)?;
        let zone = TimeZone::get(&zone_name).map_err(Error::fault)?;
        let language = get(tx, "language")?.and_then(|l| Lang::parse(&l)).unwrap_or(Lang::En);
        let calendar = calendars::of_house(tx, &zone_name)?;
        Ok(House {
            name: get(tx, "name")?.unwrap_or_else(|| "Firstline".into()),
            language,
            promises: sla::Rules::load(tx, &calendar)?,
            calendar,
            zone,
            public_url: get(tx, "public-url")?,
            reply_key: key,
            undo_seconds: number(tx, "undo-seconds")?.unwrap_or(5),
            welcome: welcome(tx)?,
            accent: brand::kept_accent(tx)?,
            logo: logo::kept_logo(tx)?,
            chat: chat::Rules::load(tx)?,
            approval_from: changes::approval_from(tx)?,
            drafting: drafting::is_on(tx)?,
            set_up: admin_exists(tx)?,
        })
    }
}

/// The name of the desk's time zone.
pub(crate) fn zone_name(r: &mut Read) -> Result<String> {
    Ok(get(r, "zone")?.unwrap_or_else(|| "America/Toronto".into()))
}

fn welcome(r: &mut Read) -> Result<Option<(String, String)>> {
    let (en, fr) = (get(r, "welcome-en")?, get(r, "welcome-fr")?);
    let both = en.zip(fr);
    Ok(both.filter(|(en, fr)| !en.is_empty() && !fr.is_empty()))
}

fn number(r: &mut Read, name: &'static str) -> Result<Option<i64>> {
    Ok(get(r, name)?.and_then(|v| v.parse().ok()))
}

fn admin_exists(r: &mut Read) -> Result<bool> {
    let found: Option<i64> = r.maybe(
        "SELECT id FROM person WHERE role = 'admin' AND NOT suspended LIMIT 1",
        &[],
    )?;
    Ok(found.is_some())
}

fn reply_key(tx: &mut Write) -> Result<ReplyKey> {
    let kept: Option<String> = tx.maybe("SELECT value FROM setting WHERE name = 'reply-key'", &[])?;
    if let Some(text) = kept {
        let bytes = data_encoding::HEXLOWER.decode(text.as_bytes()).map_err(Error::fault)?;
        return bytes
            .try_into()
            .map(ReplyKey)
            .map_err(|_| Error::fault("the reply key has the wrong length"));
    }
    let mut key = [0; 32];
    getrandom::fill(&mut key).map_err(Error::fault)?;
    let text = data_encoding::HEXLOWER.encode(&key);
    tx.exec(
        "INSERT INTO setting (name, value) VALUES ('reply-key', $1) ON CONFLICT (name) DO NOTHING",
        &args![text],
    )?;
    reply_key(tx)
}
