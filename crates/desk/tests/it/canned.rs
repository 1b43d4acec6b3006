//! Canned replies: who sees and changes which, what is offered while somebody writes, and what is refused.

use desk::access::Role;
use desk::canned::{self, NewCanned, Offer};
use desk::people::{self, NewPerson};
use desk::tickets::{self, Channel, MessageKind, NewTicket};
use desk::words::Lang;
use desk::{CannedId, Context, Error, TeamId, TicketNumber};

use crate::common::{Small, key_of, on_both, refused};

fn new(word: &str, en: &str, fr: &str, team: Option<TeamId>) -> NewCanned {
    NewCanned {
        name: format!("About {word}"),
        word: word.into(),
        text_en: en.into(),
        text_fr: fr.into(),
        team,
    }
}

fn add(small: &Small, by: &Context, new: NewCanned) -> desk::Result<CannedId> {
    small.write(by, move |tx, cx| canned::add(tx, cx, &new))
}

fn words_of(small: &Small, by: &Context) -> Vec<String> {
    let lines = small.read(by, canned::list).unwrap();
    lines.into_iter().map(|line| line.word).collect()
}

fn ticket(small: &Small, language: Lang, team: Option<TeamId>) -> TicketNumber {
    let requester = small.requester.viewer.person;
    small
        .write(&small.desk, move |tx, cx| {
            let mut new = NewTicket::new(requester, Channel::Mail, "VPN {{desk}} drops", "Words.");
            (new.language, new.team) = (Some(language), team);
            tickets::open(tx, cx, &new)
        })
        .unwrap()
        .number
}

fn offered(small: &Small, by: &Context, number: TicketNumber, kind: MessageKind, typed: &'static str) -> Vec<Offer> {
    small
        .read(by, move |r, cx| canned::offer(r, cx, number, kind, typed, 8))
        .unwrap()
}

fn supervisor(small: &Small) -> Context {
    let new = NewPerson::new("Spruce", "spruce@desk.example", Role::Supervisor);
    let id = small
        .write(&small.desk, move |tx, cx| people::add(tx, cx, &new))
        .unwrap();
    small.viewer_of(id)
}

#[test]
fn a_technician_reads_those_for_everybody_and_changes_those_of_his_teams() {
    on_both(|small| {
        let (own, other) = (small.team("Counter", false), small.team("Network", false));
        let me = small.technician.viewer.person;
        small.join(own, me);
        let technician = small.viewer_of(me);
        let all = add(small, &small.admin, new("all", "x", "", None)).unwrap();
        add(small, &small.admin, new("theirs", "x", "", Some(other))).unwrap();
        let mine = add(small, &technician, new("mine", "x", "", Some(own))).unwrap();
        assert_eq!(words_of(small, &technician), ["all", "mine"]);
        assert_eq!(words_of(small, &small.admin), ["all", "mine", "theirs"]);
        assert_eq!(
            key_of(add(small, &technician, new("no", "x", "", None))),
            "refused-canned-team"
        );
        let change = |id| {
            small.write(&technician, move |tx, cx| {
                canned::change(tx, cx, id, &new("mine", "y", "", Some(own)))
            })
        };
        assert_eq!(change(all), Err(Error::NotFound));
        assert_eq!(change(mine), Ok(()));
        let found = small.read(&technician, move |r, cx| canned::find(r, cx, mine)).unwrap();
        assert_eq!(found.text_en, "y");
        assert_eq!(small.read(&small.requester, canned::list), Err(Error::NotFound));
    });
}

#[test]
fn those_of_a_closed_team_are_not_there_for_supervisors_either() {
    on_both(|small| {
        let closed = small.team("Personnel", true);
        let id = add(small, &small.admin, new("file", "x", "", Some(closed))).unwrap();
        let supervisor = supervisor(small);
        assert!(words_of(small, &supervisor).is_empty());
        let find = |cx: &Context| small.read(cx, move |r, cx| canned::find(r, cx, id).map(drop));
        assert_eq!(find(&supervisor), Err(Error::NotFound));
        let retire = small.write(&supervisor, move |tx, cx| canned::retire(tx, cx, id));
        assert_eq!(retire, Err(Error::NotFound));
        small.join(closed, supervisor.viewer.person);
        let member = small.viewer_of(supervisor.viewer.person);
        assert_eq!(find(&member), Ok(()));
    });
}

#[test]
fn what_is_refused_is_refused_at_its_field() {
    on_both(|small| {
        let add = |new| add(small, &small.admin, new);
        assert_eq!(
            add(new("two words", "x", "", None)),
            Err(refused("word", "refused-word"))
        );
        assert_eq!(add(new("vpn", " ", "", None)), Err(refused("text_en", "refused-empty")));
        assert_eq!(
            add(new("vpn", "x", "{{prénom}}", None)),
            Err(refused("text_fr", "refused-variable"))
        );
        assert_eq!(
            add(new("vpn", "x", "", Some(TeamId(99)))),
            Err(refused("team", "refused-canned-team"))
        );
        let long = "x".repeat(20_001);
        assert_eq!(key_of(add(new("vpn", &long, "", None))), "refused-too-long");
        add(new("/VPN", "{{requester}}", "", None)).unwrap();
        assert_eq!(
            add(new("vpn", "x", "", None)),
            Err(refused("word", "refused-word-taken")),
            "the slash and the case are not part of it"
        );
        let team = small.team("Network", false);
        assert!(
            add(new("vpn", "x", "", Some(team))).is_ok(),
            "another team has words of its own"
        );
        assert_eq!(small.count("SELECT count(*) FROM audit WHERE action = 'canned-add'"), 2);
    });
}

#[test]
fn what_is_retired_is_offered_no_more_and_comes_back() {
    on_both(|small| {
        let number = ticket(small, Lang::En, None);
        let id = add(small, &small.admin, new("vpn", "x", "", None)).unwrap();
        let count = || offered(small, &small.technician, number, MessageKind::Reply, "").len();
        assert_eq!(count(), 1);
        let retire = |id| small.write(&small.admin, move |tx, cx| canned::retire(tx, cx, id));
        let restore = |id| small.write(&small.admin, move |tx, cx| canned::restore(tx, cx, id));
        retire(id).unwrap();
        assert_eq!(count(), 0);
        let other = add(small, &small.admin, new("vpn", "y", "", None)).unwrap();
        assert_eq!(restore(id), Err(Error::Conflict("conflict-canned-word")));
        retire(other).unwrap();
        restore(id).unwrap();
        assert_eq!(count(), 1);
    });
}

#[test]
fn a_reply_is_offered_in_the_requesters_language_and_a_note_in_the_writers() {
    on_both(|small| {
        let team = small.team("Counter", false);
        add(
            small,
            &small.admin,
            new("both", "Hello {{first-name}}", "Bonjour {{requester}}", None),
        )
        .unwrap();
        add(
            small,
            &small.admin,
            new("english", "#{{number}} {{team}} {{subject}}", "", None),
        )
        .unwrap();
        let french = ticket(small, Lang::Fr, Some(team));
        let reply = offered(small, &small.technician, french, MessageKind::Reply, "");
        let told =
            |offers: &[Offer]| -> Vec<(Lang, String)> { offers.iter().map(|o| (o.lang, o.text.clone())).collect() };
        assert_eq!(
            told(&reply),
            [
                (Lang::Fr, "Bonjour Payroll office".to_string()),
                (Lang::En, format!("#{french} Counter VPN {{{{desk}}}} drops")),
            ],
            "what is only there in English is offered in English; a subject is not read for variables"
        );
        let note = offered(small, &small.technician, french, MessageKind::Note, "both");
        assert_eq!(told(&note), [(Lang::En, "Hello Payroll".to_string())]);
    });
}

#[test]
fn nothing_is_offered_on_a_ticket_one_may_not_see_nor_of_a_team_one_is_not_in() {
    on_both(|small| {
        let (closed, other) = (small.team("Personnel", true), small.team("Network", false));
        add(small, &small.admin, new("all", "x", "", None)).unwrap();
        add(small, &small.admin, new("theirs", "x", "", Some(other))).unwrap();
        let number = ticket(small, Lang::En, Some(closed));
        let technician = small.viewer_of(small.technician.viewer.person);
        let hidden = small.read(&technician, move |r, cx| {
            canned::offer(r, cx, number, MessageKind::Reply, "", 8)
        });
        assert_eq!(hidden, Err(Error::NotFound));
        let open = ticket(small, Lang::En, None);
        let supervisor = supervisor(small);
        let offers = offered(small, &supervisor, open, MessageKind::Reply, "");
        assert_eq!(
            offers.len(),
            1,
            "a supervisor changes those of other teams, but writes with his own"
        );
        let requester = small.read(&small.requester, move |r, cx| {
            canned::offer(r, cx, open, MessageKind::Reply, "", 8)
        });
        assert_eq!(requester, Err(Error::NotFound));
    });
}
