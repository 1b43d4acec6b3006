//! The whole history of a ticket: every line of the log about it, the newest first, page by page.

use db::{Packed, Read, Sql};

use super::show;
use crate::access::{self, Place};
use crate::clock::Time;
use crate::context::Context;
use crate::error::Result;
use crate::events::{Event, EventKind};
use crate::ids::{EventId, PersonId, TeamId, TicketNumber};

/// Lines of one page.
const LINES: usize = 50;

db::text_enum! {
    /// What a history can be narrowed to.
    pub enum HistoryKind { Words => "words", Status => "status", Fields => "fields", Steps => "steps", Time => "time" }
}

/// Under what a line of that kind is found. Each kind is named, so that a new one is not forgotten.
fn found_under(kind: EventKind) -> Option<HistoryKind> {
    use EventKind as E;
    use HistoryKind as H;
    match kind {
        E::TicketOpened | E::RequesterWrote | E::Replied | E::Noted | E::Called | E::Visited => Some(H::Words),
        E::ReplyWithdrawn | E::ReplyPlanned | E::ReplyUnplanned | E::ReplyHeldBack | E::ReplyFailed => Some(H::Words),
        E::Rated | E::ReplyResent => Some(H::Words),
        E::Pended | E::Held | E::Resumed | E::Solved | E::Reopened | E::Closed | E::Confirmed => Some(H::Status),
        E::Snoozed | E::Woken => Some(H::Status),
        E::Assigned | E::Edited | E::Tagged | E::Untagged | E::Linked | E::Unlinked => Some(H::Fields),
        E::Watched | E::Unwatched | E::Merged | E::Unmerged | E::Split | E::Undone | E::Filled => Some(H::Fields),
        E::SuggestionUsed | E::SuggestionDismissed => Some(H::Fields),
        E::LetterMoved => Some(H::Words),
        E::StepAdded | E::StepChanged | E::StepTicked | E::StepUnticked | E::StepMoved => Some(H::Steps),
        E::StepRemoved => Some(H::Steps),
        E::TimeLogged | E::TimeChanged | E::TimeRemoved => Some(H::Time),
        E::ChatEnded | E::ChatLeft => Some(H::Words),
        E::ChatTaken | E::ChatHandedOver => Some(H::Fields),
        E::ChangeLinked | E::ChangeUnlinked | E::OutageLinked | E::OutageUnlinked => Some(H::Fields),
        E::ServiceChanged | E::ChangeOpened | E::ChangeEdited | E::ChangeMoved | E::ChangeUndone => None,
        E::OutageOpened | E::OutageEdited | E::OutageTold | E::OutageAnswered | E::OutageUndone => None,
        E::MeToo | E::MeTooTaken => None,
        E::ProblemLinked | E::ProblemUnlinked => Some(H::Fields),
        E::ProblemOpened | E::ProblemEdited | E::ProblemKnown | E::ProblemFixFound | E::ProblemSolved => None,
        E::ProblemReopened | E::ProblemClosed | E::ProblemUndone => None,
        E::GroupsFound | E::GroupDismissed | E::GroupOffered => None,
        E::SelfAssessed | E::LeadAssessed | E::CompetenceTargetSet | E::SkillChanged => None,
        E::CertificationChanged | E::PracticeGiven | E::PracticeChanged => None,
        E::Escalated | E::EscalationAccepted | E::EscalationReturned => Some(H::Fields),
        E::ReviewAsked | E::ReviewReturned | E::ReviewApproved | E::ReviewTakenBack => Some(H::Words),
        E::ReviewRuleChanged => None,
        E::QualityRuleSet | E::QualityRuleEnded | E::QualityPicked | E::QualityFilled => None,
        E::PersonTitled | E::TeamDescribed | E::WagesImported | E::WagesBroughtBack => None,
        E::CounterChanged | E::CalendarChanged => None,
        E::QualityDropped | E::QualityRestored | E::CoachingGoal | E::CoachingNote => None,
        E::ArticleDrafted | E::ArticleWritten | E::ArticlePassageAdded | E::ArticlePassageMoved => None,
        E::ArticlePassageRemoved | E::ArticleUpToDate | E::ArticleRestored | E::ArticleDropped => None,
        E::ArticleReviewAsked | E::ArticleApproved | E::ArticleSentBack | E::ArticlePublished => None,
        E::ArticleRetired | E::ArticleBroughtBack | E::ArticleChanged | E::ArticleReviewed => None,
        E::ArticleLinked | E::ArticleUnlinked | E::ArticleFileAdded | E::ArticleFileRemoved => None,
        E::ArticleFileRead | E::ArticleUsed | E::ArticleRated | E::ArticleUndone => None,
        E::PersonChanged | E::OrganizationChanged | E::TeamChanged | E::TopicChanged | E::SettingChanged => None,
        E::LetterHeld | E::LetterRead | E::LetterReleased | E::ViewChanged | E::BulkDone => None,
    }
}

db::table! {
    struct Line {
        id: EventId,
        tx: i64,
        at: Time,
        kind: EventKind,
        actor: Option<PersonId>,
        ticket: Option<TicketNumber>,
        team: Option<TeamId>,
        subject: Option<i64>,
        data: Option<Packed>,
        request: Option<String>,
        door: Option<String>,
    }
}

/// A line, and the door it came through: `page`, `api`, `link` or `desk`; older lines do not say.
#[derive(Clone, Debug)]
pub struct Told {
    pub event: Event,
    pub door: Option<String>,
}

#[derive(Clone, Debug)]
pub struct HistoryPage {
    pub lines: Vec<Told>,
    /// Where the next page begins: before this line.
    pub next: Option<EventId>,
}

/// For technicians who see the ticket; lines of what was merged into it stand among its own where they may see that.
pub fn history_page(
    r: &mut Read,
    cx: &Context,
    number: TicketNumber,
    kind: Option<HistoryKind>,
    before: Option<EventId>,
) -> Result<HistoryPage> {
    access::require(&cx.viewer, Place::Desk)?;
    show::find_inside(r, cx, number)?;
    let numbers = show::seen_with_merged(r, cx, number)?;
    let mut sql = Sql::new(
        "SELECT id, tx, at, kind, actor, ticket, team, subject, data, request, door FROM event WHERE ticket IN (",
    );
    sql.bind_list(numbers);
    sql.push(")");
    if let Some(kind) = kind {
        sql.push(" AND kind IN (")
            .bind_list(
                EventKind::ALL
                    .iter()
                    .copied()
                    .filter(|one| found_under(*one) == Some(kind)),
            )
            .push(")");
    }
    if let Some(before) = before {
        sql.push(" AND id < ").bind(before);
    }
    sql.push(" ORDER BY id DESC LIMIT ")
        .bind(i64::try_from(LINES + 1).unwrap_or(i64::MAX));
    let mut lines: Vec<Told> = r.query_sql::<Line>(&sql)?.into_iter().map(told).collect();
    let more = lines.len() > LINES;
    lines.truncate(LINES);
    let next = lines.last().map(|line| line.event.id).filter(|_| more);
    Ok(HistoryPage { lines, next })
}

fn told(line: Line) -> Told {
    Told {
        event: Event {
            id: line.id,
            tx: line.tx,
            at: line.at,
            kind: line.kind,
            actor: line.actor,
            ticket: line.ticket,
            team: line.team,
            subject: line.subject,
            data: line.data,
            request: line.request,
        },
        door: line.door,
    }
}
