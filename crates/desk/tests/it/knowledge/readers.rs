//! Readers: what they say, once a day; what they searched for, with nobody's name in it; and what an article was worth.

use desk::access::Audience;
use desk::clock::DAY;
use desk::knowledge::{self, How, NewFeedback, Reader, Worth};
use desk::tickets::{self, Channel, NewTicket, Solution};
use desk::words::Lang;
use desk::{ArticleId, Error, PersonId, Result, TicketNumber, Time};

use super::{Kb, on_each};

fn feedback(helped: bool, words: &str) -> NewFeedback {
    NewFeedback {
        helped,
        words: words.into(),
        language: Lang::En,
    }
}

fn visitor(kb: &Kb<'_>, id: ArticleId, from: &'static str, helped: bool) {
    let cx = kb.d.cx();
    kb.d.write(move |tx| knowledge::say(tx, &cx, id, Reader::Visitor(from), &feedback(helped, "")));
}

fn said(kb: &Kb<'_>, id: ArticleId) -> Vec<bool> {
    let all = kb.look(kb.author, move |r, cx| knowledge::said(r, cx, id, 50)).unwrap();
    all.iter().map(|one| one.helped).collect()
}

#[test]
fn a_reader_counts_once_a_day_and_may_change_his_mind() {
    on_each(|kb| {
        let id = kb.published(Audience::Public);
        visitor(kb, id, "203.0.113.7", true);
        visitor(kb, id, "203.0.113.7", false);
        assert_eq!(said(kb, id), [false]);
        visitor(kb, id, "203.0.113.8", true);
        kb.as_of(kb.requester, move |tx, cx| {
            knowledge::say(tx, cx, id, Reader::Person, &feedback(true, "The second step helped."))
        })
        .unwrap();
        assert_eq!(said(kb, id).len(), 3);
        kb.d.advance(DAY);
        visitor(kb, id, "203.0.113.7", true);
        assert_eq!(said(kb, id).len(), 4, "another day is another word");
        let mine = kb
            .look(kb.author, |r, cx| knowledge::said_of_mine(r, &cx.viewer, Time(0), 50))
            .unwrap();
        assert_eq!(mine.len(), 4);
        let others = kb
            .look(kb.other, |r, cx| knowledge::said_of_mine(r, &cx.viewer, Time(0), 50))
            .unwrap();
        assert!(others.is_empty(), "shown to its owner");
        let long = kb.as_of(kb.requester, move |tx, cx| {
            knowledge::say(tx, cx, id, Reader::Person, &feedback(true, &"x".repeat(2_001)))
        });
        assert_eq!(crate::common::key_of(long), "refused-too-long");
    });
}

#[test]
fn no_address_of_a_visitor_is_kept_and_he_is_another_every_day() {
    on_each(|kb| {
        let id = kb.published(Audience::Public);
        visitor(kb, id, "203.0.113.7", true);
        kb.d.advance(DAY);
        visitor(kb, id, "203.0.113.7", true);
        let keys: Vec<String> =
            kb.d.read(|r| Ok(r.query("SELECT reader FROM article_feedback ORDER BY id", &[])?));
        assert_eq!(keys.len(), 2);
        assert!(
            keys[0] != keys[1]
                && keys
                    .iter()
                    .all(|k| k.len() == 32 && k.bytes().all(|b| b.is_ascii_hexdigit())),
            "{keys:?}"
        );
    });
}

#[test]
fn strangers_cannot_fill_the_desk() {
    on_each(|kb| {
        let id = kb.published(Audience::Public);
        let cx = kb.d.cx();
        let stopped = kb.d.write(move |tx| {
            for n in 0..501 {
                let from = format!("visitor {n}");
                match knowledge::say(tx, &cx, id, Reader::Visitor(&from), &feedback(true, "")) {
                    Ok(_) => {}
                    Err(Error::TooOften { .. }) => return Ok(n),
                    Err(other) => return Err(other),
                }
            }
            Ok(-1)
        });
        assert_eq!(stopped, 500);
        let person = kb.as_of(kb.requester, move |tx, cx| {
            knowledge::say(tx, cx, id, Reader::Person, &feedback(true, ""))
        });
        assert!(person.is_ok(), "who is signed in still may");
    });
}

fn ticket(kb: &Kb<'_>) -> TicketNumber {
    let (cx, requester) = (kb.d.cx(), kb.requester);
    kb.d.write(move |tx| {
        let new = NewTicket::new(requester, Channel::Phone, "VPN drops", "It drops.");
        Ok(tickets::open(tx, &cx, &new)?.number)
    })
}

fn uses(kb: &Kb<'_>, by: PersonId, id: ArticleId, ticket: TicketNumber, how: How) -> Result<bool> {
    let event = kb.as_of(by, move |tx, cx| knowledge::used(tx, cx, id, ticket, how));
    event.map(|e| e.is_some())
}

fn solve(kb: &Kb<'_>, ticket: TicketNumber) {
    kb.as_of(kb.author, move |tx, cx| {
        tickets::solve(tx, cx, ticket, &Solution::default()).map(drop)
    })
    .unwrap();
}

fn worth(kb: &Kb<'_>, id: ArticleId) -> (i64, i64) {
    let Worth { solved, of, .. } = kb.look(kb.other, move |r, cx| knowledge::worth(r, cx, id)).unwrap();
    (solved, of)
}

#[test]
fn solved_n_of_m_counts_tickets_it_was_sent_on_or_read_from() {
    on_each(|kb| {
        let id = kb.published(Audience::Public);
        let (solved, open, linked) = (ticket(kb), ticket(kb), ticket(kb));
        assert_eq!(uses(kb, kb.author, id, solved, How::Sent), Ok(true));
        assert_eq!(
            uses(kb, kb.author, id, solved, How::Sent),
            Ok(false),
            "the same once more is no second use"
        );
        assert_eq!(uses(kb, kb.requester, id, solved, How::Read), Ok(true));
        assert_eq!(uses(kb, kb.requester, id, open, How::Read), Ok(true));
        assert_eq!(
            uses(kb, kb.requester, id, open, How::Sent),
            Err(Error::NotFound),
            "he sends nothing"
        );
        uses(kb, kb.author, id, linked, How::Linked).unwrap();
        solve(kb, solved);
        solve(kb, linked);
        assert_eq!(worth(kb, id), (1, 2), "a link alone is no use");
        solve(kb, open);
        assert_eq!(worth(kb, id), (2, 2));
        kb.d.advance(1_000_000);
        kb.as_of(kb.author, move |tx, cx| tickets::reopen(tx, cx, open).map(drop))
            .unwrap();
        assert_eq!(worth(kb, id), (1, 2));
        solve(kb, open);
        assert_eq!(worth(kb, id), (1, 2), "opened again since: it did not stay solved");
        kb.d.advance(91 * DAY);
        assert_eq!(worth(kb, id), (0, 0), "only the last 90 days count");
    });
}

#[test]
fn what_found_nothing_is_counted_without_what_names_anybody() {
    on_each(|kb| {
        kb.d.person("maple.grove@requester.example", desk::access::Role::Requester);
        let cx = kb.d.cx();
        kb.d.write(move |tx| {
            for text in [
                "  Teams CAMERA black ",
                "teams camera black",
                "teams camera black cedar@desk.example 514-555-0123",
                "maple grove teams camera black 10.0.0.7",
                "cedar@desk.example",
                "",
            ] {
                knowledge::missed(tx, &cx, Lang::En, text)?;
            }
            knowledge::missed(tx, &cx, Lang::Fr, "caméra noire")
        });
        let all = kb
            .look(kb.other, |r, cx| knowledge::missed_searches(r, cx, Time(0), 50))
            .unwrap();
        let told: Vec<(Lang, &str, i64)> = all.iter().map(|s| (s.language, s.words.as_str(), s.times)).collect();
        assert_eq!(
            told,
            [(Lang::En, "teams camera black", 4), (Lang::Fr, "caméra noire", 1)]
        );
    });
}

#[test]
fn searches_that_ended_at_an_article_stand_beside_it() {
    on_each(|kb| {
        let id = kb.published(Audience::Public);
        let cx = kb.d.cx();
        kb.d.write(move |tx| {
            knowledge::ended(tx, &cx, id, Lang::En, "vpn drops")?;
            knowledge::ended(tx, &cx, id, Lang::En, "VPN drops!")?;
            knowledge::ended(tx, &cx, id, Lang::Fr, "rpv instable")
        });
        let all = kb
            .look(kb.other, move |r, cx| knowledge::ended_searches(r, cx, id, 50))
            .unwrap();
        let told: Vec<(&str, i64)> = all.iter().map(|s| (s.words.as_str(), s.times)).collect();
        assert_eq!(told, [("vpn drops", 2), ("rpv instable", 1)]);
        assert!(
            kb.look(kb.other, |r, cx| knowledge::missed_searches(r, cx, Time(0), 50))
                .unwrap()
                .is_empty()
        );
    });
}
