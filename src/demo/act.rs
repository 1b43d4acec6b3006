//! What people do in the sample: they ask, and the desk answers, each through the verb a page would call.

use anyhow::{Context as _, Result};
use desk::mailboxes::reply_address;
use desk::people;
use desk::ratings::{self, NewRating};
use desk::tickets::{self, Answer, Channel, Edit, NewMessage, NewTicket};
use desk::{Context, PersonId, TicketNumber, Write};

use super::letters::{self, Letter};
use super::sample::{self, Deed, Step, TicketIn};
use super::week::Scene;

const PICTURE: &[u8] = include_bytes!("vpn-message.png");

/// The problem comes in by its channel; whoever takes it up sorts it.
pub(super) async fn open(scene: &Scene<'_>, ticket: &TicketIn) -> Result<TicketNumber> {
    let number = match ticket.via {
        Channel::Mail => by_mail(scene, ticket).await?,
        _ => by_hand(scene, ticket).await?,
    };
    if let Some(by) = ticket.by.as_deref().filter(|_| !ticket.untouched) {
        sort(scene, ticket, by, number).await?;
    }
    Ok(number)
}

async fn by_mail(scene: &Scene<'_>, ticket: &TicketIn) -> Result<TicketNumber> {
    let letter = Letter {
        from: sample::address_of(&ticket.from),
        name: name_of(scene, &ticket.from).await?,
        to: ticket.to_box.clone(),
        subject: ticket.subject.clone(),
        text: ticket.body.clone(),
        automatic: false,
        picture: ticket.file.clone().map(|name| (name, PICTURE)),
    };
    letters::take_in(scene.desk, &letter)
        .await?
        .context("the letter opened no ticket")
}

async fn by_hand(scene: &Scene<'_>, ticket: &TicketIn) -> Result<TicketNumber> {
    let requester = scene.person(&ticket.from)?;
    // On the portal the requester types it; on the phone and at the counter a technician does.
    let typist = match ticket.via {
        Channel::Portal => &ticket.from,
        _ => ticket.by.as_ref().unwrap_or(&ticket.from),
    };
    let cx = scene.cx(typist).await?;
    let mut new = NewTicket::new(requester, ticket.via, &ticket.subject, ticket.body.trim());
    new.topic = ticket
        .topic
        .as_ref()
        .and_then(|key| scene.known.topics.get(key).copied());
    new.acknowledge = ticket.via == Channel::Portal;
    if ticket.via != Channel::Portal {
        // A requester says what is wrong; how much it weighs and whose it is, the desk says.
        new.team = team_of(scene, ticket);
        new.impact = ticket.impact;
        new.urgency = ticket.urgency;
    }
    Ok(scene.desk.write(move |tx| tickets::open(tx, &cx, &new)).await?.number)
}

fn team_of(scene: &Scene<'_>, ticket: &TicketIn) -> Option<desk::TeamId> {
    scene.known.teams.get(ticket.team.as_deref().unwrap_or("desk")).copied()
}

async fn name_of(scene: &Scene<'_>, key: &str) -> Result<String> {
    let (cx, id) = (scene.cx(key).await?, scene.person(key)?);
    Ok(scene.desk.read(move |r| people::find_visible(r, &cx, id)).await?.name)
}

/// Topic, weight, who has it, tags: what a technician sets when it comes in.
async fn sort(scene: &Scene<'_>, ticket: &TicketIn, by: &str, number: TicketNumber) -> Result<()> {
    let cx = scene.cx(by).await?;
    let edit = Edit {
        topic: ticket.topic.as_ref().map(|key| scene.known.topics.get(key).copied()),
        impact: Some(ticket.impact),
        urgency: Some(ticket.urgency),
        team: Some(team_of(scene, ticket)),
        ..Edit::default()
    };
    let unsorted = matches!(ticket.via, Channel::Mail | Channel::Portal);
    let to: Option<PersonId> = ticket.to.as_deref().map(|key| scene.person(key)).transpose()?;
    let tags = ticket.tags.clone();
    let sorted = scene.desk.write(move |tx| {
        if unsorted {
            tickets::edit(tx, &cx, number, &edit)?;
        }
        if let Some(to) = to {
            tickets::assign(tx, &cx, number, to)?;
        }
        for word in &tags {
            tickets::tag(tx, &cx, number, word)?;
        }
        tickets::mark_read(tx, &cx, number)
    });
    Ok(sorted.await?)
}

/// One step of the story.
pub(super) async fn go_on(scene: &Scene<'_>, ticket: &TicketIn, step: &Step) -> Result<()> {
    let number = scene.number(&ticket.key)?;
    if let Deed::Answer(text) = &step.deed {
        return answer(scene, ticket, number, &step.by, text).await;
    }
    let into = match &step.deed {
        Deed::Merge(key) => Some(scene.number(key)?),
        _ => None,
    };
    let cx = scene.cx(&step.by).await?;
    let deed = deed_of(step, number, into);
    let done = scene.desk.write(move |tx| {
        deed(tx, &cx)?;
        tickets::mark_read(tx, &cx, number)
    });
    Ok(done.await?)
}

type Done = Box<dyn FnOnce(&mut Write, &Context) -> desk::Result<()> + Send>;

fn deed_of(step: &Step, number: TicketNumber, into: Option<TicketNumber>) -> Done {
    let say = |body: &str| NewMessage {
        body: body.to_string(),
        minutes: step.minutes,
        then: step.status,
        ..NewMessage::default()
    };
    match &step.deed {
        Deed::Reply(text) => {
            let new = say(text);
            Box::new(move |tx, cx| tickets::reply(tx, cx, number, &new).map(drop))
        }
        Deed::Note(text) => {
            let new = say(text);
            Box::new(move |tx, cx| tickets::note(tx, cx, number, &new).map(drop))
        }
        Deed::Call(text) => {
            let new = say(text);
            Box::new(move |tx, cx| tickets::log_call(tx, cx, number, &new).map(drop))
        }
        Deed::Visit(text) => {
            let new = say(text);
            Box::new(move |tx, cx| tickets::log_visit(tx, cx, number, &new).map(drop))
        }
        Deed::Pend(true) => Box::new(move |tx, cx| tickets::pend(tx, cx, number).map(drop)),
        Deed::Pend(false) => Box::new(move |tx, cx| tickets::resume(tx, cx, number).map(drop)),
        // The requester's word has its own way, see `answer`.
        Deed::Answer(_) => Box::new(|_, _| Ok(())),
        Deed::Hold(reason) => {
            let reason = reason.clone();
            Box::new(move |tx, cx| tickets::hold(tx, cx, number, &reason).map(drop))
        }
        Deed::Solve(solution) => {
            let solution = solution.clone();
            Box::new(move |tx, cx| tickets::solve(tx, cx, number, &solution).map(drop))
        }
        Deed::Rate(said) => {
            let new = NewRating {
                answer: said.answer,
                words: said.words.clone(),
            };
            Box::new(move |tx, cx| ratings::rate(tx, cx, number, &new).map(drop))
        }
        Deed::Steps(words) => {
            let words = words.clone();
            Box::new(move |tx, cx| tickets::add_steps(tx, cx, number, &words).map(drop))
        }
        Deed::Tick(place) => {
            let place = *place;
            Box::new(move |tx, cx| {
                let step = tickets::steps(tx, cx, number)?.get(place).map(|step| step.id);
                step.map_or(Ok(()), |id| tickets::tick(tx, cx, number, id, true, None).map(drop))
            })
        }
        Deed::Spent(time) => {
            let time = time.clone();
            Box::new(move |tx, cx| tickets::log_time(tx, cx, number, &time, "").map(drop))
        }
        Deed::Merge(_) => {
            Box::new(move |tx, cx| into.map_or(Ok(()), |into| tickets::merge(tx, cx, number, into).map(drop)))
        }
    }
}

/// The requester writes again: by mail to the keyed address, otherwise where it was asked.
async fn answer(scene: &Scene<'_>, ticket: &TicketIn, number: TicketNumber, by: &str, text: &str) -> Result<()> {
    if ticket.via == Channel::Mail {
        let token = reply_address::token_of(&scene.desk.house(), number, scene.person(by)?)?;
        let letter = Letter {
            from: sample::address_of(by),
            name: name_of(scene, by).await?,
            to: reply_address::address_with(&ticket.to_box, &token),
            subject: format!("Re: {}", ticket.subject),
            text: text.to_string(),
            automatic: false,
            picture: None,
        };
        let on = letters::take_in(scene.desk, &letter).await?;
        anyhow::ensure!(on == Some(number), "the answer was filed elsewhere");
        return Ok(());
    }
    let answer = Answer {
        author: scene.person(by)?,
        channel: ticket.via,
        body: text.to_string(),
        quoted: String::new(),
        html: None,
        files: Vec::new(),
        letter: None,
        subject: String::new(),
    };
    let cx = scene.cx(by).await?;
    scene
        .desk
        .write(move |tx| tickets::receive(tx, &cx, number, &answer))
        .await?;
    Ok(())
}
