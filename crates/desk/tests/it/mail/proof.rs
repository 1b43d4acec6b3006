//! A technician writes from elsewhere, to our own SMTP door: his reply counts as his when the name servers say so.

use desk::access::Role;
use desk::clock::MINUTE;
use desk::jobs::{self, JobKind};
use desk::mailboxes::ledger::Entry;
use desk::mailboxes::{DeskReceiver, LetterState, intake};
use desk::*;
use mail::dkim::{Key, Kind, sign};
use mail::smtp::{Delivery, Envelope, Protocol, Receiver};
use mail::vouch::Checker;
use testmail::name_server::{Answer, NameServer};

use super::desk::{SUPPORT, TestDesk, letter};

pub(super) const TECHNICIAN: &str = "cedar@there.example";
/// May send for there.example.
const THEIRS: [u8; 4] = [192, 0, 2, 10];
pub(super) const FOREIGN: [u8; 4] = [203, 0, 113, 9];

pub(super) fn txt(words: &str) -> Answer {
    Answer::Txt(words.to_owned())
}

/// A desk on every engine, whose name server says of the technician's domain what `dmarc` is.
pub(super) fn each(dmarc: &Answer, body: impl Fn(&TestDesk, &Key, &NameServer)) {
    for stand in testpg::stands() {
        let key = Key::generate(Kind::Ed25519).unwrap();
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let server = runtime.block_on(NameServer::start(vec![
            ("_dmarc.there.example", dmarc.clone()),
            ("there.example", txt("v=spf1 ip4:192.0.2.0/24 ip4:10.0.0.0/8 -all")),
            ("s1._domainkey.there.example", Answer::Txt(key.dns_record())),
        ]));
        let trust = Trust {
            vouch: Some(Checker::with_nameserver(server.address).unwrap()),
            own_servers: vec!["198.51.100.0/24".parse().unwrap()],
            ..Trust::default()
        };
        let d = TestDesk::trusting(stand.db.clone(), stand.engine, SUPPORT, trust);
        body(&d, &key, &server);
    }
}

/// The technician, a ticket, and the address his answer goes to.
pub(super) fn ticket(d: &TestDesk) -> (PersonId, TicketNumber, String) {
    let cedar = d.person(TECHNICIAN, Role::Technician);
    let ticket = d.ticket_by_mail("owner@requester.example");
    let key = d.reply_letter(cedar, ticket).reply_to();
    (cedar, ticket, key)
}

fn answer(to: &str) -> Vec<u8> {
    letter(TECHNICIAN, to, "Subject: Re: Printer", "Turn it off and on.").into_bytes()
}

/// It comes to the door, and stays there unread.
fn brings(d: &TestDesk, peer: [u8; 4], to: &str, raw: &[u8]) -> LetterId {
    let envelope = Envelope {
        from: Some(TECHNICIAN.into()),
        to: vec![to.into()],
        peer: peer.into(),
        helo: "mx.there.example".into(),
        protocol: Protocol::Smtp,
        tls: false,
        authenticated: None,
    };
    let door = DeskReceiver::new(d.desk.clone());
    assert_eq!(d.wait(door.deliver(envelope, raw.to_vec())), Delivery::Kept);
    LetterId(d.count("SELECT max(id) FROM letter"))
}

pub(super) fn comes(d: &TestDesk, peer: [u8; 4], to: &str, raw: &[u8]) -> Entry {
    let id = brings(d, peer, to, raw);
    d.read_kept();
    d.entry(id)
}

fn vouched(d: &TestDesk, id: LetterId) -> String {
    d.read(move |r| Ok(r.one("SELECT vouched FROM letter WHERE id = $1", &db::args![id])?))
}

#[track_caller]
fn held(entry: &Entry) {
    assert_eq!(entry.state, LetterState::Held, "{entry:?}");
    assert!(entry.reason.starts_with("letter-reason-no-proof"), "{entry:?}");
}

#[test]
fn a_technicians_answer_over_smtp_counts_when_his_domain_signed_it() {
    each(&txt("v=DMARC1; p=reject"), |d, key, server| {
        let (cedar, number, to) = ticket(d);
        let asked = || server.asked.load(std::sync::atomic::Ordering::SeqCst);
        assert_eq!(asked(), 0, "nobody is asked about requesters");
        let signed = sign(&answer(&to), key, "s1", "there.example").unwrap();
        let entry = comes(d, FOREIGN, &to, &signed);
        assert_eq!(
            (entry.state, entry.ticket),
            (LetterState::Filed, Some(number)),
            "{entry:?}"
        );
        assert!(vouched(d, entry.id).starts_with("pass: DMARC for there.example"));
        let message = entry.message.unwrap();
        let author: PersonId =
            d.read(move |r| Ok(r.one("SELECT author FROM message WHERE id = $1", &db::args![message])?));
        assert_eq!(author, cedar);
        assert!(asked() > 0);
        let kept: (String, String) =
            d.read(move |r| Ok(r.one("SELECT peer, helo FROM letter WHERE id = $1", &db::args![entry.id])?));
        assert_eq!(kept, ("203.0.113.9".into(), "mx.there.example".into()));
    });
}

#[test]
fn what_his_domain_does_not_vouch_for_is_held() {
    each(&txt("v=DMARC1; p=reject"), |d, key, _| {
        let (_, _, to) = ticket(d);
        let forged = comes(d, FOREIGN, &to, &answer(&to));
        held(&forged);
        assert!(vouched(d, forged.id).starts_with("fail: "));
        let signed = String::from_utf8(sign(&answer(&to), key, "s1", "there.example").unwrap()).unwrap();
        held(&comes(d, FOREIGN, &to, signed.replace("off and on", "out").as_bytes()));
        let other = Key::generate(Kind::Ed25519).unwrap();
        held(&comes(
            d,
            FOREIGN,
            &to,
            &sign(&answer(&to), &other, "s1", "there.example").unwrap(),
        ));
        // Our own servers and those within the house may send for the domain, and hand over what anybody wrote.
        held(&comes(d, [10, 1, 2, 3], &to, &answer(&to)));
        held(&comes(d, [198, 51, 100, 4], &to, &answer(&to)));
        // The control: the server of his domain itself.
        assert_eq!(comes(d, THEIRS, &to, &answer(&to)).state, LetterState::Filed);
    });
}

#[test]
fn without_an_answer_it_is_asked_again_and_then_held() {
    each(&Answer::Broken, |d, key, _| {
        let (_, _, to) = ticket(d);
        let signed = sign(&answer(&to), key, "s1", "there.example").unwrap();
        let id = brings(d, FOREIGN, &to, &signed);
        for attempt in 1..=3 {
            d.read_kept();
            assert_eq!(d.entry(id).state, LetterState::Kept, "attempt {attempt}");
            d.advance(10 * MINUTE);
        }
        d.read_kept();
        held(&d.entry(id));
        assert!(vouched(d, id).starts_with("later: "));
        assert_eq!(d.count("SELECT count(*) FROM job WHERE kind = 'read_letter'"), 0);
    });
}

#[test]
fn without_name_servers_nothing_over_smtp_is_proof() {
    super::desk::each(|d| {
        let (_, _, to) = ticket(d);
        let key = Key::generate(Kind::Ed25519).unwrap();
        let signed = sign(&answer(&to), &key, "s1", "there.example").unwrap();
        let id = brings(d, FOREIGN, &to, &signed);
        let now = d.desk.now();
        let job = d.write(move |tx| jobs::claim(tx, JobKind::ReadLetter, now, 1)).pop();
        d.wait(intake::read(&d.desk, id, job)).unwrap();
        held(&d.entry(id));
        assert_eq!(vouched(d, id), "");
    });
}
