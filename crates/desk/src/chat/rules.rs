//! What an administrator says of chat: whether there is one, in which hours, how long a visitor waits before his chat
//! becomes a request, and which sites may show the widget.

use db::{Read, Write};

use crate::access::{self, Place};
use crate::context::Context;
use crate::error::{Checks, Error, Result};
use crate::house;

db::text_enum! {
    pub enum Hours {
        /// Those of the desk's calendar.
        Desk => "desk",
        Always => "always",
    }
}

const MOST_SITES: usize = 50;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    pub on: bool,
    pub hours: Hours,
    /// Nobody takes it for so many minutes: it becomes a request.
    pub minutes: i64,
    /// The origins that may frame the widget: `https://www.example.org`.
    pub sites: Vec<String>,
}

/// As it is typed; the sites one a line.
#[derive(Clone, Debug, Default)]
pub struct NewRules {
    pub on: bool,
    pub hours: String,
    pub minutes: String,
    pub sites: String,
}

impl Rules {
    pub(crate) fn load(r: &mut Read) -> Result<Rules> {
        let sites = house::get(r, "chat-sites")?.unwrap_or_default();
        Ok(Rules {
            on: house::get(r, "chat-on")?.is_some_and(|on| on == "yes"),
            hours: house::get(r, "chat-hours")?
                .and_then(|word| Hours::parse(&word))
                .unwrap_or(Hours::Desk),
            minutes: house::get(r, "chat-minutes")?
                .and_then(|text| text.parse().ok())
                .unwrap_or(10),
            // Checked when it was set, and again before it becomes a header.
            sites: sites.split_whitespace().filter_map(origin).collect(),
        })
    }
}

/// Only what is new is written, each with its line in the audit log.
pub fn change_rules(tx: &mut Write, cx: &Context, new: &NewRules) -> Result<()> {
    access::require(&cx.viewer, Place::Admin)?;
    let minutes = new.minutes.trim().parse().ok().filter(|n| (1..=120).contains(n));
    let hours = Hours::parse(&new.hours);
    let typed: Vec<&str> = new.sites.split_whitespace().collect();
    let sites: Vec<String> = typed.iter().filter_map(|site| origin(site)).collect();
    Checks::default()
        .check(hours.is_some(), "hours", "refused-choice")
        .check(minutes.is_some(), "minutes", "refused-chat-minutes")
        .check(sites.len() == typed.len(), "sites", "refused-site")
        .check(typed.len() <= MOST_SITES, "sites", "refused-sites")
        .done()?;
    let minutes: i64 = minutes.ok_or(Error::NotFound)?;
    let wanted = [
        ("chat-on", if new.on { "yes" } else { "no" }.to_string()),
        ("chat-hours", hours.unwrap_or(Hours::Desk).to_string()),
        ("chat-minutes", minutes.to_string()),
        ("chat-sites", sites.join(" ")),
    ];
    for (name, value) in wanted {
        if house::get(tx, name)?.unwrap_or_default() != value {
            house::change(tx, cx, name, &value)?;
        }
    }
    Ok(())
}

/// Scheme, host and port of a site, and nothing else: no wildcard, no path, nothing a header could be broken with. Only
/// a machine talking to itself may do without encryption.
fn origin(text: &str) -> Option<String> {
    let text = text.trim_end_matches('/').to_lowercase();
    let (scheme, place) = text.split_once("://")?;
    let (host, port) = place.split_once(':').unwrap_or((place, "443"));
    let local = ["localhost", "127.0.0.1"].contains(&host);
    let named = !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.".contains(&b));
    let fits = named && host.len() <= 253 && port.parse::<u16>().is_ok_and(|port| port > 0);
    (fits && (scheme == "https" || (scheme == "http" && local))).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::origin;

    #[test]
    fn a_site_is_an_origin_and_nothing_else() {
        for good in [
            "https://www.example.org",
            "https://example.org:8443",
            "http://127.0.0.1:80",
        ] {
            assert_eq!(origin(good).as_deref(), Some(good));
        }
        assert_eq!(origin("HTTPS://Example.org/").as_deref(), Some("https://example.org"));
        for bad in [
            "*",
            "https://*",
            "https://*.example.org",
            "example.org",
            "http://example.org",
            "https://",
            "data://x",
            "https://example.org/path",
            "https://a;script-src",
            "https://a'",
            "https://user@a",
            "https://a:0",
            "https://a:99999",
            "javascript://a",
        ] {
            assert_eq!(origin(bad), None, "{bad}");
        }
    }
}
