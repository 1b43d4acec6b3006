//! What is read of the files of word processors.

use manuals::{Fault, Kind};

use crate::make::{archive, archive_bomb, docx, docx_xml, odt, odt_xml};
use crate::{pages, read};

#[test]
fn paragraphs_of_word_are_lines_and_its_breaks_end_pages() {
    let body = "<w:p><w:pPr><w:tabs><w:tab w:val=\"left\"/></w:tabs></w:pPr><w:r><w:t>Été</w:t></w:r><w:r><w:tab/>\
        <w:t xml:space=\"preserve\"> à &amp; c&#244;té &lt;1&gt;</w:t></w:r></w:p>\
        <w:p><w:r><w:t>un</w:t><w:br/><w:t>deux</w:t><w:br w:type=\"page\"/></w:r></w:p>\
        <w:p><w:r><w:lastRenderedPageBreak/><w:t>page 2</w:t></w:r></w:p>\
        <w:p><w:r><w:t>still 2</w:t><w:lastRenderedPageBreak/><w:t>page 3</w:t></w:r></w:p>\
        <w:p><w:pPr><w:pageBreakBefore/></w:pPr><w:r><w:t>page 4</w:t></w:r></w:p>\
        <w:p><w:pPr><w:pageBreakBefore w:val=\"0\"/></w:pPr><w:r><w:t>too</w:t></w:r></w:p>";
    let expected = ["Été à & côté <1>\nun\ndeux", "page 2\nstill 2", "page 3", "page 4\ntoo"];
    assert_eq!(pages(Kind::Docx, &docx(body)), expected);
}

#[test]
fn what_word_deleted_or_repeats_is_left_out() {
    let body = "<w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>moved</w:t></w:r>\
        </w:moveFrom><w:r><w:instrText>PAGEREF x</w:instrText><w:t>kept</w:t></w:r></w:p>\
        <mc:AlternateContent><mc:Choice><w:p><w:r><w:t>boxed</w:t></w:r></w:p></mc:Choice>\
        <mc:Fallback><w:p><w:r><w:t>boxed</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent>";
    assert_eq!(pages(Kind::Docx, &docx(body)), ["kept\nboxed"]);
}

#[test]
fn the_document_is_where_the_package_says() {
    let rels = "<Relationships><Relationship Type=\"http://x/relationships/officeDocument\" Target=\"/word/other.xml\"/></Relationships>";
    let text = docx_xml("<w:p><w:r><w:t>found</w:t></w:r></w:p>");
    let file = archive(&[("_rels/.rels", rels.as_bytes()), ("word/other.xml", text.as_bytes())]);
    assert_eq!(pages(Kind::Docx, &file), ["found"]);
}

#[test]
fn paragraphs_of_writer_are_lines_and_its_breaks_end_pages() {
    let styles = "<style:style style:name=\"B\"><style:paragraph-properties fo:break-before=\"page\"/></style:style>\
        <style:style style:name=\"A\"><style:paragraph-properties fo:break-after=\"page\"/></style:style>\
        <style:style style:name=\"C\" style:parent-style-name=\"B\"/>\
        <style:style style:name=\"M\" style:master-page-name=\"First\"/>\
        <style:style style:name=\"L\" style:parent-style-name=\"L\"/>";
    let body = "<text:p text:style-name=\"M\">Été<text:s text:c=\"9\"/>\n à&#x20;c<text:span>ôt</text:span>é</text:p>\
        <text:h>un<text:line-break/>deux<text:note><text:note-citation>1</text:note-citation></text:note></text:h>\
        <text:p text:style-name=\"C\">page 2 <text:soft-page-break/>page 3</text:p>\
        <text:p text:style-name=\"A\">still 3</text:p><text:p text:style-name=\"L\">page 4</text:p>";
    let expected = ["Été à côté\nun\ndeux", "page 2", "page 3\nstill 3", "page 4"];
    assert_eq!(pages(Kind::Odt, &odt(styles, body)), expected);
}

#[test]
fn the_common_styles_of_writer_break_pages_too() {
    let common = "<s><style:style xmlns:style=\"s\" style:name=\"Title\"><style:paragraph-properties break-before=\"page\"/></style:style></s>";
    let text = odt_xml("", "<text:p>one</text:p><text:p text:style-name=\"Title\">two</text:p>");
    let file = archive(&[("styles.xml", common.as_bytes()), ("content.xml", text.as_bytes())]);
    assert_eq!(pages(Kind::Odt, &file), ["one", "two"]);
}

#[test]
fn remarks_and_what_writer_deleted_are_left_out() {
    let body = "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes>\
        <text:p>kept<office:annotation><text:p>remark</text:p></office:annotation></text:p>";
    assert_eq!(pages(Kind::Odt, &odt("", body)), ["kept"]);
}

#[test]
fn a_locked_file_says_so() {
    let manifest = b"<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>";
    let file = archive(&[("META-INF/manifest.xml", manifest), ("content.xml", b"\x01\x02")]);
    assert_eq!(read(Kind::Odt, &file), (vec![], Some(Fault::Encrypted)));
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let compound = [&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1][..], &[0; 600], &name].concat();
    assert_eq!(read(Kind::Docx, &compound), (vec![], Some(Fault::Encrypted)));
    assert_eq!(
        read(Kind::Docx, &compound[..100]),
        (vec![], Some(Fault::UnknownKind)),
        "an old .doc"
    );
}

#[test]
fn only_pictures_and_nothing_at_all_differ() {
    assert_eq!(
        read(Kind::Docx, &docx("<w:p><w:r><w:drawing/></w:r></w:p>")).1,
        Some(Fault::OnlyPictures)
    );
    assert_eq!(
        read(Kind::Odt, &odt("", "<text:p><draw:image/></text:p>")).1,
        Some(Fault::OnlyPictures)
    );
    assert_eq!(read(Kind::Docx, &docx("<w:p/>")), (vec![], None));
}

#[test]
fn entities_of_its_own_are_never_opened() {
    let text = "<!DOCTYPE d [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY f SYSTEM \"file:///etc/passwd\">]>\
        <w:document><w:p><w:r><w:t>x&b;y&f;z</w:t></w:r></w:p></w:document>";
    assert_eq!(
        pages(Kind::Docx, &archive(&[("word/document.xml", text.as_bytes())])),
        ["xyz"]
    );
}

#[test]
fn an_archive_that_unpacks_without_end_is_cut_and_what_came_first_is_kept() {
    let begin = "<w:document><w:p><w:r><w:t>first</w:t></w:r></w:p>";
    let unit = format!("<w:p></w:p><!-- {} -->", "a".repeat(1_000));
    let file = archive_bomb("word/document.xml", begin, &unit, 80);
    assert!(file.len() < 1 << 20, "{} bytes", file.len());
    assert_eq!(
        read(Kind::Docx, &file),
        (vec!["first".to_owned()], Some(Fault::TooLarge))
    );
    let honest = archive_bomb("word/document.xml", begin, &unit, 1);
    assert_eq!(read(Kind::Docx, &honest).0, ["first"], "the control: the same, once");
}

#[test]
fn what_is_no_archive_or_has_no_text_is_broken() {
    for file in [&b""[..], b"%PDF-1.7", b"PK\x03\x04", &archive(&[("other", b"x")])] {
        assert_eq!(read(Kind::Docx, file), (vec![], Some(Fault::Broken)));
        assert_eq!(read(Kind::Odt, file), (vec![], Some(Fault::Broken)));
    }
}
