//! The worst letters and the worst HTML that could be made by hand, as large as they may be: for the tests of what reading
//! may hold, and for the bench of what it may take.

/// The most that is taken of one letter.
pub(crate) const LARGEST: usize = 35 * 1024 * 1024;

/// By name; a group at a time, since each letter is large.
type Made = fn() -> Vec<(&'static str, Vec<u8>)>;

pub(crate) const LETTERS: [Made; 4] = [bodies, pages, structures, wrappings];

/// A letter of one part, as large as letters may be.
pub(crate) fn filled(head: &str, unit: &str) -> Vec<u8> {
    let unit = unit.as_bytes();
    let mut raw = format!("From: a@b.example\r\n{head}").into_bytes();
    let times = (LARGEST - raw.len()) / unit.len();
    raw.reserve_exact(times * unit.len());
    for _ in 0..times {
        raw.extend_from_slice(unit);
    }
    raw
}

pub(crate) fn typed(mime: &str, encoding: &str) -> String {
    format!("Content-Type: {mime}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n")
}

const BASE64: &str = "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFB\r\n";
const MIXED: &str = "Content-Type: multipart/mixed; boundary=b\r\n\r\n";

fn bodies() -> Vec<(&'static str, Vec<u8>)> {
    let words = |unit: &str| filled(&typed("text/plain; charset=utf-8", "8bit"), unit);
    vec![
        ("a file in base64", filled(&typed("image/png", "base64"), BASE64)),
        ("a file as it is", filled(&typed("image/png", "binary"), "0123456789")),
        (
            "text in base64",
            filled(&typed("text/plain; charset=utf-16", "base64"), BASE64),
        ),
        (
            "blanks in base64",
            filled(&typed("image/png", "base64"), "          \r\n"),
        ),
        ("soft breaks", filled(&typed("text/plain", "quoted-printable"), "=\r\n")),
        ("escapes", filled(&typed("image/png", "quoted-printable"), "=41")),
        (
            "uuencode",
            filled(&typed("image/png", "x-uuencode"), "begin 644 a\nM0000\n"),
        ),
        ("line ends", words("\n")),
        ("quotes", words("> ")),
        (
            "western bytes",
            filled(
                &typed("text/plain; charset=windows-1252", "quoted-printable"),
                "=80=80=80=80\r\n",
            ),
        ),
        (
            "Japanese",
            filled(&typed("text/plain; charset=iso-2022-jp", "8bit"), "\u{1b}$B$\""),
        ),
    ]
}

fn pages() -> Vec<(&'static str, Vec<u8>)> {
    let words = |unit: &str| filled(&typed("text/plain; charset=utf-8", "8bit"), unit);
    let html = |unit: &str| filled(&typed("text/html; charset=utf-8", "8bit"), unit);
    vec![
        ("brackets in HTML", html("<")),
        ("tags", html("<b>")),
        ("breaks", html("<br>")),
        ("pictures", html("<img src=\"cid:x\">")),
        ("quotations", html("<blockquote type=cite>")),
        ("entities", html("&amp;")),
        (
            "forwards",
            words("---------- Forwarded message ---------\nFrom: a@b.example\nDate: x\n"),
        ),
        (
            "a calendar",
            filled(&typed("text/calendar", "8bit"), "ATTENDEE:mailto:a@b.example\r\n"),
        ),
        (
            "a wrapped letter",
            filled(
                "Subject: Fwd: x\r\nContent-Type: message/rfc822\r\n\r\nFrom: a@b.example\r\n\r\n",
                "hello \r\n",
            ),
        ),
        (
            "carriage returns",
            filled("", "x\r")
                .iter()
                .map(|b| if *b == b'\n' { b'\r' } else { *b })
                .collect(),
        ),
    ]
}

fn structures() -> Vec<(&'static str, Vec<u8>)> {
    let parts = |part: &str| filled(MIXED, part);
    let fields = format!("--b\r\n{}\r\nx\r\n", "X: y\r\n".repeat(900));
    let names: String = (0..20_000).map(|n| format!(" name*{n}=x;\r\n")).collect();
    let deep: String = (0..20_000)
        .map(|n| format!("Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n"))
        .collect();
    let large = |kind: &str| format!("--b\r\nContent-Type: {kind}\r\n\r\n{}\r\n", "\"<'&\n".repeat(400_000));
    vec![
        ("fields", filled("", "X: y\r\n")),
        ("encoded words", filled("Subject: ", "=?utf-8?q?x?=\r\n ")),
        ("words without end", filled("Subject: ", "=?a?q?x\r\n ")),
        ("addresses", filled("To: ", "a@b.example,\r\n ")),
        ("lists of addresses", filled("", "To: a@b.example, c@d.example\r\n")),
        ("comments", filled("To: ", "((((((((((((((\r\n ")),
        ("identifiers", filled("References: ", "<a@b>\r\n ")),
        (
            "pieces of a name",
            format!("Content-Type: image/png;\r\n{names} x=y\r\n\r\nx").into_bytes(),
        ),
        ("parts", parts("--b\r\n\r\nx\r\n")),
        ("parts of fields", parts(&fields)),
        (
            "parts with many names",
            parts(&format!("--b\r\nContent-Type: image/png;\r\n{names} x=y\r\n\r\nx\r\n")),
        ),
        ("deep parts", deep.into_bytes()),
        ("texts and HTML", parts(&(large("text/plain") + &large("text/html")))),
        ("letters in letters", filled("", "Content-Type: message/rfc822\r\n\r\n")),
        ("delimiters", parts("--c\r\n")),
    ]
}

/// An attribute of a wrapping of Outlook.
fn attribute(level: u8, id: u32, data: &[u8]) -> Vec<u8> {
    [
        &[level][..],
        &id.to_le_bytes(),
        &(data.len() as u32).to_le_bytes(),
        data,
        &[0, 0],
    ]
    .concat()
}

fn wrapped(attributes: &[u8]) -> Vec<u8> {
    let head = format!("From: a@b.example\r\n{}", typed("application/ms-tnef", "binary"));
    [head.as_bytes(), &0x223E_9F78_u32.to_le_bytes(), &[1, 0], attributes].concat()
}

fn wrappings() -> Vec<(&'static str, Vec<u8>)> {
    let file = |data: &[u8]| [attribute(2, 0x0006_9002, &[0; 14]), attribute(2, 0x0006_800F, data)].concat();
    let rich = |times: usize| {
        let head = [
            12_u32.to_le_bytes(),
            (100_u32 << 20).to_le_bytes(),
            0x7546_5A4C_u32.to_le_bytes(),
            [0; 4],
        ]
        .concat();
        let bytes = [head, [0xFF].repeat(times)].concat();
        let value = [
            &[2, 1, 9, 0x10, 1, 0, 0, 0][..],
            &(bytes.len() as u32).to_le_bytes(),
            &bytes,
        ]
        .concat();
        attribute(1, 0x0006_9003, &[&1_u32.to_le_bytes()[..], &value].concat())
    };
    vec![
        ("a wrapped file", wrapped(&file(&vec![b'x'; LARGEST / 2]))),
        ("a wrapped giant", wrapped(&file(&vec![b'x'; LARGEST - 1_000]))),
        ("wrapped files", wrapped(&file(b"x").repeat(500_000))),
        (
            "wrapped text",
            wrapped(&attribute(1, 0x0002_800C, &vec![0x80; LARGEST / 2])),
        ),
        ("squeezed text", wrapped(&rich(8 << 20))),
    ]
}

/// Ten million bytes of HTML, and as much as is still laid out.
pub(crate) fn html() -> Vec<(&'static str, String)> {
    const ATTRIBUTES: &str = "<p title=\"a\" lang=\"b\" dir=\"ltr\" align=\"left\" width=\"1\" height=\"2\">x</p>";
    const STYLED: &str =
        "<p style=\"color:red;width:1px;background:url(x);margin:1px;padding:2px;position:fixed\">x</p>";
    let units = [
        ("nested", "<div>"),
        ("nested and closed", "<div><p>x</p></div>"),
        ("out of turn", "<b><i><u><p>x</b></i>"),
        ("tables", "<table><tr><td>"),
        ("cells", "<td>x"),
        ("attributes", ATTRIBUTES),
        ("one tag of attributes", " a=b"),
        ("styles", STYLED),
        ("one long style", "color:red;"),
        ("a sheet of styles", "<style>p{color:red}</style>"),
        ("links", "<a href=\"https://a.example/?b=c&amp;d=e\">x</a>"),
        ("pictures", "<img src=\"https://a.example/x.png\" alt=\"x\">"),
        ("breaks", "<br>"),
        ("entities", "&#x41;&nbsp;"),
        ("comments", "<!-- x -->"),
        ("foreign", "<svg><math><mi>"),
        ("lists", "<ul><li>x"),
        ("words", "x "),
    ];
    let made = |(name, unit): (&'static str, &str)| {
        let (before, after) = match name {
            "one tag of attributes" => ("<p", ">x</p>"),
            "one long style" => ("<p style=\"", "\">x</p>"),
            _ => ("", ""),
        };
        let of = |size: usize| format!("{before}{}{after}", unit.repeat(size / unit.len()));
        // The most that is made into a tree, and far more than that.
        [(name, of(3_100_000)), (name, of(1_500_000)), (name, of(10_000_000))]
    };
    units.into_iter().flat_map(made).collect()
}
