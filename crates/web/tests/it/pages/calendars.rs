//! The calendars: what their pages show, what is refused at which field, and that each deed is taken back.

use axum::http::StatusCode;
use desk::people::{self, Preferences};
use desk::words::Lang;

use super::company::{Answer, Company};
use super::look::check;

const SUPPORT: [(&str, &str); 9] = [
    ("name_en", "Support"),
    ("name_fr", "Soutien"),
    ("zone", "America/Montreal"),
    ("holidays", "qc"),
    ("monday", "8-12, 13-17"),
    ("tuesday", "8 h 30 – 16 h"),
    ("wednesday", "8:30-16"),
    ("saturday", ""),
    ("sunday", "0-24"),
];

async fn post(company: &Company, path: &str, fields: &[(&str, &str)]) -> Answer {
    company.post(company.admin, path, fields).await
}

/// Does it and follows to the page it leads to, with the number to take it back by.
async fn done(company: &Company, path: &str, fields: &[(&str, &str)]) -> (Answer, String) {
    let sent = post(company, path, fields).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{path}: {}", sent.body);
    let event = sent.location().split("done=").nth(1).unwrap_or_default().to_string();
    (company.get(company.admin, sent.location()).await, event)
}

async fn undone(company: &Company, event: &str) {
    let sent = post(company, "/admin/calendars/undo", &[("event", event)]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
}

#[tokio::test]
async fn the_house_calendar_is_there_and_its_hours_are_those_the_desk_keeps() {
    let company = Company::new();
    let list = company.get(company.admin, "/admin/calendars").await;
    assert!(
        list.has("Desk hours") && list.has("Monday to Friday 08:00-17:00"),
        "{}",
        list.body
    );
    assert!(list.has("There is only the desk’s own calendar."));
    let page = company.get(company.admin, "/admin/calendars/1").await;
    assert!(
        !page.has("name=\"zone\"") && !page.has("/admin/calendars/1/retire"),
        "it stays, in the desk's zone"
    );
    assert!(
        page.has("There is no day off in the next 12 months.") && page.has("This calendar has no days of its own yet")
    );
    let hours = [("name_en", "Hours"), ("name_fr", "Heures"), ("friday", "9-11")];
    let (page, event) = done(&company, "/admin/calendars/1", &hours).await;
    assert!(page.has("<h1>Hours</h1>") && page.has("value=\"09:00-11:00\""));
    let friday = |company: &Company| {
        let house = company.desk.house();
        house.calendar.week().periods(jiff::civil::Weekday::Friday)[0].from
    };
    assert_eq!(friday(&company), 9 * 60, "the desk promises by them at once");
    undone(&company, &event).await;
    assert_eq!(friday(&company), 8 * 60);
    let kept = post(&company, "/admin/calendars/1/retire", &[]).await;
    assert_eq!(kept.status, StatusCode::CONFLICT);
    assert!(kept.has("The desk’s own calendar is always in use."));
}

#[tokio::test]
async fn a_calendar_is_made_changed_tried_out_retired_and_brought_back() {
    let company = Company::new();
    let (page, _) = done(&company, "/admin/calendars", &SUPPORT).await;
    assert!(
        page.has("<h1>Support</h1>") && page.has("value=\"08:00-12:00, 13:00-17:00\""),
        "{}",
        page.body
    );
    assert!(page.has("value=\"08:30-16:00\"") && page.has("value=\"00:00-24:00\""));
    assert!(page.has("National Holiday of Quebec") && !page.has("Boxing Day"));
    assert!(page.has("8 working hours from now end on ") && page.has("America/Montreal"));
    let one = company.get(company.admin, "/admin/calendars/2?hours=1").await;
    assert!(one.has("1 working hour from now ends on "));
    let junk = company.get(company.admin, "/admin/calendars/2?hours=-7x").await;
    assert!(
        junk.has("8 working hours from now end on "),
        "what is no number is the usual"
    );
    let (page, event) = done(&company, "/admin/calendars/2/retire", &[]).await;
    assert!(page.has("Out of use") && page.has("action=\"/admin/calendars/undo\""));
    undone(&company, &event).await;
    assert!(!company.get(company.admin, "/admin/calendars").await.has("Out of use"));
    done(&company, "/admin/calendars/2/retire", &[]).await;
    done(&company, "/admin/calendars/2/restore", &[]).await;
    assert!(!company.get(company.admin, "/admin/calendars").await.has("Out of use"));
}

#[tokio::test]
async fn what_cannot_be_kept_is_refused_at_its_field_and_nothing_typed_is_lost() {
    let company = Company::new();
    for (field, typed, words) in [
        ("name_fr", " ", "name_fr"),
        ("zone", "America/Torontoo", "There is no such time zone."),
        ("holidays", "zz", "Choose one from the list."),
        ("monday", "17-8", "A period ends after it begins."),
        ("tuesday", "8-12, 11-13", "Two periods of this day overlap."),
        ("wednesday", "8-25", "Write the hours as 08:30-12:00"),
        ("sunday", "all day", "Write the hours as 08:30-12:00"),
    ] {
        let fields = SUPPORT.map(|(name, text)| (name, if name == field { typed } else { text }));
        let refused = post(&company, "/admin/calendars", &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        assert!(
            refused.has(&format!("href=\"#{field}\"")) && refused.has(words),
            "{field}: {}",
            refused.body
        );
        assert!(refused.has("value=\"Support\""), "nothing is cleared");
        if field != "holidays" {
            assert!(refused.has(&format!("value=\"{typed}\"")), "{field}");
        }
    }
    let empty = post(&company, "/admin/calendars", &[("name_en", "A"), ("name_fr", "B")]).await;
    assert!(empty.has("this calendar has no working minute"));
    let by_technician = company.post(company.cedar, "/admin/calendars", &SUPPORT).await;
    assert_eq!(by_technician.status, StatusCode::NOT_FOUND);
    let list = company.get(company.admin, "/admin/calendars").await;
    assert!(!list.has("Support"), "nothing was kept");
}

#[tokio::test]
async fn days_of_its_own_are_added_removed_and_taken_back() {
    let company = Company::new();
    let day = [
        ("day", "2030-12-24"),
        ("day_name", "We close <early>"),
        ("yearly", "yes"),
    ];
    let (page, _) = done(&company, "/admin/calendars/1/days", &day).await;
    assert!(
        page.has("We close &#60;early&#62;") && page.has("Every year"),
        "{}",
        page.body
    );
    let twice = post(&company, "/admin/calendars/1/days", &day).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        twice.has("This day is in the calendar already.") && twice.has("value=\"2030-12-24\"") && twice.has(" checked")
    );
    let none = [("day", "2030-02-30"), ("day_name", "No day")];
    let none = post(&company, "/admin/calendars/1/days", &none).await;
    assert!(none.has("href=\"#day\"") && none.has("value=\"No day\""));
    let (page, event) = done(&company, "/admin/calendars/1/days/remove", &[("day", "2030-12-24")]).await;
    assert!(!page.has("We close"));
    undone(&company, &event).await;
    assert!(company.get(company.admin, "/admin/calendars/1").await.has("We close"));
    for day in ["2031-12-24", "soon", ""] {
        let gone = post(&company, "/admin/calendars/1/days/remove", &[("day", day)]).await;
        assert_eq!(gone.status, StatusCode::NOT_FOUND, "{day}");
    }
}

#[tokio::test]
async fn every_holiday_of_every_set_has_a_name_in_both_languages() {
    let company = Company::new();
    for (lang, tag, words) in [
        (Lang::En, "en-CA", ["Labour Day", "Days off in the next 12 months"]),
        (Lang::Fr, "fr-CA", ["Fête du Travail", "Congés des 12 prochains mois"]),
    ] {
        let wanted = Preferences {
            language: Some(lang),
            ..Preferences::default()
        };
        company
            .as_person(company.admin, move |tx, cx| people::set_preferences(tx, cx, &wanted))
            .unwrap();
        for set in desk::calendars::holiday_sets() {
            let fields = [
                ("name_en", "A"),
                ("name_fr", "B"),
                ("monday", "8-17"),
                ("holidays", set),
            ];
            let (page, _) = done(&company, "/admin/calendars/1", &fields).await;
            assert!(words.iter().all(|words| page.has(words)), "{set}: {}", page.body);
            check(&page, set, tag);
        }
    }
}
