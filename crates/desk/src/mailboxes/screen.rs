//! What kind of letter it is: a person's, a machine's, a report that ours came back, our own returning, the same one
//! again, or one too big to read. Pure: it decides on what it is told. Only a person's letter opens or joins a ticket.

use mail::{Nature, Own, ReportKind};

/// Letters above this are kept and held, not read.
pub(super) const LARGEST: i64 = 35 * 1024 * 1024;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// A person wrote it. `answerable`: an acknowledgement may go back.
    Person {
        answerable: bool,
    },
    Automatic(&'static str),
    Bounce {
        late: bool,
    },
    Loop,
    /// The number of the letter it repeats.
    Duplicate(i64),
    Oversize,
}

/// What is known of the letter besides its own words.
pub(super) struct Known<'a> {
    pub bytes: i64,
    /// `None` where nobody said: a letter that was fetched has lost its envelope.
    pub envelope_from: Option<&'a str>,
    /// An earlier letter with the same bytes, or the same identifier, sender and subject.
    pub twin: Option<i64>,
    pub is_ours: &'a dyn Fn(&str) -> bool,
    pub is_our_mark: &'a dyn Fn(&str) -> bool,
}

pub(super) fn screen(letter: &mail::Letter, known: &Known<'_>) -> Verdict {
    if let Some(twin) = known.twin {
        return Verdict::Duplicate(twin);
    }
    if known.bytes > LARGEST {
        return Verdict::Oversize;
    }
    let envelope_from = known.envelope_from;
    let nature = mail::nature(letter, envelope_from);
    match nature {
        Nature::Bounce => {
            let late = letter.report.as_ref().is_some_and(|r| r.kind == ReportKind::Delay);
            return Verdict::Bounce { late };
        }
        Nature::Report(ReportKind::Feedback) => return Verdict::Automatic("letter-reason-feedback"),
        Nature::Report(_) => return Verdict::Automatic("letter-reason-report"),
        _ => {}
    }
    if is_echo(letter, known) {
        return Verdict::Loop;
    }
    match nature {
        Nature::List if !is_person_on_list(letter) => Verdict::Automatic("letter-reason-circular"),
        Nature::Human | Nature::List => {
            let own = Own {
                address: known.is_ours,
                mark: known.is_our_mark,
            };
            let silent = mail::must_not_answer_knowing(letter, envelope_from, own).is_some();
            Verdict::Person {
                answerable: !silent && !is_forwarded_report(letter),
            }
        }
        _ => Verdict::Automatic("letter-reason-automatic"),
    }
}

/// A group address passes on what people write, and its letters look like a list's; circulars and automatic answers
/// carry more marks than that.
fn is_person_on_list(letter: &mail::Letter) -> bool {
    let word = |field: &Option<String>| field.as_deref().unwrap_or_default().trim().to_ascii_lowercase();
    letter.list
        && matches!(word(&letter.auto_submitted).as_str(), "" | "no")
        && matches!(word(&letter.precedence).as_str(), "" | "list")
        && letter.machine_marks.is_empty()
}

/// What mail servers put at the beginning of a subject when a letter comes back.
const REPORTS: &[&str] = &[
    "returned mail:",
    "undelivered mail returned",
    "undeliverable:",
    "delivery status notification",
    "failure notice",
    "mail delivery failed",
    "mail delivery failure",
    "delivery failure",
    "mail system error",
    "non remis :",
    "non remis:",
    "échec de la remise",
    "undeliverable mail",
    "delivery notification",
];

/// A person's program that passes a server's report on: it opens a ticket, but the answer could meet the same server.
fn is_forwarded_report(letter: &mail::Letter) -> bool {
    let subject = letter.subject.as_deref().unwrap_or_default().trim().to_lowercase();
    let Some((head, rest)) = subject.split_once(':') else {
        return false;
    };
    let forwarded = matches!(head.trim(), "fw" | "fwd" | "tr" | "wg" | "rv");
    forwarded && REPORTS.iter().any(|r| rest.trim_start().starts_with(r))
}

/// Our own letter come back: from an address of ours, under an identifier of ours, or with our mark.
fn is_echo(letter: &mail::Letter, known: &Known<'_>) -> bool {
    let senders = [letter.from.as_ref(), letter.sender.as_ref()];
    senders.into_iter().flatten().any(|a| (known.is_ours)(&a.address))
        || letter.message_id.as_deref().is_some_and(known.is_our_mark)
        || letter.loop_marks.iter().any(|m| (known.is_ours)(m))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(raw: &str, twin: Option<i64>, bytes: i64) -> Verdict {
        let known = Known {
            bytes,
            envelope_from: Some("sender@example.org"),
            twin,
            is_ours: &|a| a.eq_ignore_ascii_case("support@desk.example"),
            is_our_mark: &|id| id.ends_with("@desk.example"),
        };
        screen(&mail::parse(raw.as_bytes()), &known)
    }

    const PERSON: &str = "From: cedar@example.org\r\nSubject: Printer\r\n\r\nIt is broken.\r\n";

    #[test]
    fn a_person_is_answered() {
        assert_eq!(verdict(PERSON, None, 10), Verdict::Person { answerable: true });
    }

    #[test]
    fn the_same_again_and_the_giant_are_told_first() {
        assert_eq!(verdict(PERSON, Some(7), 10), Verdict::Duplicate(7));
        assert_eq!(verdict(PERSON, None, LARGEST + 1), Verdict::Oversize);
    }

    #[test]
    fn our_own_letters_are_recognised_by_address_identifier_and_mark() {
        for head in [
            "From: support@desk.example",
            "From: a@example.org\r\nMessage-ID: <t1.x@desk.example>",
            "From: a@example.org\r\nX-Loop: support@desk.example",
        ] {
            assert_eq!(
                verdict(&format!("{head}\r\nSubject: x\r\n\r\nx\r\n"), None, 10),
                Verdict::Loop,
                "{head}"
            );
        }
    }

    #[test]
    fn a_forwarded_report_is_a_persons_but_is_not_answered() {
        let about = |subject: &str| {
            verdict(
                &format!("From: cedar@example.org\r\nSubject: {subject}\r\n\r\nx\r\n"),
                None,
                10,
            )
        };
        assert_eq!(
            about("Fwd: Returned mail: see transcript for details"),
            Verdict::Person { answerable: false }
        );
        for question in [
            "Returned mail: what is that?",
            "Fwd: Invoice",
            "Re: mail delivery failed",
        ] {
            assert_eq!(about(question), Verdict::Person { answerable: true }, "{question}");
        }
    }

    #[test]
    fn machines_and_lists_are_not_answered() {
        let automatic = Verdict::Automatic("letter-reason-automatic");
        assert_eq!(
            verdict(&format!("Auto-Submitted: auto-replied\r\n{PERSON}"), None, 10),
            automatic
        );
        assert_eq!(
            verdict(&format!("List-Id: <all.example.org>\r\n{PERSON}"), None, 10),
            Verdict::Person { answerable: false }
        );
        let circular = Verdict::Automatic("letter-reason-circular");
        assert_eq!(
            verdict(
                &format!("List-Id: <all.example.org>\r\nPrecedence: bulk\r\n{PERSON}"),
                None,
                10
            ),
            circular
        );
    }
}
