//! The flow: review, approval, publication, retirement, restoring, and taking each of them back.

use desk::access::Audience;
use desk::knowledge::{self, ArticleState, Rules, Texts, VersionState};
use desk::words::Lang;
use desk::{ArticleId, Error, EventId, PassageId, PersonId, Result};

use super::{Kb, conflict, form, of, on_each};
use crate::common::key_of;

impl Kb<'_> {
    fn saves(&self, id: ArticleId) -> i64 {
        self.latest(id).1.version.saves
    }
    fn ask(&self, id: ArticleId, reviewer: Option<PersonId>) -> Result<EventId> {
        self.as_of(self.author, move |tx, cx| knowledge::ask_review(tx, cx, id, reviewer))
    }
    fn approve(&self, by: PersonId, id: ArticleId) -> Result<EventId> {
        let saves = self.saves(id);
        self.as_of(by, move |tx, cx| knowledge::approve(tx, cx, id, saves))
    }
    fn publish_by(&self, by: PersonId, id: ArticleId) -> Result<EventId> {
        let saves = self.saves(id);
        self.as_of(by, move |tx, cx| knowledge::publish(tx, cx, id, saves))
    }
    fn state(&self, id: ArticleId) -> (ArticleState, VersionState) {
        let (article, text) = self.latest(id);
        (article.state, text.version.state)
    }
    fn undo(&self, by: PersonId, event: EventId) -> Result<EventId> {
        self.as_of(by, move |tx, cx| knowledge::undo(tx, cx, event))
    }
}

#[test]
fn an_author_publishes_his_own_text_only_once_another_has_approved_it() {
    on_each(|kb| {
        let id = kb.vpn(Audience::Public);
        assert_eq!(conflict(kb.publish_by(kb.author, id)), "conflict-another-approves");
        assert_eq!(conflict(kb.approve(kb.author, id)), "conflict-another-approves");
        kb.ask(id, Some(kb.other)).unwrap();
        assert_eq!(kb.state(id), (ArticleState::Review, VersionState::Review));
        kb.approve(kb.other, id).unwrap();
        assert_eq!(kb.state(id).1, VersionState::Approved);
        assert_eq!(
            kb.reader_sees(id).map(drop),
            Err(Error::NotFound),
            "approved is not published"
        );
        kb.publish_by(kb.author, id).unwrap();
        assert_eq!(kb.state(id), (ArticleState::Published, VersionState::Published));
        let (article, text) = kb.reader_sees(id).unwrap();
        assert_eq!(
            (text.version.decided_by, text.version.published_by),
            (Some(kb.other), Some(kb.author))
        );
        assert!(article.review_at.is_some(), "it will be looked at again");
    });
}

#[test]
fn whoever_wrote_a_word_of_it_is_no_other() {
    on_each(|kb| {
        let id = kb.vpn(Audience::Internal);
        let opened = kb.latest(id).1;
        let mine = form(&opened, 1, Texts::new("A comma,", "Utilisez votre Wi-Fi."));
        kb.writes(kb.other, id, of(mine)).unwrap();
        assert_eq!(conflict(kb.approve(kb.other, id)), "conflict-another-approves");
        assert!(kb.approve(kb.supervisor, id).is_ok());
    });
}

#[test]
fn a_house_rule_lets_authors_publish_their_own_and_supervisors_always_may() {
    on_each(|kb| {
        let id = kb.vpn(Audience::Internal);
        let cx = kb.d.cx();
        let rules = Rules {
            own_publish: true,
            ..Rules::default()
        };
        kb.d.write(move |tx| knowledge::set_rules(tx, &cx, rules));
        kb.publish_by(kb.author, id).unwrap();
        let by_technician = kb.as_of(kb.author, |tx, cx| knowledge::set_rules(tx, cx, Rules::default()));
        assert_eq!(by_technician, Err(Error::NotFound));
        let cx = kb.d.cx();
        kb.d.write(move |tx| knowledge::set_rules(tx, &cx, Rules::default()));
        let new = knowledge::NewArticle::new(Texts::new("Own", ""), Vec::new(), Audience::Internal);
        let own = kb
            .as_of(kb.supervisor, move |tx, cx| knowledge::draft(tx, cx, &new))
            .unwrap()
            .article;
        assert!(kb.publish_by(kb.supervisor, own).is_ok());
    });
}

#[test]
fn nobody_approves_or_publishes_what_he_has_not_seen() {
    on_each(|kb| {
        let id = kb.vpn(Audience::Internal);
        kb.ask(id, None).unwrap();
        let seen = kb.saves(id);
        kb.says(id, 1, Lang::En, "Something else.");
        let approve = kb.as_of(kb.other, move |tx, cx| knowledge::approve(tx, cx, id, seen));
        assert_eq!(conflict(approve), "conflict-changed-since");
        let publish = kb.as_of(kb.supervisor, move |tx, cx| knowledge::publish(tx, cx, id, seen));
        assert_eq!(conflict(publish), "conflict-changed-since");
        kb.approve(kb.other, id).unwrap();
        kb.says(id, 1, Lang::En, "And again.");
        assert_eq!(kb.state(id).1, VersionState::Draft, "an approval is of what was read");
        assert_eq!(conflict(kb.publish_by(kb.author, id)), "conflict-another-approves");
    });
}

#[test]
fn it_goes_back_with_words_and_both_are_told_by_letter() {
    on_each(|kb| {
        let id = kb.vpn(Audience::Internal);
        let back = |words: &'static str| kb.as_of(kb.other, move |tx, cx| knowledge::send_back(tx, cx, id, words));
        assert_eq!(conflict(back("Not asked.")), "conflict-not-in-review");
        assert_eq!(key_of(kb.ask(id, Some(kb.requester))), "refused-not-a-technician");
        assert_eq!(key_of(kb.ask(id, Some(kb.author))), "refused-reviews-own");
        kb.ask(id, Some(kb.other)).unwrap();
        assert_eq!(key_of(back("  ")), "refused-empty");
        back("The second step is missing.").unwrap();
        let (article, text) = kb.latest(id);
        assert_eq!(
            (article.state, text.version.state),
            (ArticleState::Draft, VersionState::SentBack)
        );
        assert_eq!(text.version.words, "The second step is missing.");
        let letters: Vec<(String, String)> = kb.d.read(|r| {
            Ok(r.query(
                "SELECT recipient, data FROM outgoing WHERE kind = 'notice' ORDER BY id",
                &[],
            )?)
        });
        assert_eq!(letters.len(), 2);
        assert!(
            letters[0].0 == "cedar@desk.example" && letters[0].1.contains("awaits your review"),
            "{letters:?}"
        );
        assert!(letters[1].0 == "larch@desk.example" && letters[1].1.contains("The second step is missing."));
        assert!(
            letters.iter().all(|(_, data)| !data.contains("green dot")),
            "the text stays on the desk"
        );
    });
}

#[test]
fn a_retired_article_is_found_by_nobody_and_comes_back_as_it_was() {
    on_each(|kb| {
        let id = kb.published(Audience::Public);
        let retire = |by| kb.as_of(by, move |tx, cx| knowledge::retire(tx, cx, id));
        assert_eq!(conflict(retire(kb.other)), "conflict-not-your-article");
        assert_eq!(retire(kb.requester), Err(Error::NotFound));
        retire(kb.author).unwrap();
        assert_eq!(kb.reader_sees(id).map(drop), Err(Error::NotFound));
        assert_eq!(conflict(retire(kb.author)), "conflict-article-retired");
        let opened = kb.latest(id).1;
        let write = kb.writes(kb.author, id, of(form(&opened, 1, Texts::new("x", "y"))));
        assert_eq!(conflict(write), "conflict-article-retired");
        kb.as_of(kb.supervisor, move |tx, cx| knowledge::bring_back(tx, cx, id))
            .unwrap();
        assert_eq!(kb.reader_sees(id).unwrap().1.version.version, 1);
    });
}

#[test]
fn an_old_version_becomes_a_new_draft_and_no_draft_is_written_over() {
    on_each(|kb| {
        let id = kb.published(Audience::Public);
        kb.says(id, 1, Lang::En, "Second.");
        let restore = |version| kb.as_of(kb.author, move |tx, cx| knowledge::restore(tx, cx, id, version));
        assert_eq!(conflict(restore(1)), "conflict-has-draft");
        kb.publish(id);
        let event = restore(1).unwrap();
        let (article, text) = kb.latest(id);
        assert_eq!((article.published, article.draft), (Some(2), Some(3)));
        assert_eq!(text.passages[0].en.0, "Use your home Wi-Fi.");
        assert_eq!(kb.reader_sees(id).unwrap().1.passages[0].en.0, "Second.");
        kb.undo(kb.author, event).unwrap();
        assert_eq!(kb.latest(id).0.draft, None);
        assert_eq!(restore(99), Err(Error::NotFound));
    });
}

#[test]
fn every_deed_is_taken_back_while_nothing_has_changed_since() {
    on_each(|kb| {
        let id = kb.vpn(Audience::Public);
        let asked = kb.ask(id, None).unwrap();
        assert_eq!(
            kb.undo(kb.other, asked),
            Err(Error::NotFound),
            "another’s deed is not his to take back"
        );
        kb.undo(kb.author, asked).unwrap();
        assert_eq!(kb.state(id), (ArticleState::Draft, VersionState::Draft));
        let saved = kb.says(id, 1, Lang::En, "Changed.");
        kb.undo(kb.author, saved.event).unwrap();
        assert_eq!(kb.latest(id).1.passages[0].en.0, "Use your home Wi-Fi.");
        assert_eq!(conflict(kb.undo(kb.author, saved.event)), "conflict-changed-since");
        let published = kb.publish_by(kb.supervisor, id).unwrap();
        kb.undo(kb.supervisor, published).unwrap();
        assert_eq!(kb.reader_sees(id).map(drop), Err(Error::NotFound));
        assert_eq!(kb.latest(id).0.draft, Some(1));
        let dropped = kb
            .as_of(kb.author, move |tx, cx| knowledge::drop_draft(tx, cx, id))
            .unwrap();
        assert_eq!(kb.latest(id).0.latest(), None);
        kb.undo(kb.author, dropped).unwrap();
        assert_eq!(kb.latest(id).0.draft, Some(1));
        let published = kb.publish_by(kb.supervisor, id).unwrap();
        kb.says(id, 1, Lang::En, "The next one.");
        assert_eq!(conflict(kb.undo(kb.supervisor, published)), "conflict-changed-since");
        let retired = kb
            .as_of(kb.author, move |tx, cx| knowledge::retire(tx, cx, id))
            .unwrap();
        kb.undo(kb.author, retired).unwrap();
        assert!(kb.reader_sees(id).is_ok());
    });
}

#[test]
fn every_verb_leaves_one_line_in_the_log() {
    on_each(|kb| {
        let id = kb.vpn(Audience::Public);
        let lines = || {
            let all = kb
                .look(kb.author, move |r, cx| knowledge::history(r, cx, id, 100))
                .unwrap();
            all.into_iter().rev().map(|e| e.kind.as_str()).collect::<Vec<_>>()
        };
        kb.says(id, 1, Lang::En, "x");
        kb.as_of(kb.author, move |tx, cx| {
            knowledge::move_passage(tx, cx, id, PassageId(1), false)
        })
        .unwrap();
        kb.ask(id, None).unwrap();
        kb.approve(kb.other, id).unwrap();
        kb.publish_by(kb.author, id).unwrap();
        assert_eq!(
            lines(),
            [
                "article_drafted",
                "article_written",
                "article_passage_moved",
                "article_review_asked",
                "article_approved",
                "article_published"
            ]
        );
        let hidden = kb.look(kb.requester, move |r, cx| knowledge::history(r, cx, id, 100).map(drop));
        assert_eq!(hidden, Err(Error::NotFound));
    });
}
