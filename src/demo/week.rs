//! The week of the sample, lived through in order: at each working hour before now the clock is set and the verb is
//! done by the one who did it.

use std::collections::HashMap;

use anyhow::{Context as _, Result};
use desk::access::{Scopes, Via, Viewer};
use desk::clock::{DAY, HOUR};
use desk::{Context, Desk, PersonId, TicketNumber, Time, counter, sign_in, tickets};

use super::act;
use super::articles;
use super::forms;
use super::house::Known;
use super::letters::{self, Letter};
use super::running;
use super::sample::{LetterIn, LinkIn, Sample, Step, TicketIn, WalkInIn, WatchIn};

/// The desk of the sample while its week is made.
#[derive(Debug)]
pub(super) struct Scene<'a> {
    pub(crate) desk: &'a Desk,
    pub(crate) known: Known,
    pub(crate) tickets: HashMap<&'a str, TicketNumber>,
    now: Time,
}

#[derive(Clone, Copy, Debug)]
enum Moment<'a> {
    Opens(&'a TicketIn),
    Goes(&'a TicketIn, &'a Step),
    Links(&'a LinkIn),
    Watches(&'a WatchIn),
    Comes(&'a LetterIn),
    Waits(&'a WalkInIn),
}

impl Moment<'_> {
    fn ago(&self) -> f64 {
        match self {
            Moment::Opens(ticket) => ticket.ago,
            Moment::Goes(_, step) => step.ago,
            Moment::Links(link) => link.ago,
            Moment::Watches(watch) => watch.ago,
            Moment::Comes(letter) => letter.ago,
            Moment::Waits(one) => one.ago,
        }
    }
}

/// Answers the token of the administrator.
pub(super) async fn live_through(desk: &Desk, sample: &Sample, known: Known, now: Time) -> Result<String> {
    let mut moments: Vec<Moment> = Vec::new();
    for ticket in &sample.tickets {
        moments.push(Moment::Opens(ticket));
        moments.extend(ticket.then.iter().map(|step| Moment::Goes(ticket, step)));
    }
    moments.extend(sample.links.iter().map(Moment::Links));
    moments.extend(sample.watches.iter().map(Moment::Watches));
    moments.extend(sample.letters.iter().map(Moment::Comes));
    moments.extend(sample.house.walk_in.iter().map(Moment::Waits));
    // The longest ago first; at one instant in the order of the files.
    moments.sort_by(|a, b| b.ago().total_cmp(&a.ago()));
    let mut scene = Scene {
        desk,
        known,
        tickets: HashMap::new(),
        now,
    };
    for moment in moments {
        scene.set_clock(moment.ago());
        scene.pass(moment).await?;
        letters::put_down_as_sent(desk).await?;
    }
    scene.set_clock(0.0);
    // Only now: what was asked and solved before had no fields to fill in.
    let admin = scene.cx("juniper").await?;
    forms::make(desk, &admin, &scene.known).await?;
    for number in scene.tickets.values() {
        forms::fill(desk, &admin, *number).await?;
    }
    articles::make(&scene).await?;
    running::make(&scene).await?;
    scene.token().await
}

impl<'a> Scene<'a> {
    /// So many working hours before now, whatever day and hour the demo is started.
    fn set_clock(&self, ago: f64) {
        #[expect(clippy::cast_possible_truncation, reason = "a few working days in microseconds")]
        let wanted = (ago * HOUR as f64) as i64;
        let calendar = &self.desk.house().calendar;
        let (mut early, mut late) = (self.now.0 - 60 * DAY, self.now.0);
        // The latest instant from which that much working time still passes until now.
        while late - early > 1 {
            let middle = early + (late - early) / 2;
            if calendar.between(middle, self.now.0) >= wanted {
                early = middle;
            } else {
                late = middle;
            }
        }
        let at = if wanted == 0 { self.now.0 } else { early };
        self.desk.clock().advance(at - self.desk.now().0);
    }

    async fn pass(&mut self, moment: Moment<'a>) -> Result<()> {
        match moment {
            Moment::Opens(ticket) => {
                let number = act::open(self, ticket)
                    .await
                    .with_context(|| format!("ticket {}", ticket.key))?;
                self.tickets.insert(&ticket.key, number);
            }
            Moment::Goes(ticket, step) => {
                act::go_on(self, ticket, step)
                    .await
                    .with_context(|| format!("ticket {}: {step:?}", ticket.key))?;
            }
            Moment::Links(link) => {
                let (cx, from, to, kind) = (
                    self.cx(&link.by).await?,
                    self.number(&link.from)?,
                    self.number(&link.to)?,
                    link.kind,
                );
                self.desk
                    .write(move |tx| tickets::link(tx, &cx, from, to, kind))
                    .await?;
            }
            Moment::Watches(watch) => {
                let (cx, number) = (self.cx(&watch.by).await?, self.number(&watch.ticket)?);
                self.desk.write(move |tx| tickets::watch(tx, &cx, number)).await?;
            }
            Moment::Comes(letter) => {
                let letter = Letter {
                    from: letter.from.clone(),
                    name: letter.name.clone(),
                    to: "help@example.org".to_string(),
                    subject: letter.subject.clone(),
                    text: letter.body.clone(),
                    automatic: letter.automatic,
                    picture: None,
                };
                letters::take_in(self.desk, &letter).await?;
            }
            Moment::Waits(one) => {
                let (cx, name, words) = (self.cx(&one.by).await?, one.name.clone(), one.words.clone());
                self.desk
                    .write(move |tx| counter::arrive(tx, &cx, &name, None, &words))
                    .await?;
            }
        }
        Ok(())
    }

    /// As that person, signed in, at the hour the clock shows.
    pub(super) async fn cx(&self, key: &str) -> Result<Context> {
        let person = self.person(key)?;
        let viewer = self
            .desk
            .read(move |r| sign_in::load_viewer(r, person, Via::Session))
            .await?;
        Ok(self.desk.context(viewer, None))
    }

    pub(super) fn person(&self, key: &str) -> Result<PersonId> {
        self.known
            .people
            .get(key)
            .copied()
            .with_context(|| format!("nobody has the key {key}"))
    }

    pub(super) fn number(&self, key: &str) -> Result<TicketNumber> {
        self.tickets
            .get(key)
            .copied()
            .with_context(|| format!("no ticket before this has the key {key}"))
    }

    async fn token(&self) -> Result<String> {
        let person = self.person("juniper")?;
        let cx = self.desk.context(Viewer::desk(PersonId(0)), None);
        let made = self
            .desk
            .write(move |tx| sign_in::add_token(tx, &cx, person, "sample desk", Scopes::ALL));
        Ok(made.await?.to_string())
    }
}
