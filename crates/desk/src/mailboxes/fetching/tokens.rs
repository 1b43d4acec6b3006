//! Access tokens of mail providers, renewed with what the administrator was granted once.

use mail::fetch::FetchError;
use outside::Client;

use crate::desk::Desk;
use crate::ids::MailboxId;
use crate::mailboxes::sources::Source;

pub(super) struct Tokens {
    desk: Desk,
    client: Client,
    mailbox: MailboxId,
}

impl Tokens {
    pub(super) fn new(desk: Desk, client: Client, mailbox: MailboxId) -> Tokens {
        Tokens { desk, client, mailbox }
    }

    /// A token that is good for a while.
    pub(super) async fn of(&self, source: &Source) -> Result<String, FetchError> {
        let _ = (&self.desk, &self.client, self.mailbox, source);
        Err(FetchError::Setting("this mailbox was not connected yet".to_string()))
    }
}
