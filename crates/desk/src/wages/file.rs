//! The file of wages: comma-separated values, read line by line with the reason of what is left out, and written. Pure,
//! and nothing that is read can fail.

use std::collections::BTreeSet;

use super::wage::{Per, Wage};
use crate::words::{Both, fold, hundredths_of, sheet};

/// More lines are no table of regions.
const MOST_LINES: usize = 1000;
const LONGEST: usize = 200;

/// A line that is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reject {
    /// Of the file, counted from 1.
    pub line: usize,
    /// The second half of its sentence's key.
    pub why: &'static str,
    /// The cell it is about.
    pub words: String,
}

/// What a file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    pub wages: Vec<Wage>,
    pub rejects: Vec<Reject>,
}

/// Regions whose names in both languages are known.
const REGIONS: [(&str, &str); 14] = [
    ("Canada", "Canada"),
    ("Alberta", "Alberta"),
    ("British Columbia", "Colombie-Britannique"),
    ("Manitoba", "Manitoba"),
    ("New Brunswick", "Nouveau-Brunswick"),
    ("Newfoundland and Labrador", "Terre-Neuve-et-Labrador"),
    ("Northwest Territories", "Territoires du Nord-Ouest"),
    ("Nova Scotia", "Nouvelle-Écosse"),
    ("Nunavut", "Nunavut"),
    ("Ontario", "Ontario"),
    ("Prince Edward Island", "Île-du-Prince-Édouard"),
    ("Quebec", "Québec"),
    ("Saskatchewan", "Saskatchewan"),
    ("Yukon", "Yukon"),
];

/// The columns, by the names the head of a file may have for them in either language.
const COLUMNS: [(&str, &[&str]); 8] = [
    ("region", &["region"]),
    ("region_fr", &["region_fr"]),
    ("per", &["per", "par"]),
    ("low", &["low", "bas"]),
    ("median", &["median", "mediane"]),
    ("high", &["high", "haut", "eleve"]),
    ("source", &["source"]),
    ("date", &["date"]),
];
/// Without these there is no table.
const NEEDED: [&str; 4] = ["region", "median", "source", "date"];

/// Where each column stands.
struct Head([Option<usize>; 8]);

impl Head {
    fn of(cells: &[String]) -> Head {
        let names: Vec<String> = cells.iter().map(|cell| fold(cell)).collect();
        Head(COLUMNS.map(|(_, known)| names.iter().position(|name| known.contains(&name.as_str()))))
    }

    fn cell<'c>(&self, cells: &'c [String], column: &str) -> &'c str {
        let at = COLUMNS.iter().position(|(name, _)| *name == column);
        let place = at.and_then(|at| self.0[at]);
        place.and_then(|place| cells.get(place)).map_or("", String::as_str)
    }

    fn missing(&self) -> Option<&'static str> {
        let there = |name: &str| {
            COLUMNS
                .iter()
                .zip(self.0)
                .any(|((known, _), at)| *known == name && at.is_some())
        };
        NEEDED.into_iter().find(|name| !there(name))
    }
}

/// What was read, and every line that was not with its reason.
pub fn read(text: &str) -> Sheet {
    let text = text.trim_start_matches('\u{feff}');
    let mut rows = sheet::rows(text, sheet::separator_of(text)).into_iter();
    let mut sheet = Sheet::default();
    let mut reject = |line, (why, words): Wrong| sheet.rejects.push(Reject { line, why, words });
    let Some(first) = rows.next() else {
        reject(1, ("empty", String::new()));
        return sheet;
    };
    let head = Head::of(&first.cells);
    if let Some(name) = head.missing() {
        reject(first.line, ("column", name.to_string()));
        return sheet;
    }
    let mut seen = BTreeSet::new();
    for row in rows {
        if seen.len() == MOST_LINES {
            reject(row.line, ("many", String::new()));
            break;
        }
        match wage_of(&head, &row.cells) {
            Ok(wage) if !seen.insert(wage.key()) => reject(row.line, ("twice", wage.region.en)),
            Ok(wage) => sheet.wages.push(wage),
            Err(wrong) => reject(row.line, wrong),
        }
    }
    if sheet.wages.is_empty() && sheet.rejects.is_empty() {
        let (line, why) = (first.line, "empty");
        sheet.rejects.push(Reject {
            line,
            why,
            words: String::new(),
        });
    }
    sheet
}

/// Why, and the cell.
type Wrong = (&'static str, String);

fn wage_of(head: &Head, cells: &[String]) -> Result<Wage, Wrong> {
    let cell = |column| head.cell(cells, column);
    let short = |column| {
        let words = cell(column);
        if words.is_empty() {
            return Err(("missing", column.to_string()));
        }
        if words.chars().count() > LONGEST || words.chars().any(char::is_control) {
            return Err(("long", column.to_string()));
        }
        Ok(words)
    };
    let region = region_of(short("region")?, cell("region_fr"))?;
    let per = match fold(cell("per")).as_str() {
        "" | "hour" | "heure" => Per::Hour,
        "year" | "annee" | "an" => Per::Year,
        _ => return Err(("per", cell("per").to_string())),
    };
    let figure = |column| match cell(column) {
        "" => Ok(None),
        text => match hundredths_of(text) {
            Some(cents) if cents > 0 => Ok(Some(cents)),
            _ => Err(("figure", text.to_string())),
        },
    };
    let (low, high) = (figure("low")?, figure("high")?);
    let median = figure("median")?.ok_or(("missing", "median".to_string()))?;
    if low.is_some_and(|low| low > median) || high.is_some_and(|high| high < median) {
        return Err(("order", cell("median").to_string()));
    }
    let dated = cell("date");
    if !is_date(dated) {
        return Err(("date", dated.to_string()));
    }
    Ok(Wage {
        region,
        per,
        low,
        median,
        high,
        source: short("source")?.to_string(),
        dated: dated.to_string(),
    })
}

/// In both languages; one name stands for both where the other is not known.
fn region_of(name: &str, french: &str) -> Result<Both, Wrong> {
    if french.chars().count() > LONGEST || french.chars().any(char::is_control) {
        return Err(("long", "region_fr".to_string()));
    }
    let wanted = fold(name);
    let known = REGIONS.iter().find(|(en, fr)| fold(en) == wanted || fold(fr) == wanted);
    Ok(match known {
        Some((en, fr)) => Both::new(en, fr),
        None if french.is_empty() => Both::new(name, name),
        None => Both::new(name, french),
    })
}

/// `2016`, `2026-11` or `2026-11-24`.
fn is_date(text: &str) -> bool {
    let whole = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        _ => text.to_string(),
    };
    let parts: Vec<usize> = whole.split('-').map(str::len).collect();
    let digits = whole.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    digits && parts == [4, 2, 2] && whole.parse::<jiff::civil::Date>().is_ok()
}

/// The table as a file that `read` reads. No cell of it runs as a formula.
pub fn written(wages: &[Wage]) -> String {
    let mut text = COLUMNS.map(|(name, _)| name).join(",");
    text += "\r\n";
    for wage in wages {
        let figure = |cents: Option<i64>| cents.map(|c| format!("{}.{:02}", c / 100, c % 100)).unwrap_or_default();
        let cells = [
            sheet::cell(&wage.region.en),
            sheet::cell(&wage.region.fr),
            wage.per.to_string(),
            figure(wage.low),
            figure(Some(wage.median)),
            figure(wage.high),
            sheet::cell(&wage.source),
            sheet::cell(&wage.dated),
        ];
        text += &cells.join(",");
        text += "\r\n";
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "region,low,median,high,source,date\n";

    fn why(lines: &str) -> Vec<(usize, &'static str)> {
        let read = read(&format!("{HEAD}{lines}"));
        read.rejects.iter().map(|reject| (reject.line, reject.why)).collect()
    }

    #[test]
    fn a_bad_line_is_left_out_with_its_reason_and_the_others_are_read() {
        let good = "Ontario,20,33,51,Survey,2026\n";
        for (line, reason) in [
            (",20,33,51,Survey,2026", "missing"),
            ("Ontario,20,,51,Survey,2026", "missing"),
            ("Ontario,20,33,51,,2026", "missing"),
            ("Ontario,20,much,51,Survey,2026", "figure"),
            ("Ontario,-20,33,51,Survey,2026", "figure"),
            ("Ontario,0,33,51,Survey,2026", "figure"),
            ("Ontario,=1+1,33,51,Survey,2026", "figure"),
            ("Ontario,40,33,51,Survey,2026", "order"),
            ("Ontario,20,33,31,Survey,2026", "order"),
            ("Ontario,20,33,51,Survey,soon", "date"),
            ("Ontario,20,33,51,Survey,2026-02-30", "date"),
            ("Ontario", "missing"),
        ] {
            assert_eq!(
                why(&format!("{line}\nYukon,20,33,51,Survey,2026\n")),
                [(2, reason)],
                "{line}"
            );
        }
        assert_eq!(
            why(&format!(
                "{good}Manitoba,1,2,3,S,2026\n ontario ,20,33,51,Survey,2026\n"
            )),
            [(4, "twice")]
        );
        assert_eq!(why(good), []);
        assert_eq!(why(""), [(1, "empty")]);
        assert_eq!(read("").rejects[0].why, "empty");
        assert_eq!(read("region,median\nOntario,33\n").rejects[0].words, "source");
    }

    #[test]
    fn a_french_spreadsheet_is_read_too() {
        let text = "\u{feff}Région;Par;Bas;Médiane;Élevé;Source;Date\r\nQUEBEC;heure;22,00;30,77 $;46,15;Enquête;2026-11\r\n\
                    Estrie;année;;50 337;;Enquête;2016\r\n";
        let read = read(text);
        assert_eq!(read.rejects, []);
        assert_eq!(read.wages[0].region, Both::new("Quebec", "Québec"));
        assert_eq!((read.wages[0].low, read.wages[0].median), (Some(2200), 3077));
        assert_eq!((read.wages[1].per, read.wages[1].median), (Per::Year, 5_033_700));
    }

    #[test]
    fn what_is_written_is_read_again_and_holds_no_formula() {
        let text = format!("{HEAD}\"=cmd|' /C calc'!A0\",20,33,51,\"@sum, or \"\"so\"\"\",2026-11-24\n");
        let first = read(&text);
        assert_eq!(first.wages.len(), 1);
        let out = written(&first.wages);
        let formula = |cell: &str| cell.trim_start_matches('"').starts_with(['=', '+', '-', '@']);
        assert!(formula("\"=cmd"), "the control");
        assert!(!out.split(['\n', ',']).any(formula), "{out}");
        assert_eq!(written(&read(&written(&super::read(HEAD).wages)).wages), written(&[]));
        let plain = read(&format!("{HEAD}Ontario,20.5,33,51,Survey,2026\n"));
        assert_eq!(read(&written(&plain.wages)), plain);
    }

    /// Small changes of a good file, and pieces that mean something to the reader, in every order a counter gives.
    #[test]
    fn no_file_makes_the_reader_panic_and_no_line_is_lost_without_a_word() {
        let pieces = [
            "region",
            "median",
            "source",
            "date",
            "per",
            ",",
            ";",
            "\t",
            "\"",
            "\"\"",
            "\n",
            "\r\n",
            "\r",
            "\u{feff}",
            "\u{0}",
            "é",
            "Ontario",
            "33",
            "33,5",
            "1 234,5 $",
            "-1",
            "=1+1",
            "2026",
            "2026-02-30",
            "9999999999999999999999",
            "\u{1f600}",
            "",
        ];
        let mut state: u64 = 0x9E37_79B9_7F4A_7C15;
        let mut next = |bound: usize| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            usize::try_from(state % bound as u64).unwrap()
        };
        let mut taken = 0;
        for round in 0..20_000 {
            let mut text = if round % 2 == 0 {
                format!("{HEAD}Ontario,20,33,51,Survey,2026\n")
            } else {
                String::new()
            };
            for _ in 0..next(6) {
                let at = (0..=next(text.len() + 1))
                    .rev()
                    .find(|at| text.is_char_boundary(*at))
                    .unwrap_or(0);
                text.insert_str(at, pieces[next(pieces.len())]);
            }
            let read = read(&text);
            assert!(!read.wages.is_empty() || !read.rejects.is_empty(), "{text:?}");
            assert_eq!(
                super::read(&written(&read.wages)).wages.len(),
                read.wages.len(),
                "{text:?}"
            );
            taken += read.wages.len();
        }
        assert!(taken > 1000, "the files are not all rubbish: {taken}");
    }
}
