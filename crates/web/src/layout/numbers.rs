//! `#1234` in words becomes a link to that ticket. Only a link: whether there is such a ticket, and who may see it, is
//! said by its page and by nothing here.

/// Digits a number may have.
const DIGITS: std::ops::RangeInclusive<usize> = 4..=9;

/// Safe HTML with its numbers linked, but for those that stand in a link, in code or in an address.
pub(super) fn linked(html: &str) -> String {
    let mut out = String::with_capacity(html.len() + 64);
    let mut rest = html;
    // How many elements deep we are in words that stay as they are.
    let mut kept = 0_usize;
    while let Some(at) = rest.find('<') {
        let end = rest[at..].find('>').map_or(rest.len(), |end| at + end + 1);
        words(&rest[..at], kept == 0, &mut out);
        let tag = &rest[at..end];
        kept = depth(tag, kept);
        out.push_str(tag);
        rest = &rest[end..];
    }
    words(rest, kept == 0, &mut out);
    out
}

fn depth(tag: &str, kept: usize) -> usize {
    let closes = tag.starts_with("</");
    let name = tag.trim_start_matches(['<', '/']);
    let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    match (["a", "code", "pre"].contains(&&name[..end]), closes) {
        (true, false) => kept + 1,
        (true, true) => kept.saturating_sub(1),
        (false, _) => kept,
    }
}

fn words(text: &str, linking: bool, out: &mut String) {
    let mut rest = text;
    let mut before = ' ';
    while let Some(at) = rest.find('#').filter(|_| linking) {
        before = rest[..at].chars().next_back().unwrap_or(before);
        let digits = rest[at + 1..].chars().take_while(char::is_ascii_digit).count();
        let end = at + 1 + digits;
        let after = rest[end..].chars().next();
        // `&#8217;` is a letter, `a#1234` is a part of something else.
        let alone = !before.is_alphanumeric() && !"&/#".contains(before);
        let ends = after.is_none_or(|c| !c.is_alphanumeric());
        out.push_str(&rest[..at]);
        let number = &rest[at + 1..end];
        if alone && ends && DIGITS.contains(&digits) && !number.starts_with('0') {
            out.push_str("<a class=\"link\" href=\"/tickets/");
            out.push_str(number);
            out.push_str("\">#");
            out.push_str(number);
            out.push_str("</a>");
        } else {
            out.push_str(&rest[at..end]);
        }
        before = if digits > 0 { '0' } else { '#' };
        rest = &rest[end..];
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_in_words_is_a_link() {
        let link = "<a class=\"link\" href=\"/tickets/1234\">#1234</a>";
        for before in ["", "see ", "(", "<p>", "é "] {
            assert_eq!(linked(&format!("{before}#1234.")), format!("{before}{link}."));
        }
        assert_eq!(linked("#1234, <b>#1234</b>"), format!("{link}, <b>{link}</b>"));
    }

    #[test]
    fn everything_else_stays() {
        for text in [
            "&#8217; &#12345;",
            "<a href=\"/x#1234\">see #1234</a>",
            "<code>#1234</code> <pre><code>#1234</code></pre>",
            "a#1234 ##1234 #123 #12ab #1234567890 #0123 #",
            "https://example.org/#1234",
            "<a href=\"x\">&lt;<b>#1234</b></a>",
        ] {
            assert_eq!(linked(text), text);
        }
    }
}
