//! Any manual is read to an end: bounded words, the same ones each time, and no panic of ours.

use std::io::{Cursor, Write as _};
use std::sync::Once;
use std::sync::atomic::{AtomicUsize, Ordering};

use manuals::{Kind, MOST_PAGES, MOST_TEXT};
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;

use crate::{bytes, run};

const PDF: &str = "%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1\
    /Resources<</Font<</F 5 0 R/G 7 0 R>>/XObject<</X 6 0 R>>>>>>\nendobj\n3 0 obj\n<</Type/Page/Parent 2 0 R/Contents[4 0 R 4 0 R]\
    /MediaBox[0 0 9 9]>>\nendobj\n4 0 obj\n<</Length 56>>\nstream\nq BT /F 9 Tf 1 0 0 1 9 9 Tm [(pa) -300 (ge)] TJ ET /X Do Q\nendstream\n\
    endobj\n5 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 8 0 R>>\nendobj\n6 0 obj\n<</Subtype/Form/Length 30>>\nstream\n\
    BT /G 9 Tf (form) Tj T* ET /X Do\nendstream\nendobj\n7 0 obj\n<</Type/Font/Subtype/Type0/Encoding/Identity-H/DescendantFonts\
    [<</Subtype/CIDFontType2/W[1[500]]>>]>>\nendobj\n8 0 obj\n<</Length 47>>\nstream\n1 beginbfrange <00> <FF> <0041> endbfrange\nendstream\n\
    endobj\ntrailer\n<</Root 1 0 R/Size 9>>\nstartxref\n9\n%%EOF\n";
const PDF_WORDS: &[&str] = &[
    " 0 R",
    " obj\n",
    "endobj\n",
    "<<",
    ">>",
    "[",
    "]",
    "(",
    ")",
    "<",
    ">",
    "stream\n",
    "endstream",
    "/Type",
    "/Page",
    "/Pages",
    "/Kids",
    "/Contents",
    "/Length",
    "/Font",
    "/Filter/FlateDecode",
    "/Filter/ASCIIHexDecode",
    "/Filter/LZWDecode",
    "/Prev 9",
    "/Encrypt",
    "/ObjStm",
    "/XRef",
    "/W[1 2 1]",
    "/Index[0 99999999]",
    "/Subtype/Type3",
    "/CharProcs",
    "/Differences[0/a]",
    "/Widths",
    "/FirstChar",
    "/FontFile2",
    " Tf",
    " Tj",
    " TJ",
    " Tm",
    " Td",
    " Tz",
    " Tc",
    " cm",
    " Do",
    " q",
    " Q",
    " BI ",
    " ID ",
    " EI ",
    "9999999999",
    "-1",
    "1e99",
    "beginbfrange",
    "begincodespacerange",
    "usecmap",
    "%",
];

const XML: &str = "<w:document><w:body><w:p><w:pPr><w:pageBreakBefore w:val=\"0\"/></w:pPr><w:r><w:t>one &amp; &#9731;</w:t>\
    <w:br w:type=\"page\"/><w:lastRenderedPageBreak/><w:tab/></w:r></w:p><mc:Fallback><w:t>x</w:t></mc:Fallback></w:body></w:document>";
const WRITER: &str = "<d><style:style style:name=\"A\" style:parent-style-name=\"A\"><style:paragraph-properties fo:break-before=\"page\"/>\
    </style:style><text:p text:style-name=\"A\">one<text:s/><text:soft-page-break/>two<text:note-citation>1</text:note-citation>\
    <office:annotation><text:p>x</text:p></office:annotation></text:p><text:h/></d>";
const XML_WORDS: &[&str] = &[
    "<",
    ">",
    "</",
    "/>",
    "<w:p>",
    "</w:p>",
    "<w:t>",
    "</w:t>",
    "<w:br w:type=\"page\"/>",
    "<mc:Fallback>",
    "</mc:Fallback>",
    "<text:p text:style-name=\"A\">",
    "</text:p>",
    "<text:soft-page-break/>",
    "<office:annotation>",
    "&",
    ";",
    "&#0;",
    "&#x110000;",
    "&lol;",
    "<!DOCTYPE a [<!ENTITY lol \"lol\">]>",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "<?",
    "?>",
    "\"",
    "=",
    "\u{0}",
];

static OURS: AtomicUsize = AtomicUsize::new(0);

/// The reader catches what a library stumbles over; a stumble of our own code is a fault all the same.
fn watch() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if info.location().is_some_and(|at| at.file().contains("crates/manuals/")) {
                OURS.fetch_add(1, Ordering::Relaxed);
            }
            usual(info);
        }));
    });
}

fn holds(kind: Kind, file: &[u8]) -> TestCaseResult {
    watch();
    let read = || {
        let mut pages = Vec::new();
        let fault = manuals::read(kind, file.to_vec(), &mut |page| pages.push(page.to_owned()));
        (pages, fault)
    };
    let (pages, fault) = read();
    prop_assert_eq!(OURS.load(Ordering::Relaxed), 0, "a panic of ours");
    prop_assert!(pages.len() <= MOST_PAGES);
    prop_assert!(pages.iter().map(String::len).sum::<usize>() <= MOST_TEXT);
    let clean = |page: &String| page.chars().all(|c| c == '\n' || !c.is_control());
    prop_assert!(pages.iter().all(clean), "{pages:?}");
    prop_assert!(read() == (pages, fault), "read differently the second time");
    Ok(())
}

/// The XML in the archive it comes in.
fn packed(name: &str, xml: &[u8]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let plain = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    zip.start_file(name, plain).unwrap();
    zip.write_all(xml).unwrap();
    zip.finish().unwrap().into_inner()
}

#[test]
fn any_pdf_is_read_to_an_end() {
    run("manuals: PDF", &bytes(&[PDF], PDF_WORDS), |file| {
        holds(Kind::Pdf, &file)
    });
}

#[test]
fn any_text_of_a_word_processor_is_read_to_an_end() {
    run("manuals: DOCX", &bytes(&[XML], XML_WORDS), |xml| {
        holds(Kind::Docx, &packed("word/document.xml", &xml))
    });
    run("manuals: ODT", &bytes(&[WRITER], XML_WORDS), |xml| {
        holds(Kind::Odt, &packed("content.xml", &xml))
    });
}

#[test]
fn any_archive_and_any_text_is_read_to_an_end() {
    let inputs = (bytes(&[XML], XML_WORDS), any::<prop::sample::Index>(), any::<u8>());
    run("manuals: archives", &inputs, |(xml, at, byte)| {
        let mut file = packed("word/document.xml", &xml);
        let at = at.index(file.len());
        file[at] = byte;
        holds(Kind::Docx, &file)?;
        holds(Kind::Text(None), &file)
    });
}
