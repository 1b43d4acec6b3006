//! A small desk on SQLite with a clock that stands still, and a browser for whoever wants one.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use db::{Db, SqliteOptions, Synchronous, Write};
use desk::access::{Role, Via, Viewer};
use desk::people::{self, NewPerson, Preferences, Theme};
use desk::sign_in;
use desk::teams::{self, NewTeam};
use desk::tickets::{self, Channel, NewMessage, NewTicket};
use desk::words::Lang;
use desk::{Clock, Context, Desk, Parts, PersonId, Result, TeamId, TicketNumber, Time};
use tower::ServiceExt;

/// 2026-11-17T15:24:00Z, a Tuesday morning in Toronto.
pub(crate) const NOW: Time = Time(1_794_929_040_000_000);

pub(crate) struct Company {
    pub(crate) desk: Desk,
    app: Router,
    pub(crate) admin: PersonId,
    /// A technician who reads English.
    pub(crate) cedar: PersonId,
    /// A technician who reads French, in the dark.
    pub(crate) larch: PersonId,
    pub(crate) payroll: PersonId,
    pub(crate) registry: PersonId,
    /// Nobody but its members sees its tickets; Larch is one.
    pub(crate) private: TeamId,
    _folder: tempfile::TempDir,
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn location(&self) -> &str {
        self.headers[header::LOCATION].to_str().unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |v| v.to_str().unwrap())
    }

    pub(crate) fn has(&self, words: &str) -> bool {
        self.body.contains(words)
    }
}

impl Company {
    pub(crate) fn new() -> Company {
        Company::trusting(desk::Trust::default())
    }

    /// With a way to servers on this machine.
    pub(crate) fn reaching_here() -> Company {
        let networks: outside::Networks = "127.0.0.1".parse().unwrap();
        Company::trusting(desk::Trust {
            client: Some(outside::Client::new(networks, &[])),
            ..desk::Trust::default()
        })
    }

    fn trusting(trust: desk::Trust) -> Company {
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
        let trust = desk::Trust {
            vault: desk::Vault::with_key(&[7; 32]),
            ..trust
        };
        let desk = Desk::open_with(parts, trust).unwrap();
        let add = |name: &str, address: &str, role| {
            let (cx, new) = (own_hand(&desk), NewPerson::new(name, address, role));
            desk.write_now(move |tx| people::add(tx, &cx, &new)).unwrap()
        };
        let admin = add("Office", "office@desk.example", Role::Admin);
        let (cedar, larch) = (
            add("Cedar", "cedar@desk.example", Role::Technician),
            add("Larch", "larch@desk.example", Role::Technician),
        );
        let payroll = add("Payroll office", "payroll@cedar.example", Role::Requester);
        let registry = add("Registry", "registry@cedar.example", Role::Requester);
        let cx = own_hand(&desk);
        let private = desk
            .write_now(move |tx| {
                let new = NewTeam {
                    name_en: "Inquiries".into(),
                    name_fr: "Enquêtes".into(),
                    private: true,
                };
                let team = teams::add(tx, &cx, &new)?;
                teams::join(tx, &cx, team, larch)?;
                Ok(team)
            })
            .unwrap();
        let app = web::app(web::State::new(desk.clone(), web::Options::default()));
        let company = Company {
            desk,
            app,
            admin,
            cedar,
            larch,
            payroll,
            registry,
            private,
            _folder: folder,
        };
        let french = Preferences {
            language: Some(Lang::Fr),
            theme: Some(Theme::Dark),
            ..Preferences::default()
        };
        company
            .as_person(larch, move |tx, cx| people::set_preferences(tx, cx, &french))
            .unwrap();
        company
    }

    /// What a person does through the trade, without a page.
    pub(crate) fn as_person<T: Send + 'static>(
        &self,
        person: PersonId,
        body: impl FnOnce(&mut Write, &Context) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let now = self.desk.now();
        let house = self.desk.house();
        self.desk.write_now(move |tx| {
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
    }

    /// What comes in by mail: opened by the desk itself in the requester's name.
    pub(crate) fn open(&self, from: PersonId, subject: &str, change: impl FnOnce(&mut NewTicket)) -> TicketNumber {
        let mut new = NewTicket::new(from, Channel::Mail, subject, "It does not work since this morning.");
        change(&mut new);
        let cx = own_hand(&self.desk);
        self.desk
            .write_now(move |tx| tickets::open(tx, &cx, &new))
            .unwrap()
            .number
    }

    pub(crate) fn reply(&self, by: PersonId, number: TicketNumber, words: &str) {
        let new = NewMessage {
            body: words.to_string(),
            ..NewMessage::default()
        };
        self.as_person(by, move |tx, cx| tickets::reply(tx, cx, number, &new))
            .unwrap();
    }

    pub(crate) async fn get(&self, who: PersonId, path: &str) -> Answer {
        self.ask(who, Method::GET, path, &[], Body::empty()).await
    }

    pub(crate) async fn get_with(&self, who: PersonId, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.ask(who, Method::GET, path, headers, Body::empty()).await
    }

    pub(crate) async fn post(&self, who: PersonId, path: &str, fields: &[(&str, &str)]) -> Answer {
        let pairs: Vec<String> = fields
            .iter()
            .map(|(name, text)| format!("{name}={}", percent(text)))
            .collect();
        self.post_form(who, path, &pairs.join("&")).await
    }

    /// A form as the browser writes it, for fields that are sent more than once.
    pub(crate) async fn post_form(&self, who: PersonId, path: &str, body: &str) -> Answer {
        let kind = [
            ("content-type", "application/x-www-form-urlencoded"),
            ("sec-fetch-site", "same-origin"),
        ];
        self.ask(who, Method::POST, path, &kind, Body::from(body.to_string()))
            .await
    }

    /// A form of another site, sent by the browser of somebody signed in here.
    pub(crate) async fn forged(&self, who: PersonId, path: &str, body: &str) -> Answer {
        let kind = [
            ("content-type", "application/x-www-form-urlencoded"),
            ("sec-fetch-site", "cross-site"),
        ];
        self.ask(who, Method::POST, path, &kind, Body::from(body.to_string()))
            .await
    }

    /// A form with files: `(field, file name or nothing, content)`.
    pub(crate) async fn send(&self, who: PersonId, path: &str, parts: &[(&str, Option<&str>, &str)]) -> Answer {
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
        self.ask(who, Method::POST, path, &kind, in_pieces(body)).await
    }

    async fn ask(&self, who: PersonId, method: Method, path: &str, headers: &[(&str, &str)], body: Body) -> Answer {
        let now = self.desk.now();
        let session = self
            .desk
            .write_now(move |tx| sign_in::start(tx, who, now, "", ""))
            .unwrap();
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header("cookie", format!("__Host-firstline={session}"));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = self.app.clone().oneshot(request.body(body).unwrap()).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = to_bytes(response.into_body(), 64 * 1024 * 1024).await.unwrap();
        Answer {
            status,
            headers,
            body: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }
}

/// As it comes over a network: piece by piece, with a pause before each.
fn in_pieces(body: String) -> Body {
    let pieces: Vec<Vec<u8>> = body.into_bytes().chunks(64 * 1024).map(<[u8]>::to_vec).collect();
    Body::from_stream(futures_util::stream::unfold(pieces.into_iter(), |mut rest| async {
        tokio::task::yield_now().await;
        rest.next().map(|piece| (Ok::<_, std::io::Error>(piece), rest))
    }))
}

fn own_hand(desk: &Desk) -> Context {
    desk.context(Viewer::desk(PersonId(0)), None)
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
