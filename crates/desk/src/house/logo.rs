//! The desk's own sign: a small picture that stands where Firstline's would. Kept in the database, so that every node and
//! every backup has it. Drawings (SVG) are not taken: they can hold programs.

use db::{Read, Write, args};
use imagesize::ImageType;
use sha2::{Digest, Sha256};

use super::settings::told;
use crate::access::{self, Place};
use crate::context::Context;
use crate::error::{Error, Result};

/// In bytes: it is fetched with every first visit.
pub const LARGEST_LOGO: usize = 100 * 1024;
/// Of each side, in pixels.
const LEAST: i64 = 16;
const MOST: i64 = 2_000;
/// So many times wider than high it still reads as a sign.
const WIDEST: i64 = 6;

db::text_enum! {
    pub enum LogoKind { Png => "png", Jpeg => "jpeg", Webp => "webp" }
}

impl LogoKind {
    pub fn mime(self) -> &'static str {
        match self {
            LogoKind::Png => "image/png",
            LogoKind::Jpeg => "image/jpeg",
            LogoKind::Webp => "image/webp",
        }
    }
}

db::table! {
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Logo {
        /// Of its bytes, in hexadecimal: another picture has another address.
        pub sha256: String,
        pub kind: LogoKind,
        /// In pixels.
        pub width: i64,
        pub height: i64,
    }
}

/// The one that is shown.
pub(super) fn kept_logo(r: &mut Read) -> Result<Option<Logo>> {
    Ok(r.maybe("SELECT sha256, kind, width, height FROM logo WHERE shown", &[])?)
}

/// The bytes of the one that is shown, for anybody: it stands on the portal. Under the name of another picture there
/// are none: what is kept under a name for a year must be that picture.
pub fn logo_bytes(r: &mut Read, sha256: &str) -> Result<Option<Vec<u8>>> {
    Ok(r.maybe("SELECT bytes FROM logo WHERE shown AND sha256 = $1", &args![sha256])?)
}

/// Keeps another picture and shows it.
pub fn set_logo(tx: &mut Write, cx: &Context, bytes: &[u8]) -> Result<()> {
    access::require(&cx.viewer, Place::Admin)?;
    let logo = measured(bytes)?;
    tx.exec(
        "INSERT INTO logo (id, shown, sha256, kind, width, height, bytes) VALUES (1, TRUE, $1, $2, $3, $4, $5)
         ON CONFLICT (id) DO UPDATE SET shown = TRUE, sha256 = excluded.sha256, kind = excluded.kind,
           width = excluded.width, height = excluded.height, bytes = excluded.bytes",
        &args![logo.sha256.as_str(), logo.kind, logo.width, logo.height, bytes.to_vec()],
    )?;
    told(tx, cx, "logo", &logo.sha256)
}

/// Takes it away, or shows it again. Nothing when there is none.
pub fn show_logo(tx: &mut Write, cx: &Context, shown: bool) -> Result<()> {
    access::require(&cx.viewer, Place::Admin)?;
    let changed = tx.exec("UPDATE logo SET shown = $1 WHERE shown <> $1", &args![shown])?;
    if changed == 0 {
        return Ok(());
    }
    told(tx, cx, "logo", if shown { "shown again" } else { "" })
}

/// What it is, by its own first bytes: the name of a file says nothing.
fn measured(bytes: &[u8]) -> Result<Logo> {
    let refuse = |key| Err(Error::refused("files", key));
    if bytes.len() > LARGEST_LOGO {
        return Err(Error::refused_at(
            "files",
            "refused-logo-large",
            i64::try_from(LARGEST_LOGO / 1024).map_err(Error::fault)?,
        ));
    }
    let kind = match imagesize::image_type(bytes) {
        Ok(ImageType::Png) => LogoKind::Png,
        Ok(ImageType::Jpeg) => LogoKind::Jpeg,
        Ok(ImageType::Webp) => LogoKind::Webp,
        _ => return refuse("refused-logo-kind"),
    };
    let Ok(size) = imagesize::blob_size(bytes) else {
        return refuse("refused-logo-kind");
    };
    let side = |pixels: usize| i64::try_from(pixels).ok().filter(|n| (LEAST..=MOST).contains(n));
    let (Some(width), Some(height)) = (side(size.width), side(size.height)) else {
        return refuse("refused-logo-size");
    };
    if width > height * WIDEST || height > width * 2 {
        return refuse("refused-logo-shape");
    }
    let sha256 = data_encoding::HEXLOWER.encode(&Sha256::digest(bytes));
    Ok(Logo {
        sha256,
        kind,
        width,
        height,
    })
}
