//! The header fields of a letter of ours.

use super::{AutoSubmitted, ComposeError, Outgoing, encode};
use crate::letter::Address;

/// Fields that have their own value in [`Outgoing`] or belong to its parts.
const TAKEN: &[&str] = &[
    "from",
    "sender",
    "to",
    "cc",
    "bcc",
    "reply-to",
    "subject",
    "date",
    "message-id",
    "in-reply-to",
    "references",
    "auto-submitted",
    "list-unsubscribe",
    "list-unsubscribe-post",
    "content-language",
    "mime-version",
    "content-type",
    "content-transfer-encoding",
    "content-disposition",
    "content-id",
    "return-path",
    "received",
];

pub(super) fn write(letter: &Outgoing) -> Result<Vec<u8>, ComposeError> {
    if letter.to.is_empty() && letter.cc.is_empty() {
        return Err(ComposeError::NoRecipient);
    }
    let mut out = String::new();
    line(
        &mut out,
        "Date",
        &encode::date(letter.date).ok_or(ComposeError::BadDate)?,
    );
    addresses(&mut out, "From", std::slice::from_ref(&letter.from))?;
    addresses(&mut out, "Reply-To", letter.reply_to.as_slice())?;
    addresses(&mut out, "To", &letter.to)?;
    addresses(&mut out, "Cc", &letter.cc)?;
    line(
        &mut out,
        "Message-ID",
        &identifier(&letter.message_id, "message identifier")?,
    );
    if let Some(id) = &letter.in_reply_to {
        line(&mut out, "In-Reply-To", &identifier(id, "answered identifier")?);
    }
    let references: Result<Vec<_>, _> = letter
        .references
        .iter()
        .map(|id| identifier(id, "referenced identifier"))
        .collect();
    let references = references?;
    if !references.is_empty() {
        line(&mut out, "References", &references.join("\r\n "));
    }
    line(
        &mut out,
        "Subject",
        &encode::unstructured(&letter.subject, "Subject: ".len()),
    );
    marks(&mut out, letter)?;
    for (name, value) in &letter.extra {
        extra(&mut out, name, value)?;
    }
    line(&mut out, "MIME-Version", "1.0");
    Ok(out.into_bytes())
}

fn line(out: &mut String, name: &str, value: &str) {
    out.push_str(name);
    out.push_str(": ");
    out.push_str(value);
    out.push_str("\r\n");
}

fn marks(out: &mut String, letter: &Outgoing) -> Result<(), ComposeError> {
    match letter.auto_submitted {
        Some(AutoSubmitted::Generated) => line(out, "Auto-Submitted", "auto-generated"),
        Some(AutoSubmitted::Replied) => line(out, "Auto-Submitted", "auto-replied"),
        None => {}
    }
    if let Some(address) = &letter.list_unsubscribe {
        let fits = address
            .bytes()
            .all(|b| b.is_ascii_graphic() && !matches!(b, b'<' | b'>'))
            && address.len() <= 900;
        let ours = fits && !address.is_empty();
        ours.then(|| line(out, "List-Unsubscribe", &format!("<{address}>")))
            .ok_or(ComposeError::BadCharacter("unsubscribe address"))?;
    }
    if letter.one_click {
        let https = letter
            .list_unsubscribe
            .as_ref()
            .is_some_and(|a| a.starts_with("https://"));
        https
            .then(|| line(out, "List-Unsubscribe-Post", "List-Unsubscribe=One-Click"))
            .ok_or(ComposeError::BadCharacter("unsubscribe address for one click"))?;
    }
    if let Some(language) = &letter.language {
        let fits =
            language.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') && (1..=35).contains(&language.len());
        fits.then(|| line(out, "Content-Language", language))
            .ok_or(ComposeError::BadCharacter("language"))?;
    }
    Ok(())
}

fn extra(out: &mut String, name: &str, value: &str) -> Result<(), ComposeError> {
    let fits = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') && (1..=70).contains(&name.len());
    if !fits || TAKEN.iter().any(|t| t.eq_ignore_ascii_case(name)) {
        return Err(ComposeError::FieldTaken(name.to_owned()));
    }
    if value.chars().any(char::is_control) {
        return Err(ComposeError::BadCharacter("value of an additional field"));
    }
    line(out, name, &encode::unstructured(value, name.len() + 2));
    Ok(())
}

/// `<left@right>`, with nothing that could end the field or the brackets.
pub(super) fn identifier(id: &str, what: &'static str) -> Result<String, ComposeError> {
    let fits = id.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b'<' | b'>'));
    if !fits || id.is_empty() || id.len() > 900 {
        return Err(ComposeError::BadCharacter(what));
    }
    Ok(format!("<{id}>"))
}

fn addresses(out: &mut String, name: &str, list: &[Address]) -> Result<(), ComposeError> {
    if list.is_empty() {
        return Ok(());
    }
    let written: Result<Vec<String>, _> = list.iter().map(|a| address(a, name.len() + 2)).collect();
    line(out, name, &written?.join(",\r\n "));
    Ok(())
}

fn address(a: &Address, column: usize) -> Result<String, ComposeError> {
    let refused = || ComposeError::BadAddress(a.address.chars().filter(|c| !c.is_control()).take(100).collect());
    if !is_sendable(&a.address) {
        return Err(refused());
    }
    let name = a.name.as_deref().map(encode::printable).unwrap_or_default();
    if name.is_empty() {
        return Ok(a.address.clone());
    }
    Ok(format!("{}\r\n <{}>", encode::phrase(&name, column), a.address))
}

/// A plain ASCII address with one `@`. Quoted local parts and addresses in other scripts are
/// refused: few servers take them, and every odd character is a way out of the field.
pub(crate) fn is_sendable(address: &str) -> bool {
    let Some((local, domain)) = address.split_once('@') else {
        return false;
    };
    let local_fits = (1..=64).contains(&local.len())
        && local
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(&b))
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..");
    let domain_fits = (1..=255).contains(&domain.len())
        && domain
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.'))
        && domain
            .split('.')
            .all(|l| !l.is_empty() && l.len() <= 63 && !l.starts_with('-') && !l.ends_with('-'));
    let literal = domain.strip_prefix('[').and_then(|d| d.strip_suffix(']'));
    let literal_fits =
        literal.is_some_and(|l| l.len() <= 50 && l.bytes().all(|b| b.is_ascii_alphanumeric() || b":.".contains(&b)));
    local_fits && (domain_fits || literal_fits)
}
