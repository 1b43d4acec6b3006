//! Likely solutions beside a ticket: found, used, set aside, taken back; and never for whom their source is not there.

use axum::http::StatusCode;
use desk::finding;
use desk::problems::{self, NewProblem};
use desk::tickets::{self, Solution};

use super::company::{Answer, Company};

const STEPS: &str = "Put the corrected driver on the laptop and restart it.";

/// A ticket that was solved, and a new one like it.
async fn two(company: &Company) -> (i64, i64) {
    let old = company.open(company.payroll, "VPN tunnel drops when the laptop sleeps", |new| {
        new.body = "The tunnel drops every few minutes, code 0x800704C9.".into();
    });
    company
        .as_person(company.cedar, move |tx, cx| {
            let solution = Solution {
                steps: STEPS.into(),
                ..Solution::default()
            };
            tickets::solve(tx, cx, old, &solution).map(drop)
        })
        .unwrap();
    let new = company.open(company.registry, "VPN tunnel drops", |new| {
        new.body = "Since the update the tunnel drops every few minutes (0x800704c9).".into();
    });
    finding::catch_up(&company.desk).await.unwrap();
    (old.0, new.0)
}

fn event_of(answer: &Answer) -> String {
    answer.location().split("done=").nth(1).expect("an Undo").to_string()
}

#[tokio::test]
async fn what_solved_one_like_it_is_offered_with_its_reasons_in_both_languages() {
    let company = Company::new();
    let (old, new) = two(&company).await;
    let page = company.get(company.cedar, &format!("/tickets/{new}")).await;
    assert!(page.has(&format!("src=\"/tickets/{new}/likely")));
    let part = company.get(company.cedar, &format!("/tickets/{new}/likely")).await;
    assert!(
        part.has("Likely solutions") && part.has(&format!("Ticket #{old}")),
        "{}",
        part.body
    );
    assert!(part.has("Same code:") && part.has("<mark>0x800704c9</mark>") && part.has("Same words:"));
    assert!(part.has(STEPS) && part.has("Use fix"));
    let words = format!("/tickets/{new}/likely/words?kind=ticket&id={old}");
    assert!(part.has(&words.replace('&', "&#38;")) || part.has(&words.replace('&', "&amp;")));
    assert_eq!(company.get(company.cedar, &words).await.body, STEPS);
    let reader = company.get(company.payroll, &words).await;
    assert_eq!(reader.status, StatusCode::NOT_FOUND);
    assert!(!part.has(&format!("Ticket #{new}")), "never itself");
    let part = company.get(company.larch, &format!("/tickets/{new}/likely")).await;
    assert!(part.has("Solutions probables") && part.has("Même code") && part.has("Ne convient pas"));
    let nothing = company.open(company.payroll, "Marzipan", |_| {});
    let part = company.get(company.cedar, &format!("/tickets/{nothing}/likely")).await;
    assert!(part.status == StatusCode::OK && part.has("Nothing in the log is much like this yet."));
    assert!(part.has("href=\"/search?q=Marzipan\"") && !part.has("class=\"sol\""));
}

#[tokio::test]
async fn a_fix_that_is_used_links_its_source_and_can_be_taken_back() {
    let company = Company::new();
    let (old, new) = two(&company).await;
    let (kind, id) = (("kind", "ticket"), old.to_string());
    let used = company
        .post(
            company.cedar,
            &format!("/tickets/{new}/likely/use"),
            &[kind, ("id", &id)],
        )
        .await;
    assert_eq!(used.status, StatusCode::SEE_OTHER);
    let page = company.get(company.cedar, used.location()).await;
    assert!(
        page.has("The fix is in your reply") && page.has(&format!("#{old}")),
        "{}",
        page.body
    );
    let part = company.get(company.cedar, &format!("/tickets/{new}/likely")).await;
    assert!(!part.has("Use fix"), "it stands on the ticket already");
    let undone = company
        .post(
            company.cedar,
            &format!("/tickets/{new}/undo"),
            &[("event", &event_of(&used))],
        )
        .await;
    assert_eq!(undone.status, StatusCode::SEE_OTHER);
    let part = company.get(company.cedar, &format!("/tickets/{new}/likely")).await;
    assert!(part.has("Use fix"));
}

#[tokio::test]
async fn what_does_not_fit_is_gone_until_it_is_taken_back() {
    let company = Company::new();
    let (old, new) = two(&company).await;
    let id = old.to_string();
    let to = format!("/tickets/{new}/likely/dismiss");
    let aside = company
        .post(company.cedar, &to, &[("kind", "ticket"), ("id", &id)])
        .await;
    assert_eq!(aside.status, StatusCode::SEE_OTHER);
    let shown = || async { company.get(company.larch, &format!("/tickets/{new}/likely")).await };
    assert!(!shown().await.has(STEPS), "for nobody");
    company
        .post(
            company.cedar,
            &format!("/tickets/{new}/undo"),
            &[("event", &event_of(&aside))],
        )
        .await;
    assert!(shown().await.has(STEPS));
    let wrong = company
        .post(company.cedar, &to, &[("kind", "marzipan"), ("id", "1")])
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let gone = company
        .post(company.cedar, &to, &[("kind", "ticket"), ("id", "987654")])
        .await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_lies_with_a_private_team_is_not_offered_to_others() {
    let company = Company::new();
    let (old, new) = two(&company).await;
    let (team, old) = (company.private, desk::TicketNumber(old));
    company
        .as_person(company.larch, move |tx, cx| {
            let edit = tickets::Edit {
                team: Some(Some(team)),
                ..tickets::Edit::default()
            };
            tickets::edit(tx, cx, old, &edit).map(drop)
        })
        .unwrap();
    // The index has not heard of it yet.
    let part = company.get(company.cedar, &format!("/tickets/{new}/likely")).await;
    assert!(!part.has(STEPS));
    let to = format!("/tickets/{new}/likely/use");
    let used = company
        .post(company.cedar, &to, &[("kind", "ticket"), ("id", &old.to_string())])
        .await;
    assert_eq!(used.status, StatusCode::NOT_FOUND);
}

/// A known error whose symptom the new ticket has.
async fn known(company: &Company) -> i64 {
    let number = company
        .as_person(company.cedar, |tx, cx| {
            let new = NewProblem {
                title_en: "The tunnel drops".into(),
                title_fr: "Le tunnel tombe".into(),
                symptom_en: "The tunnel drops every few minutes.".into(),
                workaround_en: "Use the cable.".into(),
                workaround_fr: "Utilisez le câble.".into(),
                ..NewProblem::default()
            };
            let number = problems::open(tx, cx, &new, &[])?.problem.number;
            problems::become_known(tx, cx, number)?;
            Ok(number.0)
        })
        .unwrap();
    finding::catch_up(&company.desk).await.unwrap();
    number
}

#[tokio::test]
async fn a_known_error_is_named_and_used_and_its_problem_is_behind_the_ticket() {
    let company = Company::new();
    let (old, new) = two(&company).await;
    let number = known(&company).await;
    let part = company.get(company.cedar, &format!("/tickets/{new}/likely")).await;
    let (first, second) = (
        part.body.find(&format!("Known error KE-{number}")),
        part.body.find(&format!("Ticket #{old}")),
    );
    assert!(first.is_some() && first < second, "{}", part.body);
    assert!(part.has(&format!("href=\"/problems/{number}\"")) && part.has("Use the cable."));
    let id = number.to_string();
    let used = company
        .post(
            company.cedar,
            &format!("/tickets/{new}/likely/use"),
            &[("kind", "known_error"), ("id", &id)],
        )
        .await;
    assert_eq!(used.status, StatusCode::SEE_OTHER, "{}", used.body);
    let page = company.get(company.cedar, used.location()).await;
    assert!(page.has(&format!("href=\"/problems/{number}\"")) && page.has(&format!("used the fix of KE-{number}")));
    let event = event_of(&used);
    company
        .post(company.cedar, &format!("/tickets/{new}/undo"), &[("event", &event)])
        .await;
    let part = company.get(company.larch, &format!("/tickets/{new}/likely")).await;
    assert!(part.has(&format!("Erreur connue KE-{number}")), "{}", part.body);
}

#[tokio::test]
async fn a_new_ticket_is_offered_what_may_solve_it_and_what_is_ticked_is_linked() {
    let company = Company::new();
    let (old, _) = two(&company).await;
    let typed = [
        ("subject", "VPN tunnel drops"),
        ("body", "Code 0x800704C9 since noon."),
        ("who", "payroll"),
    ];
    let offered = company.post(company.cedar, "/tickets/new/alike", &typed).await;
    let field = format!("use-ticket-{old}");
    assert!(
        offered.has("Likely solutions") && offered.has(&format!("name=\"{field}\"")),
        "{}",
        offered.body
    );
    assert!(offered.has("Same code: 0x800704C9") && !offered.has(" checked"));
    let mut again = typed.to_vec();
    again.push((&field, "yes"));
    assert!(
        company
            .post(company.cedar, "/tickets/new/alike", &again)
            .await
            .has(" checked")
    );
    let form = [
        ("channel", None, "phone"),
        ("subject", None, "VPN tunnel drops"),
        ("body", None, "Code 0x800704C9 since noon."),
        ("who", None, "payroll"),
        ("offered", None, "yes"),
        (field.as_str(), None, "yes"),
        ("then", None, "solved"),
    ];
    let opened = company.send(company.cedar, "/tickets", &form).await;
    assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.body);
    let page = company.get(company.cedar, opened.location()).await;
    assert!(page.has(STEPS), "its words are what fixed it");
    assert!(page.has(&format!("used the fix of #{old}")), "{}", page.body);
}
