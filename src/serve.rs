//! The server: listeners in, a stop signal in, and nothing left running when it returns.

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::{Context, Result};
use desk::{Desk, mailboxes};
use mail::outbound::Relay;
use mail::smtp::{Limits, Protocol};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;
use web::{Options, State};

/// The doors of the desk, already open.
#[derive(Debug)]
pub struct Listeners {
    pub http: TcpListener,
    pub smtp: Option<TcpListener>,
    pub lmtp: Option<TcpListener>,
}

impl Listeners {
    pub async fn open(http: SocketAddr, smtp: Option<SocketAddr>, lmtp: Option<SocketAddr>) -> Result<Listeners> {
        Ok(Listeners {
            http: bind(http).await?,
            smtp: optional(smtp).await?,
            lmtp: optional(lmtp).await?,
        })
    }
}

async fn bind(address: SocketAddr) -> Result<TcpListener> {
    TcpListener::bind(address).await.with_context(|| format!("{address} cannot be listened on"))
}

async fn optional(address: Option<SocketAddr>) -> Result<Option<TcpListener>> {
    match address {
        Some(address) => Ok(Some(bind(address).await?)),
        None => Ok(None),
    }
}

/// Runs everything until `stop` resolves, then lets each part finish what it holds.
///
/// Every loop gets its own copy of the stop signal and is waited for; none is left behind with a half-written fact.
pub async fn run(
    desk: Desk,
    listeners: Listeners,
    relay: Option<Relay>,
    mut options: Options,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<()> {
    let (tell, told) = watch::channel(false);
    let mut tasks = JoinSet::new();
    options.sends_mail = relay.is_some();
    let state = State::new(desk.clone(), options);

    tasks.spawn(desk::finding::run(desk.clone(), stopped(told.clone())));
    tasks.spawn(state.live().clone().run(desk.clone(), stopped(told.clone())));
    tasks.spawn(mailboxes::run(desk.clone(), relay, stopped(told.clone())));
    tasks.spawn(desk::jobs::run(desk.clone(), stopped(told.clone())));
    for (listener, protocol) in [(listeners.smtp, Protocol::Smtp), (listeners.lmtp, Protocol::Lmtp)] {
        if let Some(listener) = listener {
            let receiver = Arc::new(mailboxes::MailReceiver::new(desk.clone()));
            let stop = stopped(told.clone());
            tasks.spawn(async move {
                if let Err(e) = mail::smtp::serve(listener, protocol, Limits::default(), receiver, stop).await {
                    tracing::error!(error = %e, ?protocol, "a mail listener ended");
                }
            });
        }
    }
    let app = web::app(state).into_make_service_with_connect_info::<SocketAddr>();
    let http = axum::serve(listeners.http, app).with_graceful_shutdown(stopped(told));
    let signal = async move {
        stop.await;
        // Nobody listening means everything has ended already.
        let _ = tell.send(true);
    };
    tasks.spawn(signal);
    http.await.context("the web server ended")?;
    while let Some(ended) = tasks.join_next().await {
        ended.context("a part of the server panicked")?;
    }
    Ok(())
}

async fn stopped(mut told: watch::Receiver<bool>) {
    // An error means the sender is gone, which is the same news.
    let _ = told.wait_for(|stop| *stop).await;
}

/// Resolves on Ctrl-C or SIGTERM.
pub async fn asked_to_stop() {
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
