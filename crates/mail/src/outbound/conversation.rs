//! The conversation with a relay, step by step (RFC 5321, section 3.3).

use std::io;

use lettre::address::Envelope;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::{ClientId, Extension, MailBodyParameter, MailParameter};
use tokio::net::TcpStream;

use super::{Login, Relay, Tls};

/// What ended a conversation.
pub(super) enum Fault {
    /// No connection came about.
    Line(io::Error),
    /// The server's refusal, or a connection that broke.
    Server(Error),
    /// What ended our signing in.
    SignIn(Error),
    /// Signing in would be for everybody on the way to read.
    Clear,
    /// The server cannot carry such a letter.
    Cannot(&'static str),
}

impl From<Error> for Fault {
    fn from(error: Error) -> Fault {
        Fault::Server(error)
    }
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Fault {
        Fault::Line(error)
    }
}

/// Connected, greeted, signed in, and told from whom and to whom: the server waits for the letter.
pub(super) async fn offer(relay: &Relay, envelope: &Envelope, raw: &[u8]) -> Result<AsyncSmtpConnection, Fault> {
    if relay.login.is_some() && relay.tls == Tls::None && !relay.is_here() {
        return Err(Fault::Clear);
    }
    let mut connection = connect(relay).await?;
    if let Some(login) = &relay.login {
        let (ways, secret) = match login {
            Login::Password { password, .. } => (DEFAULT_MECHANISMS, password),
            Login::Token { token, .. } => (&[Mechanism::Xoauth2][..], token),
        };
        let credentials = Credentials::new(login.user().to_owned(), secret.clone());
        connection.auth(ways, &credentials).await.map_err(Fault::SignIn)?;
    }
    let mut parameters = Vec::new();
    if !envelope
        .to()
        .iter()
        .chain(envelope.from())
        .all(|address| address.to_string().is_ascii())
    {
        if !connection.server_info().supports_feature(Extension::SmtpUtfEight) {
            return Err(Fault::Cannot("it takes no addresses beyond ASCII (SMTPUTF8)"));
        }
        parameters.push(MailParameter::SmtpUtfEight);
    }
    if !raw.is_ascii() && connection.server_info().supports_feature(Extension::EightBitMime) {
        parameters.push(MailParameter::Body(MailBodyParameter::EightBitMime));
    }
    connection
        .command(Mail::new(envelope.from().cloned(), parameters))
        .await?;
    for recipient in envelope.to() {
        connection.command(Rcpt::new(recipient.clone(), Vec::new())).await?;
    }
    connection.command(Data).await?;
    Ok(connection)
}

async fn connect(relay: &Relay) -> Result<AsyncSmtpConnection, Fault> {
    let hello = ClientId::Domain(relay.hello_name.clone());
    let parameters = || {
        let usual = TlsParameters::builder(relay.host.clone());
        let roots = relay.roots.0.iter().cloned();
        roots
            .fold(usual, |builder, root| builder.add_root_certificate(root))
            .build()
    };
    if relay.tls == Tls::Implicit {
        let (place, time) = ((relay.host.as_str(), relay.port), Some(relay.timeout));
        return Ok(AsyncSmtpConnection::connect_tokio1(place, time, &hello, Some(parameters()?), None).await?);
    }
    let stream = tcp(relay).await?;
    let mut connection = AsyncSmtpConnection::connect_with_transport(Box::new(stream), &hello).await?;
    if relay.tls == Tls::StartTls {
        connection.starttls(parameters()?, &hello).await?;
    }
    Ok(connection)
}

/// Without Nagle's wait: the final dot is a packet of its own, and would stand still until the one before it is
/// acknowledged, 40 ms where that server waits too.
async fn tcp(relay: &Relay) -> io::Result<TcpStream> {
    let connecting = TcpStream::connect((relay.host.as_str(), relay.port));
    let stream = tokio::time::timeout(relay.timeout, connecting)
        .await
        .map_err(io::Error::other)??;
    stream.set_nodelay(true)?;
    Ok(stream)
}
