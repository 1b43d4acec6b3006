//! The desk behind its SMTP and LMTP doors: which recipients are ours, and keeping a letter before the sender hears 250.

use std::net::IpAddr;

use mail::smtp::{BoxFuture, Delivery, Envelope, Protocol, Receiver, RecipientVerdict, Refusal};

use super::boxes;
use super::intake::{Way, brought_by, keep};
use crate::desk::Desk;
use crate::error::Error;

pub struct DeskReceiver {
    desk: Desk,
}

impl DeskReceiver {
    pub fn new(desk: Desk) -> DeskReceiver {
        DeskReceiver { desk }
    }

    async fn verdict(&self, address: String) -> RecipientVerdict {
        match self.desk.read(move |r| boxes::find_by_recipient(r, &address)).await {
            Ok(Some(mailbox)) if mailbox.retired_at.is_some() => {
                RecipientVerdict::Refuse("this address is no longer in use: write to another of ours".to_string())
            }
            Ok(Some(_)) => RecipientVerdict::Accept,
            Ok(None) => RecipientVerdict::Refuse("no such mailbox here: check the address".to_string()),
            Err(_) => RecipientVerdict::Later("the desk cannot answer now: try again later".to_string()),
        }
    }

    async fn keep(&self, envelope: Envelope, raw: Vec<u8>) -> Delivery {
        let now = self.desk.now();
        let way = match envelope.protocol {
            Protocol::Smtp => Way::Smtp,
            Protocol::Lmtp => Way::Lmtp,
        };
        let kept = self.desk.write(move |tx| {
            let mut mailbox = None;
            for recipient in &envelope.to {
                mailbox = boxes::find_by_recipient(tx, recipient)?.map(|m| m.id);
                if mailbox.is_some() {
                    break;
                }
            }
            let id = keep(tx, now, way, mailbox, envelope.sender(), &envelope.to, &raw)?;
            // Behind LMTP stands our own server; who brought it there only that server knows.
            if way == Way::Smtp {
                brought_by(tx, id, &envelope.peer.to_string(), &envelope.helo)?;
            }
            Ok(())
        });
        match kept.await {
            Ok(()) => Delivery::Kept,
            Err(Error::Full) => Delivery::Full,
            Err(Error::Busy) => Delivery::Busy,
            Err(e) => {
                tracing::error!("a letter could not be kept, its sender was asked to try again: {e}");
                Delivery::Busy
            }
        }
    }
}

impl Receiver for DeskReceiver {
    fn recipient<'a>(&'a self, address: &'a str) -> BoxFuture<'a, RecipientVerdict> {
        Box::pin(self.verdict(address.to_string()))
    }

    fn deliver<'a>(&'a self, envelope: Envelope, raw: Vec<u8>) -> BoxFuture<'a, Delivery> {
        Box::pin(self.keep(envelope, raw))
    }

    fn turned_away(&self, refusal: Refusal, peer: IpAddr) {
        self.desk.refusals().note(refusal, peer, self.desk.now());
    }
}
