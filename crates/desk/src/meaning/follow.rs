//! Points as a follower of the log. What waits is reckoned one text at a time, the newest first, with a pause as long as
//! each took: half of one processor at most, and no reply waits for it. A model that is put in or taken away while the
//! desk runs is noticed.

use std::collections::BTreeSet;
use std::future::Future;
use std::pin::pin;
use std::sync::{Arc, PoisonError};
use std::time::{Duration, SystemTime};

use ::meaning::Model;

use super::models::{Kept, Models};
use super::points::{Line, Points};
use super::room::{Loaded, Spaces};
use super::said::{Said, Waiting, said};
use crate::desk::Desk;
use crate::error::{Error, Result};
use crate::events::{self, Cursor, Event};
use crate::finding;
use crate::ids::{ArticleId, ProblemNumber, TicketNumber};
use crate::{knowledge, problems, tickets};

/// A look at the folder and the log while there is nothing to do.
const LOOK: Duration = Duration::from_secs(2);
/// Lines of the log, and numbers of tickets, read at a time.
const STEP: i64 = 1000;

/// Follows until `stop` resolves.
pub async fn run(desk: Desk, models: Models, stop: impl Future<Output = ()> + Send) {
    let mut stop = pin!(stop);
    let mut follower = Follower::new(models);
    loop {
        let turn = async {
            let began = tokio::time::Instant::now();
            match follower.turn(&desk).await {
                Ok(true) => tokio::time::sleep(began.elapsed()).await,
                Ok(false) => tokio::time::sleep(LOOK).await,
                Err(e) => {
                    tracing::error!(error = %e, "the meaning of texts could not be followed; it is tried again");
                    tokio::time::sleep(5 * LOOK).await;
                }
            }
        };
        tokio::select! {
            () = &mut stop => break,
            () = turn => {}
        }
    }
}

/// Everything that waits, at once: for command lines and tests.
pub async fn catch_up(desk: &Desk, models: &Models) -> Result<()> {
    let mut follower = Follower::new(models.clone());
    while follower.turn(desk).await? {}
    Ok(())
}

struct Follower {
    models: Models,
    /// What the folder said when it was last looked at.
    seen: Option<(Option<Kept>, Option<SystemTime>)>,
    at_work: Option<AtWork>,
}

/// A model with what waits for it.
struct AtWork {
    model: Arc<Loaded>,
    points: Points,
    waiting: BTreeSet<Waiting>,
    cursor: Cursor,
    /// The file says that the log was followed to here.
    written: Option<Cursor>,
}

impl Follower {
    fn new(models: Models) -> Follower {
        Follower {
            models,
            seen: None,
            at_work: None,
        }
    }

    /// One step; whether there was something to reckon.
    async fn turn(&mut self, desk: &Desk) -> Result<bool> {
        self.pick_up(desk).await?;
        match &mut self.at_work {
            Some(work) => work.turn(desk).await,
            None => Ok(false),
        }
    }

    async fn pick_up(&mut self, desk: &Desk) -> Result<()> {
        let (kept, named) = (self.models.current().map_err(Error::fault)?, self.models.named());
        let here = Some((kept.clone(), named));
        if self.seen == here {
            return Ok(());
        }
        (self.seen, self.at_work) = (None, None);
        desk.meaning().empty();
        let Some(kept) = kept else {
            self.seen = here;
            return Ok(());
        };
        let (folder, name) = (self.models.of(&kept), kept.name.clone());
        let opened = tokio::task::spawn_blocking(move || Model::open(&folder, &name));
        match opened.await.map_err(Error::fault)? {
            Ok(model) => self.at_work = Some(self.begin(desk, kept, model).await?),
            Err(refusal) => {
                tracing::warn!(model = kept.name, "the model cannot be used: {refusal}");
                desk.meaning().refuse(kept, refusal);
            }
        }
        self.seen = here;
        Ok(())
    }

    async fn begin(&self, desk: &Desk, kept: Kept, model: Model) -> Result<AtWork> {
        let mut spaces = Spaces::new(model.dimension());
        let (points, written) = Points::open(&self.models.points(&kept), &mut spaces).map_err(Error::fault)?;
        // The end of the log is taken first: what happens meanwhile is followed afterwards.
        let newest = desk.read(events::newest).await?;
        let waiting = match written {
            Some(_) => BTreeSet::new(),
            None => everything(desk).await?,
        };
        let model = Arc::new(Loaded::new(kept, model, spaces));
        desk.meaning().take(Arc::clone(&model));
        Ok(AtWork {
            model,
            points,
            waiting,
            cursor: written.unwrap_or(newest),
            written,
        })
    }
}

impl AtWork {
    async fn turn(&mut self, desk: &Desk) -> Result<bool> {
        let cursor = self.cursor;
        let lines = desk.read(move |r| events::since(r, cursor, STEP)).await?;
        if let Some(last) = lines.last() {
            self.cursor = Cursor::of(last);
        }
        self.waiting.extend(lines.iter().flat_map(touched));
        self.model.set_waiting(self.waiting.len());
        let Some(next) = self.waiting.last().copied() else {
            self.at_the_end()?;
            return Ok(lines.len() as i64 == STEP);
        };
        for text in desk.read(move |r| said(r, next)).await? {
            self.put(text).await?;
        }
        self.points.flush().map_err(Error::fault)?;
        self.waiting.remove(&next);
        self.model.set_waiting(self.waiting.len());
        Ok(true)
    }

    fn at_the_end(&mut self) -> Result<()> {
        if self.written == Some(self.cursor) {
            return Ok(());
        }
        let line = Line::AsFarAs(self.cursor.as_text());
        self.points
            .write(&line)
            .and_then(|()| self.points.flush())
            .map_err(Error::fault)?;
        self.written = Some(self.cursor);
        Ok(())
    }

    /// Only what says something else than before is reckoned.
    async fn put(&mut self, text: Said) -> Result<()> {
        let (kind, id, is) = (text.kind, text.id, text.is());
        let (before, point) = {
            let spaces = self.model.spaces.read().unwrap_or_else(PoisonError::into_inner);
            (spaces.about(kind, id), spaces.point(kind, id))
        };
        let line = match text.now.filter(|(_, about)| self.model.knows(about.lang)) {
            None if before.is_none() => return Ok(()),
            None => Line::Gone(kind, id),
            Some((_, about)) if before == Some(about) => return Ok(()),
            Some((words, about)) => {
                let same = before.is_some_and(|before| before.hash == about.hash);
                let point = match point.filter(|_| same) {
                    Some(point) => point,
                    None => {
                        let model = Arc::clone(&self.model);
                        let reckoned = tokio::task::spawn_blocking(move || model.reckon(&words, is));
                        reckoned.await.map_err(Error::fault)?
                    }
                };
                Line::Put(kind, id, point, about)
            }
        };
        self.points.write(&line).map_err(Error::fault)?;
        let mut spaces = self.model.spaces.write().unwrap_or_else(PoisonError::into_inner);
        match line {
            Line::Put(kind, id, point, about) => spaces.put(kind, id, &point, about),
            Line::Gone(kind, id) => spaces.remove(kind, id),
            Line::AsFarAs(_) => {}
        }
        Ok(())
    }
}

/// What a line of the log may have changed the words of.
fn touched(line: &Event) -> Vec<Waiting> {
    let mut touched: Vec<Waiting> = line.ticket.map(Waiting::Ticket).into_iter().collect();
    if let Some(subject) = line.subject {
        if line.kind.is_of_article() {
            touched.push(Waiting::Article(ArticleId(subject)));
        }
        if finding::changes_known_error(line.kind) {
            touched.push(Waiting::KnownError(ProblemNumber(subject)));
        }
    }
    touched
}

/// All that can have a point.
async fn everything(desk: &Desk) -> Result<BTreeSet<Waiting>> {
    let mut all = BTreeSet::new();
    let mut after = TicketNumber(0);
    loop {
        let numbers = desk.read(move |r| tickets::numbers_after(r, after, STEP)).await?;
        let Some(last) = numbers.last() else { break };
        after = *last;
        all.extend(numbers.into_iter().map(Waiting::Ticket));
    }
    let mut after = ProblemNumber(0);
    loop {
        let numbers = desk.read(move |r| problems::numbers_after(r, after, STEP)).await?;
        let Some(last) = numbers.last() else { break };
        after = *last;
        all.extend(numbers.into_iter().map(Waiting::KnownError));
    }
    let mut after = ArticleId(0);
    loop {
        let numbers = desk.read(move |r| knowledge::numbers_after(r, after, STEP)).await?;
        let Some(last) = numbers.last() else { break };
        after = *last;
        all.extend(numbers.into_iter().map(Waiting::Article));
    }
    Ok(all)
}
