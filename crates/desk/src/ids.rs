//! Numbers that must not be mixed up: one type for each kind of thing.

db::id! {
    pub struct PersonId;
    pub struct OrganizationId;
    pub struct TeamId;
    pub struct TopicId;
    pub struct TicketNumber;
    pub struct MessageId;
    pub struct FileId;
    pub struct EventId;
    pub struct JobId;
    pub struct LetterId;
    pub struct OutgoingId;
    pub struct MailboxId;
    pub struct TokenId;
    pub struct PhoneId;
    pub struct ViewId;
    pub struct RatingId;
    pub struct SubscriptionId;
    pub struct CannedId;
    pub struct StepId;
    pub struct TimeId;
    pub struct WalkInId;
    pub struct FieldId;
    pub struct OptionId;
    pub struct PlannedId;
    pub struct MentionId;
    pub struct MailRuleId;
    pub struct ArticleId;
    pub struct PassageId;
    pub struct ArticleFileId;
    pub struct ServiceId;
    pub struct ChangeNumber;
    pub struct OutageNumber;
    pub struct UpdateId;
    pub struct ProblemNumber;
    pub struct TellingId;
    pub struct GroupId;
    pub struct ReviewId;
    pub struct RuleId;
    pub struct GoalId;
    pub struct CoachingNoteId;
}
