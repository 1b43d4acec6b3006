//! Where the work leads: the ways on that the field knows.

use askama::Template;
use desk::titles::{self, Group, PATHS, Path};
use desk::words::Both;

use crate::changes::Visit;
use crate::http::Outcome;
use crate::layout::{Shell, respond};

#[derive(Template)]
#[template(path = "titles/paths.html")]
struct Page {
    shell: Shell,
}

pub(crate) async fn show(visit: Visit) -> Outcome {
    respond(&Page {
        shell: visit.shell("paths-title", "people").await?,
    })
}

impl Page {
    fn said<'b>(&self, both: &'b Both) -> &'b str {
        both.of(self.shell.lang)
    }

    fn paths(&self) -> &'static [Path] {
        &PATHS
    }

    fn name(&self, path: &Path) -> String {
        self.shell.t(&format!("path-{}", path.key))
    }

    fn words(&self, path: &Path) -> String {
        self.shell.t(&format!("path-words-{}", path.key))
    }

    fn groups(&self, path: &Path) -> Vec<&'static Group> {
        path.codes.iter().filter_map(|code| titles::group(code)).collect()
    }
}
