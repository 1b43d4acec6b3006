//! `/admin/channels`: the addresses the desk answers for, what came in by each, and the doors mail comes and goes by.

mod about;
mod brake;
mod connect;
mod edit;
mod in_use;
mod list;
mod rules;
mod sending;
mod signing;
mod source;

pub(super) use brake::{add_exempt, remove_exempt, set_most};
pub(super) use connect::{back as connected, finish as finish_connecting, leave as connect};
pub(super) use edit::{add, blank, edit, show};
pub(super) use in_use::{bring_back, fetch, retire};
pub(super) use list::list;
pub(super) use rules::{
    add as add_rule, change as change_rule, down as rule_down, quiet, remove as remove_rule, restore as restore_rule,
    show as rule, up as rule_up,
};
pub(super) use sending::{remove as remove_sending, set as set_sending, show as sending};
pub(super) use signing::{make as make_key, remove as remove_key, show as signing, switch as switch_key};
pub(super) use source::{remove as remove_source, seen_to, set as set_source, show as source};
