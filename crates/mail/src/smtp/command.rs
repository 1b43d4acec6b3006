//! One command line, read strictly. Pure.

use super::Protocol;
use super::sign_in::Mechanism;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Command {
    Hello {
        name: String,
        extended: bool,
    },
    /// An empty address is the null sender.
    Mail {
        from: String,
        size: Option<u64>,
    },
    Rcpt {
        to: String,
    },
    Data,
    StartTls,
    Auth {
        mechanism: Mechanism,
        /// What came on the line itself, in base64.
        initial: Option<Vec<u8>>,
    },
    Reset,
    Noop,
    Verify,
    Help,
    Quit,
}

/// A line that is no command: what to answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal(pub &'static str);

pub(super) fn parse(line: &[u8], protocol: Protocol) -> Result<Command, Refusal> {
    let line = std::str::from_utf8(line).map_err(|_| Refusal("500 5.5.2 The line is not UTF-8"))?;
    if line.chars().any(|c| c.is_control() && c != '\t') {
        return Err(Refusal("500 5.5.2 The line holds a control character"));
    }
    let line = line.trim_end();
    let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
    let rest = rest.trim();
    match verb.to_ascii_uppercase().as_str() {
        "EHLO" | "HELO" if protocol == Protocol::Lmtp => Err(Refusal("500 5.5.1 This is LMTP; greet with LHLO")),
        "LHLO" if protocol == Protocol::Smtp => Err(Refusal("500 5.5.1 This is SMTP; greet with EHLO")),
        "HELO" => hello(rest, false),
        "EHLO" | "LHLO" => hello(rest, true),
        "MAIL" => mail(rest),
        "RCPT" => rcpt(rest),
        "DATA" if rest.is_empty() => Ok(Command::Data),
        "RSET" if rest.is_empty() => Ok(Command::Reset),
        "QUIT" if rest.is_empty() => Ok(Command::Quit),
        "STARTTLS" if rest.is_empty() => Ok(Command::StartTls),
        "DATA" | "RSET" | "QUIT" | "STARTTLS" => Err(Refusal("501 5.5.4 This command takes nothing after it")),
        "NOOP" => Ok(Command::Noop),
        "VRFY" | "EXPN" => Ok(Command::Verify),
        "HELP" => Ok(Command::Help),
        "AUTH" => auth(rest),
        "BDAT" | "ETRN" | "TURN" => Err(Refusal("502 5.5.1 This command is not offered here")),
        _ => Err(Refusal("500 5.5.2 Unknown command")),
    }
}

fn hello(name: &str, extended: bool) -> Result<Command, Refusal> {
    if name.is_empty() || name.len() > 255 {
        return Err(Refusal("501 5.5.4 Say your name after the greeting"));
    }
    Ok(Command::Hello {
        name: name.to_owned(),
        extended,
    })
}

fn auth(rest: &str) -> Result<Command, Refusal> {
    let (name, initial) = rest.split_once(' ').unwrap_or((rest, ""));
    let mechanism = match name.to_ascii_uppercase().as_str() {
        "PLAIN" => Mechanism::Plain,
        "LOGIN" => Mechanism::Login,
        "" => return Err(Refusal("501 5.5.4 Say how to sign in: PLAIN or LOGIN")),
        _ => return Err(Refusal("504 5.5.4 Sign in with PLAIN or LOGIN")),
    };
    let initial = initial.trim();
    Ok(Command::Auth {
        mechanism,
        initial: (!initial.is_empty()).then(|| initial.as_bytes().to_vec()),
    })
}

fn mail(rest: &str) -> Result<Command, Refusal> {
    let wrong = Refusal("501 5.5.4 Write MAIL FROM:<address>");
    let (from, parameters) = after_keyword(rest, "FROM:").and_then(path).ok_or(wrong)?;
    let mut size = None;
    let mut utf8 = false;
    for parameter in parameters.split_whitespace() {
        let (key, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        match (key.to_ascii_uppercase().as_str(), value.to_ascii_uppercase().as_str()) {
            ("SIZE", digits) => {
                let bytes = digits
                    .parse()
                    .map_err(|_| Refusal("501 5.5.4 SIZE takes a number of bytes"))?;
                size = Some(bytes);
            }
            ("BODY", "7BIT" | "8BITMIME") | ("AUTH", _) => {}
            ("SMTPUTF8", "") => utf8 = true,
            _ => return Err(Refusal("555 5.5.4 This parameter is not offered here")),
        }
    }
    if !from.is_empty() && !is_address(&from) {
        return Err(Refusal("553 5.1.7 The sender is not an address"));
    }
    if !from.is_ascii() && !utf8 {
        return Err(Refusal("553 5.6.7 An address beyond ASCII needs SMTPUTF8"));
    }
    Ok(Command::Mail { from, size })
}

fn rcpt(rest: &str) -> Result<Command, Refusal> {
    let wrong = Refusal("501 5.5.4 Write RCPT TO:<address>");
    let (to, parameters) = after_keyword(rest, "TO:").and_then(path).ok_or(wrong)?;
    if !parameters.trim().is_empty() {
        return Err(Refusal("555 5.5.4 This parameter is not offered here"));
    }
    if !is_address(&to) && !to.eq_ignore_ascii_case("postmaster") {
        return Err(Refusal("553 5.1.3 The recipient is not an address"));
    }
    Ok(Command::Rcpt { to })
}

fn after_keyword<'a>(rest: &'a str, keyword: &str) -> Option<&'a str> {
    let head = rest.get(..keyword.len())?;
    head.eq_ignore_ascii_case(keyword)
        .then(|| rest[keyword.len()..].trim_start())
}

/// `<address>` and what follows it; a route before the address is dropped.
fn path(text: &str) -> Option<(String, &str)> {
    let inner = text.strip_prefix('<')?;
    let mut quoted = false;
    let mut escaped = false;
    for (at, c) in inner.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '>' if !quoted => {
                let rest = &inner[at + 1..];
                let apart = rest.is_empty() || rest.starts_with([' ', '\t']);
                return apart.then(|| (without_route(&inner[..at]).to_owned(), rest));
            }
            _ => {}
        }
    }
    None
}

fn without_route(address: &str) -> &str {
    match address.split_once(':') {
        Some((route, rest)) if route.starts_with('@') => rest,
        _ => address,
    }
}

fn is_address(address: &str) -> bool {
    let Some((local, domain)) = address.rsplit_once('@') else {
        return false;
    };
    let quoted = local.len() >= 2 && local.starts_with('"') && local.ends_with('"');
    let local_fits = (1..=128).contains(&local.len())
        && (quoted || !local.contains([' ', '\t', '<', '>', '"', ',', ';', '@', '(', ')']));
    let domain_fits =
        (1..=255).contains(&domain.len()) && !domain.contains([' ', '\t', '<', '>', '"', ',', ';', '\\', '(', ')']);
    local_fits && domain_fits
}
