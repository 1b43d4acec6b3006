//! A name server on this machine that says what a test wants (RFC 1035, only as far as it is asked).

use std::collections::HashMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::net::UdpSocket;
use tokio::task::JoinHandle;

#[derive(Debug, Clone)]
pub enum Answer {
    Txt(String),
    A(Ipv4Addr),
    Mx(String),
    /// SERVFAIL.
    Broken,
    /// Nothing at all.
    Silent,
}

impl Answer {
    fn kind(&self) -> Option<u16> {
        match self {
            Answer::A(_) => Some(1),
            Answer::Mx(_) => Some(15),
            Answer::Txt(_) => Some(16),
            Answer::Broken | Answer::Silent => None,
        }
    }

    fn data(&self) -> Vec<u8> {
        match self {
            Answer::A(address) => address.octets().to_vec(),
            Answer::Mx(host) => [vec![0, 10], labels(host)].concat(),
            Answer::Txt(text) => text
                .as_bytes()
                .chunks(255)
                .flat_map(|piece| [&[piece.len() as u8], piece].concat())
                .collect(),
            Answer::Broken | Answer::Silent => Vec::new(),
        }
    }
}

pub struct NameServer {
    pub address: SocketAddr,
    pub asked: Arc<AtomicUsize>,
    task: JoinHandle<()>,
}

impl NameServer {
    /// Names that are not there do not exist.
    pub async fn start(records: Vec<(&str, Answer)>) -> NameServer {
        let mut zone: HashMap<String, Vec<Answer>> = HashMap::new();
        for (name, answer) in records {
            zone.entry(name.to_owned()).or_default().push(answer);
        }
        let socket = UdpSocket::bind("127.0.0.1:0").await.expect("a free port");
        let address = socket.local_addr().expect("it is bound");
        let asked = Arc::new(AtomicUsize::new(0));
        let counter = asked.clone();
        let task = tokio::spawn(async move {
            let mut buffer = [0; 2_048];
            while let Ok((length, peer)) = socket.recv_from(&mut buffer).await {
                counter.fetch_add(1, Ordering::SeqCst);
                if let Some(answer) = respond(&zone, &buffer[..length]) {
                    let _ = socket.send_to(&answer, peer).await;
                }
            }
        });
        NameServer { address, asked, task }
    }
}

impl Drop for NameServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn labels(name: &str) -> Vec<u8> {
    let mut out: Vec<u8> = name
        .split('.')
        .flat_map(|label| [&[label.len() as u8], label.as_bytes()].concat())
        .collect();
    out.push(0);
    out
}

fn respond(zone: &HashMap<String, Vec<Answer>>, query: &[u8]) -> Option<Vec<u8>> {
    let (mut at, mut name) = (12, Vec::new());
    while query[at] != 0 {
        let length = usize::from(query[at]);
        name.push(String::from_utf8_lossy(&query[at + 1..=at + length]).to_lowercase());
        at += length + 1;
    }
    let kind = u16::from_be_bytes([query[at + 1], query[at + 2]]);
    let question = &query[12..at + 5];
    let known = zone.get(&name.join("."));
    let answers = known.map(Vec::as_slice).unwrap_or_default();
    if answers.iter().any(|a| matches!(a, Answer::Silent)) {
        return None;
    }
    let broken = answers.iter().any(|a| matches!(a, Answer::Broken));
    // A name above one that is there exists, without records.
    let suffix = format!(".{}", name.join("."));
    let exists = known.is_some() || zone.keys().any(|k| k.ends_with(&suffix));
    let code = if broken { 2 } else { u8::from(!exists) * 3 };
    let fitting: Vec<&Answer> = answers.iter().filter(|a| a.kind() == Some(kind)).collect();
    let mut out = [
        &query[..2],
        &[0x81, 0x80 | code, 0, 1, 0, fitting.len() as u8, 0, 0, 0, 0],
        question,
    ]
    .concat();
    for answer in fitting {
        let data = answer.data();
        out.extend_from_slice(&[0xc0, 12]);
        out.extend_from_slice(&kind.to_be_bytes());
        out.extend_from_slice(&[0, 1, 0, 0, 0, 60]);
        out.extend_from_slice(&(data.len() as u16).to_be_bytes());
        out.extend_from_slice(&data);
    }
    Some(out)
}
