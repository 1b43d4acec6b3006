//! The canned replies a viewer may read: those for everybody and those of his teams; a supervisor also those of other
//! teams that are not closed to him.

use db::{Read, args};

use super::reply::{CannedReply, load};
use crate::access::{self, Place};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ids::{CannedId, TeamId};
use crate::words::Lang;

db::table! {
    /// Without its texts: whether they are there.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Line {
        pub id: CannedId,
        pub name: String,
        pub word: String,
        pub team: Option<TeamId>,
        pub en: bool,
        pub fr: bool,
        pub retired: bool,
    }
}

impl Line {
    pub fn has(&self, lang: Lang) -> bool {
        match lang {
            Lang::En => self.en,
            Lang::Fr => self.fr,
        }
    }
}

/// By name, the retired ones too.
pub fn list(r: &mut Read, cx: &Context) -> Result<Vec<Line>> {
    access::require(&cx.viewer, Place::Desk)?;
    let mut lines: Vec<Line> = r.query(
        "SELECT id, name, word, team, text_en <> '' AS en, text_fr <> '' AS fr, retired FROM canned ORDER BY name, id",
        &args![],
    )?;
    lines.retain(|line| access::may_read_canned(&cx.viewer, line.team));
    Ok(lines)
}

/// One of them, whole.
pub fn find(r: &mut Read, cx: &Context, id: CannedId) -> Result<CannedReply> {
    access::require(&cx.viewer, Place::Desk)?;
    let reply = load(r, id)?;
    if access::may_read_canned(&cx.viewer, reply.team) {
        Ok(reply)
    } else {
        Err(Error::NotFound)
    }
}
