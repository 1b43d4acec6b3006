//! Two years of a desk: tickets come day by day, some of them with a link to what helped, and each question may learn
//! from the days before its own.

use std::collections::HashMap;
use std::path::Path;
use std::time::Instant;

use desk::access::Role;
use desk::suggestions::{Asked, How, Lesson, Target, TargetKind, ranked, teach};
use desk::tickets::{self, Imported, Solution};
use desk::words::Lang;
use desk::{Context, Desk, PersonId, TicketNumber, Time, finding};
use search::Lang as IndexLang;
use testkit::Stand;

use crate::articles;
use crate::data::{self, Judged, Line};
use crate::model::Model;
use crate::run::{DEEP, Run};

const DAY: i64 = 86_400_000_000;

pub(crate) struct Forum {
    stand: Stand,
    questions: Vec<Line>,
    /// Numbers here by the names of the file, and back. Tickets that are only asked are no answers.
    numbers: HashMap<String, TicketNumber>,
    names: HashMap<(TargetKind, i64), String>,
}

impl Forum {
    pub(crate) fn fill(folder: &Path, model: Option<&Model>) -> Forum {
        let stand = Stand::sqlite();
        let requester = stand.person("requester", Role::Requester);
        let mut all = data::lines(&folder.join("tickets.jsonl.gz"));
        let answers = all.len();
        let questions = data::lines(&folder.join("queries.jsonl.gz"));
        let known: std::collections::HashSet<String> = all.iter().map(|line| line.id.clone()).collect();
        all.extend(questions.iter().filter(|line| !known.contains(&line.id)).cloned());
        let mut forum = Forum {
            stand,
            questions,
            numbers: HashMap::new(),
            names: HashMap::new(),
        };
        for some in all.chunks(500) {
            forum.open(some, requester);
        }
        for line in &all[..answers] {
            let number = forum.numbers[&line.id].0;
            forum.names.insert((TargetKind::Ticket, number), line.id.clone());
            forum.names.insert((TargetKind::Solution, number), line.id.clone());
        }
        let articles = data::lines(&folder.join("kb.jsonl.gz"));
        for (place, article) in (0..).zip(&articles) {
            forum.names.insert((TargetKind::Article, place), article.id.clone());
        }
        follow(&forum.stand.desk);
        articles::put(&forum.stand.desk, &articles, IndexLang::En);
        if let Some(model) = model {
            model.follow(&forum.stand.desk, &articles, Lang::En, "forum");
        }
        forum.learn(&folder.join("links.tsv"));
        forum
    }

    fn open(&mut self, lines: &[Line], requester: PersonId) {
        let (cx, old) = (self.stand.desk_cx(), lines.iter().map(|line| imported(line, requester)));
        let old: Vec<Imported> = old.collect();
        let numbers = self.stand.desk.write_now(move |tx| {
            old.iter()
                .map(|old| tickets::import(tx, &cx, old))
                .collect::<desk::Result<Vec<_>>>()
        });
        let named = lines.iter().map(|line| line.id.clone()).zip(numbers.unwrap());
        self.numbers.extend(named);
    }

    /// Every link at the day it was made.
    fn learn(&self, path: &Path) {
        let ids: HashMap<&str, Target> = self
            .names
            .iter()
            .map(|((kind, id), name)| (name.as_str(), Target { kind: *kind, id: *id }))
            .filter(|(_, t)| t.kind != TargetKind::Solution)
            .collect();
        let lessons: Vec<(Time, Lesson)> = data::columns::<3>(path)
            .iter()
            .filter_map(|[day, ticket, target]| {
                let lesson = Lesson {
                    ticket: *self.numbers.get(ticket)?,
                    target: *ids.get(target.as_str())?,
                    how: How::Linked,
                };
                Some((day_of(day), lesson))
            })
            .collect();
        let desk_cx = self.stand.cx(self.stand.person("technician", Role::Technician));
        let taught = self.stand.desk.write_now(move |tx| {
            for (at, lesson) in &lessons {
                let cx = Context {
                    now: *at,
                    ..desk_cx.clone()
                };
                teach(tx, &cx, *lesson)?;
            }
            Ok(())
        });
        taught.unwrap();
    }

    pub(crate) fn ask(&self, kind: TargetKind, only: Option<&Judged>) -> Run {
        let mut run = Run::default();
        let wanted = |question: &&Line| only.is_none_or(|judged| judged.contains_key(&question.id));
        for question in self.questions.iter().filter(wanted) {
            let day = day_of(&question.date);
            let began = Instant::now();
            let text = question.words();
            let asked = Asked {
                // Its own point would be at hand; asked anew it costs what it costs where somebody types.
                meant: self.stand.desk.meaning().meant(&text, Lang::En, None),
                text,
                language: Lang::En,
                closed_gates: Vec::new(),
                of: (kind != TargetKind::Solution).then(|| self.numbers[&question.id].0),
                known_before: day.plus(DAY),
                learnt_before: day,
            };
            let desk = self.stand.desk.clone();
            let found = self
                .stand
                .desk
                .read_now(move |r| ranked(r, desk.index(), &asked, kind, DEEP));
            let names = found.unwrap().into_iter();
            let names = names.filter_map(|near| Some((self.names.get(&(kind, near.id))?.clone(), near.score)));
            run.add(&question.id, names.collect(), began.elapsed());
        }
        run
    }
}

fn follow(desk: &Desk) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(finding::catch_up(desk)).unwrap();
}

fn imported(line: &Line, requester: PersonId) -> Imported {
    let solution = Solution {
        steps: line.resolution.clone(),
        ..Solution::default()
    };
    Imported {
        source: "forum".into(),
        id: line.id.clone(),
        number: None,
        message_ids: Vec::new(),
        subject: line.title.clone(),
        body: line.body.clone(),
        requester,
        created_at: day_of(&line.date),
        tag: None,
        messages: Vec::new(),
        solved: line.solved,
        solution: Some(solution),
    }
}

/// Midnight of a day.
fn day_of(text: &str) -> Time {
    let day: jiff::civil::Date = text.parse().unwrap();
    let at = day.to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp();
    Time(at.as_microsecond())
}
