//! Security headers (A25): every route, by its class, on every kind of answer.

use axum::http::{Method, StatusCode};
use desk::sign_in::LinkPurpose;
use web::routes::{self, Class};

use crate::stand::{Answer, Ask, PASSWORD, Relation, Stand};

const LETTER: &str = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; base-uri 'none'; form-action 'none'";
const DOWNLOAD: &str = "sandbox; default-src 'none'; frame-ancestors 'none'";
const DATA: &str = "default-src 'none'; frame-ancestors 'none'";
const ASSET: &str = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; frame-ancestors 'none'";
const WORKER: &str = "default-src 'none'; connect-src 'self'; frame-ancestors 'none'";

fn nonce_of(policy: &str) -> &str {
    policy
        .split("'nonce-")
        .nth(1)
        .and_then(|rest| rest.split('\'').next())
        .unwrap_or_default()
}

fn policy(class: Class, nonce: &str) -> String {
    match class {
        // No site is named on this desk: then a frame is a page like others.
        Class::Page | Class::Frame => format!(
            "default-src 'self'; img-src 'self' blob: data:; style-src 'self' 'nonce-{nonce}'; script-src 'self' 'nonce-{nonce}'; \
             frame-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; \
             require-trusted-types-for 'script'; trusted-types firstline default"
        ),
        Class::Letter => LETTER.into(),
        Class::Download => DOWNLOAD.into(),
        Class::Data | Class::Stream | Class::Loader => DATA.into(),
        Class::Asset => ASSET.into(),
        Class::Worker => WORKER.into(),
    }
}

/// What is wrong with the headers of an answer of this class.
fn complaints(class: Class, answer: &Answer) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut must = |name: &str, wanted: &str| {
        if answer.header(name) != wanted || answer.headers.get_all(name).iter().count() != 1 {
            wrong.push(format!("{name}: {:?}, not {wanted:?}", answer.header(name)));
        }
    };
    let found = answer.header("content-security-policy");
    let nonce = nonce_of(found).to_string();
    must("content-security-policy", &policy(class, &nonce));
    must("x-content-type-options", "nosniff");
    must("cross-origin-opener-policy", "same-origin");
    must(
        "cross-origin-resource-policy",
        // The one thing other sites are meant to load.
        if class == Class::Loader {
            "cross-origin"
        } else {
            "same-origin"
        },
    );
    must(
        "x-frame-options",
        if class == Class::Letter { "SAMEORIGIN" } else { "DENY" },
    );
    if class == Class::Page && nonce.len() < 22 {
        wrong.push("the nonce is short".into());
    }
    if !["same-origin", "no-referrer"].contains(&answer.header("referrer-policy")) {
        wrong.push(format!("referrer-policy: {:?}", answer.header("referrer-policy")));
    }
    if class != Class::Letter && (found.contains("unsafe-inline") || found.contains("unsafe-eval")) {
        wrong.push("unsafe".into());
    }
    for line in answer.headers.get_all("set-cookie") {
        let line = line.to_str().unwrap();
        let session = line.starts_with("__Host-firstline=") || line.starts_with("__Host-chat=");
        let strict = ["; Path=/", "; HttpOnly", "; Secure", "; SameSite=Lax"]
            .iter()
            .all(|part| line.contains(part));
        let good = if session {
            strict && !line.contains("Domain=")
        } else {
            line.starts_with("lang=")
        };
        if !good {
            wrong.push(format!("cookie: {line}"));
        }
    }
    wrong
}

fn filled(path: &str, stand: &Stand, relation: Relation) -> String {
    let thing = stand.thing(relation);
    let id = match path {
        p if p.contains("/letters") => thing.letter,
        p if p.contains("/people") => stand.id("dummy").0,
        _ => thing.file,
    };
    path.replace("{number}", &thing.ticket.to_string())
        .replace("{id}", &id.to_string())
        .replace("{rule}", "1")
        .replace("{view}", "everyone")
        .replace(
            "{secret}",
            &stand.link(
                LinkPurpose::Ticket,
                "owner",
                Some(thing.ticket).filter(|_| relation != Relation::Absent),
            ),
        )
        .replace("{hash}/{*name}", "0/app.css")
}

#[tokio::test]
async fn every_route_answers_under_the_policy_of_its_class() {
    let stand = Stand::new();
    let (session, token) = (stand.session("admin"), stand.token("admin", "read,write,admin"));
    let (mut wrong, mut asked) = (Vec::new(), 0);
    for route in routes::table() {
        for relation in [Relation::Own, Relation::Absent] {
            for signed_in in [true, false] {
                let mut ask = Ask::new(route.method.clone(), &filled(route.path, &stand, relation)).ours();
                if signed_in && route.path != "/sign-out" {
                    ask = ask.session(&session).bearer(&token);
                }
                let answer = stand.ask(ask).await;
                asked += 1;
                let personal = signed_in && route.class == Class::Page && answer.status == StatusCode::OK;
                let mut found = complaints(route.class, &answer);
                let cached = answer.header("cache-control");
                if personal && !["/en", "/fr"].iter().any(|l| route.path.starts_with(l)) && cached != "no-store" {
                    found.push(format!("cache-control: {cached:?}"));
                }
                // These are the same for everybody, and nobody is named on them.
                let for_all = [
                    "/en/status",
                    "/fr/status",
                    "/en/help/feed",
                    "/fr/help/feed",
                    "/robots.txt",
                    "/sitemap.xml",
                ];
                let for_all = for_all.contains(&route.path);
                if cached.contains("public") && !for_all && ![Class::Asset, Class::Loader].contains(&route.class) {
                    found.push(format!("a shared cache may keep it: {cached:?}"));
                }
                wrong.extend(
                    found
                        .into_iter()
                        .map(|f| format!("{} {} {}: {f}", route.method, route.path, answer.status)),
                );
            }
        }
    }
    wrong.sort();
    wrong.dedup();
    assert!(wrong.is_empty(), "of {asked}:\n{}", wrong.join("\n"));
}

#[tokio::test]
async fn pages_of_the_portal_are_never_stored_once_somebody_is_signed_in() {
    let stand = Stand::new();
    let (thing, session) = (stand.thing(Relation::Own), stand.session("owner"));
    for path in [
        "/en".to_string(),
        "/en/ask".into(),
        "/en/requests".into(),
        format!("/en/requests/{}", thing.ticket),
    ] {
        let answer = stand.ask(Ask::new(Method::GET, &path).session(&session)).await;
        assert_eq!(
            (answer.status, answer.header("cache-control")),
            (StatusCode::OK, "no-store"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn refusals_carry_the_headers_too() {
    let stand = Stand::new();
    let (session, token) = (stand.session("member"), stand.token("member", "read,write"));
    let ticket = stand.thing(Relation::Own).ticket;
    let json = |body: Vec<u8>| {
        Ask::new(Method::PUT, &format!("/api/firstline/v1/tickets/{ticket}/solution"))
            .bearer(&token)
            .with("content-type", "application/json")
            .raw(body)
    };
    let cases = [
        (404, Class::Page, Ask::new(Method::GET, "/nowhere")),
        (404, Class::Page, Ask::new(Method::GET, "/api/nowhere")),
        (405, Class::Page, Ask::new(Method::DELETE, "/health").ours()),
        (405, Class::Page, Ask::new(Method::PATCH, "/api/firstline/v1/tickets")),
        (403, Class::Page, Ask::new(Method::POST, "/sign-in")),
        (
            404,
            Class::Page,
            Ask::new(Method::GET, "/tickets/999999").session(&session),
        ),
        (
            422,
            Class::Page,
            Ask::new(Method::POST, "/sign-in").ours().form("address=x&password=y"),
        ),
        (413, Class::Data, json(vec![b' '; 3 << 20])),
        (401, Class::Data, Ask::new(Method::GET, "/api/firstline/v1/tickets")),
    ];
    for (status, class, ask) in cases {
        let answer = stand.ask(ask).await;
        assert_eq!(answer.status.as_u16(), status, "{}", answer.text());
        assert_eq!(complaints(class, &answer), Vec::<String>::new(), "{status}");
        assert_eq!(answer.header("cache-control"), "no-store", "{status}");
    }
}

#[tokio::test]
async fn a_fault_says_a_number_and_nothing_else() {
    let stand = Stand::new();
    let (session, token) = (stand.session("member"), stand.token("member", "read"));
    stand.write(|tx, _| {
        tx.exec("ALTER TABLE ticket RENAME TO secret_canary", &[])?;
        Ok(())
    });
    for ask in [
        Ask::new(Method::GET, "/inbox/everyone").session(&session),
        Ask::new(Method::GET, "/api/firstline/v1/tickets").bearer(&token),
    ] {
        let answer = stand.ask(ask).await;
        assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert!(
            answer
                .header("content-security-policy")
                .contains("frame-ancestors 'none'")
        );
        let text = answer.text();
        assert!(
            !text.contains("canary") && !text.contains("ticket t") && !text.contains("no such table"),
            "{text}"
        );
    }
}

#[tokio::test]
async fn the_session_cookie_is_bound_to_this_host() {
    let stand = Stand::new();
    let person = stand.id("member");
    stand.write(move |tx, cx| desk::sign_in::set_password(tx, cx, person, &desk::sign_in::hash(PASSWORD)?));
    let form = format!("address=member%40desk.example&password={}", PASSWORD.replace(' ', "+"));
    let answer = stand.ask(Ask::new(Method::POST, "/sign-in").ours().form(&form)).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert!(answer.header("set-cookie").starts_with("__Host-firstline="));
    assert_eq!(complaints(Class::Page, &answer), Vec::<String>::new());
}

#[tokio::test]
async fn a_nonce_is_never_used_twice() {
    let stand = Stand::new();
    let session = stand.session("member");
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..20 {
        let answer = stand.ask(Ask::new(Method::GET, "/inbox/mine").session(&session)).await;
        assert!(seen.insert(nonce_of(answer.header("content-security-policy")).to_string()));
    }
}

#[tokio::test]
async fn the_checker_sees_a_missing_header() {
    let stand = Stand::new();
    let mut answer = stand.ask(Ask::new(Method::GET, "/sign-in")).await;
    assert_eq!(complaints(Class::Page, &answer), Vec::<String>::new());
    assert!(!complaints(Class::Data, &answer).is_empty(), "another class");
    answer.headers.append(
        "set-cookie",
        "__Host-firstline=x; Path=/; HttpOnly; SameSite=Lax".parse().unwrap(),
    );
    assert_eq!(complaints(Class::Page, &answer).len(), 1, "a cookie that is not Secure");
    answer.headers.remove("x-content-type-options");
    assert_eq!(complaints(Class::Page, &answer).len(), 2);
}
