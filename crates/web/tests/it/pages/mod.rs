//! The desk's pages: what stands on them, what their forms do, and who does not get to see them.

mod admin;
mod canned;
mod company;
mod files;
mod flow;
mod forms;
mod inbox;
mod kept;
mod late;
mod logo;
mod look;
mod me;
mod new_ticket;
mod people;
mod reports;
mod resend;
mod set_up;
mod signing;
mod tasks;
mod templates;
mod ticket;
mod topic_forms;
mod topic_words;
mod views;
mod waited;
