//! SQL of fields, lists and values. Private to this room.

use std::collections::BTreeMap;

use db::{Read, Sql, Write, args};
use jiff::civil::Date;

use super::field::{Choice, Field};
use super::form::Form;
use super::value::{Answers, Value};
use crate::error::{Error, Result};
use crate::ids::{FieldId, TicketNumber, TopicId};

/// The fields of a topic, in order, without its parent's; the retired ones too when they are wanted.
pub(super) fn own_fields(r: &mut Read, topic: TopicId, retired: bool) -> Result<Vec<Field>> {
    Ok(r.query(
        "SELECT id, topic, key, kind, label_en, label_fr, help_en, help_fr, unit_en, unit_fr, required, team_only,
           shown_by, shown_for, retired
         FROM form_field WHERE topic = $1 AND ($2 OR NOT retired) ORDER BY place, id",
        &args![topic, retired],
    )?)
}

pub(super) fn field(r: &mut Read, id: FieldId) -> Result<Field> {
    Ok(r.one(
        "SELECT id, topic, key, kind, label_en, label_fr, help_en, help_fr, unit_en, unit_fr, required, team_only,
           shown_by, shown_for, retired FROM form_field WHERE id = $1",
        &args![id],
    )?)
}

pub(super) fn by_key(r: &mut Read, key: &str) -> Result<Option<FieldId>> {
    Ok(r.maybe("SELECT id FROM form_field WHERE key = $1", &args![key])?)
}

pub(super) fn options(r: &mut Read, fields: &[FieldId]) -> Result<Vec<Choice>> {
    let mut sql = Sql::new("SELECT id, field, key, label_en, label_fr, retired FROM form_option WHERE field IN (");
    sql.bind_list(fields.iter().copied());
    sql.push(") ORDER BY id");
    if fields.is_empty() {
        Ok(Vec::new())
    } else {
        Ok(r.query_sql(&sql)?)
    }
}

pub(super) fn parent_of(r: &mut Read, topic: TopicId) -> Result<Option<TopicId>> {
    let found: Option<Option<TopicId>> = r.maybe("SELECT parent FROM topic WHERE id = $1", &args![topic])?;
    found.ok_or(Error::NotFound)
}

/// The parent's fields and then the topic's own, with their lists.
pub(super) fn form(r: &mut Read, topic: TopicId, retired: bool) -> Result<Form> {
    let mut fields = match parent_of(r, topic)? {
        Some(parent) => own_fields(r, parent, false)?,
        None => Vec::new(),
    };
    fields.extend(own_fields(r, topic, retired)?);
    let lists: Vec<FieldId> = fields.iter().filter(|f| f.kind.is_list()).map(|f| f.id).collect();
    Ok(Form {
        options: options(r, &lists)?,
        fields,
    })
}

/// Holds the forms until this transaction ends, so that of two changes the second decides on what the first has left.
pub(super) fn hold(tx: &mut Write) -> Result<()> {
    Ok(tx.hold_name("forms")?)
}

db::table! {
    struct Row { field: FieldId, option: Option<String>, words: Option<String>, amount: Option<i64>, day: Option<String>, yes: Option<bool> }
}

pub(super) fn values(r: &mut Read, ticket: TicketNumber) -> Result<Answers> {
    let rows: Vec<Row> = r.query(
        "SELECT v.field, o.key AS option, v.words, v.amount, v.day, v.yes
         FROM field_value v LEFT JOIN form_option o ON o.id = v.option WHERE v.ticket = $1 ORDER BY v.field, v.part",
        &args![ticket],
    )?;
    let mut answers: BTreeMap<FieldId, Value> = BTreeMap::new();
    for row in rows {
        let Some(value) = value_of(&row)? else { continue };
        match (answers.get_mut(&row.field), value) {
            (Some(Value::Chosen(keys)), Value::Chosen(more)) => keys.extend(more),
            (_, value) => drop(answers.insert(row.field, value)),
        }
    }
    Ok(answers)
}

fn value_of(row: &Row) -> Result<Option<Value>> {
    let day = row
        .day
        .as_deref()
        .map(str::parse::<Date>)
        .transpose()
        .map_err(Error::fault)?;
    let chosen = row.option.clone().map(|key| Value::Chosen(vec![key]));
    let words = row.words.clone().map(Value::Words);
    let plain = words.or(row.amount.map(Value::Amount)).or(row.yes.map(Value::Yes));
    Ok(chosen.or(plain).or(day.map(Value::Day)))
}

/// Keeps one value of a ticket, or empties it. It has been checked.
pub(crate) fn put(
    tx: &mut Write,
    form: &Form,
    ticket: TicketNumber,
    field: FieldId,
    value: Option<&Value>,
) -> Result<()> {
    tx.exec(
        "DELETE FROM field_value WHERE ticket = $1 AND field = $2",
        &args![ticket, field],
    )?;
    let Some(value) = value else { return Ok(()) };
    if let Value::Chosen(keys) = value {
        let options = form.options_of(field);
        for option in options.iter().filter(|option| keys.contains(&option.key)) {
            tx.exec(
                "INSERT INTO field_value (ticket, field, part, option) VALUES ($1, $2, $3, $3)",
                &args![ticket, field, option.id],
            )?;
        }
        return Ok(());
    }
    let (mut words, mut amount, mut day, mut yes) = (None, None, None, None);
    match value {
        Value::Words(text) => words = Some(text.as_str()),
        Value::Amount(number) => amount = Some(*number),
        Value::Day(date) => day = Some(date.to_string()),
        Value::Yes(answer) => yes = Some(*answer),
        Value::Chosen(_) => {}
    }
    tx.exec(
        "INSERT INTO field_value (ticket, field, part, words, amount, day, yes) VALUES ($1, $2, 0, $3, $4, $5, $6)",
        &args![ticket, field, words, amount, day, yes],
    )?;
    Ok(())
}

db::table! {
    pub(super) struct Count { topic: TopicId, fields: i64 }
}

pub(super) fn counts(r: &mut Read) -> Result<Vec<Count>> {
    Ok(r.query(
        "SELECT topic, count(*) AS fields FROM form_field WHERE NOT retired GROUP BY topic ORDER BY topic",
        &[],
    )?)
}

/// The most fields a topic under this one has of its own.
pub(super) fn most_under(r: &mut Read, topic: TopicId) -> Result<i64> {
    let counts: Vec<i64> = r.query(
        "SELECT count(*) AS fields FROM form_field f JOIN topic t ON t.id = f.topic
         WHERE t.parent = $1 AND NOT f.retired GROUP BY f.topic",
        &args![topic],
    )?;
    Ok(counts.into_iter().max().unwrap_or(0))
}

/// Lists and questions of yes or no that are in use.
pub(super) fn choosable(r: &mut Read) -> Result<Vec<Field>> {
    Ok(r.query(
        "SELECT id, topic, key, kind, label_en, label_fr, help_en, help_fr, unit_en, unit_fr, required, team_only,
           shown_by, shown_for, retired
         FROM form_field WHERE NOT retired AND kind IN ('yes_no', 'one', 'several') ORDER BY topic, place, id",
        &[],
    )?)
}

/// Those in use that another field shows.
pub(super) fn shown_by(r: &mut Read, by: FieldId) -> Result<Vec<Field>> {
    Ok(r.query(
        "SELECT id, topic, key, kind, label_en, label_fr, help_en, help_fr, unit_en, unit_fr, required, team_only,
           shown_by, shown_for, retired FROM form_field WHERE shown_by = $1 AND NOT retired ORDER BY id",
        &args![by],
    )?)
}

pub(super) fn fields(r: &mut Read, ids: &[FieldId]) -> Result<Vec<Field>> {
    let mut sql = Sql::new(
        "SELECT id, topic, key, kind, label_en, label_fr, help_en, help_fr, unit_en, unit_fr, required, team_only,
           shown_by, shown_for, retired FROM form_field WHERE id IN (",
    );
    sql.bind_list(ids.iter().copied());
    sql.push(") ORDER BY topic, place, id");
    if ids.is_empty() {
        Ok(Vec::new())
    } else {
        Ok(r.query_sql(&sql)?)
    }
}
