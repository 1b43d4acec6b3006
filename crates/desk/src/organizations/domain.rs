//! Mail domains: which text is one, and which belong to everybody. Pure.

/// Mailboxes anybody can have, in Canada and at large. Whoever writes from one says nothing of where he works.
const PUBLIC: &[&str] = &[
    "aol.com",
    "bell.net",
    "cogeco.ca",
    "cogeco.net",
    "duck.com",
    "eastlink.ca",
    "fastmail.com",
    "fastmail.fm",
    "free.fr",
    "gmail.com",
    "gmx.com",
    "gmx.de",
    "gmx.fr",
    "gmx.net",
    "googlemail.com",
    "hey.com",
    "hotmail.ca",
    "hotmail.co.uk",
    "hotmail.com",
    "hotmail.fr",
    "hushmail.com",
    "icloud.com",
    "inbox.com",
    "laposte.net",
    "live.ca",
    "live.com",
    "live.fr",
    "mac.com",
    "mail.com",
    "mail.ru",
    "me.com",
    "msn.com",
    "mts.net",
    "mymts.net",
    "nbnet.nb.ca",
    "ns.sympatico.ca",
    "orange.fr",
    "outlook.com",
    "outlook.fr",
    "pm.me",
    "posteo.de",
    "proton.me",
    "protonmail.ch",
    "protonmail.com",
    "qq.com",
    "rocketmail.com",
    "rogers.com",
    "sasktel.net",
    "sfr.fr",
    "shaw.ca",
    "sympatico.ca",
    "telus.net",
    "tutanota.com",
    "tuta.io",
    "videotron.ca",
    "videotron.qc.ca",
    "wanadoo.fr",
    "web.de",
    "xplornet.ca",
    "xplornet.com",
    "yahoo.ca",
    "yahoo.co.uk",
    "yahoo.com",
    "yahoo.fr",
    "yandex.com",
    "yandex.ru",
    "ymail.com",
    "zoho.com",
    "zohomail.com",
];

pub fn is_public(domain: &str) -> bool {
    PUBLIC.contains(&domain)
}

/// Lower case, without a leading `@`; `None` when it cannot be a mail domain.
pub(super) fn normal(text: &str) -> Option<String> {
    let domain = text.trim().trim_start_matches('@').to_lowercase();
    // The rule of addresses is the rule of domains: a domain is good when an address at it is.
    let whole = crate::people::Address::parse(&format!("a@{domain}"))?;
    domain.contains('.').then(|| whole.domain().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_is_read_as_people_write_it() {
        assert_eq!(normal(" @Cedar.Example").as_deref(), Some("cedar.example"));
        for odd in ["", "cedar", "a b.example", "cedar.example/x", "x@cedar.example"] {
            assert_eq!(normal(odd), None, "{odd:?}");
        }
    }

    #[test]
    fn everybodys_mailbox_is_nobodys_domain() {
        for domain in [
            "gmail.com",
            "videotron.ca",
            "bell.net",
            "hotmail.com",
            "icloud.com",
            "proton.me",
            "yahoo.ca",
        ] {
            assert!(is_public(domain), "{domain}");
        }
        assert!(!is_public("cedar.example"));
    }
}
