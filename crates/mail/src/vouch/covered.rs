//! What of a letter's header is vouched for along with its sender. A signature holds for the fields it names: whoever has
//! a signed letter may send it on to somebody else, and add any field that was not signed (RFC 6376, sections 8.6 and 8.15).
//! So who takes a field for the sender's own words must ask here first. Pure.

use mail_auth::{ArcOutput, AuthenticatedMessage, DkimOutput, DkimResult, DmarcOutput, DmarcResult};

/// The fields by which a letter says whom it goes to and what it answers.
const ASKED: [&str; 4] = ["to", "cc", "in-reply-to", "references"];

pub(super) fn covered(
    message: &AuthenticatedMessage<'_>,
    domain: &str,
    dmarc: &DmarcOutput,
    dkim: &[DkimOutput<'_>],
    arc: &ArcOutput<'_>,
) -> Vec<&'static str> {
    // The sender's own server stood at the other end: what it said is all its own.
    if *dmarc.spf_result() == DmarcResult::Pass {
        return ASKED.to_vec();
    }
    let own = dkim.iter().filter(|output| *output.result() == DkimResult::Pass);
    let own = own.filter_map(DkimOutput::signature);
    let own = own.filter(|signature| belongs(&signature.d, domain)).map(|s| &s.h);
    let whole = (*arc.result() == DkimResult::Pass).then(|| arc.sets().last()).flatten();
    let sealed = whole.map(|set| &set.signature.header.h);
    let lists: Vec<&Vec<String>> = own.chain(sealed).collect();
    let holds = |field: &&str| lists.iter().any(|list| names_all(list, message, field));
    ASKED.into_iter().filter(holds).collect()
}

pub(super) fn left_alone(message: &AuthenticatedMessage<'_>, domain: &str) -> Vec<&'static str> {
    let own = || message.dkim_headers.iter().filter(|h| belongs(&h.header.d, domain));
    let holds = |field: &&str| match own().next() {
        // Forged ones may stand beside the true one, so each must name it.
        Some(_) => own().all(|h| names_all(&h.header.h, message, field)),
        None => times(message, field) < 2,
    };
    ASKED.into_iter().filter(holds).collect()
}

/// A signature of the same domain, of one above it or of one below.
fn belongs(signer: &str, domain: &str) -> bool {
    let (signer, domain) = (signer.to_lowercase(), domain.to_lowercase());
    let below = |under: &str, over: &str| under.strip_suffix(over).is_some_and(|rest| rest.ends_with('.'));
    signer == domain || below(&signer, &domain) || below(&domain, &signer)
}

/// Each time a signature names a field, one of them is signed, from the last upwards.
fn names_all(list: &[String], message: &AuthenticatedMessage<'_>, field: &str) -> bool {
    let named = list
        .iter()
        .filter(|name| name.trim().eq_ignore_ascii_case(field))
        .count();
    named > 0 && named >= times(message, field)
}

fn times(message: &AuthenticatedMessage<'_>, field: &str) -> usize {
    let same = |name: &[u8]| name.trim_ascii().eq_ignore_ascii_case(field.as_bytes());
    message.headers.iter().filter(|(name, _)| same(name)).count()
}

#[cfg(test)]
mod tests {
    use super::belongs;

    #[test]
    fn a_signature_is_of_the_domain_or_of_its_kin() {
        for (signer, domain, kin) in [
            ("a.example", "A.example", true),
            ("mail.a.example", "a.example", true),
            ("a.example", "mail.a.example", true),
            ("ba.example", "a.example", false),
            ("b.example", "a.example", false),
        ] {
            assert_eq!(belongs(signer, domain), kin, "{signer} {domain}");
        }
    }
}
