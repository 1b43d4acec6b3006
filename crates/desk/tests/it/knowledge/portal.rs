//! What the public pages ask of the knowledge base: titles for everybody, and the article somebody asked from.

use desk::access::Audience;
use desk::knowledge::{self, How, NewFeedback, Reader, Worth};
use desk::tickets::{self, Channel, NewTicket};
use desk::words::Lang;
use desk::{ArticleId, Error, PersonId, TicketNumber, Time};

use super::{Kb, on_each};

fn titles(kb: &Kb<'_>) -> Vec<ArticleId> {
    let all = kb.d.read(|r| knowledge::public_titles(r, None, 50));
    all.iter().map(|one| one.id).collect()
}

fn front(kb: &Kb<'_>, most: usize) -> Vec<ArticleId> {
    let all = kb.d.read(move |r| knowledge::front_titles(r, Time(0), most));
    all.iter().map(|one| one.id).collect()
}

#[test]
fn titles_are_of_what_everybody_may_read_and_of_the_published_words() {
    on_each(|kb| {
        kb.published(Audience::Internal);
        let unfinished = kb.vpn(Audience::Public);
        assert!(titles(kb).is_empty() && front(kb, 9).is_empty());
        kb.publish(unfinished);
        let later = kb.published(Audience::Public);
        assert_eq!(
            titles(kb),
            [later, unfinished],
            "the control: published, the newest first"
        );
        kb.says(later, 0, Lang::En, "Not published yet");
        let shown = kb.d.read(|r| knowledge::public_titles(r, None, 1));
        assert_eq!(shown[0].text(Lang::En), "Connect to the VPN");
        let after = Some((shown[0].published_at, shown[0].id));
        let next = kb.d.read(move |r| knowledge::public_titles(r, after, 9));
        assert_eq!(next[0].id, unfinished);
        kb.as_of(kb.supervisor, move |tx, cx| knowledge::retire(tx, cx, later))
            .unwrap();
        assert_eq!(titles(kb), [unfinished]);
    });
}

#[test]
fn what_helped_stands_before_what_is_new() {
    on_each(|kb| {
        let [helped, left, new] = [(); 3].map(|()| kb.published(Audience::Public));
        for (id, good) in [(helped, true), (left, false)] {
            let said = NewFeedback {
                helped: good,
                words: String::new(),
                language: Lang::En,
            };
            kb.as_of(kb.requester, move |tx, cx| {
                knowledge::say(tx, cx, id, Reader::Person, &said)
            })
            .unwrap();
        }
        assert_eq!(front(kb, 3), [helped, new, left]);
        assert_eq!(front(kb, 1), [helped]);
    });
}

fn ticket(kb: &Kb<'_>, from: PersonId) -> TicketNumber {
    let new = NewTicket::new(from, Channel::Portal, "No dot", "I waited.");
    let opened = kb.as_of(from, move |tx, cx| tickets::open(tx, cx, &new));
    opened.unwrap().number
}

#[test]
fn whoever_asks_ties_what_he_read_to_his_own_request_and_to_no_other() {
    on_each(|kb| {
        let id = kb.published(Audience::Public);
        let inside = kb.published(Audience::Internal);
        let own = ticket(kb, kb.requester);
        let other = ticket(kb, kb.author);
        for (id, number) in [
            (id, other),
            (inside, own),
            (ArticleId(999), own),
            (id, TicketNumber(999_999)),
        ] {
            let tied = kb.as_of(kb.requester, move |tx, cx| knowledge::asked_from(tx, cx, id, number));
            assert!(matches!(tied, Err(Error::NotFound)), "{id} {number}: {tied:?}");
        }
        kb.as_of(kb.requester, move |tx, cx| {
            knowledge::asked_from(tx, cx, id, own)?;
            knowledge::used(tx, cx, id, own, How::Read)
        })
        .unwrap();
        let tied = kb.look(kb.author, move |r, cx| knowledge::of_ticket(r, cx, own));
        assert_eq!(tied.unwrap(), [id]);
        let worth = kb.look(kb.author, move |r, cx| knowledge::worth(r, cx, id));
        let read = Worth {
            of: 1,
            ..Worth::default()
        };
        assert_eq!(worth.unwrap(), read);
        let learnt: i64 = kb.d.read(|r| Ok(r.one("SELECT count(*) FROM learnt", &[])?));
        assert_eq!(learnt, 0, "it did not solve it, so it teaches nothing");
    });
}

#[test]
fn a_lasting_name_is_a_uuid_that_two_things_never_share() {
    on_each(|kb| {
        let house = kb.d.desk.house();
        let name = |of: &str| knowledge::lasting_name(&house, of);
        assert_eq!(name("en 1"), name("en 1"));
        assert_ne!(name("en 1"), name("fr 1"));
        let bare = name("en 1");
        let bare = bare.strip_prefix("urn:uuid:").unwrap();
        let parts: Vec<usize> = bare.split('-').map(str::len).collect();
        assert_eq!(parts, [8, 4, 4, 4, 12]);
        assert_eq!(bare.as_bytes()[14], b'8', "RFC 9562, version 8");
    });
}
