//! `GET /chat`: who waits, longest first; the chats that are open; and how many I take.

use askama::Template;
use axum::extract::State as Extract;
use axum::http::StatusCode;
use desk::chat::{self, ChatState, GONE_AFTER, MOST_TAKEN, QueueRow, Share};

use crate::http::{Nonce, Oops, Outcome, Staff};
use crate::layout::{Shell, counts, respond_with};
use crate::state::State;

#[derive(Template)]
#[template(path = "chat/queue.html")]
struct Page {
    shell: Shell,
    rows: Vec<QueueRow>,
    share: Share,
    on: bool,
    /// Somebody else was quicker, or it is over.
    conflict: Option<&'static str>,
}

pub(super) async fn show(Extract(state): Extract<State>, staff: Staff, nonce: Nonce) -> Outcome {
    page(&state, &staff, nonce, None).await
}

pub(super) async fn page(state: &State, staff: &Staff, nonce: Nonce, conflict: Option<&'static str>) -> Outcome {
    let cx = staff.cx.clone();
    let read = state
        .desk()
        .read(move |r| Ok((chat::open_chats(r, &cx)?, chat::share(r, &cx)?)));
    let (rows, share) = read
        .await
        .map_err(|e| Oops::from(e).in_language(staff.seen.viewer.language))?;
    let counts = counts(state.desk(), &staff.cx).await?;
    let shell = Shell::desk(state, &staff.seen, nonce, "chat-title", "chat")
        .with_counts(counts)
        .following("chat");
    let status = if conflict.is_some() {
        StatusCode::CONFLICT
    } else {
        StatusCode::OK
    };
    let page = Page {
        shell,
        rows,
        share,
        on: staff.cx.house.chat.on,
        conflict,
    };
    respond_with(status, &page)
}

impl Page {
    fn of(&self, waiting: bool) -> Vec<&QueueRow> {
        let fits = |row: &&QueueRow| (row.state == ChatState::Waiting) == waiting;
        self.rows.iter().filter(fits).collect()
    }

    fn waited(&self, row: &QueueRow) -> String {
        desk::words::duration(self.shell.lang, self.shell.now.since(row.asked_at))
    }

    fn is_gone(&self, row: &QueueRow) -> bool {
        self.shell.now.since(row.seen_at) >= GONE_AFTER
    }

    fn is_mine(&self, row: &QueueRow) -> bool {
        row.technician.is_some_and(|person| person.0 == self.shell.me())
    }

    fn mine(&self) -> i64 {
        let mine = self.rows.iter().filter(|row| self.is_mine(row)).count();
        i64::try_from(mine).unwrap_or(i64::MAX)
    }

    fn shares(&self) -> std::ops::RangeInclusive<i64> {
        0..=MOST_TAKEN
    }

    fn takes(&self, count: &i64) -> bool {
        self.share.takes == *count
    }

    fn share_words(&self, count: &i64) -> String {
        if *count == 0 {
            self.shell.t("chat-share-none")
        } else {
            self.shell.t1("chat-share-some", "count", *count)
        }
    }
}
