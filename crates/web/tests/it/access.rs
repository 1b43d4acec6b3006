//! The access matrix (A1): every route of the table has a line here, and each line is asked by everybody about every
//! relation. A route without a line fails; so does a line without a route.

mod admin;
mod lines;
mod question;
mod team;

use std::collections::BTreeSet;

use axum::http::{Method, StatusCode};
use desk::access::Viewer;
use desk::sign_in::LinkPurpose;
use desk::tickets::{self, Solution};

use self::lines::Rule::{
    Admin, Anybody, Board, File, Lead, Nobody, OwnRequest, Request, Secret, SignedIn, Staff, Ticket,
};
use self::lines::Rule::{
    Token, TokenAdmin, TokenNobody, TokenOpens, TokenReads, TokenReopens, TokenSees, TokenStaff, TokenStaffWrites,
    TokenWorks,
};
use self::lines::{LINES, Rule};
use self::question::question;
use crate::stand::{Answer, Ask, RELATIONS, Relation, Stand, Thing};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expect {
    SignIn,
    Unauthorized,
    Nothing,
    In,
}

fn judge(answer: &Answer) -> Result<Expect, String> {
    match answer.status {
        StatusCode::SEE_OTHER if answer.header("location").contains("/sign-in") => Ok(Expect::SignIn),
        StatusCode::UNAUTHORIZED => Ok(Expect::Unauthorized),
        StatusCode::NOT_FOUND => Ok(Expect::Nothing),
        s if s == StatusCode::FORBIDDEN || s.is_server_error() => Err(format!("{s}: {}", answer.text())),
        _ => Ok(Expect::In),
    }
}

/// What is wrong with an answer, if anything.
fn complaint(wanted: Expect, got: &Result<Expect, String>) -> Option<String> {
    match got {
        Ok(found) if *found == wanted => None,
        other => Some(format!("wanted {wanted:?}, got {other:?}")),
    }
}

const STAFF: [&str; 5] = ["admin", "lead", "supervisor", "member", "outside"];
const PEOPLE: [&str; 12] = [
    "anonymous",
    "admin",
    "lead",
    "supervisor",
    "member",
    "outside",
    "owner",
    "colleague",
    "till",
    "till2",
    "stranger",
    "suspended",
];

fn staff(who: &str) -> bool {
    STAFF.contains(&who)
}

/// Who sees a ticket of this relation, in one place and in plain words.
fn sees(who: &str, relation: Relation) -> bool {
    match relation {
        Relation::Absent => false,
        Relation::Own => staff(who) || ["owner", "colleague"].contains(&who),
        Relation::Private => ["admin", "lead", "member", "owner", "colleague"].contains(&who),
        Relation::Other => staff(who) || who == "till",
    }
}

fn owns(who: &str, relation: Relation) -> bool {
    matches!(
        (who, relation),
        ("owner", Relation::Own | Relation::Private) | ("till", Relation::Other)
    )
}

fn expected(rule: Rule, who: &str, relation: Relation) -> Expect {
    let anonymous = who == "anonymous" || who == "suspended";
    let may = match rule {
        Anybody => return Expect::In,
        Secret => return Expect::Nothing,
        _ if anonymous => return Expect::SignIn,
        SignedIn => true,
        Nobody => false,
        Staff => staff(who),
        Admin => who == "admin",
        Board => staff(who) && who != "outside",
        Lead => who == "lead",
        Ticket => staff(who) && sees(who, relation),
        File => sees(who, relation),
        Request => !staff(who) && sees(who, relation),
        OwnRequest => owns(who, relation),
        _ => unreachable!("asked with tokens"),
    };
    if may { Expect::In } else { Expect::Nothing }
}

fn expected_of_token(rule: Rule, who: &str, scopes: &str, relation: Relation, letter: bool) -> Expect {
    if who == "suspended" || who == "anonymous" {
        return Expect::Unauthorized;
    }
    let (read, write, admin) = (
        scopes.contains("read"),
        scopes.contains("write"),
        scopes.contains("admin"),
    );
    let may = match rule {
        Token => read,
        TokenOpens => read && write,
        TokenSees => read && sees(who, relation),
        TokenReads => read && staff(who) && sees(who, relation),
        TokenWorks => read && write && staff(who) && sees(who, relation),
        TokenReopens => read && write && (owns(who, relation) || (staff(who) && sees(who, relation))),
        TokenStaff => read && staff(who) && (!letter || sees(who, relation)),
        TokenStaffWrites => read && write && staff(who),
        TokenNobody => false,
        TokenAdmin => admin && who == "admin",
        _ => unreachable!("asked with sessions"),
    };
    if may { Expect::In } else { Expect::Nothing }
}

fn lines() -> Vec<(String, String, Rule)> {
    let both = |(method, path, rule): &(&str, &str, Rule)| {
        let languages: &[&str] = if path.starts_with("/{lang}") {
            &["/en", "/fr"]
        } else {
            &[""]
        };
        let one = |lang: &&str| (method.to_string(), path.replace("/{lang}", lang), *rule);
        languages.iter().map(one).collect::<Vec<_>>()
    };
    LINES.iter().chain(team::LINES).flat_map(both).collect()
}

fn is_token(rule: Rule) -> bool {
    matches!(
        rule,
        Token
            | TokenStaff
            | TokenStaffWrites
            | TokenNobody
            | TokenAdmin
            | TokenReads
            | TokenSees
            | TokenWorks
            | TokenOpens
            | TokenReopens
    )
}

#[test]
fn every_route_has_a_line_and_every_line_a_route() {
    let routes: BTreeSet<(String, String)> = web::routes::table()
        .iter()
        .map(|r| (r.method.to_string(), r.path.to_string()))
        .collect();
    let lines: BTreeSet<(String, String)> = lines().into_iter().map(|(m, p, _)| (m, p)).collect();
    let missing: Vec<_> = routes.difference(&lines).collect();
    let stale: Vec<_> = lines.difference(&routes).collect();
    assert!(
        missing.is_empty() && stale.is_empty(),
        "without a line: {missing:?}; without a route: {stale:?}"
    );
    assert!(routes.len() > 100);
}

/// Routes whose answer to everybody is `In` may still say 404 for want of a key or an asset.
fn wants_nothing_in_particular(path: &str) -> bool {
    ["/setup", "/metrics"].contains(&path) || path.starts_with("/assets")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_answer_everybody_as_the_matrix_says() {
    let stand = Stand::new();
    let dummy = stand.id("dummy").0;
    let (mut wrong, mut asked) = (Vec::new(), 0);
    for (method, path, rule) in lines().into_iter().filter(|(_, _, rule)| !is_token(*rule)) {
        for who in PEOPLE {
            // A node of his own: how often one network may send forms is counted by the node.
            let node = web::app(web::State::new(stand.desk.clone(), web::Options::default()));
            let ask_as = |thing: &Thing| {
                let ask = question(&method, &path, thing, dummy);
                if who == "anonymous" {
                    ask
                } else {
                    ask.session(&stand.session(who))
                }
            };
            let absent = stand.ask_app(&node, ask_as(&stand.thing(Relation::Absent))).await;
            for relation in RELATIONS {
                if relation != Relation::Own && !path.contains('{') {
                    continue;
                }
                asked += 1;
                let answer = stand.ask_app(&node, ask_as(&stand.thing(relation))).await;
                if path == "/sign-out" {
                    assert_eq!(judge(&answer), Ok(Expect::SignIn), "whoever leaves is at the door");
                    continue;
                }
                if wants_nothing_in_particular(&path) {
                    assert_ne!(judge(&answer), Ok(Expect::SignIn), "{path}");
                    continue;
                }
                let wanted = expected(rule, who, relation);
                let mut found = complaint(wanted, &judge(&answer));
                let same = (answer.status, answer.lasting()) == (absent.status, absent.lasting());
                if wanted == Expect::Nothing && ![Staff, Admin, Board, Lead].contains(&rule) && !same {
                    found = Some(format!(
                        "not the answer to what is absent: {} / {}",
                        answer.lasting(),
                        absent.lasting()
                    ));
                }
                wrong.extend(found.map(|f| format!("{method} {path} by {who} on {relation:?}: {f}")));
            }
        }
    }
    assert!(asked > 2000, "{asked}");
    assert!(
        wrong.is_empty(),
        "{} wrong of {asked}:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_api_answers_every_token_as_the_matrix_says() {
    let stand = Stand::new();
    let mut wrong = Vec::new();
    for who in PEOPLE {
        for scopes in ["read", "write", "admin", "read,write", "read,write,admin"] {
            let token = if who == "anonymous" {
                "fl_nobody".to_string()
            } else {
                stand.token(who, scopes)
            };
            // A session is no token: the cookie opens nothing here.
            for (method, path, rule) in lines().into_iter().filter(|(_, _, rule)| is_token(*rule)) {
                // A node of its own for each line: how often one token may ask is counted by the node.
                let node = web::app(web::State::new(stand.desk.clone(), web::Options::default()));
                for relation in RELATIONS {
                    if relation != Relation::Own && !path.contains('{') {
                        continue;
                    }
                    let thing = stand.thing(relation);
                    if method == "DELETE" && relation != Relation::Absent {
                        let number = thing.ticket;
                        let cx = desk::Context {
                            viewer: Viewer::desk(stand.id("member")),
                            ..stand.cx()
                        };
                        stand.put(move |tx| tickets::solve(tx, &cx, number, &Solution::default()));
                    }
                    let ask = question(&method, &path, &thing, 0).bearer(&token);
                    let answer = stand.ask_app(&node, ask).await;
                    let wanted = expected_of_token(rule, who, scopes, relation, path.contains("/letters/{id}"));
                    let mut found = complaint(wanted, &judge(&answer));
                    if answer.status == StatusCode::TOO_MANY_REQUESTS {
                        found = Some("the throttle hides the answer".into());
                    }
                    if wanted == Expect::Nothing && found.is_none() {
                        let absent = question(&method, &path, &stand.thing(Relation::Absent), 0).bearer(&token);
                        let absent = stand.ask_app(&node, absent).await;
                        if (answer.status, answer.lasting()) != (absent.status, absent.lasting()) {
                            found = Some("not the answer to what is absent".into());
                        }
                    }
                    wrong.extend(found.map(|f| format!("{method} {path} by {who} ({scopes}) on {relation:?}: {f}")));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[tokio::test]
async fn a_session_opens_nothing_in_the_api_and_a_token_no_page() {
    let stand = Stand::new();
    let (session, token) = (stand.session("admin"), stand.token("admin", "read,write,admin"));
    for (method, path, rule) in lines() {
        let ask = question(&method, &path, &stand.thing(Relation::Own), stand.id("dummy").0);
        if is_token(rule) {
            assert_eq!(
                judge(&stand.ask(ask.session(&session)).await),
                Ok(Expect::Unauthorized),
                "{method} {path}"
            );
        } else if !matches!(rule, Anybody | Secret) {
            assert_eq!(
                judge(&stand.ask(ask.bearer(&token)).await),
                Ok(Expect::SignIn),
                "{method} {path}"
            );
        }
    }
}

#[tokio::test]
async fn a_keyed_link_opens_its_request_and_nothing_else() {
    let stand = Stand::new();
    let (own, other) = (stand.thing(Relation::Own), stand.thing(Relation::Other));
    let secret = stand.link(LinkPurpose::Ticket, "owner", Some(own.ticket));
    let get = |path: String| stand.ask(Ask::new(Method::GET, &path));
    let page = get(format!("/en/k/{secret}")).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text().contains("A marzipan word."));
    assert_eq!(page.header("referrer-policy"), "no-referrer");
    assert_eq!(
        get(format!("/en/k/{secret}/files/{}", own.file)).await.status,
        StatusCode::OK
    );
    let elsewhere = get(format!("/en/k/{secret}/files/{}", other.file)).await;
    let absent = get(format!("/en/k/{secret}/files/999999")).await;
    assert_eq!(
        (elsewhere.status, elsewhere.lasting()),
        (StatusCode::NOT_FOUND, absent.lasting())
    );
    for path in [
        format!("/tickets/{}", own.ticket),
        format!("/files/{}", own.file),
        "/en/requests".into(),
        "/me".into(),
    ] {
        let as_session = stand.ask(Ask::new(Method::GET, &path).session(&secret)).await;
        assert_eq!(judge(&as_session), Ok(Expect::SignIn), "the link is no session: {path}");
    }
    let forged = stand.link(LinkPurpose::Ticket, "stranger", Some(own.ticket));
    assert_eq!(
        get(format!("/en/k/{forged}")).await.status,
        StatusCode::NOT_FOUND,
        "only while the request is his"
    );
    let of_another_kind = stand.link(LinkPurpose::SignIn, "owner", None);
    assert_eq!(
        get(format!("/en/k/{of_another_kind}")).await.status,
        StatusCode::NOT_FOUND
    );
    stand.desk.clock().advance(90 * desk::clock::DAY);
    assert_eq!(
        get(format!("/en/k/{secret}")).await.status,
        StatusCode::NOT_FOUND,
        "after 90 days"
    );
}

#[tokio::test]
async fn searches_lists_and_counts_show_what_the_ticket_page_would() {
    let stand = Stand::new();
    let things = [Relation::Own, Relation::Private, Relation::Other].map(|r| (r, stand.thing(r)));
    desk::finding::catch_up(&stand.desk).await.unwrap();
    for who in STAFF {
        let (session, token) = (stand.session(who), stand.token(who, "read"));
        let page = |path: &'static str| stand.ask(Ask::new(Method::GET, path).session(&session));
        let api = |path: &'static str| stand.ask(Ask::new(Method::GET, path).bearer(&token));
        let pages = [
            page("/search?q=marzipan").await.text(),
            page("/inbox/everyone").await.text(),
            page("/inbox/unassigned").await.text(),
        ];
        let found = api("/api/firstline/v1/search?q=marzipan&kind=ticket").await.json();
        let listed = api("/api/firstline/v1/tickets").await.json();
        let letters = api("/api/firstline/v1/letters").await.json();
        for (relation, thing) in &things {
            let (number, wanted) = (thing.ticket.0, sees(who, *relation));
            for text in &pages {
                assert_eq!(
                    text.contains(&format!("/tickets/{number}")),
                    wanted,
                    "a page for {who}: {relation:?}"
                );
            }
            let has = |list: &serde_json::Value, field: &str| {
                list["items"].as_array().unwrap().iter().any(|i| i[field] == number)
            };
            assert_eq!(has(&found, "id"), wanted, "search for {who}: {relation:?}");
            assert_eq!(has(&listed, "number"), wanted, "list for {who}: {relation:?}");
            assert_eq!(has(&letters, "ticket"), wanted, "letters for {who}: {relation:?}");
        }
        let cx = stand.viewer(who);
        let all = desk::views::Standard::Everyone.condition();
        let count = stand.get(move |r| tickets::count(r, &cx, &all));
        assert_eq!(
            usize::try_from(count).unwrap(),
            things.iter().filter(|(r, _)| sees(who, *r)).count(),
            "count for {who}"
        );
    }
    for who in ["owner", "colleague", "till", "till2", "stranger"] {
        let token = stand.token(who, "read");
        let listed = stand
            .ask(Ask::new(Method::GET, "/api/firstline/v1/tickets").bearer(&token))
            .await
            .json();
        let numbers: BTreeSet<i64> = listed["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|i| i["number"].as_i64().unwrap())
            .collect();
        let wanted: BTreeSet<i64> = things
            .iter()
            .filter(|(r, _)| sees(who, *r))
            .map(|(_, t)| t.ticket.0)
            .collect();
        assert_eq!(numbers, wanted, "{who}");
    }
}

#[tokio::test]
async fn an_administrators_look_is_on_record_however_he_looks() {
    let stand = Stand::new();
    let (own, private) = (stand.thing(Relation::Own), stand.thing(Relation::Private));
    let looks = || stand.count("SELECT count(*) FROM audit WHERE action = 'looked at a private ticket'");
    let (session, token) = (stand.session("admin"), stand.token("admin", "read"));
    let page = |n: desk::TicketNumber| Ask::new(Method::GET, &format!("/tickets/{n}")).session(&session);
    stand.ask(page(own.ticket)).await;
    assert_eq!(looks(), 0);
    stand.ask(page(private.ticket)).await;
    assert_eq!(looks(), 1);
    stand.ask(page(private.ticket).with("sec-purpose", "prefetch")).await;
    assert_eq!(looks(), 2, "a prefetch carries the words all the same");
    stand
        .ask(Ask::new(Method::GET, &format!("/api/firstline/v1/tickets/{}", private.ticket)).bearer(&token))
        .await;
    assert_eq!(looks(), 3);
    stand
        .ask(Ask::new(Method::GET, &format!("/files/{}", private.file)).session(&session))
        .await;
    assert_eq!(looks(), 4);
    let member = stand.session("member");
    stand
        .ask(Ask::new(Method::GET, &format!("/tickets/{}", private.ticket)).session(&member))
        .await;
    assert_eq!(looks(), 4, "a member's look is his work");
}

#[test]
fn the_checker_sees_a_wrong_answer() {
    assert_eq!(complaint(Expect::In, &Ok(Expect::In)), None);
    for (wanted, got) in [
        (Expect::Nothing, Ok(Expect::In)),
        (Expect::In, Ok(Expect::Nothing)),
        (Expect::SignIn, Ok(Expect::Nothing)),
        (Expect::In, Err("500".to_string())),
    ] {
        assert!(complaint(wanted, &got).is_some(), "{wanted:?} {got:?}");
    }
    assert_ne!(
        expected(Ticket, "outside", Relation::Private),
        expected(Ticket, "member", Relation::Private)
    );
    assert_ne!(
        expected(Request, "till2", Relation::Other),
        expected(Request, "till", Relation::Other)
    );
}
