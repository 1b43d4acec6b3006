//! A QR code as the path of an SVG: what a telephone reads from a sheet of paper.

use std::fmt::Write;

use qrcode::{Color, EcLevel, QrCode};

/// The quiet border that readers need, in modules.
const BORDER: usize = 4;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Qr {
    /// The side of the drawing, in modules, border and all.
    pub side: usize,
    pub path: String,
}

/// `None` when the text is longer than a code can hold.
pub(crate) fn qr(text: &str) -> Option<Qr> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let width = code.width();
    let mut path = String::new();
    for (y, row) in code.to_colors().chunks(width).enumerate() {
        let mut x = 0;
        while x < width {
            let dark = row[x..].iter().take_while(|color| **color == Color::Dark).count();
            if dark > 0 {
                let _ = write!(path, "M{} {}h{dark}v1h-{dark}z", x + BORDER, y + BORDER);
            }
            x += dark.max(1);
        }
    }
    Some(Qr {
        side: width + 2 * BORDER,
        path,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_three_corners_and_a_border() {
        let code = qr("https://desk.example/tickets/1001").expect("short enough");
        assert!(code.side >= 21 + 2 * BORDER);
        assert!(
            code.path.starts_with("M4 4h7v1h-7z"),
            "the first corner begins after the border"
        );
        let right = format!("M{} 4h7v1h-7z", code.side - BORDER - 7);
        assert!(code.path.contains(&right), "the second");
        let low = format!("M4 {}h7v1h-7z", code.side - BORDER - 7);
        assert!(code.path.contains(&low), "the third");
    }

    #[test]
    fn what_is_too_long_has_none() {
        assert_eq!(qr(&"x".repeat(5000)), None);
    }
}
