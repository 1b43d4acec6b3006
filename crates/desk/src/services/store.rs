//! SQL of the services. Private to this room.

use std::collections::BTreeMap;

use db::{Read, Sql, Write, args};

use super::service::Service;
use crate::clock::Time;
use crate::error::{Error, Result};
use crate::ids::{PersonId, ServiceId, TeamId, TopicId};
use crate::words::Both;

db::table! {
    struct Row {
        id: ServiceId,
        name_en: String,
        name_fr: String,
        about_en: String,
        about_fr: String,
        owner: Option<PersonId>,
        team: Option<TeamId>,
        documents: String,
        shown: bool,
        retired: bool,
    }
}

/// All of them, in the order in which they were made: a desk has some dozens.
pub(super) fn all(r: &mut Read) -> Result<Vec<Service>> {
    let rows: Vec<Row> = r.query(
        "SELECT id, name_en, name_fr, about_en, about_fr, owner, team, documents, shown, retired FROM service ORDER BY id",
        &[],
    )?;
    let pairs: Vec<(ServiceId, TopicId)> = r.query("SELECT service, topic FROM service_topic ORDER BY topic", &[])?;
    let mut topics: BTreeMap<ServiceId, Vec<TopicId>> = BTreeMap::new();
    for (service, topic) in pairs {
        topics.entry(service).or_default().push(topic);
    }
    rows.into_iter()
        .map(|row| {
            let topics = topics.remove(&row.id).unwrap_or_default();
            assembled(&row, topics)
        })
        .collect()
}

fn assembled(row: &Row, topics: Vec<TopicId>) -> Result<Service> {
    Ok(Service {
        id: row.id,
        name: Both::new(&row.name_en, &row.name_fr),
        about: Both::new(&row.about_en, &row.about_fr),
        owner: row.owner,
        team: row.team,
        documents: serde_json::from_str(&row.documents).map_err(Error::fault)?,
        shown: row.shown,
        retired: row.retired,
        topics,
    })
}

pub(super) fn load(r: &mut Read, id: ServiceId) -> Result<Service> {
    all(r)?
        .into_iter()
        .find(|service| service.id == id)
        .ok_or(Error::NotFound)
}

pub(super) fn hold(tx: &mut Write, id: ServiceId) -> Result<()> {
    tx.hold_rows("SELECT id FROM service WHERE id = $1 FOR NO KEY UPDATE", &args![id])?;
    Ok(())
}

/// Those of the status page with when they began to be kept: by their name in English.
pub(crate) fn shown(r: &mut Read) -> Result<Vec<(Service, Time)>> {
    let since: BTreeMap<ServiceId, Time> = r
        .query::<(ServiceId, Time)>("SELECT id, created_at FROM service WHERE shown AND NOT retired", &[])?
        .into_iter()
        .collect();
    let all = all(r)?.into_iter();
    Ok(all
        .filter_map(|service| since.get(&service.id).map(|at| (service, *at)))
        .collect())
}

/// The service a topic itself was given to.
pub(super) fn of_topic(r: &mut Read, topic: TopicId) -> Result<Option<ServiceId>> {
    Ok(r.maybe("SELECT service FROM service_topic WHERE topic = $1", &args![topic])?)
}

/// The service a ticket of this topic is about: the topic's own, else that of the topic above it.
pub(crate) fn about(r: &mut Read, topic: TopicId) -> Result<Option<ServiceId>> {
    let found: Option<Option<ServiceId>> = r.maybe(
        "SELECT COALESCE(own.service, above.service) FROM topic t LEFT JOIN service_topic own ON own.topic = t.id
         LEFT JOIN service_topic above ON above.topic = t.parent WHERE t.id = $1",
        &args![topic],
    )?;
    Ok(found.flatten())
}

/// The topics whose tickets are about one of these services.
pub(crate) fn topics_of(r: &mut Read, services: &[ServiceId]) -> Result<Vec<TopicId>> {
    let mut sql = Sql::new(
        "SELECT t.id FROM topic t LEFT JOIN service_topic own ON own.topic = t.id
         LEFT JOIN service_topic above ON above.topic = t.parent WHERE COALESCE(own.service, above.service) IN (",
    );
    sql.bind_list(services.iter().copied());
    sql.push(") ORDER BY t.id");
    Ok(r.query_sql(&sql)?)
}

pub(super) fn insert(tx: &mut Write, service: &Service, at: Time) -> Result<ServiceId> {
    let id = ServiceId(tx.insert(
        "INSERT INTO service (name_en, name_fr, about_en, about_fr, owner, team, documents, shown, retired, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id",
        &args![
            service.name.en.as_str(),
            service.name.fr.as_str(),
            service.about.en.as_str(),
            service.about.fr.as_str(),
            service.owner,
            service.team,
            documents(service)?,
            service.shown,
            service.retired,
            at
        ],
    )?);
    set_topics(tx, id, &service.topics)?;
    Ok(id)
}

pub(super) fn save(tx: &mut Write, service: &Service) -> Result<()> {
    tx.exec(
        "UPDATE service SET name_en = $2, name_fr = $3, about_en = $4, about_fr = $5, owner = $6, team = $7,
           documents = $8, shown = $9, retired = $10 WHERE id = $1",
        &args![
            service.id,
            service.name.en.as_str(),
            service.name.fr.as_str(),
            service.about.en.as_str(),
            service.about.fr.as_str(),
            service.owner,
            service.team,
            documents(service)?,
            service.shown,
            service.retired
        ],
    )?;
    set_topics(tx, service.id, &service.topics)
}

fn documents(service: &Service) -> Result<String> {
    serde_json::to_string(&service.documents).map_err(Error::fault)
}

fn set_topics(tx: &mut Write, id: ServiceId, topics: &[TopicId]) -> Result<()> {
    tx.exec("DELETE FROM service_topic WHERE service = $1", &args![id])?;
    for topic in topics {
        tx.exec(
            "INSERT INTO service_topic (topic, service) VALUES ($1, $2)",
            &args![*topic, id],
        )?;
    }
    Ok(())
}
