//! The door of the web: who is slow, silent or one of very many ends there, and whoever has work is served.

use std::io::{ErrorKind, Read, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use axum::Router;
use desk::tickets::{self, NewMessage};
use tokio::sync::{Semaphore, oneshot};
use web::Limits;

use crate::stand::{Relation, Stand};

/// Longer than any answer may take here.
const PATIENCE: Duration = Duration::from_secs(20);
const HEALTH: &[u8] = b"GET /health HTTP/1.1\r\nHost: desk.example\r\n\r\n";

/// A door with these limits, open until the value goes.
struct Door {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    serving: Option<std::thread::JoinHandle<()>>,
}

impl Door {
    fn open(app: Router, limits: Limits) -> Door {
        let (tell, told) = std::sync::mpsc::channel();
        let (stop, stopped) = oneshot::channel::<()>();
        let serving = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread()
                .worker_threads(2)
                .enable_all()
                .build();
            runtime.unwrap().block_on(async {
                let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
                tell.send(listener.local_addr().unwrap()).unwrap();
                web::serve(listener, app, limits, async { drop(stopped.await) }).await;
            });
        });
        Door {
            address: told.recv().unwrap(),
            stop: Some(stop),
            serving: Some(serving),
        }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// One answer on a connection of its own.
    fn health(&self) -> String {
        let mut stream = self.connect();
        // A door that is shut may close before the words are out.
        let _ = stream.write_all(HEALTH);
        head(&mut stream)
    }

    /// Ends as the program does, and says how long that took.
    fn close(mut self) -> Duration {
        let begun = Instant::now();
        drop(self.stop.take());
        self.serving.take().unwrap().join().unwrap();
        begun.elapsed()
    }
}

impl Drop for Door {
    fn drop(&mut self) {
        drop(self.stop.take());
    }
}

/// The head of an answer, or what came of it.
fn head(stream: &mut TcpStream) -> String {
    let mut all = Vec::new();
    let mut byte = [0];
    while !all.ends_with(b"\r\n\r\n") {
        match stream.read(&mut byte) {
            Ok(1) => all.push(byte[0]),
            _ => break,
        }
    }
    String::from_utf8(all).unwrap()
}

/// True once the other side has closed; false when nothing came in that time.
fn is_closed_within(stream: &mut TcpStream, time: Duration) -> bool {
    stream.set_read_timeout(Some(time)).unwrap();
    let mut rest = Vec::new();
    match stream.read_to_end(&mut rest) {
        Ok(_) => true,
        Err(e) => !matches!(e.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut),
    }
}

fn quick() -> Limits {
    Limits {
        head: Duration::from_millis(500),
        idle: Duration::from_millis(1500),
        body: Duration::from_millis(500),
        unfetched: Duration::from_millis(500),
        ..Limits::default()
    }
}

#[test]
fn a_client_that_never_ends_its_head_is_cut_off() {
    let stand = Stand::new();
    let door = Door::open(stand.app.clone(), quick());
    for words in [&b""[..], b"GET /health HTTP/1.1\r\nHost: desk.ex"] {
        let mut slow = door.connect();
        slow.write_all(words).unwrap();
        assert!(is_closed_within(&mut slow, PATIENCE), "{words:?}");
    }
    // One byte now and then does not prolong it.
    let (mut slow, begun) = (door.connect(), Instant::now());
    slow.set_read_timeout(Some(Duration::from_millis(50))).unwrap();
    let ended = loop {
        let (wrote, read) = (slow.write_all(b"G"), slow.read(&mut [0]));
        let waits = |e: &std::io::Error| matches!(e.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut);
        if wrote.is_err() || !read.is_err_and(|e| waits(&e)) {
            break true;
        }
        if begun.elapsed() > PATIENCE {
            break false;
        }
    };
    assert!(ended);
    // Between two requests there is more time, and then it ends too.
    let mut idle = door.connect();
    idle.write_all(HEALTH).unwrap();
    assert!(head(&mut idle).starts_with("HTTP/1.1 200"));
    assert!(
        !is_closed_within(&mut idle, Duration::from_millis(700)),
        "longer than a head may take"
    );
    assert!(is_closed_within(&mut idle, PATIENCE));

    let patient = Limits {
        head: Duration::from_secs(600),
        ..quick()
    };
    let door = Door::open(stand.app, patient);
    let mut slow = door.connect();
    slow.write_all(b"GET /health HTTP/1.1\r\nHost: desk.ex").unwrap();
    assert!(
        !is_closed_within(&mut slow, Duration::from_secs(2)),
        "control: only the limit ends it"
    );
    slow.write_all(b"ample\r\n\r\n").unwrap();
    assert!(head(&mut slow).starts_with("HTTP/1.1 200"));
}

#[test]
fn two_thousand_idle_connections_do_not_stop_a_health_answer() {
    let wanted = rustix::process::getrlimit(rustix::process::Resource::Nofile);
    let most = rustix::process::Rlimit {
        current: wanted.maximum,
        ..wanted
    };
    rustix::process::setrlimit(rustix::process::Resource::Nofile, most).unwrap();
    let stand = Stand::new();
    let narrow = Limits {
        open: 1_500,
        waiting: 1_000,
        ..Limits::default()
    };
    let door = Door::open(stand.app, narrow);
    let mut idle: Vec<TcpStream> = (0..2_000).map(|_| door.connect()).collect();
    let begun = Instant::now();
    assert!(door.health().starts_with("HTTP/1.1 200"));
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    // The oldest went for it; the newest still has its place.
    assert!(is_closed_within(&mut idle[0], PATIENCE));
    let mut newest = idle.pop().unwrap();
    newest.write_all(HEALTH).unwrap();
    assert!(head(&mut newest).starts_with("HTTP/1.1 200"));
    drop(idle);

    let crowded = Limits {
        open: 1_500,
        waiting: usize::MAX,
        ..Limits::default()
    };
    let (gate, entered) = (Arc::new(Semaphore::new(0)), Arc::default());
    let door = Door::open(waiting_for(&gate, &entered), crowded);
    let busy = keep_busy(&door, 750, &entered);
    let said = door.health();
    assert!(
        said.starts_with("HTTP/1.1 503") && said.contains("Retry-After: 2"),
        "control: {said}"
    );
    drop(busy);
}

/// An application that answers when the gate opens, and counts who has come in.
fn waiting_for(gate: &Arc<Semaphore>, entered: &Arc<AtomicUsize>) -> Router {
    let (gate, entered) = (gate.clone(), entered.clone());
    let wait = move || async move {
        entered.fetch_add(1, Ordering::SeqCst);
        drop(gate.acquire().await);
    };
    Router::new().fallback(wait)
}

/// So many connections of one address, each with a request in hand.
fn keep_busy(door: &Door, many: usize, entered: &Arc<AtomicUsize>) -> Vec<TcpStream> {
    let one = |n| {
        let mut stream = door.connect();
        stream.write_all(HEALTH).unwrap();
        let begun = Instant::now();
        while entered.load(Ordering::SeqCst) <= n {
            assert!(begun.elapsed() < PATIENCE, "{n} have come in");
            std::thread::yield_now();
        }
        stream
    };
    (0..many).map(one).collect()
}

#[test]
fn one_address_cannot_take_the_places_of_another() {
    let (gate, entered) = (Arc::new(Semaphore::new(0)), Arc::default());
    let limits = Limits {
        open: 40,
        waiting: 20,
        ..Limits::default()
    };
    let door = Door::open(waiting_for(&gate, &entered), limits);
    let _busy = keep_busy(&door, 20, &entered);
    assert!(door.health().starts_with("HTTP/1.1 503"), "its share is used up");
    let other = socket_from(Ipv4Addr::new(127, 0, 0, 2), door.address);
    let Some(mut other) = other else { return };
    other.set_read_timeout(Some(PATIENCE)).unwrap();
    other.write_all(HEALTH).unwrap();
    gate.add_permits(1_000);
    assert!(head(&mut other).starts_with("HTTP/1.1 200"));
}

/// A connection from another address of this machine; every 127.x.y.z is one where the system is Linux.
fn socket_from(from: Ipv4Addr, to: SocketAddr) -> Option<TcpStream> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let stream = runtime.block_on(async {
        let socket = tokio::net::TcpSocket::new_v4().unwrap();
        socket.bind(SocketAddr::from((IpAddr::from(from), 0))).ok()?;
        Some(socket.connect(to).await.unwrap().into_std().unwrap())
    })?;
    stream.set_nonblocking(false).unwrap();
    Some(stream)
}

#[test]
fn a_body_that_trickles_is_answered_and_cut() {
    let stand = Stand::new();
    let door = Door::open(stand.app, quick());
    let start = "POST /sign-in HTTP/1.1\r\nHost: desk.example\r\nSec-Fetch-Site: same-origin\r\n\
                 Content-Type: application/x-www-form-urlencoded\r\n";
    let mut slow = door.connect();
    slow.write_all(format!("{start}Content-Length: 1000\r\n\r\naddress=a").as_bytes())
        .unwrap();
    let said = head(&mut slow);
    assert!(said.starts_with("HTTP/1.1 408"), "{said}");
    assert!(is_closed_within(&mut slow, PATIENCE));
    let mut whole = door.connect();
    whole
        .write_all(format!("{start}Content-Length: 20\r\n\r\naddress=a&password=b").as_bytes())
        .unwrap();
    let said = head(&mut whole);
    assert!(
        !said.starts_with("HTTP/1.1 408") && said.starts_with("HTTP/1.1 "),
        "control: {said}"
    );
}

#[test]
fn an_answer_that_nobody_fetches_ends() {
    // More than the buffers between two sockets hold.
    let large = || async { vec![b'x'; 64 << 20] };
    let app = || Router::new().fallback(large);
    let ask = |door: &Door| {
        let mut stream = door.connect();
        stream.write_all(HEALTH).unwrap();
        head(&mut stream);
        stream
    };
    let door = Door::open(app(), quick());
    let mut unfetched = ask(&door);
    // The next one on the door's clock has come and gone before it is looked at.
    assert!(is_closed_within(&mut door.connect(), PATIENCE));
    assert!(is_closed_within(&mut door.connect(), PATIENCE));
    let mut came = Vec::new();
    assert!(
        unfetched.read_to_end(&mut came).is_err() || came.len() < 64 << 20,
        "it was cut in the middle"
    );
    let mut fetched = ask(&door);
    let mut came = vec![0; 64 << 20];
    fetched.read_exact(&mut came).unwrap();
}

#[test]
fn an_event_stream_lives_on_and_ends_with_the_door() {
    let stand = Stand::new();
    let number = stand.thing(Relation::Own).ticket;
    let cookie = format!("__Host-firstline={}", stand.session("admin"));
    let background = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    let (hush, hushed) = oneshot::channel::<()>();
    background.spawn(
        stand
            .state
            .live()
            .clone()
            .run(stand.desk.clone(), async { drop(hushed.await) }),
    );
    let door = Door::open(stand.app.clone(), quick());
    let mut stream = door.connect();
    let ask = format!("GET /live?topics=ticket:{number} HTTP/1.1\r\nHost: desk.example\r\nCookie: {cookie}\r\n\r\n");
    stream.write_all(ask.as_bytes()).unwrap();
    assert!(head(&mut stream).starts_with("HTTP/1.1 200"));
    let mut idle = door.connect();
    idle.write_all(HEALTH).unwrap();
    head(&mut idle);
    assert!(
        is_closed_within(&mut idle, PATIENCE),
        "who came later and is idle is gone by now"
    );
    let (new, member) = (
        NewMessage {
            body: "x".into(),
            ..NewMessage::default()
        },
        stand.viewer("admin"),
    );
    stand.put(move |tx| tickets::note(tx, &member, number, &new));
    let mut said = String::new();
    while !said.contains("event: refresh") {
        let mut some = [0; 1024];
        let n = stream.read(&mut some).unwrap();
        assert!(n > 0, "the stream ended: {said}");
        said += &String::from_utf8_lossy(&some[..n]);
    }
    let mut waits = door.connect();
    let _ = hush.send(());
    let took = door.close();
    assert!(took < Duration::from_secs(5), "{took:?}");
    assert!(is_closed_within(&mut stream, PATIENCE) && is_closed_within(&mut waits, PATIENCE));
}
