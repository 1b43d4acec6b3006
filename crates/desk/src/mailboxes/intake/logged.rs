//! A technician writes to the desk what was changed: « Change: new driver on LT-04 » or « Changement : ... » becomes a line
//! of the log of changes, and no ticket. Only a letter proven to be a technician's own comes this far.

use db::Write;

use super::came::came_at;
use super::keep::LetterState;
use super::outcome::{LOGGED, Outcome};
use super::read::Hand;
use crate::access::Via;
use crate::changes::{self, NewChange, Risk};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ids::{PersonId, ServiceId};
use crate::mailboxes::gist::{Gist, one_line};
use crate::services;
use crate::sign_in;
use crate::words::{Lang, fold};

/// How the subject begins.
const MARKS: [&str; 2] = ["change", "changement"];
const DEVICES: [&str; 4] = ["devices", "device", "appareils", "appareil"];
const SERVICES: [&str; 2] = ["services", "service"];
const RISK: [&str; 2] = ["risk", "risque"];
/// Lines of this kind stand above the words.
const MOST_LINES: usize = 10;

/// `None` when the letter speaks of no change, or the log would not have it: then it is a letter like any other.
pub(super) fn logged(tx: &mut Write, hand: &Hand, gist: &Gist, technician: PersonId) -> Result<Option<Outcome>> {
    // As it was written: an answer to such a letter is no change of its own.
    let subject = gist.letter.subject.as_deref().map(|subject| one_line(subject, 250));
    let Some(title) = subject.as_deref().and_then(title_of) else {
        return Ok(None);
    };
    let cx = Context {
        viewer: sign_in::load_viewer(tx, technician, Via::Session)?,
        ..hand.desk(technician)
    };
    let mut new = told(gist.body.as_str());
    title.clone_into(&mut new.change.title);
    new.change.services = known(tx, &cx, &new.services)?;
    let at = came_at(&hand.raw, hand.now);
    match tx.attempt(|tx| changes::log(tx, &cx, &new.change, Some(at))) {
        Ok(recorded) => {
            let outcome = Outcome::new(LetterState::Automatic, LOGGED);
            Ok(Some(outcome.because(&recorded.number.shown())))
        }
        Err(Error::Refused(_) | Error::Conflict(_) | Error::NotFound) => Ok(None),
        Err(other) => Err(other),
    }
}

/// What stands behind the mark.
fn title_of(subject: &str) -> Option<&str> {
    let (mark, title) = subject.split_once([':', '：'])?;
    let title = title.trim();
    (MARKS.contains(&fold(mark.trim()).as_str()) && !title.is_empty()).then_some(title)
}

#[derive(Debug, Default, PartialEq)]
struct Told {
    change: NewChange,
    /// By their names, as they were written.
    services: Vec<String>,
}

/// The first lines may say which devices and services, and how risky; what is no such line begins the words.
fn told(body: &str) -> Told {
    let mut told = Told::default();
    let mut rest = body.trim_start();
    for _ in 0..MOST_LINES {
        let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
        if !take(line, &mut told) {
            break;
        }
        rest = after.trim_start_matches(['\r', '\n']);
    }
    rest.trim().clone_into(&mut told.change.words);
    told
}

fn take(line: &str, told: &mut Told) -> bool {
    let Some((name, value)) = line.split_once(':') else {
        return false;
    };
    let name = fold(name.trim());
    let each = || {
        value
            .split(',')
            .map(str::trim)
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
    };
    if DEVICES.contains(&name.as_str()) {
        told.change.devices.extend(each());
    } else if SERVICES.contains(&name.as_str()) {
        told.services.extend(each());
    } else if RISK.contains(&name.as_str()) {
        let Some(risk) = risk_of(value) else { return false };
        told.change.risk = Some(risk);
    } else {
        return false;
    }
    true
}

fn risk_of(word: &str) -> Option<Risk> {
    match fold(word.trim()).as_str() {
        "low" | "faible" => Some(Risk::Low),
        "medium" | "moyen" => Some(Risk::Medium),
        "high" | "eleve" => Some(Risk::High),
        _ => None,
    }
}

/// Services by their name in either language; a name nobody knows says nothing.
fn known(tx: &mut Write, cx: &Context, names: &[String]) -> Result<Vec<ServiceId>> {
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let names: Vec<String> = names.iter().map(|name| fold(name)).collect();
    let named = |name: &str| !name.is_empty() && names.contains(&fold(name));
    let all = services::list(tx, cx, Lang::En, false)?;
    let meant = all
        .iter()
        .filter(|line| named(&line.service.name.en) || named(&line.service.name.fr));
    Ok(meant.map(|line| line.service.id).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_subject_that_says_so_is_a_change() {
        assert_eq!(title_of("Change: new driver on LT-04"), Some("new driver on LT-04"));
        assert_eq!(title_of("CHANGEMENT\u{a0}: pilote: 23.40"), Some("pilote: 23.40"));
        for other in ["Change my password", "Changes: one", "Change:", "Re: Change: x", ""] {
            assert_eq!(title_of(other), None, "{other}");
        }
    }

    #[test]
    fn the_first_lines_say_what_it_touches() {
        let all = told("Devices: LT-04, LT-05\r\nService : VPN\nRisque : élevé\n\nDriver 23.40.\nDevices: none");
        assert_eq!(all.change.devices, ["LT-04", "LT-05"]);
        assert_eq!(all.services, ["VPN"]);
        assert_eq!(all.change.risk, Some(Risk::High));
        assert_eq!(all.change.words, "Driver 23.40.\nDevices: none");
        let words = told("Risk: whatever\nDone.");
        assert_eq!(
            (words.change.risk, words.change.words.as_str()),
            (None, "Risk: whatever\nDone.")
        );
    }
}
