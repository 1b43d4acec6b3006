//! Links that stand for a person for a while, the first administrator, and passwords nobody should choose.

use desk::access::{Role, Via};
use desk::clock::{DAY, MINUTE};
use desk::people;
use desk::sign_in::{self, LinkPurpose, Secret, SetUp};
use desk::tickets::{self, Channel, NewTicket};
use desk::words::Lang;
use desk::{Error, PersonId};

use crate::common::{NOW, key_of, on_both, refused};
use crate::sign_in::{HERE, PASSWORD, hashed, sign_in as signed_in};

#[test]
fn a_mailed_link_works_once_for_its_purpose_and_in_time() {
    on_both(|small| {
        let me = small.requester.viewer.person;
        let link = |purpose| {
            small
                .db
                .write_now(move |tx| sign_in::make_link(tx, purpose, Some(me), None, NOW))
                .expect("made")
                .to_string()
        };
        let follow = |secret: &str, after: i64| {
            let (secret, mut cx) = (secret.to_string(), small.desk.clone());
            cx.now = NOW.plus(after);
            small.write(&cx, move |tx, cx| {
                sign_in::sign_in_by_link(tx, cx, &secret, HERE, "a browser")
            })
        };
        let good = link(LinkPurpose::SignIn);
        let text = good.clone();
        small
            .db
            .read_now(move |r| sign_in::open_link(r, LinkPurpose::SignIn, &text, NOW))
            .expect("looking uses nothing up");
        assert!(small.opens_at(&follow(&good, 29 * MINUTE).expect("in time"), NOW.plus(29 * MINUTE)));
        assert_eq!(follow(&good, 29 * MINUTE), Err(Error::NotFound), "once");
        assert_eq!(
            follow(&link(LinkPurpose::SignIn), 30 * MINUTE),
            Err(Error::NotFound),
            "too late"
        );
        assert_eq!(
            follow(&link(LinkPurpose::Reset), 0),
            Err(Error::NotFound),
            "another purpose"
        );
        assert_eq!(follow("", 0), Err(Error::NotFound));
        let late = link(LinkPurpose::SignIn);
        small
            .write(&small.technician, move |tx, cx| people::suspend(tx, cx, me))
            .expect("suspended");
        assert_eq!(follow(&late, 0), Err(Error::NotFound), "suspended");
    });
}

#[test]
fn a_reset_link_sets_a_password_and_ends_the_sessions() {
    on_both(|small| {
        let me = small.requester.viewer.person;
        let session = small.session(me);
        let link = small
            .db
            .write_now(move |tx| sign_in::make_link(tx, LinkPurpose::Reset, Some(me), None, NOW))
            .expect("made");
        let (again, hash) = (link.clone(), hashed(PASSWORD));
        let whose = small.write(&small.desk, move |tx, cx| sign_in::reset_password(tx, cx, &link, &hash));
        assert_eq!(whose, Ok(me));
        assert!(!small.opens(&session));
        signed_in(small, "requester@cedar.example", PASSWORD, HERE, NOW).expect("signs in");
        let hash = hashed(PASSWORD);
        let replay = small.write(&small.desk, move |tx, cx| {
            sign_in::reset_password(tx, cx, &again, &hash)
        });
        assert_eq!(replay, Err(Error::NotFound));
    });
}

#[test]
fn the_link_to_a_request_opens_it_and_nothing_else() {
    on_both(|small| {
        let me = small.requester.viewer.person;
        let new = NewTicket::new(me, Channel::Portal, "Printer", "It hums.");
        let number = small
            .write(&small.desk, move |tx, cx| tickets::open(tx, cx, &new))
            .expect("opened")
            .number;
        let make = || {
            small
                .db
                .write_now(move |tx| sign_in::make_link(tx, LinkPurpose::Ticket, Some(me), Some(number), NOW))
                .expect("made")
        };
        let viewer = |secret: &Secret, after: i64| {
            let text = secret.to_string();
            small
                .db
                .read_now(move |r| sign_in::viewer_of_ticket_link(r, &text, NOW.plus(after)))
                .expect("read")
        };
        let link = make();
        for _ in 0..2 {
            let (who, which) = viewer(&link, 89 * DAY).expect("reusable");
            assert_eq!((who.person, who.via, which), (me, Via::TicketLink(number), number));
        }
        assert!(viewer(&link, 90 * DAY).is_none());
        let text = link.to_string();
        let as_sign_in = small.write(&small.desk, move |tx, cx| {
            sign_in::sign_in_by_link(tx, cx, &text, HERE, "")
        });
        assert_eq!(as_sign_in, Err(Error::NotFound));
        let other = small.technician.viewer.person;
        let set = |to: PersonId| small.exec(&format!("UPDATE ticket SET requester = {to} WHERE number = {number}"));
        set(other);
        assert!(viewer(&link, 0).is_none(), "it is another's request now");
        set(me);
        small
            .write(&small.technician, move |tx, cx| {
                sign_in::revoke_ticket_links(tx, cx, number)
            })
            .expect("revoked");
        assert!(viewer(&link, 0).is_none());
        assert!(viewer(&make(), 0).is_some(), "a new one opens");
    });
}

fn first_admin() -> SetUp {
    SetUp {
        name: "Workshop".into(),
        address: "workshop@desk.example".into(),
        language: Lang::Fr,
        password: hashed(PASSWORD),
        desk_name: Some("Cedar desk".into()),
        zone: Some("America/Halifax".into()),
        public_url: Some("https://desk.example/".into()),
    }
}

#[test]
fn the_first_administrator_comes_once_through_the_newest_link() {
    crate::common::on_both_empty(|small| {
        let link = || {
            small
                .db
                .write_now(|tx| sign_in::make_setup_link(tx, NOW))
                .expect("made")
                .to_string()
        };
        let come = |secret: &str, new: SetUp| {
            let secret = secret.to_string();
            small.write(&small.desk, move |tx, cx| sign_in::set_up(tx, cx, &secret, &new))
        };
        let (old, newest) = (link(), link());
        assert_eq!(
            come(&old, first_admin()),
            Err(Error::NotFound),
            "a newer one was printed"
        );
        let odd = come(
            &newest,
            SetUp {
                zone: Some("Mars/Base".into()),
                ..first_admin()
            },
        );
        assert_eq!(key_of(odd), "refused-zone");
        let id = come(&newest, first_admin()).expect("a mistake does not use the link up");
        let viewer = small
            .db
            .read_now(move |r| sign_in::load_viewer(r, id, Via::Session))
            .expect("loads");
        assert_eq!((viewer.role, viewer.language), (Role::Admin, Lang::Fr));
        let house = small.db.write_now(desk::house::House::load).expect("house");
        assert_eq!(
            (house.name.as_str(), house.public_url.as_deref()),
            ("Cedar desk", Some("https://desk.example"))
        );
        assert!(house.set_up);
        signed_in(small, "workshop@desk.example", PASSWORD, HERE, NOW).expect("signs in");
        let second = SetUp {
            address: "second@desk.example".into(),
            ..first_admin()
        };
        assert_eq!(come(&newest, second.clone()), Err(Error::NotFound), "used");
        assert_eq!(come(&link(), second), Err(Error::NotFound), "there is one");
        assert_eq!(small.count("SELECT count(*) FROM person"), 1);
    });
}

#[test]
fn a_password_everybody_tries_is_refused_in_words() {
    assert_eq!(
        sign_in::check_password("larch larch"),
        Err(refused("password", "refused-password-short"))
    );
    assert_eq!(
        sign_in::check_password(&"a b".repeat(43)),
        Err(refused("password", "refused-password-long"))
    );
    assert_eq!(
        sign_in::check_password("Motdepasse2026"),
        Err(refused("password", "refused-password-common"))
    );
    let about = ["Payroll office", "payroll@cedar.example"];
    assert_eq!(
        sign_in::check_password_for("payroll-2026!", &about),
        Err(refused("password", "refused-password-yours"))
    );
    assert_eq!(sign_in::check_password_for(PASSWORD, &about), Ok(()));
    assert_eq!(
        sign_in::check_password("🌲🌲🌳🌲 un cèdre"),
        Ok(()),
        "characters, not octets"
    );
}
