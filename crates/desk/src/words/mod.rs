//! English and French: the catalogue of sentences (Fluent) and how dates and numbers are written in each. The pages
//! and the letters use the same engine with their own files. A missing sentence is a failed check, never a silent gap.

mod both;
mod catalog;
mod fold;
mod format;
mod money;
pub mod sheet;

pub use both::{Both, Said};
pub use catalog::{Arg, Catalog};
pub use fold::fold;
pub use format::{
    bytes, clock_time, date, date_time, day_of, day_or_time, duration, exact, full_day, month_of, number, percent,
};
pub use money::{hundredths_of, money};

db::text_enum! {
    pub enum Lang { En => "en", Fr => "fr" }
}

impl Lang {
    pub fn other(self) -> Lang {
        match self {
            Lang::En => Lang::Fr,
            Lang::Fr => Lang::En,
        }
    }

    /// The full tag of the pages: Canadian English and French.
    pub fn tag(self) -> &'static str {
        match self {
            Lang::En => "en-CA",
            Lang::Fr => "fr-CA",
        }
    }

    /// The language a browser asks for first among ours (RFC 9110, section 12.5.4); English when it names neither.
    pub fn from_accept(header: &str) -> Lang {
        let mut best = (Lang::En, -1.0);
        for item in header.split(',') {
            let mut parts = item.split(';');
            let tag = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
            let quality = parts
                .find_map(|p| p.trim().strip_prefix("q=")?.parse::<f32>().ok())
                .unwrap_or(1.0);
            let lang = match tag.split('-').next() {
                Some("en") => Lang::En,
                Some("fr") => Lang::Fr,
                _ => continue,
            };
            if quality > best.1 {
                best = (lang, quality);
            }
        }
        best.0
    }
}
