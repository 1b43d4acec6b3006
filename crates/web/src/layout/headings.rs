//! Headings of a text somebody wrote stand below the title of the page, and none leaves out a level: so they are read aloud
//! and jumped to. Whoever wrote them may have begun with any. Pure.

/// How far the headings of one page have come, passage after passage. What it is given is safe HTML already.
#[derive(Debug, Default)]
pub struct Headings {
    /// The level of the heading before, as it was written and as it stands: the title of the page comes first.
    before: Option<(u8, u8)>,
    open: u8,
}

impl Headings {
    pub(super) fn order(&mut self, html: &str) -> String {
        let (mut out, mut rest) = (String::with_capacity(html.len()), html);
        while let Some(at) = rest.find('<') {
            let (before, tag) = rest.split_at(at);
            out.push_str(before);
            let bytes = tag.as_bytes();
            let closes = bytes.get(1) == Some(&b'/');
            let name = &bytes[if closes { 2 } else { 1 }..];
            let level = match name {
                [b'h', digit @ b'1'..=b'6', b'>' | b' ', ..] => digit - b'0',
                _ => {
                    out.push('<');
                    rest = &tag[1..];
                    continue;
                }
            };
            if !closes {
                self.open = self.level(level);
            }
            out.push_str(if closes { "</h" } else { "<h" });
            out.push(char::from(b'0' + self.open.clamp(2, 6)));
            rest = &tag[if closes { 4 } else { 3 }..];
        }
        out.push_str(rest);
        out
    }

    fn level(&mut self, written: u8) -> u8 {
        let stands = match self.before {
            None => 2,
            Some((was, stood)) if written > was => (stood + 1).min(6),
            Some((was, stood)) => stood.saturating_sub(was - written).max(2),
        };
        self.before = Some((written, stands));
        stands
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_stand_below_the_title_and_leave_out_no_level() {
        let mut headings = Headings::default();
        let all = headings.order("<h1>a</h1><p>x < y</p><h4 align=\"left\">b</h4><h4>c</h4><h1>d</h1>");
        assert_eq!(
            all,
            "<h2>a</h2><p>x < y</p><h3 align=\"left\">b</h3><h3>c</h3><h2>d</h2>"
        );
        assert_eq!(headings.order("<h6>e</h6><hr><h2>f</h2>"), "<h3>e</h3><hr><h2>f</h2>");
    }
}
