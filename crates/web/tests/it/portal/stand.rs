//! A small desk with a mailbox, a post office that is this test, and browsers that keep their cookies.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use db::{Db, Read, SqliteOptions, Synchronous, Write};
use desk::access::{Role, Via, Viewer};
use desk::clock::SECOND;
use desk::jobs::{self, JobKind};
use desk::mailboxes::outbox::{self, Prepared};
use desk::mailboxes::{MailboxFields, boxes};
use desk::people::{self, NewPerson};
use desk::tickets::{self, Detail, NewMessage, Ticket};
use desk::{Clock, Context, Desk, Parts, PersonId, Result, TicketNumber, Time, house, sign_in};
use tower::ServiceExt;

/// 2026-11-17T15:24:00Z, a Tuesday morning in Toronto.
const NOW: Time = Time(1_794_929_040_000_000);
pub(super) const LANGUAGES: [&str; 2] = ["en", "fr"];

pub(super) struct Stand {
    pub(super) desk: Desk,
    app: Router,
    pub(super) cedar: PersonId,
    pub(super) payroll: PersonId,
    pub(super) registry: PersonId,
    _folder: tempfile::TempDir,
}

/// A letter as its reader sees it.
#[derive(Clone, Debug)]
pub(super) struct Letter {
    pub(super) to: String,
    /// Subject, text and HTML, headers too: everything.
    pub(super) all: String,
    text: String,
}

impl Letter {
    /// The paths of all its links of the desk, in their order.
    pub(super) fn paths(&self) -> Vec<String> {
        let after = self.text.split("https://desk.example").skip(1);
        let path = |rest: &str| {
            rest.split(|c: char| c.is_whitespace() || c == '>')
                .next()
                .map(str::to_string)
        };
        after.filter_map(path).collect()
    }

    /// The path of the one link of the desk in it.
    pub(super) fn path(&self) -> String {
        let at = self.text.find("https://desk.example/").expect("a link in the letter");
        let rest = &self.text[at + "https://desk.example".len()..];
        rest.split(|c: char| c.is_whitespace() || c == '>')
            .next()
            .unwrap()
            .to_string()
    }
}

pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: String,
    pub(super) bytes: usize,
}

impl Answer {
    pub(super) fn location(&self) -> &str {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{}", self.body);
        self.headers[header::LOCATION].to_str().unwrap()
    }

    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |v| v.to_str().unwrap())
    }

    pub(super) fn has(&self, words: &str) -> bool {
        self.body.contains(words)
    }

    /// A key without its sentence stands between brackets.
    pub(super) fn is_said(&self) -> bool {
        let mut rest = self.body.as_str();
        while let Some(at) = rest.find('[') {
            rest = &rest[at + 1..];
            let inside = rest.split(']').next().unwrap_or_default();
            let key = inside.len() > 3 && inside.bytes().all(|b| b.is_ascii_lowercase() || b"-_".contains(&b));
            if key && inside.contains('-') {
                return false;
            }
        }
        true
    }
}

impl Stand {
    pub(super) fn new() -> Stand {
        let folder = tempfile::tempdir().unwrap();
        let options = SqliteOptions {
            synchronous: Synchronous::Normal,
            ..SqliteOptions::default()
        };
        let parts = Parts {
            db: Db::sqlite(&folder.path().join("desk.db"), options).unwrap(),
            files: desk::files::Store::open(&folder.path().join("files")).unwrap(),
            index: search::Index::in_memory().unwrap(),
            clock: Clock::set_to(NOW),
        };
        // The public address is read with the other house rules when the desk opens.
        let db = parts.db.clone();
        db.migrate(desk::MIGRATIONS).unwrap();
        db.write_now(|tx| house::put(tx, "public-url", "https://desk.example"))
            .unwrap();
        let desk = Desk::open(parts).unwrap();
        let cx = own_hand(&desk);
        let add = |name: &str, address: &str, role| {
            let (cx, new) = (cx.clone(), NewPerson::new(name, address, role));
            desk.write_now(move |tx| people::add(tx, &cx, &new)).unwrap()
        };
        add("Office", "office@desk.example", Role::Admin);
        let cedar = add("Cedar", "cedar@desk.example", Role::Technician);
        let payroll = add("Payroll office", "payroll@county.example", Role::Requester);
        let registry = add("Registry", "registry@county.example", Role::Requester);
        let hand = cx.clone();
        desk.write_now(move |tx| boxes::add(tx, &hand, &MailboxFields::new("support@desk.example")))
            .unwrap();
        let app = web::app(web::State::new(desk.clone(), web::Options::default()));
        Stand {
            desk,
            app,
            cedar,
            payroll,
            registry,
            _folder: folder,
        }
    }

    pub(super) fn browser(&self) -> Browser {
        Browser {
            app: self.app.clone(),
            cookies: BTreeMap::new(),
        }
    }

    /// A browser in which this person is signed in.
    pub(super) fn signed_in(&self, who: PersonId) -> Browser {
        let now = self.desk.now();
        let session = self
            .desk
            .write_now(move |tx| sign_in::start(tx, who, now, "", ""))
            .unwrap();
        let mut browser = self.browser();
        browser
            .cookies
            .insert("__Host-firstline".to_string(), session.to_string());
        browser
    }

    pub(super) fn write<T: Send + 'static>(
        &self,
        body: impl FnOnce(&mut Write, &Context) -> Result<T> + Send + 'static,
    ) -> T {
        let cx = own_hand(&self.desk);
        self.desk.write_now(move |tx| body(tx, &cx)).unwrap()
    }

    pub(super) fn read<T: Send + 'static>(&self, body: impl FnOnce(&mut Read) -> Result<T> + Send + 'static) -> T {
        self.desk.read_now(body).unwrap()
    }

    /// What a person does through the trade, without a page.
    pub(super) fn as_person<T: Send + 'static>(
        &self,
        person: PersonId,
        body: impl FnOnce(&mut Write, &Context) -> Result<T> + Send + 'static,
    ) -> T {
        let (now, house) = (self.desk.now(), self.desk.house());
        self.desk
            .write_now(move |tx| {
                let viewer = sign_in::load_viewer(tx, person, Via::Session)?;
                body(
                    tx,
                    &Context {
                        viewer,
                        now,
                        house,
                        request: None,
                    },
                )
            })
            .unwrap()
    }

    pub(super) fn reply(&self, number: TicketNumber, words: &str) {
        let new = NewMessage {
            body: words.to_string(),
            ..NewMessage::default()
        };
        self.as_person(self.cedar, move |tx, cx| tickets::reply(tx, cx, number, &new));
    }

    pub(super) fn note(&self, number: TicketNumber, words: &str) {
        let new = NewMessage {
            body: words.to_string(),
            ..NewMessage::default()
        };
        self.as_person(self.cedar, move |tx, cx| tickets::note(tx, cx, number, &new));
    }

    pub(super) fn open(&self, from: PersonId, subject: &str) -> TicketNumber {
        let new = tickets::NewTicket::new(
            from,
            tickets::Channel::Phone,
            subject,
            "It does not work since this morning.",
        );
        self.write(move |tx, cx| tickets::open(tx, cx, &new)).number
    }

    pub(super) fn ticket(&self, number: TicketNumber) -> Ticket {
        let cx = own_hand(&self.desk);
        self.read(move |r| tickets::find_visible(r, &cx, number))
    }

    /// All there are.
    pub(super) fn tickets(&self) -> Vec<Ticket> {
        let numbers = self.read(|r| tickets::numbers_after(r, TicketNumber(0), 1000));
        numbers.into_iter().map(|number| self.ticket(number)).collect()
    }

    /// The whole ticket, as the desk knows it.
    pub(super) fn detail(&self, number: TicketNumber) -> Detail {
        self.as_person(self.cedar, move |tx, cx| tickets::detail(tx, cx, number))
    }

    /// Takes the jobs that close tickets and fall due within so long.
    pub(super) fn closings_within(&self, microseconds: i64) -> usize {
        let by = self.desk.now().plus(microseconds);
        self.write(move |tx, _| jobs::claim(tx, JobKind::CloseSolved, by, 100))
            .len()
    }

    /// Sends all that is due.
    pub(super) fn post(&self) -> Vec<Letter> {
        self.desk.clock().advance(10 * SECOND);
        let (now, house) = (self.desk.now(), self.desk.house());
        let mut letters = Vec::new();
        for job in self.desk.write_now(move |tx| outbox::claim_due(tx, now, 1000)).unwrap() {
            let (rules, claimed) = (Arc::clone(&house), job.clone());
            let prepared = self
                .desk
                .write_now(move |tx| outbox::prepare(tx, &rules, now, &claimed))
                .unwrap();
            let Prepared::Ready(draft) = prepared else { continue };
            let to = draft.to.clone();
            let raw = draft.compose(self.desk.files()).unwrap();
            let letter = mail::parse(&raw);
            let text = letter.text.clone().unwrap_or_default();
            let all = format!("{}\n{letter:?}", String::from_utf8_lossy(&raw));
            letters.push(Letter { to, all, text });
            self.desk
                .write_now(move |tx| outbox::sent(tx, &job, now, "250 ok"))
                .unwrap();
        }
        letters
    }
}

fn own_hand(desk: &Desk) -> Context {
    desk.context(Viewer::desk(PersonId(0)), None)
}

pub(super) struct Browser {
    app: Router,
    pub(super) cookies: BTreeMap<String, String>,
}

impl Browser {
    pub(super) async fn get(&mut self, path: &str) -> Answer {
        self.ask(Method::GET, path, &[], Body::empty()).await
    }

    pub(super) async fn get_with(&mut self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.ask(Method::GET, path, headers, Body::empty()).await
    }

    pub(super) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let pairs: Vec<String> = fields
            .iter()
            .map(|(name, text)| format!("{name}={}", percent(text)))
            .collect();
        let kind = [
            ("content-type", "application/x-www-form-urlencoded"),
            ("sec-fetch-site", "same-origin"),
        ];
        self.ask(Method::POST, path, &kind, Body::from(pairs.join("&"))).await
    }

    /// The same from a page of another site.
    pub(super) async fn forged(&mut self, path: &str) -> Answer {
        let kind = [
            ("content-type", "application/x-www-form-urlencoded"),
            ("sec-fetch-site", "cross-site"),
        ];
        self.ask(Method::POST, path, &kind, Body::empty()).await
    }

    /// A form with files: `(field, file name or nothing, content)`.
    pub(super) async fn send(&mut self, path: &str, parts: &[(&str, Option<&str>, &str)]) -> Answer {
        let mut body = String::new();
        for (name, file, content) in parts {
            let file = file.map_or(String::new(), |f| {
                format!("; filename=\"{f}\"\r\nContent-Type: text/plain")
            });
            body += &format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n{content}\r\n");
        }
        body += "--edge--\r\n";
        let kind = [
            ("content-type", "multipart/form-data; boundary=edge"),
            ("sec-fetch-site", "same-origin"),
        ];
        self.ask(Method::POST, path, &kind, Body::from(body)).await
    }

    async fn ask(&mut self, method: Method, path: &str, headers: &[(&str, &str)], body: Body) -> Answer {
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header("cookie", cookies.join("; "));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = self.app.clone().oneshot(request.body(body).unwrap()).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        for line in headers.get_all(header::SET_COOKIE) {
            let (name, rest) = line.to_str().unwrap().split_once('=').unwrap();
            self.cookies
                .insert(name.to_string(), rest.split(';').next().unwrap().to_string());
        }
        let bytes = to_bytes(response.into_body(), 64 * 1024 * 1024).await.unwrap();
        Answer {
            status,
            headers,
            bytes: bytes.len(),
            body: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }
}

fn percent(text: &str) -> String {
    text.bytes()
        .map(|b| {
            if b.is_ascii_alphanumeric() {
                char::from(b).to_string()
            } else {
                format!("%{b:02X}")
            }
        })
        .collect()
}
