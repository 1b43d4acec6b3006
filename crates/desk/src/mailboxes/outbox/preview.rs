//! What a letter will look like, before it leaves: made by what makes the letter, with a link that opens nothing in the
//! place of the one that is made when it leaves.

use db::{Read, args};

use super::fill::Values;
use super::links::{self, HowItWent};
use super::manners;
use super::parts::{self, Reply};
use super::quoted::{self, Quoted};
use super::template::{self, Template, TemplateKind};
use super::templates::{self, Which};
use crate::access::{self, Place};
use crate::context::Context;
use crate::error::Result;
use crate::ids::TicketNumber;
use crate::mailboxes::boxes;
use crate::mailboxes::sentences::say;
use crate::tickets::{self, Status};
use crate::words::Lang;

/// A letter of the kind, with made-up values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    pub subject: String,
    pub text: String,
    /// What stands in its body, safe for a page.
    pub html: String,
}

const NUMBER: i64 = 1042;

/// These words as a letter would have them, kept or not. What could not be kept is refused here too.
pub fn preview_template(r: &mut Read, cx: &Context, which: Which, template: &Template) -> Result<Preview> {
    access::require(&cx.viewer, Place::Admin)?;
    template::check(which.kind, template)?;
    let (lang, public_url) = (which.language, address(cx));
    let link = format!("{public_url}{}", links::sample(lang));
    let asked = HowItWent::of(public_url, lang, links::SAMPLE);
    let name = say(lang, "mail-sample-name");
    let values = Values {
        lang,
        number: Some(NUMBER),
        desk: &cx.house.name,
        name: &name,
        link: &link,
        asked: Some(&asked),
    };
    if which.kind != TemplateKind::Reply {
        let html = parts::automatic_html(template, &values);
        let content = parts::automatic(template, &values);
        return Ok(Preview {
            subject: content.subject,
            text: content.text,
            html,
        });
    }
    let manners = which.mailbox.map(|id| manners::of(r, id)).transpose()?;
    let reply = Reply {
        subject: &say(lang, "mail-sample-subject"),
        body: &say(lang, "mail-sample-reply"),
        signature: manners.as_ref().map_or("", |m| m.signature(lang)),
        frame: template,
        values,
        asked: None,
        quoted: &Quoted::default(),
    };
    let content = reply.content();
    Ok(Preview {
        subject: content.subject,
        text: content.text,
        html: reply.html(),
    })
}

fn address(cx: &Context) -> &str {
    cx.house.public_url.as_deref().unwrap_or("https://desk.example")
}

/// The HTML a reply with these words would have if it left now, but for the links: those are made when it leaves. One that
/// `solves` the ticket asks how it went; a ticket that is solved already is not solved again.
pub fn preview_reply(r: &mut Read, cx: &Context, number: TicketNumber, words: &str, solves: bool) -> Result<String> {
    let ticket = tickets::find_visible(r, cx, number)?;
    let Some(mailbox) = boxes::home_of(r, &ticket)? else {
        return Ok(parts::markdown(words));
    };
    let (language, name): (Lang, String) = r.one(
        "SELECT language, name FROM person WHERE id = $1",
        &args![ticket.requester],
    )?;
    let which = Which {
        kind: TemplateKind::Reply,
        language,
        mailbox: Some(mailbox.id),
    };
    let manners = manners::of(r, mailbox.id)?;
    let link = format!("{}{}", address(cx), links::sample(language));
    let asked = HowItWent::of(address(cx), language, links::SAMPLE);
    let reply = Reply {
        subject: &ticket.subject,
        body: words,
        signature: manners.signature(language),
        frame: &templates::current(r, which)?,
        values: Values {
            lang: language,
            number: Some(number.0),
            desk: &cx.house.name,
            name: &name,
            link: &link,
            asked: Some(&asked),
        },
        asked: Some(&asked).filter(|_| solves && ticket.status != Status::Solved),
        quoted: &quoted::history(r, &cx.house, language, manners.quote, number, None)?,
    };
    Ok(reply.html())
}
