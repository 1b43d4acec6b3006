//! Values in, rows out: the same on both engines, and refused in plain words where they do not fit.

use db::{Col, Db, Dialect, Error, Value, args};
use testpg::both;

db::table! {
    /// One of each kind of column.
    #[derive(Debug, PartialEq, Clone)]
    pub struct Thing { id: i64, name: Option<String>, open: bool, weight: f64, raw: Vec<u8>, state: State }
}
db::text_enum! { pub enum State { New => "new", OnHold => "on_hold" } }
db::id! {
    pub struct ThingId;
    struct OtherId;
}

fn with_things(db: &Db) {
    let bytes = if db.dialect() == Dialect::Sqlite {
        "BLOB"
    } else {
        "BYTEA"
    };
    let sql = format!(
        "CREATE TABLE thing (id BIGINT PRIMARY KEY, name TEXT, open BOOLEAN NOT NULL, weight DOUBLE PRECISION NOT NULL, \
         raw {bytes} NOT NULL, state TEXT NOT NULL)"
    );
    db.write_now(move |tx| tx.exec(&sql, &[])).unwrap();
}

const ADD: &str = "INSERT INTO thing (id, name, open, weight, raw, state) VALUES ($1, $2, $3, $4, $5, $6)";

#[test]
fn every_kind_comes_back_as_it_went_in() {
    both(|db| {
        with_things(&db);
        let things = vec![
            Thing {
                id: i64::MIN,
                name: None,
                open: true,
                weight: -0.25,
                raw: vec![0, 255],
                state: State::New,
            },
            Thing {
                id: 7,
                name: Some("É'\"$1\u{1F98A}".into()),
                open: false,
                weight: 3.0,
                raw: vec![],
                state: State::OnHold,
            },
        ];
        let wanted = things.clone();
        db.write_now(move |tx| {
            for t in things {
                tx.exec(ADD, &args![t.id, t.name, t.open, t.weight, t.raw, t.state])?;
            }
            Ok::<_, Error>(())
        })
        .unwrap();
        let sql = format!("SELECT {} FROM thing ORDER BY id", Thing::COLS);
        assert_eq!(db.read_now(move |r| r.query::<Thing>(&sql, &[])).unwrap(), wanted);
    });
}

#[test]
fn arguments_go_by_their_number_in_any_order_and_repeated() {
    both(|db| {
        let sql = "SELECT CAST($2 AS TEXT) || '$1' || CAST($1 AS TEXT) || CAST($2 AS TEXT), $3 AND $3 -- $9";
        let row: (String, bool) = db.read_now(move |r| r.one(sql, &args!["a", "b", true])).unwrap();
        assert_eq!(row, ("b$1ab".into(), true));
        // the control: by first appearance the answer would be swapped
        let sql = "SELECT CAST($1 AS TEXT) || '$1' || CAST($2 AS TEXT) || CAST($1 AS TEXT)";
        let row: String = db.read_now(move |r| r.one(sql, &args!["a", "b"])).unwrap();
        assert_eq!(row, "a$1ba");
    });
}

#[test]
fn too_few_and_too_many_arguments_are_refused() {
    both(|db| {
        for args in [vec![], vec![Value::Int(1), Value::Int(2)]] {
            let given = args.len();
            let error = db
                .read_now(move |r| r.query::<i64>("SELECT CAST($1 AS BIGINT)", &args))
                .unwrap_err();
            assert_eq!(
                error,
                Error::Other(format!("the statement wants 1 arguments and got {given}"))
            );
        }
    });
}

#[test]
fn postgres_refuses_a_value_of_the_wrong_kind_before_it_is_sent() {
    let Some(stand) = testpg::postgres(db::PostgresOptions::default()) else {
        return;
    };
    let wrong: [(&str, Value<'static>); 6] = [
        ("TEXT", 1.into()),
        ("BOOLEAN", 1.into()),
        ("BIGINT", "1".into()),
        ("BIGINT", true.into()),
        ("BIGINT", 1.5.into()),
        ("TEXT", b"x".into()),
    ];
    for (ty, value) in wrong {
        let sql = format!("SELECT CAST($1 AS {ty}) IS NULL");
        let (text, null) = (sql.clone(), sql);
        let error = stand
            .db
            .read_now(move |r| r.one::<bool>(&text, &[value]))
            .unwrap_err()
            .to_string();
        assert!(
            error.starts_with("argument $1 is ") && error.contains("the statement wants "),
            "{error}"
        );
        assert!(
            stand
                .db
                .read_now(move |r| r.one::<bool>(&null, &[Value::Null]))
                .unwrap()
        );
    }
}

#[test]
fn text_with_a_nul_is_refused_alike() {
    both(|db| {
        let error = db
            .read_now(|r| r.one::<String>("SELECT CAST($1 AS TEXT)", &args!["a\0b"]))
            .unwrap_err();
        assert_eq!(
            error,
            Error::Unfit("argument $1: text cannot hold the character U+0000".into())
        );
    });
}

#[test]
fn a_struct_is_never_filled_from_other_columns() {
    both(|db| {
        with_things(&db);
        let swapped = "SELECT id, name, open, weight, state, raw FROM thing";
        // the statement is warm from a tuple that does not care for names
        let _: Vec<(i64,)> = db.read_now(move |r| r.query(swapped, &[])).unwrap();
        let error = db
            .read_now(move |r| r.query::<Thing>(swapped, &[]))
            .unwrap_err()
            .to_string();
        assert!(error.contains("the struct wants"), "{error}");
    });
}

#[test]
fn a_column_of_another_kind_is_an_error_of_that_column() {
    both(|db| {
        let error = db
            .read_now(|r| r.one::<(i64, i64)>("SELECT CAST(1 AS BIGINT), 'x'", &[]))
            .unwrap_err();
        assert!(matches!(error, Error::Column(1, _)), "{error}");
        let error = db.read_now(|r| r.one::<State>("SELECT 'lost'", &[])).unwrap_err();
        assert!(matches!(error, Error::Column(0, _)), "{error}");
        let error = db.read_now(|r| r.one::<i64>("SELECT NULL", &[])).unwrap_err();
        assert!(matches!(error, Error::Column(0, _)), "{error}");
    });
}

#[test]
fn one_wants_a_row_and_maybe_takes_the_first() {
    both(|db| {
        let sql = "SELECT n FROM (SELECT CAST(1 AS BIGINT) AS n UNION ALL SELECT 2) t WHERE n > $1 ORDER BY n";
        assert_eq!(db.read_now(move |r| r.maybe::<i64>(sql, &args![0])), Ok(Some(1)));
        assert_eq!(db.read_now(move |r| r.maybe::<i64>(sql, &args![2])), Ok(None));
        let both = db.read_now(move |r| Ok::<_, Error>((r.one::<i64>(sql, &args![9]), r.one::<i64>(sql, &args![1]))));
        assert_eq!(both, Ok((Err(Error::NotFound), Ok(2))));
    });
}

#[test]
fn ids_and_words_are_values_columns_and_json() {
    assert_eq!(State::ALL, [State::New, State::OnHold]);
    assert_eq!(State::parse("on_hold"), Some(State::OnHold));
    assert_eq!(State::parse("ON_HOLD"), None);
    assert_eq!(format!("{}/{:>5}", ThingId(5), State::New), "5/  new");
    assert_eq!(
        serde_json::to_string(&(ThingId(5), State::OnHold)).unwrap(),
        "[5,\"on_hold\"]"
    );
    let back: (OtherId, State) = serde_json::from_str("[6,\"new\"]").unwrap();
    assert_eq!(back, (OtherId(6), State::New));
    assert!(
        serde_json::from_str::<State>("\"lost\"")
            .unwrap_err()
            .to_string()
            .contains("lost")
    );
    assert_eq!(Value::from(Some(ThingId(1))), Value::Int(1));
    assert_eq!(ThingId::read(Value::Text("1".into())), None);
    assert_eq!(Option::<State>::read(Value::Null), Some(None));
}

/// PostgreSQL folds as the locale of its database says: in any but `C` all of them.
#[test]
fn letters_with_accents_are_folded_like_the_others() {
    both(|db| {
        let folded: (String, String) = db
            .read_now(|r| r.one("SELECT lower($1), LOWER('ABC')", &args!["ÉCRAN Œuvre A"]))
            .unwrap();
        assert_eq!(folded.1, "abc");
        if db.dialect() == Dialect::Sqlite {
            assert_eq!(folded.0, "écran œuvre a");
        }
        let none: Option<String> = db.read_now(|r| r.one("SELECT lower(CAST(NULL AS TEXT))", &[])).unwrap();
        assert_eq!(none, None);
    });
}
