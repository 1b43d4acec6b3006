//! A draft of a reply, from the sources that stand beside the ticket and from nothing else.

use super::draft::{Cited, Draft, Given, Origin};
use super::mask::Mask;
use super::sources::Source;
use super::{Answered, ask, prompt, settings, sources, talk};
use crate::context::Context;
use crate::desk::Desk;
use crate::error::{Error, Result};
use crate::ids::TicketNumber;
use crate::suggestions::Target;

/// In the requester's language. Changes nothing and sends nothing to anybody but the server that was set.
pub async fn draft_reply(desk: &Desk, cx: &Context, number: TicketNumber, shown: &[Target]) -> Result<Answered<Draft>> {
    let (asker, vault, shown) = (cx.clone(), desk.vault().clone(), shown.to_vec());
    let read = desk.read(move |r| {
        let talk = talk::read(r, &asker, number)?;
        let way = settings::way(r, &vault)?;
        let lang = talk.ticket.language;
        let found = sources::read(r, &asker, lang, &shown)?;
        if found.is_empty() {
            return Err(Error::refused("sources", "refused-drafting-sources"));
        }
        let mut mask = Mask::new(talk.known, lang);
        let subject = mask.hide(&talk.ticket.subject);
        let said: Vec<(bool, String)> = talk
            .said
            .iter()
            .map(|l| (l.by_requester, mask.hide(&l.words)))
            .collect();
        let masked: Vec<(String, String)> = found.iter().map(|one| one.masked(&mut mask)).collect();
        let given = Given {
            lang,
            texts: found.iter().map(|one| one.words.clone()).collect(),
            sources: found.into_iter().enumerate().map(cited).collect(),
            mask,
        };
        Ok((way, prompt::reply(lang, &subject, &said, &masked), given))
    });
    let (way, prompt, given) = read.await?;
    let on_record = ("reply drafted", format!("ticket {number}"));
    let answered = ask::ask(desk, cx, on_record, &way, &prompt).await?;
    Ok(answered.map(|said| given.draft(&said)))
}

fn cited((at, source): (usize, Source)) -> Cited {
    Cited {
        number: at + 1,
        origin: Origin::Suggested(source.target),
        title: source.title,
        lang: source.lang,
        cited: false,
        link: source.link,
    }
}
