//! The door of the web: takes connections, keeps them within bounds and lets go of those that only stand in it. A slow
//! head, a body that trickles, an answer nobody fetches and a crowd that says nothing each end here; what has a request
//! in hand, an event stream too, is never cut to make room. It knows no page.

mod body;
mod places;
mod socket;

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tower::ServiceExt;

use body::{Held, Paced};
use places::{Place, Places};
use socket::Socket;

/// What one node lets in at a time, and how long it waits for whom.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Connections in all, requests in hand and event streams among them; half of them for one address.
    pub open: usize,
    /// Connections without a request in hand; half of them for one address. The oldest goes when another comes.
    pub waiting: usize,
    /// From the first byte of a request, or from a new connection, to the end of the request's head.
    pub head: Duration,
    /// Between two requests of one connection.
    pub idle: Duration,
    /// A body may take this long, and longer by a second for each `PACE` bytes of it that have come.
    pub body: Duration,
    /// How long a peer may leave an answer unfetched.
    pub unfetched: Duration,
}

/// Bytes a second: slower than any line on which a file is worth sending.
const PACE: u64 = 32 * 1024;
/// How often the door looks for those who are late.
const LOOK: Duration = Duration::from_millis(250);

impl Default for Limits {
    fn default() -> Self {
        Limits {
            open: 16_384,
            waiting: 2_048,
            head: Duration::from_secs(10),
            idle: Duration::from_secs(60),
            body: Duration::from_secs(30),
            unfetched: Duration::from_secs(60),
        }
    }
}

impl Limits {
    /// The usual ones in a process that may have this many files open: a quarter is left for all else.
    pub fn within(files: usize) -> Limits {
        let usual = Limits::default();
        let open = usual.open.min(files / 4 * 3);
        Limits {
            open,
            waiting: usual.waiting.min(open / 2),
            ..usual
        }
    }
}

/// Serves until `stop` resolves, then takes no more, lets go of those who wait and finishes what is in hand.
pub async fn serve(listener: TcpListener, app: Router, limits: Limits, stop: impl Future<Output = ()>) {
    let places = Places::new(limits);
    let (tell, told) = watch::channel(false);
    let mut connections = JoinSet::new();
    let mut look = tokio::time::interval(LOOK);
    let mut stop = std::pin::pin!(stop);
    loop {
        tokio::select! {
            () = &mut stop => break,
            _ = look.tick() => places.look(),
            Some(_) = connections.join_next() => {}
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => match places.enter(peer.ip()) {
                    Some(place) => drop(connections.spawn(converse(stream, peer, place, app.clone(), told.clone()))),
                    None => turn_away(&stream),
                },
                Err(e) => not_accepted(&e).await,
            },
        }
    }
    drop(listener);
    tell.send_replace(true);
    places.let_go_of_those_who_wait();
    while connections.join_next().await.is_some() {}
}

/// A peer that left before it was let in is no fault; for all else, a moment's pause may free what is short.
async fn not_accepted(error: &io::Error) {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    if !matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset) {
        tracing::error!(%error, "a connection could not be accepted");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

/// Every place is taken by a request in hand. Said without waiting; whoever does not hear it sees a closed door.
fn turn_away(stream: &TcpStream) {
    let words = b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 2\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    // It is of no use to wait for a peer in order to tell it to wait.
    let _ = stream.try_write(words);
}

async fn converse(stream: TcpStream, peer: SocketAddr, place: Place, app: Router, told: watch::Receiver<bool>) {
    // Only a matter of speed.
    let _ = stream.set_nodelay(true);
    let signs = place.signs();
    let place = Arc::new(place);
    let socket = TokioIo::new(Socket::new(stream, signs.clone()));
    let service = service_fn(|request| answer(&app, peer, &place, request));
    let mut talking = std::pin::pin!(
        http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(None)
            .serve_connection(socket, service)
    );
    let mut stop = std::pin::pin!(stopped(told));
    let mut stopping = false;
    loop {
        tokio::select! {
            // First, so that nothing is begun on a connection that goes.
            biased;
            () = signs.told_to_go() => return,
            ended = talking.as_mut() => {
                if let Err(e) = ended {
                    tracing::debug!(error = %e, "a connection ended early");
                }
                return;
            }
            () = &mut stop, if !stopping => {
                stopping = true;
                talking.as_mut().graceful_shutdown();
            }
        }
    }
}

async fn stopped(mut told: watch::Receiver<bool>) {
    // An error means the sender is gone, which is the same news.
    let _ = told.wait_for(|stop| *stop).await;
}

async fn answer(
    app: &Router,
    peer: SocketAddr,
    place: &Arc<Place>,
    request: Request<Incoming>,
) -> Result<Response<Held>, Infallible> {
    let Some(turn) = place.begin() else {
        return Ok(closing(StatusCode::SERVICE_UNAVAILABLE).map(Held::unheld));
    };
    let (body, late) = Paced::watched(place.limits().body);
    let mut request = request.map(|incoming| Body::new(body.of(incoming)));
    request.extensions_mut().insert(ConnectInfo(peer));
    let Ok(mut response) = app.clone().oneshot(request).await;
    if late.is_set() {
        response = closing(StatusCode::REQUEST_TIMEOUT);
    }
    Ok(response.map(|body| Held::new(body, turn)))
}

/// The last word on a connection.
fn closing(status: StatusCode) -> Response {
    (status, [(header::CONNECTION, "close")]).into_response()
}
