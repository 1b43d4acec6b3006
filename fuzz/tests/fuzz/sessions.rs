//! Any conversation with the SMTP listener ends, in answers of SMTP, and each letter it keeps was answered 250. What is
//! said after STARTTLS is noise to TLS, and ends it.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use mail::smtp::{
    BoxFuture, Delivery, Door, Envelope, Limits, Protocol, Receiver, RecipientVerdict, SignIn, Submission, tls,
};
use proptest::prelude::*;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::{LONGEST, bytes, run};

const SAMPLES: &[&str] = &[
    "EHLO cedar.example\r\nMAIL FROM:<a@cedar.example> SIZE=100 BODY=8BITMIME\r\nRCPT TO:<support@desk.example>\r\nDATA\r\n\
     Subject: x\r\n\r\nhello\r\n..\r\n.\r\nRSET\r\nNOOP\r\nQUIT\r\n",
    "HELO larch\r\nMAIL FROM:<>\r\nRCPT TO:<\"odd one\"@desk.example>\r\nRCPT TO:<postmaster>\r\nDATA\r\n\r\n.\r\n\
     MAIL FROM:<@relay.example:a@b.example>\r\nRCPT TO:<b@c.example>\r\nDATA\r\nx\n.\ny\r.\r\r\n.\r\nQUIT\r\n",
    "EHLO x\r\nVRFY a\r\nHELP\r\nSTARTTLS\r\nMAIL FROM:<é@b.example> SMTPUTF8\r\nRCPT TO:<later@desk.example>\r\nDATA\r\nQUIT\r\n",
    "EHLO x\r\nAUTH PLAIN\r\nAGFubgBoZXIgc2VjcmV0\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<b@c.example>\r\nDATA\r\nx\r\n.\r\n\
     STARTTLS\r\nEHLO y\r\n",
    "EHLO x\r\nAUTH LOGIN\r\nYW5u\r\n*\r\nAUTH LOGIN YW5u\r\nd3Jvbmc=\r\nAUTH PLAIN =\r\nAUTH XOAUTH2 x\r\nQUIT\r\n",
];

const WORDS: &[&str] = &[
    "EHLO x\r\n",
    "MAIL FROM:<a@b>\r\n",
    "RCPT TO:<a@b>\r\n",
    "DATA\r\n",
    ".\r\n",
    "\r\n.\r\n",
    "\n.\n",
    "..",
    "RSET\r\n",
    "NOOP\r\n",
    "MAIL FROM:<",
    ">\r\n",
    "\"",
    "\\",
    "\r",
    "\n",
    "x",
    "QUIT\r\n",
    "SIZE=",
    "\0",
    "@",
    ":",
    " ",
    "LHLO x\r\n",
    "BDAT 5\r\n",
    "<>",
    "STARTTLS\r\n",
    "AUTH PLAIN ",
    "AUTH LOGIN\r\n",
    "AGFubgBoZXIgc2VjcmV0\r\n",
    "*\r\n",
    "\u{16}\u{3}\u{1}",
    "SMTPUTF8",
    "é",
];

const TLS: &str = "220 2.0.0 Begin TLS\r\n";

#[derive(Default)]
struct Keeper(AtomicUsize);

impl Receiver for Keeper {
    fn recipient<'a>(&'a self, address: &'a str) -> BoxFuture<'a, RecipientVerdict> {
        Box::pin(async move {
            match address {
                late if late.starts_with("later") => RecipientVerdict::Later("not\r\nyet".to_owned()),
                odd if odd.starts_with('"') => RecipientVerdict::Refuse("nobody\0".to_owned()),
                _ => RecipientVerdict::Accept,
            }
        })
    }

    fn deliver<'a>(&'a self, _envelope: Envelope, _raw: Vec<u8>) -> BoxFuture<'a, Delivery> {
        self.0.fetch_add(1, Ordering::SeqCst);
        Box::pin(async { Delivery::Kept })
    }

    fn sign_in<'a>(&'a self, _peer: IpAddr, user: &'a str, password: &'a str) -> BoxFuture<'a, SignIn> {
        let right = (user, password) == ("ann", "her secret");
        let answer = if right {
            SignIn::Accepted(user.to_owned())
        } else {
            SignIn::Refused
        };
        Box::pin(async { answer })
    }
}

fn limits() -> Limits {
    let made = rcgen::generate_simple_self_signed(vec!["desk.example".to_owned()]).unwrap();
    let config = tls(made.cert.pem().as_bytes(), made.signing_key.serialize_pem().as_bytes()).unwrap();
    let mut limits = Limits {
        door: Door {
            tls: Some(config),
            submission: Submission::Offered,
            ..Door::default()
        },
        ..Limits::default()
    };
    // Every conversation comes from here, and many guess.
    limits.rates.refused_sign_ins = u32::MAX;
    limits
}

#[test]
fn any_conversation_ends_in_answers() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
    let address = listener.local_addr().unwrap();
    let keeper = Arc::new(Keeper::default());
    let never = std::future::pending::<()>();
    runtime.spawn(mail::smtp::serve(
        listener,
        Protocol::Smtp,
        limits(),
        keeper.clone(),
        never,
    ));
    run("sessions", &bytes(SAMPLES, WORDS), |said| {
        let before = keeper.0.load(Ordering::SeqCst);
        let heard = runtime.block_on(converse(address, &said));
        let Some(heard) = heard else {
            return Err(TestCaseError::fail("it does not end"));
        };
        prop_assert!(heard.starts_with("220 "), "{}", heard);
        for line in heard.lines() {
            let code = line
                .get(..3)
                .is_some_and(|code| code.bytes().all(|digit| digit.is_ascii_digit()));
            prop_assert!(code && line.len() > 3 && line.is_ascii(), "{:?} is no answer", line);
        }
        let kept = keeper.0.load(Ordering::SeqCst) - before;
        prop_assert_eq!(heard.matches("250 2.0.0 Kept").count(), kept);
        Ok(())
    });
}

/// What the listener says to this, up to its goodbye.
async fn converse(address: SocketAddr, said: &[u8]) -> Option<String> {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let (mut read, mut write) = stream.split();
    let mut heard = Vec::new();
    let writing = async {
        // The listener may leave first, after QUIT; what it does not want to hear is no fault.
        let _ = write.write_all(said).await;
        let _ = write.shutdown().await;
    };
    let both = async { tokio::join!(writing, read.read_to_end(&mut heard)).1.is_ok() };
    let ended = tokio::time::timeout(LONGEST, both).await.is_ok();
    let heard = String::from_utf8_lossy(&heard).into_owned();
    // From here on it is TLS.
    let clear = heard.find(TLS).map_or(heard.len(), |at| at + TLS.len());
    ended.then(|| heard[..clear].to_owned())
}
