//! The archive (ZIP) a word processor keeps its XML in. Only the few parts that hold words are opened, each up to a
//! bound: an archive says nothing true about how much comes out of it.

use std::io::{BufReader, Cursor, Read as _};

use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;
use zip::read::ZipFile;
use zip::result::ZipError;

use crate::Fault;

/// Of one part, unpacked.
const MOST: u64 = 64 << 20;
/// Of a part that only says where others are.
const MOST_SMALL: u64 = 1 << 20;
/// How the word processor's older file begins; a newer one with a password is wrapped into it (MS-OFFCRYPTO).
const COMPOUND: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

pub(super) struct Archive<'f>(ZipArchive<Cursor<&'f [u8]>>);

impl<'f> Archive<'f> {
    pub(super) fn open(file: &'f [u8]) -> Result<Archive<'f>, Fault> {
        if file.starts_with(&COMPOUND) {
            let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
            let locked = file.windows(name.len()).any(|part| part == name);
            return Err(if locked { Fault::Encrypted } else { Fault::UnknownKind });
        }
        ZipArchive::new(Cursor::new(file)).map(Archive).map_err(fault)
    }

    fn part(&mut self, name: &str) -> Result<ZipFile<'_, Cursor<&'f [u8]>>, Fault> {
        self.0.by_name(name).map_err(fault)
    }

    /// A small part whole, where it is there and can be read.
    pub(super) fn small(&mut self, name: &str) -> Option<String> {
        let mut text = Vec::new();
        self.part(name).ok()?.take(MOST_SMALL).read_to_end(&mut text).ok()?;
        Some(String::from_utf8_lossy(&text).into_owned())
    }

    /// Shows each event of an XML part; what has no content comes as a beginning and an end.
    pub(super) fn xml(
        &mut self,
        name: &str,
        mut see: impl FnMut(&Event<'_>) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        let mut reader = Reader::from_reader(BufReader::new(self.part(name)?.take(MOST)));
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        config.allow_unmatched_ends = true;
        config.check_end_names = false;
        let mut held = Vec::new();
        let outcome = loop {
            match reader.read_event_into(&mut held) {
                Ok(Event::Eof) => break Ok(()),
                Ok(event) => see(&event)?,
                Err(_) => break Err(Fault::Broken),
            }
            held.clear();
        };
        let unpacked = reader.into_inner().into_inner();
        if unpacked.limit() == 0 {
            Err(Fault::TooLarge)
        } else {
            outcome
        }
    }
}

#[expect(clippy::needless_pass_by_value, reason = "the shape map_err wants")]
fn fault(error: ZipError) -> Fault {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Fault::Encrypted,
        _ => Fault::Broken,
    }
}
