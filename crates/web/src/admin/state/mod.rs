//! `/admin`: the state of the system in plain words: whether everything works, and if not what to do; then the figures.

use askama::Template;
use axum::extract::{Path, Query, State as Extract};
use desk::JobId;
use desk::events::{Behind, Cursor};
use desk::house::{self, Followed, Health, Node, Trouble};
use desk::jobs::{self, GivenUp, JobKind};
use desk::mailboxes::outbox::{self, Tripped};
use desk::meaning::Status;
use desk::words as forms;
use serde::Deserialize;

use super::door::{Admin, Frame, to};
use crate::http::{Nonce, Outcome};
use crate::layout::{Shell, respond_with};
use crate::state::State;

pub(super) const VERSION: &str = env!("CARGO_PKG_VERSION");

#[derive(Template)]
#[template(path = "admin/state/state.html")]
struct Page {
    shell: Shell,
    frame: Frame,
    health: Health,
    /// When the desk last stopped answering by itself.
    brake: Option<Tripped>,
    troubles: Vec<Trouble>,
    free: Option<u64>,
    sqlite: bool,
    /// The model of meaning on this node.
    model: Option<Status>,
}

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    saved: bool,
}

pub(super) async fn show(
    Extract(state): Extract<State>,
    admin: Admin,
    nonce: Nonce,
    Query(asked): Query<Asked>,
) -> Outcome {
    let followed = Followed {
        index: state
            .desk()
            .index()
            .cursor()
            .and_then(|c| Cursor::parse(&c))
            .unwrap_or_default(),
        live: state.live().position(),
    };
    let cx = admin.cx.clone();
    let read = move |r: &mut desk::Read| Ok((house::health(r, &cx, followed)?, outbox::tripped(r, &cx)?));
    let (health, brake) = state.desk().read(read).await?;
    let node = Node {
        sends_mail: state.options().sends_mail,
        has_public_url: admin.cx.house.public_url.is_some(),
        free: free_space(&state).await,
    };
    let troubles = house::troubles(&health, &node, admin.cx.now);
    let (shell, mut frame) = admin.open(&state, nonce, "admin-state", "/admin").await?;
    frame.saved = asked.saved;
    let page = Page {
        shell,
        frame,
        health,
        brake,
        troubles,
        free: node.free,
        sqlite: state.desk().on_sqlite(),
        model: state.desk().meaning().status(),
    };
    respond_with(page.frame.status, &page)
}

/// A disk that does not answer must not hold the threads that serve pages.
async fn free_space(state: &State) -> Option<u64> {
    let machine = &state.options().machine;
    let (ask, folder) = (machine.free_space?, machine.folder.clone()?);
    tokio::task::spawn_blocking(move || ask(&folder)).await.ok().flatten()
}

pub(super) async fn again(Extract(state): Extract<State>, admin: Admin, Path(id): Path<i64>) -> Outcome {
    let cx = admin.cx.clone();
    let done = state.desk().write(move |tx| jobs::try_again(tx, &cx, JobId(id))).await;
    done.map_err(|e| admin.oops(e))?;
    to("/admin?saved=true")
}

impl Page {
    /// What is wrong, with the figure it speaks of.
    fn trouble(&self, trouble: &Trouble) -> String {
        self.shell
            .t1(&format!("trouble-{trouble}"), "count", self.figure(*trouble))
    }

    /// What to do about it.
    fn remedy(&self, trouble: &Trouble) -> String {
        self.shell
            .t1(&format!("remedy-{trouble}"), "count", self.figure(*trouble))
    }

    fn figure(&self, trouble: Trouble) -> i64 {
        match trouble {
            Trouble::JobsGivenUp => self.health.jobs_given_up,
            Trouble::OutboxStuck | Trouble::NoCarrier | Trouble::NoPublicUrl => self.health.letters.outgoing_waiting,
            Trouble::Unread => self.health.letters.kept,
            Trouble::MailboxAlarm => self.health.alarms,
            _ => 0,
        }
    }

    fn follower(&self, behind: &Behind) -> String {
        match behind.oldest {
            None => self.shell.t("admin-up-to-date"),
            Some(oldest) => self
                .shell
                .t2("admin-behind", "count", behind.lines, "when", self.shell.when(&oldest)),
        }
    }

    /// Which model, and how far it has come; or why it is not used.
    fn meaning(&self, model: &Status) -> String {
        match &model.unfit {
            Some(unfit) => {
                let why = format!("model-unfit-{}", unfit.wrong.name());
                let why = self
                    .shell
                    .t2(&why, "file", unfit.file.as_str(), "part", unfit.part.as_str());
                self.shell
                    .t2("admin-model-unfit", "name", model.name.as_str(), "why", why)
            }
            None if model.waiting > 0 => {
                self.shell
                    .t2("admin-model-waiting", "points", model.points, "waiting", model.waiting)
            }
            None => self.shell.t1("admin-model-done", "points", model.points),
        }
    }

    fn size(&self, bytes: &i64) -> String {
        big(&self.shell, *bytes)
    }

    fn room(&self) -> String {
        match self.free {
            Some(free) => big(&self.shell, i64::try_from(free).unwrap_or(i64::MAX)),
            None => self.shell.t("admin-not-known"),
        }
    }

    fn job(&self, job: &GivenUp) -> String {
        self.shell
            .t1(&format!("job-{}", job.kind), "number", job.subject.to_string())
    }

    fn letter(&self, job: &GivenUp) -> Option<i64> {
        (job.kind == JobKind::ReadLetter).then_some(job.subject)
    }
}

/// In gigabytes from one on.
fn big(shell: &Shell, bytes: i64) -> String {
    if bytes < 1_000_000_000 {
        return forms::bytes(shell.lang, bytes);
    }
    let tenths = bytes / 100_000_000;
    let number = shell.hundredths(&(tenths * 10));
    shell.t1("gigabytes", "number", &number[..number.len() - 1])
}
