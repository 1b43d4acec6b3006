//! A listener with a receiver that remembers, and a plain client that sends exactly what it is told.

use mail::smtp::{BoxFuture, Delivery, Envelope, Limits, Protocol, Receiver, RecipientVerdict, Refusal, SignIn, serve};
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

#[derive(Default)]
pub(crate) struct Memory {
    pub(crate) kept: Mutex<Vec<(Envelope, Vec<u8>)>>,
    pub(crate) turned_away: Mutex<Vec<(Refusal, IpAddr)>>,
}

impl Receiver for Memory {
    fn recipient<'a>(&'a self, address: &'a str) -> BoxFuture<'a, RecipientVerdict> {
        Box::pin(async move {
            match address {
                a if a.starts_with("nobody") => RecipientVerdict::Refuse("No such\r\nbox here".to_owned()),
                a if a.starts_with("later") => RecipientVerdict::Later("Not yet".to_owned()),
                _ => RecipientVerdict::Accept,
            }
        })
    }

    fn deliver<'a>(&'a self, envelope: Envelope, raw: Vec<u8>) -> BoxFuture<'a, Delivery> {
        Box::pin(async move {
            let verdict = match envelope.to[0].split('@').next() {
                Some("full") => Delivery::Full,
                Some("busy") => Delivery::Busy,
                Some("refused") => Delivery::Refused("Not this".to_owned()),
                _ => Delivery::Kept,
            };
            if verdict == Delivery::Kept {
                self.kept.lock().unwrap().push((envelope, raw));
            }
            verdict
        })
    }

    fn sign_in<'a>(&'a self, _peer: IpAddr, user: &'a str, password: &'a str) -> BoxFuture<'a, SignIn> {
        Box::pin(async move {
            match (user, password) {
                ("ann", "her secret") => SignIn::Accepted("ann@here.example".to_owned()),
                ("later", _) => SignIn::Later,
                _ => SignIn::Refused,
            }
        })
    }

    fn turned_away(&self, refusal: Refusal, peer: IpAddr) {
        self.turned_away.lock().unwrap().push((refusal, peer));
    }
}

pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    pub(crate) memory: Arc<Memory>,
    stop: oneshot::Sender<()>,
    task: JoinHandle<std::io::Result<()>>,
}

impl Server {
    pub(crate) async fn start(protocol: Protocol, limits: Limits) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let memory = Arc::new(Memory::default());
        let (stop, stopped) = oneshot::channel::<()>();
        let task = tokio::spawn(serve(listener, protocol, limits, memory.clone(), stopped));
        Server {
            address,
            memory,
            stop,
            task,
        }
    }

    pub(crate) fn letters(&self) -> Vec<Vec<u8>> {
        self.memory
            .kept
            .lock()
            .unwrap()
            .iter()
            .map(|(_, raw)| raw.clone())
            .collect()
    }

    pub(crate) async fn client(&self) -> Client {
        let mut client = Client {
            stream: Box::new(TcpStream::connect(self.address).await.unwrap()),
            buffer: Vec::new(),
        };
        client.expect("220").await;
        client
    }

    pub(crate) async fn finish(self) {
        let _ = self.stop.send(());
        tokio::time::timeout(Duration::from_secs(5), self.task)
            .await
            .expect("the listener ends")
            .unwrap()
            .unwrap();
    }
}

pub(crate) trait Stream: AsyncRead + AsyncWrite + Unpin {}
impl<T: AsyncRead + AsyncWrite + Unpin> Stream for T {}

pub(crate) struct Client {
    stream: Box<dyn Stream>,
    buffer: Vec<u8>,
}

impl Client {
    /// Goes on within TLS with a server that has this certificate.
    pub(crate) async fn within_tls(self, root: CertificateDer<'static>) -> std::io::Result<Client> {
        let mut roots = RootCertStore::empty();
        roots.add(root).unwrap();
        let config = ClientConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        let name = ServerName::try_from("desk.example").unwrap();
        let stream = TlsConnector::from(Arc::new(config)).connect(name, self.stream).await?;
        Ok(Client {
            stream: Box::new(stream),
            buffer: self.buffer,
        })
    }

    pub(crate) async fn send(&mut self, bytes: impl AsRef<[u8]>) {
        self.stream.write_all(bytes.as_ref()).await.unwrap();
    }

    /// One whole answer, its last line checked by its beginning.
    pub(crate) async fn expect(&mut self, code: &str) -> String {
        let answer = self.answer().await;
        assert!(answer.starts_with(code), "{answer:?} instead of {code}");
        answer
    }

    /// The next answer; empty when the server left.
    pub(crate) async fn answer(&mut self) -> String {
        let mut whole = String::new();
        loop {
            while let Some(end) = self.buffer.iter().position(|b| *b == b'\n') {
                let line: Vec<u8> = self.buffer.drain(..=end).collect();
                let line = String::from_utf8(line).unwrap();
                let last = line.as_bytes().get(3) == Some(&b' ');
                whole.push_str(&line);
                if last {
                    return whole;
                }
            }
            let reading = self.stream.read_buf(&mut self.buffer);
            let count = tokio::time::timeout(Duration::from_secs(10), reading)
                .await
                .expect("an answer in time");
            if count.unwrap_or(0) == 0 {
                return whole;
            }
        }
    }

    /// Says a line and expects an answer.
    pub(crate) async fn say(&mut self, line: &str, code: &str) -> String {
        self.send(format!("{line}\r\n")).await;
        self.expect(code).await
    }

    pub(crate) async fn say_any(&mut self, line: &str) -> String {
        self.send(format!("{line}\r\n")).await;
        self.answer().await
    }

    pub(crate) async fn open(&mut self, to: &str) {
        self.say("EHLO client.example", "250").await;
        self.say("MAIL FROM:<a@b.example>", "250").await;
        self.say(&format!("RCPT TO:<{to}>"), "250").await;
        self.say("DATA", "354").await;
    }
}
