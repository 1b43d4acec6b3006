//! What may be a password: 12 to 128 characters, any of them, and not one that everybody tries first. Pure.

use super::weak;
use crate::error::{Checks, Result};

pub const LEAST: usize = 12;
pub(super) const MOST: usize = 128;

/// Refuses in words for the field `password`.
pub fn check(password: &str) -> Result<()> {
    check_for(password, &[])
}

/// The same, and nothing built on what an attacker knows: `about` holds the person's name and addresses.
pub fn check_for(password: &str, about: &[&str]) -> Result<()> {
    let length = password.chars().count();
    let mut checks = Checks::default();
    checks.check(length >= LEAST, "password", "refused-password-short");
    checks.check(length <= MOST, "password", "refused-password-long");
    checks.done()?;
    checks.check(!weak::is_common(password), "password", "refused-password-common");
    checks.check(!weak::is_about(password, about), "password", "refused-password-yours");
    checks.done()
}
