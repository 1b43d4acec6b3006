//! No vector of the corpus leaves anything that could run, load or submit; a checker that shares
//! no code with the sanitiser looks at what comes out. Its control: it flags what came in.

use crate::data;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use std::cell::RefCell;
use std::time::{Duration, Instant};

#[derive(Default)]
struct Tags(RefCell<Vec<Tag>>);

impl TokenSink for Tags {
    type Handle = ();
    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        if let Token::TagToken(tag) = token
            && tag.kind == TagKind::StartTag
        {
            self.0.borrow_mut().push(tag);
        }
        TokenSinkResult::Continue
    }
}

const DEAD: &[&str] = &[
    "a",
    "abbr",
    "address",
    "b",
    "big",
    "blockquote",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "wbr",
];

const QUIET: &[&str] = &[
    "align",
    "alt",
    "bgcolor",
    "border",
    "cellpadding",
    "cellspacing",
    "color",
    "colspan",
    "dir",
    "face",
    "height",
    "lang",
    "rel",
    "rowspan",
    "size",
    "span",
    "start",
    "target",
    "title",
    "type",
    "valign",
    "value",
    "width",
];

/// What in this HTML could run, load, submit or reach outside its place.
pub(crate) fn dangers(html: &str, styles: bool) -> Vec<String> {
    let tokenizer = Tokenizer::new(Tags::default(), TokenizerOpts::default());
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from(html));
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
    let mut found = Vec::new();
    for tag in tokenizer.sink.0.borrow().iter() {
        let name: &str = &tag.name;
        if !DEAD.contains(&name) {
            found.push(format!("element {name}"));
        }
        for attribute in &tag.attrs {
            let key: &str = &attribute.name.local;
            let value = attribute.value.to_lowercase();
            let bare: String = value
                .chars()
                .filter(|c| !c.is_whitespace() && !c.is_control())
                .collect();
            let fits = match (name, key) {
                ("a", "href") => ["http:", "https:", "mailto:", "tel:"]
                    .iter()
                    .any(|s| bare.starts_with(s)),
                ("img", "src") => bare.starts_with("/pictures/"),
                (_, "style") => {
                    styles
                        && ![
                            "url",
                            "expression",
                            "import",
                            "position",
                            "\\",
                            "/*",
                            "behavior",
                            "binding",
                            "@",
                            "var(",
                        ]
                        .iter()
                        .any(|w| bare.contains(w))
                }
                _ => QUIET.contains(&key),
            };
            if !fits {
                found.push(format!("{name} {key}={value:.80}"));
            }
        }
    }
    found
}

struct Vector {
    id: String,
    html: String,
}

fn vectors() -> Option<(Vec<Vector>, Vec<String>)> {
    let root = data::folder("xss-dev")?;
    let text = std::fs::read_to_string(root.join("vectors.jsonl")).unwrap();
    let vectors = text.lines().map(|line| {
        let value: serde_json::Value = serde_json::from_str(line).unwrap();
        Vector {
            id: value["id"].as_str().unwrap().to_owned(),
            html: value["html"].as_str().unwrap().to_owned(),
        }
    });
    let live = std::fs::read_to_string(root.join("live.txt")).unwrap();
    Some((vectors.collect(), live.split_whitespace().map(str::to_owned).collect()))
}

fn ours(id: &str) -> Option<String> {
    Some(format!("/pictures/{}", id.replace('/', "_")))
}

/// What HTML consists of, without regard to the order of attributes and the spelling of quotes.
fn letters_of(html: &str) -> Vec<char> {
    let plain = html.replace("&quot;", "\"").replace("&#39;", "'");
    let mut letters: Vec<char> = plain.chars().collect();
    letters.sort_unstable();
    letters
}

#[test]
fn no_vector_comes_through() {
    let Some((vectors, live)) = vectors() else { return };
    let mut wrong = Vec::new();
    for (index, vector) in vectors.iter().enumerate() {
        // Each vector as it is, and in one of three surroundings.
        let inside = match index % 3 {
            0 => format!("<table><tr><td>{}<p>after", vector.html),
            1 => format!("<b title=\"{}\">x</b>", vector.html),
            _ => format!("<ul><li><font color=red>{}</ul><select>", vector.html),
        };
        for html in [&vector.html, &inside] {
            let clean = mail::html::clean_with(html, ours).html;
            wrong.extend(
                dangers(&clean, false)
                    .into_iter()
                    .map(|d| format!("clean {}: {d}", vector.id)),
            );
            let frame = mail::html::frame(html, ours);
            wrong.extend(
                dangers(&frame, true)
                    .into_iter()
                    .map(|d| format!("frame {}: {d}", vector.id)),
            );
        }
        let once = mail::html::clean(&vector.html).html;
        let twice = mail::html::clean(&once).html;
        if letters_of(&twice) != letters_of(&once) {
            wrong.push(format!("{}: {once:?} became {twice:?}", vector.id));
        }
    }
    println!("{} vectors, {} faults", vectors.len(), wrong.len());
    wrong.iter().take(30).for_each(|w| println!("    {w}"));
    assert!(vectors.len() > 4_000);
    assert!(wrong.is_empty());
    // The control: the checker sees every vector that ran in a browser.
    let seen = vectors
        .iter()
        .filter(|v| live.contains(&v.id))
        .filter(|v| !dangers(&v.html, true).is_empty())
        .count();
    assert_eq!((seen, live.len()), (57, 57));
}

#[test]
fn looks_are_kept() {
    let html = "<table width=\"600\" border=1><tr><td align=center bgcolor=\"#ff0000\"><font color=red face=\"Arial, sans\">Hot</font></td></tr></table>\
        <ul><li>one</ul><h2>Title</h2><blockquote>said</blockquote><a href=\"https://a.example/?x=1&y=2\">link</a> <a href='mailto:x@y.example'>m</a>";
    let clean = mail::html::clean(html);
    for kept in [
        "<table width=\"600\" border=\"1\">",
        "bgcolor=\"#ff0000\"",
        "color=\"red\"",
        "face=\"Arial, sans\"",
        "<li>one",
        "<h2>",
        "<blockquote>",
        "href=\"https://a.example/?x=1&amp;y=2\"",
        "rel=\"noopener noreferrer nofollow\"",
        "target=\"_blank\"",
        "mailto:x@y.example",
    ] {
        assert!(clean.html.contains(kept), "{kept} is missing in {}", clean.html);
    }
    assert_eq!(clean.text, "Hot\n\n- one\n\nTitle\n\nsaid\n\nlink m");
    assert!(
        !mail::html::clean("<p style='color:red' class=x id=y data-controller=z turbo-x=1>a</p>")
            .html
            .contains(['='])
    );
    let framed = mail::html::frame(
        "<p style=\"color:red;background:url(x);position:fixed;width:10px\">a</p>",
        |_| None,
    );
    assert_eq!(framed, "<p style=\"color:red;width:10px\">a</p>");
}

#[test]
fn pictures_are_counted_and_placed() {
    let html = "<img src='http://t.example/p.gif' alt='Logo'><img src=\"cid:a%40b\" alt='Screen \"1\"' width=5><img src='//t.example/x'><img src=data:image/gif;base64,AA alt=>";
    let clean = mail::html::clean_with(html, |id| (id == "a@b").then(|| "/files/1?a=b&c=\"d".to_owned()));
    assert_eq!(clean.remote_images, 2);
    assert_eq!(
        clean.html,
        "<i>[Logo]</i><img src=\"/files/1?a=b&amp;c=&quot;d\" alt=\"Screen &quot;1&quot;\" width=\"5\"><i>[image]</i><i>[image]</i>"
    );
}

#[test]
fn deep_and_tangled_html_takes_little_time() {
    // Builds for tests are slow and the machine is shared, hence the wide limit; what grows with
    // the square of its length takes minutes here.
    let (deep, many) = (100_000, 20_000);
    let cases = [
        "<div>".repeat(deep),
        "<b>".repeat(deep),
        "<table><tr><td>".repeat(deep / 3),
        "<blockquote><p>".repeat(deep / 2),
        format!(
            "{}{}",
            (0..400).map(|n| format!("<font size={n}>")).collect::<String>(),
            "<p>x</p>".repeat(many)
        ),
        format!("<a {}>", (0..many).map(|n| format!("a{n}=1 ")).collect::<String>()),
        "<b><table><tr><td></b>".repeat(many / 4),
        "<b><div></b>".repeat(many / 2),
        "<p><blockquote></p>".repeat(many / 2),
        "<span><div></span>".repeat(many / 2),
        "<form><div></form>".repeat(many / 2),
        "<div><style></div></style>".repeat(many / 2),
        "<div><!--></div>-->".repeat(many / 2),
        "<div><svg><![CDATA[></div>]]>".repeat(many / 3),
        "<svg><title>".repeat(many / 2),
        "<!--".repeat(many),
        "<".repeat(many),
        "&".repeat(many),
        "<a href=\"".repeat(many),
        "<p><i><b>".repeat(many / 3),
        "<select><option>".repeat(many / 2),
        format!("{}{}", "<i><b><u>".repeat(100), "</p><div></div>".repeat(many / 2)),
    ];
    for html in cases {
        let start = Instant::now();
        let text = mail::html::to_text(&html);
        let clean = mail::html::clean(&html);
        let took = start.elapsed();
        let head: String = html.chars().take(30).collect();
        println!("{head:30} {took:?}");
        assert!(took < Duration::from_secs(15), "{head} took {took:?}");
        assert!(
            text.len() <= html.len() + 16 && clean.html.len() <= html.len() * 20,
            "{head} grew to {}",
            clean.html.len()
        );
        assert!(dangers(&clean.html, false).is_empty(), "{head}");
    }
}

#[test]
fn words_come_out() {
    let text = mail::html::to_text(
        "<html><head><title>T</title><style>p{}</style></head><body><p>Caf&eacute; &amp; <b>th\u{e9}</b></p><table><tr><td>a<td>b</table><pre>x\n  y</pre><script>no()</script>1<br>2",
    );
    assert_eq!(text, "Caf\u{e9} & th\u{e9}\n\na\tb\n\nx\n  y\n\n1\n2");
}
