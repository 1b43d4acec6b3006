//! What only administrators do and see: teams that go, topics that come back, everybody's tokens, jobs tried again,
//! the audit log, the state of the system, and how the desk shows itself.

use db::Dialect;
use desk::access::{self, AuditQuery, Hand, Scopes};
use desk::clock::{DAY, MINUTE};
use desk::house::{self, Brand, Followed, House};
use desk::jobs::{self, JobKind};
use desk::mailboxes::{self, MailboxFields, boxes};
use desk::topics::{self, NewTopic};
use desk::{Context, Error, JobId, TokenId, TopicId, sign_in, teams};

use crate::common::{NOW, Small, key_of, on_both, refused};

#[test]
fn only_administrators_get_past_any_of_these_doors() {
    on_both(|small| {
        let team = small.team("Counter", false);
        for cx in [&small.technician, &small.requester] {
            let asked: [Option<Error>; 7] = [
                small.read(cx, access::audit_actions).err(),
                small
                    .read(cx, |r, cx| access::read_audit(r, cx, &AuditQuery::default()))
                    .err(),
                small.read(cx, |r, cx| house::health(r, cx, Followed::default())).err(),
                small.read(cx, |r, cx| sign_in::list_all_tokens(r, cx, None, 10)).err(),
                small.write(cx, move |tx, cx| teams::remove(tx, cx, team)).err(),
                small.write(cx, |tx, cx| jobs::try_again(tx, cx, JobId(1))).err(),
                small
                    .write(cx, |tx, cx| house::change_brand(tx, cx, &Brand::default()))
                    .err(),
            ];
            assert!(asked.iter().all(|e| *e == Some(Error::NotFound)), "{asked:?}");
        }
        small
            .read(&small.admin, |r, cx| house::health(r, cx, Followed::default()))
            .expect("control: an administrator sees it");
    });
}

#[test]
fn a_team_goes_only_when_nothing_is_its_own() {
    on_both(|small| {
        let remove = |team| {
            small
                .write(&small.admin, move |tx, cx| teams::remove(tx, cx, team))
                .err()
        };
        let busy = small.team("Counter", false);
        small.join(busy, small.technician.viewer.person);
        small.open_for(busy);
        assert_eq!(remove(busy), Some(Error::Conflict("conflict-team-has-tickets")));
        let led_to = small.team("Network", false);
        topic(small, None, "Network", Some(led_to.0)).expect("added");
        assert_eq!(remove(led_to), Some(Error::Conflict("conflict-team-in-use")));
        let bound = small
            .read(&small.admin, move |r, cx| teams::bound(r, cx, led_to))
            .expect("told");
        assert_eq!((bound.tickets, bound.topics, bound.mailboxes), (0, 1, 0));
        // What is shared in it counts too, but for what was taken away.
        let viewed = small.team("Seen", false);
        small.exec(&format!(
            "INSERT INTO saved_view (team, name, condition) VALUES ({viewed}, 'v', '{{}}')"
        ));
        assert_eq!(remove(viewed), Some(Error::Conflict("conflict-team-in-use")));
        let bound = small
            .read(&small.admin, move |r, cx| teams::bound(r, cx, viewed))
            .expect("told");
        assert_eq!((bound.views, bound.canned), (1, 0));
        small.exec("UPDATE saved_view SET gone_at = 1");
        assert_eq!(remove(viewed), None);
        let free = small.team("Spare", false);
        small.join(free, small.technician.viewer.person);
        assert_eq!(remove(free), None);
        assert_eq!(remove(free), Some(Error::NotFound));
        let left = small.read(&small.admin, teams::list).expect("listed");
        assert_eq!(left.len(), 2, "the others stay, with their members");
        assert_eq!(small.count("SELECT count(*) FROM membership"), 1);
        assert_eq!(
            small.count("SELECT count(*) FROM audit WHERE action = 'team-removed'"),
            2
        );
    });
}

fn topic(small: &Small, parent: Option<TopicId>, name: &str, team: Option<i64>) -> desk::Result<TopicId> {
    let new = NewTopic {
        parent,
        name_en: name.into(),
        name_fr: name.into(),
        team: team.map(desk::TeamId),
    };
    small.write(&small.admin, move |tx, cx| topics::add(tx, cx, &new))
}

#[test]
fn a_topic_comes_back_only_where_it_would_be_offered() {
    on_both(|small| {
        let hardware = topic(small, None, "Hardware", None).expect("added");
        let printers = topic(small, Some(hardware), "Printers", None).expect("added");
        let retire = |id, retired| {
            small
                .write(&small.admin, move |tx, cx| topics::retire(tx, cx, id, retired))
                .err()
        };
        assert_eq!(retire(hardware, true), None);
        assert_eq!(
            retire(printers, false),
            Some(Error::Conflict("conflict-topic-parent-retired"))
        );
        let renamed = NewTopic {
            parent: Some(hardware),
            name_en: "Printing".into(),
            name_fr: "Impression".into(),
            team: None,
        };
        small
            .write(&small.admin, move |tx, cx| topics::edit(tx, cx, printers, &renamed))
            .expect("what is out of use can still be named");
        assert_eq!(
            key_of(topic(small, Some(hardware), "Toner", None)),
            "refused-no-such-topic"
        );
        assert_eq!((retire(hardware, false), retire(printers, false)), (None, None));
        let offered = small
            .db
            .read_now(|r| topics::list(r, desk::words::Lang::En, false))
            .expect("listed");
        assert_eq!(offered.iter().map(|t| t.id).collect::<Vec<_>>(), [hardware, printers]);
    });
}

#[test]
fn an_administrator_sees_and_revokes_anybodys_token() {
    on_both(|small| {
        let person = small.technician.viewer.person;
        let scopes = Scopes::parse("read").expect("scopes");
        let secret = small
            .write(&small.desk, move |tx, cx| {
                sign_in::add_token(tx, cx, person, "wall board", scopes)
            })
            .expect("made");
        let list = |before: Option<TokenId>| {
            small
                .read(&small.admin, move |r, cx| sign_in::list_all_tokens(r, cx, before, 100))
                .expect("listed")
        };
        let all = list(None);
        assert_eq!((all[0].owner.as_str(), all[0].name.as_str()), ("Bench", "wall board"));
        assert!(
            small.token_viewer(secret.as_str()).is_some(),
            "control: it opens the door"
        );
        let id = all[0].id;
        assert!(list(Some(id)).is_empty());
        small
            .write(&small.admin, move |tx, cx| sign_in::revoke_token(tx, cx, id))
            .expect("revoked");
        assert!(small.token_viewer(secret.as_str()).is_none());
        assert!(list(None).is_empty());
        assert_eq!(
            small.count("SELECT count(*) FROM audit WHERE action = 'token-revoked'"),
            1
        );
    });
}

#[test]
fn a_job_that_was_given_up_is_tried_once_more() {
    on_both(|small| {
        small.exec(
            "INSERT INTO job (kind, subject, run_at, attempts, state, words)
             VALUES ('close_solved', 1001, 0, 5, 'given_up', 'the disk failed')",
        );
        let waiting = "INSERT INTO job (kind, subject, run_at) VALUES ('close_solved', 1002, 0)";
        small.exec(waiting);
        let given_up = || small.read(&small.admin, jobs::given_up).expect("listed");
        let found = given_up();
        assert_eq!((found.len(), found[0].words.as_str()), (1, "the disk failed"));
        let id = found[0].id;
        small
            .write(&small.admin, move |tx, cx| jobs::try_again(tx, cx, id))
            .expect("again");
        assert!(given_up().is_empty());
        let twice = small.write(&small.admin, move |tx, cx| jobs::try_again(tx, cx, id));
        assert_eq!(twice.err(), Some(Error::NotFound), "it waits already");
        let due = small
            .db
            .write_now(|tx| jobs::claim(tx, JobKind::CloseSolved, NOW, 10))
            .expect("claimed");
        assert_eq!(due.len(), 2, "both are due");
        assert_eq!(small.count("SELECT count(*) FROM audit WHERE action = 'job-again'"), 1);
    });
}

fn written(small: &Small, cx: &Context, action: &'static str, subject: &'static str, at: i64) {
    let now = NOW.plus(at);
    small
        .write(cx, move |tx, cx| {
            let actor = (cx.viewer.via != access::Via::Desk).then_some(cx.viewer.person);
            access::audit(tx, now, actor, action, subject, "")
        })
        .expect("written");
}

#[test]
fn the_audit_log_is_read_by_person_action_and_day_page_by_page() {
    on_both(|small| {
        small.exec("DELETE FROM audit");
        small.exec("UPDATE setting SET value = '' WHERE name = 'audit-head'");
        let admin = small.admin.viewer.person;
        written(small, &small.desk, "one", "x", -3 * DAY);
        written(small, &small.admin, "two", "x", -DAY);
        written(small, &small.admin, "one", "x", 0);
        let read = |asked: AuditQuery| {
            let page = small
                .read(&small.admin, move |r, cx| access::read_audit(r, cx, &asked))
                .expect("read");
            let words: Vec<String> = page.lines.iter().map(|l| l.action.clone()).collect();
            (words.join(" "), page)
        };
        let of = |change: fn(&mut AuditQuery)| {
            let mut asked = AuditQuery::default();
            change(&mut asked);
            read(asked).0
        };
        assert_eq!(of(|_| {}), "one two one", "the newest first");
        assert_eq!(of(|q| q.hand = Some(Hand::Desk)), "one");
        assert_eq!(of(|q| q.action = Some("one".into())), "one one");
        assert_eq!(of(|q| q.from = Some(NOW.plus(-2 * DAY))), "one two");
        assert_eq!(of(|q| q.until = Some(NOW)), "two one");
        let his = read(AuditQuery {
            hand: Some(Hand::Person(admin)),
            limit: 1,
            ..AuditQuery::default()
        });
        assert_eq!(his.0, "one");
        assert_eq!(his.1.names.get(&admin).map(String::as_str), Some("Office"));
        let rest = read(AuditQuery {
            hand: Some(Hand::Person(admin)),
            after: his.1.next,
            limit: 1,
            ..AuditQuery::default()
        });
        assert_eq!((rest.0.as_str(), rest.1.next), ("two", None));
        let actions = small.read(&small.admin, access::audit_actions).expect("told");
        assert_eq!(actions, ["one", "two"]);
    });
}

#[test]
fn the_audit_log_is_never_walked_whole() {
    on_both(|small| {
        small
            .db
            .write_now(|tx| -> desk::Result<()> {
                for n in 0..20_000_i64 {
                    tx.exec(
                        "INSERT INTO audit (at, actor, action, subject, data, previous, hash) VALUES ($1, $2, $3, '', '', '', '')",
                        &db::args![NOW.plus(n), n % 50, format!("action-{}", n % 20)],
                    )?;
                }
                Ok(())
            })
            .expect("filled");
        small.exec("ANALYZE");
        let asked = [
            AuditQuery::default(),
            AuditQuery {
                hand: Some(Hand::Person(small.admin.viewer.person)),
                ..AuditQuery::default()
            },
            AuditQuery {
                action: Some("action-7".into()),
                after: Some((NOW, 5)),
                ..AuditQuery::default()
            },
            AuditQuery {
                from: Some(NOW),
                until: Some(NOW.plus(500)),
                ..AuditQuery::default()
            },
        ];
        for query in asked {
            let words = format!("{query:?}");
            let plan = small
                .db
                .read_now(move |r| access::audit_plan(r, &query))
                .expect("a plan");
            let walked = match small.db.dialect() {
                Dialect::Sqlite => !plan.contains("INDEX") || plan.contains("TEMP B-TREE"),
                Dialect::Postgres => plan.contains("Seq Scan"),
            };
            assert!(!walked, "{words}: {plan}");
        }
    });
}

#[test]
fn the_state_of_the_system_tells_what_waits_and_since_when() {
    on_both(|small| {
        let health = || {
            small
                .read(&small.admin, |r, cx| house::health(r, cx, Followed::default()))
                .expect("told")
        };
        let fresh = health();
        assert_eq!((fresh.mailboxes, fresh.mail.last_in, fresh.backup), (0, None, None));
        assert!(fresh.database_bytes > 10_000, "{}", fresh.database_bytes);
        // On PostgreSQL a transaction of another test may hold the horizon back for a moment.
        if small.db.dialect() == Dialect::Sqlite {
            assert!(fresh.index.lines > 0, "nothing has followed the log yet");
        }
        let mailbox = small
            .write(&small.admin, |tx, cx| {
                boxes::add(tx, cx, &MailboxFields::new("help@desk.example"))
            })
            .expect("added");
        small.exec(&format!(
            "INSERT INTO letter (mailbox, received_at, envelope_from, envelope_to, way, bytes, sha256, state)
             VALUES ({mailbox}, {}, 'a', 'b', 'smtp', 1, '', 'kept')",
            NOW.plus(-7 * MINUTE).0
        ));
        small.exec(&format!(
            "INSERT INTO outgoing (kind, recipient, language, message_id, state, created_at, send_at)
             VALUES ('notice', 'a', 'en', 'm1', 'waiting', 0, {})",
            NOW.plus(-MINUTE).0
        ));
        small
            .db
            .write_now(|tx| house::backup_made(tx, NOW.plus(-DAY)))
            .expect("told");
        let now = health();
        assert_eq!(now.mail.unread_since, Some(NOW.plus(-7 * MINUTE)));
        assert_eq!(now.mail.last_in, Some(NOW.plus(-7 * MINUTE)));
        assert_eq!(now.mail.waits_since, Some(NOW.plus(-MINUTE)));
        assert_eq!((now.mailboxes, now.backup), (1, Some(NOW.plus(-DAY))));
        let traffic = small
            .read(&small.admin, move |r, cx| mailboxes::traffic(r, cx, &[mailbox]))
            .expect("told");
        assert_eq!((traffic[0].letters, traffic[0].last_letter), (1, now.mail.last_in));
    });
}

/// The first bytes of a PNG.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    bytes.extend(width.to_be_bytes());
    bytes.extend(height.to_be_bytes());
    bytes.extend([8, 6, 0, 0, 0]);
    bytes
}

#[test]
fn a_logo_is_a_small_picture_of_a_fitting_shape() {
    on_both(|small| {
        let keep = |bytes: Vec<u8>| small.write(&small.admin, move |tx, cx| house::set_logo(tx, cx, &bytes));
        for (bytes, wrong) in [
            (png(15, 40), "refused-logo-size"),
            (png(40, 2_001), "refused-logo-size"),
            (png(601, 100), "refused-logo-shape"),
            (png(100, 201), "refused-logo-shape"),
            (png(40, 40)[..12].to_vec(), "refused-logo-kind"),
            (b"<svg/>".to_vec(), "refused-logo-kind"),
            (Vec::new(), "refused-logo-kind"),
            ([png(40, 40), vec![0; 100 * 1024]].concat(), "refused-logo-large"),
        ] {
            assert_eq!(key_of(keep(bytes)), wrong);
        }
        keep(png(600, 100)).expect("as wide as it may be");
        let shown = || {
            small
                .db
                .write_now(House::load)
                .unwrap()
                .logo
                .map(|l| (l.width, l.height))
        };
        assert_eq!(shown(), Some((600, 100)));
        for (who, cx) in [("technician", &small.technician), ("requester", &small.requester)] {
            let bytes = png(40, 40);
            let kept = small.write(cx, move |tx, cx| house::set_logo(tx, cx, &bytes));
            assert_eq!(kept.err(), Some(Error::NotFound), "{who}");
            let hidden = small.write(cx, |tx, cx| house::show_logo(tx, cx, false));
            assert_eq!(hidden.err(), Some(Error::NotFound), "{who}");
        }
        small
            .write(&small.admin, |tx, cx| house::show_logo(tx, cx, false))
            .expect("taken away");
        assert_eq!(shown(), None);
        small
            .write(&small.admin, |tx, cx| house::show_logo(tx, cx, true))
            .expect("had back");
        assert_eq!(shown(), Some((600, 100)));
    });
}

fn brand(accent: &str, dark: &str) -> Brand {
    Brand {
        name: "Cedar desk".into(),
        welcome_en: "Hello from the mill.".into(),
        welcome_fr: "Bonjour du moulin.".into(),
        accent: accent.into(),
        accent_dark: dark.into(),
    }
}

#[test]
fn the_accent_is_kept_when_it_can_be_read_and_refused_pair_by_pair_when_not() {
    on_both(|small| {
        let change = |new: Brand| small.write(&small.admin, move |tx, cx| house::change_brand(tx, cx, &new));
        let Err(Error::Refused(weak)) = change(brand("#ffd400", "")) else {
            panic!("yellow words on white cannot be read");
        };
        assert_eq!(
            (weak[0].field, weak[0].key, weak[0].number),
            ("accent", "refused-contrast-light-text", Some(136))
        );
        assert_eq!(key_of(change(brand("green", ""))), "refused-colour");
        assert_eq!(
            change(brand("", "#9fd8c0")).err(),
            Some(refused("accent", "refused-empty"))
        );
        let half = Brand {
            welcome_fr: String::new(),
            ..brand("", "")
        };
        assert_eq!(
            change(half).err(),
            Some(refused("welcome_fr", "refused-both-languages"))
        );
        assert_eq!(
            small.count("SELECT count(*) FROM audit WHERE action = 'setting'"),
            0,
            "nothing was kept"
        );
        change(brand(" #1D4ED8 ", "")).expect("kept");
        let house = small.db.write_now(House::load).expect("house");
        assert_eq!(house.accent.map(|a| a.light.to_string()).as_deref(), Some("#1d4ed8"));
        assert_eq!(house.welcome.map(|(en, _)| en).as_deref(), Some("Hello from the mill."));
        assert_eq!(house.name, "Cedar desk");
        let lines = || small.count("SELECT count(*) FROM audit WHERE action = 'setting'");
        assert_eq!(lines(), 4, "one for each thing that changed");
        change(brand("#1d4ed8", "")).expect("kept");
        assert_eq!(lines(), 4, "what is the same is not written again");
        change(brand("", "")).expect("the usual colour again");
        assert_eq!(small.db.write_now(House::load).expect("house").accent, None);
    });
}
