//! Writing: two people in one draft, a published article that is edited, what is kept and what is refused.

use desk::access::Audience;
use desk::knowledge::{self, Answer, Texts, Writing};
use desk::words::Lang;
use desk::{Error, PassageId};

use super::{conflict, form, of, on_each};
use crate::common::key_of;

#[test]
fn readers_see_the_published_version_while_the_next_is_written() {
    on_each(|kb| {
        let id = kb.published(Audience::Public);
        kb.says(id, 1, Lang::En, "Use any Wi-Fi.");
        let (article, seen) = kb.reader_sees(id).unwrap();
        assert_eq!((article.published, article.draft), (Some(1), Some(2)));
        assert_eq!(seen.passages[0].en.0, "Use your home Wi-Fi.");
        let (_, draft) = kb.latest(id);
        assert_eq!(
            (draft.version.version, draft.passages[0].en.0.as_str()),
            (2, "Use any Wi-Fi.")
        );
        kb.publish(id);
        let (_, seen) = kb.reader_sees(id).unwrap();
        assert_eq!(
            (seen.version.version, seen.passages[0].en.0.as_str()),
            (2, "Use any Wi-Fi.")
        );
    });
}

#[test]
fn two_people_who_change_the_same_text_get_both_texts_and_nothing_is_kept() {
    on_each(|kb| {
        let id = kb.vpn(Audience::Internal);
        let opened = kb.latest(id).1;
        kb.says(id, 1, Lang::En, "Mine came first.");
        let late = form(&opened, 1, Texts::new("And this is late.", "Utilisez votre Wi-Fi."));
        let Answer::Clashes(clashes) = kb.writes(kb.other, id, of(late)).unwrap() else {
            panic!("a clash")
        };
        assert_eq!(clashes.len(), 1);
        let clash = &clashes[0];
        assert_eq!((clash.passage, clash.lang), (PassageId(1), Lang::En));
        assert_eq!(
            (clash.mine.as_str(), clash.theirs.as_str()),
            ("And this is late.", "Mine came first.")
        );
        assert_eq!(clash.by, [kb.author]);
        assert_eq!(kb.latest(id).1.passages[0].en.0, "Mine came first.");
        let chosen = form(&kb.latest(id).1, 1, Texts::new("Both.", "Utilisez votre Wi-Fi."));
        assert!(matches!(kb.writes(kb.other, id, of(chosen)), Ok(Answer::Saved(_))));
    });
}

#[test]
fn two_people_who_change_different_texts_do_not_disturb_each_other() {
    on_each(|kb| {
        let id = kb.vpn(Audience::Internal);
        let opened = kb.latest(id).1;
        kb.says(id, 1, Lang::En, "Any Wi-Fi.");
        // The whole form, as a browser without script sends it: the first passage as it was when it was opened.
        let writing = Writing {
            passages: vec![
                form(&opened, 1, Texts::new("Use your home Wi-Fi.", "N’importe quel Wi-Fi.")),
                form(&opened, 2, Texts::new("Wait.", "Attendez le point vert.")),
            ],
            note: Some("shorter".into()),
        };
        assert!(matches!(kb.writes(kb.other, id, writing), Ok(Answer::Saved(_))));
        let text = kb.latest(id).1;
        let said: Vec<_> = text
            .passages
            .iter()
            .map(|p| (p.en.0.as_str(), p.fr.0.as_str()))
            .collect();
        assert_eq!(
            said,
            [
                ("Any Wi-Fi.", "N’importe quel Wi-Fi."),
                ("Wait.", "Attendez le point vert.")
            ]
        );
        assert_eq!(text.version.note, "shorter");
        assert_eq!(text.version.editors(), [kb.author, kb.other]);
    });
}

#[test]
fn a_form_that_changes_nothing_begins_no_version() {
    on_each(|kb| {
        let id = kb.published(Audience::Public);
        let opened = kb.latest(id).1;
        let same = form(
            &opened,
            1,
            Texts::new("Use your home Wi-Fi.\r\n", "Utilisez votre Wi-Fi."),
        );
        assert_eq!(kb.writes(kb.author, id, of(same)).unwrap(), Answer::Unchanged);
        assert_eq!(kb.latest(id).0.draft, None);
        let versions = kb.look(kb.author, move |r, cx| knowledge::versions(r, cx, id)).unwrap();
        assert_eq!(versions.len(), 1, "the version that was begun for it is gone");
        kb.says(id, 1, Lang::En, "x");
        assert_eq!(kb.latest(id).0.draft, Some(2), "a change does begin one");
    });
}

#[test]
fn a_passage_that_was_taken_out_meanwhile_is_said_and_nothing_is_lost() {
    on_each(|kb| {
        let id = kb.vpn(Audience::Internal);
        let opened = kb.latest(id).1;
        kb.as_of(kb.other, move |tx, cx| {
            knowledge::remove_passage(tx, cx, id, PassageId(1))
        })
        .unwrap();
        let late = form(&opened, 1, Texts::new("Mine.", ""));
        assert_eq!(conflict(kb.writes(kb.author, id, of(late))), "conflict-passage-gone");
    });
}

#[test]
fn what_does_not_fit_is_refused_at_its_field() {
    on_each(|kb| {
        let id = kb.vpn(Audience::Internal);
        let opened = kb.latest(id).1;
        let write = |passage, texts| kb.writes(kb.author, id, of(form(&opened, passage, texts)));
        assert_eq!(key_of(write(0, Texts::new(" ", ""))), "refused-empty");
        assert_eq!(key_of(write(0, Texts::new("Two\nlines", "x"))), "refused-one-line");
        assert_eq!(
            key_of(write(1, Texts::new(&"x".repeat(20_001), ""))),
            "refused-too-long"
        );
        assert_eq!(key_of(write(1, Texts::new("a\0b", ""))), "refused-character");
        assert!(write(1, Texts::new(&"x".repeat(20_000), "")).is_ok());
    });
}

#[test]
fn a_link_to_itself_or_to_nothing_is_told_and_not_refused() {
    on_each(|kb| {
        let id = kb.vpn(Audience::Internal);
        let there = kb.vpn(Audience::Internal);
        let text = format!("[a](kb:{id}) [b](kb:9999) [c]() [d](kb:{there}) ![e](file:77) [f](https://example.org)");
        let saved = kb.says(id, 1, Lang::En, &text);
        let told: Vec<(&str, &str)> = saved.warnings.iter().map(|w| (w.key, w.link.as_str())).collect();
        assert_eq!(
            told,
            [
                ("warning-link-to-itself", format!("kb:{id}").as_str()),
                ("warning-link-to-nothing", "kb:9999"),
                ("warning-link-to-nothing", ""),
                ("warning-link-to-nothing", "file:77"),
            ]
        );
    });
}

#[test]
fn a_requester_writes_nothing() {
    on_each(|kb| {
        let id = kb.published(Audience::Public);
        let opened = kb.latest(id).1;
        let by = |writing| kb.writes(kb.requester, id, writing);
        assert_eq!(by(of(form(&opened, 1, Texts::new("x", "")))), Err(Error::NotFound));
        let new = knowledge::NewArticle::new(Texts::new("x", ""), Vec::new(), Audience::Public);
        let draft = kb.as_of(kb.requester, move |tx, cx| knowledge::draft(tx, cx, &new));
        assert_eq!(draft, Err(Error::NotFound));
    });
}

#[test]
fn of_many_who_write_at_once_one_is_kept_and_the_others_get_both_texts() {
    on_each(|kb| {
        let id = kb.published(Audience::Internal);
        let (opened, cx) = (kb.latest(id).1, kb.d.as_person(kb.other));
        let answers: Vec<Answer> = std::thread::scope(|scope| {
            let one = |n: i32| {
                let (desk, cx) = (kb.d.desk.clone(), cx.clone());
                let writing = of(form(
                    &opened,
                    1,
                    Texts::new(&format!("Mine {n}."), "Utilisez votre Wi-Fi."),
                ));
                scope.spawn(move || {
                    desk.write_now(move |tx| knowledge::write(tx, &cx, id, &writing))
                        .unwrap()
                })
            };
            let all: Vec<_> = (0..6).map(one).collect();
            all.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        let clashes = answers.iter().filter(|a| matches!(a, Answer::Clashes(_))).count();
        assert_eq!((clashes, answers.len()), (5, 6), "{answers:?}");
        let versions = kb.look(kb.author, move |r, cx| knowledge::versions(r, cx, id)).unwrap();
        assert_eq!(versions.len(), 2, "one next version was begun");
    });
}
