//! Skills on their pages: the self-assessment that goes on where it was, both sides on one's page, the matrix, and practice
//! tickets. And who does not get to see any of it.

use axum::http::StatusCode;
use desk::access::Role;
use desk::competence::{self, Answer, Statement};
use desk::people::{self, NewPerson};
use desk::teams::{self, NewTeam};
use desk::tickets::{self, Solution};
use desk::words::Lang;
use desk::{PersonId, TeamId};

use super::company::{Answer as Page, Company};

/// Cedar and Maple are in a team that Birch leads; Larch leads another.
struct Crew {
    company: Company,
    team: TeamId,
    birch: PersonId,
    maple: PersonId,
    outsider: PersonId,
}

fn crew() -> Crew {
    let company = Company::new();
    let hire = |name: &str, address: &str, role| {
        let new = NewPerson::new(name, address, role);
        company
            .as_person(company.admin, move |tx, cx| people::add(tx, cx, &new))
            .unwrap()
    };
    let birch = hire("Birch", "birch@desk.example", Role::Supervisor);
    let maple = hire("Maple", "maple@desk.example", Role::Technician);
    let outsider = hire("Aspen", "aspen@desk.example", Role::Supervisor);
    let (cedar, private) = (company.cedar, company.private);
    let team = company
        .as_person(company.admin, move |tx, cx| {
            let new = NewTeam {
                name_en: "Front".into(),
                name_fr: "Accueil".into(),
                private: false,
            };
            let team = teams::add(tx, cx, &new)?;
            for person in [birch, maple, cedar] {
                teams::join(tx, cx, team, person)?;
            }
            teams::lead(tx, cx, team, birch, true)?;
            teams::join(tx, cx, private, outsider)?;
            teams::lead(tx, cx, private, outsider, true)?;
            Ok(team)
        })
        .unwrap();
    Crew {
        company,
        team,
        birch,
        maple,
        outsider,
    }
}

impl Crew {
    async fn posted(&self, who: PersonId, path: &str, fields: &[(&str, &str)]) -> Page {
        let answer = self.company.post(who, path, fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}: {}", answer.body);
        answer
    }

    /// All but those two see nothing, and the same nothing as where nothing is.
    async fn private_to(&self, path: &str, to: &[PersonId]) {
        let c = &self.company;
        for who in [
            c.cedar,
            self.birch,
            self.maple,
            self.outsider,
            c.larch,
            c.admin,
            c.payroll,
        ] {
            let wanted = if to.contains(&who) {
                StatusCode::OK
            } else {
                StatusCode::NOT_FOUND
            };
            assert_eq!(c.get(who, path).await.status, wanted, "{path} by {who}");
        }
    }
}

#[test]
fn every_statement_has_its_words_in_both_languages() {
    for statement in Statement::all() {
        for lang in [Lang::En, Lang::Fr] {
            let words = web::text(lang, &format!("statement-{statement}"), &[]);
            assert!(words.ends_with('.'), "{statement} in {lang}: {words}");
        }
    }
    let none = web::text(Lang::En, "statement-support-9-9", &[]);
    assert!(none.ends_with(']'), "what has no words shows itself: {none}");
}

#[tokio::test]
async fn a_self_assessment_goes_on_where_it_was_and_says_what_came_out() {
    let crew = crew();
    let (c, cedar) = (&crew.company, crew.company.cedar);
    let first = c.get(cedar, "/team/skills/me").await;
    assert!(first.has("Ten to fifteen minutes") && first.has("action=\"/team/skills/me/begin\""));
    let early = c.post(cedar, "/team/skills/me/finish", &[]).await;
    assert_eq!(early.status, StatusCode::CONFLICT);
    crew.posted(cedar, "/team/skills/me/begin", &[]).await;
    let one = crew
        .posted(cedar, "/team/skills/me/answer", &[("support-1-3", "alone")])
        .await;
    assert_eq!(one.location(), "/team/skills/me#support-1-3");
    let page = c.get(cedar, "/team/skills/me").await;
    assert!(page.has("71 answers left") && page.has("href=\"#business-1-1\""));
    let frame = [("turbo-frame", "f-support-1-3")];
    let part = c.get_with(cedar, "/team/skills/me", &frame).await;
    assert!(
        part.has("aria-pressed=\"true\" autofocus") && !part.has("support-1-4"),
        "{}",
        part.body
    );
    assert!(!page.has(" autofocus"));
    assert!(page.has("id=\"support-1-3-alone\" name=\"support-1-3\" value=\"alone\" aria-pressed=\"true\""));
    assert!(page.has("id=\"support-1-3-shows\" name=\"support-1-3\" value=\"shows\" aria-pressed=\"false\""));
    for odd in [("support-1-3", "perhaps"), ("support-9-9", "alone")] {
        let refused = c.post(cedar, "/team/skills/me/answer", &[odd]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.has("Choose an answer."));
    }
    let unfinished = c.post(cedar, "/team/skills/me/finish", &[]).await;
    assert_eq!(unfinished.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unfinished.has("71 statements have no answer yet"));
    let names: Vec<String> = Statement::all().map(|statement| statement.to_string()).collect();
    let all: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "alone")).collect();
    crew.posted(cedar, "/team/skills/me/answer", &all).await;
    crew.posted(cedar, "/team/skills/me/finish", &[]).await;
    let result = c.get(cedar, "/team/skills/me").await;
    assert!(result.has("Your last result") && result.has("3 Advanced") && result.has("How the level comes about"));
    let french = c.get(c.larch, "/team/skills/me").await;
    assert!(french.has("Autoévaluation") && french.has("au moins trois de ses quatre tâches"));
    let me = c.get(cedar, "/me").await;
    assert!(me.has(&format!("href=\"/team/skills/people/{cedar}\"")));
}

#[tokio::test]
async fn a_person_and_his_lead_see_both_sides_and_nobody_else_does() {
    let crew = crew();
    let (c, cedar) = (&crew.company, crew.company.cedar);
    c.as_person(cedar, |tx, cx| {
        competence::begin(tx, cx)?;
        Statement::all().try_for_each(|one| competence::answer(tx, cx, one, Answer::Alone))?;
        competence::finish(tx, cx).map(drop)
    })
    .unwrap();
    let path = format!("/team/skills/people/{cedar}");
    let level = format!("{path}/level");
    let word = [("area", "support"), ("level", "2"), ("why", "Seen at the counter <b>.")];
    crew.posted(crew.birch, &level, &word).await;
    let targets = format!("/team/skills/targets/{}", crew.team);
    crew.posted(crew.birch, &targets, &[("level-support", "3"), ("people-support", "2")])
        .await;
    let crowd = [("level-support", "2"), ("people-support", "500")];
    let crowd = c.post(crew.birch, &targets, &crowd).await;
    assert_eq!(crowd.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(crowd.has("value=\"500\"") && crowd.has("from 1 to 99"));
    let page = c.get(cedar, &path).await;
    assert!(page.has("3 Advanced") && page.has("2 Intermediate") && page.has("Seen at the counter &#60;b&#62;."));
    assert!(page.has("The lead sees less") && page.has("1 level to go"));
    assert!(!page.has("What you say"), "nobody assesses himself");
    let refused = c
        .post(
            crew.birch,
            &level,
            &[("area", "support"), ("level", "7"), ("why", "Kept words")],
        )
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.has("value=\"Kept words\"") && refused.has("Choose a level from the list."));
    crew.private_to(&path, &[cedar, crew.birch]).await;
    let absent = c.get(crew.maple, "/team/skills/people/999999").await;
    assert_eq!(c.get(crew.maple, &path).await.status, absent.status);
    for who in [cedar, crew.maple, crew.outsider, c.admin, c.payroll] {
        let said = c.post(who, &level, &word).await;
        assert_eq!(said.status, StatusCode::NOT_FOUND);
        assert_eq!(c.post(who, &targets, &[]).await.status, StatusCode::NOT_FOUND);
    }
    let matrix = c.get(crew.birch, "/team/skills").await;
    assert!(matrix.has("Front") && matrix.has("3 / 2") && matrix.has("0 of 2 people"));
    let places: Vec<Option<usize>> = ["Birch", "Cedar", "Maple"]
        .iter()
        .map(|name| matrix.body.find(&format!("\">{name}</a></th>")))
        .collect();
    assert!(places[0].is_some() && places.is_sorted(), "by name: {places:?}");
    let other = c.get(crew.outsider, "/team/skills").await;
    assert_eq!(other.status, StatusCode::OK);
    assert!(!other.has("Cedar"));
}

#[tokio::test]
async fn certifications_and_skills_are_kept_and_taken_back() {
    let crew = crew();
    let (c, cedar) = (&crew.company, crew.company.cedar);
    let (path, add) = (format!("/team/skills/people/{cedar}"), "/team/skills/certifications");
    let odd = c.post(cedar, add, &[("name", "A+"), ("expires", "soon")]).await;
    assert_eq!(odd.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(odd.has("value=\"A+\"") && odd.has("This is not a date."));
    let fields = [
        ("name", "A+"),
        ("issuer", "CompTIA"),
        ("obtained", "2023-12-01"),
        ("expires", "2026-12-01"),
    ];
    assert_eq!(crew.posted(cedar, add, &fields).await.location(), path);
    assert!(c.get(cedar, &path).await.has("Until Dec 1, 2026"));
    assert!(c.get(crew.birch, &path).await.has("CompTIA"));
    let one = format!("{add}/1");
    assert!(c.get(cedar, &one).await.has("value=\"2026-12-01\""));
    for who in [crew.birch, crew.maple, c.admin] {
        assert_eq!(c.get(who, &one).await.status, StatusCode::NOT_FOUND);
        assert_eq!(c.post(who, &one, &fields).await.status, StatusCode::NOT_FOUND);
    }
    let removed = crew.posted(cedar, &format!("{one}/remove"), &[]).await;
    let page = c.get(cedar, removed.location()).await;
    assert!(!page.has("CompTIA") && page.has(&format!("action=\"{one}/restore\"")));
    crew.posted(cedar, &format!("{one}/restore"), &[]).await;
    assert!(c.get(cedar, &path).await.has("CompTIA"));
    let skill = [("name_en", "Payroll program"), ("name_fr", "Logiciel de paie")];
    assert_eq!(
        c.post(cedar, "/team/skills/list", &skill).await.status,
        StatusCode::NOT_FOUND
    );
    crew.posted(crew.birch, "/team/skills/list", &skill).await;
    crew.posted(cedar, &format!("{path}/skill"), &[("skill", "1"), ("level", "2")])
        .await;
    crew.posted(crew.birch, &format!("{path}/skill"), &[("skill", "1"), ("level", "1")])
        .await;
    let page = c.get(crew.birch, &path).await;
    assert!(page.has("Payroll program") && page.has("<td>2 Intermediate</td><td>1 Basic</td>"));
    crew.posted(crew.birch, "/team/skills/list/1/retire", &[]).await;
    assert!(!c.get(cedar, "/team/skills/list").await.has("Payroll program"));
    assert!(c.get(crew.birch, "/team/skills/list").await.has("Out of use"));
}

#[tokio::test]
async fn a_solved_ticket_is_practised_compared_and_private() {
    let crew = crew();
    let (c, cedar) = (&crew.company, crew.company.cedar);
    let ticket = c.open(c.payroll, "VPN of the Payroll office drops", |_| ());
    let solution = Solution {
        cause: "The certificate had expired.".into(),
        steps: "Renew the certificate, sign in again.".into(),
        ..Solution::default()
    };
    c.as_person(crew.maple, move |tx, cx| tickets::solve(tx, cx, ticket, &solution))
        .unwrap();
    let offer = c.get(crew.birch, "/team/practice").await;
    assert!(offer.has(&format!("href=\"/team/practice?ticket={ticket}#give\"")));
    assert!(!c.get(cedar, "/team/practice").await.has("Give a solved ticket"));
    let (number, person) = (ticket.to_string(), cedar.to_string());
    let wrong = c
        .post(crew.birch, "/team/practice", &[("ticket", "999"), ("person", &person)])
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.has("value=\"999\""));
    let given = c
        .post(
            crew.birch,
            "/team/practice",
            &[("ticket", &number), ("person", &person)],
        )
        .await;
    assert_eq!(given.status, StatusCode::CREATED, "{}", given.body);
    assert!(given.has("Payroll"), "what was taken out is shown once");
    let path = "/team/practice/1";
    let page = c.get(cedar, path).await;
    assert!(page.has("VPN of the [name]") && !page.has("Payroll") && !page.has("The certificate had expired."));
    let half = c
        .post(cedar, path, &[("asks", "Since when?"), ("then", "hand-in")])
        .await;
    assert_eq!(half.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(half.has("Since when?</textarea>"));
    crew.posted(cedar, path, &[("asks", "Since when?"), ("then", "keep")])
        .await;
    assert!(c.get(cedar, path).await.has("Since when?</textarea>"));
    let work = [("diagnosis", "A cable."), ("answer", "We look."), ("then", "hand-in")];
    crew.posted(cedar, path, &work).await;
    let both = c.get(cedar, path).await;
    assert!(both.has("A cable.") && both.has("The certificate had expired."));
    crew.posted(cedar, "/team/practice/1/learnt", &[("learnt", "Look at dates.")])
        .await;
    crew.posted(crew.birch, "/team/practice/1/comment", &[("comment", "Well seen.")])
        .await;
    assert!(c.get(crew.birch, path).await.has("Look at dates."));
    assert!(c.get(cedar, path).await.has("Well seen."));
    crew.private_to(path, &[cedar, crew.birch]).await;
    crew.posted(crew.birch, "/team/practice/1/remove", &[]).await;
    assert_eq!(c.get(cedar, path).await.status, StatusCode::NOT_FOUND);
}
