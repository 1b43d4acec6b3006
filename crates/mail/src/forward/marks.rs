//! The words by which mail programs mark what they pass on, in the languages they speak.

/// What the first prefix of a subject says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Prefix {
    Reply,
    Forward,
}

const FORWARD: &[&str] = &[
    "fw",
    "fwd",
    "fwd fwd",
    "tr",
    "tranfert",
    "transfert",
    "transféré",
    "wg",
    "weitergeleitet",
    "rv",
    "reenv",
    "reenviado",
    "enc",
    "i",
    "inoltro",
    "doorst",
    "doorgestuurd",
    "vs",
    "vb",
    "vl",
    "pd",
    "przek",
    "пересл",
    "пересылка",
    "пер",
    "转发",
    "轉寄",
    "転送",
    "전달",
    "i̇lt",
    "ilt",
    "továbbítás",
    "πρθ",
    "fs",
];

const REPLY: &[&str] = &[
    "re",
    "ré",
    "rép",
    "réf",
    "ref",
    "aw",
    "antw",
    "antwort",
    "sv",
    "odp",
    "rif",
    "r",
    "res",
    "resp",
    "отв",
    "ответ",
    "ynt",
    "回复",
    "答复",
    "回覆",
    "返信",
    "답장",
    "vá",
    "απ",
    "blv",
];

/// The first prefix, whatever counts it: `Fwd:`, `FW[2]:`, `TR :`, `[list] Re:`.
pub(super) fn prefix(subject: &str) -> Option<Prefix> {
    let mut rest = subject.trim();
    while let Some((tag, after)) = rest.strip_prefix('[').and_then(|r| r.split_once(']')) {
        // Some programs write the prefix itself in brackets.
        if matches!(tag.trim().to_lowercase().as_str(), "fwd" | "fw") {
            return Some(Prefix::Forward);
        }
        rest = after.trim_start();
    }
    let (head, _) = rest.split_once([':', '：'])?;
    let head = head.trim().to_lowercase();
    let word = head.split(['[', '(', '^']).next().unwrap_or_default().trim();
    let counted = &head[head.len().min(word.len())..];
    if !counted
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, '[' | ']' | '(' | ')' | '^' | ' '))
    {
        return None;
    }
    match word {
        word if FORWARD.contains(&word) => Some(Prefix::Forward),
        word if REPLY.contains(&word) => Some(Prefix::Reply),
        _ => None,
    }
}

/// Words between dashes above a letter that was passed on.
const PASSED_ON: &[&str] = &[
    "forwarded message",
    "forwarded mail",
    "forwarded email",
    "message transféré",
    "mail transféré",
    "courriel transféré",
    "message réexpédié",
    "message transmis",
    "weitergeleitete nachricht",
    "weitergeleitete mail",
    "weitergeleitete e-mail",
    "mensaje reenviado",
    "messaggio inoltrato",
    "mensagem encaminhada",
    "mensagem reencaminhada",
    "doorgestuurd bericht",
    "vidarebefordrat meddelande",
    "vidarebefordrat mejl",
    "videresendt meddelelse",
    "videresendt besked",
    "videresendt melding",
    "wiadomość przekazana dalej",
    "przekazana wiadomość",
    "wiadomość przesłana dalej",
    "пересылаемое сообщение",
    "пересланное сообщение",
    "перенаправленное сообщение",
    "välitetty viesti",
    "edelleen lähetetty viesti",
    "přeposlaná zpráva",
    "továbbított üzenet",
    "yönlendirilmiş ileti",
    "iletilen mesaj",
    "转发的邮件",
    "已转发的邮件",
    "转发邮件",
    "转发的信息",
    "轉寄的郵件",
    "転送メッセージ",
    "転送されたメッセージ",
    "전달된 메시지",
];

/// Whole lines of programs that use no dashes.
const BEGINS: &[&str] = &[
    "begin forwarded message",
    "start of forwarded message",
    "début du message réexpédié",
    "début du message transféré",
    "anfang der weitergeleiteten nachricht",
    "anfang der weitergeleiteten e-mail",
    "inicio del mensaje reenviado",
    "inizio messaggio inoltrato",
    "início da mensagem encaminhada",
    "início da mensagem reencaminhada",
    "begin doorgestuurd bericht",
    "vidarebefordrat brev",
    "start på videresendt besked",
    "videresendt besked",
    "videresendt melding",
    "początek przekazywanej wiadomości",
    "начало переадресованного сообщения",
    "начало пересылаемого сообщения",
    "välitetty viesti alkaa",
    "başlangıç iletilen ileti",
    "開始轉寄訊息",
    "以下是转发的邮件",
    "下面是被转发的邮件",
    "転送されたメッセージ",
    "전달된 메시지",
];

/// Words between dashes above a letter that was passed on or answered.
const EITHER: &[&str] = &[
    "original message",
    "original appointment",
    "message d'origine",
    "message original",
    "message initial",
    "mail original",
    "courriel original",
    "ursprüngliche nachricht",
    "originalnachricht",
    "original-nachricht",
    "mensaje original",
    "messaggio originale",
    "mensagem original",
    "oorspronkelijk bericht",
    "origineel bericht",
    "ursprungligt meddelande",
    "originalmeddelande",
    "original meddelelse",
    "oprindelig meddelelse",
    "opprinnelig melding",
    "oryginalna wiadomość",
    "wiadomość oryginalna",
    "исходное сообщение",
    "původní zpráva",
    "alkuperäinen viesti",
    "原始邮件",
    "原始郵件",
    "元のメッセージ",
    "원본 메시지",
];

/// The words of a line between its dashes, and how many bytes the dashes take.
fn inner(line: &str) -> Option<(String, usize)> {
    if line.len() > 160 {
        return None;
    }
    let words = line.trim_matches(|c: char| matches!(c, '-' | '_' | '*' | '=' | ' ' | '–' | '—'));
    let lower = words.to_lowercase().replace('\u{2019}', "'").replace('\u{A0}', " ");
    Some((
        lower.trim_end_matches([':', '：', ' ']).to_owned(),
        line.len() - words.len(),
    ))
}

/// A mark that only stands above what was passed on.
pub(super) fn is_mark(line: &str) -> bool {
    let Some((words, dashes)) = inner(line) else {
        return false;
    };
    let colon = line.trim_end().ends_with([':', '：']);
    // "Forwarded message from Cedar" is how older programs say it.
    let passed_on = PASSED_ON
        .iter()
        .any(|m| words == *m || words.strip_prefix(m).is_some_and(|r| r.starts_with(" from ")));
    dashes >= 4 && passed_on || colon && BEGINS.contains(&words.as_str())
}

/// A mark above any earlier letter.
pub(super) fn is_other_mark(line: &str) -> bool {
    inner(line).is_some_and(|(words, dashes)| dashes >= 4 && EITHER.contains(&words.as_str()))
}
