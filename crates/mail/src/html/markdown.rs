//! HTML as Markdown: what was copied from a page or a letter, as somebody would have typed it. It goes over cleaned
//! HTML, whose tags all close, with one frame for each element that is open.

use super::entities::unescape;
use super::tags::{Piece, attribute, pieces};

/// Elements that say what plain text does not.
const WORTH: &[&str] = &[
    "table",
    "ul",
    "ol",
    "a",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "b",
    "strong",
    "i",
    "em",
    "code",
    "pre",
    "blockquote",
    "s",
    "del",
];

/// `None` when nothing in it says more than the same words without marks.
pub(super) fn of_clean(html: &str) -> Option<String> {
    let mut writer = Writer::default();
    let mut worth = false;
    let mut all = pieces(html);
    while let Some(piece) = all.next() {
        match piece {
            Piece::Text(text) => writer.words(&unescape(text)),
            Piece::Open(name, _) => {
                worth |= WORTH.contains(&name);
                writer.open(name, all.inside());
            }
            Piece::Close(name) => writer.close(name),
            Piece::Other => {}
        }
    }
    Some(tidy(&writer.finish())).filter(|text| worth && !text.is_empty())
}

#[derive(Default)]
struct Frame {
    name: String,
    text: String,
    address: String,
    /// Of a list: how many items it has so far.
    items: usize,
    /// Of a row, and of a table.
    cells: Vec<String>,
    rows: Vec<Vec<String>>,
    /// A table in a table is there for its looks, and so is the one around it.
    holds_table: bool,
}

struct Writer {
    /// The outermost has no name and is never closed.
    open: Vec<Frame>,
    verbatim: usize,
}

impl Default for Writer {
    fn default() -> Self {
        Writer {
            open: vec![Frame::default()],
            verbatim: 0,
        }
    }
}

impl Writer {
    fn here(&mut self) -> &mut Frame {
        self.open.last_mut().expect("invariant: the outermost frame stays")
    }

    fn words(&mut self, text: &str) {
        if self.verbatim > 0 {
            self.here().text.push_str(text);
            return;
        }
        let code = self.open.iter().any(|frame| is_code(&frame.name));
        let mut line = String::with_capacity(text.len());
        for c in text.chars() {
            let blank = c.is_whitespace() && c != '\u{a0}';
            if !blank {
                line.push(c);
            } else if !line.ends_with(' ') {
                line.push(' ');
            }
        }
        let here = self.here();
        let line = if here.text.ends_with(['\n', ' ']) {
            line.trim_start()
        } else {
            &line
        };
        if code {
            here.text.push_str(line);
        } else {
            escape(line, &mut here.text);
        }
    }

    fn open(&mut self, name: &str, inside: &str) {
        match name {
            "br" => self.here().text.push_str("  \n"),
            "hr" => self.here().text.push_str("\n\n---\n\n"),
            "img" | "col" | "wbr" => {}
            _ => {
                self.verbatim += usize::from(name == "pre");
                self.open.push(Frame {
                    name: name.to_string(),
                    address: attribute(inside, "href").map(unescape).unwrap_or_default(),
                    ..Frame::default()
                });
            }
        }
    }

    fn close(&mut self, name: &str) {
        if self.open.len() < 2 || self.here().name != name {
            return;
        }
        let Some(frame) = self.open.pop() else { return };
        self.verbatim -= usize::from(name == "pre");
        match name {
            "li" => self.item(&frame.text),
            "td" | "th" => {
                let cell = flat(&frame.text).replace('|', "\\|");
                let row = self.here();
                row.cells.push(cell);
                row.text.push_str(&block(&frame.text));
            }
            "tr" => {
                if let Some(table) = self.open.iter_mut().rfind(|open| open.name == "table") {
                    table.rows.push(frame.cells);
                }
                self.here().text.push_str(&frame.text);
            }
            "table" => {
                if let Some(outer) = self.open.iter_mut().rfind(|open| open.name == "table") {
                    outer.holds_table = true;
                }
                let text = table(&frame);
                self.here().text.push_str(&block(&text));
            }
            _ => {
                let text = if self.verbatim > 0 { frame.text } else { written(&frame) };
                self.here().text.push_str(&text);
            }
        }
    }

    fn item(&mut self, text: &str) {
        let list = self.here();
        list.items += 1;
        let mark = if list.name == "ol" {
            format!("{}. ", list.items)
        } else {
            "- ".to_string()
        };
        let lines: Vec<&str> = text.trim().lines().filter(|line| !line.trim().is_empty()).collect();
        let item = lines.join(&format!("\n{}", " ".repeat(mark.len())));
        list.text.push_str(&format!("\n{mark}{item}"));
    }

    fn finish(mut self) -> String {
        while self.open.len() > 1 {
            let name = self.here().name.clone();
            self.close(&name);
        }
        std::mem::take(&mut self.here().text)
    }
}

fn is_code(name: &str) -> bool {
    ["code", "kbd", "samp", "tt"].contains(&name)
}

/// An element that has ended, as Markdown.
fn written(frame: &Frame) -> String {
    let text = &frame.text;
    match frame.name.as_str() {
        "b" | "strong" => marked(text, "**"),
        "i" | "em" => marked(text, "_"),
        "s" | "del" | "strike" => marked(text, "~~"),
        name if is_code(name) => marked(text, if text.contains('`') { "``" } else { "`" }),
        "a" => link(text, &frame.address),
        "pre" => block(&format!("```\n{}\n```", text.trim_matches('\n').trim_end())),
        "blockquote" => block(&format!("> {}", tidy(text).replace('\n', "\n> "))),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
            let level = frame.name[1..].parse().unwrap_or(1);
            block(&format!("{} {}", "#".repeat(level), flat(text)))
        }
        "span" | "font" | "u" | "small" | "big" | "sub" | "sup" | "mark" | "ins" | "abbr" | "cite" | "q" | "dfn"
        | "var" | "time" | "thead" | "tbody" | "tfoot" | "colgroup" => text.clone(),
        _ => block(text),
    }
}

/// Some programs wrap a whole page in bold: what holds paragraphs is not marked.
fn marked(text: &str, mark: &str) -> String {
    let words = text.trim();
    if words.is_empty() || words.contains('\n') {
        return text.to_string();
    }
    let start = text.len() - text.trim_start().len();
    let (before, after) = (&text[..start], &text[start + words.len()..]);
    format!("{before}{mark}{words}{mark}{after}")
}

fn link(text: &str, address: &str) -> String {
    let words = text.trim();
    let leads = ["https://", "http://", "mailto:"]
        .iter()
        .any(|way| address.starts_with(way));
    if !leads || words.is_empty() || words.contains("\n\n") {
        return text.to_string();
    }
    let address: String = address
        .chars()
        .map(|c| match c {
            '(' => "%28".to_string(),
            ')' => "%29".to_string(),
            '<' | '>' => String::new(),
            c if c.is_whitespace() => "%20".to_string(),
            c => c.to_string(),
        })
        .collect();
    format!("[{}]({address})", flat(words))
}

/// One column is there for its looks.
fn table(frame: &Frame) -> String {
    let wide = frame.rows.iter().map(Vec::len).max().unwrap_or(0);
    if wide < 2 || frame.holds_table {
        return frame.text.clone();
    }
    let row = |cells: &[String]| {
        let cell = |at: usize| cells.get(at).map_or("", String::as_str);
        let cells: Vec<&str> = (0..wide).map(cell).collect();
        format!("| {} |", cells.join(" | "))
    };
    let mut lines: Vec<String> = frame.rows.iter().map(|cells| row(cells)).collect();
    lines.insert(1, row(&vec!["---".to_string(); wide]));
    lines.join("\n")
}

fn block(text: &str) -> String {
    format!("\n\n{}\n\n", text.trim())
}

fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// No line of blanks alone, and never two empty lines in a row.
fn tidy(text: &str) -> String {
    let mut lines: Vec<&str> = Vec::new();
    for line in text.trim().lines() {
        let line = if line.trim().is_empty() { "" } else { line };
        if !line.is_empty() || lines.last().is_none_or(|last| !last.is_empty()) {
            lines.push(line);
        }
    }
    lines.join("\n")
}

/// What Markdown would take for a mark.
fn escape(text: &str, out: &mut String) {
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied().unwrap_or(' ');
        let is_mark = match c {
            '*' | '`' | '[' | ']' | '<' => true,
            '\\' => next.is_ascii_punctuation(),
            '_' => !(before.is_alphanumeric() && next.is_alphanumeric()),
            _ => false,
        };
        if is_mark {
            out.push('\\');
        }
        out.push(c);
        before = c;
    }
}

#[cfg(test)]
mod tests {
    use crate::html::to_markdown;

    fn of(html: &str) -> String {
        to_markdown(html).unwrap_or_default()
    }

    #[test]
    fn a_table_keeps_its_rows() {
        let html = "<table><thead><tr><th>Port</th><th>State</th></tr></thead><tbody><tr><td>80</td><td>open | slow</td></tr>\
                    <tr><td>443</td></tr></tbody></table>";
        assert_eq!(
            of(html),
            "| Port | State |\n| --- | --- |\n| 80 | open \\| slow |\n| 443 |  |"
        );
    }

    #[test]
    fn a_table_for_looks_is_its_words() {
        assert_eq!(
            of("<table><tr><td><p>One</p><p>Two</p></td></tr></table>"),
            "One\n\nTwo"
        );
        let nested = "<table><tr><td>a</td><td><table><tr><td>b</td><td>c</td></tr></table></td></tr></table>";
        assert_eq!(of(nested), "a\n\n| b | c |\n| --- | --- |");
    }

    #[test]
    fn lists_hold_lists() {
        let html = "<ol><li>Open <b>Settings</b></li><li><p>Choose</p><ul><li>this</li><li>that</li></ul></li></ol>";
        assert_eq!(of(html), "1. Open **Settings**\n2. Choose\n   - this\n   - that");
    }

    #[test]
    fn words_keep_their_marks_and_their_room() {
        for (html, text) in [
            ("<p>a <strong> b </strong>c</p>", "a  **b** c"),
            ("<h2>Two</h2><p>x<br>y</p>", "## Two\n\nx  \ny"),
            (
                "<a href=\"https://example.org/a_(b)\">here</a>",
                "[here](https://example.org/a_%28b%29)",
            ),
            ("<a href=\"javascript:alert(1)\">here</a>", "here"),
            ("<p>run <code>rm *_x</code></p>", "run `rm *_x`"),
            ("<pre>a\n  <b>b</b> &lt;c&gt;</pre>", "```\na\n  b <c>\n```"),
            ("<blockquote><p>one</p><p>two</p></blockquote>", "> one\n> \n> two"),
            (
                "<p>2 * 3 [x] _a_ b_c &lt;d&gt; <i>e</i></p>",
                "2 \\* 3 \\[x\\] \\_a\\_ b_c \\<d> _e_",
            ),
            ("<b><p>one</p><p>two</p></b>", "one\n\ntwo"),
            ("<p>a <img src=\"x\" alt=\"b\"><b>c</b></p>", "a **c**"),
            ("<p>one</p><hr><p><s>two</s></p>", "one\n\n---\n\n~~two~~"),
        ] {
            assert_eq!(of(html), text, "{html}");
        }
    }

    #[test]
    fn plain_words_stay_plain() {
        assert_eq!(to_markdown("<div>fn main() {</div><div>}</div>"), None);
        assert_eq!(to_markdown("<meta charset=utf-8><span>words</span>"), None);
        assert_eq!(to_markdown("<script>alert(1)</script><style>b {}</style>"), None);
    }

    #[test]
    fn what_is_deep_or_broken_does_no_harm() {
        assert_eq!(to_markdown(&"<ul><li>".repeat(100_000)), None);
        for broken in [
            "<b>a",
            "</b>a<i>",
            "<table><tr><td>a<td>b",
            "<li>a",
            "<td>a</td>",
            "<b><pre>a</b></pre>",
        ] {
            let _ = to_markdown(broken);
        }
    }
}
