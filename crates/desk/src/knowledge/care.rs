//! Care of an article: whose it is, its topic, for whom, when it is looked at again; a look that changed nothing; and the
//! tickets it has to do with.

use db::{Read, Write, args};
use serde_json::json;

use super::article::Article;
use super::publish::refusal;
use super::rules::rules;
use super::standing::deed;
use super::store;
use crate::access::{self, Audience};
use crate::clock::Time;
use crate::context::Context;
use crate::error::{Checks, Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::{ArticleId, EventId, PersonId, TicketNumber, TopicId};
use crate::suggestions::{self, How, Lesson, Target};
use crate::{people, reviews, tickets, topics};

/// All of it, as it shall be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Care {
    pub topic: Option<TopicId>,
    pub audience: Audience,
    pub owner: Option<PersonId>,
    pub review_at: Option<Time>,
}

impl Care {
    pub fn of(article: &Article) -> Care {
        Care {
            topic: article.topic,
            audience: article.audience,
            owner: article.owner,
            review_at: article.review_at,
        }
    }
}

fn held(tx: &mut Write, cx: &Context, id: ArticleId) -> Result<Article> {
    store::hold(tx, id)?;
    let article = store::load(tx, id)?;
    if access::may_care_for_article(&cx.viewer, article.owner, article.created_by) {
        Ok(article)
    } else {
        Err(refusal(cx))
    }
}

pub fn change(tx: &mut Write, cx: &Context, id: ArticleId, care: &Care) -> Result<EventId> {
    let article = held(tx, cx, id)?;
    let owner_known = match care.owner.filter(|_| care.owner != article.owner) {
        Some(owner) => people::technicians(tx)?.iter().any(|one| one.id == owner),
        None => true,
    };
    let topic_known = match care.topic {
        Some(topic) => topics::find(tx, cx, topic).is_ok(),
        None => true,
    };
    Checks::default()
        .check(owner_known, "owner", "refused-not-a-technician")
        .check(topic_known, "topic", "refused-no-such-topic")
        .done()?;
    may_open_to_all(tx, cx, &article, care.audience)?;
    deed(
        tx,
        cx,
        (id, None),
        EventKind::ArticleChanged,
        json!({}),
        |_, article| {
            article.topic = care.topic;
            article.audience = care.audience;
            article.owner = care.owner;
            article.review_at = care.review_at;
            Ok(())
        },
    )
}

/// To show the world what only staff has read is to publish it: the same word is needed.
fn may_open_to_all(r: &mut Read, cx: &Context, article: &Article, audience: Audience) -> Result<()> {
    let opens = article.audience == Audience::Internal && audience == Audience::Public;
    let Some(published) = article.published.filter(|_| opens) else {
        return Ok(());
    };
    let editors = store::version(r, article.id, published)?.editors();
    let held = reviews::holds_article(r, cx.viewer.person, article.topic)?;
    if access::may_approve_article(&cx.viewer, &editors, rules(r)?.own_publish && !held) {
        Ok(())
    } else {
        Err(Error::Conflict("conflict-another-approves"))
    }
}

/// Looked at, and it still holds; `next` is when it is looked at again.
pub fn reviewed(tx: &mut Write, cx: &Context, id: ArticleId, next: Time) -> Result<EventId> {
    held(tx, cx, id)?;
    Checks::default()
        .check(next > cx.now, "review_at", "refused-past")
        .done()?;
    deed(
        tx,
        cx,
        (id, None),
        EventKind::ArticleReviewed,
        json!({}),
        |_, article| {
            (article.reviewed_at, article.review_at) = (Some(cx.now), Some(next));
            Ok(())
        },
    )
}

db::text_enum! {
    /// What an article has to do with.
    pub enum LinkTo { Ticket => "ticket", Problem => "problem", Change => "change" }
}

db::table! {
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct ArticleLink { pub kind: LinkTo, pub target: i64, pub at: Time }
}

/// With a ticket the viewer may see.
pub fn link_ticket(tx: &mut Write, cx: &Context, id: ArticleId, ticket: TicketNumber) -> Result<EventId> {
    writable(tx, cx, id)?;
    tickets::find_inside(tx, cx, ticket)?;
    join(tx, cx, id, ticket)?;
    let lesson = Lesson {
        ticket,
        target: Target::article(id),
        how: How::Linked,
    };
    suggestions::teach(tx, cx, lesson)?;
    told(tx, cx, EventKind::ArticleLinked, id, ticket)
}

/// Part of the verbs that tie them.
pub(super) fn join(tx: &mut Write, cx: &Context, id: ArticleId, ticket: TicketNumber) -> Result<()> {
    let added = tx.exec(
        "INSERT INTO article_link (article, kind, target, at, added_by) VALUES ($1, 'ticket', $2, $3, $4)
         ON CONFLICT (article, kind, target) DO NOTHING",
        &args![id, ticket, cx.now, cx.viewer.person],
    )?;
    if added == 0 {
        return Err(Error::Conflict("conflict-linked"));
    }
    Ok(())
}

pub fn unlink_ticket(tx: &mut Write, cx: &Context, id: ArticleId, ticket: TicketNumber) -> Result<EventId> {
    writable(tx, cx, id)?;
    tickets::find_inside(tx, cx, ticket)?;
    let gone = tx.exec(
        "DELETE FROM article_link WHERE article = $1 AND kind = 'ticket' AND target = $2",
        &args![id, ticket],
    )?;
    if gone == 0 {
        return Err(Error::Conflict("conflict-not-linked"));
    }
    suggestions::forget(tx, ticket, Target::article(id))?;
    told(tx, cx, EventKind::ArticleUnlinked, id, ticket)
}

fn writable(tx: &mut Write, cx: &Context, id: ArticleId) -> Result<()> {
    if !access::may_write_article(&cx.viewer) {
        return Err(Error::NotFound);
    }
    store::hold(tx, id)?;
    store::load(tx, id).map(drop)
}

fn told(tx: &mut Write, cx: &Context, kind: EventKind, id: ArticleId, ticket: TicketNumber) -> Result<EventId> {
    let data = json!({ "ticket": ticket.0 }).to_string();
    events::record(tx, cx, Fact::new(kind).about(id.0).with(Some(data)))
}

/// What it is linked with. Tickets the viewer may not see are left out.
pub fn links_of(r: &mut Read, cx: &Context, id: ArticleId) -> Result<Vec<ArticleLink>> {
    if !access::may_see_drafts(&cx.viewer) {
        return Err(Error::NotFound);
    }
    let all: Vec<ArticleLink> = r.query(
        "SELECT kind, target, at FROM article_link WHERE article = $1 ORDER BY kind, target",
        &args![id],
    )?;
    let mut seen = Vec::new();
    for link in all {
        let hidden = link.kind == LinkTo::Ticket && tickets::find_inside(r, cx, TicketNumber(link.target)).is_err();
        if !hidden {
            seen.push(link);
        }
    }
    Ok(seen)
}

/// The articles of a ticket: those linked with it and the one that came of it.
pub fn of_ticket(r: &mut Read, cx: &Context, ticket: TicketNumber) -> Result<Vec<ArticleId>> {
    tickets::find_inside(r, cx, ticket)?;
    if !access::may_see_drafts(&cx.viewer) {
        return Err(Error::NotFound);
    }
    Ok(r.query(
        "SELECT id FROM article WHERE source = $1
         UNION SELECT article AS id FROM article_link WHERE kind = 'ticket' AND target = $1 ORDER BY 1",
        &args![ticket],
    )?)
}
