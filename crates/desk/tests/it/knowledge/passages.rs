//! Passages: which language lags, what is added, moved and taken out, and what two versions differ in.

use desk::access::Audience;
use desk::knowledge::{self, Edit, Fate, Standing, Texts};
use desk::words::Lang;
use desk::{ArticleId, PassageId};

use super::{Kb, conflict, on_each};

fn order(kb: &Kb<'_>, id: ArticleId) -> Vec<i64> {
    kb.latest(id).1.passages.iter().map(|p| p.passage.0).collect()
}

fn standing(kb: &Kb<'_>, id: ArticleId, passage: i64, lang: Lang) -> Standing {
    kb.latest(id).1.passage(PassageId(passage)).unwrap().standing(lang)
}

#[test]
fn the_lagging_passage_is_marked_with_the_day_and_only_that_one() {
    on_each(|kb| {
        let id = kb.published(Audience::Public);
        kb.d.advance(desk::clock::DAY);
        kb.says(id, 2, Lang::En, "Wait for the green dot, then choose Repair.");
        let at = kb.d.desk.now();
        assert_eq!(standing(kb, id, 2, Lang::Fr), Standing::Behind { at, answers: 1 });
        assert_eq!(standing(kb, id, 1, Lang::Fr), Standing::UpToDate);
        let (_, text) = kb.latest(id);
        assert_eq!((text.lagging(Lang::En), text.lagging(Lang::Fr)), (0, 1));
        assert_eq!((text.version_of(Lang::En), text.version_of(Lang::Fr)), (2, 1));
        kb.publish(id);
        let (_, seen) = kb.reader_sees(id).unwrap();
        assert_eq!(seen.lagging(Lang::Fr), 1, "the mark goes with the version");
        let lagging = knowledge::ListQuery::new(knowledge::Which::Lagging(Lang::Fr));
        let found = kb.look(kb.author, move |r, cx| knowledge::count(r, Some(&cx.viewer), &lagging));
        assert_eq!(found, Ok(1));
        kb.says(id, 2, Lang::Fr, "Attendez le point vert, puis choisissez Réparer.");
        assert_eq!(standing(kb, id, 2, Lang::Fr), Standing::UpToDate);
        let found = kb.look(kb.author, move |r, cx| knowledge::count(r, Some(&cx.viewer), &lagging));
        assert_eq!(found, Ok(0));
    });
}

#[test]
fn a_passage_is_up_to_date_as_it_is_by_a_word_also_for_readers() {
    on_each(|kb| {
        let id = kb.published(Audience::Public);
        kb.says(id, 2, Lang::En, "Wait for a green dot.");
        kb.publish(id);
        let say = |lang| {
            kb.as_of(kb.other, move |tx, cx| {
                knowledge::up_to_date(tx, cx, id, PassageId(2), lang)
            })
        };
        assert_eq!(conflict(say(Lang::En)), "conflict-not-behind");
        say(Lang::Fr).unwrap();
        let (article, seen) = kb.reader_sees(id).unwrap();
        assert_eq!(seen.lagging(Lang::Fr), 0);
        assert_eq!(article.draft, None, "no version for that: no word has changed");
        assert_eq!(conflict(say(Lang::Fr)), "conflict-not-behind");
    });
}

#[test]
fn passages_are_added_moved_and_taken_out_and_keep_their_numbers() {
    on_each(|kb| {
        let id = kb.vpn(Audience::Internal);
        let (added, _) = kb
            .as_of(kb.author, move |tx, cx| {
                knowledge::add_passage(tx, cx, id, PassageId(1), &Texts::new("Between.", ""))
            })
            .unwrap();
        assert_eq!((added, order(kb, id)), (PassageId(3), vec![1, 3, 2]));
        let moves = |passage, up| {
            kb.as_of(kb.author, move |tx, cx| {
                knowledge::move_passage(tx, cx, id, PassageId(passage), up)
            })
        };
        moves(2, true).unwrap();
        assert_eq!(order(kb, id), [1, 2, 3]);
        assert_eq!(conflict(moves(1, true)), "conflict-passage-end");
        assert_eq!(conflict(moves(3, false)), "conflict-passage-end");
        assert_eq!(conflict(moves(0, false)), "conflict-passage-title");
        let gone = kb.as_of(kb.author, move |tx, cx| {
            knowledge::remove_passage(tx, cx, id, PassageId(2))
        });
        let event = gone.unwrap();
        assert_eq!(order(kb, id), [1, 3]);
        let (next, _) = kb
            .as_of(kb.author, move |tx, cx| {
                knowledge::add_passage(tx, cx, id, PassageId(0), &Texts::new("First.", ""))
            })
            .unwrap();
        assert_eq!(
            (next, order(kb, id)),
            (PassageId(4), vec![4, 1, 3]),
            "no number is used twice"
        );
        kb.as_of(kb.author, move |tx, cx| knowledge::undo(tx, cx, event))
            .unwrap();
        let back = order(kb, id);
        assert!(back.contains(&2) && back.len() == 4, "{back:?}");
    });
}

#[test]
fn two_versions_are_compared_passage_by_passage_and_word_by_word() {
    on_each(|kb| {
        let id = kb.published(Audience::Public);
        kb.says(id, 2, Lang::En, "Wait for the big green dot.");
        kb.as_of(kb.author, move |tx, cx| {
            knowledge::add_passage(
                tx,
                cx,
                id,
                PassageId(2),
                &Texts::new("Still dropping?", "Toujours instable?"),
            )
        })
        .unwrap();
        kb.as_of(kb.author, move |tx, cx| {
            knowledge::remove_passage(tx, cx, id, PassageId(1))
        })
        .unwrap();
        let all = kb
            .look(kb.other, move |r, cx| knowledge::compare(r, cx, id, 1, 2))
            .unwrap();
        let fates: Vec<(i64, Fate)> = all.iter().map(|d| (d.passage.0, d.fate)).collect();
        assert_eq!(
            fates,
            [
                (0, Fate::Same),
                (1, Fate::Removed),
                (2, Fate::Changed),
                (3, Fate::Added)
            ]
        );
        let inserted: Vec<&str> = all[2]
            .of(Lang::En)
            .iter()
            .filter(|s| s.edit == Edit::Inserted)
            .map(|s| s.text.trim())
            .collect();
        assert_eq!(inserted, ["big"]);
        assert!(all[2].of(Lang::Fr).iter().all(|s| s.edit == Edit::Same));
    });
}
