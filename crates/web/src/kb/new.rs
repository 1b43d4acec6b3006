//! A new article: its title and how it begins. Everything else is written where every article is written.

use askama::Template;
use axum::Form;
use axum::extract::Query;
use desk::TopicId;
use desk::access::Audience;
use desk::knowledge::{self, NewArticle, Texts};
use desk::topics::{self, Topic};
use desk::words::Lang;
use serde::Deserialize;

use crate::changes::{Back, Typed, Visit, to};
use crate::http::Outcome;
use crate::layout::{Shell, respond_with};

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    /// Words that were looked for in vain.
    title: String,
    lang: String,
}

#[derive(Template)]
#[template(path = "kb/new.html")]
struct Page {
    shell: Shell,
    back: Back,
    topics: Vec<Topic>,
}

pub(crate) async fn blank(visit: Visit, Query(asked): Query<Asked>) -> Outcome {
    let mut typed = Typed::default();
    let lang = Lang::parse(&asked.lang).unwrap_or(visit.lang());
    let title: String = asked.title.chars().filter(|c| !c.is_control()).take(200).collect();
    typed.put(&format!("title_{lang}"), title);
    let back = Back {
        typed: Some(typed),
        ..Back::default()
    };
    page(&visit, back).await
}

pub(crate) async fn begin(visit: Visit, Form(all): Form<Vec<(String, String)>>) -> Outcome {
    let typed = Typed::from(all);
    let new = read(&typed);
    match visit.write(move |tx, cx| knowledge::draft(tx, cx, &new)).await {
        Ok(saved) => Ok(to(&format!("/kb/{}/edit", saved.article))),
        Err(error) => {
            let back = visit.back(typed, error)?;
            page(&visit, back).await
        }
    }
}

fn read(typed: &Typed) -> NewArticle {
    let both = |en: &str, fr: &str| Texts::new(typed.text(en), typed.text(fr));
    let audience = Audience::parse(typed.text("audience")).unwrap_or(Audience::Internal);
    let first = both("text_en", "text_fr");
    let mut new = NewArticle::new(both("title_en", "title_fr"), vec![first], audience);
    let topic = Some(typed.text("topic")).filter(|text| !text.is_empty());
    new.topic = topic.map(|id| TopicId(id.parse().unwrap_or(0)));
    new
}

async fn page(visit: &Visit, back: Back) -> Outcome {
    let lang = visit.lang();
    let topics = visit.read(move |r, _| topics::list(r, lang, false)).await?;
    let shell = visit.shell("kb-new", "kb").await?;
    let page = Page { shell, back, topics };
    respond_with(page.back.status(), &page)
}

impl Page {
    /// Refusals of the two texts come under the names of their languages.
    fn field(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::En => "en",
            Lang::Fr => "fr",
        }
    }

    fn langs(&self) -> [Lang; 2] {
        [Lang::En, Lang::Fr]
    }

    fn topic_name(&self, topic: &Topic) -> String {
        topic.name(self.shell.lang).to_string()
    }

    fn anchor(&self, field: &'static str) -> &'static str {
        match field {
            "title" => "title_en",
            "en" => "text_en",
            "fr" => "text_fr",
            other => other,
        }
    }

    /// A title in one of the languages is missing, or this one is not as it should be.
    fn why_title(&self, lang: Lang) -> Option<String> {
        let own = format!("title_{lang}");
        let own = self.back.why(&self.shell, &own);
        own.or_else(|| self.back.why(&self.shell, "title").filter(|_| lang == Lang::En))
    }
}
