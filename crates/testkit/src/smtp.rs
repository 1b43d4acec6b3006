//! A letter over SMTP, as another mail server hands it over.

use std::io::{BufRead, BufReader, Error, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// Hands the letter over and answers the code and words after its last dot. An error is a connection that failed, or
/// a refusal before the letter: nothing was acknowledged.
pub fn deliver(to: SocketAddr, from: &str, recipients: &[&str], raw: &[u8]) -> std::io::Result<(u16, String)> {
    let stream = TcpStream::connect(to)?;
    stream.set_read_timeout(Some(Duration::from_secs(60)))?;
    let mut talk = Talk {
        lines: BufReader::new(stream),
    };
    talk.expect(220)?;
    talk.say("EHLO client.example", 250)?;
    talk.say(&format!("MAIL FROM:<{from}>"), 250)?;
    for recipient in recipients {
        talk.say(&format!("RCPT TO:<{recipient}>"), 250)?;
    }
    talk.say("DATA", 354)?;
    talk.lines.get_mut().write_all(&dotted(raw))?;
    let answer = talk.answer()?;
    // The letter is decided; how the talk ends changes nothing.
    let _ = talk.lines.get_mut().write_all(b"QUIT\r\n");
    Ok(answer)
}

struct Talk {
    lines: BufReader<TcpStream>,
}

impl Talk {
    fn say(&mut self, line: &str, code: u16) -> std::io::Result<()> {
        self.lines.get_mut().write_all(format!("{line}\r\n").as_bytes())?;
        self.expect(code)
    }

    fn expect(&mut self, code: u16) -> std::io::Result<()> {
        let (got, words) = self.answer()?;
        if got == code {
            Ok(())
        } else {
            Err(Error::other(format!("{got} {words}")))
        }
    }

    fn answer(&mut self) -> std::io::Result<(u16, String)> {
        loop {
            let mut line = String::new();
            if self.lines.read_line(&mut line)? == 0 {
                return Err(Error::new(std::io::ErrorKind::UnexpectedEof, "the server hung up"));
            }
            let code = line
                .get(..3)
                .and_then(|c| c.parse().ok())
                .ok_or_else(|| Error::other(line.clone()))?;
            if line.as_bytes().get(3) != Some(&b'-') {
                return Ok((code, line.get(4..).unwrap_or_default().trim_end().to_string()));
            }
        }
    }
}

/// The letter as DATA carries it: lines end in CR LF, a dot at the beginning of a line is doubled.
fn dotted(raw: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(raw.len() + 64);
    let body = raw.strip_suffix(b"\n").unwrap_or(raw);
    for line in body.split(|b| *b == b'\n') {
        if line.starts_with(b".") {
            out.push(b'.');
        }
        out.extend_from_slice(line.strip_suffix(b"\r").unwrap_or(line));
        out.extend_from_slice(b"\r\n");
    }
    out.extend_from_slice(b".\r\n");
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn dots_and_line_ends_are_those_of_the_wire() {
        assert_eq!(super::dotted(b"a\n.b\r\nc"), b"a\r\n..b\r\nc\r\n.\r\n");
        assert_eq!(super::dotted(b"a\n"), b"a\r\n.\r\n");
    }
}
