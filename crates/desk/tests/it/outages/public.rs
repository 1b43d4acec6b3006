//! What everybody sees: the banner of the portal and the status page.

use desk::changes::{self, NewChange, Risk};
use desk::clock::{DAY, HOUR};
use desk::outages::{self, Banner, Effect, Phase, Status};
use desk::services::ServiceState;
use desk::words::{Both, Lang};
use desk::{Context, Time};

use super::{about, hit};
use crate::common::{NOW, Small, on_both};
use crate::tickets::at;

fn banners(small: &Small, lang: Lang, cx: Option<&Context>) -> Vec<Banner> {
    let viewer = cx.map(|cx| cx.viewer.clone());
    small
        .read(&small.desk, move |r, _| outages::current(r, lang, viewer.as_ref()))
        .unwrap()
}

fn status(small: &Small, now: Time) -> Status {
    small
        .read(&small.desk, move |r, cx| outages::status(r, &cx.house, now))
        .unwrap()
}

#[test]
fn the_banner_says_it_in_the_readers_language_and_marks_what_is_missing() {
    on_both(|small| {
        assert!(banners(small, Lang::En, None).is_empty());
        let mail = small.service("Mail", "Courriel");
        let number = small.outage(about(vec![hit(mail, Effect::Down)]));
        let french = &banners(small, Lang::Fr, None)[0];
        assert_eq!(french.title.words, "Le courriel est en panne");
        assert_eq!(french.services, ["Courriel"]);
        small
            .tell(&small.technician, number, Phase::Identified, "A disk is full.", "")
            .unwrap();
        let french = &banners(small, Lang::Fr, None)[0];
        let words = french.words.clone().unwrap();
        assert_eq!((words.lang, words.words.as_str()), (Lang::En, "A disk is full."));
        small
            .write(&small.requester, move |tx, cx| outages::me_too(tx, cx, number))
            .unwrap();
        let seen = |cx| {
            let banner = banners(small, Lang::En, cx).remove(0);
            (banner.mine, banner.count)
        };
        assert_eq!(seen(Some(&small.requester)), (true, 1));
        assert_eq!(seen(Some(&small.admin)), (false, 1));
        assert_eq!(seen(None), (false, 1));
        small
            .tell(&small.technician, number, Phase::Over, "Mail works.", "")
            .unwrap();
        assert!(banners(small, Lang::En, None).is_empty());
    });
}

#[test]
fn what_is_not_to_be_shown_is_on_no_public_page() {
    on_both(|small| {
        let mut inside = crate::services::named("Backup", "Sauvegarde");
        inside.shown = false;
        let backup = small.add_service(inside).unwrap();
        let mail = small.service("Mail", "Courriel");
        let mut unshown = about(vec![hit(mail, Effect::Down)]);
        unshown.shown = false;
        small.outage(unshown);
        small.outage(about(vec![hit(backup, Effect::Down)]));
        assert!(banners(small, Lang::En, None).is_empty());
        let page = status(small, NOW);
        assert!(page.open.is_empty());
        assert_eq!(page.services.len(), 1);
        assert_eq!(page.services[0].state, ServiceState::Running);
        small.outage(about(vec![hit(mail, Effect::Disturbed), hit(backup, Effect::Down)]));
        let page = status(small, NOW);
        assert_eq!(page.services[0].state, ServiceState::Disturbed);
        assert_eq!(
            page.open[0].services,
            [(Both::new("Mail", "Courriel"), Effect::Disturbed)],
            "a service for the desk alone is not named"
        );
    });
}

#[test]
fn the_status_page_names_nobody_and_has_no_word_of_the_desk() {
    on_both(|small| {
        let mail = small.service("Mail", "Courriel");
        let mut new = about(vec![hit(mail, Effect::Down)]);
        new.note = "Secret: the pager of Bench.".into();
        new.tickets = vec![small.open_with(|new| new.subject = "Secret subject".into()).number];
        small.outage(new);
        let mut change = NewChange {
            title: "Secret title".into(),
            words: "Secret words".into(),
            services: vec![mail],
            ..NewChange::default()
        };
        change.notice = Both::new("Mail pauses for an hour.", "");
        change.begins_at = Some(NOW.plus(DAY));
        small.change(&small.technician, change);
        let page = format!("{:?}", status(small, NOW));
        assert!(page.contains("Mail is down") && page.contains("Mail pauses for an hour."));
        for word in ["Secret", "Bench", "Payroll", "example"] {
            assert!(!page.contains(word), "{word} is on the public page: {page}");
        }
    });
}

#[test]
fn planned_work_is_told_when_it_is_settled_and_has_words_for_it() {
    on_both(|small| {
        let mail = small.service("Mail", "Courriel");
        let plan = |risk, en: &str| {
            let new = NewChange {
                title: "Move".into(),
                risk: Some(risk),
                back_out: "Back.".into(),
                begins_at: Some(NOW.plus(DAY)),
                services: vec![mail],
                notice: Both::new(en, ""),
                ..NewChange::default()
            };
            small.change(&small.technician, new)
        };
        let unsettled = plan(Risk::High, "Not yet settled.");
        plan(Risk::Low, "");
        let low = plan(Risk::Low, "A short pause.");
        let words = || -> Vec<String> {
            let page = status(small, NOW);
            page.planned.into_iter().map(|one| one.words.en).collect()
        };
        assert_eq!(words(), ["A short pause."]);
        small.ask(unsettled).unwrap();
        small.approve(&small.admin, unsettled).unwrap();
        assert_eq!(words(), ["Not yet settled.", "A short pause."]);
        assert_eq!(status(small, NOW).services[0].state, ServiceState::Running);
        small
            .write(&small.technician, move |tx, cx| changes::start(tx, cx, low))
            .unwrap();
        let page = status(small, NOW);
        assert_eq!(page.services[0].state, ServiceState::Maintenance);
        assert!(page.planned.iter().any(|one| one.under_way));
    });
}

#[test]
fn ninety_days_are_remembered_and_what_is_older_is_not() {
    on_both(|small| {
        let mail = small.service("Mail", "Courriel");
        small.exec("UPDATE service SET created_at = 0");
        let over = |days: i64, hours: i64| {
            let began = NOW.plus(-days * DAY);
            let opened = at(&small.technician, began);
            let number = small
                .write(&opened, move |tx, cx| {
                    outages::open(tx, cx, &about(vec![hit(mail, Effect::Down)]))
                })
                .unwrap()
                .number;
            let ended = at(&small.technician, began.plus(hours * HOUR));
            small.tell(&ended, number, Phase::Over, "Done.", "Fait.").unwrap();
            number
        };
        over(120, 5);
        let near = over(10, 2);
        let page = status(small, NOW);
        let past: Vec<_> = page.past.iter().map(|outage| outage.number).collect();
        assert_eq!(past, [near]);
        assert_eq!(page.past[0].updates.len(), 2);
        let mail = &page.services[0];
        assert_eq!((mail.down, mail.disturbed), (2 * HOUR, 0));
        assert_eq!(mail.days.len(), 90);
        let bad = mail
            .days
            .iter()
            .filter(|(_, state)| *state == ServiceState::Down)
            .count();
        assert_eq!(bad, 1);
        assert_eq!(mail.days[79].1, ServiceState::Down, "ten days ago");
    });
}
