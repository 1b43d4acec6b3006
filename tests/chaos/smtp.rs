//! A sender of letters that keeps its connection, and believes only what it is told after the final dot.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) struct Client {
    stream: BufReader<TcpStream>,
}

impl Client {
    pub(crate) fn connect(address: SocketAddr) -> io::Result<Client> {
        Client::greeting(address, "EHLO")
    }

    /// With LHLO it speaks LMTP: for one recipient the rest is the same.
    pub(crate) fn greeting(address: SocketAddr, word: &str) -> io::Result<Client> {
        let stream = TcpStream::connect_timeout(&address, Duration::from_secs(5))?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_nodelay(true)?;
        let mut client = Client {
            stream: BufReader::new(stream),
        };
        client.answer()?;
        client.say(&format!("{word} sender.example\r\n"))?;
        Ok(client)
    }

    /// The code after the final dot, or of the step that was refused before it.
    pub(crate) fn send(&mut self, from: &str, to: &str, raw: impl AsRef<[u8]>) -> io::Result<u16> {
        self.give(from, to, raw)?;
        self.answer()
    }

    /// Everything but waiting for the last answer: what a sender does that believes too early.
    pub(crate) fn give(&mut self, from: &str, to: &str, raw: impl AsRef<[u8]>) -> io::Result<()> {
        let wide = if from.is_ascii() { "" } else { " SMTPUTF8" };
        for (line, wanted) in [
            (format!("MAIL FROM:<{from}>{wide}\r\n"), 250),
            (format!("RCPT TO:<{to}>\r\n"), 250),
        ] {
            let code = self.say(&line)?;
            if code != wanted {
                return Err(io::Error::other(format!("{code} to {line}")));
            }
        }
        if self.say("DATA\r\n")? != 354 {
            return Err(io::Error::other("DATA was refused"));
        }
        self.stream.get_mut().write_all(&wire(raw.as_ref()))
    }

    /// The answer, if it comes this soon.
    pub(crate) fn answer_within(&mut self, longest: Duration) -> io::Result<Option<u16>> {
        self.stream.get_ref().set_read_timeout(Some(longest))?;
        let answer = match self.answer() {
            Err(e) if matches!(e.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) => None,
            answer => Some(answer?),
        };
        self.stream.get_ref().set_read_timeout(Some(PATIENCE))?;
        Ok(answer)
    }

    pub(crate) fn say(&mut self, line: &str) -> io::Result<u16> {
        self.stream.get_mut().write_all(line.as_bytes())?;
        self.answer()
    }

    pub(crate) fn answer(&mut self) -> io::Result<u16> {
        loop {
            let mut line = String::new();
            if self.stream.read_line(&mut line)? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            if line.as_bytes().get(3) != Some(&b'-') {
                let code = line.get(..3).and_then(|code| code.parse().ok());
                return code.ok_or_else(|| io::Error::other(format!("no answer of SMTP: {line:?}")));
            }
        }
    }
}

/// A letter between DATA and its answer: a dot more where a line begins with one, and the end. Only CR LF ends a line
/// here, as the protocol has it. A letter whose last line is open is closed: without that the end could not be said.
fn wire(raw: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(raw.len() + 64);
    for (at, byte) in raw.iter().enumerate() {
        if *byte == b'.' && (at == 0 || raw[..at].ends_with(b"\r\n")) {
            out.push(b'.');
        }
        out.push(*byte);
    }
    let mut out = closed(out);
    out.extend_from_slice(b".\r\n");
    out
}

/// What a letter is once it has gone over the wire.
pub(crate) fn closed(mut raw: Vec<u8>) -> Vec<u8> {
    if !raw.is_empty() && !raw.ends_with(b"\r\n") {
        raw.extend_from_slice(b"\r\n");
    }
    raw
}

/// A letter whose whole content follows from its key, so that it can be compared later.
pub(crate) fn letter(key: &str, from: &str, to: &str) -> String {
    format!(
        "From: {from}\r\nTo: {to}\r\nMessage-ID: <{key}@load.example>\r\nDate: Mon, 16 Nov 2026 10:00:00 -0500\r\n\
         Subject: Letter {key}\r\n\r\nThe printer on the second floor stopped again: {key}.\r\nIt blinks twice.\r\n"
    )
}
