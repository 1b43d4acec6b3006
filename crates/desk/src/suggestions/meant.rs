//! What is near by its meaning, where the desk has a model.

use std::collections::HashMap;

use super::near::{Asked, by_article};
use super::target::{Target, TargetKind};
use crate::finding::document_ids;
use crate::ids::ArticleId;
use crate::meaning::{Meant, Usual};

/// How near by meaning: the nearest of all, and those that the words found.
pub(super) fn means(
    meant: &Meant,
    asked: &Asked,
    kind: TargetKind,
    (words, limit): (&[(i64, f64)], usize),
) -> HashMap<i64, f64> {
    let before = (kind == TargetKind::Ticket).then_some(asked.known_before.0);
    let found = words.iter().filter_map(|(id, _)| {
        let near = match kind {
            TargetKind::Article => nearer(meant, ArticleId(*id)),
            _ => meant.near(kind, *id),
        };
        Some((*id, near?))
    });
    let mut nearest = meant.nearest(kind, limit, &asked.closed_gates, before);
    nearest.retain(|(id, _)| kind != TargetKind::Ticket || asked.of != Some(*id));
    if kind == TargetKind::Article {
        nearest = by_article(nearest.into_iter());
    }
    nearest.into_iter().chain(found).collect()
}

/// A text whose words are others counts as a share of words when it stands out by what it means: four standard deviations
/// are as good as the least that is shown.
pub(super) fn share(meant: &Meant, usual: &Usual, target: Target) -> f64 {
    let ids = match target.kind {
        TargetKind::Article => document_ids(ArticleId(target.id)).to_vec(),
        _ => vec![target.id],
    };
    let out = meant.stands_out(usual, target.kind, &ids).unwrap_or(0.0);
    ((out - 2.0) * 0.1).clamp(0.0, 0.5)
}

/// Of an article in two languages the nearer one counts.
fn nearer(meant: &Meant, article: ArticleId) -> Option<f64> {
    let near = document_ids(article).map(|id| meant.near(TargetKind::Article, id));
    near.into_iter().flatten().max_by(f64::total_cmp)
}
