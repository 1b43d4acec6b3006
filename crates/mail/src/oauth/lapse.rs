//! A word before a connection lapses: what there is to say about a mailbox's tokens now. Pure; the
//! moments are seconds since 1970.

use super::answer::Meaning;

const DAY: i64 = 86_400;
/// Microsoft forgets a refresh token that nobody used for 90 days, Google after six months; both
/// sooner where somebody says so. Two weeks are left to whoever is away.
const UNUSED: i64 = 76 * DAY;
/// An access token is renewed this long before its end.
const EARLY: i64 = 300;
/// Refusals that may pass are no news before this.
const PASSING: i64 = 3_600;

/// What is known of the tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tokens {
    /// When the access token ends.
    pub expires: Option<i64>,
    /// When the refresh token was last given or used with success.
    pub refreshed: Option<i64>,
    /// The last refusal since then, and when refusals began.
    pub refused: Option<(Meaning, i64)>,
    /// When the secret of our registration ends, where the administrator said so.
    pub secret_ends: Option<i64>,
}

/// What to say. Each has a key for its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Warning {
    /// Nothing will come until an administrator connects the mailbox again.
    ConnectAgain,
    MendRegistration,
    /// Renewing fails, perhaps for a while only.
    RenewalFails,
    /// The secret of the registration ends in these days (0: today or before).
    SecretEnds {
        days: i64,
    },
    /// Nobody used the connection for long; it will be forgotten.
    Unused {
        days: i64,
    },
}

impl Warning {
    pub fn key(self) -> &'static str {
        match self {
            Warning::ConnectAgain => "mailbox-token-connect-again",
            Warning::MendRegistration => "mailbox-token-mend-registration",
            Warning::RenewalFails => "mailbox-token-renewal-fails",
            Warning::SecretEnds { .. } => "mailbox-token-secret-ends",
            Warning::Unused { .. } => "mailbox-token-unused",
        }
    }
}

impl Tokens {
    /// Is it time for a new access token?
    pub fn must_renew(&self, now: i64) -> bool {
        self.expires.is_none_or(|expires| expires - EARLY <= now)
    }

    /// The worst there is to say.
    pub fn warning(&self, now: i64) -> Option<Warning> {
        match self.refused {
            Some((Meaning::ConnectAgain, _)) => return Some(Warning::ConnectAgain),
            Some((Meaning::MendRegistration, _)) => return Some(Warning::MendRegistration),
            Some((_, since)) if now - since >= PASSING => return Some(Warning::RenewalFails),
            _ => {}
        }
        let ends = self.secret_ends.map(|end| (end - now).max(0) / DAY);
        if let Some(days) = ends.filter(|days| *days <= 14) {
            return Some(Warning::SecretEnds { days });
        }
        let unused = self.refreshed.map(|refreshed| now - refreshed);
        unused
            .filter(|unused| *unused >= UNUSED)
            .map(|unused| Warning::Unused { days: unused / DAY })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 2_000_000_000;

    #[test]
    fn a_token_is_renewed_before_its_end() {
        let ends = |expires| Tokens {
            expires,
            ..Tokens::default()
        };
        assert!(ends(None).must_renew(NOW));
        assert!(ends(Some(NOW - 1)).must_renew(NOW));
        assert!(ends(Some(NOW + 300)).must_renew(NOW));
        assert!(!ends(Some(NOW + 301)).must_renew(NOW));
    }

    #[test]
    fn the_worst_is_said_first_and_nothing_without_need() {
        let fine = Tokens {
            expires: Some(NOW + 3_000),
            refreshed: Some(NOW - 600),
            refused: None,
            secret_ends: Some(NOW + 15 * DAY),
        };
        let ends = |days: i64| Tokens {
            secret_ends: Some(NOW + days * DAY),
            ..fine
        };
        let refused = |meaning, since| Tokens {
            refused: Some((meaning, since)),
            ..ends(3)
        };
        let unused = Tokens {
            refreshed: Some(NOW - 80 * DAY),
            ..fine
        };
        let table = [
            (fine, None),
            (ends(14), Some(Warning::SecretEnds { days: 14 })),
            (ends(-5), Some(Warning::SecretEnds { days: 0 })),
            (
                refused(Meaning::TryLater, NOW - 60),
                Some(Warning::SecretEnds { days: 3 }),
            ),
            (refused(Meaning::TryLater, NOW - 3_600), Some(Warning::RenewalFails)),
            (refused(Meaning::ConnectAgain, NOW), Some(Warning::ConnectAgain)),
            (refused(Meaning::MendRegistration, NOW), Some(Warning::MendRegistration)),
            (unused, Some(Warning::Unused { days: 80 })),
        ];
        for (tokens, expected) in table {
            assert_eq!(tokens.warning(NOW), expected, "{tokens:?}");
        }
        let keys = [Warning::ConnectAgain, Warning::MendRegistration, Warning::RenewalFails].map(Warning::key);
        assert_eq!(keys.iter().collect::<std::collections::HashSet<_>>().len(), 3);
    }
}
