//! An article as a file: Markdown with a head of `key: value` lines between two lines of `---`, one file for both
//! languages or one for each. Pure. What is written is read back the same.

use super::article::ArticleState;
use super::passage::Texts;
use crate::access::Audience;
use crate::clock::Time;
use crate::ids::PassageId;
use crate::words::Lang;

/// A file may be as large as this.
pub const LARGEST_PAPER: usize = 4 << 20;
/// What begins a passage.
pub(super) const MARK: &str = "<!-- passage ";

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperPassage {
    pub passage: PassageId,
    pub texts: Texts,
    pub behind: Option<(Lang, Time)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// What the article is called where it comes from: `KB-118`. Empty for a file that says nothing of it.
    pub id: String,
    /// The desk it comes from.
    pub desk: String,
    /// The one language the file is in; both without one.
    pub lang: Option<Lang>,
    pub title: Texts,
    pub title_behind: Option<(Lang, Time)>,
    pub audience: Audience,
    pub state: ArticleState,
    /// The English names of its topic and the one above: `Network / VPN`.
    pub topic: String,
    pub review_at: Option<Time>,
    pub note: String,
    pub passages: Vec<PaperPassage>,
}

impl Default for Paper {
    fn default() -> Paper {
        Paper {
            id: String::new(),
            desk: String::new(),
            lang: None,
            title: Texts::default(),
            title_behind: None,
            audience: Audience::Internal,
            state: ArticleState::Draft,
            topic: String::new(),
            review_at: None,
            note: String::new(),
            passages: Vec::new(),
        }
    }
}

impl Paper {
    /// The part of it in one language, for a file of its own.
    pub fn in_one(&self, lang: Lang) -> Paper {
        let only = |texts: &Texts| match lang {
            Lang::En => Texts::new(&texts.en, ""),
            Lang::Fr => Texts::new("", &texts.fr),
        };
        let mine = |behind: Option<(Lang, Time)>| behind.filter(|(of, _)| *of == lang);
        let passages = self.passages.iter().filter(|p| !p.texts.of(lang).is_empty());
        Paper {
            lang: Some(lang),
            title: only(&self.title),
            title_behind: mine(self.title_behind),
            passages: passages
                .map(|p| PaperPassage {
                    passage: p.passage,
                    texts: only(&p.texts),
                    behind: mine(p.behind),
                })
                .collect(),
            ..self.clone()
        }
    }

    /// With what a file in the other language adds.
    pub fn joined(mut self, other: Paper) -> Paper {
        fn fill(mine: &mut Texts, theirs: Texts) {
            if mine.en.is_empty() {
                mine.en = theirs.en;
            }
            if mine.fr.is_empty() {
                mine.fr = theirs.fr;
            }
        }
        fill(&mut self.title, other.title);
        self.title_behind = self.title_behind.or(other.title_behind);
        let mut place = 0;
        for theirs in other.passages {
            match self.passages.iter().position(|p| p.passage == theirs.passage) {
                Some(at) => {
                    fill(&mut self.passages[at].texts, theirs.texts);
                    self.passages[at].behind = self.passages[at].behind.or(theirs.behind);
                    place = at + 1;
                }
                None => {
                    self.passages.insert(place, theirs);
                    place += 1;
                }
            }
        }
        self.lang = None;
        self
    }

    pub fn write(&self) -> String {
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        let mut out = String::from("---\n");
        let mut line = |key: &str, value: &str| out.push_str(&format!("{key}: {value}\n"));
        line("id", &quoted(&self.id));
        line("desk", &quoted(&self.desk));
        match self.lang {
            Some(lang) => {
                line("lang", lang.as_str());
                line("title", &quoted(self.title.of(lang)));
            }
            None => {
                line("title-en", &quoted(&self.title.en));
                line("title-fr", &quoted(&self.title.fr));
            }
        }
        if let Some((lang, at)) = self.title_behind {
            line("title-behind", &format!("{lang} {}", at.rfc3339()));
        }
        line("audience", self.audience.as_str());
        line("state", self.state.as_str());
        if !self.topic.is_empty() {
            line("topic", &quoted(&self.topic));
        }
        if let Some(at) = self.review_at {
            line("review", &at.rfc3339());
        }
        if !self.note.is_empty() {
            line("note", &quoted(&self.note));
        }
        out.push_str("---\n");
        for passage in &self.passages {
            self.write_passage(&mut out, passage);
        }
        out
    }

    fn write_passage(&self, out: &mut String, passage: &PaperPassage) {
        for lang in [Lang::En, Lang::Fr] {
            let text = passage.texts.of(lang);
            // A passage without a word in either language still has its place.
            let empty = passage.texts.en.is_empty() && passage.texts.fr.is_empty();
            let first = lang == self.lang.unwrap_or(Lang::En);
            if text.is_empty() && !(empty && first) {
                continue;
            }
            let behind = passage.behind.filter(|(of, _)| *of == lang);
            let behind = behind.map_or(String::new(), |(_, at)| format!(" behind {}", at.rfc3339()));
            out.push_str(&format!("\n{MARK}{} {lang}{behind} -->\n", passage.passage));
            for line in text.lines() {
                if line.trim_start_matches('\\').starts_with(MARK) {
                    out.push('\\');
                }
                out.push_str(line);
                out.push('\n');
            }
        }
    }
}
