//! A letter into a mailbox by LMTP (RFC 2033).

use std::io::{BufRead, BufReader, Error, Write};
use std::net::TcpStream;
use std::time::Duration;

/// Hands letters to one mailbox over one connection; each is in it when this returns.
pub fn deliver(port: u16, to: &str, letters: &[&[u8]]) -> std::io::Result<()> {
    let stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(Duration::from_secs(60)))?;
    let mut lines = BufReader::new(stream);
    expect(&mut lines, "220")?;
    say(&mut lines, "LHLO client.example", "250")?;
    for raw in letters {
        say(&mut lines, "MAIL FROM:<sender@client.example>", "250")?;
        say(&mut lines, &format!("RCPT TO:<{to}>"), "250")?;
        say(&mut lines, "DATA", "354")?;
        lines.get_mut().write_all(&dotted(raw))?;
        expect(&mut lines, "250")?;
    }
    say(&mut lines, "QUIT", "221")
}

fn say(lines: &mut BufReader<TcpStream>, line: &str, code: &str) -> std::io::Result<()> {
    lines.get_mut().write_all(format!("{line}\r\n").as_bytes())?;
    expect(lines, code)
}

fn expect(lines: &mut BufReader<TcpStream>, code: &str) -> std::io::Result<()> {
    loop {
        let mut line = String::new();
        let count = lines.read_line(&mut line)?;
        if count == 0 || !line.starts_with(code) {
            return Err(Error::other(format!("{line:?} instead of {code}")));
        }
        if line.as_bytes().get(3) != Some(&b'-') {
            return Ok(());
        }
    }
}

/// Lines end in CR LF, a leading dot is doubled, and a lone dot ends it.
fn dotted(raw: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(raw.len() + 8);
    for line in raw.split_inclusive(|byte| *byte == b'\n') {
        if line.first() == Some(&b'.') {
            out.push(b'.');
        }
        let words = line.strip_suffix(b"\n").unwrap_or(line);
        out.extend_from_slice(words.strip_suffix(b"\r").unwrap_or(words));
        out.extend_from_slice(b"\r\n");
    }
    out.extend_from_slice(b".\r\n");
    out
}
