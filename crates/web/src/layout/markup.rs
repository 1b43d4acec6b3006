//! HTML that may go to a page as it is. The only ways to make one are here: from Markdown or plain text of a person,
//! through the sanitiser, and from our own marks.

use std::fmt;

use askama::filters::HtmlSafe;
use desk::knowledge::{self, Target};

use super::Headings;

/// Text that is already safe HTML.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Markup(String);

impl fmt::Display for Markup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for Markup {}

impl Markup {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// With the numbers of tickets in it as links: for those who work on tickets.
    #[must_use]
    pub fn with_numbers(self) -> Markup {
        Markup(super::numbers::linked(&self.0))
    }

    /// An icon of the sprite: our own marks, no text of anybody.
    pub fn icon(name: &'static str) -> Markup {
        let base = crate::assets::base();
        Markup(format!(
            "<svg class=\"i\" aria-hidden=\"true\"><use href=\"{base}/icons.svg#i-{name}\"/></svg>"
        ))
    }

    /// A piece of a page of ours, rendered.
    pub fn piece(template: &impl askama::Template) -> askama::Result<Markup> {
        template.render().map(Markup)
    }

    /// A passage of an article, made safe by the desk; `address` says where its links lead, and pictures wait until they are
    /// seen.
    pub fn passage(text: &str, address: impl Fn(Target) -> Option<String>, headings: &mut Headings) -> Markup {
        let html = knowledge::html(text, address);
        // In safe HTML this begins a tag and nothing else: the mark stands escaped everywhere else.
        Markup(headings.order(&html).replace("<img ", "<img loading=\"lazy\" "))
    }

    /// HTML a stranger sent, sanitised when it came in and once more now that it goes out.
    pub fn foreign(html: &str) -> Markup {
        Markup(desk::mailboxes::safe_html(html))
    }
}

/// A technician's Markdown, as the requester will see it.
pub fn markdown(text: &str) -> Markup {
    Markup(desk::mailboxes::markdown_html(text))
}

/// A passage of an article. `address` says where its links to articles and files lead.
pub fn passage(text: &str, address: impl Fn(desk::knowledge::Target) -> Option<String>) -> Markup {
    Markup(desk::knowledge::html(text, address))
}

/// Plain words of a person: escaped, line by line, addresses of pages made into links.
pub fn plain(text: &str) -> Markup {
    let mut html = String::with_capacity(text.len() + 32);
    for paragraph in text.trim().split("\n\n").filter(|p| !p.trim().is_empty()) {
        html.push_str("<p>");
        for (at, line) in paragraph.lines().enumerate() {
            if at > 0 {
                html.push_str("<br>");
            }
            link_words(line, &mut html);
        }
        html.push_str("</p>");
    }
    Markup(html)
}

fn link_words(line: &str, html: &mut String) {
    for (at, word) in line.split(' ').enumerate() {
        if at > 0 {
            html.push(' ');
        }
        let end = word
            .trim_end_matches(['.', ',', ';', ':', ')', '!', '?', '>', '"', '\''])
            .len();
        let (address, rest) = word.split_at(end);
        if (address.starts_with("https://") || address.starts_with("http://")) && address.len() > 10 {
            html.push_str("<a class=\"link\" rel=\"noopener noreferrer nofollow\" href=\"");
            escape(address, html);
            html.push_str("\">");
            escape(address, html);
            html.push_str("</a>");
        } else {
            escape(address, html);
        }
        escape(rest, html);
    }
}

fn escape(text: &str, html: &mut String) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            c => html.push(c),
        }
    }
}

/// One or two letters for a face.
pub fn initials(name: &str) -> String {
    let mut words = name
        .split_whitespace()
        .filter_map(|w| w.chars().find(|c| c.is_alphanumeric()));
    let first = words.next();
    let last = words.next_back();
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

/// One of five tones, the same for the same person everywhere.
pub fn face_tone(id: i64) -> i64 {
    id.rem_euclid(5) + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_words_stay_words() {
        let html = plain("a <b>\nsee https://example.org/x?a=1&b=2.\n\nend").to_string();
        assert_eq!(
            html,
            "<p>a &lt;b&gt;<br>see <a class=\"link\" rel=\"noopener noreferrer nofollow\" \
             href=\"https://example.org/x?a=1&amp;b=2\">https://example.org/x?a=1&amp;b=2</a>.</p><p>end</p>"
        );
    }

    #[test]
    fn a_quote_in_an_address_cannot_leave_it() {
        assert!(
            !plain("https://x.example/\"onmouseover=alert(1)")
                .to_string()
                .contains("\"onmouseover")
        );
    }
}
