//! Chat as its visitor and its technician have it page by page, and what other sites may and may not do with the widget.

use axum::http::StatusCode;
use desk::chat::{self, NewRules};

use super::stand::{Browser, LANGUAGES, Stand};

const SITE: &str = "https://www.county.example";

/// On, at all hours, with Cedar taking three and one site that shows the widget.
async fn open() -> Stand {
    let stand = switched_on().await;
    stand.as_person(stand.cedar, |tx, cx| chat::set_share(tx, cx, 3));
    stand
}

async fn switched_on() -> Stand {
    let stand = Stand::new();
    let rules = NewRules {
        on: true,
        hours: "always".into(),
        minutes: "10".into(),
        sites: SITE.into(),
    };
    stand.write(move |tx, cx| chat::change_rules(tx, cx, &rules));
    stand.desk.reload_house().await.unwrap();
    stand
}

const ASKED: [(&str, &str); 3] = [
    ("body", "The scanner <b>jams</b>"),
    ("name", "Quay"),
    ("address", "quay@example.net"),
];

/// The path of the talk.
async fn begin(visitor: &mut Browser, base: &str) -> String {
    visitor.post(base, &ASKED).await.location().to_string()
}

#[tokio::test]
async fn a_talk_goes_from_asking_to_its_end_without_script() {
    for lang in LANGUAGES {
        let stand = open().await;
        let (mut visitor, mut cedar) = (stand.browser(), stand.signed_in(stand.cedar));
        let page = visitor.get(&format!("/{lang}/chat")).await;
        assert!(page.is_said() && page.has("name=\"address\""), "{}", page.body);
        let talk = begin(&mut visitor, &format!("/{lang}/chat")).await;
        let page = visitor.get(&talk).await;
        assert!(
            page.is_said() && page.has("The scanner &lt;b&gt;jams") || page.has("The scanner &#60;b"),
            "{}",
            page.body
        );
        assert!(page.has("http-equiv=\"refresh\""), "without script it looks again");
        assert_eq!(
            visitor.get(&format!("/{lang}/chat")).await.location(),
            talk,
            "found again"
        );

        let number = stand.tickets()[0].number;
        let queue = cedar.get("/chat").await;
        assert!(queue.has(&format!("/chat/{number}/take")) && queue.has("Quay"));
        let pane = format!("/chat/{number}");
        assert_eq!(cedar.post(&format!("{pane}/take"), &[]).await.location(), pane);
        let line = [("body", "Which **tray**?"), ("client", "b-1")];
        assert_eq!(cedar.post(&format!("{pane}/lines"), &line).await.location(), pane);
        assert!(cedar.get(&pane).await.is_said());
        let page = visitor.get(&talk).await;
        assert!(page.has("<strong>tray</strong>") && page.has("Cedar") && !page.has("http-equiv"));
        let line = [("body", "The lower one"), ("client", "a-1")];
        for _ in 0..2 {
            assert_eq!(visitor.post(&format!("{talk}/lines"), &line).await.location(), talk);
        }
        assert_eq!(visitor.get(&talk).await.body.matches("The lower one").count(), 1);
        assert_eq!(
            visitor
                .post(&format!("{talk}/end"), &[("letter", "yes")])
                .await
                .location(),
            talk
        );
        let page = visitor.get(&talk).await;
        assert!(page.is_said() && page.has(&number.to_string()) && !page.has("id=\"say\""));
        assert_eq!(stand.detail(number).messages.len(), 3);
        let late = visitor.post(&format!("{talk}/lines"), &[("body", "Late words")]).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        assert!(
            late.is_said() && late.has("readonly>Late words<") && !late.has("id=\"unsent\" hidden"),
            "{}",
            late.body
        );
        assert!(
            visitor.get(&talk).await.has("method=\"post\" action=") && page.has("hidden><input"),
            "control"
        );
        assert_eq!(
            visitor.get(&format!("{talk}/live")).await.status,
            StatusCode::NO_CONTENT
        );
        assert_eq!(cedar.get(&format!("{pane}/live")).await.status, StatusCode::NO_CONTENT);
        for typing in [
            visitor.post(&format!("{talk}/typing"), &[]).await,
            cedar.post(&format!("{pane}/typing"), &[]).await,
        ] {
            assert_eq!(typing.status, StatusCode::CONFLICT);
        }
        assert!(cedar.get(&pane).await.is_said());
    }
}

#[tokio::test]
async fn nothing_typed_is_lost_when_there_is_nobody_to_talk_with() {
    for (base, after) in [("/en/chat", "/en/asked"), ("/widget/fr/chat", "/widget/fr/asked")] {
        let stand = switched_on().await;
        let mut visitor = stand.browser();
        let page = visitor.get(base).await;
        assert!(page.is_said() && page.has("value=\"request\""));
        let back = visitor.post(base, &ASKED).await;
        assert_eq!(back.status, StatusCode::CONFLICT);
        assert!(back.is_said() && back.has("quay@example.net") && back.has("Quay") && back.has("jams"));
        assert!(stand.tickets().is_empty());
        let mut request = ASKED.to_vec();
        request.push(("then", "request"));
        assert_eq!(visitor.post(base, &request).await.location(), after);
        assert_eq!(stand.tickets().len(), 1, "its words became a request");
        assert!(visitor.get(after).await.is_said());
    }
}

#[tokio::test]
async fn a_refused_form_comes_back_with_what_was_typed() {
    let stand = open().await;
    for base in ["/en/chat", "/widget/en/chat"] {
        for (field, bad) in [("body", " "), ("name", ""), ("address", "nowhere")] {
            let fields = ASKED.map(|(name, text)| if name == field { (name, bad) } else { (name, text) });
            let back = stand.browser().post(base, &fields).await;
            assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(back.is_said() && back.has(&format!("id=\"{field}-wrong\"")), "{field}");
            let kept = ASKED.iter().filter(|(name, _)| *name != field && *name != "body");
            assert!(kept.clone().all(|(_, text)| back.has(text)), "{field}");
        }
    }
    assert!(stand.tickets().is_empty());
}

#[tokio::test]
async fn whoever_is_signed_in_is_not_asked_who_he_is() {
    let stand = open().await;
    let mut payroll = stand.signed_in(stand.payroll);
    assert!(!payroll.get("/en/chat").await.has("name=\"address\""));
    payroll.post("/en/chat", &[("body", "It is I")]).await.location();
    let ticket = &stand.tickets()[0];
    assert_eq!((ticket.requester, ticket.confirmed), (stand.payroll, true));
}

#[tokio::test]
async fn only_the_named_sites_may_frame_the_widget_and_nothing_else() {
    let stand = open().await;
    let mut visitor = stand.browser();
    let talk = begin(&mut visitor, "/widget/en/chat").await;
    for framed in [
        "/widget/en/chat",
        "/widget/fr/chat",
        "/widget/en/asked",
        talk.as_str(),
        "/widget/en/chat/nothing",
    ] {
        let answer = visitor.get(framed).await;
        let policy = answer.header("content-security-policy");
        assert!(
            policy.contains(&format!("frame-ancestors {SITE};")),
            "{framed}: {policy}"
        );
        assert!(policy.contains("form-action 'self'") && !policy.contains("unsafe"));
        assert_eq!(answer.header("x-frame-options"), "", "{framed}");
        assert_eq!(
            answer.header("access-control-allow-origin"),
            "",
            "no other site reads it"
        );
        assert!(!answer.headers.contains_key("set-cookie") || !answer.header("set-cookie").contains("chat"));
    }
    let portal = talk.replacen("/widget", "", 1);
    for page in ["/en", "/en/chat", "/en/ask", "/sign-in", portal.as_str()] {
        let answer = visitor.get(page).await;
        assert!(
            answer
                .header("content-security-policy")
                .contains("frame-ancestors 'none'"),
            "{page}"
        );
        assert_eq!(answer.header("x-frame-options"), "DENY", "{page}");
    }
    assert_eq!(
        visitor.get(&talk).await.header("referrer-policy"),
        "no-referrer",
        "the secret is told to nobody"
    );
    let none = NewRules {
        on: true,
        hours: "always".into(),
        minutes: "10".into(),
        sites: String::new(),
    };
    stand.write(move |tx, cx| chat::change_rules(tx, cx, &none));
    stand.desk.reload_house().await.unwrap();
    let answer = visitor.get("/widget/en/chat").await;
    assert!(
        answer
            .header("content-security-policy")
            .contains("frame-ancestors 'none'")
    );
    assert_eq!(answer.header("x-frame-options"), "DENY");
}

#[tokio::test]
async fn another_site_writes_nothing_and_its_secret_opens_nothing_else() {
    let stand = open().await;
    let mut visitor = stand.browser();
    let talk = begin(&mut visitor, "/en/chat").await;
    for path in [
        "/en/chat".to_string(),
        format!("{talk}/lines"),
        format!("{talk}/end"),
        format!("{talk}/typing"),
    ] {
        assert_eq!(visitor.forged(&path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    assert_eq!(
        visitor.post(&format!("{talk}/typing"), &[]).await.status,
        StatusCode::NO_CONTENT,
        "control"
    );
    let number = stand.tickets()[0].number;
    let secret = talk.rsplit('/').next().unwrap();
    for path in [
        format!("/en/k/{secret}"),
        format!("/en/rate/{secret}"),
        "/en/chat/AAAAAAAA".to_string(),
    ] {
        assert_eq!(stand.browser().get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(
        stand.browser().get(&format!("/chat/{number}")).await.status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(
        stand.browser().get(&talk).await.status,
        StatusCode::OK,
        "control: the secret opens its talk"
    );
}

#[tokio::test]
async fn the_widgets_script_is_for_every_site_and_its_page_is_small() {
    let stand = open().await;
    let script = stand.browser().get("/widget.js").await;
    assert_eq!(script.header("cross-origin-resource-policy"), "cross-origin");
    assert_eq!(script.header("content-type"), "text/javascript; charset=utf-8");
    assert!(script.has("/widget/") && !script.has("innerHTML"));
    let page = stand.browser().get("/widget/en/chat").await;
    assert!(page.has("/widget/frame.css") && !page.has("app.css") && !page.has("fonts/"));
    assert!(page.bytes < 6_000, "{} bytes before they are packed", page.bytes);
}

#[tokio::test]
async fn the_administrator_names_the_sites_and_wrong_ones_are_refused() {
    let stand = open().await;
    let office = stand.tickets().len();
    assert_eq!(office, 0);
    let mut cedar = stand.signed_in(stand.cedar);
    assert_eq!(cedar.get("/admin/chat").await.status, StatusCode::NOT_FOUND);
    let admin = stand
        .read(|r| desk::people::by_address(r, "office@desk.example"))
        .unwrap();
    let mut admin = stand.signed_in(admin);
    let page = admin.get("/admin/chat").await;
    assert!(page.is_said() && page.has(SITE) && page.has("https://desk.example/widget.js"));
    let fields = |sites| [("on", "yes"), ("hours", "desk"), ("minutes", "5"), ("sites", sites)];
    let back = admin
        .post("/admin/chat", &fields("https://a.example *; script-src *"))
        .await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(back.is_said() && back.has("script-src *") && back.has("sites-help"));
    assert_eq!(stand.desk.house().chat.sites, [SITE]);
    admin
        .post("/admin/chat", &fields("https://a.example\nhttps://b.example:8443"))
        .await
        .location();
    assert_eq!(
        stand.desk.house().chat.sites,
        ["https://a.example", "https://b.example:8443"]
    );
}

#[tokio::test]
async fn the_end_of_a_line_counts_as_it_was_counted_in_the_field() {
    let stand = open().await;
    let mut visitor = stand.browser();
    let talk = begin(&mut visitor, "/en/chat").await;
    let typed = "a\r\n".repeat(1_000);
    let line = [("body", typed.as_str()), ("client", "long")];
    assert_eq!(visitor.post(&format!("{talk}/lines"), &line).await.location(), talk);
    let longer = format!("{typed}{}", "b".repeat(3));
    let back = visitor
        .post(&format!("{talk}/lines"), &[("body", longer.as_str())])
        .await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY, "control");
}

#[tokio::test]
async fn a_shared_browser_leads_nobody_into_the_talk_of_another() {
    let stand = open().await;
    let mut shared = stand.signed_in(stand.payroll);
    let talk = shared
        .post("/en/chat", &[("body", "It is I")])
        .await
        .location()
        .to_string();
    assert_eq!(
        shared.get("/en/chat").await.location(),
        talk,
        "control: his own is found again"
    );
    let kept = shared.cookies.get("__Host-chat").cloned().unwrap();
    for next in [stand.browser(), stand.signed_in(stand.registry)] {
        let mut next = next;
        next.cookies.insert("__Host-chat".to_string(), kept.clone());
        assert_eq!(next.get("/en/chat").await.status, StatusCode::OK);
    }
    let mut stranger = stand.browser();
    let strange = begin(&mut stranger, "/en/chat").await;
    assert_eq!(
        stranger.get("/en/chat").await.location(),
        strange,
        "control: a stranger's is found again"
    );
    let secret = stranger.cookies.get("__Host-chat").cloned().unwrap();
    let mut registry = stand.signed_in(stand.registry);
    registry.cookies.insert("__Host-chat".to_string(), secret);
    assert_eq!(registry.get("/en/chat").await.status, StatusCode::OK);
    shared.post("/sign-out", &[]).await.location();
    assert!(
        shared.cookies.get("__Host-chat").is_none_or(String::is_empty),
        "it goes with the session"
    );
}

#[tokio::test]
async fn whoever_tries_secrets_has_to_wait() {
    let stand = open().await;
    let mut visitor = stand.browser();
    let talk = begin(&mut visitor, "/en/chat").await;
    let mut other = stand.browser();
    let mut tried = StatusCode::NOT_FOUND;
    for _ in 0..400 {
        tried = other.post("/en/chat/AAAAAAAA/end", &[]).await.status;
        if tried != StatusCode::NOT_FOUND {
            break;
        }
    }
    assert_eq!(tried, StatusCode::TOO_MANY_REQUESTS);
    let line = [("body", "Still here"), ("client", "a-1")];
    assert_eq!(
        visitor.post(&format!("{talk}/lines"), &line).await.location(),
        talk,
        "control"
    );
}
