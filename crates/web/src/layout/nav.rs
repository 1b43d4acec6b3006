//! The counts of the side bar. They cost the same on a million tickets: nothing is counted past five hundred.

use desk::tickets::{MOST_COUNTED, count};
use desk::views::{self, Question, Standard};
use desk::{Context, Desk, Error, Read, Result};

#[derive(Clone, Debug, Default)]
pub struct Counts {
    pub mine: i64,
    pub unassigned: i64,
    pub waiting: i64,
    pub watching: i64,
    pub everyone: i64,
    pub held_letters: i64,
    /// Who waits at the counter.
    pub counter: i64,
    /// Visitors who wait for somebody to take their chat.
    pub chats: i64,
    /// What waits for the viewer before it is sent: to be read, or to be changed.
    pub reviews: i64,
    /// The saved views a person keeps in the side bar.
    pub saved: Vec<SavedCount>,
}

#[derive(Clone, Debug)]
pub struct SavedCount {
    pub key: String,
    pub name: String,
    /// `None` where counting would mean reading what was solved years ago.
    pub count: Option<i64>,
}

impl SavedCount {
    /// The count as it is shown, and as a number for the sentence that counts.
    pub fn shown(&self) -> Option<(String, i64)> {
        self.count.map(|count| (Counts::words(count), count))
    }
}

impl Counts {
    /// As a number, for sentences that count.
    pub fn number(&self, view: &str) -> i64 {
        match view {
            "mine" => self.mine,
            "unassigned" => self.unassigned,
            "waiting" => self.waiting,
            "watching" => self.watching,
            "letters" => self.held_letters,
            "counter" => self.counter,
            "chat" => self.chats,
            "review" => self.reviews,
            _ => self.everyone,
        }
    }

    pub fn of(&self, view: &str) -> String {
        Counts::words(self.number(view))
    }

    pub fn words(count: i64) -> String {
        if count >= MOST_COUNTED {
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
        let watching = of(Standard::Watching)?;
        let held_letters = desk::mailboxes::ledger::held_count(r, &cx)?;
        Ok(Counts {
            mine,
            unassigned,
            waiting,
            watching,
            everyone,
            held_letters,
            counter: desk::counter::waiting_count(r, &cx)?,
            chats: desk::chat::waiting_count(r, &cx)?,
            reviews: desk::reviews::mine_count(r, &cx)?,
            saved: saved(r, &cx)?,
        })
    })
    .await
}

fn saved(r: &mut Read, cx: &Context) -> Result<Vec<SavedCount>> {
    let mut counted = Vec::new();
    for view in views::favourites(r, cx)? {
        let count = match quick_count(r, cx, &view.question) {
            Ok(count) => count,
            // A view that cannot be put any more must not close the desk: its own page says what is wrong.
            Err(Error::Refused(_)) => None,
            Err(other) => return Err(other),
        };
        counted.push(SavedCount {
            key: view.id.to_string(),
            name: view.name,
            count,
        });
    }
    Ok(counted)
}

fn quick_count(r: &mut Read, cx: &Context, question: &Question) -> Result<Option<i64>> {
    let condition = question.condition()?;
    let quick = condition.only_unsolved();
    quick.then(|| count(r, cx, &condition)).transpose()
}
