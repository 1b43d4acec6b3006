//! Who wrote a letter: every marked letter of the corpus, and letters made to mislead.

use crate::data;
use mail::{Nature, Own};

fn own() -> Own<'static> {
    Own {
        address: &|a| {
            let (local, domain) = a.rsplit_once('@').unwrap_or((a, ""));
            local
                .split('+')
                .next()
                .unwrap_or_default()
                .eq_ignore_ascii_case("support")
                && domain.eq_ignore_ascii_case("firstline.example")
        },
        mark: &|m| m.ends_with("@firstline.example"),
    }
}

#[test]
fn nothing_automatic_answers_the_automatic() {
    let Some(letters) = data::letters() else { return };
    let (mut silent, mut bounces, mut human) = ((0, 0), (0, 0), (0, 0));
    let mut wrong = Vec::new();
    for entry in &letters {
        let letter = mail::parse(&entry.raw);
        let expects = |word: &str| entry.expect.iter().any(|e| e == word);
        let nature = mail::nature_knowing(&letter, None, own());
        let refusal = mail::must_not_answer_knowing(&letter, None, own());
        let mut count = |tally: &mut (usize, usize), right: bool, what: &str| {
            tally.1 += 1;
            tally.0 += usize::from(right);
            if !right {
                wrong.push(format!("{} ({}): {what}, but {nature:?}", entry.file, entry.category));
            }
        };
        if expects("no-autoreply") {
            count(&mut silent, refusal.is_some(), "must stay unanswered");
        }
        if expects("bounce") || expects("feedback-report") {
            let right = matches!(nature, Nature::Bounce | Nature::Report(_));
            count(&mut bounces, right, "a report");
        }
        if expects("autoreply-once") || expects("not-bounce") {
            count(&mut human, nature == Nature::Human && refusal.is_none(), "a person");
        }
    }
    println!("unanswered {silent:?}, reports {bounces:?}, people {human:?}");
    wrong.iter().for_each(|w| println!("    {w}"));
    assert_eq!(silent.0, silent.1, "every automatic letter must stay unanswered");
    assert_eq!(human.0, human.1, "every person must be answered");
    assert!(
        bounces.0 as f64 / bounces.1 as f64 >= 0.97,
        "reports must be recognised"
    );
}

fn nature_of(header: &str) -> Nature {
    let raw = format!("{header}\r\nTo: desk@here.example\r\n\r\nHello\r\n");
    mail::nature(&mail::parse(raw.as_bytes()), Some("someone@there.example"))
}

#[test]
fn people_who_write_about_machines_are_people() {
    for subject in [
        "Vacation: please lock my account",
        "How do I set an automatic reply?",
        "Out of office reply is in the wrong language",
        "Re: Mail delivery failed",
        "My answer: automatic",
        "Absent tomorrow, laptop needed",
    ] {
        let nature = nature_of(&format!("From: Cedar <cedar@there.example>\r\nSubject: {subject}"));
        assert_eq!(nature, Nature::Human, "{subject}");
    }
}

#[test]
fn machines_are_known_by_their_marks() {
    for header in [
        "From: a@b.example\r\nAuto-Submitted: auto-generated; type=x",
        "From: a@b.example\r\nPrecedence: auto_reply",
        "From: a@b.example\r\nX-Loop: x@y",
        "From: do-not.reply@b.example",
        "From: ne_pas_repondre@b.example",
        "From: x@b.example\r\nSender: MAILER-DAEMON@b.example",
        "From: a@b.example\r\nSubject: R\u{e9}ponse automatique\u{a0}: imprimante",
    ] {
        assert!(
            matches!(nature_of(header), Nature::Automatic(_)),
            "{header} is {:?}",
            nature_of(header)
        );
    }
    assert_eq!(nature_of("From: a@b.example\r\nList-Id: <x.y>"), Nature::List);
    assert_eq!(nature_of("From: a@b.example\r\nPrecedence: bulk"), Nature::List);
    // The control: the same letter without its mark.
    assert_eq!(nature_of("From: a@b.example\r\nAuto-Submitted: no"), Nature::Human);
}

#[test]
fn the_envelope_counts() {
    let letter = mail::parse(b"From: a@b.example\r\nSubject: Printer\r\n\r\nx\r\n");
    assert!(mail::must_not_answer(&letter, Some("")).is_some());
    assert!(mail::must_not_answer(&letter, Some("< >")).is_some());
    assert!(matches!(
        mail::nature(&letter, Some("mailer-daemon@b.example")),
        Nature::Automatic(_)
    ));
    assert_eq!(mail::must_not_answer(&letter, Some("a@b.example")), None);
    assert_eq!(mail::must_not_answer(&letter, None), None);
}

#[test]
fn an_envelope_that_collects_returns_keeps_us_silent_and_the_person_a_person() {
    let letter = mail::parse(b"From: a@b.example\r\nSubject: Printer\r\n\r\nx\r\n");
    for envelope in [
        "bounces+1=x@lists.example",
        "news-bounces@lists.example",
        "bounce@lists.example",
        "bounce-17-x@lists.example",
        "list-bounces+a=b.example@lists.example",
    ] {
        assert_eq!(mail::nature(&letter, Some(envelope)), Nature::Human, "{envelope}");
        assert!(mail::must_not_answer(&letter, Some(envelope)).is_some(), "{envelope}");
        // The control: with the mark of a machine it is a machine's.
        let marked = mail::parse(b"From: a@b.example\r\nAuto-Submitted: auto-replied\r\n\r\nx\r\n");
        assert!(
            matches!(mail::nature(&marked, Some(envelope)), Nature::Automatic(_)),
            "{envelope}"
        );
    }
    // A person's own address under a signature of its server (BATV) is a person's own address.
    for envelope in ["prvs=0123abcdef=a@b.example", "bouncer@b.example", "a.bounce@b.example"] {
        assert_eq!(mail::must_not_answer(&letter, Some(envelope)), None, "{envelope}");
    }
    assert!(matches!(nature_of("From: bounces+1@b.example"), Nature::Automatic(_)));
}
