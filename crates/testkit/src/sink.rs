//! A mail server at the other end: takes every letter, keeps it, and lets a test wait for it.

use std::net::SocketAddr;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use mail::smtp::{BoxFuture, Delivery, Envelope, Limits, Protocol, Receiver, RecipientVerdict};
use tokio::sync::oneshot;

/// A letter as it was handed over.
#[derive(Clone, Debug)]
pub struct Taken {
    pub from: String,
    pub to: Vec<String>,
    pub raw: Vec<u8>,
}

#[derive(Debug)]
pub struct Sink {
    pub address: SocketAddr,
    shelf: Arc<Shelf>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Debug, Default)]
struct Shelf {
    letters: Mutex<Vec<Taken>>,
    came: Condvar,
}

impl Shelf {
    fn letters(&self) -> MutexGuard<'_, Vec<Taken>> {
        self.letters.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct Keeper(Arc<Shelf>);

impl Receiver for Keeper {
    fn recipient<'a>(&'a self, _address: &'a str) -> BoxFuture<'a, RecipientVerdict> {
        Box::pin(async { RecipientVerdict::Accept })
    }

    fn deliver<'a>(&'a self, envelope: Envelope, raw: Vec<u8>) -> BoxFuture<'a, Delivery> {
        self.0.letters().push(Taken {
            from: envelope.sender().to_string(),
            to: envelope.to,
            raw,
        });
        self.0.came.notify_all();
        Box::pin(async { Delivery::Kept })
    }
}

impl Sink {
    /// On a free port of this machine, on a thread of its own.
    pub fn start() -> Sink {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
        listener.set_nonblocking(true).expect("a socket that does not block");
        let address = listener.local_addr().expect("it has an address");
        let shelf = Arc::<Shelf>::default();
        let (stop, stopped) = oneshot::channel();
        let keeper = Arc::new(Keeper(Arc::clone(&shelf)));
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .expect("a runtime");
            runtime.block_on(async {
                let listener = tokio::net::TcpListener::from_std(listener).expect("a listener");
                mail::smtp::serve(listener, Protocol::Smtp, Limits::default(), keeper, stopped)
                    .await
                    .expect("it serves");
            });
        });
        Sink {
            address,
            shelf,
            stop: Some(stop),
            thread: Some(thread),
        }
    }

    pub fn letters(&self) -> Vec<Taken> {
        self.shelf.letters().clone()
    }

    /// Waits until a letter fits and answers it; panics with what came instead.
    pub fn wait_for(&self, fits: impl Fn(&Taken) -> bool) -> Taken {
        let letters = self.shelf.letters();
        let (letters, _) = self
            .shelf
            .came
            .wait_timeout_while(letters, Duration::from_secs(30), |all| !all.iter().any(&fits))
            .unwrap_or_else(PoisonError::into_inner);
        let found = letters.iter().find(|l| fits(l)).cloned();
        found.unwrap_or_else(|| panic!("no such letter among {} that came: {letters:?}", letters.len()))
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // The thread may have ended already.
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
