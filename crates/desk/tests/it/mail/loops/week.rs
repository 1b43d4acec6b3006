//! The post of the week: who wrote what to whom, when it comes, and what a judge makes of it.

use std::collections::BTreeMap;

use super::actors::{self, Actor};
use crate::mail::desk::Left;

/// Ten minutes.
const STEP: i64 = 600_000_000;
const STEPS_A_DAY: usize = 144;
const DAYS: usize = 7;
/// Whoever has so many letters on their way at once has a storm; there is no need to watch it to its end.
const STORM: usize = 3_000;

/// A desk as the post sees it.
pub(super) trait Office {
    fn takes(&self, left: &Left);
    /// What leaves now, and whether the desk wrote it by itself.
    fn sends(&self) -> Vec<(Left, bool)>;
    /// Technicians answer what is open; how many letters that makes.
    fn answers(&self, day: usize) -> usize;
    fn tickets(&self) -> i64;
    fn waits(&self) -> i64;
    fn pass(&self, microseconds: i64);
}

#[derive(Default)]
struct Day {
    /// Letters a desk wrote by itself, by desk and address.
    automatic: BTreeMap<(String, String), usize>,
    by_people: usize,
    answered: usize,
    tickets: i64,
    post: usize,
}

pub(super) struct Week<'a> {
    offices: Vec<(&'static str, Box<dyn Office + 'a>)>,
    /// What is on its way, and when it comes.
    post: Vec<(usize, Left)>,
    days: Vec<Day>,
    most_waiting: i64,
    storm: bool,
}

impl<'a> Week<'a> {
    pub(super) fn new(offices: Vec<(&'static str, Box<dyn Office + 'a>)>) -> Week<'a> {
        Week {
            offices,
            post: Vec::new(),
            days: Vec::new(),
            most_waiting: 0,
            storm: false,
        }
    }

    pub(super) fn run(&mut self) {
        for day in 0..DAYS {
            self.days.push(Day::default());
            let before = self.tickets();
            for hour in 0..STEPS_A_DAY {
                self.step(day, hour);
                if self.post.len() > STORM {
                    self.storm = true;
                    return;
                }
            }
            self.today().tickets = self.tickets() - before;
        }
    }

    fn step(&mut self, day: usize, at: usize) {
        let now = day * STEPS_A_DAY + at;
        if at == 54 {
            let desks: Vec<&str> = self.offices.iter().map(|(address, _)| *address).collect();
            self.post
                .extend(actors::people_write(day, &desks).into_iter().map(|l| (now, l)));
        }
        if at == 66 {
            let answered = self.offices.iter().map(|(_, o)| o.answers(day)).sum();
            self.today().answered = answered;
        }
        self.deliver(now);
        for n in 0..self.offices.len() {
            let (address, office) = &self.offices[n];
            self.most_waiting = self.most_waiting.max(office.waits());
            let (address, left) = (*address, office.sends());
            for (left, automatic) in left {
                let today = self.days.last_mut().expect("a day has begun");
                if automatic {
                    let pair = (address.to_string(), left.to.clone());
                    *today.automatic.entry(pair).or_default() += 1;
                } else {
                    today.by_people += 1;
                }
                self.post.push((now, left));
            }
            self.offices[n].1.pass(STEP);
        }
    }

    /// Everything that is due, and what is passed on at once because of it.
    fn deliver(&mut self, now: usize) {
        loop {
            let (due, later): (Vec<_>, Vec<_>) = std::mem::take(&mut self.post)
                .into_iter()
                .partition(|(at, _)| *at <= now);
            self.post = later;
            if due.is_empty() || self.post.len() > STORM {
                return;
            }
            self.today().post += due.len();
            for (_, left) in due {
                let base = actors::without_tag(&left.to);
                match self.offices.iter().find(|(address, _)| **address == base) {
                    Some((_, office)) => office.takes(&left),
                    None => self.post.extend(Actor::of(&base).gets(&left, now)),
                }
            }
        }
    }

    fn today(&mut self) -> &mut Day {
        self.days.last_mut().expect("a day has begun")
    }

    fn tickets(&self) -> i64 {
        self.offices.iter().map(|(_, o)| o.tickets()).sum()
    }

    pub(super) fn told(&self) -> String {
        let line = |(n, d): (usize, &Day)| {
            format!(
                "day {n}: {} automatic, at most {} to one address, {} by people, {} tickets opened, {} letters carried",
                d.automatic.values().sum::<usize>(),
                d.automatic.values().max().unwrap_or(&0),
                d.by_people,
                d.tickets,
                d.post
            )
        };
        let lines: Vec<String> = self.days.iter().enumerate().map(line).collect();
        format!("{}\nat most {} waited", lines.join("\n"), self.most_waiting)
    }
}

/// What is wrong with a week, if anything is.
pub(super) fn judge(week: &Week<'_>) -> Result<(), String> {
    for (n, day) in week.days.iter().enumerate() {
        for ((desk, to), letters) in &day.automatic {
            if *letters > 2 {
                return Err(format!("day {n}: {letters} automatic letters from {desk} to {to}"));
            }
        }
        if day.by_people != day.answered {
            return Err(format!(
                "day {n}: {} letters as if people wrote them, {} answers",
                day.by_people, day.answered
            ));
        }
    }
    if week.storm || week.most_waiting > 100 {
        return Err(format!("a storm: {} letters wait at once", week.most_waiting));
    }
    let (early, last) = (&week.days[1..3], week.days.last().expect("a week"));
    let most = |of: fn(&Day) -> i64| early.iter().map(of).max().unwrap_or(0);
    if last.tickets > most(|d| d.tickets) || last.post > 2 * usize::try_from(most(|d| d.post as i64)).unwrap_or(0) {
        return Err(format!("it grows: {}", week.told()));
    }
    match week.days.iter().all(|d| d.answered > 0 && !d.automatic.is_empty()) {
        true => Ok(()),
        false => Err(format!("nothing happens: {}", week.told())),
    }
}
