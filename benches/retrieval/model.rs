//! A model of meaning for the desks that are asked. Its points take a while to reckon (some 30 ms a text), so they are kept
//! from one run to the next in the target folder; the file is the desk's own.

use std::path::PathBuf;

use desk::Desk;
use desk::meaning::{self, Models};
use desk::suggestions::TargetKind;
use desk::words::Lang;

use crate::data::Line;

#[derive(Debug)]
pub(crate) struct Model {
    folder: PathBuf,
}

impl Model {
    /// `--model DIR` among what was asked, taken out of it.
    pub(crate) fn asked(asked: &mut Vec<String>) -> Option<Model> {
        let at = asked.iter().position(|word| word == "--model")?;
        asked.remove(at);
        assert!(at < asked.len(), "--model wants a folder");
        let folder = PathBuf::from(asked.remove(at));
        Some(Model { folder })
    }

    /// The points of all tickets and of these articles, which are in the index alone.
    pub(crate) fn follow(&self, desk: &Desk, articles: &[Line], lang: Lang, what: &str) {
        let kept = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("points").join(what);
        let models = Models::new(&kept);
        models.add(&self.folder, "model").unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(meaning::catch_up(desk, &models)).unwrap();
        for (place, article) in (0..).zip(articles) {
            let id = place * 2 + i64::from(lang == Lang::Fr);
            let body = format!("{}\n{}", article.summary, article.body);
            desk.meaning()
                .hold(TargetKind::Article, id, lang, &article.title, &body);
        }
        eprintln!("  {:?}", desk.meaning().status());
    }
}
