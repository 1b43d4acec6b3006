//! Wrappings of Outlook, opened: made here byte by byte as MS-OXTNEF says.

use mail::{Defect, Role};

/// An attribute: level, number with type, length, data, checksum.
fn attribute(level: u8, id: u32, data: &[u8]) -> Vec<u8> {
    let sum = data.iter().fold(0_u16, |s, b| s.wrapping_add(u16::from(*b)));
    [
        &[level][..],
        &id.to_le_bytes(),
        &(data.len() as u32).to_le_bytes(),
        data,
        &sum.to_le_bytes(),
    ]
    .concat()
}

fn padded(data: &[u8]) -> Vec<u8> {
    let mut out = [&(data.len() as u32).to_le_bytes()[..], data].concat();
    out.resize(out.len().next_multiple_of(4), 0);
    out
}

fn property(kind: u16, id: u16, data: &[u8]) -> Vec<u8> {
    [
        &kind.to_le_bytes()[..],
        &id.to_le_bytes(),
        &1_u32.to_le_bytes(),
        &padded(data),
    ]
    .concat()
}

fn list(properties: &[Vec<u8>]) -> Vec<u8> {
    [&(properties.len() as u32).to_le_bytes()[..], &properties.concat()].concat()
}

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect()
}

/// Compressed RTF that holds no reference: one control byte of zeros before each eight bytes.
fn squeezed(rich: &[u8]) -> Vec<u8> {
    let runs: Vec<u8> = rich.chunks(8).flat_map(|c| [&[0][..], c].concat()).collect();
    let head = [
        (runs.len() as u32 + 12).to_le_bytes(),
        (rich.len() as u32).to_le_bytes(),
        0x7546_5A4C_u32.to_le_bytes(),
        [0; 4],
    ];
    [&head.concat()[..], &runs].concat()
}

fn wrapping(attributes: &[Vec<u8>]) -> Vec<u8> {
    [&0x223E_9F78_u32.to_le_bytes()[..], &[1, 0], &attributes.concat()].concat()
}

fn file(title: &[u8], data: &[u8], properties: &[Vec<u8>]) -> Vec<u8> {
    [
        attribute(2, 0x0006_9002, &[0; 14]),
        attribute(2, 0x0001_8010, title),
        attribute(2, 0x0006_800F, data),
        attribute(2, 0x0006_9005, &list(properties)),
    ]
    .concat()
}

fn letter(text: &str, wrapping: &[u8]) -> mail::Letter {
    let head = format!(
        "From: a@b.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n{text}\r\n--b\r\nContent-Type: application/ms-tnef; name=\"winmail.dat\"\r\nContent-Transfer-Encoding: binary\r\n\r\n"
    );
    mail::parse(&[head.as_bytes(), wrapping, b"\r\n--b--\r\n"].concat())
}

const LONG: &str = "Relevé des heures – équipe de nuit – novembre 2026.xlsx";

fn sample() -> Vec<u8> {
    let html = b"{\\rtf1\\ansi\\fromhtml1 {\\*\\htmltag64 <p>}\\htmlrtf {\\htmlrtf0 Bonjour{\\*\\htmltag84 <img src=\"cid:logo@x\">}{\\*\\htmltag72 </p>}\\htmlrtf }\\htmlrtf0}";
    wrapping(&[
        attribute(1, 0x0006_9007, &[&1252_u32.to_le_bytes()[..], &[0; 4]].concat()),
        attribute(1, 0x0006_9003, &list(&[property(0x102, 0x1009, &squeezed(html))])),
        file(b"RELEV~1.XLS\0", b"cells", &[property(0x1F, 0x3707, &wide(LONG))]),
        file(
            b"logo.png\0",
            b"png",
            &[
                property(0x1E, 0x3712, b"logo@x\0"),
                property(0x1E, 0x370E, b"image/png\0"),
            ],
        ),
    ])
}

#[test]
fn files_come_out_with_their_long_names() {
    let letter = letter("Hello", &sample());
    let names: Vec<_> = letter.attachments.iter().map(|a| a.name.as_deref().unwrap()).collect();
    assert_eq!(names, [LONG, "logo.png"]);
    assert_eq!(letter.attachments[0].bytes, b"cells");
    assert_eq!(letter.attachments[1].mime, "image/png");
    assert_eq!(letter.text.as_deref(), Some("Hello"), "the letter's own text stays");
    assert_eq!(letter.html, None);
    assert!(letter.defects.is_empty(), "{:?}", letter.defects);
}

#[test]
fn the_text_inside_is_read_when_there_is_no_other() {
    let letter = letter("", &sample());
    assert_eq!(
        letter.html.as_deref().unwrap().trim(),
        "<p>Bonjour<img src=\"cid:logo@x\"></p>"
    );
    assert_eq!(letter.shown_inside, ["logo@x"]);
    assert!(letter.inside("logo@x").unwrap().inline);
    let rich = wrapping(&[attribute(
        1,
        0x0006_9003,
        &list(&[property(
            0x102,
            0x1009,
            &squeezed(b"{\\rtf1\\ansi\\ansicpg1252 L'\\'e9cran\\par marche}"),
        )]),
    )]);
    assert_eq!(
        self::letter("", &rich).text.as_deref().map(str::trim),
        Some("L'écran\nmarche")
    );
}

#[test]
fn what_cannot_be_opened_stays_a_file() {
    let whole = sample();
    for end in 0..whole.len() {
        let letter = letter("Hello", &whole[..end]);
        let kept = letter
            .attachments
            .iter()
            .any(|a| a.name.as_deref() == Some("winmail.dat"));
        let told = letter
            .defects
            .iter()
            .any(|d| matches!(d, Defect::BadWrapping | Defect::PartOfWrapping));
        // A cut between two attributes is an end like any other.
        assert!(
            kept || letter
                .attachments
                .iter()
                .all(|a| a.role == Role::File && !a.bytes.is_empty()),
            "{end}"
        );
        assert!(kept || !told, "{end}: {:?}", letter.defects);
    }
    let random = letter("Hello", b"no wrapping at all");
    assert_eq!(random.attachments[0].bytes, b"no wrapping at all");
    assert_eq!(random.defects, [Defect::BadWrapping]);
}

#[test]
fn wrappings_inside_wrappings_end() {
    let mut inner = wrapping(&[file(b"deep.txt\0", b"deep", &[])]);
    for _ in 0..3 {
        let object = [&[0; 16][..], &inner].concat();
        inner = wrapping(&[
            attribute(2, 0x0006_9002, &[0; 14]),
            attribute(2, 0x0006_9005, &list(&[property(0x0D, 0x3701, &object)])),
        ]);
    }
    assert_eq!(letter("Hello", &inner).attachments[0].name.as_deref(), Some("deep.txt"));
}
