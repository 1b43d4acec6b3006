//! What a verb changed, field by field, as its event keeps it, so that it can be told and taken back.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use crate::error::{Error, Result};

/// `{"field":[before,after], ...}`; empty when nothing changed.
pub(crate) fn difference<T: Serialize>(before: &T, after: &T) -> Map<String, Value> {
    let (old, new) = (fields(before), fields(after));
    let mut changed = Map::new();
    for (name, was) in old {
        let is = new.get(&name).cloned().unwrap_or(Value::Null);
        if was != is {
            changed.insert(name, json!([was, is]));
        }
    }
    changed
}

/// The record with the old values back, if the new ones still stand. What is no field of it is left to the caller.
pub(crate) fn put_back<T: Serialize + DeserializeOwned>(now: &T, changes: &Map<String, Value>) -> Result<T> {
    let mut fields = fields(now);
    for (name, pair) in changes {
        let Some(is) = fields.get_mut(name) else { continue };
        if *is != pair[1] {
            return Err(Error::Conflict("conflict-changed-since"));
        }
        *is = pair[0].clone();
    }
    serde_json::from_value(Value::Object(fields)).map_err(Error::fault)
}

fn fields<T: Serialize>(record: &T) -> Map<String, Value> {
    match serde_json::to_value(record) {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    struct Record {
        title: String,
        places: Vec<i64>,
    }

    fn record(title: &str, places: &[i64]) -> Record {
        Record {
            title: title.into(),
            places: places.to_vec(),
        }
    }

    #[test]
    fn what_changed_is_told_and_put_back() {
        let (before, after) = (record("a", &[1]), record("b", &[1]));
        let changes = difference(&before, &after);
        assert_eq!(Value::Object(changes.clone()), json!({ "title": ["a", "b"] }));
        assert_eq!(put_back(&after, &changes), Ok(before.clone()));
        assert!(difference(&before, &before).is_empty());
    }

    #[test]
    fn what_was_changed_since_is_left_and_the_rest_keeps_what_is_new() {
        let changes = difference(&record("a", &[1]), &record("b", &[1]));
        let since = Error::Conflict("conflict-changed-since");
        assert_eq!(put_back(&record("c", &[1]), &changes), Err(since));
        assert_eq!(put_back(&record("b", &[2]), &changes), Ok(record("a", &[2])));
    }
}
