//! Manuals made to hurt whoever reads them.

use manuals::{Fault, Kind};

use super::make::{archive_bomb, pdf_drawing, pdf_with, stream};

pub struct Hostile {
    pub name: &'static str,
    pub kind: Kind,
    pub file: Vec<u8>,
    /// What may be said of it; nothing: that depends on the machine.
    pub faults: &'static [Fault],
}

const LARGE: &[Fault] = &[Fault::TooLarge];
const SLOW: &[Fault] = &[Fault::TooSlow];
const OVER: &[Fault] = &[Fault::TooLarge, Fault::TooSlow];
const BROKEN: &[Fault] = &[Fault::Broken];
const ANY: &[Fault] = &[];

pub fn all() -> Vec<Hostile> {
    [pdfs(), heaps(), archives()].into_iter().flatten().collect()
}

fn pdf(name: &'static str, file: Vec<u8>, faults: &'static [Fault]) -> Hostile {
    Hostile {
        name,
        kind: Kind::Pdf,
        file,
        faults,
    }
}

/// Some forty bytes of run lengths that decode to run lengths, four times over: half a gibibyte.
fn run_length_bomb() -> Vec<u8> {
    let mut end = vec![128];
    for _ in 1..4 {
        let length = u8::try_from(end.len() - 1).unwrap();
        end = [&[length][..], &end, &[128]].concat();
    }
    [&[129; 32][..], &end].concat()
}

const RUN_LENGTHS: &str = "/Filter[/RunLengthDecode/RunLengthDecode/RunLengthDecode/RunLengthDecode]";

/// Its forty bytes are half a gibibyte of content.
pub fn content_bomb() -> Vec<u8> {
    pdf_drawing(b"null".to_vec(), &[stream(RUN_LENGTHS, &run_length_bomb())])
}

/// Twelve forms, each drawing the next twenty times.
pub fn forms() -> Vec<u8> {
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>".to_vec(),
        stream("", b"/X Do"),
    ];
    for next in 6..18 {
        let more = format!("/Subtype/Form/Resources<</XObject<</X {next} 0 R>>>>");
        objects.push(stream(&more, &b"/X Do ".repeat(20)));
    }
    pdf_with(&objects, "")
}

/// One page whose font has this for its map to Unicode.
fn mapped(map: &[u8]) -> Vec<u8> {
    let font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>".to_vec();
    let objects = [
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>".to_vec(),
        stream("", b"BT /F 10 Tf (words) Tj ET"),
        font,
        stream("", map),
    ];
    pdf_with(&objects, "")
}

fn pdfs() -> Vec<Hostile> {
    let page = |content: &[u8]| pdf_drawing(b"null".to_vec(), &[stream("", content)]);
    let tree = |kids: &str| {
        let pages = format!("<</Type/Pages/Count 1/Kids[{kids}]>>").into_bytes();
        pdf_with(&[b"<</Type/Catalog/Pages 2 0 R>>".to_vec(), pages], "")
    };
    let itself = pdf_with(
        &[
            b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
            b"<</Length 2 0 R>>stream\nx\nendstream".to_vec(),
        ],
        "",
    );
    vec![
        pdf("content that unpacks without end", content_bomb(), LARGE),
        pdf("forms that draw each other", forms(), SLOW),
        pdf("pages that are their own parents", tree("2 0 R 2 0 R"), BROKEN),
        pdf("pages by the million", tree(&"<</Type/Page>>".repeat(1_000_000)), OVER),
        pdf("a length that is itself", itself, BROKEN),
        pdf("arrays in arrays", page(&b"[".repeat(8 << 20)), ANY),
        pdf("dictionaries in dictionaries", page(&b"<</A".repeat(4 << 20)), ANY),
        pdf("states put aside", page(&b"q ".repeat(7 << 20)), ANY),
        pdf(
            "letters without end",
            page(&[&b"BT /F 1 Tf ("[..], &b"a".repeat(15 << 20), b") Tj ET"].concat()),
            OVER,
        ),
        pdf("pictures in the line", page(&b"BI ID EI ".repeat(1 << 20)), ANY),
        pdf(
            "a map of everything",
            mapped(&b"1 beginbfrange <0000> <FFFF> <0000> endbfrange ".repeat(300_000)),
            ANY,
        ),
        pdf("a map that unpacks without end", mapped(&b"<".repeat(12 << 20)), ANY),
    ]
}

/// Fifty megabytes each.
fn heaps() -> Vec<Hostile> {
    let heap = |unit: &str| [b"%PDF-1.7\n", unit.repeat(50_000_000 / unit.len()).as_bytes()].concat();
    vec![
        pdf("a heap of nothing", heap("\0"), ANY),
        pdf("a heap of objects", heap("1 0 obj\n<<>>\nendobj\n"), ANY),
        pdf("a heap of beginnings", heap("1 0 obj\n"), ANY),
        pdf("a heap of dictionaries", heap("<<"), ANY),
        pdf("a heap of trailers", heap("<</Root 1 0 R/Type/ObjStm>>stream\n"), ANY),
        pdf("a heap of strings", heap("("), ANY),
        Hostile {
            name: "a heap of local parts",
            kind: Kind::Docx,
            file: "PK\x03\x04".repeat(12_500_000).into_bytes(),
            faults: ANY,
        },
        Hostile {
            name: "a heap of directory ends",
            kind: Kind::Odt,
            file: b"PK\x05\x06\0\0\0\0\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\0\0\0\0\0\0".repeat(2_000_000),
            faults: ANY,
        },
        Hostile {
            name: "a heap of letters",
            kind: Kind::Text(None),
            file: b"words ".repeat(8_000_000),
            faults: LARGE,
        },
    ]
}

/// A file of Word that unpacks to a tree of this.
fn word(name: &'static str, begin: &str, unit: &str, faults: &'static [Fault]) -> Hostile {
    Hostile {
        name,
        kind: Kind::Docx,
        file: archive_bomb("word/document.xml", begin, unit, 500),
        faults,
    }
}

fn archives() -> Vec<Hostile> {
    vec![
        word("paragraphs without end", "<d>", "<p></p>", OVER),
        word("elements in elements", "<d>", "<p>", OVER),
        word("one text without end", "<d><t>", "          ", OVER),
        word("one word without end", "<d><t>", "a", OVER),
        word("one attribute without end", "<d a=\"", "a", OVER),
        word("attributes without end", "<br", " a=\"b\"", OVER),
        word("references without end", "<t>", "&#97;&b;", OVER),
        word("remarks without end", "<!--", "a", OVER),
        word("pages without end", "<t>", "<br type=\"page\"></br>", OVER),
        Hostile {
            name: "styles without end",
            kind: Kind::Odt,
            file: archive_bomb(
                "content.xml",
                "<d>",
                "<style name=\"a\"><paragraph-properties/></style>",
                500,
            ),
            faults: OVER,
        },
    ]
}
