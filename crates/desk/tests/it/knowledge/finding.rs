//! Finding: in the language of the words, marked where an article is there in the other only, as the log tells it.

use desk::access::Audience;
use desk::finding::{self, FoundArticle, FoundIn};
use desk::knowledge::Texts;
use desk::words::Lang;
use desk::{ArticleId, PassageId, PersonId};

use super::{Kb, on_each};

fn found(kb: &Kb<'_>, who: Option<PersonId>, text: &str, lang: Lang) -> Vec<FoundArticle> {
    kb.d.wait(finding::rebuild(&kb.d.desk, |_| {})).unwrap();
    let viewer = who.map(|person| kb.d.as_person(person).viewer);
    let all = finding::find_articles(&kb.d.desk, viewer.as_ref(), text, lang, (0, 10), false);
    kb.d.wait(all).unwrap().hits
}

fn ids(hits: &[FoundArticle]) -> Vec<ArticleId> {
    hits.iter().map(|hit| hit.article).collect()
}

fn title(hit: &FoundArticle) -> String {
    hit.title.iter().map(|p| p.text.as_str()).collect()
}

#[test]
fn an_article_is_found_in_french_by_an_english_word_and_shown_in_french() {
    on_each(|kb| {
        let id = kb.published(Audience::Public);
        let hits = found(kb, None, "green dot", Lang::Fr);
        assert_eq!(ids(&hits), [id]);
        let hit = &hits[0];
        assert_eq!((hit.lang, hit.matched, hit.only_other), (Lang::Fr, Lang::En, false));
        assert_eq!(title(hit), "Se connecter au RPV");
        assert_eq!(hit.found_in, FoundIn::Passage(PassageId(2)));
        assert!(
            hit.snippet
                .iter()
                .any(|p| p.hit && p.text.to_lowercase().contains("green"))
        );
    });
}

#[test]
fn words_of_both_languages_make_one_hit_in_the_readers() {
    on_each(|kb| {
        let id = kb.published(Audience::Public);
        for (lang, shown) in [(Lang::En, "Connect to the VPN"), (Lang::Fr, "Se connecter au RPV")] {
            let hits = found(kb, None, "Wi-Fi", lang);
            assert_eq!(
                (ids(&hits), hits[0].matched, title(&hits[0]).as_str()),
                (vec![id], lang, shown)
            );
        }
    });
}

#[test]
fn what_is_there_in_the_other_language_only_is_marked() {
    on_each(|kb| {
        let title = Texts::new("", "Imprimer en couleur");
        let id = kb.draft(&title, &[("", "Choisissez le bac deux.")], Audience::Public);
        kb.publish(id);
        let hits = found(kb, None, "imprimer couleur", Lang::En);
        assert_eq!(ids(&hits), [id]);
        assert!(hits[0].only_other && hits[0].lang == Lang::Fr);
        assert!(!found(kb, None, "imprimer couleur", Lang::Fr)[0].only_other);
    });
}

#[test]
fn staff_find_drafts_that_are_marked_and_internal_ones_and_numbers() {
    on_each(|kb| {
        let (draft, internal) = (kb.vpn(Audience::Public), kb.published(Audience::Internal));
        let hits = found(kb, Some(kb.other), "green dot", Lang::En);
        let mut both: Vec<(ArticleId, bool)> = hits.iter().map(|hit| (hit.article, hit.draft)).collect();
        both.sort();
        assert_eq!(both, [(draft, true), (internal, false)]);
        assert!(found(kb, Some(kb.requester), "green dot", Lang::En).is_empty());
        let by_number = found(kb, Some(kb.other), &format!("KB-{internal}"), Lang::En);
        assert!(ids(&by_number).contains(&internal), "{by_number:?}");
    });
}

#[test]
fn the_index_follows_the_log_as_it_is_published_and_retired() {
    on_each(|kb| {
        if kb.d.engine != "sqlite" {
            // The log of a shared server is followed only to its horizon.
            return;
        }
        let total = |text: &str| {
            kb.d.wait(finding::catch_up(&kb.d.desk)).unwrap();
            let all = finding::find_articles(&kb.d.desk, None, text, Lang::En, (0, 10), false);
            kb.d.wait(all).unwrap().total
        };
        let id = kb.vpn(Audience::Public);
        assert_eq!(total("green dot"), 0);
        kb.publish(id);
        assert_eq!(total("green dot"), 1);
        kb.says(id, 2, Lang::En, "Wait for the blue square.");
        assert_eq!((total("green dot"), total("blue square")), (1, 0));
        kb.publish(id);
        assert_eq!((total("green dot"), total("blue square")), (0, 1));
        kb.as_of(kb.author, move |tx, cx| desk::knowledge::retire(tx, cx, id))
            .unwrap();
        assert_eq!(total("blue square"), 0);
        kb.as_of(kb.author, move |tx, cx| desk::knowledge::bring_back(tx, cx, id))
            .unwrap();
        assert_eq!(total("blue square"), 1);
    });
}
