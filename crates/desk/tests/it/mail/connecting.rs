//! A mailbox of Google, with a provider and a mail server that are this test: an administrator says yes, the tokens are
//! kept sealed, renew themselves, and what the provider refuses is told.

use std::io::{BufRead, BufReader, Read, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use desk::access::Role;
use desk::mailboxes::sources::{self, Fault, Grant, Protection, SignIn, SourceFields};
use desk::mailboxes::{connecting, fetching};
use desk::*;
use outside::{Client, Networks};
use tokio::sync::watch;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio_rustls::rustls::{ServerConfig, ServerConnection, StreamOwned};

use super::desk::{SUPPORT, TestDesk};

/// Answers each request for a token with the next of these bodies, and keeps the forms.
pub(super) struct Provider {
    address: std::net::SocketAddr,
    certificate: Vec<u8>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Provider {
    pub(super) fn answering(bodies: Vec<(&'static str, &'static str)>) -> Provider {
        let made = rcgen::generate_simple_self_signed(vec!["oauth2.googleapis.com".to_string()]).unwrap();
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
        let ring = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(ring)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![made.cert.der().clone()], key)
            .unwrap();
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (config, kept) = (Arc::new(config), Arc::clone(&asked));
        std::thread::spawn(move || {
            for (status, body) in bodies {
                let Ok((stream, _)) = listener.accept() else { return };
                let secured = ServerConnection::new(Arc::clone(&config)).unwrap();
                let form = one_form(&mut StreamOwned::new(secured, stream), status, body);
                kept.lock().unwrap().push(form);
            }
        });
        Provider {
            address,
            certificate: made.cert.pem().into_bytes(),
            asked,
        }
    }

    pub(super) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }

    fn trust(&self) -> Trust {
        let networks: Networks = "127.0.0.1".parse().unwrap();
        let client = Client::new(networks, std::slice::from_ref(&self.certificate));
        Trust {
            client: Some(client.with_host("oauth2.googleapis.com", self.address)),
            ..Trust::default()
        }
    }
}

fn one_form(stream: &mut (impl Read + std::io::Write), status: &str, body: &str) -> String {
    let mut reader = BufReader::new(&mut *stream);
    let (mut length, mut line) = (0, String::new());
    while reader.read_line(&mut line).unwrap() > 2 {
        if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        line.clear();
    }
    let mut form = vec![0; length];
    reader.read_exact(&mut form).unwrap();
    let answer = format!(
        "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(answer.as_bytes()).unwrap();
    stream.flush().unwrap();
    String::from_utf8(form).unwrap()
}

/// A mail server that hears how one signs in, and then has no such folder.
fn mail_server() -> (u16, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    let heard = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&heard);
    std::thread::spawn(move || {
        while let Ok((stream, _)) = listener.accept() {
            let _ = converse(stream, &kept);
        }
    });
    (port, heard)
}

fn converse(mut stream: TcpStream, heard: &Mutex<Vec<String>>) -> std::io::Result<()> {
    stream.write_all(b"* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2] here\r\n")?;
    let mut lines = BufReader::new(stream.try_clone()?);
    let mut line = String::new();
    while lines.read_line(&mut line)? > 0 {
        let mut words = line.split_whitespace();
        let tag = words.next().unwrap_or("*").to_string();
        let command = words.next().unwrap_or_default().to_uppercase();
        let answer = match command.as_str() {
            "CAPABILITY" => format!("* CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2\r\n{tag} OK\r\n"),
            "AUTHENTICATE" => {
                if line.split_whitespace().count() < 4 {
                    stream.write_all(b"+ \r\n")?;
                    line.clear();
                    lines.read_line(&mut line)?;
                }
                let secret = line.split_whitespace().last().unwrap_or_default().as_bytes().to_vec();
                let plain = data_encoding::BASE64.decode(&secret).unwrap_or_default();
                heard.lock().unwrap().push(String::from_utf8_lossy(&plain).into_owned());
                format!("{tag} OK in\r\n")
            }
            _ => format!("{tag} NO there is no such folder\r\n"),
        };
        stream.write_all(answer.as_bytes())?;
        line.clear();
    }
    Ok(())
}

fn google(port: u16) -> SourceFields {
    SourceFields {
        port: Some(i64::from(port)),
        protection: Protection::None,
        sign_in: SignIn::Google,
        client: "our-application".into(),
        ..SourceFields::new("127.0.0.1", SUPPORT, "our-secret")
    }
}

pub(super) fn desk_with(provider: &Provider, port: u16) -> (TestDesk, PersonId) {
    let stand = testpg::stands().remove(0);
    let d = TestDesk::trusting(stand.db.clone(), stand.engine, SUPPORT, provider.trust());
    let admin = d.person("juniper@desk.example", Role::Admin);
    let (cx, vault) = (d.as_person(admin), d.desk.vault().clone());
    d.write(move |tx| sources::set(tx, &cx, &vault, MailboxId(1), &google(port)));
    (d, admin)
}

/// The state that the address of the provider's page carries.
pub(super) fn state_for(d: &TestDesk, admin: PersonId) -> String {
    let (cx, vault) = (d.as_person(admin), d.desk.vault().clone());
    let address = d.read(move |r| {
        let source = sources::find(r, &cx, MailboxId(1))?.ok_or(Error::NotFound)?;
        connecting::consent(r, &cx, &vault, &source)
    });
    assert!(address.starts_with("https://accounts.google.com/"), "{address}");
    assert!(
        address.contains("code_challenge_method=S256") && !address.contains("our-secret"),
        "{address}"
    );
    let state = address.split("&state=").nth(1).unwrap();
    state.split('&').next().unwrap().to_string()
}

pub(super) fn finish(d: &TestDesk, who: PersonId, state: &str) -> Result<MailboxId> {
    let cx = d.as_person(who);
    d.wait(connecting::finish(&d.desk, &cx, state, "the-code"))
}

const TOKENS: &str = r#"{"access_token":"at-1","expires_in":3600,"refresh_token":"rt-1"}"#;
const RENEWED: &str = r#"{"access_token":"at-2","expires_in":3600,"refresh_token":"rt-2"}"#;

#[test]
fn an_administrator_connects_a_mailbox_and_its_token_renews_itself() {
    let provider = Provider::answering(vec![("200 OK", TOKENS), ("200 OK", RENEWED)]);
    let (port, heard) = mail_server();
    let (d, admin) = desk_with(&provider, port);
    let state = state_for(&d, admin);
    assert_eq!(finish(&d, admin, &state), Ok(MailboxId(1)));
    let form = provider.asked().remove(0);
    assert!(
        form.contains("code=the-code") && form.contains("code_verifier="),
        "{form}"
    );

    let (end, told) = watch::channel(false);
    let signed_in = || !heard.lock().unwrap().is_empty();
    d.wait(async {
        let asking = async {
            let mut bell = d.desk.db().subscribe();
            while !signed_in() || provider.asked().len() < 2 {
                let _ = tokio::time::timeout(Duration::from_millis(100), bell.changed()).await;
            }
            end.send_replace(true);
        };
        let both = async { tokio::join!(fetching::run(d.desk.clone(), told), asking) };
        tokio::time::timeout(Duration::from_secs(30), both).await.unwrap();
    });
    assert!(
        provider.asked()[1].contains("refresh_token=rt-1"),
        "{:?}",
        provider.asked()
    );
    let presented = heard.lock().unwrap()[0].clone();
    assert!(presented.contains("Bearer at-2"), "{presented}");
    let (cx, vault) = (d.as_person(admin), d.desk.vault().clone());
    let source = d.read(move |r| sources::find(r, &cx, MailboxId(1))).unwrap();
    assert_eq!(
        Grant::of(&vault, &source).unwrap().refresh_token,
        "rt-2",
        "the newest is kept"
    );
    let sealed = source.secret.unwrap();
    assert!(!sealed.windows(4).any(|w| w == b"rt-2"));
}

#[test]
fn what_the_provider_takes_back_is_told_as_a_closed_door() {
    let refused = r#"{"error":"invalid_grant","error_description":"Token has been revoked."}"#;
    let provider = Provider::answering(vec![("200 OK", TOKENS), ("400 Bad Request", refused)]);
    let (port, _heard) = mail_server();
    let (d, admin) = desk_with(&provider, port);
    let state = state_for(&d, admin);
    finish(&d, admin, &state).unwrap();
    let (end, told) = watch::channel(false);
    d.wait(async {
        let asking = async {
            let mut bell = d.desk.db().subscribe();
            while d.count("SELECT count(*) FROM source WHERE fault IS NOT NULL") == 0 {
                let _ = tokio::time::timeout(Duration::from_millis(100), bell.changed()).await;
            }
            end.send_replace(true);
        };
        let both = async { tokio::join!(fetching::run(d.desk.clone(), told), asking) };
        tokio::time::timeout(Duration::from_secs(30), both).await.unwrap();
    });
    let cx = d.as_person(admin);
    let source = d.read(move |r| sources::find(r, &cx, MailboxId(1))).unwrap();
    assert_eq!(source.fault, Some(Fault::SignIn));
    assert!(
        source.words.contains("revoked") && !source.words.contains("rt-1"),
        "{}",
        source.words
    );
}

#[test]
fn nobody_comes_back_with_anothers_word_or_a_stale_one() {
    let provider = Provider::answering(Vec::new());
    let (d, admin) = desk_with(&provider, 1);
    let other = d.person("willow@desk.example", Role::Admin);
    let state = state_for(&d, admin);
    let stale = Err(Error::Conflict("conflict-connecting-stale"));
    assert_eq!(finish(&d, other, &state), stale, "begun by somebody else");
    let mut bent = state.clone();
    bent.replace_range(10..11, if &state[10..11] == "A" { "B" } else { "A" });
    assert_eq!(finish(&d, admin, &bent), stale);
    assert_eq!(finish(&d, admin, ""), stale);
    d.advance(31 * clock::MINUTE);
    assert_eq!(finish(&d, admin, &state), stale);
    assert!(provider.asked().is_empty(), "the provider was asked");
    let technician = d.person("cedar@desk.example", Role::Technician);
    assert_eq!(finish(&d, technician, &state), Err(Error::NotFound));
}
