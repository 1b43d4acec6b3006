//! The house of the sample: settings, organization, people, teams, topics and mailboxes, made by the desk's own verbs.

use std::collections::HashMap;

use anyhow::{Context as _, Result};
use desk::access::{Role, Viewer};
use desk::chat;
use desk::mailboxes::{MailboxFields, boxes};
use desk::organizations::{self, NewOrganization};
use desk::people::{self, NewPerson};
use desk::sign_in::{self, PasswordHash};
use desk::teams::{self, NewTeam};
use desk::topics::{self, NewTopic};
use desk::{Context, Desk, PersonId, TeamId, TopicId, Write, house};

use super::sample::{self, House};

/// What the week needs to know of the house, by the keys of the files.
#[derive(Debug, Default)]
pub(super) struct Known {
    pub(crate) people: HashMap<String, PersonId>,
    pub(crate) teams: HashMap<String, TeamId>,
    pub(crate) topics: HashMap<String, TopicId>,
}

pub(super) async fn make(desk: &Desk, plan: &House, url: &str, password: &str) -> Result<Known> {
    let settings = [
        ("name", plan.name.clone()),
        ("zone", plan.zone.clone()),
        ("public-url", url.to_string()),
    ];
    desk.write(move |tx| {
        settings
            .into_iter()
            .try_for_each(|(name, value)| house::put(tx, name, &value))
    })
    .await?;
    desk.reload_house().await?;
    let cx = desk.context(Viewer::desk(PersonId(0)), None);
    let hash = sign_in::hash(password)?;
    let mut known = Known::default();
    for organization in &plan.organization {
        let new = NewOrganization {
            name: organization.name.clone(),
            domain: Some(organization.domain.clone()),
            note: organization.note.clone(),
            ..NewOrganization::default()
        };
        let cx = cx.clone();
        desk.write(move |tx| organizations::add(tx, &cx, &new))
            .await
            .context("an organization")?;
    }
    for person in &plan.person {
        let new = NewPerson {
            language: Some(person.language),
            job: person.job.clone(),
            site: person.site.clone(),
            note: person.note.clone(),
            phones: person.phones.clone(),
            ..NewPerson::new(&person.name, &sample::address_of(&person.key), person.role)
        };
        let id = add_person(desk, &cx, new, &hash)
            .await
            .with_context(|| person.key.clone())?;
        known.people.insert(person.key.clone(), id);
    }
    make_teams(desk, &cx, plan, &mut known).await?;
    make_topics(desk, &cx, plan, &mut known).await?;
    super::canned::make(desk, &cx, &known).await?;
    for mailbox in &plan.mailbox {
        let fields = MailboxFields {
            name: mailbox.name.clone(),
            team: known.teams.get(&mailbox.team).copied(),
            language: mailbox.language,
            ..MailboxFields::new(&mailbox.address)
        };
        let cx = cx.clone();
        desk.write(move |tx| boxes::add(tx, &cx, &fields))
            .await
            .context("a mailbox")?;
    }
    take_chats(desk, &known).await?;
    Ok(known)
}

/// Chat at all hours, for whoever tries the sample at night; and two who take chats, so that a visitor is let in.
async fn take_chats(desk: &Desk, known: &Known) -> Result<()> {
    desk.write(|tx| {
        house::put(tx, "chat-on", "yes")?;
        house::put(tx, "chat-hours", "always")
    })
    .await?;
    desk.reload_house().await?;
    for person in ["cedar", "juniper"]
        .iter()
        .filter_map(|key| known.people.get(*key).copied())
    {
        let cx = desk.context(Viewer::desk(person), None);
        desk.write(move |tx| chat::set_share(tx, &cx, 3)).await?;
    }
    Ok(())
}

/// Staff and the one requester who is shown sign in with the password; the others come by mail.
async fn add_person(desk: &Desk, cx: &Context, new: NewPerson, hash: &PasswordHash) -> desk::Result<PersonId> {
    let (cx, hash) = (cx.clone(), hash.clone());
    let signs_in = new.role > Role::Requester || new.address.starts_with("payroll@");
    desk.write(move |tx| {
        let id = people::add(tx, &cx, &new)?;
        if signs_in {
            sign_in::set_password(tx, &cx, id, &hash)?;
        }
        Ok(id)
    })
    .await
}

async fn make_teams(desk: &Desk, cx: &Context, plan: &House, known: &mut Known) -> Result<()> {
    for team in &plan.team {
        let new = NewTeam {
            name_en: team.en.clone(),
            name_fr: team.fr.clone(),
            private: team.private,
        };
        let ids = |keys: &[String]| {
            keys.iter()
                .filter_map(|k| known.people.get(k).copied())
                .collect::<Vec<_>>()
        };
        let (members, leads, cx) = (ids(&team.members), ids(&team.leads), cx.clone());
        let id = desk
            .write(move |tx| add_team(tx, &cx, &new, &members, &leads))
            .await
            .context("a team")?;
        known.teams.insert(team.key.clone(), id);
    }
    Ok(())
}

fn add_team(
    tx: &mut Write,
    cx: &Context,
    new: &NewTeam,
    members: &[PersonId],
    leads: &[PersonId],
) -> desk::Result<TeamId> {
    let team = teams::add(tx, cx, new)?;
    for member in members {
        teams::join(tx, cx, team, *member)?;
    }
    for leader in leads {
        teams::lead(tx, cx, team, *leader, true)?;
    }
    Ok(team)
}

async fn make_topics(desk: &Desk, cx: &Context, plan: &House, known: &mut Known) -> Result<()> {
    for topic in &plan.topic {
        let new = NewTopic {
            parent: topic.under.as_ref().and_then(|key| known.topics.get(key).copied()),
            name_en: topic.en.clone(),
            name_fr: topic.fr.clone(),
            team: topic.team.as_ref().and_then(|key| known.teams.get(key).copied()),
        };
        let cx = cx.clone();
        let id = desk
            .write(move |tx| topics::add(tx, &cx, &new))
            .await
            .context("a topic")?;
        known.topics.insert(topic.key.clone(), id);
    }
    Ok(())
}
