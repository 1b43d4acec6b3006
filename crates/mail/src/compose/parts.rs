//! The parts of a letter of ours. Every part is quoted-printable or base64, in neither of which
//! a boundary beginning `=_` can occur, so no contents can break out of their part.

use super::{Outgoing, encode};

pub(super) fn write(letter: &Outgoing, out: &mut Vec<u8>) {
    // Without HTML nothing shows the pictures.
    let loose = if letter.html.is_empty() {
        letter.pictures.as_slice()
    } else {
        &[]
    };
    if letter.attachments.is_empty() && loose.is_empty() {
        reading_matter(letter, out);
        return;
    }
    let outer = boundary(&letter.message_id, "m");
    container("multipart/mixed", &outer, out);
    open(&outer, out);
    reading_matter(letter, out);
    for (name, mime, bytes) in &letter.attachments {
        open(&outer, out);
        file("attachment", name, mime, bytes, out);
    }
    for picture in loose {
        open(&outer, out);
        file("attachment", &picture.name, &picture.mime, &picture.bytes, out);
    }
    close(&outer, out);
}

fn reading_matter(letter: &Outgoing, out: &mut Vec<u8>) {
    if letter.html.is_empty() {
        text_part("text/plain", &letter.text, out);
        return;
    }
    let boundary = boundary(&letter.message_id, "a");
    container("multipart/alternative", &boundary, out);
    open(&boundary, out);
    text_part("text/plain", &letter.text, out);
    open(&boundary, out);
    html(letter, out);
    close(&boundary, out);
}

/// The HTML and what it shows.
fn html(letter: &Outgoing, out: &mut Vec<u8>) {
    if letter.pictures.is_empty() {
        text_part("text/html", &letter.html, out);
        return;
    }
    let boundary = boundary(&letter.message_id, "r");
    container("multipart/related; type=\"text/html\"", &boundary, out);
    open(&boundary, out);
    text_part("text/html", &letter.html, out);
    for picture in &letter.pictures {
        open(&boundary, out);
        out.extend_from_slice(format!("Content-ID: <{}>\r\n", picture.content_id).as_bytes());
        file("inline", &picture.name, &picture.mime, &picture.bytes, out);
    }
    close(&boundary, out);
}

fn container(mime: &str, boundary: &str, out: &mut Vec<u8>) {
    out.extend_from_slice(format!("Content-Type: {mime};\r\n boundary=\"{boundary}\"\r\n\r\n").as_bytes());
}

fn open(boundary: &str, out: &mut Vec<u8>) {
    out.extend_from_slice(format!("--{boundary}\r\n").as_bytes());
}

fn close(boundary: &str, out: &mut Vec<u8>) {
    out.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
}

fn text_part(mime: &str, text: &str, out: &mut Vec<u8>) {
    out.extend_from_slice(format!("Content-Type: {mime}; charset=utf-8\r\n").as_bytes());
    out.extend_from_slice(b"Content-Transfer-Encoding: quoted-printable\r\n\r\n");
    encode::quoted_printable(text, out);
}

fn file(disposition: &str, name: &str, mime: &str, bytes: &[u8], out: &mut Vec<u8>) {
    let mime = if is_plain_type(mime) {
        mime
    } else {
        "application/octet-stream"
    };
    let name = crate::names::safe_name(name);
    out.extend_from_slice(format!("Content-Type: {mime}{}\r\n", encode::parameter("name", &name)).as_bytes());
    out.extend_from_slice(
        format!(
            "Content-Disposition: {disposition}{}\r\n",
            encode::parameter("filename", &name)
        )
        .as_bytes(),
    );
    out.extend_from_slice(b"Content-Transfer-Encoding: base64\r\n\r\n");
    encode::base64_lines(bytes, out);
}

/// `type/subtype` of a single part; containers and letters may not be base64.
fn is_plain_type(mime: &str) -> bool {
    let token =
        |s: &str| (1..=60).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_alphanumeric() || b"-+._".contains(&b));
    let lower = mime.to_ascii_lowercase();
    mime.split_once('/')
        .is_some_and(|(kind, sub)| token(kind) && token(sub))
        && !lower.starts_with("multipart/")
        && !lower.starts_with("message/")
}

/// The same letter always gets the same boundaries.
fn boundary(message_id: &str, kind: &str) -> String {
    let hash = message_id.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    format!("=_{kind}{hash:016x}")
}
