//! Coming in: passwords, sessions, API tokens and keyed links. Only hashes of secrets are kept, and whatever stands for
//! a person ends when his password, role or standing changes.
//!
//! Hashing a password takes long and 19 MiB on purpose: `hash`, `verify` and `Account::matches` run `in_a_seat`, never on
//! the database threads and never more than a few at a time.

mod account;
mod hash;
mod links;
mod network;
mod password;
mod secret;
mod sessions;
mod set_up;
mod sweep;
mod throttle;
mod tokens;
mod viewer;
mod weak;

pub use account::{
    Account, begin, change_password, finish, new_password_by_link, own_account, reset_password, set_password,
    sign_in_by_link,
};
pub use hash::{PasswordHash, hash, in_a_seat, verify};
pub(crate) use links::end_ticket_links;
pub use links::{
    KeyedLink, LinkPurpose, make_link, make_setup_link, open_link, revoke_ticket_links, use_link, viewer_of_ticket_link,
};
pub use password::{LEAST as PASSWORD_LEAST, check as check_password, check_for as check_password_for};
pub use secret::Secret;
pub(crate) use secret::hash_of;
pub use sessions::{
    ABSOLUTE, IDLE, Present, SessionKey, SessionRow, end_all, end_session, end_this_session, list_sessions, start,
    touch, viewer_of_session,
};
pub use set_up::{SetUp, set_up};
pub use sweep::sweep;
pub use throttle::{Asking, count_asking};
pub use tokens::{
    ApiToken, OwnedToken, add_token, list_all_tokens, list_tokens, revoke_token, touch_token, viewer_of_token,
};
pub use viewer::load_viewer;

pub use crate::people::Theme;
