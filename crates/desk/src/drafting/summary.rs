//! A summary of a ticket for whoever takes it over. Its sources are the messages themselves, so that each statement can be
//! looked up.

use super::draft::{Cited, Draft, Given, Origin};
use super::mask::Mask;
use super::talk::Line;
use super::{Answered, ask, prompt, settings, talk};
use crate::context::Context;
use crate::desk::Desk;
use crate::error::{Error, Result};
use crate::ids::TicketNumber;
use crate::words::Lang;

/// In the technician's own language. What stays on the desk (notes, calls, visits) is not in it.
pub async fn summary(desk: &Desk, cx: &Context, number: TicketNumber) -> Result<Answered<Draft>> {
    let (asker, vault) = (cx.clone(), desk.vault().clone());
    let read = desk.read(move |r| {
        let talk = talk::read(r, &asker, number)?;
        let way = settings::way(r, &vault)?;
        if talk.said.is_empty() {
            return Err(Error::Conflict("conflict-drafting-nothing-said"));
        }
        let lang = asker.viewer.language;
        let mut mask = Mask::new(talk.known, lang);
        let subject = mask.hide(&talk.ticket.subject);
        let said: Vec<(bool, String)> = talk
            .said
            .iter()
            .map(|l| (l.by_requester, mask.hide(&l.words)))
            .collect();
        let spoken = talk.ticket.language;
        let given = Given {
            lang,
            texts: talk.said.iter().map(|line| line.words.clone()).collect(),
            sources: talk
                .said
                .into_iter()
                .enumerate()
                .map(|(at, line)| cited(at, line, spoken))
                .collect(),
            mask,
        };
        Ok((way, prompt::summary(lang, &subject, &said), given))
    });
    let (way, prompt, given) = read.await?;
    let on_record = ("summary drafted", format!("ticket {number}"));
    let answered = ask::ask(desk, cx, on_record, &way, &prompt).await?;
    Ok(answered.map(|said| given.draft(&said)))
}

fn cited(at: usize, line: Line, lang: Lang) -> Cited {
    Cited {
        number: at + 1,
        origin: Origin::Message(line.id, line.at),
        title: line.author,
        lang,
        cited: false,
        link: None,
    }
}
