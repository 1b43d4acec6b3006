//! From an article to a question and back: answers while one writes, what solved it, and the article that goes along.

use axum::http::StatusCode;
use desk::access::Audience;
use desk::knowledge::{self, Worth};
use desk::problems::{self, NewProblem};
use desk::{ArticleId, TicketNumber};

use super::help::{index, published, vpn};
use super::stand::Stand;

fn worth(stand: &Stand, id: ArticleId) -> Worth {
    stand.as_person(stand.cedar, move |tx, cx| knowledge::worth(tx, cx, id))
}

fn tied(stand: &Stand, number: TicketNumber) -> Vec<ArticleId> {
    stand.as_person(stand.cedar, move |tx, cx| knowledge::of_ticket(tx, cx, number))
}

#[tokio::test]
async fn articles_stand_beside_a_question_in_the_askers_language_first() {
    let stand = Stand::new();
    let before = stand.browser().get("/en/ask").await;
    assert!(
        !before.has("id=\"answers\""),
        "the control: a desk without articles offers none"
    );
    let id = vpn(&stand);
    let french = published(
        &stand,
        Audience::Public,
        ("", "Le RPV point vert"),
        ("", "Le point vert clignote."),
    );
    let english = published(
        &stand,
        Audience::Public,
        ("VPN point vert", ""),
        ("point vert, point vert", ""),
    );
    index(&stand).await;
    let form = stand.browser().get("/fr/ask").await;
    assert!(form.has("id=\"answers\"") && form.has("js/portal.js") && form.has("<form id=\"solves\""));
    for mut browser in [stand.browser(), stand.signed_in(stand.payroll)] {
        let page = browser.get("/fr/ask/answers?q=mon%20point%20vert%20clignote").await;
        assert!(page.status == StatusCode::OK && page.is_said() && !page.has("<html"));
        let at = |id: ArticleId| page.body.find(&format!("/fr/help/{id}-")).unwrap_or(usize::MAX);
        assert!(at(id) < at(english) && at(french) < at(english), "{}", page.body);
        assert!(at(english) < usize::MAX && page.has("En anglais seulement"));
        let one = browser
            .get("/fr/ask/answers?q=mon%20point%20de%20vue%20est%20autre")
            .await;
        assert!(one.body.trim().is_empty(), "one word alone is no answer: {}", one.body);
    }
}

/// A known error of the tunnel.
fn known_error(stand: &Stand, public: bool) {
    let new = NewProblem {
        title_en: "The tunnel drops".into(),
        symptom_en: "The tunnel drops every few minutes.".into(),
        cause_en: "A driver of last month.".into(),
        workaround_en: "Use the **cable**.".into(),
        public,
        ..NewProblem::default()
    };
    stand.as_person(stand.cedar, move |tx, cx| {
        let number = problems::open(tx, cx, &new, &[])?.problem.number;
        problems::become_known(tx, cx, number).map(drop)
    });
}

#[tokio::test]
async fn a_known_error_that_may_be_shown_stands_beside_the_question_with_what_helps() {
    let stand = Stand::new();
    known_error(&stand, false);
    index(&stand).await;
    let path = "/en/ask/answers?q=the%20tunnel%20drops%20every%20few%20minutes";
    let page = stand.browser().get(path).await;
    assert!(page.body.trim().is_empty(), "for the team alone: {}", page.body);
    assert!(!stand.browser().get("/en/ask").await.has("id=\"answers\""));
    known_error(&stand, true);
    index(&stand).await;
    assert!(stand.browser().get("/en/ask").await.has("id=\"answers\""));
    let page = stand.browser().get(path).await;
    assert!(page.is_said() && page.has("Known problem") && page.has("Use the <strong>cable</strong>."));
    assert!(!page.has("driver"), "the cause stays with the team");
    let french = stand.browser().get(&path.replace("/en/", "/fr/")).await;
    assert!(
        french.has("Problème connu") && french.has("lang=\"en-CA\""),
        "{}",
        french.body
    );
}

#[tokio::test]
async fn that_solved_it_is_counted_without_sending_what_was_typed() {
    let stand = Stand::new();
    let id = vpn(&stand);
    index(&stand).await;
    let page = stand.browser().get("/en/ask/answers?q=green%20dot").await;
    let button =
        format!("form=\"solves\" formaction=\"/en/help/{id}-connect-to-the-vpn/said\" name=\"helped\" value=\"yes\"");
    assert!(page.has(&button), "{}", page.body);
    let path = format!("/en/help/{id}-connect-to-the-vpn/said");
    stand.browser().post(&path, &[("helped", "yes")]).await;
    assert_eq!((worth(&stand, id).helped, stand.tickets().len()), (1, 0));
}

#[tokio::test]
async fn an_article_goes_along_with_the_question_that_came_of_it() {
    let stand = Stand::new();
    let id = vpn(&stand);
    let page = stand.browser().get(&format!("/en/help/{id}-connect-to-the-vpn")).await;
    assert!(page.has(&format!("href=\"/en/ask?about={id}\"")));
    let form = stand.browser().get(&format!("/fr/ask?about={id}")).await;
    assert!(
        form.is_said()
            && form.has("Se connecter au RPV")
            && form.has(&format!("name=\"about\" value=\"{id}\" checked"))
    );
    let about = id.to_string();
    let asked = [
        ("subject", None, "No green dot"),
        ("body", None, "I waited."),
        ("about", None, about.as_str()),
    ];
    let mut own = stand.signed_in(stand.payroll);
    assert!(
        own.send("/en/ask", &asked)
            .await
            .location()
            .starts_with("/en/requests/")
    );
    let stranger = [("name", None, "Someone"), ("address", None, "new@county.example")];
    let half = stand
        .browser()
        .send("/en/ask", &[asked.as_slice(), &stranger[..1]].concat())
        .await;
    assert_eq!(half.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        half.has("name=\"about\"") && half.has("checked"),
        "what was not taken comes back whole"
    );
    let sent = stand
        .browser()
        .send("/en/ask", &[asked.as_slice(), &stranger].concat())
        .await;
    assert_eq!(sent.location(), "/en/asked");
    let tickets: Vec<TicketNumber> = stand.tickets().iter().map(|t| t.number).collect();
    assert_eq!(tickets.len(), 2);
    for number in &tickets {
        assert_eq!(tied(&stand, *number), [id]);
    }
    assert_eq!(
        worth(&stand, id),
        Worth {
            of: 2,
            ..Worth::default()
        }
    );
    // The control: without it, nothing is tied; with one that is not for everybody, the question is sent all the same.
    let inside = published(&stand, Audience::Internal, ("Inside", "Dedans"), ("a", "b"));
    let inside = inside.to_string();
    for about in ["", inside.as_str(), "999", "x"] {
        let asked = [
            ("subject", None, "Other"),
            ("body", None, "Words."),
            ("about", None, about),
        ];
        assert_eq!(
            own.send("/en/ask", &asked).await.status,
            StatusCode::SEE_OTHER,
            "{about}"
        );
        let last = stand.tickets().last().unwrap().number;
        assert!(tied(&stand, last).is_empty(), "{about}");
    }
}
