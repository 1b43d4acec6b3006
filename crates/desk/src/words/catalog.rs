//! The sentences, by key. Texts are compiled in; a key that is missing shows itself between brackets and fails a test.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

use super::Lang;

/// A value put into a sentence.
#[derive(Clone, Debug)]
pub enum Arg<'a> {
    Text(&'a str),
    Owned(String),
    Number(i64),
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(v: &'a str) -> Self {
        Arg::Text(v)
    }
}
impl<'a> From<&'a String> for Arg<'a> {
    fn from(v: &'a String) -> Self {
        Arg::Text(v)
    }
}
impl From<String> for Arg<'_> {
    fn from(v: String) -> Self {
        Arg::Owned(v)
    }
}
impl From<i64> for Arg<'_> {
    fn from(v: i64) -> Self {
        Arg::Number(v)
    }
}
/// Templates hand their values over by reference.
impl From<&i64> for Arg<'_> {
    fn from(v: &i64) -> Self {
        Arg::Number(*v)
    }
}
impl From<usize> for Arg<'_> {
    fn from(v: usize) -> Self {
        Arg::Number(i64::try_from(v).unwrap_or(i64::MAX))
    }
}

impl From<&usize> for Arg<'_> {
    fn from(v: &usize) -> Self {
        Arg::from(*v)
    }
}

type Bundle = FluentBundle<FluentResource>;

pub struct Catalog {
    en: Bundle,
    fr: Bundle,
}

impl std::fmt::Debug for Catalog {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Catalog")
    }
}

impl Catalog {
    /// Reads the texts of both languages. Panics on a text that Fluent cannot read: the texts are part of the program
    /// and a test builds every catalogue.
    pub fn new(texts: &[(Lang, &'static str)]) -> Catalog {
        let bundle = |lang: Lang| {
            let tag = lang.tag().parse().expect("our own language tags are well formed");
            let mut bundle = Bundle::new_concurrent(vec![tag]);
            // Isolation marks would travel into titles, letters and tests; our arguments are short and left to right.
            bundle.set_use_isolating(false);
            for (_, text) in texts.iter().filter(|(of, _)| *of == lang) {
                let resource = FluentResource::try_new((*text).to_string())
                    .unwrap_or_else(|(_, errors)| panic!("a text of {lang:?} cannot be read: {errors:?}"));
                if let Err(errors) = bundle.add_resource(resource) {
                    panic!("a text of {lang:?} names a key twice: {errors:?}");
                }
            }
            bundle
        };
        Catalog {
            en: bundle(Lang::En),
            fr: bundle(Lang::Fr),
        }
    }

    pub fn has(&self, lang: Lang, key: &str) -> bool {
        self.bundle(lang).has_message(key)
    }

    pub fn text(&self, lang: Lang, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        let bundle = self.bundle(lang);
        let Some(pattern) = bundle.get_message(key).and_then(|m| m.value()) else {
            return format!("[{key}]");
        };
        let mut values = FluentArgs::with_capacity(args.len());
        for (name, arg) in args {
            values.set(
                (*name).to_string(),
                match arg {
                    Arg::Text(text) => FluentValue::from((*text).to_string()),
                    Arg::Owned(text) => FluentValue::from(text.clone()),
                    Arg::Number(number) => FluentValue::from(*number),
                },
            );
        }
        bundle
            .format_pattern(pattern, Some(&values), &mut Vec::new())
            .into_owned()
    }

    fn bundle(&self, lang: Lang) -> &Bundle {
        match lang {
            Lang::En => &self.en,
            Lang::Fr => &self.fr,
        }
    }
}
