//! A desk with everybody in it who may ask for something, and a way to ask as each of them.

use std::collections::BTreeMap;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use db::{Db, SqliteOptions, Synchronous, args};
use desk::access::{Role, Scopes, Via, Viewer};
use desk::mailboxes::{Way, intake};
use desk::organizations::{self, EditOrganization, NewOrganization};
use desk::people::{self, NewPerson};
use desk::sign_in::{self, LinkPurpose};
use desk::teams::{self, NewTeam};
use desk::tickets::{self, Channel, NewFile, NewTicket};
use desk::{Clock, Context, Desk, LetterId, Parts, PersonId, Result, TeamId, TicketNumber, Time};
use tower::ServiceExt;

/// 2026-11-17T15:22:00Z, a Tuesday morning in Toronto.
pub(crate) const NOW: Time = Time(1_794_928_920_000_000);
pub(crate) const PASSWORD: &str = "seven wet larches";
/// A letter with a file.
const LETTER: &str = "From: <owner@desk.example>\r\nSubject: Marzipan\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n\
    --b\r\n\r\nA marzipan word.\r\n--b\r\nContent-Disposition: attachment; filename=recipe.txt\r\n\r\nSugar and almonds.\r\n--b--\r\n";
/// The same as the ledger lists it.
const ATTACHED: &str =
    r#"[{"name":"recipe.txt","bytes":18,"sha256":"ad9ce73b0c880e854e7aa06b74e9b20ed17f8b5d9760aaaeca66674f9fd001af"}]"#;

/// What a ticket is to those who ask for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Relation {
    /// Asked by `owner`, of an organization that shares; no team.
    Own,
    /// Asked by `owner`, given to the private team.
    Private,
    /// Asked by `till`, of an organization that does not share.
    Other,
    Absent,
}

pub(crate) const RELATIONS: [Relation; 4] = [Relation::Own, Relation::Private, Relation::Other, Relation::Absent];

#[derive(Clone, Copy, Debug)]
pub(crate) struct Thing {
    pub(crate) ticket: TicketNumber,
    pub(crate) letter: i64,
    pub(crate) file: i64,
}

pub(crate) struct Stand {
    pub(crate) desk: Desk,
    pub(crate) app: Router,
    pub(crate) state: web::State,
    pub(crate) people: BTreeMap<&'static str, PersonId>,
    pub(crate) private: TeamId,
    _folder: tempfile::TempDir,
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default()
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.text()))
    }

    /// The body without what is new in every answer: the nonce, wherever it stands.
    pub(crate) fn lasting(&self) -> String {
        let policy = self.header("content-security-policy");
        let nonce = policy
            .split("'nonce-")
            .nth(1)
            .and_then(|rest| rest.split('\'').next())
            .unwrap_or("no nonce");
        self.text()
            .replace(nonce, "*")
            .replace(&nonce.replace('+', "&#43;").replace('=', "&#61;"), "*")
    }
}

/// A request in the making.
pub(crate) struct Ask {
    method: Method,
    path: String,
    headers: Vec<(String, String)>,
    body: Body,
}

impl Ask {
    pub(crate) fn new(method: Method, path: &str) -> Ask {
        Ask {
            method,
            path: path.to_string(),
            headers: Vec::new(),
            body: Body::empty(),
        }
    }

    pub(crate) fn with(mut self, name: &str, value: &str) -> Ask {
        self.headers.push((name.to_string(), value.to_string()));
        self
    }

    pub(crate) fn ours(self) -> Ask {
        self.with("sec-fetch-site", "same-origin")
    }

    pub(crate) fn form(mut self, body: &str) -> Ask {
        self.body = Body::from(body.to_string());
        self.with("content-type", "application/x-www-form-urlencoded")
    }

    pub(crate) fn multipart(mut self, fields: &[(&str, &str)]) -> Ask {
        let part = |(name, text): &(&str, &str)| {
            format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n")
        };
        self.body = Body::from(fields.iter().map(part).collect::<String>() + "--edge--\r\n");
        self.with("content-type", "multipart/form-data; boundary=edge")
    }

    pub(crate) fn json(self, value: &serde_json::Value) -> Ask {
        self.raw(value.to_string()).with("content-type", "application/json")
    }

    pub(crate) fn raw(mut self, body: impl Into<Body>) -> Ask {
        self.body = body.into();
        self
    }

    pub(crate) fn bearer(self, token: &str) -> Ask {
        self.with("authorization", &format!("Bearer {token}"))
    }

    pub(crate) fn session(self, secret: &str) -> Ask {
        self.with("cookie", &format!("__Host-firstline={secret}"))
    }
}

const STAFF: [(&str, Role); 5] = [
    ("admin", Role::Admin),
    ("lead", Role::Supervisor),
    ("supervisor", Role::Supervisor),
    ("member", Role::Technician),
    ("outside", Role::Technician),
];

impl Stand {
    pub(crate) fn new() -> Stand {
        let folder = tempfile::tempdir().unwrap();
        let options = SqliteOptions {
            synchronous: Synchronous::Normal,
            ..SqliteOptions::default()
        };
        let desk = Desk::open(Parts {
            db: Db::sqlite(&folder.path().join("desk.db"), options).unwrap(),
            files: desk::files::Store::open(&folder.path().join("files")).unwrap(),
            index: search::Index::in_memory().unwrap(),
            clock: Clock::set_to(NOW),
        })
        .unwrap();
        let state = web::State::new(desk.clone(), web::Options::default());
        let app = web::app(state.clone());
        let mut stand = Stand {
            desk,
            app,
            state,
            people: BTreeMap::new(),
            private: TeamId(0),
            _folder: folder,
        };
        stand.hire();
        stand
    }

    fn hire(&mut self) {
        for (name, role) in STAFF {
            self.add(name, role);
        }
        for name in ["owner", "colleague", "till", "till2", "stranger", "dummy"] {
            self.add(name, Role::Requester);
        }
        let gone = self.add("suspended", Role::Technician);
        let (cedar, larch) = (
            vec![self.id("owner"), self.id("colleague")],
            vec![self.id("till"), self.id("till2")],
        );
        let (member, lead) = (self.id("member"), self.id("lead"));
        self.private = self.write(move |tx, cx| {
            for (name, shares, members) in [("Cedar", true, cedar), ("Larch", false, larch)] {
                let id = organizations::add(
                    tx,
                    cx,
                    &NewOrganization {
                        name: name.into(),
                        ..NewOrganization::default()
                    },
                )?;
                let share = EditOrganization {
                    shares_requests: Some(shares),
                    ..EditOrganization::default()
                };
                organizations::edit(tx, cx, id, &share)?;
                for person in members {
                    tx.exec("UPDATE person SET organization = $2 WHERE id = $1", &args![person, id])?;
                }
            }
            let new = NewTeam {
                name_en: "Personnel".into(),
                name_fr: "Personnel".into(),
                private: true,
            };
            let team = teams::add(tx, cx, &new)?;
            teams::join(tx, cx, team, member)?;
            teams::join(tx, cx, team, lead)?;
            teams::lead(tx, cx, team, lead, true)?;
            people::suspend(tx, cx, gone)?;
            Ok(team)
        });
    }

    fn add(&mut self, name: &'static str, role: Role) -> PersonId {
        let new = NewPerson::new(name, &format!("{name}@desk.example"), role);
        let id = self.write(move |tx, cx| people::add(tx, cx, &new));
        self.people.insert(name, id);
        id
    }

    pub(crate) fn id(&self, name: &str) -> PersonId {
        self.people[name]
    }

    pub(crate) fn cx(&self) -> Context {
        self.desk.context(Viewer::desk(PersonId(0)), None)
    }

    /// Of the desk's own hand.
    pub(crate) fn write<T: Send + 'static>(
        &self,
        body: impl FnOnce(&mut desk::Write, &Context) -> Result<T> + Send + 'static,
    ) -> T {
        let cx = self.cx();
        self.put(move |tx| body(tx, &cx))
    }

    /// On a thread of its own: a test that asks a hundred times in one go has used up the patience of its runtime, and a
    /// wait inside it would never be woken.
    pub(crate) fn put<T: Send + 'static>(
        &self,
        body: impl FnOnce(&mut desk::Write) -> Result<T> + Send + 'static,
    ) -> T {
        std::thread::scope(|s| s.spawn(|| self.desk.write_now(body)).join())
            .expect("no panic")
            .unwrap()
    }

    pub(crate) fn get<T: Send + 'static>(&self, body: impl FnOnce(&mut desk::Read) -> Result<T> + Send + 'static) -> T {
        std::thread::scope(|s| s.spawn(|| self.desk.read_now(body)).join())
            .expect("no panic")
            .unwrap()
    }

    pub(crate) fn count(&self, sql: &'static str) -> i64 {
        self.get(move |r| Ok(r.one(sql, &[])?))
    }

    /// A ticket with a file and a letter, as this relation has it.
    pub(crate) fn thing(&self, relation: Relation) -> Thing {
        if relation == Relation::Absent {
            return Thing {
                ticket: TicketNumber(999_999),
                letter: 999_999,
                file: 999_999,
            };
        }
        let asks = self.id(if relation == Relation::Other { "till" } else { "owner" });
        let team = (relation == Relation::Private).then_some(self.private);
        let sha256 = self.desk.files().put(b"the secret file").unwrap();
        self.write(move |tx, cx| {
            let mut new = NewTicket::new(asks, Channel::Mail, "Marzipan", "A marzipan word.");
            new.team = team;
            new.files = vec![NewFile {
                name: "a.txt".into(),
                mime: "text/plain".into(),
                bytes: 15,
                sha256,
                content_id: None,
            }];
            let ticket = tickets::open(tx, cx, &new)?.number;
            let raw = LETTER.as_bytes();
            let to = ["support@desk.example".to_string()];
            let letter: LetterId = intake::keep(tx, cx.now, Way::Smtp, None, "owner@desk.example", &to, raw)?;
            tx.exec(
                "UPDATE letter SET state = 'filed', reason = '', ticket = $2, attachments = $3 WHERE id = $1",
                &args![letter, ticket, ATTACHED],
            )?;
            let file: i64 = tx.one("SELECT id FROM file WHERE ticket = $1", &args![ticket])?;
            Ok(Thing {
                ticket,
                letter: letter.0,
                file,
            })
        })
    }

    pub(crate) fn session(&self, name: &str) -> String {
        let (person, now) = (self.id(name), self.desk.now());
        self.put(move |tx| sign_in::start(tx, person, now, "203.0.113.7", "a browser"))
            .to_string()
    }

    /// A token as the database has it: also for somebody who could not make it himself now.
    pub(crate) fn token(&self, name: &str, scopes: &str) -> String {
        let (person, scopes) = (self.id(name), Scopes::parse(scopes).unwrap());
        let cx = Context { now: NOW, ..self.cx() };
        let made = self.put(move |tx| {
            let role: Role = tx.one("SELECT role FROM person WHERE id = $1", &args![person])?;
            let suspended: bool = tx.one("SELECT suspended FROM person WHERE id = $1", &args![person])?;
            tx.exec(
                "UPDATE person SET role = 'admin', suspended = FALSE WHERE id = $1",
                &args![person],
            )?;
            let secret = sign_in::add_token(tx, &cx, person, "t", scopes)?;
            tx.exec(
                "UPDATE person SET role = $2, suspended = $3 WHERE id = $1",
                &args![person, role, suspended],
            )?;
            Ok(secret)
        });
        made.to_string()
    }

    pub(crate) fn link(&self, purpose: LinkPurpose, name: &str, ticket: Option<TicketNumber>) -> String {
        let (person, now) = (self.id(name), self.desk.now());
        self.put(move |tx| sign_in::make_link(tx, purpose, Some(person), ticket, now))
            .to_string()
    }

    pub(crate) fn viewer(&self, name: &str) -> Context {
        let person = self.id(name);
        let viewer = self.get(move |r| sign_in::load_viewer(r, person, Via::Session));
        self.desk.context(viewer, None)
    }

    pub(crate) async fn ask(&self, ask: Ask) -> Answer {
        self.ask_app(&self.app, ask).await
    }

    pub(crate) async fn ask_app(&self, app: &Router, ask: Ask) -> Answer {
        Stand::answer_of(app.clone(), ask).await
    }

    /// The same for a task of its own.
    pub(crate) async fn answer_of(app: Router, ask: Ask) -> Answer {
        let mut request = Request::builder()
            .method(ask.method)
            .uri(&ask.path)
            .header(header::HOST, "desk.example");
        for (name, value) in &ask.headers {
            request = request.header(name, value);
        }
        let response = app.oneshot(request.body(ask.body).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        let streams = parts
            .headers
            .get("content-type")
            .is_some_and(|t| t.as_bytes().starts_with(b"text/event-stream"));
        // A stream never ends: its head is the answer.
        let body = if streams {
            Vec::new()
        } else {
            to_bytes(body, 64 << 20).await.unwrap().to_vec()
        };
        Answer {
            status: parts.status,
            headers: parts.headers,
            body,
        }
    }
}
