//! Words of letters and replies as pages may show them: sanitised when they came in, and again whenever they go out.

use mail::html;

use super::outbox;

/// HTML a stranger sent, safe for a page of ours.
pub fn safe_html(text: &str) -> String {
    html::clean(text).html
}

/// A technician's Markdown exactly as the letter will carry it.
pub fn markdown_html(text: &str) -> String {
    outbox::markdown(text)
}

/// A page that was copied, as the Markdown somebody would have typed; `None` when its words alone say as much.
pub fn markdown_of_page(text: &str) -> Option<String> {
    html::to_markdown(text)
}

/// Bytes of the pictures of one letter that are shown in it; more are among its files.
const PICTURES: usize = 8 * 1024 * 1024;
/// A picture wider or higher than this could cost a browser more than it shows.
const WIDEST: usize = 8_000;

/// The whole HTML of a letter for its sandboxed frame, its own pictures inside; its words where it has none,
/// `None` where it has neither. Nothing is fetched for it, from nowhere.
pub fn framed(raw: &[u8]) -> Option<String> {
    let letter = mail::parse(raw);
    let room = std::cell::Cell::new(PICTURES);
    let picture = |id: &str| {
        let bytes = letter.inside(id)?.bytes.as_slice();
        let left = room.get().checked_sub(bytes.len())?;
        let address = inside(bytes)?;
        room.set(left);
        Some(address)
    };
    let plain = || letter.text.as_deref().map(html::from_text);
    let look = letter.html.as_deref().map(|text| html::frame(text, picture));
    look.or_else(plain)
}

/// A picture as an address that holds it, whatever its sender called it.
fn inside(bytes: &[u8]) -> Option<String> {
    let kind = match imagesize::image_type(bytes).ok()? {
        imagesize::ImageType::Png => "png",
        imagesize::ImageType::Jpeg => "jpeg",
        imagesize::ImageType::Gif => "gif",
        imagesize::ImageType::Webp => "webp",
        _ => return None,
    };
    let size = imagesize::blob_size(bytes).ok()?;
    let fits = size.width <= WIDEST && size.height <= WIDEST;
    fits.then(|| format!("data:image/{kind};base64,{}", data_encoding::BASE64.encode(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One pixel.
    const DOT: &str =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

    fn with_picture(mime: &str, base64: &str) -> String {
        let raw = format!(
            "From: a@b.example\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\nContent-Type: text/html\r\n\r\n\
             <p>Look: <img src=\"cid:one@b\" alt=\"the screen\"><img src=\"https://far.example/p.png\" alt=\"far\"></p>\r\n\
             --x\r\nContent-Type: {mime}\r\nContent-ID: <one@b>\r\nContent-Transfer-Encoding: base64\r\n\r\n{base64}\r\n--x--\r\n"
        );
        framed(raw.as_bytes()).unwrap()
    }

    #[test]
    fn a_letters_own_pictures_are_in_it_and_no_others() {
        let html = with_picture("image/png", DOT);
        assert!(html.contains(&format!("data:image/png;base64,{DOT}")), "{html}");
        assert!(!html.contains("far.example"), "{html}");
    }

    #[test]
    fn what_is_no_picture_or_a_giant_one_is_told_by_its_name() {
        let script = data_encoding::BASE64.encode(b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>");
        let html = with_picture("image/svg+xml", &script);
        assert!(!html.contains("data:") && html.contains("the screen"), "{html}");
        let mut giant = data_encoding::BASE64.decode(DOT.as_bytes()).unwrap();
        giant[16..20].copy_from_slice(&60_000_u32.to_be_bytes());
        let html = with_picture("image/png", &data_encoding::BASE64.encode(&giant));
        assert!(!html.contains("data:"), "{html}");
    }
}
