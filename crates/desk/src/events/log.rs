//! Writing and reading lines of the log.

use db::{Packed, Read, Write, args, packed};

use crate::access::Via;
use crate::clock::Time;
use crate::context::Context;
use crate::error::Result;
use crate::ids::{EventId, PersonId, TeamId, TicketNumber};

db::text_enum! {
    pub enum EventKind {
        TicketOpened => "ticket_opened",
        RequesterWrote => "requester_wrote",
        Replied => "replied",
        Noted => "noted",
        Called => "called",
        Visited => "visited",
        ReplyWithdrawn => "reply_withdrawn",
        ReplyPlanned => "reply_planned",
        ReplyUnplanned => "reply_unplanned",
        ReplyHeldBack => "reply_held_back",
        Assigned => "assigned",
        Pended => "pended",
        Held => "held",
        Resumed => "resumed",
        Snoozed => "snoozed",
        Woken => "woken",
        Solved => "solved",
        Reopened => "reopened",
        Closed => "closed",
        Merged => "merged",
        Unmerged => "unmerged",
        Split => "split",
        Linked => "linked",
        Unlinked => "unlinked",
        Watched => "watched",
        Unwatched => "unwatched",
        Edited => "edited",
        Tagged => "tagged",
        Untagged => "untagged",
        Undone => "undone",
        Confirmed => "confirmed",
        ReplyFailed => "reply_failed",
        ReplyResent => "reply_resent",
        Rated => "rated",
        PersonChanged => "person_changed",
        OrganizationChanged => "organization_changed",
        TeamChanged => "team_changed",
        TopicChanged => "topic_changed",
        LetterHeld => "letter_held",
        LetterRead => "letter_read",
        LetterReleased => "letter_released",
        LetterMoved => "letter_moved",
        SettingChanged => "setting_changed",
        ViewChanged => "view_changed",
        BulkDone => "bulk_done",
        StepAdded => "step_added",
        StepChanged => "step_changed",
        StepTicked => "step_ticked",
        StepUnticked => "step_unticked",
        StepMoved => "step_moved",
        StepRemoved => "step_removed",
        TimeLogged => "time_logged",
        TimeChanged => "time_changed",
        TimeRemoved => "time_removed",
        CounterChanged => "counter_changed",
        ChatTaken => "chat_taken",
        ChatHandedOver => "chat_handed_over",
        ChatEnded => "chat_ended",
        ChatLeft => "chat_left",
        Filled => "filled",
        ArticleDrafted => "article_drafted",
        ArticleWritten => "article_written",
        ArticlePassageAdded => "article_passage_added",
        ArticlePassageMoved => "article_passage_moved",
        ArticlePassageRemoved => "article_passage_removed",
        ArticleUpToDate => "article_up_to_date",
        ArticleRestored => "article_restored",
        ArticleDropped => "article_dropped",
        ArticleReviewAsked => "article_review_asked",
        ArticleApproved => "article_approved",
        ArticleSentBack => "article_sent_back",
        ArticlePublished => "article_published",
        ArticleRetired => "article_retired",
        ArticleBroughtBack => "article_brought_back",
        ArticleChanged => "article_changed",
        ArticleReviewed => "article_reviewed",
        ArticleLinked => "article_linked",
        ArticleUnlinked => "article_unlinked",
        ArticleFileAdded => "article_file_added",
        ArticleFileRemoved => "article_file_removed",
        ArticleFileRead => "article_file_read",
        ArticleUsed => "article_used",
        ArticleRated => "article_rated",
        ArticleUndone => "article_undone",
        SuggestionUsed => "suggestion_used",
        SuggestionDismissed => "suggestion_dismissed",
        CalendarChanged => "calendar_changed",
        ServiceChanged => "service_changed",
        ChangeOpened => "change_opened",
        ChangeEdited => "change_edited",
        ChangeMoved => "change_moved",
        ChangeLinked => "change_linked",
        ChangeUnlinked => "change_unlinked",
        ChangeUndone => "change_undone",
        OutageOpened => "outage_opened",
        OutageEdited => "outage_edited",
        OutageTold => "outage_told",
        OutageLinked => "outage_linked",
        OutageUnlinked => "outage_unlinked",
        OutageAnswered => "outage_answered",
        OutageUndone => "outage_undone",
        MeToo => "me_too",
        MeTooTaken => "me_too_taken",
        ProblemOpened => "problem_opened",
        ProblemEdited => "problem_edited",
        ProblemKnown => "problem_known",
        ProblemFixFound => "problem_fix_found",
        ProblemSolved => "problem_solved",
        ProblemReopened => "problem_reopened",
        ProblemClosed => "problem_closed",
        ProblemLinked => "problem_linked",
        ProblemUnlinked => "problem_unlinked",
        ProblemUndone => "problem_undone",
        GroupsFound => "groups_found",
        GroupDismissed => "group_dismissed",
        GroupOffered => "group_offered",
        SelfAssessed => "self_assessed",
        LeadAssessed => "lead_assessed",
        CompetenceTargetSet => "competence_target_set",
        SkillChanged => "skill_changed",
        CertificationChanged => "certification_changed",
        PracticeGiven => "practice_given",
        PracticeChanged => "practice_changed",
        Escalated => "escalated",
        EscalationAccepted => "escalation_accepted",
        EscalationReturned => "escalation_returned",
        PersonTitled => "person_titled",
        TeamDescribed => "team_described",
        WagesImported => "wages_imported",
        WagesBroughtBack => "wages_brought_back",
        ReviewAsked => "review_asked",
        ReviewReturned => "review_returned",
        ReviewApproved => "review_approved",
        ReviewTakenBack => "review_taken_back",
        ReviewRuleChanged => "review_rule_changed",
        QualityRuleSet => "quality_rule_set",
        QualityRuleEnded => "quality_rule_ended",
        QualityPicked => "quality_picked",
        QualityFilled => "quality_filled",
        QualityDropped => "quality_dropped",
        QualityRestored => "quality_restored",
        CoachingGoal => "coaching_goal",
        CoachingNote => "coaching_note",
    }
}

impl EventKind {
    /// About an article, which is the line's subject.
    pub fn is_of_article(self) -> bool {
        self.as_str().starts_with("article_")
    }

    /// About an escalation, which is the line's subject.
    pub fn is_of_escalation(self) -> bool {
        matches!(
            self,
            EventKind::Escalated | EventKind::EscalationAccepted | EventKind::EscalationReturned
        )
    }
}

db::table! {
    /// A line of the log as it is read.
    #[derive(Clone, Debug)]
    pub struct Event {
        pub id: EventId,
        pub tx: i64,
        pub at: Time,
        pub kind: EventKind,
        pub actor: Option<PersonId>,
        pub ticket: Option<TicketNumber>,
        pub team: Option<TeamId>,
        pub subject: Option<i64>,
        pub data: Option<Packed>,
        pub request: Option<String>,
    }
}

impl Event {
    /// What changed, as JSON; an empty object when nothing did.
    pub fn changes(&self) -> &str {
        self.data.as_ref().map_or("{}", |data| &data.0)
    }
}

/// A line to be written.
#[derive(Clone, Debug)]
pub struct Fact {
    kind: EventKind,
    ticket: Option<TicketNumber>,
    team: Option<TeamId>,
    subject: Option<i64>,
    data: Option<String>,
}

impl Fact {
    pub fn new(kind: EventKind) -> Fact {
        Fact {
            kind,
            ticket: None,
            team: None,
            subject: None,
            data: None,
        }
    }

    /// The ticket it is about, and the team that has it now: live pages are filtered by that team.
    #[must_use]
    pub fn on(mut self, ticket: TicketNumber, team: Option<TeamId>) -> Fact {
        (self.ticket, self.team) = (Some(ticket), team);
        self
    }

    /// The message, person or other thing the line is about.
    #[must_use]
    pub fn about(mut self, subject: i64) -> Fact {
        self.subject = Some(subject);
        self
    }

    #[must_use]
    pub fn with(mut self, data: Option<String>) -> Fact {
        self.data = data;
        self
    }
}

/// Writes the line, and has the followers told once the transaction is kept.
pub fn record(tx: &mut Write, cx: &Context, fact: Fact) -> Result<EventId> {
    let Fact {
        kind,
        ticket,
        team,
        subject,
        data,
    } = fact;
    let id = tx.insert(
        "INSERT INTO event (at, kind, actor, ticket, team, subject, data, request, door)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id",
        &args![
            cx.now,
            kind,
            cx.viewer.person,
            ticket,
            team,
            subject,
            data.as_deref().map(packed),
            cx.request.as_deref(),
            door(cx.viewer.via)
        ],
    )?;
    tx.announce();
    Ok(EventId(id))
}

/// The word for how the actor came in, as the history tells it.
fn door(via: Via) -> &'static str {
    match via {
        Via::Session => "page",
        Via::Token(_) => "api",
        Via::TicketLink(_) => "link",
        Via::Desk => "desk",
    }
}

/// One line, by its number. No policy is applied: callers check the ticket it is about.
pub fn find(r: &mut Read, id: EventId) -> Result<Event> {
    Ok(r.one(
        "SELECT id, tx, at, kind, actor, ticket, team, subject, data, request FROM event WHERE id = $1",
        &args![id],
    )?)
}

/// What happened to these tickets, oldest first.
pub fn history(r: &mut Read, tickets: &[TicketNumber]) -> Result<Vec<Event>> {
    let mut sql = db::Sql::new(
        "SELECT id, tx, at, kind, actor, ticket, team, subject, data, request FROM event WHERE ticket IN (",
    );
    sql.bind_list(tickets.iter().copied());
    sql.push(") ORDER BY id");
    Ok(r.query_sql(&sql)?)
}
