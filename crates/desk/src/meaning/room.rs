//! The model in memory, with the points of this desk's texts, and what a question means by it.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use ::meaning::{As, Model, Packed, Refusal, Space};

use super::models::Kept;
use super::said::Said;
use crate::suggestions::TargetKind;
use crate::words::Lang;

/// What is known of a text beside its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct About {
    pub lang: Lang,
    /// The team behind whose door it lies, as in the index.
    pub gate: i64,
    pub at: i64,
    /// Of the words it was reckoned from.
    pub hash: u64,
}

const KINDS: [TargetKind; 4] = [
    TargetKind::Article,
    TargetKind::Ticket,
    TargetKind::Solution,
    TargetKind::KnownError,
];

pub(super) fn kind_at(kind: TargetKind) -> usize {
    match kind {
        TargetKind::Article => 0,
        TargetKind::Ticket => 1,
        TargetKind::Solution => 2,
        TargetKind::KnownError => 3,
    }
}

pub(super) fn kind_of(at: usize) -> Option<TargetKind> {
    KINDS.get(at).copied()
}

/// A space for each kind. Articles stand there by document: one for each language.
#[derive(Debug)]
pub(super) struct Spaces {
    dimension: usize,
    spaces: [Space<About>; 4],
}

impl Spaces {
    pub(super) fn new(dimension: usize) -> Spaces {
        Spaces {
            dimension,
            spaces: KINDS.map(|_| Space::new(dimension)),
        }
    }

    pub(super) fn dimension(&self) -> usize {
        self.dimension
    }

    pub(super) fn len(&self) -> usize {
        self.spaces.iter().map(Space::len).sum()
    }

    pub(super) fn put(&mut self, kind: TargetKind, id: i64, point: &Packed, about: About) {
        self.spaces[kind_at(kind)].put(id, point, about);
    }

    pub(super) fn remove(&mut self, kind: TargetKind, id: i64) {
        self.spaces[kind_at(kind)].remove(id);
    }

    fn of(&self, kind: TargetKind) -> &Space<About> {
        &self.spaces[kind_at(kind)]
    }

    pub(super) fn about(&self, kind: TargetKind, id: i64) -> Option<About> {
        self.of(kind).with(id).copied()
    }

    pub(super) fn point(&self, kind: TargetKind, id: i64) -> Option<Packed> {
        self.of(kind).point(id)
    }

    pub(super) fn all(&self) -> impl Iterator<Item = (TargetKind, i64, Packed, About)> + '_ {
        KINDS.into_iter().flat_map(move |kind| {
            let space = self.of(kind);
            space
                .ids()
                .filter_map(move |id| Some((kind, id, space.point(id)?, *space.with(id)?)))
        })
    }
}

/// Words anybody uses with a desk. A model has most of them whole in the languages it was taught, and few in others.
const COMMON: [(Lang, [&str; 12]); 2] = [
    (
        Lang::En,
        [
            "printer", "password", "computer", "screen", "keyboard", "network", "message", "account", "problem",
            "button", "document", "update",
        ],
    ),
    (
        Lang::Fr,
        [
            "imprimante",
            "ordinateur",
            "écran",
            "clavier",
            "réseau",
            "compte",
            "problème",
            "bouton",
            "bonjour",
            "merci",
            "aujourd",
            "demande",
        ],
    ),
];

/// A model as it is in use.
#[derive(Debug)]
pub(super) struct Loaded {
    pub(super) kept: Kept,
    model: Model,
    languages: Vec<Lang>,
    pub(super) spaces: RwLock<Spaces>,
    waiting: AtomicUsize,
}

impl Loaded {
    pub(super) fn new(kept: Kept, model: Model, spaces: Spaces) -> Loaded {
        let knows = |words: &[&str]| model.whole(words) * 2 >= words.len();
        Loaded {
            languages: COMMON
                .iter()
                .filter(|(_, words)| knows(words))
                .map(|(lang, _)| *lang)
                .collect(),
            kept,
            model,
            spaces: RwLock::new(spaces),
            waiting: AtomicUsize::new(0),
        }
    }

    pub(super) fn knows(&self, lang: Lang) -> bool {
        self.languages.contains(&lang)
    }

    pub(super) fn reckon(&self, text: &str, is: As) -> Packed {
        Packed::new(&self.model.point(text, is, LONGEST))
    }

    pub(super) fn set_waiting(&self, texts: usize) {
        self.waiting.store(texts, Ordering::Relaxed);
    }
}

/// A text is read as far as so many pieces: what it is about is said first, and twice as many take twice as long.
const LONGEST: usize = 128;

#[derive(Debug, Default)]
enum Held {
    #[default]
    Nothing,
    Unfit(Kept, Refusal),
    Model(Arc<Loaded>),
}

/// The model of this node, if it has one.
#[derive(Debug, Default)]
pub struct Room {
    held: RwLock<Held>,
}

/// What an administrator is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    pub name: String,
    pub languages: Vec<Lang>,
    /// Texts that have a point, and those that wait for one.
    pub points: usize,
    pub waiting: usize,
    /// Why it is not in use.
    pub unfit: Option<Refusal>,
}

impl Room {
    pub fn status(&self) -> Option<Status> {
        match &*self.held.read().unwrap_or_else(PoisonError::into_inner) {
            Held::Nothing => None,
            Held::Unfit(kept, refusal) => Some(Status {
                name: kept.name.clone(),
                languages: Vec::new(),
                points: 0,
                waiting: 0,
                unfit: Some(refusal.clone()),
            }),
            Held::Model(model) => Some(Status {
                name: model.kept.name.clone(),
                languages: model.languages.clone(),
                points: model.spaces.read().unwrap_or_else(PoisonError::into_inner).len(),
                waiting: model.waiting.load(Ordering::Relaxed),
                unfit: None,
            }),
        }
    }

    /// Gives a point to a text that has no row, and is in the index alone: for measuring.
    pub fn hold(&self, kind: TargetKind, id: i64, lang: Lang, title: &str, body: &str) {
        let text = Said::gone(kind, id).says(title, body, lang, (0, 0));
        let (is, now) = (text.is(), text.now);
        if let (Held::Model(model), Some((words, about))) =
            (&*self.held.read().unwrap_or_else(PoisonError::into_inner), now)
            && model.knows(lang)
        {
            let point = model.reckon(&words, is);
            let mut spaces = model.spaces.write().unwrap_or_else(PoisonError::into_inner);
            spaces.put(kind, id, &point, about);
        }
    }

    pub(super) fn take(&self, model: Arc<Loaded>) {
        self.set(Held::Model(model));
    }

    pub(super) fn refuse(&self, kept: Kept, refusal: Refusal) {
        self.set(Held::Unfit(kept, refusal));
    }

    pub(super) fn empty(&self) {
        self.set(Held::Nothing);
    }

    fn set(&self, held: Held) {
        *self.held.write().unwrap_or_else(PoisonError::into_inner) = held;
    }

    /// What a text means to the model in use; `None` without one, or in a language it does not know. `ticket` is the one
    /// whose problem the text is: its point is at hand. Else it takes some tens of milliseconds.
    pub fn meant(&self, text: &str, lang: Lang, ticket: Option<i64>) -> Option<Meant> {
        let model = match &*self.held.read().unwrap_or_else(PoisonError::into_inner) {
            Held::Model(model) if model.knows(lang) => Arc::clone(model),
            _ => return None,
        };
        let there = ticket.and_then(|id| {
            let spaces = model.spaces.read().unwrap_or_else(PoisonError::into_inner);
            spaces.point(TargetKind::Ticket, id)
        });
        let point = there.unwrap_or_else(|| model.reckon(text, As::Question));
        Some(Meant { model, point })
    }
}

/// The mean and the standard deviation of how near texts are to a question, for each kind.
#[derive(Clone, Debug)]
pub(crate) struct Usual([Option<(f32, f32)>; 4]);

/// A question's point among those of the desk.
#[derive(Clone)]
pub struct Meant {
    model: Arc<Loaded>,
    point: Packed,
}

// A model is too long to be said.
impl std::fmt::Debug for Meant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Meant")
    }
}

impl Meant {
    /// The nearest of a kind, best first: not behind these gates, and known before this time.
    pub(crate) fn nearest(
        &self,
        kind: TargetKind,
        most: usize,
        closed: &[i64],
        before: Option<i64>,
    ) -> Vec<(i64, f64)> {
        let spaces = self.model.spaces.read().unwrap_or_else(PoisonError::into_inner);
        let open = |about: &About| !closed.contains(&about.gate) && before.is_none_or(|before| about.at < before);
        let near = spaces.of(kind).nearest(&self.point, most, |_, about| open(about));
        near.into_iter().map(|(id, near)| (id, f64::from(near))).collect()
    }

    /// How near texts of each kind usually are to it.
    pub(crate) fn usual(&self) -> Usual {
        let spaces = self.model.spaces.read().unwrap_or_else(PoisonError::into_inner);
        Usual(KINDS.map(|kind| spaces.of(kind).usual(&self.point)))
    }

    /// By how many standard deviations the nearest of these is nearer than texts of its kind usually are: models differ in
    /// how near they put things, and hardly in this. `None` while there are too few to say.
    pub(crate) fn stands_out(&self, usual: &Usual, kind: TargetKind, ids: &[i64]) -> Option<f64> {
        let (mean, spread) = usual.0[kind_at(kind)]?;
        let near = ids
            .iter()
            .filter_map(|id| self.near(kind, *id))
            .max_by(f64::total_cmp)?;
        Some((near - f64::from(mean)) / f64::from(spread.max(f32::MIN_POSITIVE)))
    }

    /// How near one text is; `None` while it has no point.
    pub(crate) fn near(&self, kind: TargetKind, id: i64) -> Option<f64> {
        let spaces = self.model.spaces.read().unwrap_or_else(PoisonError::into_inner);
        Some(f64::from(spaces.of(kind).point(id)?.near(&self.point)))
    }
}
