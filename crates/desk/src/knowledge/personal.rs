//! How things that name a person are written: addresses, numbers of telephones and networks, serial numbers. Pure.

pub(super) fn has_digit(word: &str) -> bool {
    word.bytes().any(|b| b.is_ascii_digit())
}

pub(super) fn is_number(word: &str) -> bool {
    let digits = word.trim_start_matches('#');
    digits.len() > 1 && digits.bytes().all(|b| b.is_ascii_digit())
}

/// `mailto:` and angle brackets go with it; a link of another kind that holds an address is one too.
pub(super) fn is_mail(word: &str) -> bool {
    let Some((local, domain)) = word.rsplit_once('@') else {
        return false;
    };
    let local = local.rsplit([':', '<', '(', '[', '/']).next().unwrap_or_default();
    let ends_well = domain.split('.').next_back().is_some_and(|end| end.len() > 1);
    !local.is_empty() && domain.contains('.') && ends_well
}

pub(super) fn is_network(word: &str) -> bool {
    let bare = word.split(['/', '%']).next().unwrap_or_default();
    let host = match bare.rsplit_once(':') {
        Some((host, port)) if host.contains('.') && port.bytes().all(|b| b.is_ascii_digit()) => host,
        _ => bare,
    };
    let v4: Option<std::net::Ipv4Addr> = host.parse().ok();
    let v6: Option<std::net::Ipv6Addr> = bare.parse().ok();
    v4.is_some() || (v6.is_some() && has_digit(bare) && bare.matches(':').count() > 1) || is_mac(bare)
}

fn is_mac(word: &str) -> bool {
    let parts: Vec<&str> = word.split([':', '-']).collect();
    parts.len() == 6
        && parts
            .iter()
            .all(|p| p.len() == 2 && p.bytes().all(|b| b.is_ascii_hexdigit()))
}

pub(super) fn is_ticket(word: &str, known: &[i64]) -> bool {
    let marked = word.strip_prefix('#').filter(|rest| rest.len() > 2 && is_number(rest));
    let number: Option<i64> = word.trim_start_matches('#').parse().ok();
    marked.is_some() || number.is_some_and(|n| known.contains(&n))
}

/// Capitals and digits mixed as makers do: at least three runs and three digits. Error codes (`0x80070005`), updates
/// (`KB5034441`) and versions are left: an article is about them.
pub(super) fn is_serial(word: &str) -> bool {
    let plain = word.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let mut runs = 1;
    for pair in word.as_bytes().windows(2) {
        runs += usize::from(pair[0].is_ascii_digit() != pair[1].is_ascii_digit());
    }
    plain && (8..=24).contains(&word.len()) && digits >= 3 && runs >= 3
}

/// Where a telephone number that begins here ends.
pub(super) fn phone_at(signs: &[(usize, char)], from: usize) -> Option<usize> {
    let first = signs[from].1;
    if !matches!(first, '+' | '(' | '0'..='9') {
        return None;
    }
    let (mut groups, mut end) = (vec![0_usize], from);
    for at in from..signs.len().min(from + 30) {
        let before = if at > from { signs[at - 1].1 } else { ' ' };
        match signs[at].1 {
            '0'..='9' => {
                end = at + 1;
                if let Some(last) = groups.last_mut() {
                    *last += 1;
                }
            }
            '+' if at == from => {}
            '(' | ')' => groups.push(0),
            ' ' | '-' | '.' | '\u{a0}' if before.is_ascii_digit() || before == ')' => groups.push(0),
            _ => break,
        }
    }
    groups.retain(|n| *n > 0);
    let goes_on = signs.get(end).is_some_and(|(_, c)| c.is_alphanumeric());
    (is_phone(&groups, matches!(first, '+' | '(')) && !goes_on).then_some(end)
}

/// The ways numbers are written here and abroad. Dates, versions and sizes are grouped otherwise.
fn is_phone(groups: &[usize], begins_so: bool) -> bool {
    let digits: usize = groups.iter().sum();
    let usual: [&[usize]; 7] = [
        &[3, 3, 4],
        &[1, 3, 3, 4],
        &[10],
        &[11],
        &[3, 4],
        &[3, 7],
        &[2, 2, 2, 2, 2],
    ];
    usual.contains(&groups) || (begins_so && (7..=15).contains(&digits))
}
