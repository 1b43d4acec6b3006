//! Whether our own mail server vouches for the sender: its `Authentication-Results` (RFC 8601) say that DMARC passed
//! for the domain in From. Pure. Anyone can write such a field, so only the topmost ones under the configured name
//! count, and only where our own server handed the letter over.

/// `results` are the fields in the order of the letter, the newest first.
pub(super) fn dmarc_passes(results: &[String], authserv_id: &str, from_domain: &str) -> bool {
    if authserv_id.is_empty() || from_domain.is_empty() {
        return false;
    }
    let mut passed = false;
    for field in results {
        let field = without_comments(field);
        let mut parts = field.split(';');
        let name = parts
            .next()
            .unwrap_or_default()
            .split_whitespace()
            .next()
            .unwrap_or_default();
        if !name.eq_ignore_ascii_case(authserv_id) {
            break;
        }
        for result in parts {
            let words: Vec<String> = result.split_whitespace().map(str::to_lowercase).collect();
            let Some(verdict) = words.first().and_then(|w| w.strip_prefix("dmarc=")) else {
                continue;
            };
            // One word of doubt is doubt: a forged "pass" below a real "fail" changes nothing.
            if verdict != "pass"
                || !words
                    .iter()
                    .any(|w| w.strip_prefix("header.from=") == Some(from_domain))
            {
                return false;
            }
            passed = true;
        }
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
            "MX.desk.example 1; dkim=pass header.d=desk.example",
            "mx.desk.example; DMARC=pass header.from=Desk.example"
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
