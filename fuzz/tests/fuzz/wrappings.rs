//! Any wrapping of Outlook is opened or kept, and what it holds never grows out of proportion.

use proptest::prelude::*;
use proptest::sample::select;

use crate::run;

const ATTRIBUTES: &[u32] = &[
    0x0006_9002,
    0x0001_8010,
    0x0006_800F,
    0x0006_9005,
    0x0006_9003,
    0x0002_800C,
    0x0006_9007,
    0x0007_8008,
];
const KINDS: &[u16] = &[0x1E, 0x1F, 0x102, 0x0D, 0x03, 0x0B, 0x40, 0x48, 0x101E, 0x1003, 0x77];
const NUMBERS: &[u16] = &[
    0x1000, 0x1009, 0x1013, 0x3001, 0x3701, 0x3704, 0x3707, 0x370E, 0x3712, 0x3FDE, 0x7FFE, 0x8005,
];
const RICH: &[&str] = &[
    "{\\rtf1\\ansi ",
    "\\fromhtml1 ",
    "{\\*\\htmltag64 <p>}",
    "\\htmlrtf ",
    "\\htmlrtf0 ",
    "\\'e9",
    "\\u-10179?",
    "\\u8217",
    "\\uc9 ",
    "\\bin99999999 ",
    "\\ansicpg932 ",
    "{",
    "}",
    "\\par",
    "{\\pict ",
    "\\",
    "word ",
];

fn squeezed(data: &[u8], plain: bool) -> Vec<u8> {
    let kind: u32 = if plain { 0x414C_454D } else { 0x7546_5A4C };
    [&[0; 4][..], &u32::MAX.to_le_bytes(), &kind.to_le_bytes(), &[0; 4], data].concat()
}

fn value() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        2 => prop::collection::vec(any::<u8>(), 0..40),
        1 => any::<String>().prop_map(String::into_bytes),
        1 => prop::collection::vec(any::<u8>(), 0..60).prop_map(|data| squeezed(&data, false)),
        2 => prop::collection::vec(select(RICH), 0..30).prop_map(|words| squeezed(words.concat().as_bytes(), true)),
    ]
}

fn properties() -> impl Strategy<Value = Vec<u8>> {
    let property = (select(KINDS), select(NUMBERS), 0_u32..3, value()).prop_map(|(kind, number, count, value)| {
        let mut out = [
            &kind.to_le_bytes()[..],
            &number.to_le_bytes(),
            &count.to_le_bytes(),
            &(value.len() as u32).to_le_bytes(),
            &value,
        ]
        .concat();
        out.resize(out.len().next_multiple_of(4), 0);
        out
    });
    (0_u32..9, prop::collection::vec(property, 0..6))
        .prop_map(|(count, list)| [count.to_le_bytes().to_vec(), list.concat()].concat())
}

/// A stream of attributes, sometimes inside a value of another, sometimes cut.
fn wrapping() -> impl Strategy<Value = Vec<u8>> {
    let data = prop_oneof![1 => value(), 2 => properties()];
    let attribute = (1_u8..4, select(ATTRIBUTES), data, -2_i64..3).prop_map(|(level, id, data, wrong)| {
        let length = (data.len() as i64 + i64::from(wrong == 2)).max(0) as u32;
        [&[level][..], &id.to_le_bytes(), &length.to_le_bytes(), &data, &[0, 0]].concat()
    });
    let stream = |list: Vec<Vec<u8>>| [&0x223E_9F78_u32.to_le_bytes()[..], &[1, 0], &list.concat()].concat();
    (
        prop::collection::vec(attribute, 0..8),
        any::<bool>(),
        any::<prop::sample::Index>(),
        any::<bool>(),
    )
        .prop_map(move |(list, nested, at, cut)| {
            let mut bytes = stream(list);
            if nested {
                let object = [&[0; 16][..], &bytes].concat();
                let head = [
                    &1_u32.to_le_bytes()[..],
                    &[0x0D, 0, 0x01, 0x37, 1, 0, 0, 0],
                    &(object.len() as u32).to_le_bytes(),
                ]
                .concat();
                let data = [head, object].concat();
                let inner = [
                    &[2][..],
                    &0x0006_9005_u32.to_le_bytes(),
                    &(data.len() as u32).to_le_bytes(),
                    &data,
                    &[0, 0],
                ]
                .concat();
                bytes = stream(vec![
                    [&[2][..], &0x0006_9002_u32.to_le_bytes(), &[0; 6]].concat(),
                    inner,
                ]);
            }
            if cut {
                bytes.truncate(at.index(bytes.len() + 1));
            }
            bytes
        })
}

#[test]
fn any_wrapping_is_opened_or_kept() {
    run("wrappings", &wrapping(), |bytes| {
        let head = b"From: a@b.example\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: binary\r\n\r\n";
        let raw = [&head[..], &bytes].concat();
        let letter = mail::parse(&raw);
        prop_assert!(!letter.defects.contains(&mail::Defect::ReaderFailed));
        let told = letter
            .defects
            .iter()
            .any(|d| matches!(d, mail::Defect::BadWrapping | mail::Defect::PartOfWrapping));
        let kept = letter.attachments.iter().any(|a| a.bytes == bytes);
        prop_assert!(kept || !told, "told as unreadable, and gone");
        let held: usize = letter.attachments.iter().map(|a| a.bytes.len()).sum();
        prop_assert!(held <= 100 * raw.len() + 4_096, "{held} bytes from {}", raw.len());
        prop_assert!(mail::parse(&raw) == letter, "read differently the second time");
        Ok(())
    });
}
