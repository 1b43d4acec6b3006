//! Inline styles for the sandboxed frame: known properties with tame values. No addresses, no
//! escapes, no positions, nothing that could cover or leave the frame.

const PROPERTIES: &[&str] = &[
    "background-color",
    "border",
    "border-bottom",
    "border-collapse",
    "border-color",
    "border-left",
    "border-radius",
    "border-right",
    "border-spacing",
    "border-style",
    "border-top",
    "border-width",
    "color",
    "direction",
    "display",
    "font",
    "font-family",
    "font-size",
    "font-style",
    "font-variant",
    "font-weight",
    "height",
    "letter-spacing",
    "line-height",
    "list-style-type",
    "margin",
    "margin-bottom",
    "margin-left",
    "margin-right",
    "margin-top",
    "max-width",
    "min-width",
    "padding",
    "padding-bottom",
    "padding-left",
    "padding-right",
    "padding-top",
    "text-align",
    "text-decoration",
    "text-indent",
    "text-transform",
    "vertical-align",
    "white-space",
    "width",
    "word-break",
    "word-spacing",
    "word-wrap",
    "overflow-wrap",
    "table-layout",
    "mso-line-height-rule",
];

/// Functions that compute colours; every other parenthesis refuses its declaration.
const FUNCTIONS: &[&str] = &["rgb", "rgba", "hsl", "hsla"];

/// The declarations that may stay, joined again.
pub(super) fn filter(style: &str) -> String {
    // A comment or an escape can hide anything from a reader this simple.
    if style.len() > 8_192 || style.contains(['\\', '<', '>', '@', '{', '}']) || style.contains("/*") {
        return String::new();
    }
    let kept: Vec<String> = style.split(';').filter_map(declaration).collect();
    kept.join(";")
}

fn declaration(text: &str) -> Option<String> {
    let (property, value) = text.split_once(':')?;
    let property = property.trim().to_ascii_lowercase();
    let value = value.trim();
    let known = PROPERTIES.contains(&property.as_str());
    (known && is_tame(value)).then(|| format!("{property}:{value}"))
}

fn is_tame(value: &str) -> bool {
    let plain = value
        .chars()
        .all(|c| c.is_alphanumeric() || " #%.,-'\"()!_+".contains(c));
    let quotes = value.matches('"').count().is_multiple_of(2) && value.matches('\'').count().is_multiple_of(2);
    let calls = value.split('(').rev().skip(1).all(|before| {
        let name = before
            .rsplit(|c: char| !c.is_ascii_alphabetic())
            .next()
            .unwrap_or_default();
        FUNCTIONS.contains(&name.to_ascii_lowercase().as_str())
    });
    !value.is_empty() && value.len() <= 400 && plain && quotes && calls
}
