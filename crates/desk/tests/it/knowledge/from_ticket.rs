//! An article from a solved ticket: what is in it, and what is taken out.

use desk::access::{Audience, Role};
use desk::knowledge::{self, FromTicket, Personal};
use desk::tickets::{self, Channel, NewTicket, Solution};
use desk::words::Lang;
use desk::{Error, Result, TicketNumber};

use super::{Kb, conflict, on_each};

fn opened(kb: &Kb<'_>, subject: &'static str, body: &'static str, lang: Lang) -> TicketNumber {
    let (cx, requester) = (kb.d.cx(), kb.requester);
    kb.d.write(move |tx| {
        tx.exec(
            "UPDATE person SET name = 'Maple Grove' WHERE id = $1",
            &db::args![requester],
        )?;
        let mut new = NewTicket::new(requester, Channel::Mail, subject, body);
        new.language = Some(lang);
        Ok(tickets::open(tx, &cx, &new)?.number)
    })
}

fn solve(kb: &Kb<'_>, ticket: TicketNumber, solution: Solution) {
    kb.as_of(kb.author, move |tx, cx| {
        tickets::solve(tx, cx, ticket, &solution).map(drop)
    })
    .unwrap();
}

fn drafts(kb: &Kb<'_>, ticket: TicketNumber) -> Result<FromTicket> {
    kb.as_of(kb.other, move |tx, cx| knowledge::draft_from(tx, cx, ticket))
}

#[test]
fn symptom_cause_and_fix_become_passages_without_personal_data() {
    on_each(|kb| {
        let ticket = opened(
            kb,
            "VPN drops for Maple Grove",
            "Hello, Maple here. My VPN drops.\nCall 514-555-0123 or maple@requester.example.\nMy laptop is 10.20.30.40, serial number PF3ABC12, \
             files in C:\\Users\\mgrove\\Desktop.\nSee ticket 1042. Error 0x80070005 on Windows 11 after KB5034441.",
            Lang::En,
        );
        solve(
            kb,
            ticket,
            Solution {
                cause: "The driver is older than 23.40.".into(),
                steps: "1. Choose Repair.\n2. Tell Maple to restart.".into(),
                helped: String::new(),
            },
        );
        let made = drafts(kb, ticket).unwrap();
        let (article, text) = kb.latest(made.saved.article);
        assert_eq!((article.audience, article.source), (Audience::Internal, Some(ticket)));
        assert_eq!(article.owner, Some(kb.other));
        let all: String = text.all().map(|p| format!("{}\n", p.en.0)).collect();
        for gone in ["Maple", "Grove", "514", "maple@", "10.20", "PF3ABC12", "mgrove", "1042"] {
            assert!(!all.contains(gone), "{gone}: {all}");
        }
        for kept in [
            "VPN drops",
            "0x80070005",
            "KB5034441",
            "Windows 11",
            "23.40",
            "Choose Repair",
            "C:\\Users\\",
        ] {
            assert!(all.contains(kept), "{kept}: {all}");
        }
        let heads: Vec<&str> = text.passages.iter().filter_map(|p| p.en.0.lines().next()).collect();
        assert_eq!(heads, ["## Symptom", "## Cause", "## Fix"]);
        let kinds: std::collections::BTreeSet<Personal> = made.removed.iter().map(|r| r.kind).collect();
        assert_eq!(
            kinds.len(),
            Personal::ALL.len(),
            "one of each kind is told: {:?}",
            made.removed
        );
        let links = kb
            .look(kb.author, move |r, cx| knowledge::links_of(r, cx, article.id))
            .unwrap();
        assert_eq!(links.len(), 1);
    });
}

#[test]
fn it_is_in_the_tickets_language_and_made_once() {
    on_each(|kb| {
        let ticket = opened(kb, "L’imprimante bourre", "Bonjour, elle bourre.", Lang::Fr);
        assert_eq!(conflict(drafts(kb, ticket)), "conflict-ticket-not-solved");
        solve(kb, ticket, Solution::default());
        let made = drafts(kb, ticket).unwrap();
        let (_, text) = kb.latest(made.saved.article);
        assert_eq!(text.title.fr.0, "L’imprimante bourre");
        assert!(text.passages[0].fr.0.starts_with("## Symptôme") && text.title.en.0.is_empty());
        assert_eq!(conflict(drafts(kb, ticket)), "conflict-drafted-already");
        let dropped = made.saved.article;
        kb.as_of(kb.other, move |tx, cx| knowledge::drop_draft(tx, cx, dropped))
            .unwrap();
        assert!(
            drafts(kb, ticket).is_ok(),
            "the one that was thrown away is in nobody’s way"
        );
    });
}

#[test]
fn a_ticket_one_may_not_see_becomes_no_article() {
    on_each(|kb| {
        let ticket = opened(kb, "Salary", "Private.", Lang::En);
        let admin = kb.d.person("office@desk.example", Role::Admin);
        solve(kb, ticket, Solution::default());
        kb.as_of(admin, move |tx, cx| {
            let team = desk::teams::add(
                tx,
                cx,
                &desk::teams::NewTeam {
                    name_en: "Personnel".into(),
                    name_fr: "Personnel".into(),
                    private: true,
                },
            )?;
            tx.exec(
                "UPDATE ticket SET team = $2 WHERE number = $1",
                &db::args![ticket, team],
            )?;
            Ok(())
        })
        .unwrap();
        assert_eq!(drafts(kb, ticket).map(drop), Err(Error::NotFound));
        let requester = kb.as_of(kb.requester, move |tx, cx| {
            knowledge::draft_from(tx, cx, ticket).map(drop)
        });
        assert_eq!(requester, Err(Error::NotFound));
        let by_admin = || kb.as_of(admin, move |tx, cx| knowledge::draft_from(tx, cx, ticket).map(drop));
        assert_eq!(
            conflict(by_admin()),
            "conflict-private-ticket",
            "all staff would read it"
        );
        kb.d.write(move |tx| Ok(tx.exec("UPDATE team SET private = FALSE", &[])?));
        assert_eq!(by_admin(), Ok(()), "the control: of an open team it is drafted");
    });
}
