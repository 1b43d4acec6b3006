//! Any HTML is cleaned, and what is clean stays as it is.

use std::collections::BTreeSet;

use proptest::prelude::*;

use crate::{run, texts};

const SAMPLES: &[&str] = &[
    "<html><head><title>t</title><style>p{color:red}</style></head><body><p>Hello <b>there</b></p><table><tr><td>1</td>\
     </tr></table><ul><li>a<li>b</ul><pre>\nx\n</pre><a href=\"https://cedar.example/?a=1&amp;b=2\">link</a></body></html>",
    "<p onclick=alert(1)><img src=x onerror=alert(1)><svg><a xlink:href='javascript:alert(1)'><text>y</text></a></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<form><div></form><form id=x><button formaction=javascript:alert(1)>x</button><select><option><b>y</select>",
    "<a href=1><table><a href=2></table></a><p><b><i></b>x</i><p><h1><a>y</h1>z</a><nobr><nobr>w",
    "<blockquote type=cite><div class=x style=\"position:fixed\" data-controller=y>quoted<br>lines</div></blockquote>",
];

const WORDS: &[&str] = &[
    "<",
    ">",
    "</",
    "/>",
    "<p>",
    "</p>",
    "<table>",
    "<tr>",
    "<td>",
    "</table>",
    "<svg>",
    "<math>",
    "<style>",
    "</style>",
    "<title>",
    "<!--",
    "-->",
    "--!>",
    "<a href=",
    "javascript:",
    "java\tscript:",
    "\"",
    "'",
    "=",
    "<img src=",
    "cid:x",
    "data:text/html,",
    " onerror=",
    "<script>",
    "</script>",
    "&lt;",
    "&#60;",
    "&",
    "&amp;amp;",
    "<template>",
    "<mtext>",
    "<annotation-xml encoding=text/html>",
    "<select>",
    "<b>",
    "</b>",
    "<i>",
    "text",
    " ",
    "\n",
    "\u{e9}",
    "\0",
    "<![CDATA[",
    "]]>",
    "<noscript>",
    "<plaintext>",
    "<pre>\n\n",
    "<li>",
    "<ul>",
    "<h1>",
    "<center>",
    "<font color=red>",
    "<br>",
    "<form>",
    "<textarea>",
    "<xmp>",
    "<iframe srcdoc=",
    "<blockquote>",
    "</blockquote>",
];

/// The kinds of tags with all they carry: what a second cleaning may neither add nor take away. Where they stand is
/// HTML's own affair: a link inside a table inside a link comes apart each time it is read.
fn tags(html: &str) -> BTreeSet<String> {
    let (mut tags, mut tag, mut quoted) = (BTreeSet::new(), None::<String>, false);
    for c in html.chars() {
        match (c, &mut tag) {
            ('<', None) => tag = Some(String::new()),
            ('>', Some(_)) if !quoted => tags.extend(tag.take()),
            (c, Some(tag)) => {
                quoted ^= c == '"';
                tag.push(c);
            }
            _ => {}
        }
    }
    // The two attributes every link gets from us stand in either order.
    let (target, rel) = (" target=\"_blank\"", " rel=\"noopener noreferrer nofollow\"");
    let ordered = |tag: String| tag.replace(&format!("{rel}{target}"), &format!("{target}{rel}"));
    tags.into_iter().map(ordered).collect()
}

/// The letters of a text in alphabetical order: what comes apart is read in another order, but nothing of it goes.
fn letters(text: &str) -> Vec<char> {
    let mut letters: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    letters.sort_unstable();
    letters
}

#[test]
fn what_is_clean_stays_as_it_is() {
    run("html", &texts(SAMPLES, WORDS), |html| {
        let once = mail::html::clean(&html);
        let twice = mail::html::clean(&once.html);
        prop_assert_eq!(tags(&twice.html), tags(&once.html), "{} gave {}", html, once.html);
        prop_assert_eq!(letters(&twice.text), letters(&once.text), "{} gave {}", html, once.html);
        let low = once.html.to_ascii_lowercase();
        for harm in ["<script", "<style", "<iframe", "<form", "<svg", "<math", "<template"] {
            prop_assert!(!low.contains(harm), "{} in {}", harm, low);
        }
        let framed = mail::html::frame(&html, |_| None).to_ascii_lowercase();
        prop_assert!(!framed.contains("<script"), "{}", framed);
        let _ = mail::html::to_text(&html);
        Ok(())
    });
}
