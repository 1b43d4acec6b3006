//! The server: listeners in, a stop signal in, and nothing left running when it returns.

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use desk::Desk;
use desk::mailboxes::{Carrier, DeskReceiver, Runner};
use desk::meaning::Models;
use mail::smtp::{Limits, Protocol};
use manuals::Reader;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::{JoinError, JoinSet};
use web::{Options, State, WayOut};

use crate::config::MODELS;
use crate::system;

/// How long requests and letters in hand may take to end once the stop is asked for.
const LONGEST_STOP: Duration = Duration::from_secs(7);

/// The doors of the desk, already open.
#[derive(Debug)]
pub(crate) struct Listeners {
    pub(crate) http: TcpListener,
    pub(crate) smtp: Option<TcpListener>,
    pub(crate) lmtp: Option<TcpListener>,
    /// How SMTP and LMTP meet their clients.
    pub(crate) limits: Limits,
}

impl Listeners {
    pub(crate) async fn open(
        http: SocketAddr,
        smtp: Option<SocketAddr>,
        lmtp: Option<SocketAddr>,
    ) -> Result<Listeners> {
        Ok(Listeners {
            http: bind(http).await?,
            smtp: optional(smtp).await?,
            lmtp: optional(lmtp).await?,
            limits: Limits::default(),
        })
    }
}

async fn bind(address: SocketAddr) -> Result<TcpListener> {
    let bound = TcpListener::bind(address).await;
    bound.with_context(|| format!("{address} cannot be listened on; give another address, or port 0 for any free one"))
}

async fn optional(address: Option<SocketAddr>) -> Result<Option<TcpListener>> {
    match address {
        Some(address) => Ok(Some(bind(address).await?)),
        None => Ok(None),
    }
}

type Parts = JoinSet<Result<()>>;

/// Runs everything until `stop` resolves, then lets each part finish what it holds, for a bounded time.
///
/// Every loop gets its own copy of the stop signal and is waited for; none is left behind with a half-written fact.
pub(crate) async fn run(
    desk: Desk,
    listeners: Listeners,
    carrier: Option<Carrier>,
    mut options: Options,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<()> {
    let (tell, told) = watch::channel(false);
    options.sends_mail = carrier.is_some();
    let address = |door: &Option<TcpListener>| door.as_ref().and_then(|door| door.local_addr().ok());
    options.machine.smtp = address(&listeners.smtp);
    options.machine.lmtp = address(&listeners.lmtp);
    options.machine.free_space = Some(system::free_space);
    options.machine.relay = carrier.as_ref().map(way_out);
    let mut parts = Parts::new();
    let models = options.machine.folder.as_ref();
    let models = models.map(|folder| Models::new(&folder.join(MODELS)));
    let state = State::new(desk.clone(), options);
    run_behind(&mut parts, &desk, (carrier, models), &told);
    follow(
        &mut parts,
        state.live().clone().run(desk.clone(), stopped(told.clone())),
    );
    let letters = listeners.limits;
    take_letters(
        &mut parts,
        &desk,
        listeners.smtp,
        (Protocol::Smtp, letters.clone()),
        &told,
    );
    take_letters(&mut parts, &desk, listeners.lmtp, (Protocol::Lmtp, letters), &told);
    let limits = web::Limits::within(system::open_files());
    let http = web::serve(listeners.http, web::app(state), limits, stopped(told));
    follow(&mut parts, http);
    // Started by hand, each part runs until it is told; one that ends before has failed, and the desk ends with it.
    let early = tokio::select! {
        () = stop => None,
        ended = parts.join_next() => ended,
    };
    tell.send_replace(true);
    let rest = tokio::time::timeout(LONGEST_STOP, finish(&mut parts)).await;
    if let Some(ended) = early {
        outcome(ended)?;
        bail!("a part of the server ended by itself");
    }
    match rest {
        Ok(ended) => ended,
        Err(_) => {
            tracing::warn!(
                parts = parts.len(),
                "some connections took too long to end and were cut"
            );
            Ok(())
        }
    }
}

/// The loops that nobody waits for: what follows the log, the mail in and out, and the jobs.
fn run_behind(
    parts: &mut Parts,
    desk: &Desk,
    (carrier, models): (Option<Carrier>, Option<Models>),
    told: &watch::Receiver<bool>,
) {
    let stop = || stopped(told.clone());
    follow(parts, desk::finding::run(desk.clone(), stop()));
    if let Some(models) = models {
        follow(parts, desk::meaning::run(desk.clone(), models, stop()));
    }
    follow(parts, desk::mailboxes::fetching::run(desk.clone(), told.clone()));
    follow(parts, Runner::new(desk.clone(), carrier).run(told.clone()));
    follow(parts, desk::jobs::run(desk.clone(), stop()));
    follow(parts, desk::knowledge::read_files(desk.clone(), reader(), stop()));
    follow(parts, desk::reports::run(desk.clone(), stop()));
    follow(parts, desk::mailboxes::watch::run(desk.clone(), stop()));
}

/// Attached files are read by this very program, in a child. Where the system does not say where it lies, none is read,
/// and each file says why.
fn reader() -> Reader {
    Reader::new(std::env::current_exe().unwrap_or_default())
}

/// Where letters leave to, in the words of the settings.
fn way_out(carrier: &Carrier) -> WayOut {
    match carrier {
        Carrier::Relay(relay) => WayOut::Relay {
            server: format!("{}:{}", relay.host, relay.port),
            encrypted: relay.tls != mail::outbound::Tls::None,
        },
        Carrier::Folder(folder) => WayOut::Folder(folder.display().to_string()),
    }
}

fn follow(parts: &mut Parts, part: impl Future<Output = ()> + Send + 'static) {
    parts.spawn(async move {
        part.await;
        Ok(())
    });
}

fn take_letters(
    parts: &mut Parts,
    desk: &Desk,
    listener: Option<TcpListener>,
    (protocol, limits): (Protocol, Limits),
    told: &watch::Receiver<bool>,
) {
    let Some(listener) = listener else { return };
    let receiver = Arc::new(DeskReceiver::new(desk.clone()));
    let stop = stopped(told.clone());
    parts.spawn(async move {
        let served = mail::smtp::serve(listener, protocol, limits, receiver, stop).await;
        served.with_context(|| format!("the {protocol:?} listener ended"))
    });
}

async fn finish(parts: &mut Parts) -> Result<()> {
    while let Some(ended) = parts.join_next().await {
        outcome(ended)?;
    }
    Ok(())
}

fn outcome(ended: Result<Result<()>, JoinError>) -> Result<()> {
    ended.context("a part of the server panicked")?
}

async fn stopped(mut told: watch::Receiver<bool>) {
    // An error means the sender is gone, which is the same news.
    let _ = told.wait_for(|stop| *stop).await;
}

/// Resolves on Ctrl-C or SIGTERM.
pub(crate) async fn asked_to_stop() {
    let interrupt = tokio::signal::ctrl_c();
    let mut terminate = match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(signal) => signal,
        Err(e) => {
            tracing::error!(error = %e, "SIGTERM cannot be heard; Ctrl-C still stops the desk");
            let _ = interrupt.await;
            return;
        }
    };
    tokio::select! {
        _ = interrupt => {}
        _ = terminate.recv() => {}
    }
    tracing::info!("stopping: requests and letters in hand are finished first");
}
