//! The counts of the side bar. They cost the same on a million tickets: nothing is counted past five hundred.

use desk::tickets::count;
use desk::views::Standard;
use desk::{Context, Desk, Result};

#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    pub mine: i64,
    pub unassigned: i64,
    pub waiting: i64,
    pub everyone: i64,
    pub held_letters: i64,
}

impl Counts {
    /// As a number, for sentences that count.
    pub fn number(&self, view: &str) -> i64 {
        match view {
            "mine" => self.mine,
            "unassigned" => self.unassigned,
            "waiting" => self.waiting,
            "letters" => self.held_letters,
            _ => self.everyone,
        }
    }

    pub fn of(&self, view: &str) -> String {
        let count = self.number(view);
        if count >= desk::tickets::MOST_COUNTED {
            format!("{count}+")
        } else {
            count.to_string()
        }
    }
}

pub async fn counts(desk: &Desk, cx: &Context) -> Result<Counts> {
    let cx = cx.clone();
    desk.read(move |r| {
        let mut of = |view: Standard| count(r, &cx, &view.condition());
        let (mine, unassigned) = (of(Standard::Mine)?, of(Standard::Unassigned)?);
        let (waiting, everyone) = (of(Standard::Waiting)?, of(Standard::Everyone)?);
        let held_letters = desk::mailboxes::ledger::held_count(r, &cx)?;
        Ok(Counts {
            mine,
            unassigned,
            waiting,
            everyone,
            held_letters,
        })
    })
    .await
}
