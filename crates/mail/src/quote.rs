//! What a person wrote in a reply, apart from what was quoted below it and from the signature.
//! Nothing is lost: every line goes either to the visible part or to the rest, and when nothing
//! would remain visible, everything is. Linear: each line is looked at a fixed number of times.

mod labels;
mod marks;

pub(crate) use labels::{Label, labelled};

pub(crate) use marks::is_header_block as is_header;
use marks::{is_attribution_start, is_header_block, is_mobile_signature, is_quoted, is_separator, is_signature_start};

/// A reply taken apart; the lines of both parts together are the lines of the text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Trimmed {
    pub visible: String,
    pub rest: String,
}

/// How many lines an attribution such as "On Monday … wrote:" may be broken into.
const ATTRIBUTION_LINES: usize = 6;

/// How many quotations are looked at for answers between them; the last one looked at and all
/// after it count as unanswered.
const ANSWERED: usize = 50;

/// Takes a reply apart.
pub fn trim(text: &str) -> Trimmed {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<&str> = text.split('\n').collect();
    let mut kept = vec![true; lines.len()];
    hide(&lines, &mut kept);
    let visible = join(&lines, &kept, true);
    if visible.trim().is_empty() {
        return Trimmed {
            visible: text.trim_matches('\n').trim_end().to_owned(),
            rest: String::new(),
        };
    }
    Trimmed {
        visible,
        rest: join(&lines, &kept, false),
    }
}

fn join(lines: &[&str], kept: &[bool], which: bool) -> String {
    let chosen: Vec<&str> = lines
        .iter()
        .zip(kept)
        .filter(|(_, k)| **k == which)
        .map(|(l, _)| *l)
        .collect();
    let joined = chosen.join("\n");
    joined.trim_matches('\n').trim_end().to_owned()
}

/// Whether one line is an attribution such as "On Monday … wrote:".
pub(crate) fn is_attribution_line(line: &str) -> bool {
    line.len() <= 400 && is_attribution_start(line) && marks::is_attribution(line)
}

fn hide(lines: &[&str], kept: &mut [bool]) {
    let mut at = 0;
    let mut fenced = false;
    let mut answered = 0;
    while at < lines.len() {
        let line = lines[at].trim();
        fenced ^= line.starts_with("```");
        if fenced || line.is_empty() || is_quoted(line) {
            at += 1;
            continue;
        }
        if is_separator(line) || is_header_block(&lines[at..]) || is_signature_start(line, &lines[at + 1..]) {
            kept[at..].fill(false);
            break;
        }
        if let Some(length) = attribution(&lines[at..]) {
            kept[at..at + length].fill(false);
            if answered >= ANSWERED || !has_answer_between(&lines[at + length..]) {
                kept[at..].fill(false);
                break;
            }
            answered += 1;
            at += length;
            continue;
        }
        if is_mobile_signature(line) {
            kept[at] = false;
        }
        at += 1;
    }
    hide_trailing_quote(lines, kept);
}

/// How many lines the attribution that begins here has.
fn attribution(lines: &[&str]) -> Option<usize> {
    if !is_attribution_start(lines[0].trim()) {
        return None;
    }
    let mut joined = String::new();
    for (index, line) in lines.iter().take(ATTRIBUTION_LINES).enumerate() {
        // A broken line may begin with the bracket that closes the address: "> wrote:".
        let quoted = index > 0 && is_quoted(line) && line.trim().len() > 40;
        if line.len() > 400 || quoted {
            return None;
        }
        joined.push(' ');
        joined.push_str(line.trim());
        if joined.len() > 600 {
            return None;
        }
        if marks::is_attribution(joined.trim()) {
            return Some(index + 1);
        }
    }
    None
}

/// Whether somebody wrote between or below the quoted lines that follow.
fn has_answer_between(lines: &[&str]) -> bool {
    let first = lines.iter().position(|l| !l.trim().is_empty());
    let Some(first) = first.filter(|n| is_quoted(lines[*n])) else {
        return false;
    };
    let mut wrapped = false;
    for (index, line) in lines.iter().enumerate().skip(first) {
        let text = line.trim();
        if text.is_empty() {
            wrapped = false;
            continue;
        }
        if is_quoted(line) {
            // The end of a line that was broken on the way stands unquoted below it.
            wrapped = line.chars().count() > 60;
            continue;
        }
        if is_separator(text) || is_signature_start(text, &lines[index + 1..]) || is_header_block(&lines[index..]) {
            return false;
        }
        if !wrapped && !is_mobile_signature(text) && attribution(&lines[index..]).is_none() {
            return true;
        }
    }
    false
}

/// Quoted lines below everything that was written.
fn hide_trailing_quote(lines: &[&str], kept: &mut [bool]) {
    for index in (0..lines.len()).rev() {
        if !kept[index] || lines[index].trim().is_empty() {
            continue;
        }
        if !is_quoted(lines[index]) {
            break;
        }
        kept[index] = false;
    }
}
