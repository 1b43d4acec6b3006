//! `firstline serve`.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::Args;
use desk::Desk;
use desk::mailboxes::Carrier;
use mail::Relay;
use mail::smtp::Limits;
use web::{Machine, Options};

use super::{Doors, Where, block_on, say, spoken};
use crate::config::File;
use crate::open;
use crate::serve::{Listeners, asked_to_stop, run as run_server};

#[derive(Debug, Args)]
pub(crate) struct ServeArgs {
    #[command(flatten)]
    place: Where,
    #[command(flatten)]
    doors: Doors,
    /// The address people use, such as https://desk.example.org. Needed before mail leaves.
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
    /// Hand letters to this mail server (HOST or HOST:PORT); more settings go into firstline.toml.
    #[arg(long, value_name = "HOST")]
    relay: Option<String>,
}

pub(crate) fn run(args: &ServeArgs) -> Result<()> {
    let (mut file, place) = args.place.place()?;
    if let Some(host) = &args.relay {
        file.relay = Some(crate::config::relay_from(host)?);
    }
    let url = args.public_url.clone().or_else(|| file.public_url.clone());
    let url = url.as_deref().map(public_url).transpose()?;
    // What cannot work is refused before anything is opened.
    let relay = file
        .relay
        .as_ref()
        .map(|relay| relay.relay(&place.roots()?))
        .transpose()?;
    let limits = file.doors.limits()?;
    let desk = open::server(&place, &file.doors)?;
    let mail = Mail { relay, limits };
    block_on(serve(desk, file, mail, args.doors.clone(), url, place.folder))
}

/// How letters come and go.
struct Mail {
    relay: Option<Relay>,
    limits: Limits,
}

async fn serve(desk: Desk, file: File, mail: Mail, doors: Doors, url: Option<String>, folder: PathBuf) -> Result<()> {
    web::start_counting();
    let usual = SocketAddr::from((Ipv4Addr::LOCALHOST, 8080));
    let http = doors.listen.or(file.listen).unwrap_or(usual);
    let mut listeners = Listeners::open(http, doors.smtp.or(file.smtp), doors.lmtp.or(file.lmtp)).await?;
    listeners.limits = mail.limits;
    if let Some(url) = url {
        desk.write(move |tx| desk::house::put(tx, "public-url", &url))
            .await
            .map_err(spoken)?;
        desk.reload_house().await?;
    }
    if mail.relay.is_some() && desk.house().public_url.is_none() {
        tracing::warn!("letters wait: set public_url in firstline.toml to the address people use");
    }
    tell_where(&desk, &listeners).await?;
    let options = Options {
        trusted_proxies: file.trusted_proxies,
        metrics_token: file.metrics_token.map(|t| t.0),
        machine: Machine {
            folder: Some(folder),
            ..Machine::default()
        },
        ..Options::default()
    };
    let carrier = mail.relay.map(Carrier::Relay);
    run_server(desk, listeners, carrier, options, asked_to_stop()).await
}

fn public_url(url: &str) -> Result<String> {
    if !(url.starts_with("https://") || url.starts_with("http://")) {
        bail!("public_url must begin with https:// (or http:// on a network of your own): {url}");
    }
    Ok(url.trim_end_matches('/').to_string())
}

async fn tell_where(desk: &Desk, listeners: &Listeners) -> Result<()> {
    let here = listeners.http.local_addr()?;
    say(&format!("Firstline serves http://{here}"))?;
    for (name, door) in [("SMTP", &listeners.smtp), ("LMTP", &listeners.lmtp)] {
        if let Some(door) = door {
            say(&format!("{name} on {}", door.local_addr()?))?;
        }
    }
    if !desk.house().set_up {
        let now = desk.now();
        let secret = desk
            .write(move |tx| desk::sign_in::make_setup_link(tx, now))
            .await
            .map_err(spoken)?;
        say(&format!("Set it up, once, at http://{here}/setup?key={secret}"))?;
    }
    say("Ctrl-C stops it.")
}
