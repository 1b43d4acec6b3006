//! One request, one answer: no redirect is followed, no cookie kept, and the answer is as long as was allowed.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Bytes;
use hyper::header::HeaderValue;
use hyper::{Method, Request, header};
use hyper_util::rt::TokioIo;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use thiserror::Error;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use url::{Host, Url};

use crate::address::{Networks, is_public};

/// Why there is no answer. Each is a sentence for whoever set the address.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum OutsideError {
    #[error("{0} is no address on the web; it begins with https:// and names a server")]
    BadAddress(String),
    #[error("{0} lies in a network that this desk does not reach out to")]
    Inside(String),
    #[error("{0} cannot be reached: {1}")]
    Line(String, String),
    #[error("{0} did not answer in time")]
    Slow(String),
    #[error("{0} answered more than is taken")]
    TooLong(String),
    #[error("the key has signs that cannot be sent")]
    BadKey,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// As in HTTP, such as 200. A redirect is an answer like any other.
    pub status: u16,
    pub body: Vec<u8>,
}

/// Cheap to clone.
#[derive(Clone)]
pub struct Client {
    networks: Networks,
    tls: TlsConnector,
    time: Duration,
    longest: usize,
    pinned: Vec<(String, SocketAddr)>,
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client")
            .field("networks", &self.networks)
            .finish_non_exhaustive()
    }
}

/// From the first question to the last byte.
const TIME: Duration = Duration::from_secs(20);
const LONGEST: usize = 1024 * 1024;

impl Client {
    /// `roots` are certificates (PEM) of the house's own authority, beside those the world trusts; what cannot be read
    /// among them vouches for nobody.
    pub fn new(networks: Networks, roots: &[Vec<u8>]) -> Client {
        let mut store = RootCertStore::empty();
        store.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
        let own = roots.iter().flat_map(|pem| CertificateDer::pem_slice_iter(pem));
        store.add_parsable_certificates(own.filter_map(Result::ok));
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("ring speaks TLS 1.2 and 1.3")
            .with_root_certificates(store)
            .with_no_client_auth();
        Client {
            networks,
            tls: TlsConnector::from(Arc::new(config)),
            time: TIME,
            longest: LONGEST,
            pinned: Vec::new(),
        }
    }

    /// Takes this address for that name, as a hosts file would; it is judged like any other.
    #[must_use]
    pub fn with_host(mut self, name: &str, address: SocketAddr) -> Client {
        self.pinned.push((name.to_string(), address));
        self
    }

    /// With other bounds than 20 seconds and a mebibyte.
    #[must_use]
    pub fn within(mut self, time: Duration, longest: usize) -> Client {
        (self.time, self.longest) = (time, longest);
        self
    }

    /// Within these bounds too, where its own are wider.
    #[must_use]
    pub fn at_most(self, time: Duration, longest: usize) -> Client {
        let (time, longest) = (self.time.min(time), self.longest.min(longest));
        self.within(time, longest)
    }

    /// Sends a form. Secrets travel only to `https`, or to an opened network.
    pub async fn post_form(&self, address: &str, fields: &[(&str, &str)]) -> Result<Answer, OutsideError> {
        let body = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        let url = self.judged(address)?;
        let request = Request::builder()
            .method(Method::POST)
            .uri(&url[url::Position::BeforePath..])
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.ask(&url, request, body.into()).await
    }

    /// Sends JSON, under a key where the server asks for one; the key goes only where a form may go.
    pub async fn post_json(&self, address: &str, key: Option<&str>, body: String) -> Result<Answer, OutsideError> {
        let url = self.judged(address)?;
        let mut request = Request::builder()
            .method(Method::POST)
            .uri(&url[url::Position::BeforePath..])
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::ACCEPT, "application/json");
        if let Some(key) = key {
            let mut held = HeaderValue::try_from(format!("Bearer {key}")).map_err(|_| OutsideError::BadKey)?;
            held.set_sensitive(true);
            request = request.header(header::AUTHORIZATION, held);
        }
        self.ask(&url, request, body.into()).await
    }

    fn judged(&self, address: &str) -> Result<Url, OutsideError> {
        let wrong = || OutsideError::BadAddress(address.chars().filter(|c| !c.is_control()).take(200).collect());
        let url = Url::parse(address).map_err(|_| wrong())?;
        let spoken = matches!(url.scheme(), "https" | "http");
        if !spoken || url.host().is_none() || !url.username().is_empty() || url.password().is_some() {
            return Err(wrong());
        }
        Ok(url)
    }

    async fn ask(
        &self,
        url: &Url,
        request: hyper::http::request::Builder,
        body: Bytes,
    ) -> Result<Answer, OutsideError> {
        let name = url.host_str().unwrap_or_default().to_string();
        let asked = async {
            let stream = self.connect(url, &name).await?;
            if url.scheme() == "http" {
                return self.speak(stream, url, &name, request, body).await;
            }
            let bare = name.trim_start_matches('[').trim_end_matches(']').to_string();
            let server = ServerName::try_from(bare).map_err(|_| OutsideError::BadAddress(name.clone()))?;
            let stream = self.tls.connect(server, stream).await.map_err(|e| line(&name, &e))?;
            self.speak(stream, url, &name, request, body).await
        };
        match timeout(self.time, asked).await {
            Ok(answer) => answer,
            Err(_) => Err(OutsideError::Slow(name)),
        }
    }

    /// To an address that was judged, and to no other: the name is asked once.
    async fn connect(&self, url: &Url, name: &str) -> Result<TcpStream, OutsideError> {
        let pinned = self
            .pinned
            .iter()
            .find(|(host, _)| host == name)
            .map(|(_, address)| *address);
        let port = pinned.map(|p| p.port()).or(url.port_or_known_default()).unwrap_or(443);
        let found: Vec<IpAddr> = match url.host() {
            Some(Host::Ipv4(v4)) => vec![v4.into()],
            Some(Host::Ipv6(v6)) => vec![v6.into()],
            _ if pinned.is_some() => pinned.map(|p| p.ip()).into_iter().collect(),
            _ => {
                let all = tokio::net::lookup_host((name, port)).await;
                all.map_err(|e| line(name, &e))?.map(|a| a.ip()).collect()
            }
        };
        if found.is_empty() || !found.iter().all(|one| self.networks.allow(*one)) {
            return Err(OutsideError::Inside(name.to_string()));
        }
        // What is sent may be secret, and the world listens in.
        if url.scheme() == "http" && found.iter().any(|one| is_public(*one)) {
            return Err(OutsideError::BadAddress(url.to_string()));
        }
        let addresses: Vec<SocketAddr> = found.into_iter().map(|ip| SocketAddr::new(ip, port)).collect();
        TcpStream::connect(addresses.as_slice())
            .await
            .map_err(|e| line(name, &e))
    }

    async fn speak<S>(
        &self,
        stream: S,
        url: &Url,
        name: &str,
        request: hyper::http::request::Builder,
        body: Bytes,
    ) -> Result<Answer, OutsideError>
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let host = url
            .port()
            .map_or_else(|| name.to_string(), |port| format!("{name}:{port}"));
        let request = request
            .header(header::HOST, host)
            .header(header::ACCEPT, "application/json")
            .header(header::USER_AGENT, "firstline")
            .body(Full::new(body))
            .map_err(|e| line(name, &e))?;
        let shaken = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await;
        let (mut sender, connection) = shaken.map_err(|e| line(name, &e))?;
        // It ends with the answer: nothing is sent behind it.
        let driven = tokio::spawn(connection);
        let answered = async {
            let response = sender.send_request(request).await.map_err(|e| line(name, &e))?;
            let status = response.status().as_u16();
            let read = Limited::new(response.into_body(), self.longest).collect().await;
            let body = read
                .map_err(|_| OutsideError::TooLong(name.to_string()))?
                .to_bytes()
                .to_vec();
            Ok(Answer { status, body })
        };
        let answer = answered.await;
        driven.abort();
        answer
    }
}

/// The server that an address on the web names, with its scheme and an unusual port: `https://models.example.org`. None
/// for what is no such address, or carries a name, a password, a question or a fragment.
pub fn server_of(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    let bare =
        url.username().is_empty() && url.password().is_none() && url.query().is_none() && url.fragment().is_none();
    let spoken = matches!(url.scheme(), "https" | "http") && url.host().is_some();
    (bare && spoken).then(|| url.origin().ascii_serialization())
}

fn line(name: &str, error: &impl std::fmt::Display) -> OutsideError {
    OutsideError::Line(name.to_string(), error.to_string())
}
