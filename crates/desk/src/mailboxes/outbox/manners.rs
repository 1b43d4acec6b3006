//! How a mailbox writes: what its replies quote, what stands under them, and whether it says that a letter came in.

use db::{Read, Write, args};

use crate::access::{self, Place};
use crate::context::Context;
use crate::error::{Checks, Error, Result};
use crate::ids::MailboxId;
use crate::words::Lang;

db::text_enum! {
    /// What a reply quotes of the conversation.
    pub enum Quote { None => "none", Last => "last", All => "all" }
}
db::table! {
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Manners {
        pub quote: Quote,
        /// Markdown, under replies in English.
        pub signature_en: String,
        pub signature_fr: String,
        /// Say to whoever writes that it came in. An address that nobody confirmed is asked all the same.
        pub acknowledge: bool,
    }
}

impl Manners {
    pub fn signature(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => self.signature_en.trim(),
            Lang::Fr => self.signature_fr.trim(),
        }
    }
}

pub fn manners(r: &mut Read, cx: &Context, mailbox: MailboxId) -> Result<Manners> {
    access::require(&cx.viewer, Place::Admin)?;
    of(r, mailbox)
}

pub(super) fn of(r: &mut Read, mailbox: MailboxId) -> Result<Manners> {
    Ok(r.one(
        "SELECT quote, signature_en, signature_fr, acknowledge FROM mailbox WHERE id = $1",
        &args![mailbox],
    )?)
}

pub fn set_manners(tx: &mut Write, cx: &Context, mailbox: MailboxId, new: &Manners) -> Result<()> {
    access::require(&cx.viewer, Place::Admin)?;
    Checks::default()
        .at_most(&new.signature_en, 2_000, "signature_en")
        .at_most(&new.signature_fr, 2_000, "signature_fr")
        .check(
            new.signature(Lang::En).is_empty() == new.signature(Lang::Fr).is_empty(),
            if new.signature(Lang::En).is_empty() {
                "signature_en"
            } else {
                "signature_fr"
            },
            "refused-both-languages",
        )
        .done()?;
    let changed = tx.exec(
        "UPDATE mailbox SET quote = $2, signature_en = $3, signature_fr = $4, acknowledge = $5 WHERE id = $1",
        &args![
            mailbox,
            new.quote,
            new.signature_en.trim(),
            new.signature_fr.trim(),
            new.acknowledge
        ],
    )?;
    if changed == 0 {
        return Err(Error::NotFound);
    }
    let now = format!("quotes {}, acknowledges: {}", new.quote, new.acknowledge);
    access::audit(
        tx,
        cx.now,
        Some(cx.viewer.person),
        "mailbox letters changed",
        &mailbox.to_string(),
        &now,
    )
}
