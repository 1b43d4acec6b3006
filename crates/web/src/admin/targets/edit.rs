//! One policy: new or changed, with a look at what it would move before it is saved.

use askama::Template;
use axum::Form;
use axum::extract::Path;
use desk::sla::{self, Deed, Policy, Preview, Target};
use desk::tickets::{Channel, Priority};
use desk::{Context, Error, PolicyId, Read, calendars, organizations, people, teams, topics};

use super::super::door::{Frame, to};
use super::super::visit::Visit;
use super::LIST;
use super::typed::{self, STEPS};
use crate::changes::{Back, Typed};
use crate::http::Outcome;
use crate::layout::{Shell, respond_with};

type All = Form<Vec<(String, String)>>;
type Choices = Vec<(String, String)>;

#[derive(Template)]
#[template(path = "admin/targets/form.html")]
struct Page {
    shell: Shell,
    frame: Frame,
    back: Back,
    /// The one that is changed; `None` for a new one.
    policy: Option<Policy>,
    offers: Offers,
    /// What saving it would move, where that was asked.
    preview: Option<Preview>,
    steps: Vec<usize>,
}

/// What the lists offer.
struct Offers {
    topics: Choices,
    teams: Choices,
    organizations: Choices,
    people: Choices,
    priorities: Choices,
    channels: Choices,
    hours: Choices,
    targets: Choices,
    deeds: Choices,
}

pub(in crate::admin) async fn blank(visit: Visit) -> Outcome {
    page(&visit, None, Typed::default(), Tried::default()).await
}

pub(in crate::admin) async fn show(visit: Visit, Path(id): Path<i64>) -> Outcome {
    let read = visit.read(move |r, cx| {
        let policy = sla::find(r, cx, PolicyId(id))?;
        let typed = typed::typed_of(r, cx, &policy.says)?;
        Ok((policy, typed))
    });
    let (policy, typed) = read.await?;
    page(&visit, Some(policy), typed, Tried::default()).await
}

pub(in crate::admin) async fn add(visit: Visit, Form(all): All) -> Outcome {
    submit(&visit, None, Typed::from(all)).await
}

pub(in crate::admin) async fn edit(visit: Visit, Path(id): Path<i64>, Form(all): All) -> Outcome {
    let read = visit.read(move |r, cx| sla::find(r, cx, PolicyId(id)));
    let policy = read.await?;
    submit(&visit, Some(policy), Typed::from(all)).await
}

/// What came of it: refused, or looked at.
#[derive(Default)]
struct Tried {
    error: Option<Error>,
    preview: Option<Preview>,
}

async fn submit(visit: &Visit, policy: Option<Policy>, typed: Typed) -> Outcome {
    let (desk, cx) = (visit.state.desk(), visit.admin.cx.clone());
    let (id, given) = (policy.as_ref().map(|policy| policy.id), typed.clone());
    if typed.has("preview", "yes") {
        let looked = desk.read(move |r| {
            let new = typed::policy(r, &given)?;
            sla::preview_of(r, &cx, id, &new)
        });
        let tried = match looked.await {
            Ok(preview) => Tried {
                preview: Some(preview),
                error: None,
            },
            Err(error) => Tried {
                preview: None,
                error: Some(error),
            },
        };
        return page(visit, policy, typed, tried).await;
    }
    let saved = desk.write(move |tx| {
        let new = typed::policy(tx, &given)?;
        match id {
            Some(id) => sla::edit(tx, &cx, id, &new),
            None => sla::add(tx, &cx, &new).map(drop),
        }
    });
    match saved.await {
        Ok(()) => {
            desk.reload_house().await.map_err(|e| visit.admin.oops(e))?;
            to(&format!("{LIST}?saved=true"))
        }
        Err(error) => {
            let tried = Tried {
                error: Some(error),
                preview: None,
            };
            page(visit, policy, typed, tried).await
        }
    }
}

async fn page(visit: &Visit, policy: Option<Policy>, typed: Typed, tried: Tried) -> Outcome {
    let mut back = Back {
        typed: Some(typed),
        ..Back::default()
    };
    if let Some(Error::Refused(refusals)) = &tried.error {
        back.refusals.clone_from(refusals);
    }
    let (mut shell, frame) = visit.open("policy-add", LIST, tried.error).await?;
    if let Some(policy) = &policy {
        let name = policy.says.name.of(shell.lang).to_string();
        shell = shell.titled(name);
    }
    let words = shell.clone();
    let offers = visit.read(move |r, cx| offers(r, cx, &words)).await?;
    let page = Page {
        shell,
        frame,
        back,
        policy,
        offers,
        preview: tried.preview,
        steps: (1..=STEPS).collect(),
    };
    respond_with(page.frame.status, &page)
}

fn offers(r: &mut Read, cx: &Context, shell: &Shell) -> desk::Result<Offers> {
    let lang = shell.lang;
    let named = |prefix: &'static str| move |word: &str| (word.to_string(), shell.t(&format!("{prefix}-{word}")));
    let topics = topics::list(r, lang, false)?.into_iter();
    let teams = teams::list(r, cx)?.into_iter();
    let organizations = organizations::list(r, cx)?.into_iter();
    let people = people::technicians(r)?.into_iter();
    let nobody = (String::new(), shell.t("step-nobody"));
    Ok(Offers {
        topics: topics
            .map(|one| (one.id.to_string(), one.name(lang).to_string()))
            .collect(),
        teams: teams
            .map(|one| (one.id.to_string(), one.name(lang).to_string()))
            .collect(),
        organizations: organizations.map(|one| (one.id.to_string(), one.name)).collect(),
        people: [nobody]
            .into_iter()
            .chain(people.map(|one| (one.id.to_string(), one.name)))
            .collect(),
        priorities: Priority::WORDS.iter().copied().map(named("priority")).collect(),
        channels: Channel::WORDS.iter().copied().map(named("channel")).collect(),
        hours: hours(r, cx, shell)?,
        targets: Target::WORDS.iter().copied().map(named("target")).collect(),
        deeds: Deed::WORDS.iter().copied().map(named("deed")).collect(),
    })
}

/// The house calendar, around the clock, and the calendars of their own.
fn hours(r: &mut Read, cx: &Context, shell: &Shell) -> desk::Result<Choices> {
    let usual = ["house", "always"].map(|word| (word.to_string(), shell.t(&format!("hours-{word}"))));
    let own = calendars::list(r, cx, shell.lang, false)?.into_iter();
    let own = own
        .filter(|one| !one.house)
        .map(|one| (one.id.to_string(), one.name.of(shell.lang).to_string()));
    Ok(usual.into_iter().chain(own).collect())
}

impl Page {
    /// A field of the step at that place.
    fn of(&self, name: &str, place: &usize) -> String {
        format!("step_{name}_{place}")
    }

    fn moves(&self, preview: &Preview) -> Vec<String> {
        let shell = &self.shell;
        let each = preview.first.iter().map(|one| {
            let when = |at: &desk::Time| {
                if *at == desk::Time::NEVER {
                    shell.t("clock-never")
                } else {
                    shell.date_time(at)
                }
            };
            let args = [
                ("number", one.number.to_string().into()),
                ("target", one.target.as_str().into()),
                ("was", when(&one.was).into()),
                ("due", when(&one.due).into()),
            ];
            crate::words::text(shell.lang, "preview-move", &args)
        });
        each.collect()
    }
}
