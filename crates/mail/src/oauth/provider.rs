//! The two houses that ask for OAuth 2.0: where their doors are and what is asked for there. The
//! addresses are those of their documentation.

/// Who gives the tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Provider {
    /// The tenant is an id, a domain, or `common`.
    Microsoft {
        tenant: String,
    },
    Google,
}

/// What a mailbox is to be used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    Imap,
    Pop3,
    Send,
}

impl Provider {
    /// Where a person says yes.
    pub fn authorize_url(&self) -> String {
        match self {
            Provider::Microsoft { tenant } => microsoft(tenant, "authorize"),
            Provider::Google => "https://accounts.google.com/o/oauth2/v2/auth".to_owned(),
        }
    }

    /// Where tokens are given and renewed.
    pub fn token_url(&self) -> String {
        match self {
            Provider::Microsoft { tenant } => microsoft(tenant, "token"),
            Provider::Google => "https://oauth2.googleapis.com/token".to_owned(),
        }
    }

    /// Where a code for another screen is asked for (RFC 8628).
    pub fn device_url(&self) -> String {
        match self {
            Provider::Microsoft { tenant } => microsoft(tenant, "devicecode"),
            Provider::Google => "https://oauth2.googleapis.com/device/code".to_owned(),
        }
    }

    /// Google's device flow does not give access to mail.
    pub fn has_device_flow(&self) -> bool {
        matches!(self, Provider::Microsoft { .. })
    }

    /// What is asked for, in one word after the other.
    pub fn scope(&self, uses: &[Use]) -> String {
        match self {
            Provider::Google => "https://mail.google.com/".to_owned(),
            Provider::Microsoft { .. } => {
                let name = |one: &Use| match one {
                    Use::Imap => "https://outlook.office.com/IMAP.AccessAsUser.All ",
                    Use::Pop3 => "https://outlook.office.com/POP.AccessAsUser.All ",
                    Use::Send => "https://outlook.office.com/SMTP.Send ",
                };
                // Without it there is no refresh token.
                uses.iter().map(name).collect::<String>() + "offline_access"
            }
        }
    }

    /// The server, and its port for TLS from the first byte (for `Send`, for STARTTLS).
    pub fn server(&self, of: Use) -> (&'static str, u16) {
        match (self, of) {
            (Provider::Microsoft { .. }, Use::Imap) => ("outlook.office365.com", 993),
            (Provider::Microsoft { .. }, Use::Pop3) => ("outlook.office365.com", 995),
            (Provider::Microsoft { .. }, Use::Send) => ("smtp.office365.com", 587),
            (Provider::Google, Use::Imap) => ("imap.gmail.com", 993),
            (Provider::Google, Use::Pop3) => ("pop.gmail.com", 995),
            (Provider::Google, Use::Send) => ("smtp.gmail.com", 587),
        }
    }
}

/// A tenant is part of a path: nothing of it may lead elsewhere.
fn microsoft(tenant: &str, door: &str) -> String {
    let plain: String = tenant
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.'))
        .collect();
    let tenant = if plain.trim_matches('.').is_empty() {
        "common"
    } else {
        &plain
    };
    format!("https://login.microsoftonline.com/{tenant}/oauth2/v2.0/{door}")
}
