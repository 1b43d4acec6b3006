//! A desk that has tickets and no figures yet, and one that moves to another zone: everything is counted anew, by itself.

use desk::access::Role;
use desk::clock::HOUR;
use desk::reports;
use desk::tickets::{self, Channel, NewTicket};
use desk::{Result, house};

use super::until_followed;
use crate::mail::desk::{MONDAY, TestDesk, each};

fn opened_days(desk: &TestDesk) -> Vec<i64> {
    desk.read(|r| {
        Ok(r.query(
            "SELECT start FROM report_sum WHERE grain = 'day' AND measure = 'opened'",
            &[],
        )?)
    })
}

fn catch_up(desk: &TestDesk) {
    until_followed(desk.desk.db(), || desk.wait(reports::catch_up(&desk.desk)).unwrap());
}

#[test]
fn another_zone_counts_every_day_anew() {
    each(|desk| {
        let asks = desk.person("asks@cedar.example", Role::Requester);
        // Nine in the evening in Toronto is the next morning in Paris.
        let mut new = NewTicket::new(asks, Channel::Mail, "No sound", "Since noon.");
        new.created_at = Some(MONDAY.plus(11 * HOUR));
        let cx = desk.cx();
        desk.write(move |tx| tickets::open(tx, &cx, &new));
        assert!(!desk.read(reports::ready), "nothing was counted yet");
        catch_up(desk);
        assert!(desk.read(reports::ready));
        let here = opened_days(desk);
        desk.write(|tx| house::put(tx, "zone", "Europe/Paris"));
        desk.wait(desk.desk.reload_house()).unwrap();
        catch_up(desk);
        let there = opened_days(desk);
        assert_eq!((here.len(), there), (1, vec![here[0] + 1]), "moved, not counted twice");
    });
}

#[test]
fn figures_that_were_lost_are_counted_again_from_the_tickets() {
    each(|desk| {
        let asks = desk.person("asks@cedar.example", Role::Requester);
        for _ in 0..5 {
            let (cx, new) = (
                desk.cx(),
                NewTicket::new(asks, Channel::Mail, "No sound", "Since noon."),
            );
            desk.write(move |tx| tickets::open(tx, &cx, &new));
        }
        catch_up(desk);
        let sum = || desk.count("SELECT CAST(COALESCE(SUM(n), 0) AS BIGINT) FROM report_sum WHERE grain = 'month'");
        assert_eq!(sum(), 5);
        desk.write(|tx| -> Result<()> {
            tx.exec("DELETE FROM report_sum", &[])?;
            tx.exec("DELETE FROM report_ticket", &[])?;
            tx.exec("DELETE FROM setting WHERE name = 'report-basis'", &[])?;
            Ok(())
        });
        assert_eq!(sum(), 0);
        catch_up(desk);
        assert_eq!(sum(), 5);
    });
}
