//! What reading a letter may hold and do, measured: at most 64 MiB besides the letter itself, and
//! bounded work, for every letter of the corpus and for the worst that could be made by hand. The same for making HTML
//! safe, as a page and as the frame of a letter.
//! One test for all letters, because the allocator is counted for the whole process.

#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use mail::Spent;
use peak_alloc::PeakAlloc;
use std::path::PathBuf;
use std::time::{Duration, Instant};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

const MOST: usize = 64 * 1024 * 1024;
const LARGEST: usize = 35 * 1024 * 1024;
/// Two seconds on a quiet machine and optimised; here neither is so.
const PATIENCE: Duration = Duration::from_secs(20);

/// The most memory held while the work runs, besides what was held before.
fn peak(work: impl FnOnce()) -> usize {
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    work();
    MEMORY.peak_usage().saturating_sub(before)
}

struct Cost {
    held: usize,
    spent: Spent,
    took: Duration,
}

fn cost(raw: &[u8]) -> Cost {
    let begun = Instant::now();
    let mut spent = Spent::default();
    let held = peak(|| {
        let (letter, measured) = mail::parse_measured(raw);
        assert!(!letter.defects.contains(&mail::Defect::ReaderFailed));
        spent = measured;
    });
    Cost {
        held,
        spent,
        took: begun.elapsed(),
    }
}

fn check(name: &str, raw: &[u8]) -> Cost {
    let cost = cost(raw);
    let mib = |bytes: usize| bytes / 1024 / 1024;
    if raw.len() > LARGEST / 4 {
        eprintln!(
            "{name:24} {:4} MiB, {:4} counted, {:4} million steps, {:?}",
            mib(cost.held),
            mib(cost.spent.bytes),
            cost.spent.steps / 1_000_000,
            cost.took
        );
    }
    assert!(cost.held <= MOST, "{name} held {} MiB", mib(cost.held));
    assert!(cost.spent.bytes <= Spent::MOST_BYTES, "{name}");
    assert!(
        cost.spent.steps <= Spent::MOST_STEPS,
        "{name}: {} steps",
        cost.spent.steps
    );
    assert!(cost.took < PATIENCE, "{name} took {:?}", cost.took);
    cost
}

/// A letter of one part, as large as letters may be.
fn filled(head: &str, unit: &str) -> Vec<u8> {
    let unit = unit.as_bytes();
    let mut raw = format!("From: a@b.example\r\n{head}").into_bytes();
    let times = (LARGEST - raw.len()) / unit.len();
    raw.reserve_exact(times * unit.len());
    for _ in 0..times {
        raw.extend_from_slice(unit);
    }
    raw
}

fn typed(mime: &str, encoding: &str) -> String {
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
fn hostile_html() -> Vec<(&'static str, String)> {
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

fn check_html(name: &str, html: &str) -> Vec<String> {
    let mut over = Vec::new();
    let mib = |bytes: usize| bytes / 1024 / 1024;
    for (how, make) in [
        ("page", (|html| mail::html::clean(html).html.len()) as fn(&str) -> usize),
        ("frame", |html| mail::html::frame(html, |_| None).len()),
        ("Markdown", |html| {
            mail::html::to_markdown(html).map_or(0, |text| text.len())
        }),
        ("text", |html| mail::html::to_text(html).len()),
    ] {
        let (begun, mut made) = (Instant::now(), 0);
        let held = peak(|| made = make(html));
        let took = begun.elapsed();
        eprintln!(
            "{name:24} {:3} MiB as {how:8}: {:4} MiB held, {:3} MiB made, {took:?}",
            mib(html.len()),
            mib(held),
            mib(made)
        );
        if held > MOST || took > PATIENCE {
            over.push(format!("{name} as {how} held {} MiB, for {took:?}", mib(held)));
        }
    }
    over
}

fn corpus() -> Vec<(String, Vec<u8>)> {
    let Some(root) = std::env::var_os("FIRSTLINE_TEST_DATA") else {
        assert!(
            std::env::var_os("FIRSTLINE_TEST_REQUIRE").is_none(),
            "FIRSTLINE_TEST_DATA is not set"
        );
        eprintln!("SKIPPED: FIRSTLINE_TEST_DATA is not set");
        return Vec::new();
    };
    let root = PathBuf::from(root).join("mail-dev");
    let index = std::fs::read_to_string(root.join("index.tsv")).unwrap();
    let files = index.lines().skip(1).filter_map(|line| line.split('\t').next());
    files
        .map(|file| (file.to_owned(), std::fs::read(root.join(file)).unwrap()))
        .collect()
}

#[test]
fn no_letter_takes_more_than_its_share() {
    // The control: a reader that kept three copies of a large letter would be found out.
    let giant = filled(&typed("image/png", "binary"), "0123456789");
    let greedy = peak(|| drop((giant.clone(), giant.clone())));
    assert!(
        greedy > MOST,
        "the measure sees only {greedy} bytes of {}",
        2 * giant.len()
    );
    let plain = check("the control", &giant);
    assert!(plain.held >= giant.len() - 1_000, "the file is held: {}", plain.held);
    assert!(
        plain.spent.bytes >= giant.len() - 1_000,
        "and counted: {}",
        plain.spent.bytes
    );
    for (name, raw) in [bodies, pages, structures, wrappings]
        .into_iter()
        .flat_map(|make| make())
    {
        check(name, &raw);
    }
    let over: Vec<String> = hostile_html()
        .iter()
        .flat_map(|(name, html)| check_html(name, html))
        .collect();
    assert!(over.is_empty(), "{}", over.join("\n"));
    for (file, raw) in corpus() {
        check(&file, &raw);
    }
}
