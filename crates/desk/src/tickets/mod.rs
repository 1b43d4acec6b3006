//! Tickets: incidents and requests, from the first word to the solution. One file a verb; each verb is one
//! transaction and one line in the event log, and has its inverse where a person may want it back.
//!
//! Rows are read and written by `store` alone, and leave this room only past the access policy.

mod assign;
mod before;
mod bulk;
mod change;
mod close;
mod confirm;
mod edit;
mod fill;
mod history;
mod import;
mod later;
mod link;
mod list;
mod mention;
mod merge;
mod merge_picture;
mod old_numbers;
mod open;
mod own;
mod people;
mod planned;
mod portal;
mod priority;
mod receive;
mod recompute;
mod refile;
mod reopen;
mod reread;
mod ring;
mod show;
mod snooze;
mod solve;
mod spent;
mod split;
mod steps;
mod store;
mod tag;
mod ticket;
mod undo;
mod unseen;
mod wait;
mod watch;
mod works_now;
mod write;

pub(crate) use assign::given_to;
pub use assign::{assign, release, take};
pub(crate) use before::{said_before, was_before};
pub use bulk::{Bulk, Deed, MOST_AT_ONCE, bulk, bulk_told, undo_bulk};
pub use change::Changed;
pub(crate) use change::held;
pub use close::{close, close_when_quiet};
pub use confirm::confirm;
pub use edit::{Edit, edit};
pub use fill::{fill, fill_named};
pub use history::{HistoryKind, HistoryPage, Told, history_page};
pub use import::{Imported, ImportedMessage, by_external_id, import};
pub use later::{Offer, offered};
pub use link::{LinkKind, Linked, link, links, unlink};
pub use list::{ListQuery, MOST_COUNTED, Order, Page, Row, count, list, plan};
pub use mention::{Mention, tell_when_due};
pub use merge::{merge, unmerge};
pub use merge_picture::{MergePicture, MergeSide, merge_picture};
pub(crate) use old_numbers::{BroughtIn, brought_in, holds_letter, know_letters};
pub use old_numbers::{NumberForm, know_system, remember, usual_forms};
pub use open::{NewTicket, Opened, open};
pub(crate) use own::may_work;
pub use own::{find_own, hold_own};
pub use people::{Contact, contacts, team_by_name, team_names};
pub use planned::{Planned, PlannedState, plan_reply, planned, send_now, send_when_due, unplan, unplan_to_edit};
pub(crate) use portal::readable_numbers;
pub use portal::{OwnRow, Turn, colleagues_requests, own_open_requests, own_requests, turn_of};
pub use priority::{Impact, Priority, Urgency, priority_of};
pub use receive::{Answer, receive, takes_part};
pub use recompute::recompute_clocks;
pub(crate) use recompute::{open_after, recomputed};
pub(crate) use refile::{move_back, move_words, take_off};
pub use reopen::reopen;
pub use reread::{Reread, reread};
pub use ring::{ring, ring_due};
pub use show::{
    Detail, FileRow, MessageRow, NamedPerson, SolutionRow, conversation, detail, find_file, find_inside, find_visible,
    look, mark_read, merged_root,
};
pub use snooze::{snooze, wake, wake_when_due};
pub use solve::{CLOSES_AFTER, Solution, solve};
pub use spent::{MOST_MINUTES, Spent, TimeRow, change_time, log_time, minutes_of, remove_time, spent};
pub(crate) use split::went_to;
pub use split::{Split, may_ask, split};
pub use steps::{
    MOST_STEPS, MyStep, Step, StepEdit, add_steps, change_step, move_step, my_steps, remove_step, steps, tick,
};
pub use store::{Problem, Rebuilt};
pub(crate) use store::{asked_at_first, first_words};
pub use store::{file_hashes, fix, for_index, numbers_after, problem, unmerged_after, words_said};
pub use tag::{tag, untag};
pub use ticket::{Channel, Stage, Status, Ticket};
pub use undo::{TakenBack, called_off, taken_back, undo};
pub use unseen::nothing_unseen;
pub use wait::{hold, pend, resume};
pub use watch::{unwatch, watch};
pub use works_now::works_now;
pub(crate) use write::{MOST_WORDS, reply_beside, reply_live};
pub use write::{
    MessageFormat, MessageKind, MessageState, NewFile, NewMessage, log_call, log_visit, note, note_beside, reply,
};
