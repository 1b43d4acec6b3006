//! Requests forged by another site (S12): every route that writes refuses them first, and nothing is written.

use axum::http::{Method, StatusCode};
use web::routes;

use crate::stand::{Ask, Relation, Stand};

const FORGED: [&[(&str, &str)]; 7] = [
    &[],
    &[("origin", "https://evil.example")],
    &[("origin", "null")],
    &[("origin", "https://desk.example.evil.example")],
    &[("sec-fetch-site", "cross-site")],
    &[("sec-fetch-site", "same-site"), ("origin", "https://desk.example")],
    &[("sec-fetch-site", "none")],
];

fn written(stand: &Stand) -> [i64; 4] {
    [
        stand.count("SELECT count(*) FROM event"),
        stand.count("SELECT count(*) FROM audit"),
        stand.count("SELECT count(*) FROM session"),
        stand.count("SELECT count(*) FROM message"),
    ]
}

#[tokio::test]
async fn every_write_of_another_site_is_refused_before_anything_else() {
    let stand = Stand::new();
    let (thing, session) = (stand.thing(Relation::Own), stand.session("admin"));
    let before = written(&stand);
    let mut routes = 0;
    for route in routes::table() {
        if [Method::GET, Method::HEAD].contains(&route.method) || route.path.starts_with("/api/") {
            continue;
        }
        routes += 1;
        let path = route
            .path
            .replace("{number}", &thing.ticket.to_string())
            .replace("{id}", "1")
            .replace("{secret}", "x");
        for forged in FORGED {
            for cookie in [true, false] {
                let mut ask = Ask::new(route.method.clone(), &path).form("body=x&do=close&assignee=me");
                if cookie {
                    ask = ask.session(&session);
                }
                for (name, value) in forged {
                    ask = ask.with(name, value);
                }
                let answer = stand.ask(ask).await;
                assert_eq!(
                    answer.status,
                    StatusCode::FORBIDDEN,
                    "{} {path} with {forged:?}",
                    route.method
                );
                assert!(answer.headers.get("set-cookie").is_none());
            }
        }
    }
    assert!(routes > 50, "{routes}");
    assert_eq!(written(&stand), before, "nothing was written");
    let ours = Ask::new(Method::POST, &format!("/tickets/{}/watch", thing.ticket))
        .session(&session)
        .ours();
    assert_eq!(stand.ask(ours).await.status, StatusCode::SEE_OTHER);
    assert_eq!(written(&stand)[0], before[0] + 1, "control: our own page writes");
}

#[tokio::test]
async fn a_cookie_writes_nothing_through_the_api() {
    let stand = Stand::new();
    let session = stand.session("admin");
    for route in routes::table() {
        if route.method == Method::GET || !route.path.starts_with("/api/") {
            continue;
        }
        let path = route.path.replace("{number}", "1001");
        let answer = stand
            .ask(Ask::new(route.method.clone(), &path).session(&session).ours().raw("{}"))
            .await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{path}");
    }
}

#[tokio::test]
async fn reading_writes_no_event() {
    let stand = Stand::new();
    let (thing, session) = (stand.thing(Relation::Own), stand.session("member"));
    let before = stand.count("SELECT count(*) FROM event");
    for route in routes::table() {
        if route.method == Method::GET {
            let path = route
                .path
                .replace("{number}", &thing.ticket.to_string())
                .replace("{id}", "1")
                .replace("{view}", "mine");
            let path = path.replace("{secret}", "x").replace("{hash}/{*name}", "0/app.css");
            stand.ask(Ask::new(Method::GET, &path).session(&session)).await;
        }
    }
    assert_eq!(stand.count("SELECT count(*) FROM event"), before);
}
