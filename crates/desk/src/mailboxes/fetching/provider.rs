//! One request to a mail provider's token endpoint.

use mail::fetch::FetchError;
use mail::oauth::{Answer, Request};

use crate::desk::Desk;

pub(super) async fn ask(desk: &Desk, request: &Request) -> Result<Answer, FetchError> {
    let client = desk
        .client()
        .ok_or_else(|| FetchError::Setting("this desk asks no servers of others".to_string()))?;
    let fields: Vec<(&str, &str)> = request
        .form
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    match client.post_form(&request.url, &fields).await {
        Ok(answer) => Ok(Answer::read(answer.status, &answer.body)),
        Err(e) => Err(FetchError::Line(e.to_string())),
    }
}
