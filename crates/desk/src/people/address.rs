//! A mail address as the desk keeps it: trimmed, lower case, and safe to stand in a header. Pure.

use std::fmt;

/// RFC 5321, 4.5.3.1: 256 octets for a path with its brackets, 64 for the local part.
const MOST: usize = 254;
const MOST_LOCAL: usize = 64;

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address(String);

impl Address {
    /// `None` when it cannot be an address: not one `@`, spaces or control characters, too long, an odd domain.
    pub fn parse(text: &str) -> Option<Address> {
        let text = text.trim().to_lowercase();
        let (local, domain) = text.split_once('@')?;
        let fits = text.len() <= MOST && local.len() <= MOST_LOCAL;
        (fits && is_local(local) && is_domain(domain)).then_some(Address(text))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn local(&self) -> &str {
        self.0.split_once('@').map_or("", |(local, _)| local)
    }

    pub fn domain(&self) -> &str {
        self.0.split_once('@').map_or("", |(_, domain)| domain)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn is_local(local: &str) -> bool {
    // What would need quoting in a header is refused rather than quoted: nobody's real address has it.
    let odd = |c: char| c.is_control() || c.is_whitespace() || "()<>[]:;@\\,\"".contains(c);
    !local.is_empty() && !local.contains(odd)
}

fn is_domain(domain: &str) -> bool {
    domain.split('.').all(|label| {
        let letters = label.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
        !label.is_empty() && label.len() <= 63 && letters && !label.starts_with('-') && !label.ends_with('-')
    })
}

#[cfg(test)]
mod tests {
    use super::Address;

    #[test]
    fn addresses_are_trimmed_and_lowered() {
        for (given, wanted) in [
            (" Payroll@Cedar.Example ", "payroll@cedar.example"),
            ("o'larch+desk@cedar.example", "o'larch+desk@cedar.example"),
            ("root@printer-3", "root@printer-3"),
            ("élise@forêt.example", "élise@forêt.example"),
        ] {
            assert_eq!(Address::parse(given).expect(given).as_str(), wanted);
        }
    }

    #[test]
    fn what_is_no_address_is_refused() {
        let long_local = format!("{}@x.example", "a".repeat(65));
        let long = format!("a@{}", vec!["b".repeat(60); 5].join("."));
        for given in [
            "",
            "@",
            "a@",
            "@b",
            "a b@c",
            "a@b@c",
            "a@b\r\nBcc: c@d",
            "a\0@b",
            "a@b..c",
            "a@.b",
            "a@-b",
            "<a@b>",
            "a,b@c",
            "\"a b\"@c",
            "a@[10.0.0.1]",
            &long_local,
            &long,
        ] {
            assert_eq!(Address::parse(given), None, "{given:?}");
        }
    }
}
