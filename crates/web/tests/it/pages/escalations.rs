//! Work handed over on its pages: the packet filled in, what is asked for, the answer, the rounds, and who never sees it.

use axum::http::StatusCode;
use desk::teams::{self, NewTeam};
use desk::tickets::{self, NewFile, NewMessage};
use desk::{PersonId, TeamId, TicketNumber};

use super::company::{Answer, Company};

const SECRET: &str = "Tried marzipan on the switch";

/// The company with a team of the network, and a ticket that Cedar has.
struct Handing {
    company: Company,
    network: TeamId,
    ticket: TicketNumber,
}

impl Handing {
    fn new() -> Handing {
        let company = Company::new();
        let (admin, larch, cedar) = (company.admin, company.larch, company.cedar);
        let network = company
            .as_person(admin, move |tx, cx| {
                let new = NewTeam {
                    name_en: "Network".into(),
                    name_fr: "Réseau".into(),
                    private: false,
                };
                let team = teams::add(tx, cx, &new)?;
                teams::join(tx, cx, team, larch)?;
                Ok(team)
            })
            .unwrap();
        let ticket = company.open(company.payroll, "No network in room 4", |new| {
            new.assignee = Some(cedar);
            new.files = vec![NewFile {
                name: "lamp.txt".into(),
                mime: "text/plain".into(),
                bytes: 4,
                sha256: "00".repeat(32),
                content_id: None,
            }];
        });
        Handing {
            company,
            network,
            ticket,
        }
    }

    fn form(&self) -> String {
        format!("/tickets/{}/escalate", self.ticket)
    }

    async fn send(&self, by: PersonId, more: &[(&str, &str)]) -> Answer {
        let to = format!("team:{}", self.network);
        let mut fields = vec![
            ("to", to.as_str()),
            ("symptom", "No light on the port"),
            ("what1", SECRET),
            ("result1", "The same <b>"),
            ("promised", "News by noon"),
            ("links", "https://logs.example/4"),
            ("files", "1"),
        ];
        fields.retain(|(name, _)| more.iter().all(|(other, _)| other != name));
        fields.extend_from_slice(more);
        self.company.post(by, &self.form(), &fields).await
    }
}

#[tokio::test]
async fn the_form_begins_with_what_the_ticket_says() {
    let handing = Handing::new();
    let (company, number) = (&handing.company, handing.ticket);
    company
        .as_person(company.cedar, move |tx, cx| {
            let note = NewMessage {
                body: "Another cable: the same.".into(),
                ..NewMessage::default()
            };
            tickets::note(tx, cx, number, &note).map(drop)
        })
        .unwrap();
    let page = company.get(company.cedar, &handing.form()).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.has("No network in room 4\n\nIt does not work since this morning.</textarea>"));
    assert!(page.has("Another cable: the same.</textarea>"));
    assert!(page.has("lamp.txt") && page.has("name=\"files\" value=\"1\" checked"));
    assert!(page.has("A first reply by") && page.has("A solution by"));
    assert!(page.has(&format!("<option value=\"team:{}\">Network</option>", handing.network)));
    assert!(page.has("<option value=\"group:testing\">Testing technicians</option>"));
    assert!(
        page.has("data-controller=\"draft\""),
        "words stay on the device as they are typed"
    );
    let french = company.get(company.larch, &handing.form()).await;
    assert!(french.has("Programmeurs et développeurs") && french.has("Ce qui a été essayé"));
}

#[tokio::test]
async fn what_is_missing_is_asked_for_and_everything_typed_stays() {
    let handing = Handing::new();
    let cedar = handing.company.cedar;
    let page = handing
        .send(
            cedar,
            &[("to", ""), ("promised", " "), ("what1", ""), ("wished", "A new port")],
        )
        .await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    for field in ["to", "tried", "promised"] {
        assert!(page.has(&format!("href=\"#{field}\"")), "{field}");
        assert!(page.has(&format!("id=\"{field}\"")), "{field}");
    }
    assert!(page.has("The same &#60;b&#62;</textarea>") && page.has("A new port</textarea>"));
    let own = handing.send(cedar, &[("to", "team:999999")]).await;
    assert_eq!(own.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(own.has("There is no such team."));
}

#[tokio::test]
async fn what_is_begun_is_kept_for_a_colleague() {
    let handing = Handing::new();
    let company = &handing.company;
    let kept = handing
        .send(company.cedar, &[("to", ""), ("promised", ""), ("then", "keep")])
        .await;
    assert_eq!(kept.location(), format!("{}?kept=true", handing.form()));
    let page = company.get(company.cedar, kept.location()).await;
    assert!(page.has("Nobody has been told.") && page.has(SECRET));
    let other = company.get(company.larch, &handing.form()).await;
    assert!(other.has(SECRET) && other.has("a commencé ce dossier"));
    assert!(
        company
            .get(company.larch, "/escalations")
            .await
            .has("Rien n’attend vos équipes")
    );
}

#[tokio::test]
async fn it_is_handed_over_accepted_returned_and_goes_again() {
    let handing = Handing::new();
    let company = &handing.company;
    let sent = handing.send(company.cedar, &[]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let page = company.get(company.cedar, sent.location()).await;
    assert!(page.has("E-1 <a") && page.has(SECRET) && page.has("The same &lt;b&gt;"));
    assert!(page.has("href=\"https://logs.example/4\"") && page.has("lamp.txt"));
    assert!(page.has("action=\"/escalations/undo\"") && !page.has("/escalations/1/accept"));
    assert_eq!(
        company.get(company.cedar, &handing.form()).await.location(),
        "/escalations/1"
    );
    let list = company.get(company.larch, "/escalations").await;
    assert!(list.has("No network in room 4") && list.has("En attente de mon équipe (1)"));
    assert!(
        company
            .get(company.larch, "/inbox/mine")
            .await
            .has("href=\"/escalations\">")
    );
    assert!(company.get(company.larch, "/escalations/1").await.has("data-key=\"a\""));
    let other = company.post(company.cedar, "/escalations/1/accept", &[]).await;
    assert_eq!(other.status, StatusCode::CONFLICT);
    let taken = company.post(company.larch, "/escalations/1/accept", &[]).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER);
    let without = company
        .post(company.larch, "/escalations/1/return", &[("reason", " ")])
        .await;
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
    let back = company
        .post(company.larch, "/escalations/1/return", &[("reason", "Which port?")])
        .await;
    assert_eq!(back.status, StatusCode::SEE_OTHER);
    let returned = company.get(company.cedar, "/escalations?which=returned").await;
    assert!(returned.has("Returned to me (1)") && returned.has("No network in room 4"));
    let form = company.get(company.cedar, &handing.form()).await;
    assert!(form.has("It was returned.") && form.has("No light on the port"));
    handing.send(company.cedar, &[("symptom", "No light on port 12")]).await;
    let page = company.get(company.cedar, "/escalations/1").await;
    assert!(page.has("Round 2") && page.has("Which port?"));
    let changed = page.body.split("<del").nth(1).unwrap();
    assert!(changed.contains("No light on the port") && changed.contains("No light on port 12"));
    let ticket = company
        .get(company.cedar, &format!("/tickets/{}", handing.ticket))
        .await;
    assert!(ticket.has("You handed this over (E-1)") && ticket.has("Larch returned E-1"));
    let part = company
        .get(company.cedar, &format!("/tickets/{}/before", handing.ticket))
        .await;
    assert!(part.has("Handed over to Network") && part.has("contact: Cedar"));
    let counts = company.get(company.cedar, "/escalations").await;
    assert!(counts.has("<th scope=\"row\">Network</th><td class=\"num\">2</td><td class=\"num\">1</td>"));
}

#[tokio::test]
async fn what_was_done_is_taken_back_from_the_toast() {
    let handing = Handing::new();
    let company = &handing.company;
    let sent = handing.send(company.cedar, &[]).await;
    let event = sent.location().split("done=").nth(1).unwrap().to_string();
    let undone = company
        .post(company.cedar, "/escalations/undo", &[("event", &event)])
        .await;
    assert_eq!(undone.location(), handing.form());
    assert!(
        company.get(company.cedar, &handing.form()).await.has(SECRET),
        "nothing is lost"
    );
    let gone = company.get(company.cedar, "/escalations/1").await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
    handing.send(company.cedar, &[]).await;
    let taken = company.post(company.larch, "/escalations/2/accept", &[]).await;
    let event = taken.location().split("done=").nth(1).unwrap().to_string();
    let undone = company
        .post(company.larch, "/escalations/undo", &[("event", &event)])
        .await;
    assert_eq!(undone.location(), "/escalations/2");
    assert!(
        company
            .get(company.larch, "/escalations/2")
            .await
            .has("/escalations/2/accept")
    );
}

#[tokio::test]
async fn to_a_private_team_it_goes_and_is_seen_no_more() {
    let handing = Handing::new();
    let company = &handing.company;
    let to = format!("team:{}", company.private);
    let sent = handing.send(company.cedar, &[("to", &to)]).await;
    assert_eq!(sent.location(), "/escalations?which=sent&gone=1");
    let page = company.get(company.cedar, sent.location()).await;
    assert!(page.has("It went to a private team") && !page.has("No network in room 4"));
    for path in ["/escalations/1".to_string(), handing.form()] {
        let answer = company.get(company.cedar, &path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(
        company.post(company.cedar, "/escalations/1/accept", &[]).await.status,
        StatusCode::NOT_FOUND
    );
    assert!(
        company.get(company.larch, "/escalations/1").await.has(SECRET),
        "the control"
    );
}

#[tokio::test]
async fn a_requester_is_told_his_contact_and_nothing_of_the_packet() {
    let handing = Handing::new();
    let company = &handing.company;
    let request = format!("/en/requests/{}", handing.ticket);
    assert!(!company.get(company.payroll, &request).await.has("Your contact"));
    handing.send(company.cedar, &[]).await;
    assert!(
        company.get(company.larch, "/escalations/1").await.has(SECRET),
        "the control"
    );
    let page = company.get(company.payroll, &request).await;
    assert!(page.has("Your contact: Cedar"));
    for word in [SECRET, "News by noon", "No light on the port", "E-1", "Network"] {
        assert!(!page.has(word), "{word}");
    }
    for path in ["/escalations/1", "/escalations", handing.form().as_str()] {
        let answer = company.get(company.payroll, path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
}
