//! All mailboxes with what they received, the doors as the program was told to open them, and what was turned away there.

use askama::Template;
use axum::extract::Query;
use desk::mailboxes::watch::{self, Alarm};
use desk::mailboxes::{self, MailCounts, Mailbox, Refused, Traffic, boxes};
use desk::teams::{self, Team};
use desk::{MailboxId, TeamId};

use super::super::door::Frame;
use super::super::visit::{Saved, Visit};
use crate::http::Outcome;
use crate::layout::{Shell, respond_with};
use crate::state::{Machine, WayOut};

#[derive(Template)]
#[template(path = "admin/channels/list.html")]
struct Page {
    shell: Shell,
    frame: Frame,
    boxes: Vec<(Mailbox, Traffic)>,
    retired: Vec<Mailbox>,
    alarms: Vec<(MailboxId, Alarm)>,
    teams: Vec<Team>,
    counts: MailCounts,
    turned_away: Vec<Refused>,
    machine: Machine,
    own_way_out: bool,
    public_url: Option<String>,
}

pub(in crate::admin) async fn list(visit: Visit, Query(asked): Query<Saved>) -> Outcome {
    let read = visit.read(move |r, cx| {
        let (live, retired): (Vec<_>, Vec<_>) = boxes::list(r)?.into_iter().partition(|one| one.retired_at.is_none());
        let ids: Vec<MailboxId> = live.iter().map(|one| one.id).collect();
        let traffic = mailboxes::traffic(r, cx, &ids)?;
        Ok((
            live.into_iter().zip(traffic).collect(),
            retired,
            watch::alarms(r, cx)?,
            teams::list(r, cx)?,
            mailboxes::counts(r)?,
            mailboxes::sending::in_use(r)?,
        ))
    });
    let (boxes, retired, alarms, teams, counts, own_way_out) = read.await?;
    let turned_away = mailboxes::door_refusals(visit.state.desk(), &visit.admin.cx).map_err(|e| visit.admin.oops(e))?;
    let (shell, mut frame) = visit.open("admin-nav-channels", "/admin/channels", None).await?;
    frame.saved = asked.saved;
    let page = Page {
        shell,
        frame,
        boxes,
        retired,
        turned_away,
        alarms,
        teams,
        counts,
        machine: visit.state.options().machine.clone(),
        own_way_out,
        public_url: visit.admin.cx.house.public_url.clone(),
    };
    respond_with(page.frame.status, &page)
}

impl Page {
    fn team(&self, id: &Option<TeamId>) -> String {
        let team = self.teams.iter().find(|team| Some(team.id) == *id);
        team.map_or_else(
            || self.shell.t("no-team"),
            |team| team.name(self.shell.lang).to_string(),
        )
    }

    fn alarm(&self, mailbox: &Mailbox) -> Option<String> {
        let found = self.alarms.iter().find(|(id, _)| *id == mailbox.id);
        found.map(|(_, alarm)| self.shell.t(&format!("mailbox-now-{alarm}")))
    }

    /// When and from where somebody was last turned away so.
    fn last_turned(&self, refused: &Refused) -> String {
        let when = self.shell.when(&refused.last);
        self.shell
            .t2("turned-last", "when", when, "peer", refused.peer.as_str())
    }

    fn turned(&self, refused: &Refused) -> String {
        refused.words(self.shell.lang)
    }

    fn times(&self, refused: &Refused) -> String {
        let count = i64::try_from(refused.count).unwrap_or(i64::MAX);
        self.shell.t1("turned-times", "count", count)
    }

    fn language(&self, mailbox: &Mailbox) -> String {
        self.shell.t(&format!("language-{}", mailbox.language))
    }

    fn door(&self, address: &Option<std::net::SocketAddr>) -> String {
        match address {
            Some(address) => address.to_string(),
            None => self.shell.t("door-closed"),
        }
    }

    fn way_out(&self) -> String {
        match &self.machine.relay {
            Some(WayOut::Relay { server, encrypted }) => {
                let key = if *encrypted { "relay-encrypted" } else { "relay-plain" };
                self.shell.t1(key, "server", server.as_str())
            }
            Some(WayOut::Folder(folder)) => self.shell.t1("relay-folder", "folder", folder.as_str()),
            None if self.own_way_out => self.shell.t("relay-own"),
            None => self.shell.t("relay-none"),
        }
    }
}
