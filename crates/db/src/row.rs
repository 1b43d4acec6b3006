//! One row, read by position, and the `table!` macro that states a row's columns once.

use crate::{Col, Error, Result, Value};

/// A row of either engine, alive while the statement runs.
pub struct Row<'a>(pub(crate) RowRef<'a>);

pub(crate) enum RowRef<'a> {
    Lite(&'a rusqlite::Row<'a>),
    Pg(&'a postgres::Row),
}

impl Row<'_> {
    pub fn get<T: Col>(&self, position: usize) -> Result<T> {
        let value = self.value(position)?;
        T::read(value).ok_or_else(|| Error::Column(position, format!("is not {}", std::any::type_name::<T>())))
    }

    fn value(&self, position: usize) -> Result<Value<'_>> {
        use rusqlite::types::ValueRef;
        match self.0 {
            RowRef::Pg(row) => row
                .try_get(position)
                .map_err(|e| Error::Column(position, e.to_string())),
            RowRef::Lite(row) => Ok(match row.get_ref(position)? {
                ValueRef::Null => Value::Null,
                ValueRef::Integer(v) => Value::Int(v),
                ValueRef::Real(v) => Value::Real(v),
                ValueRef::Blob(v) => Value::Bytes(v.into()),
                ValueRef::Text(v) => Value::Text(
                    std::str::from_utf8(v)
                        .map_err(|e| Error::Column(position, e.to_string()))?
                        .into(),
                ),
            }),
        }
    }
}

/// What a query gives: a [`table!`](crate::table) struct, one column, or a tuple of columns.
pub trait FromRow: Sized {
    /// Compared with the statement's own column names when it is prepared; empty: not compared.
    const NAMES: &'static [&'static str] = &[];
    fn from_row(row: &Row) -> Result<Self>;
}

impl<T: Col> FromRow for T {
    fn from_row(row: &Row) -> Result<Self> {
        row.get(0)
    }
}

macro_rules! tuples {
    ($(($($type:ident $position:tt),+);)+) => {
        $(impl<$($type: Col),+> FromRow for ($($type,)+) {
            fn from_row(row: &Row) -> Result<Self> {
                Ok(($(row.get::<$type>($position)?,)+))
            }
        })+
    };
}
tuples! {
    (A 0);
    (A 0, B 1);
    (A 0, B 1, C 2);
    (A 0, B 1, C 2, D 3);
    (A 0, B 1, C 2, D 3, E 4);
    (A 0, B 1, C 2, D 3, E 4, F 5);
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6);
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7);
}

/// States a row once: the struct, its column list `COLS` and its reading.
///
/// ```
/// db::table! {
///     #[derive(Debug)]
///     pub struct Person { id: i64, name: String, email: Option<String> }
/// }
/// assert_eq!(Person::COLS, "id, name, email");
/// ```
#[macro_export]
macro_rules! table {
    ($(#[$m:meta])* $v:vis struct $t:ident {
        $(#[$fm:meta])* $fv:vis $first:ident : $ft:ty $(, $(#[$m2:meta])* $v2:vis $f:ident : $ty:ty)* $(,)?
    }) => {
        $(#[$m])*
        $v struct $t { $(#[$fm])* pub $first: $ft $(, $(#[$m2])* pub $f: $ty)* }
        impl $t {
            /// The columns, in the order in which they are read.
            pub const COLS: &'static str = concat!(stringify!($first) $(, ", ", stringify!($f))*);
        }
        impl $crate::FromRow for $t {
            const NAMES: &'static [&'static str] = &[stringify!($first) $(, stringify!($f))*];
            fn from_row(row: &$crate::Row) -> $crate::Result<Self> {
                let mut position = 0..;
                let mut next = || position.next().unwrap_or(usize::MAX);
                Ok($t { $first: row.get(next())? $(, $f: row.get(next())?)* })
            }
        }
    };
}

/// The statement must give exactly the columns the struct names, in that order: reading is by position.
pub(crate) fn same_names<'a>(wanted: &[&str], given: impl Iterator<Item = &'a str>) -> Result<()> {
    let given: Vec<_> = given.collect();
    if wanted.is_empty() || wanted == given {
        return Ok(());
    }
    Err(Error::Other(format!(
        "the statement gives {given:?}, the struct wants {wanted:?}"
    )))
}
