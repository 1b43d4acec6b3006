//! Any calendar file is an invitation or a defect, never both and never neither.

use proptest::prelude::*;

use crate::{bytes, run};

const SAMPLES: &[&str] = &[
    "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:1@x\r\nDTSTART;TZID=Europe/Paris:20261116T100000\r\nDTEND:20261116T100000Z\r\n\
     SUMMARY;LANGUAGE=fr:R\u{e9}union\\, \u{e9}tage\\n2\r\n  suite\r\nLOCATION:Salle\r\nORGANIZER;CN=\"A: b\":mailto:a@b.example\r\n\
     ATTENDEE;CN=C:mailto:c@d.example\r\nRRULE:FREQ=WEEKLY\r\nBEGIN:VALARM\r\nTRIGGER:-PT15M\r\nEND:VALARM\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    "BEGIN:VCALENDAR\nBEGIN:VTODO\nDUE;VALUE=DATE:20261116\nDURATION:P1W2DT3H4M5S\nSTATUS:CANCELLED\nEND:VTODO\nEND:VCALENDAR\n",
];

const WORDS: &[&str] = &[
    "\r\n",
    "\n",
    "\n ",
    "\r\n\t",
    "BEGIN:VEVENT\r\n",
    "BEGIN:VCALENDAR\r\n",
    "END:VEVENT\r\n",
    "DTSTART:",
    "DTSTART;TZID=",
    "DURATION:P",
    "99999999999999999999",
    "99991231T235959Z",
    "00000000",
    "T240000",
    "\"",
    ";",
    ":",
    "=",
    "\\",
    "\\n",
    "/x/Europe/Paris:",
    "../../etc:",
    "W. Europe Standard Time:",
    "mailto:",
    "\u{0}",
    "\u{e9}",
];

#[test]
fn any_calendar_is_an_invitation_or_a_defect() {
    run("calendars", &bytes(SAMPLES, WORDS), |calendar| {
        let head = b"From: a@b.example\r\nContent-Type: text/calendar; method=REQUEST\r\nContent-Transfer-Encoding: binary\r\n\r\n";
        let letter = mail::parse(&[&head[..], &calendar].concat());
        prop_assert!(!letter.defects.contains(&mail::Defect::ReaderFailed));
        prop_assert_eq!(
            letter.invitation.is_none(),
            letter.defects.contains(&mail::Defect::BadCalendar)
        );
        prop_assert_eq!(&letter.attachments[0].bytes, &calendar, "the file is kept");
        if let Some(invitation) = letter.invitation {
            let texts = [&invitation.summary, &invitation.location, &invitation.uid];
            prop_assert!(
                texts
                    .into_iter()
                    .flatten()
                    .all(|t| t.chars().count() <= 4_000 && !t.contains('\0'))
            );
        }
        Ok(())
    });
}
