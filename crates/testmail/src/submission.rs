//! A submission server in this process (RFC 6409, RFC 4954): it offers PLAIN, LOGIN and XOAUTH2, takes letters only from
//! whoever signed in with a secret it knows, and keeps them.

use std::io::{BufRead, BufReader, Result, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A letter as it was handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submitted {
    /// What was said to sign in, decoded; empty where nobody did.
    pub signed_in: String,
    pub from: String,
    pub to: String,
    pub raw: Vec<u8>,
}

#[derive(Debug, Default)]
struct Kept {
    /// Parts of what signs in; without any everybody is let in.
    secrets: Vec<String>,
    refused: Vec<String>,
    letters: Vec<Submitted>,
}

#[derive(Debug)]
pub struct Submission {
    pub port: u16,
    kept: Arc<Mutex<Kept>>,
}

impl Submission {
    /// Takes letters from whoever knows one of these; with none of them, from everybody.
    ///
    /// # Errors
    /// When no port is free.
    pub fn start(secrets: &[&str]) -> Result<Submission> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let port = listener.local_addr()?.port();
        let kept = Arc::new(Mutex::new(Kept {
            secrets: secrets.iter().map(ToString::to_string).collect(),
            ..Kept::default()
        }));
        let all = Arc::clone(&kept);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let all = Arc::clone(&all);
                // A connection that breaks off has given its letter or it has not.
                std::thread::spawn(move || converse(stream, &all));
            }
        });
        Ok(Submission { port, kept })
    }

    pub fn letters(&self) -> Vec<Submitted> {
        lock(&self.kept).letters.clone()
    }

    /// What was said by those who were not let in.
    pub fn refused(&self) -> Vec<String> {
        lock(&self.kept).refused.clone()
    }
}

fn lock(kept: &Mutex<Kept>) -> MutexGuard<'_, Kept> {
    kept.lock().unwrap_or_else(PoisonError::into_inner)
}

struct Talk<'a> {
    stream: BufReader<TcpStream>,
    kept: &'a Mutex<Kept>,
    now: Submitted,
}

fn converse(stream: TcpStream, kept: &Mutex<Kept>) -> Result<()> {
    let now = Submitted {
        signed_in: String::new(),
        from: String::new(),
        to: String::new(),
        raw: Vec::new(),
    };
    let mut talk = Talk {
        stream: BufReader::new(stream),
        kept,
        now,
    };
    talk.say("220 submission.example")?;
    while let Some(line) = talk.line()? {
        let upper = line.to_uppercase();
        match upper.split([' ', ':']).next().unwrap_or_default() {
            "EHLO" => talk.say("250-submission.example\r\n250 AUTH PLAIN LOGIN XOAUTH2")?,
            "AUTH" => talk.auth(&line)?,
            "MAIL" if talk.is_stranger() => talk.say("530 5.7.0 Authentication required")?,
            "MAIL" => {
                talk.now.from = address(&line);
                talk.say("250 ok")?;
            }
            "RCPT" => {
                talk.now.to = address(&line);
                talk.say("250 ok")?;
            }
            "DATA" => talk.data()?,
            "QUIT" => return talk.say("221 bye"),
            _ => talk.say("250 ok")?,
        }
    }
    Ok(())
}

impl Talk<'_> {
    fn say(&mut self, words: &str) -> Result<()> {
        self.stream.get_mut().write_all(format!("{words}\r\n").as_bytes())
    }

    fn line(&mut self) -> Result<Option<String>> {
        let mut line = String::new();
        let count = self.stream.read_line(&mut line)?;
        Ok((count > 0).then(|| line.trim_end().to_string()))
    }

    fn is_stranger(&self) -> bool {
        self.now.signed_in.is_empty() && !lock(self.kept).secrets.is_empty()
    }

    fn auth(&mut self, line: &str) -> Result<()> {
        let mut words = line.split(' ').skip(1);
        let way = words.next().unwrap_or_default().to_uppercase();
        let said = match (way.as_str(), words.next()) {
            ("LOGIN", _) => {
                self.say("334 VXNlcm5hbWU6")?;
                let user = self.line()?.unwrap_or_default();
                self.say("334 UGFzc3dvcmQ6")?;
                let password = self.line()?.unwrap_or_default();
                format!("{} {}", decoded(&user), decoded(&password))
            }
            (_, Some(initial)) => decoded(initial),
            (_, None) => {
                self.say("334 ")?;
                let answer = self.line()?.unwrap_or_default();
                decoded(&answer)
            }
        };
        let fits = lock(self.kept)
            .secrets
            .iter()
            .any(|secret| said.contains(secret.as_str()));
        if fits {
            self.now.signed_in = said;
            return self.say("235 2.7.0 welcome");
        }
        lock(self.kept).refused.push(said);
        self.say("535 5.7.8 Username and Password not accepted")
    }

    fn data(&mut self) -> Result<()> {
        self.say("354 go on")?;
        self.now.raw.clear();
        loop {
            let mut line = Vec::new();
            if self.stream.read_until(b'\n', &mut line)? == 0 {
                return Ok(());
            }
            if line == b".\r\n" {
                break;
            }
            let undotted = line.strip_prefix(b".").unwrap_or(&line);
            self.now.raw.extend_from_slice(undotted);
        }
        lock(self.kept).letters.push(self.now.clone());
        self.say("250 2.0.0 kept")
    }
}

fn address(line: &str) -> String {
    let from = line.find('<').map_or(0, |at| at + 1);
    line[from..].split('>').next().unwrap_or_default().to_string()
}

fn decoded(word: &str) -> String {
    let value = |b: u8| match b {
        b'A'..=b'Z' => Some(u32::from(b - b'A')),
        b'a'..=b'z' => Some(u32::from(b - b'a') + 26),
        b'0'..=b'9' => Some(u32::from(b - b'0') + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    };
    let (mut bits, mut held, mut out) = (0, 0, Vec::new());
    for six in word.bytes().filter_map(value) {
        held = (held << 6 | six) & 0xff_ffff;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push(u8::try_from((held >> bits) & 0xff).unwrap_or(0));
        }
    }
    String::from_utf8_lossy(&out).replace(['\0', '\u{1}'], " ")
}
