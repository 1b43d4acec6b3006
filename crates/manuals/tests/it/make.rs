//! Manuals made by hand: honest ones small enough to be read here, and hostile ones.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

/// A PDF of these objects, numbered from 1; the first is its catalogue. The trailer takes what `more` adds.
pub fn pdf_with(objects: &[Vec<u8>], more: &str) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut places = String::new();
    for (number, object) in (1..).zip(objects) {
        writeln!(places, "{:010} 00000 n ", file.len()).unwrap();
        file.extend_from_slice(format!("{number} 0 obj\n").as_bytes());
        file.extend_from_slice(object);
        file.extend_from_slice(b"\nendobj\n");
    }
    let (table, count) = (file.len(), objects.len() + 1);
    let end = format!(
        "xref\n0 {count}\n0000000000 65535 f \n{places}trailer\n<</Size {count}/Root 1 0 R{more}>>\nstartxref\n{table}\n%%EOF\n"
    );
    file.extend_from_slice(end.as_bytes());
    file
}

pub fn stream(more: &str, data: &[u8]) -> Vec<u8> {
    let head = format!("<</Length {}{more}>>\nstream\n", data.len());
    [head.as_bytes(), data, b"\nendstream"].concat()
}

/// A PDF with a page for each content. Objects: 1 and 2 the trees, 3 the font /F, 4 the form or picture /X, then two
/// for each page.
pub fn pdf_drawing(x: Vec<u8>, contents: &[Vec<u8>]) -> Vec<u8> {
    let kids: String = (0..contents.len()).map(|n| format!("{} 0 R ", 5 + 2 * n)).collect();
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        format!("<</Type/Pages/Kids[{kids}]/Count {}/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>/XObject<</X 4 0 R>>>>>>", contents.len()).into_bytes(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_vec(),
        x,
    ];
    for (n, content) in contents.iter().enumerate() {
        objects.push(format!("<</Type/Page/Parent 2 0 R/Contents {} 0 R>>", 6 + 2 * n).into_bytes());
        objects.push(content.clone());
    }
    pdf_with(&objects, "")
}

/// A PDF whose pages show these texts, a line for each.
pub fn pdf(pages: &[&str]) -> Vec<u8> {
    let contents: Vec<Vec<u8>> = pages.iter().map(|text| stream("", &show(text))).collect();
    pdf_drawing(b"null".to_vec(), &contents)
}

/// Operators that show a text, as Windows would write it.
pub fn show(text: &str) -> Vec<u8> {
    let mut out = b"BT /F 11 Tf 14 TL 50 800 Td\n".to_vec();
    for line in text.lines() {
        out.push(b'(');
        for c in line.chars() {
            match c {
                '(' | ')' | '\\' => out.extend([b'\\', c as u8]),
                '’' => out.push(0x92),
                c => out.push(u8::try_from(c).unwrap()),
            }
        }
        out.extend_from_slice(b") Tj T*\n");
    }
    out.extend_from_slice(b"ET\n");
    out
}

/// An archive of these parts.
pub fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, data) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(data).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const WORDS: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

pub fn docx_xml(body: &str) -> String {
    format!("<?xml version=\"1.0\"?><w:document xmlns:w=\"{WORDS}\"><w:body>{body}</w:body></w:document>")
}

pub fn docx(body: &str) -> Vec<u8> {
    archive(&[("word/document.xml", docx_xml(body).as_bytes())])
}

/// The automatic styles, and the text.
pub fn odt_xml(styles: &str, body: &str) -> String {
    format!(
        "<office:document-content xmlns:office=\"o\" xmlns:text=\"t\" xmlns:style=\"s\" xmlns:fo=\"f\">\
         <office:automatic-styles>{styles}</office:automatic-styles>\
         <office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
}

pub fn odt(styles: &str, body: &str) -> Vec<u8> {
    archive(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", odt_xml(styles, body).as_bytes()),
    ])
}

/// An archive with one part that unpacks to this, and then to a mebibyte of that, so many times.
pub fn archive_bomb(name: &str, begin: &str, unit: &str, times: usize) -> Vec<u8> {
    let block = |data: &[u8], last| {
        let mut packer = flate2::Compress::new(flate2::Compression::default(), false);
        let mut out = Vec::with_capacity(data.len() + 1_000);
        let flush = if last {
            flate2::FlushCompress::Finish
        } else {
            flate2::FlushCompress::Full
        };
        packer.compress_vec(data, &mut out, flush).unwrap();
        out
    };
    let data = block(unit.repeat((1 << 20) / unit.len()).as_bytes(), false).repeat(times);
    let packed = [block(begin.as_bytes(), false), data, block(b"", true)].concat();
    let full = (begin.len() + unit.repeat((1 << 20) / unit.len()).len() * times) as u32;
    let full = full.to_le_bytes();
    let size = (packed.len() as u32).to_le_bytes();
    let length = (name.len() as u16).to_le_bytes();
    // Version 2.0, no flags, deflated, no time, a checksum of nothing, sizes, and no extras (APPNOTE 4.3.7 and 4.3.12).
    let shared = [
        &[20, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0][..],
        &size,
        &full,
        &length,
        &[0, 0],
    ]
    .concat();
    let local = [b"PK\x03\x04", &shared[..], name.as_bytes(), &packed].concat();
    let central = [b"PK\x01\x02\x14\x00", &shared[..], &[0; 14], name.as_bytes()].concat();
    let place = (local.len() as u32).to_le_bytes();
    let length = (central.len() as u32).to_le_bytes();
    let end = [b"PK\x05\x06\0\0\0\0\x01\0\x01\0", &length[..], &place, &[0, 0]].concat();
    [local, central, end].concat()
}
