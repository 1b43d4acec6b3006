//! The words of a letter that leaves, as text and as HTML. Pure. Only a technician's reply carries words of a person;
//! the automatic letters are fixed sentences, so that nobody can have the desk say something to a stranger.

use super::links::HowItWent;
use super::queue::{Notice, OutgoingKind};
use crate::mailboxes::sentences::{say, say_with};
use crate::words::{Arg, Lang};

pub(super) struct Content {
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// A reply: the technician's Markdown, then how to answer and where to see it; and, when it was the word that solved the
/// request, how it went.
pub(super) fn reply(
    lang: Lang,
    subject: &str,
    body: &str,
    number: i64,
    link: &str,
    asked: Option<&HowItWent>,
) -> Content {
    let footer = say_with(lang, "mail-reply-footer", &[("number", Arg::Owned(number.to_string()))]);
    let html = markdown(body);
    let (text, after) = match asked {
        Some(asked) => {
            let lead = say(lang, "mail-solved-reply");
            (
                format!("\n{lead}\n{}", answers_text(lang, asked)),
                answers_html(lang, &lead, asked),
            )
        }
        None => (String::new(), String::new()),
    };
    Content {
        subject: format!("Re: {subject}"),
        text: format!("{body}\n\n-- \n{footer}\n{link}\n{text}"),
        html: page(lang, &html, &footer, link, &after),
    }
}

/// "It is solved": fixed sentences, and how it went.
pub(super) fn solved(lang: Lang, number: i64, link: &str, asked: &HowItWent) -> Content {
    let args = [("number", Arg::Owned(number.to_string()))];
    let body = say_with(lang, "mail-solved-body", &args);
    let (ask, footer) = (say(lang, "mail-solved-ask"), say(lang, "mail-solved-footer"));
    let before = paragraphs(&body) + &answers_html(lang, &ask, asked) + &paragraphs(&footer);
    Content {
        subject: say_with(lang, "mail-solved-subject", &args),
        text: format!("{body}\n\n{ask}\n{}\n{footer}\n{link}\n", answers_text(lang, asked)),
        html: page(lang, &before, "", link, ""),
    }
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
    paragraphs(lead) + &links
}

/// Markdown as HTML, sanitised: what a page shows is what the letter carries.
pub fn markdown(body: &str) -> String {
    let options = pulldown_cmark::Options::ENABLE_TABLES | pulldown_cmark::Options::ENABLE_STRIKETHROUGH;
    let mut html = String::with_capacity(body.len() * 2);
    pulldown_cmark::html::push_html(&mut html, pulldown_cmark::Parser::new_ext(body, options));
    mail::html::clean(&html).html
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

pub(super) fn automatic(lang: Lang, kind: OutgoingKind, desk: &str, number: Option<i64>, link: &str) -> Content {
    let (subject, body, footer) = match kind {
        OutgoingKind::Confirm => ("mail-confirm-subject", "mail-confirm-body", Some("mail-confirm-footer")),
        OutgoingKind::SignIn => ("mail-sign-in-subject", "mail-sign-in-body", Some("mail-sign-in-footer")),
        _ => ("mail-ack-subject", "mail-ack-body", None),
    };
    let number = number.map(|n| n.to_string()).unwrap_or_default();
    let args = [("number", Arg::Text(&number)), ("desk", Arg::Text(desk))];
    let body = say_with(lang, body, &args);
    let footer = footer.map(|key| say(lang, key)).unwrap_or_default();
    let text = format!("{body}\n{link}\n\n{footer}").trim_end().to_string() + "\n";
    Content {
        subject: say_with(lang, subject, &args),
        text,
        html: page(lang, &paragraphs(&body), "", link, &paragraphs(&footer)),
    }
}

/// A notice: what it says as it stands, then where to see more.
pub(super) fn notice(lang: Lang, notice: &Notice, link: &str) -> Content {
    let Notice { text, footer, .. } = notice;
    let body = format!("<pre>{}</pre>", escape(text));
    Content {
        subject: notice.subject.clone(),
        text: format!("{text}\n-- \n{footer}\n{link}\n"),
        html: page(lang, &body, footer, link, ""),
    }
}

/// `body` and `after` are HTML already.
fn page(lang: Lang, body: &str, before: &str, link: &str, after: &str) -> String {
    let link = escape(link);
    let before = if before.is_empty() {
        String::new()
    } else {
        format!("<hr><p>{}<br>", escape(before))
    };
    let open = if before.is_empty() { "<p>" } else { "" };
    format!(
        "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\"></head><body>{body}{before}{open}<a href=\"{link}\">{link}</a></p>{after}</body></html>",
        lang.tag()
    )
}

fn paragraphs(text: &str) -> String {
    text.split("\n\n")
        .filter(|p| !p.is_empty())
        .map(|p| format!("<p>{}</p>", escape(p).replace('\n', "<br>")))
        .collect()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reply_is_markdown_made_safe() {
        let c = reply(
            Lang::En,
            "Printer",
            "**Hello**\n\n<script>alert(1)</script>",
            1042,
            "https://desk.example/en/k/x?a&b",
            None,
        );
        assert!(c.html.contains("<strong>Hello</strong>"), "{}", c.html);
        assert!(!c.html.contains("<script"), "{}", c.html);
        assert!(c.html.contains("https://desk.example/en/k/x?a&amp;b"));
        assert!(c.text.contains("request 1042") && c.text.contains("https://desk.example/en/k/x?a&b"));
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
        let c = solved(Lang::Fr, 1042, "https://desk.example/fr/k/s3cret", &asked);
        for word in ["good", "bad"] {
            let link = format!("https://desk.example/fr/rate/s3cret?answer={word}");
            assert!(c.text.lines().any(|line| line == link), "{}", c.text);
            assert!(c.html.contains(&format!("<a href=\"{link}\">")), "{}", c.html);
        }
        assert!(c.subject.contains("1042") && !c.text.contains("[mail") && !c.html.contains("[mail"));
    }

    #[test]
    fn an_automatic_letter_speaks_both_languages() {
        let en = automatic(
            Lang::En,
            OutgoingKind::Acknowledgement,
            "Desk",
            Some(1042),
            "https://x.example",
        );
        let fr = automatic(
            Lang::Fr,
            OutgoingKind::Confirm,
            "<Desk>",
            Some(1042),
            "https://x.example",
        );
        assert_eq!(en.subject, "We have your request 1042");
        assert!(fr.text.contains("<Desk>") && fr.html.contains("&lt;Desk&gt;"));
        for c in [en, fr] {
            assert!(!c.text.contains('[') && !c.html.contains("[mail"), "{}", c.text);
        }
    }
}
