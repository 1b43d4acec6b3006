//! Beside a ticket: every kind of source with its reasons, used and set aside, taken back; and nothing that is not there
//! for who asks.

use desk::access::Audience;
use desk::knowledge::{self, Texts};
use desk::problems::{self, NewProblem, NewTelling};
use desk::suggestions::{self, Question, Reason, Suggestion, Target, TargetKind};
use desk::tickets::{self, Channel, NewMessage, NewTicket, Solution};
use desk::words::Lang;
use desk::{ArticleId, Error, EventId, PersonId, ProblemNumber, TeamId, TicketNumber, finding};

use crate::knowledge::{Kb, on_each};

const SAID: &str = "The tunnel drops every few minutes since the update, error 0x800704C9.";

/// What the tests say to a desk with people.
trait Asks {
    fn ticket(&self, subject: &str, words: &str, change: impl FnOnce(&mut NewTicket)) -> TicketNumber;
    fn solved(&self, subject: &str, words: &str, steps: &str) -> TicketNumber;
    fn known_error(&self) -> ProblemNumber;
    fn index(&self);
    fn likely(&self, who: PersonId, number: TicketNumber) -> Vec<Suggestion>;
    fn uses(&self, number: TicketNumber, target: Target) -> EventId;
    fn undoes(&self, event: EventId);
}

impl Asks for Kb<'_> {
    fn ticket(&self, subject: &str, words: &str, change: impl FnOnce(&mut NewTicket)) -> TicketNumber {
        let mut new = NewTicket::new(self.requester, Channel::Phone, subject, words);
        change(&mut new);
        let cx = self.d.cx();
        self.d.write(move |tx| Ok(tickets::open(tx, &cx, &new)?.number))
    }

    fn solved(&self, subject: &str, words: &str, steps: &str) -> TicketNumber {
        let number = self.ticket(subject, words, |_| ());
        let solution = Solution {
            steps: steps.into(),
            ..Solution::default()
        };
        self.as_of(self.author, move |tx, cx| tickets::solve(tx, cx, number, &solution))
            .unwrap();
        number
    }

    fn known_error(&self) -> ProblemNumber {
        let new = NewProblem {
            title_en: "The tunnel drops".into(),
            title_fr: "Le tunnel tombe".into(),
            symptom_en: "The tunnel drops every few minutes.".into(),
            symptom_fr: "Le tunnel tombe toutes les quelques minutes.".into(),
            cause_en: "A driver of last month.".into(),
            workaround_en: "Use the cable.".into(),
            workaround_fr: "Utilisez le câble.".into(),
            fix_en: "The driver of this month is on every laptop.".into(),
            fix_fr: "Le pilote de ce mois est sur chaque portable.".into(),
            ..NewProblem::default()
        };
        let opened = self.as_of(self.author, move |tx, cx| problems::open(tx, cx, &new, &[]));
        let number = opened.unwrap().problem.number;
        self.as_of(self.author, move |tx, cx| problems::become_known(tx, cx, number))
            .unwrap();
        number
    }

    fn index(&self) {
        self.d.wait(finding::rebuild(&self.d.desk, |_| {})).unwrap();
    }

    fn likely(&self, who: PersonId, number: TicketNumber) -> Vec<Suggestion> {
        let cx = self.d.as_person(who);
        self.d.wait(suggestions::likely(&self.d.desk, &cx, number, 8)).unwrap()
    }

    fn uses(&self, number: TicketNumber, target: Target) -> EventId {
        self.as_of(self.author, move |tx, cx| suggestions::use_on(tx, cx, number, target))
            .unwrap()
    }

    fn undoes(&self, event: EventId) {
        self.as_of(self.author, move |tx, cx| tickets::undo(tx, cx, event))
            .unwrap();
    }
}

fn words_for(kb: &Kb<'_>, reads: Lang, target: Target) -> String {
    kb.look(kb.author, move |r, cx| suggestions::words_for(r, cx, reads, target))
        .unwrap()
}

/// Where the log stands: other words, so that rare ones are told apart.
fn others(kb: &Kb<'_>) {
    for (subject, words) in [
        ("Paper jams in tray two", "The printer of the second floor."),
        ("No sound after docking", "The loudspeaker is silent."),
        ("Calendar shows the wrong hour", "All meetings are late."),
        ("Scanner sends empty pages", "White paper only."),
    ] {
        kb.ticket(subject, words, |_| ());
    }
}

fn find(found: &[Suggestion], target: Target) -> Option<&Suggestion> {
    found.iter().find(|one| one.target == target)
}

#[test]
fn a_known_error_comes_first_by_its_symptom_and_one_that_is_mended_says_so() {
    on_each(|kb| {
        others(kb);
        let old = kb.solved("The tunnel drops", SAID, "Restart the laptop.");
        let problem = kb.known_error();
        let target = Target::known_error(problem);
        let new = kb.ticket("Tunnel drops", SAID, |_| ());
        kb.index();
        let found = kb.likely(kb.author, new);
        assert_eq!(found.first().map(|one| (one.target, one.known)), Some((target, true)));
        assert_eq!(found[0].fix, "Use the cable.");
        let ticket = find(&found, Target::ticket(old)).expect("what solved one like it");
        let code = Reason::Codes(vec!["0x800704C9".into()]);
        assert!(ticket.reasons.contains(&code), "{:?}", ticket.reasons);
        assert!(words_for(kb, Lang::Fr, target).contains("câble"));
        let telling = NewTelling {
            reply_en: "It is mended.".into(),
            reply_fr: "C’est réglé.".into(),
            either: true,
        };
        kb.as_of(kb.author, move |tx, cx| problems::solve(tx, cx, problem, &telling))
            .unwrap();
        kb.index();
        let found = kb.likely(kb.author, new);
        let mended = find(&found, target).expect("it may come back");
        assert!(!mended.known && mended.reasons.first() == Some(&Reason::Mended));
        assert_eq!(
            words_for(kb, Lang::En, target),
            "The driver of this month is on every laptop."
        );
    });
}

#[test]
fn using_a_known_error_links_the_problem_and_undo_cuts_it_again() {
    on_each(|kb| {
        others(kb);
        let problem = kb.known_error();
        let target = Target::known_error(problem);
        let new = kb.ticket("Tunnel drops", SAID, |_| ());
        let like = kb.ticket("The tunnel drops at noon", SAID, |_| ());
        kb.index();
        let behind = |number| {
            kb.look(kb.author, move |r, cx| problems::of_ticket(r, cx, number))
                .unwrap()
        };
        let used = kb.uses(new, target);
        assert_eq!(behind(new).map(|p| p.number), Some(problem));
        assert!(
            find(&kb.likely(kb.author, new), target).is_none(),
            "it stands there already"
        );
        let says = |number| find(&kb.likely(kb.author, number), target).unwrap().reasons.clone();
        assert!(
            says(like).contains(&Reason::Solved { solved: 0, of: 1 }),
            "learnt at once"
        );
        assert!(says(like).contains(&Reason::Like(1)));
        kb.undoes(used);
        assert!(behind(new).is_none() && find(&kb.likely(kb.author, new), target).is_some());
        assert!(!says(like).contains(&Reason::Like(1)), "forgotten with it");
        // What somebody linked by hand before stays when the use is taken back.
        kb.as_of(kb.author, move |tx, cx| problems::link(tx, cx, problem, &[new]))
            .unwrap();
        let used = kb.uses(new, target);
        kb.undoes(used);
        assert_eq!(behind(new).map(|p| p.number), Some(problem));
        assert!(says(like).contains(&Reason::Like(1)), "what the link taught stands");
        let other = kb.known_error();
        let second = kb.as_of(kb.author, move |tx, cx| {
            suggestions::use_on(tx, cx, new, Target::known_error(other))
        });
        assert_eq!(second.err(), Some(Error::Conflict("conflict-other-problem")));
    });
}

#[test]
fn what_was_set_aside_is_gone_until_it_is_taken_back_for_every_kind() {
    on_each(|kb| {
        others(kb);
        let old = kb.solved("The tunnel drops", SAID, "Restart the laptop.");
        let article = tunnel_article(kb, Audience::Internal);
        let problem = kb.known_error();
        let new = kb.ticket("Tunnel drops", SAID, |_| ());
        kb.index();
        for target in [
            Target::ticket(old),
            Target::article(article),
            Target::known_error(problem),
        ] {
            assert!(find(&kb.likely(kb.author, new), target).is_some(), "{target:?}");
            let aside = kb.as_of(kb.author, move |tx, cx| suggestions::dismiss(tx, cx, new, target));
            assert!(find(&kb.likely(kb.author, new), target).is_none(), "{target:?}");
            kb.undoes(aside.unwrap());
            assert!(find(&kb.likely(kb.author, new), target).is_some(), "{target:?}");
            let used = kb.uses(new, target);
            assert!(find(&kb.likely(kb.author, new), target).is_none(), "{target:?}");
            kb.undoes(used);
            assert!(find(&kb.likely(kb.author, new), target).is_some(), "{target:?}");
        }
        // Said and said otherwise: the older deed is not there to be taken back.
        let target = Target::ticket(old);
        let aside = kb
            .as_of(kb.author, move |tx, cx| suggestions::dismiss(tx, cx, new, target))
            .unwrap();
        kb.uses(new, target);
        let undone = kb.as_of(kb.author, move |tx, cx| tickets::undo(tx, cx, aside));
        assert_eq!(undone.err(), Some(Error::Conflict("conflict-changed-since")));
    });
}

fn tunnel_article(kb: &Kb<'_>, audience: Audience) -> ArticleId {
    let title = Texts::new("When the tunnel drops", "Quand le tunnel tombe");
    let passages = [(
        "The tunnel drops every few minutes: use the cable.",
        "Utilisez le câble.",
    )];
    let id = kb.draft(&title, &passages, audience);
    kb.publish(id);
    id
}

fn counted(kb: &Kb<'_>, id: ArticleId) -> (i64, i64) {
    let worth = kb.look(kb.author, move |r, cx| knowledge::worth(r, cx, id)).unwrap();
    (worth.solved, worth.of)
}

fn reply(kb: &Kb<'_>, number: TicketNumber, words: &str) -> EventId {
    let new = NewMessage {
        body: words.into(),
        ..NewMessage::default()
    };
    kb.as_of(kb.author, move |tx, cx| tickets::reply(tx, cx, number, &new))
        .unwrap()
        .0
        .event
}

#[test]
fn an_article_that_was_put_into_a_reply_counts_until_the_reply_is_taken_back() {
    on_each(|kb| {
        let id = tunnel_article(kb, Audience::Public);
        let words = words_for(kb, Lang::Fr, Target::article(id));
        assert!(words.contains("https://desk.example/fr/help/"), "{words}");
        let new = kb.ticket("Tunnel drops", SAID, |_| ());
        let used = kb.uses(new, Target::article(id));
        assert_eq!(counted(kb, id), (0, 0), "nothing has left");
        let said = reply(kb, new, &words);
        assert_eq!(counted(kb, id), (0, 1));
        kb.undoes(said);
        assert_eq!(counted(kb, id), (0, 0));
        kb.undoes(used);
        reply(kb, new, "Something else.");
        assert_eq!(counted(kb, id), (0, 0), "it was taken out again");
        let solution = Solution {
            steps: format!("As in [the article](kb:{id})."),
            ..Solution::default()
        };
        kb.as_of(kb.author, move |tx, cx| tickets::solve(tx, cx, new, &solution))
            .unwrap();
        assert_eq!(counted(kb, id), (1, 1), "solved with it");
        kb.index();
        let like = kb.ticket("Tunnel drops again", SAID, |_| ());
        let found = kb.likely(kb.author, like);
        let says = &find(&found, Target::article(id)).expect("it helped").reasons;
        assert!(
            says.contains(&Reason::Solved { solved: 1, of: 1 }) && says.contains(&Reason::Like(1)),
            "{says:?}"
        );
    });
}

#[test]
fn a_reply_that_points_to_an_article_teaches_and_one_that_is_taken_back_forgets() {
    on_each(|kb| {
        let id = tunnel_article(kb, Audience::Public);
        let new = kb.ticket("Tunnel drops", SAID, |_| ());
        let like = kb.ticket("Tunnel drops again", SAID, |_| ());
        kb.index();
        let says = || {
            let found = kb.likely(kb.author, like);
            find(&found, Target::article(id))
                .unwrap()
                .reasons
                .contains(&Reason::Like(1))
        };
        assert!(!says());
        let said = reply(
            kb,
            new,
            &format!("Please read https://desk.example/en/help/{id}-when-the-tunnel-drops."),
        );
        assert!(says());
        kb.undoes(said);
        assert!(!says());
    });
}

fn private_team(kb: &Kb<'_>, member: PersonId) -> TeamId {
    let cx = kb.d.cx();
    kb.d.write(move |tx| {
        let new = desk::teams::NewTeam {
            name_en: "Inquiries".into(),
            name_fr: "Enquêtes".into(),
            private: true,
        };
        let team = desk::teams::add(tx, &cx, &new)?;
        desk::teams::join(tx, &cx, team, member)?;
        Ok(team)
    })
}

#[test]
fn what_is_not_there_for_the_viewer_is_neither_shown_nor_counted() {
    on_each(|kb| {
        others(kb);
        let team = private_team(kb, kb.author);
        let secret = kb.ticket("The tunnel drops", SAID, |new| new.team = Some(team));
        let solution = Solution {
            steps: "Restart the laptop.".into(),
            ..Solution::default()
        };
        kb.as_of(kb.author, move |tx, cx| tickets::solve(tx, cx, secret, &solution))
            .unwrap();
        let problem = kb.known_error();
        let article = tunnel_article(kb, Audience::Internal);
        kb.uses(secret, Target::known_error(problem));
        kb.uses(secret, Target::article(article));
        let new = kb.ticket("Tunnel drops", SAID, |_| ());
        kb.index();
        let (member, stranger) = (kb.likely(kb.author, new), kb.likely(kb.other, new));
        assert!(
            find(&member, Target::ticket(secret)).is_some(),
            "control: it is there for its team"
        );
        assert!(find(&stranger, Target::ticket(secret)).is_none());
        let tells = |found: &[Suggestion], target| {
            let reasons = &find(found, target).expect("it is for all staff").reasons;
            reasons
                .iter()
                .any(|reason| matches!(reason, Reason::Like(_) | Reason::Solved { .. }))
        };
        for target in [Target::known_error(problem), Target::article(article)] {
            assert!(tells(&member, target), "control: it was used there: {target:?}");
            assert!(!tells(&stranger, target), "not even a count of it: {target:?}");
        }
        let hidden = kb.as_of(kb.other, move |tx, cx| {
            suggestions::use_on(tx, cx, new, Target::ticket(secret))
        });
        assert_eq!(hidden.err(), Some(Error::NotFound));
        let cx = kb.d.as_person(kb.requester);
        let asked = kb.d.wait(suggestions::likely(&kb.d.desk, &cx, new, 8));
        assert_eq!(asked.err(), Some(Error::NotFound), "a requester asks for nothing here");
    });
}

#[test]
fn a_requester_is_offered_what_is_published_for_everybody_and_nothing_else() {
    on_each(|kb| {
        others(kb);
        kb.known_error();
        kb.solved("The tunnel drops", SAID, "Restart the laptop.");
        let inside = tunnel_article(kb, Audience::Internal);
        kb.index();
        let offered = |text: &str, lang| {
            let found = suggestions::for_requester(&kb.d.desk, text, lang, 3);
            kb.d.wait(found).unwrap()
        };
        assert!(offered(SAID, Lang::En).is_empty());
        let public = tunnel_article(kb, Audience::Public);
        let used = kb.ticket("Tunnel drops", SAID, |_| ());
        kb.uses(used, Target::article(public));
        kb.index();
        let found = offered(SAID, Lang::En);
        assert_eq!(
            found.iter().map(|one| one.target).collect::<Vec<_>>(),
            [Target::article(public)]
        );
        assert_ne!(inside, public);
        let plain = |reason: &Reason| matches!(reason, Reason::Words(_) | Reason::Codes(_));
        assert!(found[0].reasons.iter().all(plain), "{:?}", found[0].reasons);
        let french = offered("Le tunnel tombe", Lang::Fr);
        assert_eq!(
            french.first().map(|one| one.title.as_str()),
            Some("Quand le tunnel tombe")
        );
        assert!(offered("   ", Lang::En).is_empty());
    });
}

#[test]
fn a_requester_reads_of_a_known_error_once_somebody_says_so_and_never_of_its_cause() {
    on_each(|kb| {
        others(kb);
        let number = kb.known_error();
        kb.index();
        let told = |text: &str, lang| {
            let found = suggestions::known_to_all(&kb.d.desk, text, lang, 3);
            kb.d.wait(found).unwrap()
        };
        assert!(
            told(SAID, Lang::En).is_empty(),
            "control: it is there, and for the team"
        );
        let show = |public: bool| {
            kb.as_of(kb.author, move |tx, cx| {
                let mut new = problems::written(&problems::find(tx, cx, number)?);
                new.public = public;
                problems::edit(tx, cx, number, &new, None)
            })
            .unwrap();
            kb.index();
        };
        show(true);
        let found = told(SAID, Lang::En);
        let said: Vec<(&str, &str)> = found.iter().map(|k| (k.title.as_str(), k.helps.as_str())).collect();
        assert_eq!(said, [("The tunnel drops", "Use the cable.")]);
        let french = told("Le tunnel tombe toutes les quelques minutes", Lang::Fr);
        assert_eq!(
            (french[0].helps.as_str(), french[0].helps_lang),
            ("Utilisez le câble.", Lang::Fr)
        );
        assert!(told("My screen is dark.", Lang::En).is_empty(), "about something else");
        show(false);
        assert!(told(SAID, Lang::En).is_empty());
    });
}

#[test]
fn a_known_error_that_says_nothing_that_helps_is_not_shown_to_requesters() {
    on_each(|kb| {
        let new = NewProblem {
            title_en: "The tunnel drops".into(),
            symptom_en: "It drops.".into(),
            cause_en: "A driver.".into(),
            public: true,
            ..NewProblem::default()
        };
        let refused = kb.as_of(kb.author, move |tx, cx| problems::open(tx, cx, &new, &[]));
        assert_eq!(crate::common::key_of(refused), "refused-public-words");
    });
}

#[test]
fn words_that_are_no_ticket_yet_are_answered_the_same_way() {
    on_each(|kb| {
        others(kb);
        let problem = kb.known_error();
        let old = kb.solved("The tunnel drops", SAID, "Restart the laptop.");
        kb.index();
        let cx = kb.d.as_person(kb.author);
        let asks = |text: &str| {
            let question = Question {
                text: text.into(),
                language: Lang::En,
                topic: None,
            };
            kb.d.wait(suggestions::likely_to(&kb.d.desk, &cx, question, 5)).unwrap()
        };
        let found = asks(SAID);
        assert_eq!(found[0].target, Target::known_error(problem));
        assert!(find(&found, Target::ticket(old)).is_some());
        assert!(asks(" ").is_empty());
        assert!(found.iter().all(|one| one.target.kind != TargetKind::Solution));
    });
}
