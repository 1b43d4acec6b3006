//! What every handler has at hand.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use desk::Desk;

use crate::chat::Exchange;
use crate::http::Throttle;
use crate::http::form::Rooms;
use crate::live::Hub;

/// How this node is reached and what it offers; from the settings of the program.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The addresses of reverse proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<std::net::IpAddr>,
    /// `/metrics` is answered to loopback, and to whoever shows this token.
    pub metrics_token: Option<String>,
    /// Where mail leaves to is configured.
    pub sends_mail: bool,
    pub machine: Machine,
}

/// What the program knows of its machine and its doors. Administrators read it; it is set in `firstline.toml`.
#[derive(Clone, Debug, Default)]
pub struct Machine {
    /// The folder of the desk.
    pub folder: Option<PathBuf>,
    /// Bytes free where a folder lies, when the system says so.
    pub free_space: Option<fn(&Path) -> Option<u64>>,
    pub smtp: Option<SocketAddr>,
    pub lmtp: Option<SocketAddr>,
    pub relay: Option<WayOut>,
}

/// Where letters leave to.
#[derive(Clone, Debug)]
pub enum WayOut {
    Relay { server: String, encrypted: bool },
    Folder(String),
}

#[derive(Clone, Debug)]
pub struct State {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    desk: Desk,
    live: Hub,
    options: Options,
    throttle: Throttle,
    rooms: Rooms,
    chats: Exchange,
}

impl State {
    pub fn new(desk: Desk, options: Options) -> State {
        State {
            inner: Arc::new(Inner {
                desk,
                live: Hub::default(),
                options,
                throttle: Throttle::default(),
                rooms: Rooms::default(),
                chats: Exchange::default(),
            }),
        }
    }

    pub fn desk(&self) -> &Desk {
        &self.inner.desk
    }

    pub fn live(&self) -> &Hub {
        &self.inner.live
    }

    pub fn options(&self) -> &Options {
        &self.inner.options
    }

    pub(crate) fn rooms(&self) -> &Rooms {
        &self.inner.rooms
    }

    pub(crate) fn chats(&self) -> &Exchange {
        &self.inner.chats
    }

    pub fn throttle(&self) -> &Throttle {
        &self.inner.throttle
    }
}
