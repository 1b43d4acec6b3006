//! `/admin`: the administrator's pages. The state of the system, and everything that shapes the desk: teams, topics,
//! roles, organizations, channels, tokens, the audit log and how the desk shows itself.
//!
//! Nobody else finds anything here: `door::Admin` asks the policy before a handler begins, and each verb asks again.

mod audit;
mod brand;
mod calendars;
mod channels;
mod chat;
mod choice;
mod door;
mod drafting;
mod forms;
mod knowledge;
mod organizations;
mod roles;
mod state;
mod targets;
mod teams;
mod templates;
mod tokens;
mod topics;
mod visit;

pub use brand::sheet_of;

use crate::routes::{Class, Gate, Route};

pub fn routes() -> Vec<Route> {
    [
        system(),
        people_of_the_desk(),
        subjects(),
        promises(),
        forms(),
        calendars(),
        mailboxes(),
        rules_and_keys(),
        words_and_tokens(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn system() -> Vec<Route> {
    vec![
        Route::get("/admin", Gate::Admin, state::show),
        Route::post("/admin/jobs/{id}/again", Gate::Admin, state::again),
        Route::get("/admin/audit", Gate::Admin, audit::show),
        Route::get("/admin/knowledge", Gate::Admin, knowledge::show),
        Route::post("/admin/knowledge", Gate::Admin, knowledge::submit),
        Route::get("/admin/brand", Gate::Admin, brand::show),
        Route::post("/admin/brand", Gate::Admin, brand::submit),
        Route::post("/admin/brand/logo", Gate::Admin, brand::keep_logo).with_files(),
        Route::post("/admin/brand/logo/remove", Gate::Admin, brand::remove_logo),
        Route::post("/admin/brand/logo/restore", Gate::Admin, brand::restore_logo),
        Route::get("/brand/{hash}/accent.css", Gate::Public, brand::serve).class(Class::Asset),
        Route::get("/brand/{hash}/logo", Gate::Public, brand::serve_logo).class(Class::Asset),
    ]
}

fn people_of_the_desk() -> Vec<Route> {
    vec![
        Route::get("/admin/teams", Gate::Admin, teams::list),
        Route::get("/admin/teams/new", Gate::Admin, teams::blank),
        Route::post("/admin/teams", Gate::Admin, teams::add),
        Route::get("/admin/teams/{id}", Gate::Admin, teams::show),
        Route::post("/admin/teams/{id}", Gate::Admin, teams::edit),
        Route::post("/admin/teams/{id}/join", Gate::Admin, teams::join),
        Route::post("/admin/teams/{id}/leave", Gate::Admin, teams::leave),
        Route::post("/admin/teams/{id}/lead", Gate::Admin, teams::lead),
        Route::post("/admin/teams/{id}/remove", Gate::Admin, teams::remove),
        Route::get("/admin/roles", Gate::Admin, roles::show),
        Route::post("/admin/roles/{id}", Gate::Admin, roles::change),
    ]
}

fn subjects() -> Vec<Route> {
    vec![
        Route::get("/admin/topics", Gate::Admin, topics::list),
        Route::get("/admin/topics/new", Gate::Admin, topics::blank),
        Route::post("/admin/topics", Gate::Admin, topics::add),
        Route::get("/admin/topics/{id}", Gate::Admin, topics::show),
        Route::post("/admin/topics/{id}", Gate::Admin, topics::edit),
        Route::post("/admin/topics/{id}/retire", Gate::Admin, topics::retire),
        Route::post("/admin/topics/{id}/restore", Gate::Admin, topics::restore),
        Route::get("/admin/organizations", Gate::Admin, organizations::list),
        Route::get("/admin/organizations/new", Gate::Admin, organizations::blank),
        Route::post("/admin/organizations", Gate::Admin, organizations::add),
        Route::get("/admin/organizations/{id}", Gate::Admin, organizations::show),
        Route::post("/admin/organizations/{id}", Gate::Admin, organizations::edit),
    ]
}

fn promises() -> Vec<Route> {
    vec![
        Route::get("/admin/targets", Gate::Admin, targets::list),
        Route::get("/admin/targets/new", Gate::Admin, targets::blank),
        Route::post("/admin/targets", Gate::Admin, targets::add),
        Route::get("/admin/targets/{id}", Gate::Admin, targets::show),
        Route::post("/admin/targets/{id}", Gate::Admin, targets::edit),
        Route::post("/admin/targets/{id}/up", Gate::Admin, targets::up),
        Route::post("/admin/targets/{id}/down", Gate::Admin, targets::down),
        Route::post("/admin/targets/{id}/retire", Gate::Admin, targets::retire),
        Route::post("/admin/targets/{id}/restore", Gate::Admin, targets::restore),
    ]
}

fn forms() -> Vec<Route> {
    vec![
        Route::get("/admin/forms", Gate::Admin, forms::list),
        Route::get("/admin/forms/{id}", Gate::Admin, forms::show),
        Route::get("/admin/forms/{id}/new", Gate::Admin, forms::blank),
        Route::post("/admin/forms/{id}", Gate::Admin, forms::add),
        Route::get("/admin/fields/{id}", Gate::Admin, forms::field),
        Route::post("/admin/fields/{id}", Gate::Admin, forms::change),
        Route::post("/admin/fields/{id}/up", Gate::Admin, forms::up),
        Route::post("/admin/fields/{id}/down", Gate::Admin, forms::down),
        Route::post("/admin/fields/{id}/retire", Gate::Admin, forms::retire),
        Route::post("/admin/fields/{id}/restore", Gate::Admin, forms::restore),
    ]
}

fn calendars() -> Vec<Route> {
    vec![
        Route::get("/admin/calendars", Gate::Admin, calendars::list),
        Route::get("/admin/calendars/new", Gate::Admin, calendars::blank),
        Route::post("/admin/calendars", Gate::Admin, calendars::add),
        Route::post("/admin/calendars/undo", Gate::Admin, calendars::undo),
        Route::get("/admin/calendars/{id}", Gate::Admin, calendars::show),
        Route::post("/admin/calendars/{id}", Gate::Admin, calendars::edit),
        Route::post("/admin/calendars/{id}/days", Gate::Admin, calendars::add_day),
        Route::post("/admin/calendars/{id}/days/remove", Gate::Admin, calendars::remove_day),
        Route::post("/admin/calendars/{id}/retire", Gate::Admin, calendars::retire),
        Route::post("/admin/calendars/{id}/restore", Gate::Admin, calendars::restore),
    ]
}

fn mailboxes() -> Vec<Route> {
    vec![
        Route::get("/admin/channels", Gate::Admin, channels::list),
        Route::get("/admin/channels/new", Gate::Admin, channels::blank),
        Route::post("/admin/channels", Gate::Admin, channels::add),
        Route::get("/admin/channels/{id}", Gate::Admin, channels::show),
        Route::post("/admin/channels/{id}", Gate::Admin, channels::edit),
        Route::get("/admin/channels/connected", Gate::Admin, channels::connected),
        Route::post("/admin/channels/connected", Gate::Admin, channels::finish_connecting),
        Route::get("/admin/channels/{id}/connect", Gate::Admin, channels::connect),
        Route::get("/admin/channels/{id}/source", Gate::Admin, channels::source),
        Route::post("/admin/channels/{id}/source", Gate::Admin, channels::set_source),
        Route::post(
            "/admin/channels/{id}/source/remove",
            Gate::Admin,
            channels::remove_source,
        ),
        Route::get("/admin/channels/{id}/sending", Gate::Admin, channels::sending),
        Route::post("/admin/channels/{id}/sending", Gate::Admin, channels::set_sending),
        Route::post(
            "/admin/channels/{id}/sending/remove",
            Gate::Admin,
            channels::remove_sending,
        ),
    ]
}

/// The rules of a mailbox, its brake and whether it is in use; keys that sign what leaves.
fn rules_and_keys() -> Vec<Route> {
    vec![
        Route::post("/admin/channels/{id}/rules", Gate::Admin, channels::add_rule),
        Route::get("/admin/channels/{id}/rules/{rule}", Gate::Admin, channels::rule),
        Route::post("/admin/channels/{id}/rules/{rule}", Gate::Admin, channels::change_rule),
        Route::post("/admin/channels/{id}/rules/{rule}/up", Gate::Admin, channels::rule_up),
        Route::post(
            "/admin/channels/{id}/rules/{rule}/down",
            Gate::Admin,
            channels::rule_down,
        ),
        Route::post(
            "/admin/channels/{id}/rules/restore",
            Gate::Admin,
            channels::restore_rule,
        ),
        Route::post(
            "/admin/channels/{id}/rules/{rule}/remove",
            Gate::Admin,
            channels::remove_rule,
        ),
        Route::post("/admin/channels/{id}/left", Gate::Admin, channels::seen_to),
        Route::post("/admin/channels/{id}/quiet", Gate::Admin, channels::quiet),
        Route::post("/admin/channels/{id}/fetch", Gate::Admin, channels::fetch),
        Route::post("/admin/channels/{id}/retire", Gate::Admin, channels::retire),
        Route::post("/admin/channels/{id}/bring-back", Gate::Admin, channels::bring_back),
        Route::post("/admin/channels/{id}/brake", Gate::Admin, channels::set_most),
        Route::post("/admin/channels/{id}/brake/exempt", Gate::Admin, channels::add_exempt),
        Route::post(
            "/admin/channels/{id}/brake/exempt/remove",
            Gate::Admin,
            channels::remove_exempt,
        ),
        Route::get("/admin/channels/signing", Gate::Admin, channels::signing),
        Route::post("/admin/channels/signing", Gate::Admin, channels::make_key),
        Route::post("/admin/channels/signing/switch", Gate::Admin, channels::switch_key),
        Route::post("/admin/channels/signing/remove", Gate::Admin, channels::remove_key),
    ]
}

fn words_and_tokens() -> Vec<Route> {
    vec![
        Route::get("/admin/templates", Gate::Admin, templates::list),
        Route::get("/admin/templates/words", Gate::Admin, templates::words),
        Route::post("/admin/templates/words", Gate::Admin, templates::change_words),
        Route::post("/admin/templates/restore", Gate::Admin, templates::restore),
        Route::get("/admin/templates/mailboxes/{id}", Gate::Admin, templates::mailbox),
        Route::post(
            "/admin/templates/mailboxes/{id}",
            Gate::Admin,
            templates::change_mailbox,
        ),
        Route::get("/admin/chat", Gate::Admin, chat::show),
        Route::post("/admin/chat", Gate::Admin, chat::submit),
        Route::get("/admin/drafting", Gate::Admin, drafting::show),
        Route::post("/admin/drafting", Gate::Admin, drafting::submit),
        Route::post("/admin/drafting/try", Gate::Admin, drafting::try_it),
        Route::get("/admin/tokens", Gate::Admin, tokens::show),
        Route::post("/admin/tokens/{id}/revoke", Gate::Admin, tokens::revoke),
    ]
}
