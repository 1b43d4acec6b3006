//! A plain HTTP/1.1 client: one connection a request, the whole answer in hand. It hides nothing: every status and
//! header is there to be judged.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use serde_json::Value;

/// Longer than anything the desk may take, shorter than a hung test.
const PATIENCE: Duration = Duration::from_secs(60);

/// Where to ask, and what to show with every request.
#[derive(Clone, Debug)]
pub struct Http {
    pub address: SocketAddr,
    headers: Vec<(String, String)>,
}

#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Http {
    pub fn new(address: SocketAddr) -> Http {
        Http {
            address,
            headers: Vec::new(),
        }
    }

    /// The same with one more header on every request.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Http {
        self.headers.push((name.to_string(), value.to_string()));
        self
    }

    #[must_use]
    pub fn bearer(self, token: &str) -> Http {
        self.with("Authorization", &format!("Bearer {token}"))
    }

    pub fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[], b"").expect("the desk answers")
    }

    pub fn json(&self, method: &str, path: &str, body: &Value) -> Answer {
        let text = body.to_string();
        self.ask(method, path, &[("Content-Type", "application/json")], text.as_bytes())
            .expect("the desk answers")
    }

    /// A form as a page of the desk itself sends it.
    pub fn form(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body: Vec<String> = fields
            .iter()
            .map(|(k, v)| format!("{}={}", escaped(k), escaped(v)))
            .collect();
        let headers = [
            ("Content-Type", "application/x-www-form-urlencoded"),
            ("Sec-Fetch-Site", "same-origin"),
        ];
        self.ask("POST", path, &headers, body.join("&").as_bytes())
            .expect("the desk answers")
    }

    /// Asks and reads to the end. An error is a connection that failed: the request may or may not have been taken.
    pub fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> std::io::Result<Answer> {
        let mut stream = self.send(method, path, headers, body, "close")?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes)?;
        answer(&bytes).ok_or_else(|| std::io::Error::new(std::io::ErrorKind::UnexpectedEof, "half an answer"))
    }

    /// Opens an answer that does not end, such as the event stream, after its first bytes have come.
    pub fn open(&self, path: &str) -> std::io::Result<TcpStream> {
        let mut stream = self.send("GET", path, &[], b"", "keep-alive")?;
        let mut first = [0; 16];
        stream.read_exact(&mut first)?;
        Ok(stream)
    }

    fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
        connection: &str,
    ) -> std::io::Result<TcpStream> {
        let mut stream = TcpStream::connect_timeout(&self.address, PATIENCE)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        let mut head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: {connection}\r\nContent-Length: {}\r\n",
            self.address,
            body.len()
        );
        let own = self.headers.iter().map(|(n, v)| (n.as_str(), v.as_str()));
        for (name, value) in own.chain(headers.iter().copied()) {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str("\r\n");
        stream.write_all(head.as_bytes())?;
        stream.write_all(body)?;
        Ok(stream)
    }
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn value(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("no JSON ({e}): {}", self.text()))
    }

    /// The first header of this name, in any case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(n, _)| n.eq_ignore_ascii_case(name))
            .map(|(_, v)| v.as_str())
    }

    /// The cookies it sets, as the next request shows them.
    pub fn cookies(&self) -> String {
        let set = self
            .headers
            .iter()
            .filter(|(n, _)| n.eq_ignore_ascii_case("set-cookie"));
        set.filter_map(|(_, v)| v.split(';').next())
            .collect::<Vec<_>>()
            .join("; ")
    }
}

fn answer(bytes: &[u8]) -> Option<Answer> {
    let end = bytes.windows(4).position(|w| w == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut lines = head.split("\r\n");
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let headers: Vec<(String, String)> = lines
        .filter_map(|l| l.split_once(':'))
        .map(|(n, v)| (n.trim().to_string(), v.trim().to_string()))
        .collect();
    let mut answer = Answer {
        status,
        headers,
        body: bytes[end + 4..].to_vec(),
    };
    if answer
        .header("transfer-encoding")
        .is_some_and(|v| v.eq_ignore_ascii_case("chunked"))
    {
        answer.body = joined(&answer.body)?;
    } else if let Some(length) = answer.header("content-length").and_then(|v| v.parse::<usize>().ok()) {
        answer.body = answer.body.get(..length)?.to_vec();
    }
    Some(answer)
}

/// The chunks of a body in one piece; none when the last one is missing.
fn joined(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::new();
    loop {
        let line = rest.windows(2).position(|w| w == b"\r\n")?;
        let size = std::str::from_utf8(&rest[..line]).ok()?.split(';').next()?.trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        let body = rest.get(line + 2..line + 2 + size)?;
        if size == 0 {
            return Some(whole);
        }
        whole.extend_from_slice(body);
        rest = rest.get(line + 2 + size + 2..)?;
    }
}

fn escaped(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_read_whole_or_not_at_all() {
        let chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n";
        assert_eq!(answer(chunked).expect("whole").text(), "abcde");
        assert!(answer(&chunked[..chunked.len() - 9]).is_none(), "a cut answer is none");
        let counted = b"HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nab";
        assert_eq!(answer(counted).map(|a| (a.status, a.body)), Some((404, b"ab".to_vec())));
        assert!(answer(&counted[..counted.len() - 1]).is_none());
        assert_eq!(escaped("a b&é"), "a%20b%26%C3%A9");
    }
}
