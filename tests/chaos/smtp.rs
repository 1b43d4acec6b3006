//! A sender of letters that keeps its connection, and believes only what it is told after the final dot.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

pub(crate) struct Client {
    stream: BufReader<TcpStream>,
}

impl Client {
    pub(crate) fn connect(address: SocketAddr) -> io::Result<Client> {
        let stream = TcpStream::connect_timeout(&address, Duration::from_secs(5))?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        stream.set_nodelay(true)?;
        let mut client = Client {
            stream: BufReader::new(stream),
        };
        client.answer()?;
        client.say("EHLO sender.example\r\n")?;
        Ok(client)
    }

    /// The code after the final dot, or of the step that was refused before it.
    pub(crate) fn send(&mut self, from: &str, to: &str, raw: &str) -> io::Result<u16> {
        self.give(from, to, raw)?;
        self.answer()
    }

    /// Everything but waiting for the last answer: what a sender does that believes too early.
    pub(crate) fn give(&mut self, from: &str, to: &str, raw: &str) -> io::Result<()> {
        for (line, wanted) in [
            (format!("MAIL FROM:<{from}>\r\n"), 250),
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
        self.stream.get_mut().write_all(format!("{raw}.\r\n").as_bytes())
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

/// A letter whose whole content follows from its key, so that it can be compared later.
pub(crate) fn letter(key: &str, from: &str, to: &str) -> String {
    format!(
        "From: {from}\r\nTo: {to}\r\nMessage-ID: <{key}@load.example>\r\nDate: Mon, 16 Nov 2026 10:00:00 -0500\r\n\
         Subject: Letter {key}\r\n\r\nThe printer on the second floor stopped again: {key}.\r\nIt blinks twice.\r\n"
    )
}
