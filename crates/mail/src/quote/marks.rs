//! The marks mail programs leave above what they quote and above signatures, in the languages
//! they speak. Words only; which lines they hide is decided by the caller.

use super::labels::{Label, labelled};

/// Words between dashes above a forwarded or quoted letter.
const ORIGINAL: &[&str] = &[
    "original message",
    "original appointment",
    "forwarded message",
    "reply message",
    "message d'origine",
    "message original",
    "message transféré",
    "message initial",
    "mail original",
    "courriel original",
    "ursprüngliche nachricht",
    "originalnachricht",
    "weitergeleitete nachricht",
    "original-nachricht",
    "mensaje original",
    "mensaje reenviado",
    "messaggio originale",
    "messaggio inoltrato",
    "mensagem original",
    "mensagem encaminhada",
    "oorspronkelijk bericht",
    "origineel bericht",
    "doorgestuurd bericht",
    "ursprungligt meddelande",
    "original meddelelse",
    "oprindelig meddelelse",
    "opprinnelig melding",
    "oryginalna wiadomość",
    "wiadomość oryginalna",
    "исходное сообщение",
    "пересылаемое сообщение",
    "původní zpráva",
    "alkuperäinen viesti",
    "原始邮件",
    "转发邮件",
    "元のメッセージ",
];

/// Verbs of attributions.
const WROTE: &[&str] = &[
    "wrote",
    "writes",
    "a écrit",
    "a ecrit",
    "schrieb",
    "escribió",
    "escribio",
    "ha scritto",
    "napisał",
    "napisal",
    "написал",
    "написала",
    "пишет",
    "pisze",
    "pisał",
    "escreveu",
    "schreef",
    "skrev",
    "kirjoitti",
    "napsal",
    "написа",
    "yazdı",
    "写道",
    "のメール",
    "さんは書きました",
    "geschreven",
    "vous a écrit",
    "said",
];

/// Words attributions begin with.
const BEGIN: &[&str] = &[
    "on ",
    "le ",
    "am ",
    "el ",
    "il ",
    "em ",
    "op ",
    "den ",
    "dnia ",
    "w dniu ",
    "at ",
    "à ",
    "il giorno ",
    "a la ",
    "在",
    "reply: ",
];

/// Beginnings of the lines phones and programs add.
const MOBILE: &[&str] = &[
    "sent from my ",
    "sent from mail",
    "sent from yahoo",
    "sent from windows",
    "sent from outlook",
    "sent from a phone",
    "sent from galaxy",
    "sent from samsung",
    "sent from proton",
    "sent from mobile",
    "sent from the ",
    "sent from [",
    "sent from <",
    "sent from iphone",
    "sent from gmail",
    "sent from nine",
    "sent from blackberry",
    "sent via ",
    "sent with ",
    "sent by galaxy",
    "sent using ",
    "from my iphone",
    "from my ipad",
    "from my android",
    "get outlook for",
    "get [outlook",
    "download outlook",
    "envoyé de mon ",
    "envoyé depuis ",
    "envoyé à partir ",
    "envoyé par mobile",
    "envoye de mon ",
    "envoyé avec ",
    "envoyé de l",
    "obtenir outlook",
    "obtenez outlook",
    "télécharger outlook",
    "téléchargez outlook",
    "provenance : courrier",
    "von meinem ",
    "gesendet von ",
    "gesendet mit ",
    "diese nachricht wurde von mein",
    "enviado desde ",
    "enviado de ",
    "enviado do ",
    "inviato da ",
    "verzonden met ",
    "verzonden vanaf ",
    "verstuurd vanaf ",
    "skickat från ",
    "sendt fra ",
    "wysłano z ",
    "отправлено с ",
    "отправлено из ",
    "lähetetty ",
    "someone from mobile",
    "從我的",
    "从我的",
    "发自我的",
    "iphoneから送信",
];

pub(super) fn is_quoted(line: &str) -> bool {
    let line = line.trim_start();
    let marker = line.trim_start_matches(|c: char| c.is_ascii_uppercase());
    line.starts_with('>')
        || line.starts_with('|') && line.len() > 1 && line.as_bytes()[1] == b' '
        || marker.starts_with('>') && line.len() - marker.len() <= 3
}

/// "-----Original Message-----" and its translations, with any dashes, stars or underscores.
pub(super) fn is_separator(line: &str) -> bool {
    if line.len() > 120 {
        return false;
    }
    let inner = line.trim_matches(|c: char| matches!(c, '-' | '_' | '*' | '=' | ' ' | '–' | '—'));
    let dashes = line.len() - inner.len();
    let inner = inner.to_lowercase().replace('\u{2019}', "'");
    dashes >= 4 && ORIGINAL.contains(&inner.trim_end_matches(':').trim())
        || inner == "begin forwarded message:"
        || inner == "début du message réexpédié :"
}

/// A copied header: a line with the sender, then at least two more labels close below.
pub(crate) fn is_header_block(lines: &[&str]) -> bool {
    let Some((Label::From, _)) = lines.first().and_then(|l| labelled(l)) else {
        return false;
    };
    let mut labels = 0;
    for line in lines.iter().skip(1).take(8) {
        if line.trim().is_empty() && labels > 0 {
            break;
        }
        labels += usize::from(labelled(line).is_some_and(|(label, _)| label != Label::From));
    }
    labels >= 2
}

/// "--" alone, or a rule of underscores with little below it.
pub(super) fn is_signature_start(line: &str, below: &[&str]) -> bool {
    if matches!(line, "--" | "—" | "– –" | "---" | "__") {
        return true;
    }
    let rule = line.len() >= 5 && line.chars().all(|c| c == '_');
    rule && (below.iter().filter(|l| !l.trim().is_empty()).take(7).count() <= 6
        || below
            .iter()
            .position(|l| !l.trim().is_empty())
            .is_some_and(|n| is_header_block(&below[n..])))
}

pub(super) fn is_mobile_signature(line: &str) -> bool {
    if line.len() > 160 {
        return false;
    }
    let line = line
        .trim_matches(|c: char| matches!(c, '<' | '>' | '(' | ')' | '*' | '_' | ' '))
        .to_lowercase();
    let known = MOBILE.iter().any(|m| line.starts_with(m));
    // A sentence that goes on after the device is a sentence, not a mark; one apology is usual.
    known && line.split_whitespace().count() <= 14
}

pub(super) fn is_attribution_start(line: &str) -> bool {
    if line.len() > 400 {
        return false;
    }
    let lower = line.to_lowercase();
    let digits = lower.chars().filter(char::is_ascii_digit).count();
    let begins = BEGIN.iter().any(|b| lower.starts_with(b)) && digits > 0;
    let dated = lower.starts_with(|c: char| c.is_ascii_digit()) && digits >= 3;
    let addressed = lower.contains('<') && lower.contains('@') || lower.starts_with('"');
    let verb = WROTE.iter().any(|w| lower.contains(w)) && lower.ends_with([':', '：']);
    begins || dated || addressed || verb
}

/// Whether the joined lines are an attribution: a verb with a date or an address, ending in a
/// colon, or a date with a zone and a name.
pub(super) fn is_attribution(joined: &str) -> bool {
    let lower = joined.to_lowercase();
    let ends = lower.trim_end_matches(['*', '_', ' ']).ends_with([':', '：']);
    // Chinese and Japanese write no blanks between words.
    let joins = |c: char| c.is_alphanumeric() && (c as u32) < 0x2E80;
    let verb = WROTE.iter().any(|w| {
        let free = w.chars().next().is_some_and(|c| !joins(c));
        lower
            .match_indices(w)
            .any(|(at, _)| free || lower[..at].chars().next_back().is_none_or(|c| !joins(c)))
    });
    let digits = lower.chars().filter(char::is_ascii_digit).count();
    let address = lower.contains('@');
    if ends && verb && (digits >= 3 || address) {
        return true;
    }
    // `26.06.2014, 14:41, "Cedar" <cedar@there.example>:` is all some programs write.
    if address && digits >= 6 && lower.ends_with([':', '：']) && lower.trim_end_matches([':', '：', ' ']).ends_with('>')
    {
        return has_time(&lower);
    }
    let iso = lower.len() > 16 && lower.is_char_boundary(16) && is_iso_time(&lower[..16]);
    iso && (lower[16..].trim_start().starts_with("gmt") || ends && address)
}

/// `9:15` or `09.15` somewhere.
fn has_time(text: &str) -> bool {
    text.as_bytes()
        .windows(4)
        .any(|w| w[0].is_ascii_digit() && matches!(w[1], b':' | b'.') && w[2].is_ascii_digit() && w[3].is_ascii_digit())
}

/// `2016-10-24 15:36`
fn is_iso_time(text: &str) -> bool {
    text.bytes()
        .zip("dddd-dd-dd dd:dd".bytes())
        .all(|(b, shape)| if shape == b'd' { b.is_ascii_digit() } else { b == shape })
}
