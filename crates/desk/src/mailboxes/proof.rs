//! Whether our own mail server vouches for the sender: its `Authentication-Results` (RFC 8601) say that DMARC passed
//! for the domain in From. Pure. Anyone can write such a field, so only the topmost one counts, only under the configured
//! name, and only where our own server handed the letter over. What stands below it came with the letter.

/// `results` are the fields in the order of the letter, the newest first.
pub(super) fn dmarc_passes(results: &[String], authserv_id: &str, from_domain: &str) -> bool {
    let Some(field) = results.first().map(|field| without_comments(field)) else {
        return false;
    };
    let mut parts = field.split(';');
    let mut head = parts.next().unwrap_or_default().split_whitespace();
    let name = head.next().unwrap_or_default();
    // Behind the name a version may stand, of which there is one.
    let known = head.next().is_none_or(|version| version == "1") && head.next().is_none();
    if !known || authserv_id.is_empty() || from_domain.is_empty() || !name.eq_ignore_ascii_case(authserv_id) {
        return false;
    }
    let from = format!("header.from={}", from_domain.to_lowercase());
    let mut passed = false;
    for result in parts {
        let words: Vec<String> = result.split_whitespace().map(str::to_lowercase).collect();
        let Some(verdict) = words.first().and_then(|w| w.strip_prefix("dmarc=")) else {
            continue;
        };
        let domains: Vec<&String> = words.iter().filter(|w| w.starts_with("header.from=")).collect();
        // One word of doubt is doubt.
        if verdict != "pass" || domains.is_empty() || domains.iter().any(|d| **d != from) {
            return false;
        }
        passed = true;
    }
    passed
}

/// The field without `(comments)`, which may nest and may hold anything, and without quotation marks.
fn without_comments(field: &str) -> String {
    let (mut depth, mut quoted, mut out) = (0_usize, false, String::with_capacity(field.len()));
    let mut characters = field.chars();
    while let Some(c) = characters.next() {
        match c {
            '\\' => {
                characters.next();
            }
            '"' if depth == 0 => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted && depth > 0 => depth -= 1,
            // Inside quotation marks nothing separates.
            ';' if quoted => out.push(','),
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out.replace(" =", "=").replace("= ", "=")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passes(fields: &[&str]) -> bool {
        let fields: Vec<String> = fields.iter().map(ToString::to_string).collect();
        dmarc_passes(&fields, "mx.desk.example", "desk.example")
    }

    #[test]
    fn our_own_server_vouches() {
        assert!(passes(&[
            "mx.desk.example; spf=pass; dmarc=pass (p=none; dis=none) header.from=desk.example"
        ]));
        assert!(passes(&[
            "MX.desk.example 1; dkim=pass header.d=desk.example; DMARC=pass header.from=Desk.example"
        ]));
        assert!(passes(&[
            "mx.desk.example; dmarc=pass header.from=desk.example",
            "mx.desk.example; dmarc=fail header.from=desk.example",
            "evil.example; dmarc=fail header.from=desk.example"
        ]));
    }

    #[test]
    fn nobody_else_does() {
        for forged in [
            "evil.example; dmarc=pass header.from=desk.example",
            "mx.desk.example.evil.example; dmarc=pass header.from=desk.example",
            "mx.desk.example; dmarc=fail header.from=desk.example",
            "mx.desk.example; dmarc=pass header.from=evil.example",
            "mx.desk.example; dmarc=pass",
            "mx.desk.example 2; dmarc=pass header.from=desk.example",
            "mx.desk.example evil.example; dmarc=pass header.from=desk.example",
            "evil.example mx.desk.example; dmarc=pass header.from=desk.example",
            "mx.desk.example; dmarc=pass header.from=evil.example header.from=desk.example",
            "mx.desk.example; dmarc=pass header.from=desk.example; dmarc=fail header.from=desk.example",
            "mx.desk.example; dmarc=passed header.from=desk.example",
            "mx.desk.example; xdmarc=pass header.from=desk.example",
            "mx.desk.example; dmarc=pass header.from=sub.desk.example",
            "mx.desk.example; dmarc=pass x-header.from=desk.example",
            "mx.desk.example; spf=pass smtp.mailfrom=x@desk.example; dkim=pass header.d=desk.example",
            "mx.desk.example; dkim=pass (dmarc=pass header.from=desk.example)",
            "mx.desk.example; dkim=pass reason=\"; dmarc=pass header.from=desk.example\"",
            "(mx.desk.example) evil.example; dmarc=pass header.from=desk.example",
            "",
        ] {
            assert!(!passes(&[forged]), "{forged}");
        }
        // What a sender put below the field of our server, or below another's.
        assert!(!passes(&[
            "mx.desk.example; dmarc=fail header.from=desk.example",
            "mx.desk.example; dmarc=pass header.from=desk.example"
        ]));
        // Our server asked about SPF alone, and below stands what came with the letter.
        assert!(!passes(&[
            "mx.desk.example; spf=fail smtp.mailfrom=x@desk.example",
            "mx.desk.example; dmarc=pass header.from=desk.example"
        ]));
        assert!(!passes(&[
            "relay.example; spf=none",
            "mx.desk.example; dmarc=pass header.from=desk.example"
        ]));
        assert!(!dmarc_passes(
            &["; dmarc=pass header.from=desk.example".to_string()],
            "",
            "desk.example"
        ));
    }
}
