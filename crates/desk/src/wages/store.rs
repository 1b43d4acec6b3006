//! SQL of the wages. Private to this room.

use db::{Read, Write, args};

use super::wage::{Per, Wage};
use crate::clock::Time;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ids::{PersonId, WageEditionId};
use crate::words::Both;

db::table! {
    struct Row {
        region_en: String,
        region_fr: String,
        per: Per,
        low: Option<i64>,
        median: i64,
        high: Option<i64>,
        source: String,
        dated: String,
    }
}

pub(super) fn edition_in_use(r: &mut Read) -> Result<Option<WageEditionId>> {
    Ok(r.maybe(
        "SELECT id FROM wage_edition WHERE NOT taken_back ORDER BY id DESC LIMIT 1",
        &args![],
    )?)
}

pub(super) fn wages_of(r: &mut Read, edition: WageEditionId) -> Result<Vec<Wage>> {
    let rows: Vec<Row> = r.query(
        "SELECT region_en, region_fr, per, low, median, high, source, dated FROM wage WHERE edition = $1 ORDER BY place",
        &args![edition],
    )?;
    let wage = |row: Row| Wage {
        region: Both {
            en: row.region_en,
            fr: row.region_fr,
        },
        per: row.per,
        low: row.low,
        median: row.median,
        high: row.high,
        source: row.source,
        dated: row.dated,
    };
    Ok(rows.into_iter().map(wage).collect())
}

pub(super) fn keep(tx: &mut Write, cx: &Context, wages: &[Wage]) -> Result<WageEditionId> {
    let edition = WageEditionId(tx.insert(
        "INSERT INTO wage_edition (made_by, at) VALUES ($1, $2) RETURNING id",
        &args![cx.viewer.person, cx.now],
    )?);
    for (place, wage) in wages.iter().enumerate() {
        tx.exec(
            "INSERT INTO wage (edition, place, region_en, region_fr, per, low, median, high, source, dated)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            &args![
                edition,
                i64::try_from(place).map_err(Error::fault)?,
                wage.region.en.as_str(),
                wage.region.fr.as_str(),
                wage.per,
                wage.low,
                wage.median,
                wage.high,
                wage.source.as_str(),
                wage.dated.as_str()
            ],
        )?;
    }
    Ok(edition)
}

pub(super) fn take_back(tx: &mut Write, edition: WageEditionId) -> Result<()> {
    tx.exec(
        "UPDATE wage_edition SET taken_back = TRUE WHERE id = $1",
        &args![edition],
    )?;
    Ok(())
}

pub(super) fn is_planner(r: &mut Read, person: PersonId) -> Result<bool> {
    let found: Option<PersonId> = r.maybe("SELECT person FROM wage_planner WHERE person = $1", &args![person])?;
    Ok(found.is_some())
}

pub(super) fn set_planner(tx: &mut Write, person: PersonId, allowed: bool, at: Time) -> Result<()> {
    tx.exec("DELETE FROM wage_planner WHERE person = $1", &args![person])?;
    if allowed {
        tx.exec(
            "INSERT INTO wage_planner (person, at) VALUES ($1, $2)",
            &args![person, at],
        )?;
    }
    Ok(())
}
