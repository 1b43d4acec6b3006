//! Server time: requests handed to the router of the program itself, without a network between.

use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Method, Request, StatusCode, header};
use desk::Desk;
use search::Query;
use tokio::runtime::Runtime;
use tower::ServiceExt;
use web::{Options, State};

use crate::fill::{self, Filled};
use crate::floor::Floor;
use crate::measure::{Times, processor_ms, time};
use crate::points;
use crate::report::{Figure, Figures};
use crate::tools::Chance;

const FIRST: u64 = 1_001;
const PAGES: usize = 300;
const CLIENTS: usize = 64;
const EACH: usize = 30;

pub(crate) fn measure(runtime: &Runtime, filled: &Filled, floor: &Floor, figures: &mut Figures) {
    let desk = fill::open(&filled.folder);
    let app = web::app(State::new(desk.clone(), Options::default()));
    let pages = Pages {
        runtime,
        app: &app,
        session: &filled.session,
    };
    lists(&pages, floor, figures);
    team_board(&pages, figures);
    one_ticket(&pages, filled, floor, figures);
    searching(&pages, filled, desk.index(), figures);
    likely(&pages, filled, &desk, figures);
    create_alone(&pages, filled, floor, figures);
    create_in_a_crowd(runtime, &app, filled, floor, figures);
}

struct Pages<'a> {
    runtime: &'a Runtime,
    app: &'a Router,
    session: &'a str,
}

impl Pages<'_> {
    fn get(&self, path: &str) -> usize {
        let cookie = format!("__Host-firstline={}", self.session);
        let request = Request::get(path)
            .header(header::COOKIE, cookie)
            .body(Body::empty())
            .expect("a request");
        let (status, size) = self.runtime.block_on(ask(self.app.clone(), request));
        assert_eq!(status, StatusCode::OK, "{path}");
        size
    }

    /// Wall time and processor time of each, in milliseconds.
    fn times(&self, mut path: impl FnMut(usize) -> String) -> (Times, f64) {
        let paths: Vec<String> = (0..PAGES).map(&mut path).collect();
        let warm = time(PAGES / 5, |n| self.get(&paths[n % PAGES]));
        drop(warm);
        let before = processor_ms();
        let mut begun = Vec::with_capacity(PAGES);
        for path in &paths {
            let at = Instant::now();
            self.get(path);
            begun.push(at.elapsed());
        }
        #[expect(clippy::cast_precision_loss)]
        let spent = (processor_ms() - before) / PAGES as f64;
        (Times::of(begun), spent)
    }
}

async fn ask(app: Router, mut request: Request<Body>) -> (StatusCode, usize) {
    let local = std::net::SocketAddr::from(([127, 0, 0, 1], 40_000));
    request.extensions_mut().insert(ConnectInfo(local));
    let answer = app.oneshot(request).await.expect("the router always answers");
    let status = answer.status();
    let body = axum::body::to_bytes(answer.into_body(), usize::MAX)
        .await
        .expect("a whole answer");
    (status, body.len())
}

fn lists(pages: &Pages<'_>, floor: &Floor, figures: &mut Figures) {
    let raw = time(PAGES, |_| floor.list()).median();
    let views = [
        ("everyone", "inbox, everyone, page of 50"),
        ("unassigned", "inbox, unassigned"),
        ("mine", "inbox, mine"),
    ];
    for (view, name) in views {
        let (times, spent) = pages.times(|_| format!("/inbox/{view}"));
        let figure = Figure::new(name, "ms", times.median()).budget(5.0).grows();
        figures.add(if view == "everyone" {
            figure.floor(raw, 150.0)
        } else {
            figure
        });
        if view == "everyone" {
            figures.add(Figure::new("inbox, everyone, p99", "ms", times.quantile(0.99)));
            figures.add(Figure::new("inbox, everyone, processor", "ms", spent));
        }
    }
}

/// From sums: as soon answered at a million tickets as at a thousand.
fn team_board(pages: &Pages<'_>, figures: &mut Figures) {
    let (times, spent) = pages.times(|_| "/team".to_string());
    figures.add(Figure::new("team board", "ms", times.median()).budget(10.0).grows());
    figures.add(Figure::new("team board, p99", "ms", times.quantile(0.99)));
    figures.add(Figure::new("team board, processor", "ms", spent));
}

fn one_ticket(pages: &Pages<'_>, filled: &Filled, floor: &Floor, figures: &mut Figures) {
    let numbers = numbers(filled, PAGES);
    let raw = time(PAGES, |n| floor.ticket(numbers[n % PAGES].cast_signed())).median();
    let (times, spent) = pages.times(|n| format!("/tickets/{}", numbers[n]));
    figures.add(
        Figure::new("ticket page", "ms", times.median())
            .budget(3.0)
            .floor(raw, 400.0)
            .grows(),
    );
    figures.add(Figure::new("ticket page, p99", "ms", times.quantile(0.99)));
    figures.add(Figure::new("ticket page, processor", "ms", spent));
}

fn searching(pages: &Pages<'_>, filled: &Filled, index: &search::Index, figures: &mut Figures) {
    let questions: Vec<String> = numbers(filled, PAGES).iter().map(|n| two_words(filled, *n)).collect();
    let ask = |n: usize| {
        let text = questions[n % PAGES].clone();
        index
            .find(&Query {
                text,
                kinds: vec!["ticket".to_string()],
                limit: 20,
                ..Query::default()
            })
            .expect("an answer")
            .total
    };
    let raw = time(PAGES, ask).median();
    let (times, spent) = pages.times(|n| format!("/search?q={}", questions[n].replace(' ', "+")));
    figures.add(
        Figure::new("two-word search page", "ms", times.median())
            .budget(15.0)
            .floor(raw, 300.0),
    );
    figures.add(Figure::new("two-word search page, p99", "ms", times.quantile(0.99)));
    figures.add(Figure::new("two-word search page, processor", "ms", spent));
}

/// What is likely to solve a ticket, with its words and reasons, after one ticket in five has taught something.
fn likely(pages: &Pages<'_>, filled: &Filled, desk: &Desk, figures: &mut Figures) {
    fill::teach(desk, filled, FIRST);
    let numbers = numbers(filled, PAGES);
    let (times, spent) = pages.times(|n| format!("/tickets/{}/likely", numbers[n]));
    figures.add(Figure::new("likely solutions, p95", "ms", times.quantile(0.95)).budget(25.0));
    figures.add(Figure::new("likely solutions, processor", "ms", spent));
    points::measure(filled, figures);
}

fn numbers(filled: &Filled, count: usize) -> Vec<u64> {
    let mut chance = Chance::new("tickets asked for");
    (0..count)
        .map(|_| chance.between(FIRST, FIRST + filled.tickets as u64))
        .collect()
}

/// Two longer words of some ticket's title.
fn two_words(filled: &Filled, n: u64) -> String {
    let plain = |word: &&str| word.len() > 3 && word.bytes().all(|b| b.is_ascii_alphabetic());
    let mut words = filled
        .texts
        .iter()
        .cycle()
        .skip(n as usize % filled.texts.len())
        .filter_map(|text| {
            let words: Vec<&str> = text.title.split_whitespace().filter(plain).take(2).collect();
            (words.len() == 2).then(|| words.join(" "))
        });
    words.next().expect("some title has two words")
}

fn new_ticket(token: &str, text: &fill::Text, n: usize) -> Request<Body> {
    let subject: String = text.title.chars().take(250).collect();
    let requester = serde_json::json!({"email": format!("counter{n}@branch{}.example", n % 200), "name": "Counter"});
    let body = serde_json::json!({"subject": subject, "body": text.body, "requester": requester}).to_string();
    let request = Request::builder().method(Method::POST).uri("/api/firstline/v1/tickets");
    let request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
    request
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(body))
        .expect("a request")
}

/// Turn about with the floor, so that both have the same disk.
fn create_alone(pages: &Pages<'_>, filled: &Filled, floor: &Floor, figures: &mut Figures) {
    let (mut ours, mut raw, mut spent) = (Vec::new(), Vec::new(), 0.0);
    for round in 0..20 {
        raw.extend((0..15).map(|_| floor.create()));
        let before = processor_ms();
        for n in 0..15 {
            let n = round * 15 + n;
            let request = new_ticket(&filled.tokens[n % 8], &filled.texts[n % filled.texts.len()], n);
            let begun = Instant::now();
            let (status, _) = pages.runtime.block_on(ask(pages.app.clone(), request));
            ours.push(begun.elapsed());
            assert_eq!(status, StatusCode::CREATED);
        }
        spent += processor_ms() - before;
    }
    let (ours, raw) = (Times::of(ours), Times::of(raw));
    let figure = Figure::new("create by API, one client", "ms", ours.median()).grows();
    figures.add(figure.budget(raw.median() * 1.5 + 1.0).floor(raw.median(), 8.0));
    figures.add(Figure::new("create by API, one client, p99", "ms", ours.quantile(0.99)));
    figures.add(Figure::new("create by API, processor", "ms", spent / 300.0));
}

fn create_in_a_crowd(runtime: &Runtime, app: &Router, filled: &Filled, floor: &Floor, figures: &mut Figures) {
    let (mut ours, mut raw) = (Duration::ZERO, Duration::ZERO);
    for round in 0..3 {
        raw += (0..EACH).map(|_| floor.group(CLIENTS)).sum::<Duration>();
        let begun = Instant::now();
        runtime.block_on(async {
            let client = |c: usize| {
                let requests: Vec<_> = (0..EACH)
                    .map(|n| {
                        new_ticket(
                            &filled.tokens[c],
                            &filled.texts[(c * EACH + n + round) % filled.texts.len()],
                            n,
                        )
                    })
                    .collect();
                let app = app.clone();
                tokio::spawn(async move {
                    for request in requests {
                        assert_eq!(ask(app.clone(), request).await.0, StatusCode::CREATED);
                    }
                })
            };
            for client in (0..CLIENTS).map(client).collect::<Vec<_>>() {
                client.await.expect("a client is served");
            }
        });
        ours += begun.elapsed();
    }
    #[expect(clippy::cast_precision_loss)]
    let rate = |took: Duration| (3 * EACH * CLIENTS) as f64 / took.as_secs_f64();
    let figure = Figure::new("create by API, 64 clients", "/s", rate(ours)).large();
    figures.add(figure.budget(rate(raw) / 3.0).floor(rate(raw), 20.0));
}
