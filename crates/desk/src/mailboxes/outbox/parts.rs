//! The words of a letter that leaves, as text and as HTML. Pure. Only a technician's reply carries words of a person;
//! the automatic letters are fixed sentences, so that nobody can have the desk say something to a stranger.

use super::fill::Values;
use super::links::HowItWent;
use super::queue::Notice;
use super::quoted::Quoted;
use super::template::Template;
use crate::mailboxes::gist::one_line;
use crate::mailboxes::sentences::say;
use crate::words::Lang;

pub(super) struct Content {
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// A reply: the technician's Markdown, the mailbox's signature, how to answer and where to see it; when it was the word
/// that solved the request, how it went; then what it answers.
pub(super) struct Reply<'a> {
    pub subject: &'a str,
    pub body: &'a str,
    pub signature: &'a str,
    /// What stands under it.
    pub frame: &'a Template,
    pub values: Values<'a>,
    pub asked: Option<&'a HowItWent>,
    pub quoted: &'a Quoted,
}

impl Reply<'_> {
    pub(super) fn content(&self) -> Content {
        Content {
            subject: format!("Re: {}", self.subject),
            text: self.text(),
            html: page(self.values.lang, &self.html()),
        }
    }

    fn text(&self) -> String {
        let frame = self.values.in_text(&self.frame.body);
        let under: Vec<&str> = [self.signature, frame.trim()]
            .into_iter()
            .filter(|p| !p.is_empty())
            .collect();
        let mut text = format!("{}\n", self.body);
        if !under.is_empty() {
            text.push_str(&format!("\n-- \n{}\n", under.join("\n\n")));
        }
        if let Some(asked) = self.asked {
            let lead = say(self.values.lang, "mail-solved-reply");
            text.push_str(&format!("\n{lead}\n{}", answers_text(self.values.lang, asked)));
        }
        text + &self.quoted.text
    }

    /// What the letter shows: the preview of a page is this and nothing else.
    pub(super) fn html(&self) -> String {
        let mut html = markdown(self.body) + &markdown(self.signature);
        let frame = self.values.in_markdown(&self.frame.body);
        if !frame.trim().is_empty() {
            html.push_str("<hr>");
            html.push_str(&markdown(&frame));
        }
        if let Some(asked) = self.asked {
            let lead = say(self.values.lang, "mail-solved-reply");
            html.push_str(&answers_html(self.values.lang, &lead, asked));
        }
        html + &self.quoted.html
    }
}

/// What the desk writes by itself: its template, with values in the fields.
pub(super) fn automatic(template: &Template, values: &Values<'_>) -> Content {
    let text = values.in_text(&template.body);
    Content {
        subject: one_line(&values.in_text(&template.subject), 250),
        text: text.trim_end().to_string() + "\n",
        html: page(values.lang, &automatic_html(template, values)),
    }
}

pub(super) fn automatic_html(template: &Template, values: &Values<'_>) -> String {
    markdown(&values.in_markdown(&template.body))
}

fn answers(lang: Lang, asked: &HowItWent) -> [(String, &str); 2] {
    [
        (say(lang, "mail-went-well"), asked.good.as_str()),
        (say(lang, "mail-went-not"), asked.bad.as_str()),
    ]
}

fn answers_text(lang: Lang, asked: &HowItWent) -> String {
    let line = |(words, link): &(String, &str)| format!("{words}\n{link}\n");
    answers(lang, asked).iter().map(line).collect()
}

/// Big enough for a thumb without a style of its own: each on a line.
fn answers_html(lang: Lang, lead: &str, asked: &HowItWent) -> String {
    let line = |(words, link): &(String, &str)| {
        format!(
            "<p><a href=\"{}\"><strong>{}</strong></a></p>",
            escape(link),
            escape(words)
        )
    };
    let links: String = answers(lang, asked).iter().map(line).collect();
    format!("<p>{}</p>{links}", escape(lead))
}

/// Markdown as HTML, sanitised: what a page shows is what the letter carries.
pub fn markdown(body: &str) -> String {
    markdown_with(body, |_, _| None, |_| None)
}

/// The same where some links mean things of the desk: `link` gives another address for one, and is told whether it is a
/// picture; `picture` gives ours for a picture under `cid:`.
pub fn markdown_with(
    body: &str,
    link: impl Fn(&str, bool) -> Option<String>,
    picture: impl Fn(&str) -> Option<String>,
) -> String {
    use pulldown_cmark::{Event, Options, Parser, Tag};
    let parser = Parser::new_ext(body, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH);
    let meant = parser.map(|mut event| {
        let pictured = matches!(event, Event::Start(Tag::Image { .. }));
        if let Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) = &mut event
            && let Some(other) = link(dest_url, pictured)
        {
            *dest_url = other.into();
        }
        event
    });
    let mut html = String::with_capacity(body.len() * 2);
    pulldown_cmark::html::push_html(&mut html, meant);
    mail::html::clean_with(&html, picture).html
}

/// The words of Markdown without its marks, on one line: for a glance at what was answered.
pub fn markdown_words(body: &str) -> String {
    use pulldown_cmark::{Event, TagEnd};
    let mut words = String::with_capacity(body.len());
    for event in pulldown_cmark::Parser::new(body) {
        match event {
            Event::Text(text) | Event::Code(text) => words.push_str(&text),
            Event::SoftBreak
            | Event::HardBreak
            | Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::Heading(_) | TagEnd::CodeBlock) => words.push(' '),
            _ => {}
        }
    }
    words
}

/// A notice: what it says as it stands, then where to see more.
pub(super) fn notice(lang: Lang, notice: &Notice, link: &str) -> Content {
    let Notice { text, footer, .. } = notice;
    let (words, foot, to) = (escape(text), escape(footer), escape(link));
    let body = format!("<pre>{words}</pre><hr><p>{foot}<br><a href=\"{to}\">{to}</a></p>");
    Content {
        subject: notice.subject.clone(),
        text: format!("{text}\n-- \n{footer}\n{link}\n"),
        html: page(lang, &body),
    }
}

/// A whole page around HTML that is safe already.
fn page(lang: Lang, body: &str) -> String {
    format!(
        "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\"></head><body>{body}</body></html>",
        lang.tag()
    )
}

pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mailboxes::outbox::template::{TemplateKind, usual};

    const LINK: &str = "https://desk.example/en/k/x-_y";

    fn values(lang: Lang, asked: Option<&HowItWent>) -> Values<'_> {
        Values {
            lang,
            number: Some(1042),
            desk: "<Desk>",
            name: "Cedar",
            link: LINK,
            asked,
        }
    }

    #[test]
    fn a_reply_is_markdown_made_safe_with_what_stands_under_it() {
        let quoted = Quoted {
            text: "\nOn Monday, Cedar wrote:\n> Help\n".into(),
            html: "<blockquote>Help</blockquote>".into(),
        };
        let frame = usual(Lang::En, TemplateKind::Reply);
        let c = Reply {
            subject: "Printer",
            body: "**Hello**\n\n<script>alert(1)</script>",
            signature: "_The desk_",
            frame: &frame,
            values: values(Lang::En, None),
            asked: None,
            quoted: &quoted,
        }
        .content();
        assert!(
            c.html.contains("<strong>Hello</strong>") && c.html.contains("<em>The desk</em>"),
            "{}",
            c.html
        );
        assert!(!c.html.contains("<script"), "{}", c.html);
        assert!(c.html.contains(&format!("href=\"{LINK}\"")), "{}", c.html);
        let order = ["**Hello**", "-- \n_The desk_", "request 1042", LINK, "> Help"];
        let places: Vec<_> = order.iter().map(|part| c.text.find(part).expect(part)).collect();
        assert!(places.is_sorted(), "{}", c.text);
    }

    #[test]
    fn a_glance_at_markdown_shows_no_marks() {
        let words = markdown_words("Try **this**:\n\n1. Open `cmd`.\n2. [Close](https://x.example) it.\n\n<b>x</b>");
        let plain: Vec<&str> = words.split_whitespace().collect();
        assert_eq!(plain.join(" "), "Try this: Open cmd. Close it. x");
    }

    #[test]
    fn the_letter_about_a_solving_has_each_answer_on_a_line_of_its_own() {
        let asked = HowItWent::of("https://desk.example", Lang::Fr, "s3cret");
        let c = automatic(&usual(Lang::Fr, TemplateKind::Solved), &values(Lang::Fr, Some(&asked)));
        for word in ["good", "bad"] {
            let link = format!("https://desk.example/fr/rate/s3cret?answer={word}");
            assert!(c.text.lines().any(|line| line == link), "{}", c.text);
            assert!(c.html.contains(&format!("<a href=\"{link}\"")), "{}", c.html);
        }
        assert!(c.subject.contains("1042") && !c.text.contains("[mail") && !c.html.contains("[mail"));
    }

    #[test]
    fn an_automatic_letter_speaks_both_languages() {
        let en = automatic(&usual(Lang::En, TemplateKind::Acknowledgement), &values(Lang::En, None));
        let fr = automatic(&usual(Lang::Fr, TemplateKind::Confirm), &values(Lang::Fr, None));
        assert_eq!(en.subject, "We have your request 1042");
        assert!(
            fr.text.contains("<Desk>") && fr.html.contains("&lt;Desk&gt;"),
            "{}",
            fr.html
        );
        for c in [en, fr] {
            assert!(
                !c.text.contains('[') && !c.html.contains("[mail") && !c.html.contains("{{"),
                "{}",
                c.text
            );
            assert!(c.text.lines().any(|line| line == LINK) && c.html.contains(&format!("href=\"{LINK}\"")));
        }
    }
}
