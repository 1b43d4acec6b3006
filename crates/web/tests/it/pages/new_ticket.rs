//! A call and a walk-in.

use axum::http::StatusCode;

use super::company::Company;

const CALL: [(&str, Option<&str>, &str); 4] = [
    ("channel", None, "phone"),
    ("subject", None, "No sound"),
    ("body", None, "Since the update"),
    ("mine", None, "yes"),
];

#[tokio::test]
async fn a_caller_is_found_by_what_is_typed() {
    let company = Company::new();
    let open = company.open(company.payroll, "VPN drops", |_| {});
    let found = company.get(company.cedar, "/tickets/new/people?q=payr").await;
    assert!(found.has("data-label=\"Payroll office\"") && found.has(&format!("#{open} VPN drops")));
    assert!(!found.has("Registry"));
    let mut form = CALL.to_vec();
    form.push(("who", None, "payroll"));
    let opened = company.send(company.cedar, "/tickets", &form).await;
    assert_eq!(opened.status, StatusCode::SEE_OTHER);
    let page = company.get(company.cedar, opened.location()).await;
    assert!(page.has("No sound") && page.has("by phone") && page.has("Payroll office"));
    assert!(
        company.get(company.cedar, "/inbox/mine").await.has("No sound"),
        "assigned to whoever took the call"
    );
}

#[tokio::test]
async fn a_stranger_is_made_in_place_and_helped_at_once() {
    let company = Company::new();
    let mut form = CALL.to_vec();
    form.extend([
        ("name", None, "Front counter"),
        ("contact", None, "ext. 2214"),
        ("language", None, "fr"),
    ]);
    form.extend([
        ("then", None, "solved"),
        ("cause", None, "Muted"),
        ("steps", None, "Unmuted it"),
    ]);
    let opened = company.send(company.cedar, "/tickets", &form).await;
    assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.body);
    let page = company.get(company.cedar, opened.location()).await;
    assert!(page.has("Front counter") && page.has("ext. 2214") && page.has("Muted") && page.has(">French<"));
    assert!(page.has("Solved"));
}

#[tokio::test]
async fn a_refused_call_keeps_every_word() {
    let company = Company::new();
    let form = [
        ("channel", None, "in_person"),
        ("who", None, "nobody at all"),
        ("subject", None, "No sound"),
        ("body", None, "Since the update"),
        ("urgency", None, "high"),
    ];
    let refused = company.send(company.cedar, "/tickets", &form).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.has("Nobody was found by these words."));
    assert!(
        refused.has("value=\"nobody at all\"")
            && refused.has("value=\"No sound\"")
            && refused.has("Since the update</textarea>")
    );
    assert!(refused.has("value=\"high\" selected") && refused.has("value=\"in_person\" checked"));
    let form = [
        ("channel", None, "phone"),
        ("who", None, "payroll"),
        ("subject", None, ""),
    ];
    let refused = company.send(company.larch, "/tickets", &form).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.has("Écrivez quelque chose ici."));
}

#[tokio::test]
async fn of_two_that_answer_to_the_words_one_is_chosen() {
    let company = Company::new();
    let mut form = CALL.to_vec();
    form.push(("who", None, "cedar"));
    let which = company.send(company.larch, "/tickets", &form).await;
    assert_eq!(which.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(which.has(&format!("name=\"chosen\" value=\"{}\"", company.payroll)));
    let chosen = company.registry.to_string();
    form.push(("chosen", None, &chosen));
    assert_eq!(
        company.send(company.larch, "/tickets", &form).await.status,
        StatusCode::SEE_OTHER
    );
}

#[tokio::test]
async fn a_team_that_is_not_there_is_refused() {
    let company = Company::new();
    let mut form = CALL.to_vec();
    form.extend([("who", None, "payroll"), ("team", None, "999")]);
    let refused = company.send(company.cedar, "/tickets", &form).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.has("There is no such team."));
}

#[tokio::test]
async fn the_person_whose_name_stands_in_the_form_is_meant() {
    let company = Company::new();
    let (payroll, registry) = (company.payroll.to_string(), company.registry.to_string());
    let opened_for = async |who: &str, person: &str| {
        let mut form = CALL.to_vec();
        form.extend([("who", None, who), ("person", None, person)]);
        let opened = company.send(company.cedar, "/tickets", &form).await;
        assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.body);
        let page = company.get(company.cedar, opened.location()).await;
        page.has(&format!("/people/{payroll}\""))
    };
    assert!(opened_for("Payroll office", &payroll).await);
    assert!(
        opened_for("Payroll office", &registry).await,
        "a draft that came back over another's page"
    );
    assert!(!opened_for("", &registry).await, "control: nobody is named");
    let page = company
        .get(company.cedar, &format!("/tickets/new?person={payroll}"))
        .await;
    assert!(page.has(&format!(":new:{payroll}\"")), "his own draft");
}

#[tokio::test]
async fn what_is_sent_twice_opens_one_ticket() {
    let company = Company::new();
    let mut form = CALL.to_vec();
    form.extend([
        ("name", None, "Front counter"),
        ("contact", None, "ext. 2214"),
        ("once", None, "k-1"),
    ]);
    let first = company.send(company.cedar, "/tickets", &form).await;
    let second = company.send(company.cedar, "/tickets", &form).await;
    assert_eq!(
        (first.status, first.location()),
        (StatusCode::SEE_OTHER, second.location())
    );
    let made: desk::Result<i64> = company.as_person(company.cedar, |tx, _| {
        Ok(tx.one("SELECT count(*) FROM person WHERE name = 'Front counter'", &[])?)
    });
    assert_eq!(made, Ok(1), "one person");
    let (payroll, open) = (
        company.payroll.to_string(),
        company.open(company.payroll, "VPN drops", |_| {}),
    );
    let number = open.to_string();
    let mut joining = CALL.to_vec();
    joining.extend([
        ("person", None, payroll.as_str()),
        ("join", None, number.as_str()),
        ("once", None, "k-2"),
    ]);
    for (name, _, text) in &mut joining {
        if *name == "body" {
            *text = r"Path: \\server\share\_tmp";
        }
    }
    let first = company.send(company.cedar, "/tickets", &joining).await;
    let second = company.send(company.cedar, "/tickets", &joining).await;
    assert_eq!(
        (first.status, first.location()),
        (StatusCode::SEE_OTHER, second.location())
    );
    let page = company.get(company.cedar, first.location()).await;
    assert_eq!(
        page.body.matches(r"\\server\share\_tmp").count(),
        1,
        "as it was typed: {}",
        page.body
    );
}
