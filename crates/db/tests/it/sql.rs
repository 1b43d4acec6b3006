//! The builder: whatever it is put together from, each value stands where it was bound.

use db::{Sql, Value};
use proptest::prelude::*;
use testpg::both;

#[derive(Clone, Debug)]
enum Step {
    Push(&'static str),
    Bind(i64),
    List(Vec<i64>),
    Append(Vec<Step>),
}

fn step() -> impl Strategy<Value = Step> {
    let leaf = prop_oneof![
        prop_oneof![Just(" a "), Just("'$'"), Just(" -- é\n"), Just("")].prop_map(Step::Push),
        any::<i64>().prop_map(Step::Bind),
        prop::collection::vec(any::<i64>(), 0..4).prop_map(Step::List),
    ];
    leaf.prop_recursive(3, 24, 5, |inner| {
        prop::collection::vec(inner, 0..5).prop_map(Step::Append)
    })
}

/// The text as it would be with each value written out, beside the built query.
fn build(sql: &mut Sql, plain: &mut String, steps: &[Step]) {
    for step in steps {
        match step {
            Step::Push(text) => {
                sql.push(text);
                plain.push_str(text);
            }
            Step::Bind(value) => {
                sql.bind(*value);
                plain.push_str(&format!("<{value}>"));
            }
            Step::List(values) if values.is_empty() => {
                sql.bind_list(values.iter().copied());
                plain.push_str("NULL");
            }
            Step::List(values) => {
                sql.bind_list(values.iter().copied());
                plain.push_str(&values.iter().map(|v| format!("<{v}>")).collect::<Vec<_>>().join(", "));
            }
            Step::Append(steps) => {
                let mut other = Sql::new("(");
                plain.push('(');
                build(&mut other, plain, steps);
                sql.append(other);
            }
        }
    }
}

/// Puts each value in the place of its number, with the numbers in rising order.
fn filled(sql: &Sql) -> String {
    let (mut text, mut out) = (sql.text(), String::new());
    for (i, value) in sql.args().iter().enumerate() {
        let Value::Int(value) = value else {
            panic!("only integers are bound here")
        };
        let mark = format!("${}", i + 1);
        let (before, after) = text.split_once(&mark).expect("each value has its number, in order");
        out.push_str(&format!("{before}<{value}>"));
        text = after.to_string();
    }
    out + &text
}

proptest! {
    #[test]
    fn every_value_stands_where_it_was_bound(steps in prop::collection::vec(step(), 0..8)) {
        let (mut sql, mut plain) = (Sql::new("SELECT "), String::from("SELECT "));
        build(&mut sql, &mut plain, &steps);
        prop_assert_eq!(filled(&sql), plain);
    }
}

#[test]
fn a_built_query_runs_on_both() {
    both(|db| {
        crate::with_table(&db);
        let mut insert = Sql::new("INSERT INTO note (id, body) VALUES ");
        for (i, body) in ["a", "b", "c"].into_iter().enumerate() {
            let mut row = Sql::new(if i == 0 { "(" } else { ", (" });
            row.bind(i as i64).push(", ").bind(body).push(")");
            insert.append(row);
        }
        assert_eq!(db.write_now(move |tx| tx.exec_sql(&insert)), Ok(3));
        let mut query = Sql::new("SELECT id FROM note WHERE body IN (");
        query
            .bind_list(["b", "c", "'); DROP TABLE note; --"])
            .push(") AND id > ")
            .bind(0)
            .push(" ORDER BY id");
        assert_eq!(db.read_now(move |r| r.query_sql::<i64>(&query)), Ok(vec![1, 2]));
        let mut none = Sql::new("SELECT id FROM note WHERE id IN (");
        none.bind_list(Vec::<i64>::new()).push(")");
        assert_eq!(db.read_now(move |r| r.maybe_sql::<i64>(&none)), Ok(None));
    });
}

#[test]
fn a_number_written_by_hand_is_refused() {
    both(|db| {
        let mut sql = Sql::new("SELECT id FROM note WHERE id = $1 AND body = ");
        sql.bind("x");
        let error = db.read_now(move |r| r.query_sql::<i64>(&sql)).unwrap_err().to_string();
        assert!(error.starts_with("use bind()"), "{error}");
    });
}

#[test]
fn a_plan_names_the_index_and_its_absence() {
    both(|db| {
        crate::with_table(&db);
        if db.dialect() == db::Dialect::Postgres {
            // an empty table is read whole; enough rows make the index worth it
            db.write_now(|tx| {
                tx.exec(
                    "INSERT INTO place SELECT n, n::text FROM generate_series(1, 5000) n",
                    &[],
                )?;
                tx.exec("ANALYZE place", &[])
            })
            .unwrap();
        }
        let plan = |sql: &'static str, value: Value<'static>| db.read_now(move |r| r.plan(sql, &[value])).unwrap();
        let by_name = plan("SELECT id FROM place WHERE name = $1", "x".into());
        assert!(by_name.to_lowercase().contains("index"), "{by_name}");
        let whole = plan("SELECT id FROM place WHERE id + 1 = $1", 7.into());
        assert!(
            whole.to_lowercase().contains("scan") && !whole.contains("SEARCH"),
            "{whole}"
        );
    });
}
