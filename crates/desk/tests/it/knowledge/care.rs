//! Care: the owner, the review date and its letters, and links with tickets.

use desk::access::Audience;
use desk::clock::DAY;
use desk::knowledge::{self, Care, ListQuery, Which};
use desk::{ArticleId, Error, Time, jobs};

use super::{Kb, conflict, on_each};
use crate::common::key_of;

fn letters(kb: &Kb<'_>) -> Vec<(String, String)> {
    kb.d.read(|r| {
        Ok(r.query(
            "SELECT recipient, data FROM outgoing WHERE kind = 'notice' ORDER BY id",
            &[],
        )?)
    })
}

fn review_on(kb: &Kb<'_>, id: ArticleId, at: Time) {
    kb.as_of(kb.author, move |tx, cx| {
        let article = knowledge::find(tx, cx, id)?;
        let care = Care {
            review_at: Some(at),
            ..Care::of(&article)
        };
        knowledge::change(tx, cx, id, &care)
    })
    .unwrap();
}

fn run(kb: &Kb<'_>) {
    kb.d.wait(jobs::run_due(&kb.d.desk)).unwrap();
}

#[test]
fn the_owner_is_told_before_a_review_and_when_it_is_due_once_each() {
    on_each(|kb| {
        let id = kb.published(Audience::Public);
        review_on(kb, id, kb.d.desk.now().plus(30 * DAY));
        run(kb);
        assert!(letters(kb).is_empty());
        kb.d.advance(16 * DAY);
        run(kb);
        run(kb);
        let told = letters(kb);
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(
            told[0].0 == "larch@desk.example" && told[0].1.contains("is due for review on"),
            "{told:?}"
        );
        kb.d.advance(14 * DAY);
        run(kb);
        run(kb);
        assert_eq!(letters(kb).len(), 2);
        assert!(letters(kb)[1].1.contains("was due for review"));
        let next = kb.d.desk.now().plus(90 * DAY);
        kb.as_of(kb.author, move |tx, cx| knowledge::reviewed(tx, cx, id, next))
            .unwrap();
        run(kb);
        assert_eq!(letters(kb).len(), 2, "a new date is a new beginning");
        kb.d.advance(76 * DAY);
        run(kb);
        assert_eq!(letters(kb).len(), 3);
    });
}

#[test]
fn nobody_is_told_of_a_date_that_was_moved_or_an_article_that_is_retired() {
    on_each(|kb| {
        let (moved, retired) = (kb.published(Audience::Public), kb.published(Audience::Public));
        let soon = kb.d.desk.now().plus(20 * DAY);
        review_on(kb, moved, soon);
        review_on(kb, retired, soon);
        review_on(kb, moved, soon.plus(300 * DAY));
        kb.as_of(kb.author, move |tx, cx| knowledge::retire(tx, cx, retired))
            .unwrap();
        kb.d.advance(25 * DAY);
        run(kb);
        assert!(letters(kb).is_empty());
    });
}

#[test]
fn care_is_for_the_owner_and_for_supervisors_and_names_who_is_there() {
    on_each(|kb| {
        let id = kb.published(Audience::Public);
        let give = |by, to| {
            kb.as_of(by, move |tx, cx| {
                let article = knowledge::find(tx, cx, id)?;
                let care = Care {
                    owner: Some(to),
                    ..Care::of(&article)
                };
                knowledge::change(tx, cx, id, &care)
            })
        };
        assert_eq!(conflict(give(kb.other, kb.other)), "conflict-not-your-article");
        assert_eq!(key_of(give(kb.author, kb.requester)), "refused-not-a-technician");
        let event = give(kb.supervisor, kb.other).unwrap();
        assert_eq!(kb.latest(id).0.owner, Some(kb.other));
        kb.as_of(kb.supervisor, move |tx, cx| knowledge::undo(tx, cx, event))
            .unwrap();
        assert_eq!(kb.latest(id).0.owner, Some(kb.author));
        let past = kb.d.desk.now();
        let reviewed = kb.as_of(kb.author, move |tx, cx| knowledge::reviewed(tx, cx, id, past));
        assert_eq!(key_of(reviewed), "refused-past");
    });
}

#[test]
fn what_is_due_for_review_is_a_list() {
    on_each(|kb| {
        let (due, later) = (kb.published(Audience::Public), kb.published(Audience::Internal));
        let now = kb.d.desk.now();
        review_on(kb, due, now.plus(5 * DAY));
        review_on(kb, later, now.plus(50 * DAY));
        let rows = kb.look(kb.other, move |r, cx| {
            knowledge::list(
                r,
                Some(&cx.viewer),
                &ListQuery::new(Which::ReviewBefore(now.plus(10 * DAY))),
            )
        });
        let ids: Vec<ArticleId> = rows.unwrap().iter().map(|row| row.article.id).collect();
        assert_eq!(ids, [due]);
    });
}

#[test]
fn a_ticket_is_linked_once_and_shown_to_whom_it_may_be() {
    on_each(|kb| {
        let id = kb.published(Audience::Internal);
        let requester = kb.requester;
        let ticket = kb.d.write({
            let cx = kb.d.cx();
            move |tx| {
                let new = desk::tickets::NewTicket::new(requester, desk::tickets::Channel::Phone, "VPN", "Down.");
                Ok(desk::tickets::open(tx, &cx, &new)?.number)
            }
        });
        let link = |by| kb.as_of(by, move |tx, cx| knowledge::link_ticket(tx, cx, id, ticket));
        assert_eq!(link(kb.requester), Err(Error::NotFound));
        let event = link(kb.other).unwrap();
        assert_eq!(conflict(link(kb.author)), "conflict-linked");
        let of_ticket = || {
            kb.look(kb.author, move |r, cx| knowledge::of_ticket(r, cx, ticket))
                .unwrap()
        };
        assert_eq!(of_ticket(), [id]);
        let links = kb.look(kb.author, move |r, cx| knowledge::links_of(r, cx, id)).unwrap();
        assert_eq!((links.len(), links[0].target), (1, ticket.0));
        kb.as_of(kb.other, move |tx, cx| knowledge::undo(tx, cx, event))
            .unwrap();
        assert!(of_ticket().is_empty());
    });
}
