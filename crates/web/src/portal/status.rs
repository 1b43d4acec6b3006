//! `/en/status`, `/fr/status`: how the services do, what is wrong, what is planned, and the past 90 days. It says the
//! same to everybody, signed in or not, so that any cache may keep it for half a minute: when it matters, many ask.

use askama::Template;
use axum::extract::State as Extract;
use axum::http::{HeaderValue, Uri, header};
use desk::Time;
use desk::outages::{self, PublicChange, PublicOutage, ServiceStatus, Status};
use desk::services::ServiceState;
use desk::words::{Both, Lang, Said, duration};

use super::visitor::language_of;
use crate::http::{Nonce, Oops, Outcome};
use crate::layout::{Shell, respond};
use crate::state::State;

#[derive(Template)]
#[template(path = "portal/status.html")]
struct Page {
    shell: Shell,
    status: Status,
}

pub(super) async fn show(Extract(state): Extract<State>, uri: Uri) -> Outcome {
    let lang = language_of(uri.path()).ok_or_else(|| Oops::nothing(Lang::En))?;
    let (house, now) = (state.desk().house(), state.desk().now());
    let read = state.desk().read(move |r| outages::status(r, &house, now)).await;
    let status = read.map_err(|e| Oops::from(e).in_language(lang))?;
    let mut shell = Shell::public(&state, lang, Nonce::default(), "status-title");
    shell.other_language = format!("/{}/status", lang.other());
    let mut response = respond(&Page { shell, status })?;
    response.headers_mut().insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=30, stale-while-revalidate=60"),
    );
    Ok(response)
}

impl Page {
    fn mark(&self, service: &ServiceStatus) -> (&'static str, &'static str, String) {
        crate::services::mark(&self.shell, service.state)
    }

    /// Everything they know works.
    fn all_well(&self) -> bool {
        let running = |service: &ServiceStatus| service.state == ServiceState::Running;
        self.status.open.is_empty() && self.status.services.iter().all(running)
    }

    fn said(&self, both: &Both) -> Option<Said> {
        both.said(self.shell.lang)
    }

    fn name<'b>(&self, both: &'b Both) -> &'b str {
        both.of(self.shell.lang)
    }

    /// How long it was down in the past 90 days, or since it is kept, in words.
    fn past(&self, service: &ServiceStatus) -> String {
        let long = |micros: i64| duration(self.shell.lang, micros);
        match (service.down, service.disturbed) {
            (0, 0) => self.shell.t("status-never-down"),
            (0, slow) => self.shell.t1("status-disturbed-for", "time", long(slow)),
            (down, _) => {
                let up = 10_000 - (down.saturating_mul(10_000) / service.counted.max(1)).min(10_000);
                self.shell.t2(
                    "status-down-for",
                    "time",
                    long(down),
                    "percent",
                    self.shell.hundredths(&up),
                )
            }
        }
    }

    fn phase(&self, outage: &PublicOutage) -> String {
        self.shell.t(&format!("outage-phase-{}", outage.phase))
    }

    fn hits(&self, outage: &PublicOutage) -> String {
        let one = |(name, effect): &(Both, outages::Effect)| {
            let effect = self.shell.t(&format!("service-state-{effect}"));
            self.shell
                .t2("status-hit", "service", name.of(self.shell.lang), "effect", effect)
        };
        let all: Vec<String> = outage.services.iter().map(one).collect();
        all.join(", ")
    }

    fn when(&self, from: &Time, to: &Option<Time>) -> String {
        let from = self.shell.date_time(from);
        match to {
            Some(to) => self
                .shell
                .t2("change-from-to", "from", from, "to", self.shell.date_time(to)),
            None => self.shell.t1("outage-since", "when", from),
        }
    }

    fn names(&self, planned: &PublicChange) -> String {
        let all: Vec<&str> = planned.services.iter().map(|name| name.of(self.shell.lang)).collect();
        all.join(", ")
    }

    fn planned_when(&self, planned: &PublicChange) -> String {
        let from = self.shell.date_time(&planned.begins_at);
        match planned.ends_at {
            Some(to) => self
                .shell
                .t2("change-from-to", "from", from, "to", self.shell.date_time(&to)),
            None => from,
        }
    }
}
