//! Any conversation with the SMTP listener ends, in answers of SMTP, and each letter it keeps was answered 250.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use mail::smtp::{BoxFuture, Delivery, Envelope, Limits, Protocol, Receiver, RecipientVerdict};
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
    "SMTPUTF8",
    "é",
];

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
        Limits::default(),
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
    ended.then(|| String::from_utf8_lossy(&heard).into_owned())
}
