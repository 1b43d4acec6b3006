//! The form of a policy: what was typed as a policy, and a policy as what was typed.

use desk::clock::MINUTE;
use desk::people;
use desk::sla::{Conditions, Deed, Hours, NewPolicy, Step, Target, Targets, Warning};
use desk::tickets::{Channel, Priority};
use desk::words::Both;
use desk::{CalendarId, Context, Error, OrganizationId, PersonId, Read, TeamId, TopicId};

use crate::changes::Typed;

/// Steps the form has room for, and the names of their fields.
pub(super) const STEPS: usize = 4;

/// As it was typed; what is no number is refused at its field. Requesters are typed by their addresses.
pub(super) fn policy(r: &mut Read, typed: &Typed) -> desk::Result<NewPolicy> {
    Ok(NewPolicy {
        name: Both::new(typed.text("name_en"), typed.text("name_fr")),
        conditions: Conditions {
            topics: typed.numbers("topics").into_iter().map(TopicId).collect(),
            priorities: typed.all("priorities").filter_map(Priority::parse).collect(),
            teams: typed.numbers("teams").into_iter().map(TeamId).collect(),
            organizations: typed.numbers("organizations").into_iter().map(OrganizationId).collect(),
            requesters: requesters(r, typed.text("requesters"))?,
            channels: typed.all("channels").filter_map(Channel::parse).collect(),
        },
        hours: hours(typed.text("hours"))?,
        targets: Targets {
            reply: length(typed.text("reply"), "reply", "refused-length")?,
            answer: length(typed.text("answer"), "answer", "refused-length")?,
            solve: length(typed.text("solve"), "solve", "refused-length")?,
        },
        warning: warning(typed.text("warning"))?,
        steps: (1..=STEPS)
            .filter_map(|place| step(typed, place).transpose())
            .collect::<desk::Result<_>>()?,
    })
}

fn hours(text: &str) -> desk::Result<Hours> {
    match text {
        "" | "house" => Ok(Hours::House),
        "always" => Ok(Hours::Always),
        number => {
            let id = number
                .parse()
                .map_err(|_| Error::refused("hours", "refused-no-such-calendar"))?;
            Ok(Hours::Calendar(CalendarId(id)))
        }
    }
}

/// The other way round.
fn hours_of(hours: Hours) -> String {
    match hours {
        Hours::House => "house".into(),
        Hours::Always => "always".into(),
        Hours::Calendar(id) => id.to_string(),
    }
}

fn requesters(r: &mut Read, text: &str) -> desk::Result<Vec<PersonId>> {
    let mut found = Vec::new();
    for address in text.split([',', ';', ' ', '\n']).filter(|part| !part.is_empty()) {
        let person = people::by_address(r, address)?;
        found.push(person.ok_or(Error::refused("requesters", "refused-no-such-person"))?);
    }
    Ok(found)
}

/// `4:30`, or whole hours, in microseconds; nothing where nothing was typed.
fn length(text: &str, field: &'static str, key: &'static str) -> desk::Result<Option<i64>> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let (hours, minutes) = text.split_once([':', 'h']).unwrap_or((text, "0"));
    let minutes = if minutes.trim().is_empty() { "0" } else { minutes };
    let read = |part: &str| part.trim().parse::<i64>().ok().filter(|n| (0..=100_000).contains(n));
    let both = read(hours).zip(read(minutes).filter(|minutes| *minutes < 60));
    let (hours, minutes) = both.ok_or(Error::refused(field, key))?;
    Ok(Some((hours * 60 + minutes) * MINUTE))
}

/// The number of `75 %`.
fn share(text: &str) -> Option<&str> {
    text.trim().strip_suffix('%').map(str::trim)
}

fn warning(text: &str) -> desk::Result<Option<Warning>> {
    match share(text) {
        Some(number) => {
            let number = number
                .parse()
                .map_err(|_| Error::refused("warning", "refused-warning"))?;
            Ok(Some(Warning::Share(number)))
        }
        None => Ok(length(text, "warning", "refused-warning")?.map(Warning::Before)),
    }
}

fn step(typed: &Typed, place: usize) -> desk::Result<Option<Step>> {
    let when = typed.text(&format!("step_when_{place}")).trim();
    if when.is_empty() {
        return Ok(None);
    }
    let wrong = || Error::refused("steps", "refused-step");
    let (share, after) = match share(when) {
        Some(number) => (Some(number.parse().map_err(|_| wrong())?), None),
        None => (None, length(when, "steps", "refused-step")?.map(|work| work / MINUTE)),
    };
    Ok(Some(Step {
        target: Target::parse(typed.text(&format!("step_target_{place}"))).ok_or_else(wrong)?,
        share,
        after,
        deed: Deed::parse(typed.text(&format!("step_deed_{place}"))).ok_or_else(wrong)?,
        person: typed.number(&format!("step_person_{place}")).map(PersonId),
    }))
}

/// The other way round.
pub(super) fn typed_of(r: &mut Read, cx: &Context, says: &NewPolicy) -> desk::Result<Typed> {
    let mut typed = Typed::default();
    typed.put("name_en", says.name.en.as_str());
    typed.put("name_fr", says.name.fr.as_str());
    put_conditions(r, cx, &mut typed, &says.conditions)?;
    typed.put("hours", hours_of(says.hours));
    for target in Target::ALL {
        typed.put(target.as_str(), says.targets.of(*target).map(shown).unwrap_or_default());
    }
    typed.put(
        "warning",
        match says.warning {
            Some(Warning::Share(share)) => format!("{share} %"),
            Some(Warning::Before(before)) => shown(before),
            None => String::new(),
        },
    );
    for (place, step) in (1..).zip(&says.steps) {
        let when = match step.share {
            Some(share) => format!("{share} %"),
            None => shown(step.after.unwrap_or(0) * MINUTE),
        };
        typed.put(&format!("step_when_{place}"), when);
        typed.put(&format!("step_target_{place}"), step.target.as_str());
        typed.put(&format!("step_deed_{place}"), step.deed.as_str());
        typed.put(
            &format!("step_person_{place}"),
            step.person.map(|id| id.to_string()).unwrap_or_default(),
        );
    }
    Ok(typed)
}

fn put_conditions(r: &mut Read, cx: &Context, typed: &mut Typed, conditions: &Conditions) -> desk::Result<()> {
    for id in &conditions.topics {
        typed.put("topics", id.to_string());
    }
    for priority in &conditions.priorities {
        typed.put("priorities", priority.as_str());
    }
    for id in &conditions.teams {
        typed.put("teams", id.to_string());
    }
    for id in &conditions.organizations {
        typed.put("organizations", id.to_string());
    }
    for channel in &conditions.channels {
        typed.put("channels", channel.as_str());
    }
    let mut addresses = Vec::new();
    for person in &conditions.requesters {
        let own = people::addresses_of(r, cx, *person)?;
        addresses.extend(own.into_iter().next().map(|row| row.address));
    }
    typed.put("requesters", addresses.join(", "));
    Ok(())
}

/// Hours and minutes: `4:30`.
fn shown(work: i64) -> String {
    let minutes = work / MINUTE;
    format!("{}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_is_hours_and_minutes() {
        let read = |text| length(text, "reply", "refused-length");
        assert_eq!(read(" 4:30 "), Ok(Some(270 * MINUTE)));
        assert_eq!(read("4"), Ok(Some(240 * MINUTE)));
        assert_eq!(read("1 h 30"), Ok(Some(90 * MINUTE)));
        assert_eq!(read(""), Ok(None));
        for wrong in ["soon", "4:75", "-1", "99999999999999999999", "4:3:2"] {
            assert_eq!(read(wrong), Err(Error::refused("reply", "refused-length")), "{wrong}");
        }
        assert_eq!(shown(270 * MINUTE), "4:30");
    }

    #[test]
    fn a_warning_is_a_share_or_a_length() {
        assert_eq!(warning("75 %"), Ok(Some(Warning::Share(75))));
        assert_eq!(warning("1:00"), Ok(Some(Warning::Before(60 * MINUTE))));
        assert_eq!(warning(""), Ok(None));
        assert!(warning("x %").is_err());
    }
}
