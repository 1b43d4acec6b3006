//! Calendar files, read into the few things a person asks about.

use crate::data;
use mail::{Defect, Role};

fn letter(calendar: &str) -> mail::Letter {
    mail::parse(
        format!("From: a@b.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nCome!\r\n--b\r\nContent-Type: text/calendar; charset=utf-8; method=REQUEST\r\n\r\n{calendar}\r\n--b--\r\n")
            .as_bytes(),
    )
}

#[test]
fn an_invitation_says_who_what_when_and_where() {
    let letter = letter(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nBEGIN:VTIMEZONE\r\nTZID:Romance Standard Time\r\nBEGIN:STANDARD\r\nDTSTART:16010101T030000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n\
         BEGIN:VEVENT\r\nUID:1@x\r\nDTSTART;TZID=Romance Standard Time:20261116T100000\r\nDTEND;TZID=Europe/Paris:20261116T113000\r\n\
         SUMMARY;LANGUAGE=fr:Réunion\\, étage 2\\; prépa\r\n  ration\r\nLOCATION:Salle \\n Érable\r\nORGANIZER;CN=\"Cèdre: chef\":MAILTO:cedre@la.example\r\n\
         ATTENDEE;CN=A:mailto:a@la.example\r\nATTENDEE:mailto:b@la.example\r\nRRULE:FREQ=WEEKLY\r\nBEGIN:VALARM\r\nSUMMARY:no\r\nEND:VALARM\r\nEND:VEVENT\r\nEND:VCALENDAR",
    );
    let invitation = letter.invitation.clone().unwrap();
    assert_eq!(invitation.method.as_deref(), Some("request"));
    assert_eq!(invitation.summary.as_deref(), Some("Réunion, étage 2; prépa ration"));
    assert_eq!(invitation.location.as_deref(), Some("Salle \n Érable"));
    let start = invitation.start.unwrap();
    assert_eq!(
        (start.written.as_str(), start.zone.as_deref()),
        ("20261116T100000", Some("Romance Standard Time"))
    );
    assert_eq!(start.at, Some(1_794_819_600_000_000), "ten in Paris is nine in UTC");
    assert_eq!(invitation.end.unwrap().at, Some(1_794_825_000_000_000));
    let organizer = invitation.organizer.unwrap();
    assert_eq!(
        (organizer.name.as_deref(), organizer.address.as_str()),
        (Some("Cèdre: chef"), "cedre@la.example")
    );
    assert_eq!(invitation.attendees, 2);
    assert!(invitation.repeats);
    assert_eq!(letter.attachments[0].role, Role::Invitation, "the file is kept");
    assert_eq!(letter.text.as_deref().map(str::trim), Some("Come!"));
}

#[test]
fn whole_days_lengths_and_unknown_zones() {
    let event = |lines: &str| {
        letter(&format!(
            "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n{lines}\r\nEND:VEVENT\r\nEND:VCALENDAR"
        ))
        .invitation
        .unwrap()
    };
    let day = event("DTSTART;VALUE=DATE:20261116").start.unwrap();
    assert!(day.whole_day && day.at.is_none());
    let unknown = event("DTSTART;TZID=Cedar Hill:20261116T100000").start.unwrap();
    assert_eq!((unknown.zone.as_deref(), unknown.at), (Some("Cedar Hill"), None));
    let length = event("DTSTART:20261116T100000Z\r\nDURATION:PT1H30M");
    assert_eq!(
        length.end.unwrap().at,
        length.start.unwrap().at.map(|at| at + 5_400_000_000)
    );
}

#[test]
fn broken_calendars_are_files_and_no_more() {
    for calendar in [
        "",
        "hello",
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:2026\r\n",
        "BEGIN:VEVENT\r\nDTSTART:99999999T999999Z",
    ] {
        let letter = letter(calendar);
        assert_eq!(letter.attachments.len(), 1, "{calendar}");
        assert_eq!(
            letter.invitation.is_none(),
            letter.defects.contains(&Defect::BadCalendar),
            "{calendar}"
        );
    }
    let many = format!(
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\n{}",
        "ATTENDEE:mailto:a@b.example\r\n".repeat(100_000)
    );
    assert!(letter(&many).invitation.unwrap().attendees <= 20_000);
}

#[test]
fn calendars_of_the_corpus_are_read() {
    let Some(letters) = data::letters() else { return };
    let mut all = 0;
    for entry in letters
        .iter()
        .filter(|e| e.file.contains("ics") || e.file.contains("calendar"))
    {
        let letter = mail::parse(&entry.raw);
        if letter.attachments.iter().any(|a| a.role == Role::Invitation) {
            all += 1;
            let invitation = letter.invitation.unwrap_or_else(|| panic!("{}", entry.file));
            assert!(invitation.start.is_some() || invitation.uid.is_some(), "{}", entry.file);
        }
    }
    assert!(all > 0, "no calendar in the corpus");
}
