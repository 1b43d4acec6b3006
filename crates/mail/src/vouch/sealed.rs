//! What a trusted forwarder saw (RFC 8617, section 7.2.1). A whole chain says only that nothing was
//! changed since it was sealed; anyone may seal a forgery. So what counts is what the earliest of the
//! trusted sealers wrote down when the letter reached it, and that only trusted ones came after it.
//! Pure.

use mail_auth::{ArcOutput, DkimResult};

/// The trusted sealer who saw DMARC pass for this domain, if there is one.
pub(super) fn vouches(arc: &ArcOutput<'_>, domain: &str, sealers: &[String]) -> Option<String> {
    if *arc.result() != DkimResult::Pass {
        return None;
    }
    let trusted = |name: &str| sealers.iter().any(|sealer| sealer.eq_ignore_ascii_case(name));
    let since = arc
        .sets()
        .iter()
        .rev()
        .take_while(|set| trusted(&set.seal.header.d) && trusted(&set.signature.header.d));
    let earliest = since.last()?;
    let saw = String::from_utf8_lossy(earliest.results.value).into_owned();
    saw_pass(&saw, domain).then(|| earliest.seal.header.d.to_lowercase())
}

/// Whether results such as `i=1; mx.example; dmarc=pass header.from=a.example` say that DMARC passed
/// for the domain, and nowhere that it did not.
fn saw_pass(results: &str, domain: &str) -> bool {
    let plain = without_comments(results).to_lowercase();
    let from = format!("header.from={}", domain.to_lowercase());
    let mut passed = false;
    for result in plain.split(';') {
        let mut words = result.split_whitespace();
        let Some(verdict) = words.next().and_then(|word| word.strip_prefix("dmarc=")) else {
            continue;
        };
        if verdict != "pass" || !words.any(|word| word == from) {
            return false;
        }
        passed = true;
    }
    passed
}

/// Without `(comments)`, which nest, and with what stands in quotation marks made one word.
fn without_comments(text: &str) -> String {
    let (mut depth, mut quoted, mut out) = (0_usize, false, String::with_capacity(text.len()));
    let mut characters = text.chars();
    while let Some(c) = characters.next() {
        match c {
            '\\' => drop(characters.next()),
            '"' if depth == 0 => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted && depth > 0 => depth -= 1,
            _ if depth > 0 => {}
            c if quoted && (c == ';' || c.is_whitespace()) => out.push('_'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::saw_pass;

    #[test]
    fn only_a_plain_pass_is_one() {
        for (results, pass) in [
            (
                "i=1; mx.a.example; spf=pass; dmarc=pass (p=reject) header.from=b.example",
                true,
            ),
            ("i=1; mx.a.example;\r\n\tDMARC=Pass header.from=B.example", true),
            ("i=1; mx.a.example; dmarc=fail header.from=b.example", false),
            ("i=1; mx.a.example; dmarc=pass header.from=c.example", false),
            ("i=1; mx.a.example; dkim=pass header.from=b.example", false),
            (
                "i=1; mx.a.example; spf=fail reason=\"; dmarc=pass header.from=b.example\"",
                false,
            ),
            ("i=1; mx.a.example (; dmarc=pass header.from=b.example", false),
            (
                "i=1; mx; dmarc=pass header.from=b.example; dmarc=fail header.from=b.example",
                false,
            ),
            ("i=1; mx; xdmarc=pass header.from=b.example", false),
            ("", false),
        ] {
            assert_eq!(saw_pass(results, "b.example"), pass, "{results}");
        }
    }
}
