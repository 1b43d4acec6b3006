//! What the address of a report asks for. Days that are none are refused where they were typed; a team, topic or channel
//! that is none is not there.

use desk::reports::{Asked, By, LONGEST, Period, Rhythm, Subscription, date_of, parse_day};
use desk::tickets::Channel;
use desk::{Error, Refusal, Result, TeamId, TopicId};
use serde::Deserialize;

/// As typed.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Wanted {
    #[serde(default)]
    pub from: String,
    #[serde(default)]
    pub to: String,
    #[serde(default)]
    pub team: String,
    #[serde(default)]
    pub topic: String,
    #[serde(default)]
    pub channel: String,
    #[serde(default)]
    pub by: String,
    /// A letter that was just ended, see [`Ended`]: it can be had back.
    #[serde(default)]
    pub ended: String,
}

/// What a letter was, in an address: `weekly.team.3..mail`.
#[derive(Debug, PartialEq, Eq)]
pub struct Ended {
    pub rhythm: Rhythm,
    pub by: By,
    pub team: String,
    pub topic: String,
    pub channel: String,
}

impl Ended {
    pub fn of(letter: &Subscription) -> Ended {
        let number = |id: Option<i64>| id.map(|id| id.to_string()).unwrap_or_default();
        Ended {
            rhythm: letter.rhythm,
            by: letter.part,
            team: number(letter.team.map(|id| id.0)),
            topic: number(letter.topic.map(|id| id.0)),
            channel: letter.channel.map(|channel| channel.to_string()).unwrap_or_default(),
        }
    }

    pub fn address(&self) -> String {
        let Ended {
            rhythm,
            by,
            team,
            topic,
            channel,
        } = self;
        format!("{rhythm}.{by}.{team}.{topic}.{channel}")
    }

    /// Nothing when it is none of ours: an address may be anybody's.
    pub fn parse(text: &str) -> Option<Ended> {
        let parts: Vec<&str> = text.split('.').collect();
        let [rhythm, by, team, topic, channel] = parts[..] else {
            return None;
        };
        Some(Ended {
            rhythm: Rhythm::parse(rhythm)?,
            by: By::parse(by)?,
            team: number(team).ok()?.map(|n| n.to_string()).unwrap_or_default(),
            topic: number(topic).ok()?.map(|n| n.to_string()).unwrap_or_default(),
            channel: word(channel, Channel::parse)
                .ok()?
                .map(|c| c.to_string())
                .unwrap_or_default(),
        })
    }
}

/// Days of the period nobody asked for.
const USUAL: i64 = 30;
const YEARS: i64 = 3;

impl Wanted {
    /// Without days: the last thirty.
    pub fn asked(&self, today: i64) -> Result<Asked> {
        Ok(Asked {
            period: self.period(today)?,
            team: number(&self.team)?.map(TeamId),
            topic: number(&self.topic)?.map(TopicId),
            channel: word(&self.channel, Channel::parse)?,
            by: word(&self.by, By::parse)?.unwrap_or(By::Team),
        })
    }

    fn period(&self, today: i64) -> Result<Period> {
        let (from, to) = (day(&self.from), day(&self.to));
        let mut refusals = Vec::new();
        let mut refuse = |field, key, number| refusals.push(Refusal { field, key, number });
        for (field, given) in [("from", from), ("to", to)] {
            if given == Given::Wrong {
                refuse(field, "refused-day", None);
            }
        }
        let period = match (from, to) {
            (Given::Day(from), Given::Day(to)) => Period { from, to },
            (Given::Day(from), _) => Period {
                from,
                to: today.max(from),
            },
            (_, Given::Day(to)) => Period::last(to, USUAL),
            _ => Period::last(today, USUAL),
        };
        if period.from > period.to {
            refuse("to", "refused-period-order", None);
        } else if period.days() > LONGEST {
            refuse("from", "refused-period-long", Some(YEARS));
        }
        if refusals.is_empty() {
            Ok(period)
        } else {
            Err(Error::Refused(refusals))
        }
    }

    /// With the days that were meant, for a form that shows them.
    #[must_use]
    pub fn spelled_out(mut self, period: Period) -> Wanted {
        self.from = date_of(period.from).to_string();
        self.to = date_of(period.to).to_string();
        self
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Given {
    Nothing,
    Wrong,
    Day(i64),
}

fn day(text: &str) -> Given {
    match text.trim() {
        "" => Given::Nothing,
        text => parse_day(text).map_or(Given::Wrong, Given::Day),
    }
}

fn number(text: &str) -> Result<Option<i64>> {
    word(text, |text| text.parse().ok())
}

fn word<T>(text: &str, parse: impl Fn(&str) -> Option<T>) -> Result<Option<T>> {
    match text.trim() {
        "" => Ok(None),
        text => parse(text).map(Some).ok_or(Error::NotFound),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: i64 = 20_774; // 2026-11-17

    fn wanted(from: &str, to: &str) -> Wanted {
        Wanted {
            from: from.into(),
            to: to.into(),
            ..Wanted::default()
        }
    }

    #[test]
    fn a_period_is_what_was_typed_or_the_last_thirty_days() {
        for (from, to, days) in [
            ("", "", 30),
            ("2026-11-01", "2026-11-10", 10),
            ("2026-11-16", "", 2),
            ("", "2026-10-31", 30),
            ("2026-12-24", "", 1),
        ] {
            let asked = wanted(from, to).asked(TODAY).unwrap();
            assert_eq!(asked.period.days(), days, "{from} to {to}");
        }
    }

    #[test]
    fn every_wrong_day_is_refused_at_its_field() {
        for (from, to, wrong) in [
            (
                "yesterday",
                "2026-13-01",
                vec![("from", "refused-day"), ("to", "refused-day")],
            ),
            ("2026-11-02", "2026-11-01", vec![("to", "refused-period-order")]),
            ("2020-01-01", "2026-01-01", vec![("from", "refused-period-long")]),
        ] {
            let Err(Error::Refused(found)) = wanted(from, to).asked(TODAY) else {
                panic!("{from} to {to} is refused");
            };
            assert_eq!(found.iter().map(|r| (r.field, r.key)).collect::<Vec<_>>(), wrong);
        }
    }

    #[test]
    fn a_letter_that_was_ended_can_be_read_from_the_address_and_nothing_else() {
        for text in ["weekly.team.3..mail", "daily.channel...", "monthly.topic..7."] {
            assert_eq!(Ended::parse(text).map(|e| e.address()).as_deref(), Some(text));
        }
        for text in [
            "",
            "weekly",
            "weekly.team.x..",
            "weekly.team...pigeon",
            "never.team...",
            "weekly.team....1",
        ] {
            assert_eq!(Ended::parse(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_no_team_or_channel_is_not_there() {
        for (team, channel) in [("x", ""), ("", "pigeon")] {
            let asked = Wanted {
                team: team.into(),
                channel: channel.into(),
                ..Wanted::default()
            };
            assert_eq!(asked.asked(TODAY), Err(Error::NotFound));
        }
    }
}
