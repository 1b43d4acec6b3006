//! `firstline demo`: a sample desk in a throw-away folder, everything switched on. Its password is printed and the same
//! every time, so it listens on this machine only, and no letter leaves unless a relay is named.

mod act;
mod articles;
mod canned;
mod forms;
mod house;
mod letters;
mod running;
mod sample;
mod week;

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};
use clap::Args;
use desk::mailboxes::Carrier;
use desk::{Clock, Desk, finding};
use serde_json::json;
use tempfile::TempDir;
use web::{Machine, Options};

use crate::cli::{block_on, say};
use crate::config::{Place, relay_from};
use crate::open;
use crate::serve::{Listeners, asked_to_stop, run as run_server};

/// One for all four, easy to type. Only loopback is listened on.
const PASSWORD: &str = "two quiet rivers";

/// Who is shown at the start: what they are, and the key of their record in `house.toml`.
const SHOWN: [(&str, &str); 4] = [
    ("technician", "cedar"),
    ("supervisor", "spruce"),
    ("administrator", "juniper"),
    ("requester", "payroll"),
];

#[derive(Debug, Args)]
pub(crate) struct DemoArgs {
    /// Where pages and the API are served; on this machine only. Port 0 takes a free one.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Take letters by SMTP here; a free port when left out.
    #[arg(long, value_name = "ADDRESS")]
    smtp: Option<SocketAddr>,
    /// Take letters by LMTP here.
    #[arg(long, value_name = "ADDRESS")]
    lmtp: Option<SocketAddr>,
    /// Hand letters to this mail server (HOST:PORT) instead of keeping them as files.
    #[arg(long, value_name = "HOST:PORT")]
    relay: Option<String>,
    /// Print the addresses and sign-ins as one line of JSON.
    #[arg(long)]
    json: bool,
}

/// What the demo prints.
#[derive(Debug)]
struct Told {
    url: String,
    smtp: String,
    lmtp: Option<String>,
    mail_folder: PathBuf,
    data: PathBuf,
    token: String,
}

pub(crate) fn run(args: &DemoArgs) -> Result<()> {
    for address in [Some(args.listen), args.smtp, args.lmtp].into_iter().flatten() {
        if !address.ip().is_loopback() {
            bail!(
                "the demo's password is public, so it listens on this machine only (127.0.0.1 or [::1]), not on {address}"
            );
        }
    }
    // Removed when this value goes, which is after everything has stopped.
    let folder = tempfile::Builder::new()
        .prefix("firstline-demo-")
        .tempdir()
        .context("no temporary folder")?;
    block_on(serve(args, &folder))
}

async fn serve(args: &DemoArgs, folder: &TempDir) -> Result<()> {
    web::start_counting();
    let place = Place {
        folder: folder.path().join("data"),
        database: None,
        backlog: None,
        authorities: None,
        networks: None,
    };
    let mail_folder = folder.path().join("mail");
    std::fs::create_dir(&mail_folder)?;
    let carrier = match &args.relay {
        Some(text) => Carrier::Relay(relay_from(text)?.relay(&[])?),
        None => Carrier::Folder(mail_folder.clone()),
    };
    let any = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let listeners = Listeners::open(args.listen, args.smtp.or(Some(any)), args.lmtp).await?;
    let url = format!("http://{}", listeners.http.local_addr()?);
    let token = make(&place, &url).await?;
    let desk = open::desk(&place)?;
    finding::catch_up(&desk).await?;
    desk::reports::catch_up(&desk).await?;
    let door = |door: &Option<tokio::net::TcpListener>| door.as_ref().map(|d| d.local_addr()).transpose();
    let machine = Machine {
        folder: Some(place.folder.clone()),
        ..Machine::default()
    };
    let told = Told {
        url,
        smtp: door(&listeners.smtp)?.map(|a| a.to_string()).unwrap_or_default(),
        lmtp: door(&listeners.lmtp)?.map(|a| a.to_string()),
        mail_folder,
        data: place.folder,
        token,
    };
    if args.json {
        say(&as_json(&told))?;
    } else {
        say(&in_words(&told))?;
    }
    let options = Options {
        machine,
        ..Options::default()
    };
    run_server(desk, listeners, Some(carrier), options, asked_to_stop()).await
}

/// Lives through the week on a clock of its own, then lets go of the folder. Answers an administrator's API token.
async fn make(place: &Place, url: &str) -> Result<String> {
    let sample = sample::Sample::read()?;
    let now = Clock::Machine.now();
    let clock = Clock::set_to(now);
    let desk: Desk = open::on_clock(place, clock)?;
    let people = house::make(&desk, &sample.house, url, PASSWORD).await?;
    week::live_through(&desk, &sample, people, now).await
}

fn as_json(told: &Told) -> String {
    let people = SHOWN.iter().map(|(role, key)| {
        let entry = json!({ "email": sample::address_of(key), "password": PASSWORD });
        ((*role).to_string(), entry)
    });
    json!({
        "url": told.url,
        "smtp": told.smtp,
        "lmtp": told.lmtp,
        "mail_folder": told.mail_folder,
        "data": told.data,
        "people": people.collect::<serde_json::Map<_, _>>(),
        "token": told.token,
        "mailbox": "help@example.org",
    })
    .to_string()
}

fn in_words(told: &Told) -> String {
    let mut lines = vec![
        format!("A sample desk runs at {}", told.url),
        format!("Sign in with the password \"{PASSWORD}\" as"),
    ];
    lines.extend(
        SHOWN
            .iter()
            .map(|(role, key)| format!("  {role:<14} {}", sample::address_of(key))),
    );
    lines.push(format!("The portal is at {url}/en and {url}/fr", url = told.url));
    lines.push(format!(
        "Letters to help@example.org and assistance@example.org are taken by SMTP at {}",
        told.smtp
    ));
    if let Some(lmtp) = &told.lmtp {
        lines.push(format!("and by LMTP at {lmtp}"));
    }
    lines.push(format!(
        "Letters that leave become files in {}",
        told.mail_folder.display()
    ));
    lines.push(format!("A token for the API, as administrator: {}", told.token));
    lines.push("Ctrl-C stops it and removes everything.".to_string());
    lines.join("\n")
}
