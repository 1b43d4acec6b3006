//! The mail server of the outside world: takes every letter whole, and remembers it. It counts a letter only when it
//! has said 250, as its sender does.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

pub(crate) struct Sink {
    pub(crate) address: SocketAddr,
    taken: Arc<Mutex<Vec<Vec<u8>>>>,
}

impl Sink {
    pub(crate) fn start() -> Sink {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let taken = Arc::<Mutex<Vec<Vec<u8>>>>::default();
        let keep = taken.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let keep = keep.clone();
                // A connection that breaks off has given its letter or it has not.
                std::thread::spawn(move || converse(stream, &keep));
            }
        });
        Sink { address, taken }
    }

    pub(crate) fn count(&self) -> usize {
        self.taken.lock().unwrap().len()
    }

    /// Message-ID and text of every letter taken.
    pub(crate) fn letters(&self) -> Vec<(String, String)> {
        let taken = self.taken.lock().unwrap();
        taken
            .iter()
            .map(|raw| {
                let letter = mail::parse(raw);
                (letter.message_id.unwrap_or_default(), letter.text.unwrap_or_default())
            })
            .collect()
    }
}

fn converse(stream: TcpStream, keep: &Mutex<Vec<Vec<u8>>>) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    stream.get_mut().write_all(b"220 sink.example\r\n")?;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let word = line.get(..4).unwrap_or_default().to_ascii_uppercase();
        let answer: &[u8] = match word.as_str() {
            "DATA" => {
                stream.get_mut().write_all(b"354 go on\r\n")?;
                let Some(raw) = data(&mut stream)? else { return Ok(()) };
                keep.lock().unwrap().push(raw);
                b"250 kept\r\n"
            }
            "QUIT" => {
                stream.get_mut().write_all(b"221 bye\r\n")?;
                return Ok(());
            }
            _ => b"250 ok\r\n",
        };
        stream.get_mut().write_all(answer)?;
    }
}

/// The letter up to its final dot; `None` when the sender died before it.
fn data(stream: &mut BufReader<TcpStream>) -> std::io::Result<Option<Vec<u8>>> {
    let mut raw = Vec::new();
    loop {
        let mut line = Vec::new();
        if stream.read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        if line == b".\r\n" {
            return Ok(Some(raw));
        }
        raw.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
    }
}
