//! A server that speaks as OpenAI's does, or does not: on this machine, with what it was asked.

use std::io::{BufRead, BufReader, Read, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

#[derive(Clone, Debug)]
pub(crate) enum Says {
    /// A proper answer with these words.
    Words(&'static str),
    /// This status and this body.
    Body(&'static str, String),
    /// Nothing, for as long as the other side waits.
    Nothing,
}

pub(crate) struct Server {
    pub(crate) port: u16,
    asked: Arc<Mutex<Vec<String>>>,
    says: Arc<Mutex<Says>>,
    connections: Arc<AtomicUsize>,
}

impl Server {
    pub(crate) fn saying(says: Says) -> Server {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let server = Server {
            port: listener.local_addr().unwrap().port(),
            asked: Arc::default(),
            says: Arc::new(Mutex::new(says)),
            connections: Arc::default(),
        };
        let (asked, says) = (Arc::clone(&server.asked), Arc::clone(&server.says));
        let connections = Arc::clone(&server.connections);
        std::thread::spawn(move || {
            while let Ok((stream, _)) = listener.accept() {
                connections.fetch_add(1, Ordering::SeqCst);
                let (asked, says) = (Arc::clone(&asked), Arc::clone(&says));
                std::thread::spawn(move || converse(stream, &asked, &says));
            }
        });
        server
    }

    pub(crate) fn address(&self) -> String {
        format!("http://127.0.0.1:{}/v1", self.port)
    }

    /// From now on.
    pub(crate) fn says(&self, says: Says) {
        *self.says.lock().unwrap() = says;
    }

    /// Head and body of each request.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }

    /// How often somebody connected, whatever was said then.
    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}

fn converse(mut stream: TcpStream, asked: &Mutex<Vec<String>>, says: &Mutex<Says>) -> Option<()> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let (mut head, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        }
        if line.trim().is_empty() {
            break;
        }
        head.push_str(&line);
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    asked
        .lock()
        .unwrap()
        .push(format!("{head}\r\n{}", String::from_utf8_lossy(&body)));
    let says = says.lock().unwrap().clone();
    let (status, body) = match says {
        Says::Nothing => return reader.read(&mut [0]).ok().map(drop),
        Says::Body(status, body) => (status, body),
        Says::Words(words) => {
            let quoted = words.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
            let body = format!(r#"{{"choices":[{{"message":{{"content":"{quoted}"}}}}]}}"#);
            ("200 OK", body)
        }
    };
    let long = body.len();
    let answer = format!("HTTP/1.1 {status}\r\nContent-Length: {long}\r\nConnection: close\r\n\r\n{body}");
    stream.write_all(answer.as_bytes()).ok()
}
