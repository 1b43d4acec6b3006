//! Macros for the small types of a trade: an id is a number of its own kind, a state is a word of a fixed list.

/// Ids that cannot be mixed up: `id! { pub struct PersonId; }`. A BIGINT in the database, a number in JSON.
#[macro_export]
macro_rules! id {
    ($($(#[$m:meta])* $v:vis struct $t:ident;)+) => { $(
        $(#[$m])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        $v struct $t(pub i64);
        impl ::std::fmt::Display for $t {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.0, f)
            }
        }
        impl $crate::Col for $t {
            fn read(value: $crate::Value) -> Option<Self> { <i64 as $crate::Col>::read(value).map($t) }
        }
        impl<'a> From<$t> for $crate::Value<'a> {
            fn from(id: $t) -> Self { $crate::Value::Int(id.0) }
        }
        impl $crate::serde::Serialize for $t {
            fn serialize<S: $crate::serde::Serializer>(&self, to: S) -> ::std::result::Result<S::Ok, S::Error> {
                to.serialize_i64(self.0)
            }
        }
        impl<'de> $crate::serde::Deserialize<'de> for $t {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(from: D) -> ::std::result::Result<Self, D::Error> {
                <i64 as $crate::serde::Deserialize>::deserialize(from).map($t)
            }
        }
    )+ };
}

/// States kept as words: `text_enum! { pub enum Colour { Red => "red", Blue => "blue" } }`. TEXT in the database
/// (with a CHECK in the migration), the same word in JSON. A word outside the list is an error of that column.
#[macro_export]
macro_rules! text_enum {
    ($(#[$m:meta])* $v:vis enum $t:ident { $($(#[$vm:meta])* $name:ident => $word:literal),+ $(,)? }) => {
        $(#[$m])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        $v enum $t { $($(#[$vm])* $name),+ }
        impl $t {
            pub const ALL: &'static [$t] = &[$($t::$name),+];
            pub const WORDS: &'static [&'static str] = &[$($word),+];
            pub const fn as_str(self) -> &'static str {
                match self { $($t::$name => $word),+ }
            }
            pub fn parse(word: &str) -> Option<Self> {
                match word { $($word => Some($t::$name),)+ _ => None }
            }
        }
        impl ::std::fmt::Display for $t {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result { f.pad(self.as_str()) }
        }
        impl $crate::Col for $t {
            fn read(value: $crate::Value) -> Option<Self> {
                match value { $crate::Value::Text(word) => $t::parse(&word), _ => None }
            }
        }
        impl<'a> From<$t> for $crate::Value<'a> {
            fn from(word: $t) -> Self { $crate::Value::Text(word.as_str().into()) }
        }
        impl $crate::serde::Serialize for $t {
            fn serialize<S: $crate::serde::Serializer>(&self, to: S) -> ::std::result::Result<S::Ok, S::Error> {
                to.serialize_str(self.as_str())
            }
        }
        impl<'de> $crate::serde::Deserialize<'de> for $t {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(from: D) -> ::std::result::Result<Self, D::Error> {
                let word = <::std::borrow::Cow<'_, str> as $crate::serde::Deserialize>::deserialize(from)?;
                $t::parse(&word).ok_or_else(|| $crate::serde::de::Error::unknown_variant(&word, $t::WORDS))
            }
        }
    };
}
