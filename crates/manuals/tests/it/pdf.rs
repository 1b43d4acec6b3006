//! What is read of a PDF.

use manuals::{Fault, Kind};

use crate::make::{pdf, pdf_drawing, pdf_with, show, stream};
use crate::{pages, read};

/// One page with this content.
fn page(content: &str) -> String {
    pages(
        Kind::Pdf,
        &pdf_drawing(b"null".to_vec(), &[stream("", content.as_bytes())]),
    )
    .remove(0)
}

#[test]
fn each_page_has_its_words_accents_and_all() {
    let file = pdf(&["Réinitialiser l’imprimante\nà côté", "", "Appuyez (3 s) sur « OK »"]);
    let expected = ["Réinitialiser l’imprimante\nà côté", "", "Appuyez (3 s) sur « OK »"];
    assert_eq!(pages(Kind::Pdf, &file), expected);
}

#[test]
fn a_gap_is_a_blank_and_a_kern_is_none() {
    let page = page("BT /F 10 Tf 50 800 Td [(Pa) 80 (per) -250 (jam)] TJ 60 0 Td (here) Tj ET");
    assert_eq!(page, "Paper jam here");
}

#[test]
fn a_raised_figure_stays_on_its_line_and_the_next_line_does_not() {
    let page = page("BT /F 10 Tf 50 800 Td (10 m) Tj 4 Ts (2) Tj 0 Ts 0 -12 Td (next) Tj ET");
    assert_eq!(page, "10 m2\nnext");
}

#[test]
fn a_word_cut_at_the_end_of_its_line_is_one_word() {
    let page = page("BT /F 10 Tf 12 TL 50 800 Td (an instal-) Tj T* (lation of USB-) Tj T* (C) Tj ET");
    assert_eq!(page, "an installation of USB-\nC");
}

#[test]
fn a_turned_page_reads_like_any_other() {
    let page = page("BT /F 10 Tf 0 1 -1 0 300 50 Tm (sideways) Tj 0 1 -1 0 312 50 Tm [(two) -300 (words)] TJ ET");
    assert_eq!(page, "sideways\ntwo words");
}

#[test]
fn a_form_is_read_where_it_is_drawn_and_leaves_the_rest_as_it_was() {
    let form = stream(
        "/Subtype/Form/Matrix[2 0 0 2 0 0]/Resources<</Font<</F 3 0 R>>>>",
        b"BT /F 9 Tf (inside) Tj ET",
    );
    let content = b"BT /F 10 Tf 50 800 Td (before) Tj ET /X Do BT 50 700 Td (after) Tj ET";
    let file = pdf_drawing(form, &[stream("", content)]);
    assert_eq!(pages(Kind::Pdf, &file), ["before\ninside\nafter"]);
}

#[test]
fn a_font_of_its_own_is_read_by_its_map_to_unicode() {
    let map = b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange \
        2 beginbfchar <0001> <00E9> <0002> <FB01> endbfchar endcmap";
    let font = "<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+Own/Encoding/Identity-H/DescendantFonts[<</Type/Font\
        /Subtype/CIDFontType2/BaseFont/ABCDEF+Own/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>\
        >>]/ToUnicode 6 0 R>>";
    let objects = [
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>".to_vec(),
        stream("", b"BT /F 10 Tf <00010002> Tj ET"),
        font.as_bytes().to_vec(),
        stream("", map),
    ];
    assert_eq!(pages(Kind::Pdf, &pdf_with(&objects, "")), ["éfi"]);
}

#[test]
fn a_damaged_table_is_put_up_with() {
    let good = pdf(&["still here"]);
    let start = String::from_utf8_lossy(&good).rfind("startxref").unwrap();
    let bad = [&good[..start], b"startxref\n77777\n%%EOF"].concat();
    assert_eq!(pages(Kind::Pdf, &bad), ["still here"]);
}

#[test]
fn a_scanned_manual_says_that_it_is_pictures_and_an_empty_one_does_not() {
    let picture = stream(
        "/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray",
        b"x",
    );
    let scanned = pdf_drawing(picture.clone(), &[stream("", b"/X Do")]);
    assert_eq!(
        read(Kind::Pdf, &scanned),
        (vec![String::new()], Some(Fault::OnlyPictures))
    );
    let drawn = pdf_drawing(b"null".to_vec(), &[stream("", b"0 0 9 9 re f")]);
    assert_eq!(read(Kind::Pdf, &drawn).1, Some(Fault::OnlyPictures));
    let words = pdf_drawing(picture, &[stream("", b"/X Do"), stream("", &show("words"))]);
    assert_eq!(pages(Kind::Pdf, &words), ["", "words"]);
    assert_eq!(pages(Kind::Pdf, &pdf(&[""])), [""]);
}

#[test]
fn a_locked_manual_says_so() {
    let lock = "/ID[<00><00>]/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -4\
        /O<0101010101010101010101010101010101010101010101010101010101010101>\
        /U<0202020202020202020202020202020202020202020202020202020202020202>>>";
    let objects = [
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[]/Count 0>>".to_vec(),
    ];
    assert_eq!(
        read(Kind::Pdf, &pdf_with(&objects, lock)),
        (vec![], Some(Fault::Encrypted))
    );
}

#[test]
fn what_is_no_pdf_is_broken() {
    for file in [
        &b""[..],
        b"PK\x03\x04",
        b"%PDF-1.4",
        b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n",
    ] {
        assert_eq!(read(Kind::Pdf, file), (vec![], Some(Fault::Broken)));
    }
}
