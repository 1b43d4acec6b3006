//! The articles of the sample: written by one, read by another, published; one lags in French, one is in French alone, one is a draft.

use anyhow::{Context as _, Result};
use desk::access::Audience;
use desk::knowledge::{self, How, NewArticle, NewFeedback, Reader, Texts, Writing, Written};
use desk::words::Lang;
use desk::{ArticleId, Context, PassageId, TicketNumber, TopicId, Write};
use serde::Deserialize;

use super::week::Scene;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Plan {
    article: Vec<ArticleIn>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ArticleIn {
    by: String,
    topic: String,
    #[serde(default)]
    internal: bool,
    /// Left as a draft that waits to be read.
    #[serde(default)]
    waits: bool,
    title: Texts,
    #[serde(default)]
    note: String,
    passage: Vec<Texts>,
    /// Changed since, by the same hand: the passage and its new text.
    next: Option<NextIn>,
    /// Tickets it was sent on, by their keys.
    #[serde(default)]
    sent: Vec<String>,
    /// Readers who said yes and no.
    #[serde(default)]
    said: (i64, i64),
    /// What was looked for when it was found.
    #[serde(default)]
    ended: Vec<(Lang, String)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NextIn {
    note: String,
    passage: i64,
    en: String,
}

pub(super) async fn make(scene: &Scene<'_>) -> Result<()> {
    let plan: Plan = toml::from_str(include_str!("articles.toml")).context("articles.toml")?;
    for one in plan.article {
        let sent: Vec<TicketNumber> = one
            .sent
            .iter()
            .filter_map(|key| scene.tickets.get(key.as_str()).copied())
            .collect();
        let (author, reader) = (scene.cx(&one.by).await?, scene.cx("spruce").await?);
        let topic = scene.known.topics.get(&one.topic).copied();
        let title = one.title.en.clone();
        scene
            .desk
            .write(move |tx| write_down(tx, (&author, &reader), &one, topic, &sent))
            .await
            .with_context(|| title)?;
    }
    Ok(())
}

/// Begun by the one, read by the other, used and judged.
fn write_down(
    tx: &mut Write,
    (author, reader): (&Context, &Context),
    one: &ArticleIn,
    topic: Option<TopicId>,
    sent: &[TicketNumber],
) -> desk::Result<()> {
    let audience = if one.internal {
        Audience::Internal
    } else {
        Audience::Public
    };
    let mut new = NewArticle::new(one.title.clone(), one.passage.clone(), audience);
    (new.topic, new.note) = (topic, one.note.clone());
    let id = knowledge::draft(tx, author, &new)?.article;
    knowledge::ask_review(tx, author, id, None)?;
    if one.waits {
        return Ok(());
    }
    publish(tx, reader, id)?;
    if let Some(next) = &one.next {
        change(tx, author, id, next)?;
        publish(tx, reader, id)?;
    }
    used(tx, author, id, one, sent)
}

fn publish(tx: &mut Write, cx: &Context, id: ArticleId) -> desk::Result<()> {
    let (_, text) = knowledge::latest(tx, cx, id)?;
    knowledge::publish(tx, cx, id, text.version.saves).map(drop)
}

fn change(tx: &mut Write, cx: &Context, id: ArticleId, next: &NextIn) -> desk::Result<()> {
    let (_, text) = knowledge::latest(tx, cx, id)?;
    let passage = PassageId(next.passage);
    let french = text.passage(passage).map_or("", |p| p.text(Lang::Fr));
    let writing = Writing {
        passages: vec![Written {
            passage,
            texts: Texts::new(&next.en, french),
            en_was: None,
            fr_was: None,
        }],
        note: Some(next.note.clone()),
    };
    knowledge::write(tx, cx, id, &writing).map(drop)
}

fn used(tx: &mut Write, cx: &Context, id: ArticleId, one: &ArticleIn, sent: &[TicketNumber]) -> desk::Result<()> {
    for ticket in sent {
        knowledge::used(tx, cx, id, *ticket, How::Sent)?;
    }
    if one.internal {
        return Ok(());
    }
    let (yes, no) = one.said;
    for reader in 0..yes + no {
        let said = NewFeedback {
            helped: reader < yes,
            words: String::new(),
            language: Lang::En,
        };
        let from = format!("192.0.2.{reader}");
        knowledge::say(tx, cx, id, Reader::Visitor(&from), &said)?;
    }
    for (lang, words) in &one.ended {
        knowledge::ended(tx, cx, id, *lang, words)?;
    }
    Ok(())
}
