//! What both databases can hold: an argument on its way in, a column on its way out. No other type passes.

use crate::{Error, Result};
use postgres::types::{FromSql, IsNull, ToSql, Type};
use std::borrow::Cow;

/// Times are integers, JSON is text.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    Null,
    Int(i64),
    Bool(bool),
    Real(f64),
    Text(Cow<'a, str>),
    Bytes(Cow<'a, [u8]>),
}

impl Value<'_> {
    fn kind(&self) -> &'static str {
        match self {
            Value::Null => "NULL",
            Value::Int(_) => "an integer",
            Value::Bool(_) => "a boolean",
            Value::Real(_) => "a real number",
            Value::Text(_) => "text",
            Value::Bytes(_) => "bytes",
        }
    }

    /// PostgreSQL cannot keep U+0000 in text, so neither engine takes it: the fault shows in every test.
    pub(crate) fn check(&self, position: usize) -> Result<()> {
        match self {
            Value::Text(text) if text.as_bytes().contains(&0) => Err(Error::Unfit(format!(
                "argument ${position}: text cannot hold the character U+0000"
            ))),
            _ => Ok(()),
        }
    }

    /// Refuses a value the statement's parameter cannot mean, before anything is sent.
    pub(crate) fn fits(&self, ty: &Type, position: usize) -> Result<()> {
        let fits = match self {
            Value::Null => true,
            Value::Int(v) => *ty == Type::INT8 || (*ty == Type::INT4 && i32::try_from(*v).is_ok()),
            Value::Bool(_) => *ty == Type::BOOL,
            Value::Real(_) => *ty == Type::FLOAT8,
            Value::Text(_) => matches!(
                *ty,
                Type::TEXT | Type::VARCHAR | Type::BPCHAR | Type::NAME | Type::UNKNOWN
            ),
            Value::Bytes(_) => *ty == Type::BYTEA,
        };
        if fits {
            return Ok(());
        }
        Err(Error::Other(format!(
            "argument ${position} is {}, the statement wants {ty} there",
            self.kind()
        )))
    }
}

macro_rules! values {
    ($($type:ty => |$v:ident| $value:expr;)*) => {
        $(impl<'a> From<$type> for Value<'a> {
            fn from($v: $type) -> Self { $value }
        })*
    };
}
values! {
    i64 => |v| Value::Int(v);
    i32 => |v| Value::Int(v.into());
    u32 => |v| Value::Int(v.into());
    u16 => |v| Value::Int(v.into());
    bool => |v| Value::Bool(v);
    f64 => |v| Value::Real(v);
    &'a str => |v| Value::Text(v.into());
    &'a String => |v| Value::Text(v.into());
    String => |v| Value::Text(v.into());
    Cow<'a, str> => |v| Value::Text(v);
    &'a [u8] => |v| Value::Bytes(v.into());
    &'a Vec<u8> => |v| Value::Bytes(v.into());
    Vec<u8> => |v| Value::Bytes(v.into());
}
impl<'a, const N: usize> From<&'a [u8; N]> for Value<'a> {
    fn from(v: &'a [u8; N]) -> Self {
        Value::Bytes(v.as_slice().into())
    }
}
impl<'a, T: Into<Value<'a>>> From<Option<T>> for Value<'a> {
    fn from(v: Option<T>) -> Self {
        v.map_or(Value::Null, Into::into)
    }
}

/// The arguments of a statement: `&args![id, "open", true]`.
#[macro_export]
macro_rules! args {
    () => { [] as [$crate::Value<'static>; 0] };
    ($($v:expr),+ $(,)?) => { [$($crate::Value::from($v)),+] };
}

impl rusqlite::ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        use rusqlite::types::{ToSqlOutput, ValueRef};
        Ok(ToSqlOutput::Borrowed(match self {
            Value::Null => ValueRef::Null,
            Value::Int(v) => ValueRef::Integer(*v),
            Value::Bool(v) => ValueRef::Integer((*v).into()),
            Value::Real(v) => ValueRef::Real(*v),
            Value::Text(v) => ValueRef::Text(v.as_bytes()),
            Value::Bytes(v) => ValueRef::Blob(v),
        }))
    }
}

type AnyError = Box<dyn std::error::Error + Sync + Send>;

impl ToSql for Value<'_> {
    /// `fits` has been asked before, so each kind meets a type it can write.
    fn to_sql(&self, ty: &Type, out: &mut postgres::types::private::BytesMut) -> Result<IsNull, AnyError> {
        match self {
            Value::Null => Ok(IsNull::Yes),
            Value::Int(v) if *ty == Type::INT4 => i32::try_from(*v)?.to_sql(ty, out),
            Value::Int(v) => v.to_sql(ty, out),
            Value::Bool(v) => v.to_sql(ty, out),
            Value::Real(v) => v.to_sql(ty, out),
            Value::Text(v) => v.to_sql(ty, out),
            Value::Bytes(v) => v.to_sql(ty, out),
        }
    }
    fn accepts(_: &Type) -> bool {
        true
    }
    postgres::types::to_sql_checked!();
}

impl<'a> FromSql<'a> for Value<'a> {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, AnyError> {
        Ok(match *ty {
            Type::INT8 => Value::Int(i64::from_sql(ty, raw)?),
            Type::INT4 => Value::Int(i32::from_sql(ty, raw)?.into()),
            Type::TEXT | Type::VARCHAR | Type::BPCHAR | Type::NAME | Type::UNKNOWN => {
                Value::Text(<&str>::from_sql(ty, raw)?.into())
            }
            Type::BOOL => Value::Bool(bool::from_sql(ty, raw)?),
            Type::FLOAT8 => Value::Real(f64::from_sql(ty, raw)?),
            Type::BYTEA => Value::Bytes(raw.into()),
            _ => {
                return Err(format!("has type {ty}: cast it, for example CAST(sum(x) AS BIGINT)").into());
            }
        })
    }
    fn from_sql_null(_: &Type) -> Result<Self, AnyError> {
        Ok(Value::Null)
    }
    fn accepts(_: &Type) -> bool {
        true
    }
}

/// A Rust type of one column; a new id type or enum is one small impl and knows neither driver.
pub trait Col: Sized {
    /// None: the column holds something else.
    fn read(value: Value) -> Option<Self>;
}

macro_rules! cols {
    ($($type:ty => $($pattern:pat => $value:expr),+;)*) => {
        $(impl Col for $type {
            fn read(value: Value) -> Option<Self> {
                match value { $($pattern => Some($value),)+ _ => None }
            }
        })*
    };
}
cols! {
    i64 => Value::Int(v) => v;
    bool => Value::Bool(v) => v, Value::Int(0) => false, Value::Int(1) => true;
    f64 => Value::Real(v) => v, Value::Int(v) => v as f64;
    String => Value::Text(v) => v.into_owned();
    Vec<u8> => Value::Bytes(v) => v.into_owned();
}
impl<T: Col> Col for Option<T> {
    fn read(value: Value) -> Option<Self> {
        if value == Value::Null {
            Some(None)
        } else {
            T::read(value).map(Some)
        }
    }
}
