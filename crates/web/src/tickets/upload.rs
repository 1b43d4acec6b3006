//! A form of the desk with files. They are kept, durably, before the transaction that names them begins; a file too
//! large is refused by name while the words typed beside it come back.

use axum::extract::Multipart;
use desk::tickets::NewFile;
use desk::{Error, Refusal};

use super::fields::Fields;
use crate::http::form::{self, Sender};
use crate::state::State;

#[derive(Debug, Default)]
pub(crate) struct Sent {
    pub fields: Fields,
    pub files: Vec<NewFile>,
    pub refusals: Vec<Refusal>,
}

impl Sent {
    /// What was wrong with the files, before the verb is asked.
    pub(crate) fn check(&self) -> desk::Result<()> {
        if self.refusals.is_empty() {
            Ok(())
        } else {
            Err(Error::Refused(self.refusals.clone()))
        }
    }
}

pub(crate) async fn read(state: &State, form: Multipart) -> desk::Result<Sent> {
    keep(state, form::read(state, Sender::Desk, form).await?).await
}

pub(crate) async fn keep(state: &State, sent: form::Sent) -> desk::Result<Sent> {
    let files = if sent.refusals.is_empty() {
        form::keep(state, sent.files).await?
    } else {
        Vec::new()
    };
    Ok(Sent {
        fields: Fields::from(sent.texts),
        files,
        refusals: sent.refusals,
    })
}
