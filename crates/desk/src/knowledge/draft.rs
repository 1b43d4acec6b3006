//! A new article: its first version, a draft.

use db::{Read, Write};
use serde_json::json;

use super::article::{Article, ArticleState};
use super::passage::{Passage, TITLE, Texts};
use super::store;
use super::write::{MOST_NOTE, MOST_PASSAGES, Saved, check_passage, check_title, most, saved};
use crate::access::{self, Audience};
use crate::clock::Time;
use crate::context::Context;
use crate::error::{Checks, Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::{ArticleId, PassageId, PersonId, TicketNumber, TopicId};
use crate::topics;

/// An article as it begins.
#[derive(Clone, Debug)]
pub struct NewArticle {
    pub title: Texts,
    pub passages: Vec<Texts>,
    pub audience: Audience,
    pub topic: Option<TopicId>,
    /// Whoever writes it when nobody is named.
    pub owner: Option<PersonId>,
    pub review_at: Option<Time>,
    pub note: String,
    pub(super) source: Option<TicketNumber>,
}

impl NewArticle {
    pub fn new(title: Texts, passages: Vec<Texts>, audience: Audience) -> NewArticle {
        NewArticle {
            title,
            passages,
            audience,
            topic: None,
            owner: None,
            review_at: None,
            note: String::new(),
            source: None,
        }
    }
}

pub fn draft(tx: &mut Write, cx: &Context, new: &NewArticle) -> Result<Saved> {
    if !access::may_write_article(&cx.viewer) {
        return Err(Error::NotFound);
    }
    check_new(tx, cx, new)?;
    let owner = new
        .owner
        .or((cx.viewer.person != PersonId(0)).then_some(cx.viewer.person));
    let article = Article {
        id: ArticleId(0),
        topic: new.topic,
        audience: new.audience,
        state: ArticleState::Draft,
        owner,
        review_at: new.review_at,
        reviewed_at: None,
        published: None,
        published_at: None,
        draft: Some(1),
        source: new.source,
        created_at: cx.now,
        created_by: cx.viewer.person,
        updated_at: cx.now,
    };
    let id = store::insert(tx, &article)?;
    store::insert_version(tx, (id, 1), cx.viewer.person, new.note.trim(), cx.now)?;
    store::put_passage(tx, (id, 1), &Passage::new(TITLE, 0, &new.title, 1))?;
    for (place, texts) in (1..).zip(&new.passages) {
        store::put_passage(tx, (id, 1), &Passage::new(PassageId(place), place, texts, 1))?;
    }
    let data = json!({ "version": 1, "ticket": new.source.map(|t| t.0) }).to_string();
    let event = events::record(
        tx,
        cx,
        Fact::new(EventKind::ArticleDrafted).about(id.0).with(Some(data)),
    )?;
    let text = store::text(tx, id, 1)?;
    saved(tx, &text, id, event)
}

fn check_new(r: &mut Read, cx: &Context, new: &NewArticle) -> Result<()> {
    let mut checks = Checks::default();
    check_title(&mut checks, &new.title);
    for texts in &new.passages {
        check_passage(&mut checks, texts);
    }
    checks.at_most(&new.note, MOST_NOTE, "note");
    if new.passages.len() > MOST_PASSAGES {
        checks.refuse("passages", "refused-too-many-passages", most(MOST_PASSAGES));
    }
    checks.done()?;
    if let Some(topic) = new.topic {
        topics::find(r, cx, topic).map_err(|_| Error::refused("topic", "refused-no-such-topic"))?;
    }
    Ok(())
}
