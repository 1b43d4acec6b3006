//! In a small log the nearest ticket may be far: what helped there says nothing here, and long texts have some of every
//! question in them.

use desk::access::Audience;
use desk::knowledge::Texts;
use desk::suggestions::{self, Reason, Suggestion, Target};
use desk::tickets::{self, Channel, NewTicket, Solution};
use desk::{TicketNumber, finding};

use crate::knowledge::{Kb, on_each};

fn ticket(kb: &Kb<'_>, subject: &str, words: &str) -> TicketNumber {
    let new = NewTicket::new(kb.requester, Channel::Phone, subject, words);
    let cx = kb.d.cx();
    kb.d.write(move |tx| Ok(tickets::open(tx, &cx, &new)?.number))
}

fn solved(kb: &Kb<'_>, subject: &str, words: &str, steps: &str) -> TicketNumber {
    let number = ticket(kb, subject, words);
    let solution = Solution {
        steps: steps.into(),
        ..Solution::default()
    };
    kb.as_of(kb.author, move |tx, cx| tickets::solve(tx, cx, number, &solution))
        .unwrap();
    number
}

fn likely(kb: &Kb<'_>, number: TicketNumber) -> Vec<Suggestion> {
    kb.d.wait(finding::rebuild(&kb.d.desk, |_| {})).unwrap();
    let cx = kb.d.as_person(kb.author);
    kb.d.wait(suggestions::likely(&kb.d.desk, &cx, number, 3)).unwrap()
}

#[test]
fn what_helped_on_a_ticket_that_is_not_like_this_one_is_not_offered() {
    on_each(|kb| {
        let fix = solved(
            kb,
            "Wi-Fi driver is old",
            "The card sleeps.",
            "Push the corrected driver.",
        );
        let taught = ticket(kb, "Tunnel drops", "The tunnel drops every few minutes on my laptop.");
        kb.as_of(kb.author, move |tx, cx| {
            suggestions::use_on(tx, cx, taught, Target::ticket(fix))
        })
        .unwrap();
        let alike = ticket(kb, "Tunnel drops again", "The tunnel drops every few minutes.");
        let far = ticket(
            kb,
            "Label printer prints blank labels",
            "Since lunch each label comes out white; the roll is new, the ribbon is in. My laptop prints letters.",
        );
        let helped = likely(kb, alike);
        let one = helped.iter().find(|one| one.target == Target::ticket(fix));
        let one = one.expect("control: it helped on one like it, with no word in common");
        assert!(one.reasons.contains(&Reason::Like(1)), "{one:?}");
        assert_eq!(likely(kb, far), [], "a laptop is all they have in common");
    });
}

#[test]
fn a_long_article_about_something_else_is_not_offered_for_its_words() {
    on_each(|kb| {
        let words = "Sit down at the keyboard and type your name. The screen says which types of account are locked. \
                     Press each of the keys once, wait, and type it again. Tell the desk what the screen says.";
        let published = |title: &str| {
            let id = kb.draft(
                &Texts::new(title, "Le clavier"),
                &[(words, "Tapez votre nom.")],
                Audience::Internal,
            );
            kb.publish(id);
            id
        };
        published("Your account is locked");
        let asked = ticket(
            kb,
            "Keyboard types é",
            "Pressing the slash key on my keyboard types an accent instead; the colleague beside me has no such trouble.",
        );
        assert_eq!(likely(kb, asked), [], "nothing of it is in the title");
        let id = published("The keyboard types other letters");
        let found = likely(kb, asked);
        assert_eq!(
            found.iter().map(|one| one.target).collect::<Vec<_>>(),
            [Target::article(id)],
            "control: the same words, and what they are about"
        );
    });
}
