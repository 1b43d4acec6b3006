//! What tickets brought in from elsewhere were called there: their numbers, and the identifiers of their letters. What a
//! number looks like in a subject is said at the import, system by system; no bracketed number is guessed to be one.

use std::str::FromStr;

use db::{Read, Write, args};

use crate::error::{Error, Result};
use crate::ids::TicketNumber;

/// Letters out of files stand under this name: they have identifiers, and no numbers.
const LETTERS: &str = "letters";
/// Systems, forms of each, and candidates of one letter: more than anybody has.
const MOST_SYSTEMS: i64 = 50;
const MOST_FORMS: usize = 10;
const MOST_CANDIDATES: usize = 20;
const LONGEST_NUMBER: usize = 40;
const LONGEST_SUBJECT: usize = 1_000;
const LONGEST_IDENTIFIER: usize = 998;

/// How one system writes its numbers into subjects, such as `[Ticket#{number}]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberForm {
    before: String,
    after: String,
}

impl FromStr for NumberForm {
    type Err = &'static str;

    /// What stands around the number must show where it begins and ends.
    fn from_str(text: &str) -> std::result::Result<NumberForm, &'static str> {
        const SHAPE: &str = "a form is written like [Ticket#{number}]: with {number} once, and something that is no \
            letter, digit or space before and behind it";
        let (before, after) = text.split_once("{number}").ok_or(SHAPE)?;
        let marked = |part: &str| part.chars().any(|c| !c.is_alphanumeric() && !c.is_whitespace());
        let bounded = !after.starts_with(is_of_number) && !before.ends_with(|c: char| c.is_alphanumeric());
        let fits = marked(before) && marked(after) && bounded && text.len() <= 100;
        if !fits || after.contains("{number}") || text.chars().any(char::is_control) {
            return Err(SHAPE);
        }
        Ok(NumberForm {
            before: before.to_ascii_lowercase(),
            after: after.to_ascii_lowercase(),
        })
    }
}

impl NumberForm {
    /// The numbers a subject bears in this form. `subject` is in lower case.
    fn numbers<'a>(&'a self, subject: &'a str) -> impl Iterator<Item = String> + 'a {
        subject.match_indices(&self.before).filter_map(|(at, before)| {
            let rest = &subject[at + before.len()..];
            let number = &rest[..rest.find(|c| !is_of_number(c)).unwrap_or(rest.len())];
            let bounded = !number.is_empty() && number.len() <= LONGEST_NUMBER;
            (bounded && rest[number.len()..].starts_with(&self.after)).then(|| plain(number))
        })
    }
}

fn is_of_number(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')
}

/// One number has one text: without case, and without the zeros some systems fill it up with.
fn plain(number: &str) -> String {
    let number = number.trim().to_ascii_lowercase();
    let short = number.trim_start_matches('0');
    let digits = !short.is_empty() && short.bytes().all(|b| b.is_ascii_digit());
    if digits { short.to_string() } else { number }
}

/// The forms of the systems whose way of writing is known and the same everywhere. Others, RT among them, put a name of
/// their own before the number, which the import must be told.
pub fn usual_forms(system: &str) -> &'static [&'static str] {
    match system.to_ascii_lowercase().as_str() {
        "otrs" | "znuny" | "zammad" => &["[Ticket#{number}]"],
        "osticket" => &["[#{number}]"],
        "glpi" => &["[GLPI #{number}]"],
        _ => &[],
    }
}

/// Tickets come in from this system, whose subjects bear numbers in these forms; without any, those said before stay.
/// No event: it is part of bringing tickets in, and nobody's news.
pub fn know_system(tx: &mut Write, system: &str, forms: &[String]) -> Result<()> {
    let right = forms.iter().all(|form| form.parse::<NumberForm>().is_ok());
    if !right || forms.len() > MOST_FORMS || system.is_empty() || system.len() > 100 {
        return Err(Error::refused("form", "refused-number-form"));
    }
    tx.exec(
        "INSERT INTO old_system (name, forms) VALUES ($1, '[]') ON CONFLICT (name) DO NOTHING",
        &args![system],
    )?;
    if !forms.is_empty() {
        tx.exec(
            "UPDATE old_system SET forms = $2 WHERE name = $1",
            &args![system, serde_json::json!(forms).to_string()],
        )?;
    }
    Ok(())
}

/// A letter out of a file: from now on answers to such letters are looked for.
/// No event: it is part of keeping the letter.
pub(crate) fn know_letters(tx: &mut Write) -> Result<()> {
    know_system(tx, LETTERS, &[])
}

/// Keeps what a ticket was called in a system that [`know_system`] was told of. Told again it changes nothing.
/// No event: it is part of bringing the ticket in.
pub fn remember(
    tx: &mut Write,
    system: &str,
    ticket: TicketNumber,
    number: Option<&str>,
    identifiers: &[String],
) -> Result<()> {
    if let Some(number) = number.map(plain).filter(|n| !n.is_empty() && n.len() <= LONGEST_NUMBER) {
        tx.exec(
            "INSERT INTO old_number (system, number, ticket) VALUES ($1, $2, $3) ON CONFLICT (system, number) DO NOTHING",
            &args![system, number, ticket],
        )?;
    }
    for identifier in identifiers.iter().filter_map(|id| bare(id)) {
        tx.exec(
            "INSERT INTO old_message_id (name, ticket) VALUES ($1, $2) ON CONFLICT (name, ticket) DO NOTHING",
            &args![identifier, ticket],
        )?;
    }
    Ok(())
}

/// A Message-ID as our reader gives it: without angle brackets.
fn bare(identifier: &str) -> Option<&str> {
    let bare = identifier.trim().trim_start_matches('<').trim_end_matches('>');
    let usable = bare.contains('@') && bare.len() <= LONGEST_IDENTIFIER && !bare.chars().any(char::is_control);
    usable.then_some(bare)
}

/// Tickets brought in that a letter speaks of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct BroughtIn {
    /// It answers a letter of theirs; in the order of what it answers.
    pub answered: Vec<TicketNumber>,
    /// Its subject bears their numbers.
    pub numbered: Vec<TicketNumber>,
}

db::table! {
    struct System { name: String, forms: String }
}

/// Looks for them by the identifiers a letter answers, and by its subject. A desk without any asks one small table.
pub(crate) fn brought_in(r: &mut Read, identifiers: &[String], subject: &str) -> Result<BroughtIn> {
    let systems: Vec<System> = r.query(
        "SELECT name, forms FROM old_system ORDER BY name LIMIT $1",
        &args![MOST_SYSTEMS],
    )?;
    let mut found = BroughtIn::default();
    if systems.is_empty() {
        return Ok(found);
    }
    for identifier in identifiers {
        add(&mut found.answered, of_letter(r, identifier)?);
    }
    let subject: String = subject
        .chars()
        .take(LONGEST_SUBJECT)
        .collect::<String>()
        .to_ascii_lowercase();
    for system in systems {
        let forms: Vec<String> = serde_json::from_str(&system.forms).unwrap_or_default();
        for form in forms.iter().filter_map(|f| f.parse::<NumberForm>().ok()) {
            for number in form.numbers(&subject).take(MOST_CANDIDATES) {
                let ticket = r.maybe(
                    "SELECT ticket FROM old_number WHERE system = $1 AND number = $2",
                    &args![system.name.as_str(), number],
                )?;
                add(&mut found.numbered, ticket);
            }
        }
    }
    Ok(found)
}

/// The tickets a letter of this identifier came in with: as part of one, or out of a file.
fn of_letter(r: &mut Read, identifier: &str) -> Result<Vec<TicketNumber>> {
    Ok(r.query(
        "SELECT ticket FROM old_message_id WHERE name = $1
         UNION SELECT ticket FROM letter WHERE message_id = $1 AND way = 'file' AND state = 'filed' AND ticket IS NOT NULL
         ORDER BY 1 LIMIT 5",
        &args![identifier],
    )?)
}

/// The ticket that was brought in with this very letter among its messages.
pub(crate) fn holds_letter(r: &mut Read, identifier: &str) -> Result<Option<TicketNumber>> {
    Ok(r.maybe(
        "SELECT ticket FROM old_message_id WHERE name = $1 ORDER BY ticket LIMIT 1",
        &args![identifier],
    )?)
}

fn add(all: &mut Vec<TicketNumber>, more: impl IntoIterator<Item = TicketNumber>) {
    for ticket in more {
        if all.len() < MOST_CANDIDATES && !all.contains(&ticket) {
            all.push(ticket);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(form: &str, subject: &str) -> Vec<String> {
        let form: NumberForm = form.parse().unwrap();
        form.numbers(&subject.to_ascii_lowercase()).collect()
    }

    #[test]
    fn a_number_is_found_in_its_own_form_only() {
        for (form, subject, found) in [
            ("[Ticket#{number}]", "Re: [Ticket#2021010112345] VPN", "2021010112345"),
            ("[#{number}]", "AW: Printer [#123456]", "123456"),
            ("[desk #{number}]", "Re: [DESK #1234] Printer", "1234"),
            ("[GLPI #{number}]", "RE: [GLPI #0001234] Imprimante", "1234"),
            ("[#{number}]", "Re: [#ABC-123-4567]", "abc-123-4567"),
        ] {
            assert_eq!(numbers(form, subject), [found], "{form}");
        }
        for (form, subject) in [
            ("[Ticket#{number}]", "Re: [#123456] x"),
            ("[#{number}]", "Re: [Ticket#123456] x"),
            ("[desk #{number}]", "Re: [other desk1234]"),
            ("[#{number}]", "[#]"),
            ("[#{number}]", "[#12 34]"),
            ("[#{number}]", "[#123"),
        ] {
            assert!(numbers(form, subject).is_empty(), "{form} in {subject}");
        }
        let long = format!("[#{}]", "1".repeat(LONGEST_NUMBER + 1));
        assert!(numbers("[#{number}]", &long).is_empty());
    }

    #[test]
    fn a_form_that_shows_no_bounds_is_refused() {
        for form in [
            "",
            "{number}",
            "#{number}",
            "[#]",
            "Ticket {number} x",
            "[#{number}{number}]",
            "[a{number}]",
            "[{number}1]",
        ] {
            assert!(form.parse::<NumberForm>().is_err(), "{form:?}");
        }
        for system in ["otrs", "Znuny", "zammad", "osTicket", "GLPI"] {
            let forms = usual_forms(system);
            assert!(
                !forms.is_empty() && forms.iter().all(|f| f.parse::<NumberForm>().is_ok()),
                "{system}"
            );
        }
    }

    #[test]
    fn zeros_that_fill_up_are_no_part_of_a_number() {
        assert_eq!(
            (plain("0001234"), plain("A-01"), plain("000")),
            ("1234".into(), "a-01".into(), "000".into())
        );
    }
}
