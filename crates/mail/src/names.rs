//! File names that came from outside, made harmless. A name is only ever a label: it must never
//! become a path, hide its ending or break a header.

/// Characters that turn the writing direction and so can hide an ending.
fn is_trickster(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

/// The last component of the name without control, direction and path characters, at most 120
/// characters long with its ending kept; `file` when nothing remains.
pub fn safe_name(name: &str) -> String {
    let last = name
        .rsplit(['/', '\\'])
        .find(|p| !p.trim_matches(['.', ' ']).is_empty())
        .unwrap_or("");
    let clean: String = last
        .chars()
        .filter(|c| !c.is_control() && !is_trickster(*c))
        .map(|c| {
            if matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*') {
                '_'
            } else {
                c
            }
        })
        .collect();
    let clean = clean.trim().trim_matches('.').trim();
    if clean.is_empty() {
        return "file".to_owned();
    }
    shorten(clean, 120)
}

fn shorten(name: &str, limit: usize) -> String {
    if name.chars().count() <= limit {
        return name.to_owned();
    }
    let ending: String = match name.rsplit_once('.') {
        Some((_, e)) if e.chars().count() <= 12 => format!(".{e}"),
        _ => String::new(),
    };
    let kept = limit.saturating_sub(ending.chars().count());
    name.chars().take(kept).collect::<String>() + &ending
}
