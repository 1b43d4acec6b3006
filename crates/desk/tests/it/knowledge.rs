//! Articles, on both engines: one fact a test, on a desk with four people.

mod access;
mod care;
mod exchange;
mod files;
mod finding;
mod flow;
mod from_ticket;
mod passages;
mod portal;
mod readers;
mod reading;
mod writing;

use desk::access::{Audience, Role};
use desk::knowledge::{self, Answer, Article, NewArticle, Saved, Text, Texts, Writing, Written, mark};
use desk::words::Lang;
use desk::{ArticleId, Context, Error, PassageId, PersonId, Result};

use crate::mail::desk::{TestDesk, each};

pub(crate) struct Kb<'a> {
    pub(crate) d: &'a TestDesk,
    pub(crate) author: PersonId,
    pub(crate) other: PersonId,
    pub(crate) supervisor: PersonId,
    pub(crate) requester: PersonId,
}

pub(crate) fn on_each(body: impl Fn(&Kb<'_>)) {
    each(|d| {
        body(&Kb {
            d,
            author: d.person("larch@desk.example", Role::Technician),
            other: d.person("cedar@desk.example", Role::Technician),
            supervisor: d.person("spruce@desk.example", Role::Supervisor),
            requester: d.person("payroll@requester.example", Role::Requester),
        });
    });
}

impl Kb<'_> {
    /// A verb as that person, now.
    pub(crate) fn as_of<T: Send + 'static>(
        &self,
        person: PersonId,
        body: impl FnOnce(&mut db::Write, &Context) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let cx = self.d.as_person(person);
        self.d.desk.write_now(move |tx| body(tx, &cx))
    }

    pub(crate) fn look<T: Send + 'static>(
        &self,
        person: PersonId,
        body: impl FnOnce(&mut db::Read, &Context) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let cx = self.d.as_person(person);
        self.d.desk.read_now(move |r| body(r, &cx))
    }

    pub(crate) fn draft(&self, title: &Texts, passages: &[(&str, &str)], audience: Audience) -> ArticleId {
        let passages = passages.iter().map(|(en, fr)| Texts::new(en, fr)).collect();
        let new = NewArticle::new(title.clone(), passages, audience);
        self.as_of(self.author, move |tx, cx| knowledge::draft(tx, cx, &new))
            .unwrap()
            .article
    }

    /// "Connect to the VPN", two passages in both languages.
    pub(crate) fn vpn(&self, audience: Audience) -> ArticleId {
        let title = Texts::new("Connect to the VPN", "Se connecter au RPV");
        let passages = [
            ("Use your home Wi-Fi.", "Utilisez votre Wi-Fi."),
            ("Wait for the green dot.", "Attendez le point vert."),
        ];
        self.draft(&title, &passages, audience)
    }

    pub(crate) fn published(&self, audience: Audience) -> ArticleId {
        let id = self.vpn(audience);
        self.publish(id);
        id
    }

    pub(crate) fn publish(&self, id: ArticleId) {
        let saves = self.latest(id).1.version.saves;
        self.as_of(self.supervisor, move |tx, cx| knowledge::publish(tx, cx, id, saves))
            .unwrap();
    }

    pub(crate) fn latest(&self, id: ArticleId) -> (Article, Text) {
        self.look(self.author, move |r, cx| knowledge::latest(r, cx, id))
            .unwrap()
    }

    pub(crate) fn writes(&self, by: PersonId, id: ArticleId, writing: Writing) -> Result<Answer> {
        self.as_of(by, move |tx, cx| knowledge::write(tx, cx, id, &writing))
    }

    /// The author says something else in one passage, in one language.
    pub(crate) fn says(&self, id: ArticleId, passage: i64, lang: Lang, text: &str) -> Saved {
        let now = self.latest(id).1;
        let kept = now.passage(PassageId(passage)).unwrap();
        let mut texts = Texts::new(&kept.en.0, &kept.fr.0);
        match lang {
            Lang::En => texts.en = text.into(),
            Lang::Fr => texts.fr = text.into(),
        }
        let one = form(&now, passage, texts);
        match self.writes(self.author, id, of(one)).unwrap() {
            Answer::Saved(saved) => saved,
            other => panic!("saved, not {other:?}"),
        }
    }

    pub(crate) fn reader_sees(&self, id: ArticleId) -> Result<(Article, Text)> {
        self.d.desk.read_now(move |r| knowledge::read(r, None, id))
    }
}

/// A passage of a form that was opened on this text.
pub(crate) fn form(opened: &Text, passage: i64, texts: Texts) -> Written {
    let was = opened.passage(PassageId(passage)).unwrap();
    Written {
        passage: PassageId(passage),
        texts,
        en_was: Some(mark(&was.en.0)),
        fr_was: Some(mark(&was.fr.0)),
    }
}

pub(crate) fn of(one: Written) -> Writing {
    Writing {
        passages: vec![one],
        note: None,
    }
}

pub(crate) fn conflict<T: std::fmt::Debug>(answer: Result<T>) -> &'static str {
    match answer {
        Err(Error::Conflict(key)) => key,
        other => panic!("a conflict, not {other:?}"),
    }
}
