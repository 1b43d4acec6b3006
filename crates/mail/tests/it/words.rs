//! The words of HTML, for search.

use mail::html::to_text;
use std::time::Instant;

#[test]
fn what_is_seen_is_found_and_what_is_hidden_is_not() {
    for (html, text) in [
        (
            "<table><tr><th>Room</th><th>Floor</th></tr><tr><td>12</td><td>3</td></tr></table>",
            "Room\tFloor\n12\t3",
        ),
        ("<ul><li>one</li><li>two</li></ul>", "- one\n- two"),
        ("See <a href=\"https://here.example/x\">the page</a>.", "See the page."),
        ("<div style=\"display:none;max-height:0\">preview</div>Hello", "Hello"),
        ("<span hidden>no</span><p style='display:none'>no<p>yes", "yes"),
        ("<div style=\"display:none\">no<div>no</div>no</div>yes", "yes"),
        (
            "<style>p{color:red}</style><script>no()</script><title>no</title>yes",
            "yes",
        ),
        ("<p style=\"font-size:0.9em\">small but there</p>", "small but there"),
        (
            "Hi<blockquote type=\"cite\">old<br>words</blockquote>",
            "Hi\n\n> old\n> words",
        ),
        ("Hi<blockquote>indented</blockquote>", "Hi\n\nindented"),
    ] {
        assert_eq!(to_text(html), text, "{html}");
    }
}

#[test]
fn words_come_out_in_linear_time() {
    for unit in [
        "<",
        "<b ",
        "<blockquote type=cite>",
        "<p style='display:none'>",
        "<!--",
        "<div style=\"",
        "&",
        "<td>",
    ] {
        let begun = Instant::now();
        let text = to_text(&unit.repeat(4_000_000 / unit.len()));
        assert!(text.len() <= 8_000_000, "{unit}");
        assert!(begun.elapsed().as_secs() < 20, "{unit} took {:?}", begun.elapsed());
    }
}
