//! `GET /tickets/{number}/merge?into=`: what a merge would do, before it is done. Both tickets side by side, which number
//! remains, what goes over, and whose letters go where afterwards.

use askama::Template;
use axum::extract::Query;
use axum::response::{IntoResponse, Redirect};
use desk::tickets::{self, MergePicture, MergeSide};
use desk::{Error, TicketNumber};
use serde::Deserialize;

use super::fields::Fields;
use super::outcome::answer;
use super::visit::Visit;
use crate::http::{Oops, Outcome};
use crate::layout::{Shell, counts, respond};

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    into: String,
}

#[derive(Template)]
#[template(path = "tickets/merge.html")]
struct Page {
    shell: Shell,
    picture: MergePicture,
    /// The list one came from.
    list: String,
}

pub(crate) async fn show(visit: Visit, Query(asked): Query<Asked>) -> Outcome {
    let (desk, cx, number) = (visit.state.desk(), visit.staff.cx.clone(), visit.number);
    let mut fields = Fields::default();
    fields.put("into".into(), &asked.into);
    let into = fields.number("into").map(TicketNumber);
    let read = desk.read(move |r| {
        tickets::find_visible(r, &cx, number)?;
        let into = into.ok_or(Error::refused("into", "refused-no-such-ticket"))?;
        tickets::merge_picture(r, &cx, number, into)
    });
    let picture = match read.await {
        Ok(picture) => picture,
        Err(refused @ (Error::Refused(_) | Error::Conflict(_))) => {
            return answer(visit, "merge", fields, Err(refused)).await;
        }
        Err(other) => return Err(Oops::from(other).in_language(visit.lang())),
    };
    // Both are looked at: an administrator who sees one of a private team is on record for it.
    for seen in [&picture.goes, &picture.stays] {
        tickets::look(desk, &visit.staff.cx, seen.ticket.number)
            .await
            .map_err(|e| Oops::from(e).in_language(visit.lang()))?;
    }
    let list = visit.at.list();
    let counts = counts(desk, &visit.staff.cx).await?;
    let shell = Shell::desk(&visit.state, &visit.staff.seen, visit.nonce, "merge-title", "ticket");
    respond(&Page {
        shell: shell.with_counts(counts),
        picture,
        list,
    })
}

/// From the sheet to the picture.
pub(crate) fn look(visit: &Visit, into: &str) -> Outcome {
    let into: String = form_urlencoded::byte_serialize(into.trim().as_bytes()).collect();
    let address = format!("/tickets/{}/merge?{}&into={into}", visit.number, visit.at.list());
    Ok(Redirect::to(&address).into_response())
}

impl Page {
    fn sides(&self) -> [(&'static str, &MergeSide); 2] {
        [("merge-goes", &self.picture.goes), ("merge-stays", &self.picture.stays)]
    }

    fn subject(&self, side: &MergeSide) -> String {
        super::show::subject_of(&self.shell, &side.ticket)
    }

    /// What hangs on a ticket, a sentence each; nothing for what there is none of.
    fn things(&self, side: &MergeSide) -> Vec<String> {
        let counted = [
            ("merge-messages", side.messages),
            ("merge-files", side.files),
            ("merge-watchers", side.watchers),
            ("merge-steps", side.steps),
            ("merge-drafts", side.drafts),
        ];
        let some = counted.into_iter().filter(|(_, count)| *count > 0);
        some.map(|(key, count)| self.shell.t1(key, "count", count)).collect()
    }

    fn same_requester(&self) -> bool {
        self.picture.goes.requester.id == self.picture.stays.requester.id
    }

    /// What happens, in order.
    fn sentences(&self) -> Vec<String> {
        let (goes, stays) = (&self.picture.goes, &self.picture.stays);
        let (from, to) = (format!("#{}", goes.ticket.number), format!("#{}", stays.ticket.number));
        let mut all = vec![
            self.shell
                .t2("merge-number", "stays", to.as_str(), "goes", from.as_str()),
            self.shell.t2("merge-all", "goes", from.as_str(), "stays", to.as_str()),
            self.shell
                .t2("merge-answers", "goes", from.as_str(), "stays", to.as_str()),
        ];
        let told = &stays.requester.name;
        all.push(
            self.shell
                .t2("merge-replies", "stays", to.as_str(), "name", told.as_str()),
        );
        if !self.same_requester() {
            all.push(
                self.shell
                    .t1("merge-other-requester", "name", goes.requester.name.as_str()),
            );
        }
        all.push(self.shell.t("merge-hint"));
        all
    }
}
