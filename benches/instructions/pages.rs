//! What a person waits for, through the router of the program: a list, a ticket, a new ticket.

use std::path::Path;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, StatusCode, header};
use tokio::runtime::Runtime;
use tower::ServiceExt;
use web::{Options, State};

use crate::desk_of_500::{self, Keys, REQUESTER};
use crate::mark::Marks;
use crate::texts;

/// Some ticket in the middle, with two messages below the first.
const TICKET: &str = "/tickets/1251";

pub(crate) fn count(marks: &mut Marks, folder: &Path) {
    let desk = desk_of_500::open(folder);
    let keys = Keys::in_folder(folder);
    let doors = Doors {
        // One thread: the page is made here, and only the database has threads of its own.
        runtime: tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime"),
        app: web::app(State::new(desk, Options::default())),
    };
    let page = |path: &str| doors.ask(read(path, &keys), StatusCode::OK);
    marks.across_threads("the list of everyone, 500 tickets", 5, |_| page("/inbox/everyone"));
    marks.across_threads("the list of the unassigned", 5, |_| page("/inbox/unassigned"));
    marks.across_threads("a ticket page", 5, |_| page(TICKET));
    marks.across_threads("a ticket is created by API", 5, |n| {
        doors.ask(create(&keys, n), StatusCode::CREATED)
    });
}

struct Doors {
    runtime: Runtime,
    app: Router,
}

impl Doors {
    fn ask(&self, mut request: Request<Body>, expected: StatusCode) -> usize {
        let local = std::net::SocketAddr::from(([127, 0, 0, 1], 40_000));
        request.extensions_mut().insert(ConnectInfo(local));
        self.runtime.block_on(async {
            let path = request.uri().to_string();
            let answer = self
                .app
                .clone()
                .oneshot(request)
                .await
                .expect("the router always answers");
            let status = answer.status();
            let body = axum::body::to_bytes(answer.into_body(), usize::MAX)
                .await
                .expect("a whole answer");
            assert_eq!(status, expected, "{path}: {}", String::from_utf8_lossy(&body));
            body.len()
        })
    }
}

fn read(path: &str, keys: &Keys) -> Request<Body> {
    Request::get(path)
        .header(header::COOKIE, format!("__Host-firstline={}", keys.session))
        .body(Body::empty())
        .expect("a request")
}

fn create(keys: &Keys, n: usize) -> Request<Body> {
    let (subject, body) = (texts::title(n), texts::body(n));
    let requester = serde_json::json!({"email": REQUESTER, "name": "Counter 7"});
    let body = serde_json::json!({"subject": subject, "body": body, "requester": requester});
    Request::post("/api/firstline/v1/tickets")
        .header(header::AUTHORIZATION, format!("Bearer {}", keys.token))
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(body.to_string()))
        .expect("a request")
}
