//! The reply address of one person on one ticket: `local+t<26 characters>@domain`, keyed over both, and the same token
//! in our Message-IDs for servers that drop what follows a plus sign. A token that we did not make, that was moved to
//! another ticket or that was revoked is nothing at all. A number in a subject is never one.

use db::{Read, Write, args};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

use crate::clock::Time;
use crate::error::{Error, Result};
use crate::house::House;
use crate::ids::{PersonId, TicketNumber};

/// 128 bits in base 32.
const LENGTH: usize = 26;

db::table! {
    struct Kept { ticket: TicketNumber, person: PersonId, revoked_at: Option<Time> }
}

/// The token of a person on a ticket: the first 128 bits of an HMAC-SHA256 under the reply key.
pub fn token_of(house: &House, ticket: TicketNumber, person: PersonId) -> Result<String> {
    let mut mac = Hmac::<Sha256>::new_from_slice(&house.reply_key.0).map_err(Error::fault)?;
    mac.update(format!("{ticket}:{person}").as_bytes());
    let whole = mac.finalize().into_bytes();
    Ok(data_encoding::BASE32_NOPAD.encode(&whole[..16]).to_lowercase())
}

/// The same, kept so that it is recognised when it comes back.
pub fn token_for(tx: &mut Write, house: &House, ticket: TicketNumber, person: PersonId) -> Result<String> {
    let token = token_of(house, ticket, person)?;
    tx.exec(
        "INSERT INTO reply_address (token, ticket, person) VALUES ($1, $2, $3) ON CONFLICT (token) DO NOTHING",
        &args![token.as_str(), ticket, person],
    )?;
    Ok(token)
}

/// From now on the addresses of this ticket open nothing; a letter to one of them opens a ticket of its own.
pub fn revoke(tx: &mut Write, ticket: TicketNumber, now: Time) -> Result<()> {
    tx.exec(
        "UPDATE reply_address SET revoked_at = $2 WHERE ticket = $1 AND revoked_at IS NULL",
        &args![ticket, now],
    )?;
    Ok(())
}

/// `support@desk.example` with its token.
pub fn address_with(mailbox: &str, token: &str) -> String {
    match mailbox.rsplit_once('@') {
        Some((local, domain)) => format!("{local}+t{token}@{domain}"),
        None => mailbox.to_string(),
    }
}

/// A Message-ID of ours, without angle brackets.
pub fn message_id(token: &str, unique: &str, domain: &str) -> String {
    format!("t{token}.{unique}@{domain}")
}

/// Whose reply address this is, and on which ticket. The MAC is computed again, so a changed row is no key either.
pub fn find(r: &mut Read, house: &House, token: &str) -> Result<Option<(TicketNumber, PersonId)>> {
    let token = token.to_ascii_lowercase();
    if !is_token(&token) {
        return Ok(None);
    }
    let kept: Option<Kept> = r.maybe(
        "SELECT ticket, person, revoked_at FROM reply_address WHERE token = $1",
        &args![token.as_str()],
    )?;
    let Some(kept) = kept.filter(|k| k.revoked_at.is_none()) else {
        return Ok(None);
    };
    let ours = token_of(house, kept.ticket, kept.person)?;
    let same: bool = ours.as_bytes().ct_eq(token.as_bytes()).into();
    Ok(same.then_some((kept.ticket, kept.person)))
}

/// The token inside `local+t<token>@domain`.
pub fn in_address(address: &str) -> Option<String> {
    let (local, _) = address.trim().trim_end_matches('>').rsplit_once('@')?;
    let (_, tag) = local.rsplit_once('+')?;
    let tag = tag.to_ascii_lowercase();
    tag.strip_prefix('t').filter(|t| is_token(t)).map(str::to_string)
}

/// The token inside `t<token>.<unique>@domain`.
pub fn in_message_id(id: &str) -> Option<String> {
    let id = id.trim().trim_start_matches('<').to_ascii_lowercase();
    let (token, _) = id.strip_prefix('t')?.split_once('.')?;
    is_token(token).then(|| token.to_string())
}

/// Whether an identifier claims to be one of ours: our domain behind our shape, whatever stands in it. A letter that
/// comes in under such a name is an echo of ours or a forgery of one.
pub fn claims_to_be_ours(id: &str, domain: &str) -> bool {
    let id = id
        .trim()
        .trim_start_matches('<')
        .trim_end_matches('>')
        .to_ascii_lowercase();
    let Some((left, right)) = id.rsplit_once('@') else {
        return false;
    };
    let Some((head, _)) = left.strip_prefix(['t', 'l']).and_then(|rest| rest.split_once('.')) else {
        return false;
    };
    right == domain && !head.is_empty() && head.bytes().all(|b| b.is_ascii_alphanumeric())
}

fn is_token(text: &str) -> bool {
    text.len() == LENGTH
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || (b'2'..=b'7').contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "abcdefghijklmnopqrstuvwxyz";

    #[test]
    fn a_token_is_found_in_an_address_whatever_its_case() {
        let address = address_with("support@desk.example", TOKEN);
        assert_eq!(address, format!("support+t{TOKEN}@desk.example"));
        assert_eq!(in_address(&address.to_uppercase()).as_deref(), Some(TOKEN));
        assert_eq!(in_address(&format!("<{address}>")).as_deref(), Some(TOKEN));
        for none in [
            "support@desk.example",
            "support+t1042@desk.example",
            "support+x@desk.example",
            "",
            "+t@",
        ] {
            assert_eq!(in_address(none), None, "{none}");
        }
    }

    #[test]
    fn a_token_is_found_in_our_identifiers_only() {
        let id = message_id(TOKEN, "q1", "desk.example");
        assert_eq!(in_message_id(&id).as_deref(), Some(TOKEN));
        assert_eq!(
            in_message_id(&format!("<{}>", id.to_uppercase())).as_deref(),
            Some(TOKEN)
        );
        assert_eq!(in_message_id("t1042.n1@desk.example"), None);
        assert_eq!(in_message_id("CAF8=x@mail.example"), None);
    }

    #[test]
    fn an_identifier_of_our_shape_and_domain_claims_to_be_ours() {
        assert!(claims_to_be_ours("t1042.n1@desk.example", "desk.example"));
        assert!(claims_to_be_ours("<T1042.n1@DESK.example>", "desk.example"));
        assert!(!claims_to_be_ours("t1042.n1@other.example", "desk.example"));
        assert!(!claims_to_be_ours("6ad1.f@desk.example", "desk.example"));
        assert!(!claims_to_be_ours("t-1.n1@desk.example", "desk.example"));
    }
}
