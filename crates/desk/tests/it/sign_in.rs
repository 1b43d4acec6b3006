//! Coming in and being kept out: passwords, waits, sessions, tokens, links, the first administrator.

use desk::access::{Scopes, Via};
use desk::clock::{DAY, HOUR, SECOND};
use desk::people;
use desk::sign_in::{self, Asking, LinkPurpose, PasswordHash, Secret};
use desk::{Error, PersonId, Result, Time};

use crate::common::{NOW, Small, key_of, on_both, refused};

pub(crate) const PASSWORD: &str = "seven wet larches";
pub(crate) const HERE: &str = "203.0.113.7";
pub(crate) const ELSEWHERE: &str = "198.51.100.9";

pub(crate) fn hashed(password: &str) -> PasswordHash {
    sign_in::hash(password).expect("hashes")
}

pub(crate) fn with_password(small: &Small, person: PersonId) {
    let hash = hashed(PASSWORD);
    small
        .write(&small.admin, move |tx, cx| sign_in::set_password(tx, cx, person, &hash))
        .expect("set");
}

/// The three steps as a page takes them.
pub(crate) fn sign_in(small: &Small, address: &str, password: &str, place: &'static str, now: Time) -> Result<Secret> {
    let address = address.to_string();
    let account = small.db.write_now(move |tx| sign_in::begin(tx, &address, place, now))?;
    let matched = account.matches(password);
    small
        .db
        .write_now(move |tx| sign_in::finish(tx, &account, matched, now, "a browser"))
}

/// A try that costs no hashing: only the counting is looked at.
fn wrong_try(small: &Small, address: &str, place: &'static str, now: Time) -> Result<Secret> {
    let address = address.to_string();
    let account = small.db.write_now(move |tx| sign_in::begin(tx, &address, place, now))?;
    small
        .db
        .write_now(move |tx| sign_in::finish(tx, &account, false, now, ""))
}

pub(crate) fn wrong() -> Error {
    refused("password", "refused-sign-in")
}

#[test]
fn the_right_password_opens_and_everything_else_is_refused_alike() {
    on_both(|small| {
        with_password(small, small.technician.viewer.person);
        let secret = sign_in(small, " Technician@desk.example", PASSWORD, HERE, NOW).expect("signed in");
        assert!(small.opens(&secret));
        assert_eq!(
            sign_in(small, "technician@desk.example", "seven wet larch", HERE, NOW),
            Err(wrong())
        );
        assert_eq!(sign_in(small, "nobody@desk.example", PASSWORD, HERE, NOW), Err(wrong()));
        assert_eq!(
            sign_in(small, "requester@cedar.example", PASSWORD, HERE, NOW),
            Err(wrong()),
            "he has none"
        );
        let again = sign_in(small, "technician@desk.example", PASSWORD, HERE, NOW).expect("signed in");
        assert_ne!(again, secret, "each sign-in has a secret of its own");
        let text = secret.to_string();
        let kept = small.db.read_now(move |r| -> Result<i64> {
            Ok(r.one(
                "SELECT count(*) FROM session WHERE hash = $1 OR place = $1 OR browser = $1",
                &db::args![text],
            )?)
        });
        assert_eq!(kept, Ok(0), "the secret itself is kept nowhere");
    });
}

#[test]
fn an_address_another_added_does_not_open_until_it_is_confirmed() {
    on_both(|small| {
        let me = small.requester.viewer.person;
        with_password(small, me);
        let addresses = Some(vec!["requester@cedar.example".into(), "added@elsewhere.example".into()]);
        let change = people::EditPerson {
            addresses,
            ..people::EditPerson::default()
        };
        small
            .write(&small.technician, move |tx, cx| people::edit(tx, cx, me, &change))
            .expect("added");
        assert_eq!(
            sign_in(small, "added@elsewhere.example", PASSWORD, HERE, NOW),
            Err(wrong())
        );
        small.exec("UPDATE address SET confirmed = TRUE WHERE address = 'added@elsewhere.example'");
        sign_in(small, "added@elsewhere.example", PASSWORD, HERE, NOW).expect("confirmed now");
    });
}

/// What a series of wrong tries is answered: the seconds to wait, or none.
fn waits(small: &Small, address: &str, place: &'static str, tries: usize, now: Time) -> Vec<Option<i64>> {
    let one = |_| match wrong_try(small, address, place, now) {
        Err(Error::TooOften { seconds }) => Some(seconds),
        Err(e) if e == wrong() => None,
        other => panic!("neither refused nor too often: {other:?}"),
    };
    (0..tries).map(one).collect()
}

#[test]
fn five_tries_are_free_and_an_unknown_address_waits_alike() {
    on_both(|small| {
        with_password(small, small.technician.viewer.person);
        let known = waits(small, "technician@desk.example", HERE, 7, NOW);
        assert_eq!(known, [None, None, None, None, None, Some(15), Some(15)]);
        assert_eq!(waits(small, "nobody@desk.example", HERE, 7, NOW), known);
        // The right password does not help before the wait is over; then one more wrong try doubles it.
        let early = sign_in(small, "technician@desk.example", PASSWORD, HERE, NOW.plus(14 * SECOND));
        assert_eq!(early, Err(Error::TooOften { seconds: 1 }));
        let then = NOW.plus(15 * SECOND);
        assert_eq!(waits(small, "technician@desk.example", HERE, 2, then), [None, Some(30)]);
        // Its neighbour's address is the same network; elsewhere nobody is locked out.
        assert_eq!(
            waits(small, "technician@desk.example", "203.0.113.200", 1, then),
            [Some(30)]
        );
        sign_in(small, "technician@desk.example", PASSWORD, ELSEWHERE, then).expect("the right one from elsewhere");
        // And after the wait, the right password clears the count.
        let later = then.plus(30 * SECOND);
        sign_in(small, "technician@desk.example", PASSWORD, HERE, later).expect("signed in");
        assert_eq!(waits(small, "technician@desk.example", HERE, 5, later), [None; 5]);
    });
}

#[test]
fn tries_that_are_all_begun_at_once_are_all_counted() {
    on_both(|small| {
        let begin = || {
            small
                .db
                .write_now(|tx| sign_in::begin(tx, "technician@desk.example", HERE, NOW))
        };
        let begun = (0..40).map(|_| begin()).filter(Result::is_ok).count();
        assert_eq!(begun, 5, "none of them has been answered yet");
    });
}

#[test]
fn a_network_that_tries_many_addresses_waits_too() {
    on_both(|small| {
        let tries: Vec<_> = (0..51)
            .map(|n| waits(small, &format!("nobody{n}@desk.example"), HERE, 1, NOW)[0])
            .collect();
        assert_eq!(tries.iter().filter(|t| t.is_none()).count(), 50);
        assert_eq!(tries[50], Some(15));
        assert_eq!(waits(small, "nobody@desk.example", ELSEWHERE, 1, NOW), [None]);
    });
}

#[test]
fn letters_asked_for_are_counted_for_known_and_unknown_alike() {
    on_both(|small| {
        let ask = |address: &'static str| {
            small
                .db
                .write_now(move |tx| sign_in::count_asking(tx, Asking::Reset, address, HERE, NOW))
        };
        for address in ["technician@desk.example", "nobody@desk.example"] {
            let answers: Vec<_> = (0..6).map(|_| ask(address)).collect();
            assert!(answers[..5].iter().all(Result::is_ok), "{answers:?}");
            assert_eq!(answers[5], Err(Error::TooOften { seconds: 15 }));
        }
        assert_eq!(
            waits(small, "technician@desk.example", HERE, 1, NOW),
            [None],
            "passwords are counted apart"
        );
    });
}

#[test]
fn a_session_ends_idle_or_old() {
    on_both(|small| {
        let me = small.technician.viewer.person;
        let secret = small.session(me);
        assert!(small.opens_at(&secret, NOW.plus(12 * HOUR - 1)));
        assert!(!small.opens_at(&secret, NOW.plus(12 * HOUR)));
        let mut at = NOW;
        while at.since(NOW) < 30 * DAY {
            assert!(small.opens_at(&secret, at), "{}", at.rfc3339());
            let (text, then) = (secret.to_string(), at);
            let present = small
                .db
                .read_now(move |r| sign_in::viewer_of_session(r, &text, then))
                .expect("read")
                .expect("in");
            assert_eq!(present.needs_touch(at), at != NOW);
            let key = present.key();
            small
                .db
                .write_now(move |tx| sign_in::touch(tx, &key, then))
                .expect("touched");
            at = at.plus(11 * HOUR);
        }
        assert!(!small.opens_at(&secret, at), "thirty days are the end, however busy");
        let gone = small.db.write_now(move |tx| sign_in::sweep(tx, at)).expect("swept");
        assert_eq!((gone, small.count("SELECT count(*) FROM session")), (1, 0));
    });
}

#[test]
fn sessions_are_listed_and_ended_by_their_owner_or_an_administrator() {
    on_both(|small| {
        let me = small.technician.viewer.person;
        let (one, two) = (small.session(me), small.session(me));
        let text = one.to_string();
        let present = small
            .db
            .read_now(move |r| sign_in::viewer_of_session(r, &text, NOW))
            .expect("read")
            .expect("in");
        let listed = small
            .read(&small.technician, move |r, cx| sign_in::list_sessions(r, cx, me))
            .expect("listed");
        assert_eq!(listed.len(), 2);
        let (number, theirs) = (present.session, small.requester.clone());
        let not = small.write(&theirs, move |tx, cx| sign_in::end_session(tx, cx, me, number));
        assert_eq!(not, Err(Error::NotFound));
        let not = small.read(&theirs, move |r, cx| sign_in::list_sessions(r, cx, me));
        assert_eq!(not.map(|l| l.len()), Err(Error::NotFound));
        small
            .write(&small.technician, move |tx, cx| {
                sign_in::end_session(tx, cx, me, number)
            })
            .expect("ended");
        assert_eq!((small.opens(&one), small.opens(&two)), (false, true));
        let text = two.to_string();
        small
            .db
            .write_now(move |tx| sign_in::end_this_session(tx, &text))
            .expect("signed out");
        assert!(!small.opens(&two));
    });
}

#[test]
fn a_new_password_ends_everything_that_stood_for_the_person() {
    on_both(|small| {
        let me = small.technician.viewer.person;
        with_password(small, me);
        let (session, control) = (small.session(me), small.session(small.requester.viewer.person));
        let token = small
            .write(&small.technician, move |tx, cx| {
                sign_in::add_token(tx, cx, me, "export", Scopes::parse("read").expect("a scope"))
            })
            .expect("a token");
        let link = small
            .db
            .write_now(move |tx| sign_in::make_link(tx, LinkPurpose::Reset, Some(me), None, NOW))
            .expect("link");
        let account = small
            .write(&small.technician, |tx, cx| sign_in::own_account(tx, cx, HERE))
            .expect("read");
        let (new, again) = (hashed("eight dry cedars!"), account.clone());
        let refused = small.write(&small.technician, move |tx, cx| {
            sign_in::change_password(tx, cx, &again, false, &hashed("eight dry cedars!"), "")
        });
        assert_eq!(key_of(refused), "refused-old-password");
        assert!(small.opens(&session));
        assert!(account.matches(PASSWORD));
        let fresh = small
            .write(&small.technician, move |tx, cx| {
                sign_in::change_password(tx, cx, &account, true, &new, "")
            })
            .expect("changed");
        assert!(!small.opens(&session));
        assert!(small.opens(&fresh) && small.opens(&control));
        assert!(small.token_viewer(&token).is_none());
        let hash = hashed(PASSWORD);
        let used = small.write(&small.desk, move |tx, cx| sign_in::reset_password(tx, cx, &link, &hash));
        assert_eq!(used, Err(Error::NotFound));
        assert_eq!(
            sign_in(small, "technician@desk.example", PASSWORD, HERE, NOW),
            Err(wrong())
        );
        sign_in(small, "technician@desk.example", "eight dry cedars!", HERE, NOW).expect("the new one");
    });
}

#[test]
fn only_an_administrator_sets_anothers_password() {
    on_both(|small| {
        let (other, hash) = (small.requester.viewer.person, hashed(PASSWORD));
        let again = hash.clone();
        let not = small.write(&small.technician, move |tx, cx| {
            sign_in::set_password(tx, cx, other, &again)
        });
        assert_eq!(not, Err(Error::NotFound));
        small
            .write(&small.admin, move |tx, cx| sign_in::set_password(tx, cx, other, &hash))
            .expect("set");
        assert_eq!(
            small.count("SELECT count(*) FROM audit WHERE action = 'password-set'"),
            1
        );
    });
}

#[test]
fn a_token_reads_within_its_scopes_and_its_owners_role() {
    on_both(|small| {
        let (me, all) = (small.technician.viewer.person, Scopes::ALL);
        let above = small.write(&small.technician, move |tx, cx| {
            sign_in::add_token(tx, cx, me, "t", all)
        });
        assert_eq!(key_of(above), "refused-scope");
        let admin = small.admin.viewer.person;
        let anothers = small.write(&small.technician, move |tx, cx| {
            sign_in::add_token(tx, cx, admin, "t", all)
        });
        assert_eq!(anothers, Err(Error::NotFound));
        let token = small
            .write(&small.admin, move |tx, cx| sign_in::add_token(tx, cx, admin, "t", all))
            .expect("his own");
        assert!(token.starts_with("fl_"));
        let viewer = small.token_viewer(&token).expect("opens");
        assert_eq!(viewer.via, Via::Token(Scopes::ALL));
        // Made less than he was, his token is less too.
        small.exec(&format!("UPDATE person SET role = 'technician' WHERE id = {admin}"));
        let viewer = small.token_viewer(&token).expect("still opens");
        assert_eq!(
            viewer.via,
            Via::Token(Scopes {
                admin: false,
                ..Scopes::ALL
            })
        );
        small.exec(&format!("UPDATE person SET role = 'admin' WHERE id = {admin}"));
        assert!(small.token_viewer("fl_nonsense").is_none());
        let id = small
            .read(&small.admin, move |r, cx| sign_in::list_tokens(r, cx, admin))
            .expect("listed")[0]
            .id;
        let not = small.write(&small.technician, move |tx, cx| sign_in::revoke_token(tx, cx, id));
        assert_eq!(not, Err(Error::NotFound));
        small
            .write(&small.admin, move |tx, cx| sign_in::revoke_token(tx, cx, id))
            .expect("revoked");
        assert!(small.token_viewer(&token).is_none());
    });
}
