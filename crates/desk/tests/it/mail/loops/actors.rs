//! Who is out there: people, and machines of every manner.

use crate::mail::desk::{Left, letter};

/// Where letters are passed on so often that they go in a circle, servers stop.
const HOPS: usize = 25;

/// What an address does with a letter.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Actor {
    /// Reads it.
    Person,
    /// Says that he is away, as RFC 3834 asks.
    Polite,
    /// Answers everything like a person who pressed "reply".
    Rude,
    /// Answers everything, without a word of what it answers, after so many steps.
    Forgetful(usize),
    /// Another help desk, with a case of its own for each letter and no mark at all.
    Cases,
    /// Does not exist any more.
    Gone,
    /// The same, at a server that writes reports of its own making, to whom it likes.
    GoneOddly,
    /// A list, in its own name.
    List,
    /// Passes everything on, and perhaps a copy to a desk.
    Forward(&'static str, Option<&'static str>),
}

const ADDRESSES: [(&str, Actor); 10] = [
    ("cedar@people.example", Actor::Person),
    ("away@people.example", Actor::Polite),
    ("rude@people.example", Actor::Rude),
    ("amnesiac@people.example", Actor::Forgetful(1)),
    ("slow@people.example", Actor::Forgetful(7)),
    ("cases@vendor.example", Actor::Cases),
    ("gone@people.example", Actor::Gone),
    ("odd@people.example", Actor::GoneOddly),
    ("one@forward.example", Actor::Forward("two@forward.example", None)),
    (
        "two@forward.example",
        Actor::Forward("one@forward.example", Some("support@desk.example")),
    ),
];
const LIST: &str = "all@lists.example";
const SUBSCRIBED: [&str; 3] = ["cedar@people.example", "support@desk.example", "help@other.example"];

/// Every morning: each of them to each desk, and somebody to the list.
pub(super) fn people_write(day: usize, desks: &[&str]) -> Vec<Left> {
    let mut all = Vec::new();
    for (from, _) in ADDRESSES {
        for desk in desks {
            all.push(left(
                from,
                desk,
                &format!("Subject: Trouble of day {day}"),
                "It is broken.",
            ));
        }
    }
    all.push(left(
        "cedar@people.example",
        LIST,
        &format!("Subject: Lunch {day}"),
        "Who comes?",
    ));
    all
}

pub(super) fn without_tag(address: &str) -> String {
    let (local, domain) = address.rsplit_once('@').unwrap_or((address, ""));
    format!("{}@{domain}", local.split('+').next().unwrap_or_default())
}

fn left(from: &str, to: &str, head: &str, body: &str) -> Left {
    Left {
        from: from.into(),
        to: to.into(),
        raw: letter(from, to, head, body).into_bytes(),
    }
}

impl Actor {
    pub(super) fn of(address: &str) -> Actor {
        let found = ADDRESSES.iter().find(|(a, _)| *a == address);
        found.map_or(
            if address == LIST { Actor::List } else { Actor::Person },
            |(_, actor)| *actor,
        )
    }

    /// What comes of a letter, and when.
    pub(super) fn gets(self, got: &Left, now: usize) -> Vec<(usize, Left)> {
        let me = without_tag(&got.to);
        let read = got.read();
        let from = read.from.map(|a| a.address).unwrap_or_default();
        let reply_to = read.reply_to.first().map_or(from.clone(), |a| a.address.clone());
        let id = read.message_id.unwrap_or_default();
        let subject = read.subject.unwrap_or_default();
        match self {
            Actor::Person => Vec::new(),
            // It answers the envelope, as it should; from nobody comes nothing back.
            Actor::Polite if got.from.is_empty() => Vec::new(),
            Actor::Polite => {
                let head = format!(
                    "Subject: Automatic reply: {subject}\r\nIn-Reply-To: <{id}>\r\nAuto-Submitted: auto-replied"
                );
                let mut answer = left(&me, &got.from, &head, "I am away.");
                answer.from.clear();
                vec![(now + 1, answer)]
            }
            Actor::Rude => {
                let head = format!("Subject: Re: {subject}\r\nIn-Reply-To: <{id}>");
                vec![(now + 1, left(&me, &reply_to, &head, "I am away."))]
            }
            Actor::Forgetful(after) => vec![(now + after, left(&me, &from, "Subject: I am away", "I am away."))],
            Actor::Cases => {
                let head = format!("Subject: [Case {now}] we have your letter");
                vec![(now + 7, left(&me, &from, &head, "A colleague will look at it."))]
            }
            Actor::Gone if got.from.is_empty() => Vec::new(),
            Actor::Gone => vec![(now + 1, report(&me, &got.from, &id))],
            Actor::GoneOddly => {
                let head = "Subject: Undelivered Mail Returned to Sender";
                let mut odd = left(
                    "MAILER-DAEMON@people.example",
                    &from,
                    head,
                    &format!("{me}: no such user"),
                );
                odd.from.clear();
                vec![(now + 1, odd)]
            }
            Actor::List => SUBSCRIBED.iter().map(|to| (now, through_list(got, to))).collect(),
            Actor::Forward(next, copy) => {
                let onward = [Some(next), copy];
                onward
                    .into_iter()
                    .flatten()
                    .filter_map(|to| Some((now, passed_on(got, to)?)))
                    .collect()
            }
        }
    }
}

fn report(gone: &str, to: &str, id: &str) -> Left {
    let head = "Subject: Undelivered Mail Returned to Sender\r\nAuto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n\
                Content-Type: multipart/report; report-type=delivery-status; boundary=b";
    let body = format!(
        "--b\r\nContent-Type: text/plain\r\n\r\nIt could not be delivered.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n\
         Reporting-MTA: dns; people.example\r\n\r\nFinal-Recipient: rfc822; {gone}\r\nAction: failed\r\nStatus: 5.1.1\r\n\
         Diagnostic-Code: smtp; 550 no such user\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <{id}>\r\n\r\nx\r\n--b--"
    );
    let mut report = left("MAILER-DAEMON@people.example", to, head, &body);
    report.from.clear();
    report
}

/// From becomes the list, as lists do for domains that ask for it.
fn through_list(got: &Left, to: &str) -> Left {
    let text = String::from_utf8_lossy(&got.raw).into_owned();
    let (head, body) = text.split_once("\r\n\r\n").expect("a letter has a head");
    let kept: Vec<&str> = head
        .split("\r\n")
        .filter(|l| !l.to_ascii_lowercase().starts_with("from:"))
        .collect();
    let head = format!(
        "From: All <{LIST}>\r\nList-Id: <all.lists.example>\r\nPrecedence: list\r\n{}",
        kept.join("\r\n")
    );
    Left {
        from: "all-bounces@lists.example".into(),
        to: to.into(),
        raw: format!("{head}\r\n\r\n{body}").into_bytes(),
    }
}

fn passed_on(got: &Left, to: &str) -> Option<Left> {
    let hops = String::from_utf8_lossy(&got.raw)
        .matches("Received: by forward")
        .count();
    let mark = format!("Received: by forward.example for {to}\r\n");
    (hops < HOPS).then(|| Left {
        from: got.from.clone(),
        to: to.into(),
        raw: [mark.as_bytes(), &got.raw].concat(),
    })
}
