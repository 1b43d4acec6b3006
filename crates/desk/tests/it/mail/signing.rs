//! What leaves is signed where its domain has a key that is on, and never leaves unsigned then.

use desk::access::Role;
use desk::clock::SECOND;
use desk::mailboxes::signing::{self, SigningKey};
use desk::mailboxes::{Carrier, Runner};
use desk::*;
use mail::dkim::{Key, Kind};
use mail::vouch::{Arrival, Checker, Proof};
use testmail::name_server::{Answer, NameServer};

use super::desk::{SUPPORT, TestDesk, each};

const DOMAIN: &str = "desk.example";

fn made(d: &TestDesk, admin: PersonId, vault: Vault) -> SigningKey {
    let cx = d.as_person(admin);
    d.write(move |tx| signing::make(tx, &cx, &vault, DOMAIN, &Key::generate(Kind::Rsa).unwrap()));
    key(d, admin).unwrap()
}

fn key(d: &TestDesk, admin: PersonId) -> Option<SigningKey> {
    let cx = d.as_person(admin);
    let all = d.read(move |r| signing::list(r, &cx));
    assert_eq!(all.len(), 1);
    all.into_iter().find(|(domain, _)| domain == DOMAIN).unwrap().1
}

fn switch(d: &TestDesk, admin: PersonId, on: bool) {
    let cx = d.as_person(admin);
    d.write(move |tx| signing::switch(tx, &cx, DOMAIN, on));
}

/// Carries out what waits, into a folder.
fn carried(d: &TestDesk, settled: &'static str) -> Vec<Vec<u8>> {
    let out = tempfile::tempdir().unwrap();
    d.advance(10 * SECOND);
    let runner = Runner::new(d.desk.clone(), Some(Carrier::Folder(out.path().to_path_buf())));
    let (stop, stopped) = tokio::sync::watch::channel(false);
    d.wait(async {
        let running = tokio::spawn(runner.run(stopped));
        super::moving::until(d, settled, 0).await;
        stop.send(true).unwrap();
        running.await.unwrap();
    });
    let files = std::fs::read_dir(out.path()).unwrap();
    files.map(|f| std::fs::read(f.unwrap().path()).unwrap()).collect()
}

const ALL_LEFT: &str = "SELECT count(*) FROM outgoing WHERE state = 'waiting'";

fn is_signed(raw: &[u8]) -> bool {
    raw.starts_with(b"DKIM-Signature: ")
}

#[test]
fn a_letter_is_signed_once_the_key_is_on() {
    each(|d| {
        let admin = d.person("juniper@elsewhere.example", Role::Admin);
        let key = made(d, admin, d.desk.vault().clone());
        assert!(!key.active, "its record must be published first");
        d.writes("owner@requester.example", SUPPORT, "Subject: Printer", "It is broken.");
        let unsigned = carried(d, ALL_LEFT);
        assert!(unsigned.len() == 1 && !is_signed(&unsigned[0]));
        switch(d, admin, true);
        d.writes("second@requester.example", SUPPORT, "Subject: Screen", "It is dark.");
        let signed = carried(d, ALL_LEFT);
        assert!(signed.len() == 1 && is_signed(&signed[0]));
        d.wait(async {
            let record = Answer::Txt(key.record.clone());
            let server = NameServer::start(vec![(&key.name(), record)]).await;
            let checker = Checker::with_nameserver(server.address).unwrap();
            let checked = checker.check(Arrival::default(), &signed[0], &[]).await;
            assert_eq!(checked.dkim, Proof::Pass, "{}", checked.words);
            // The control: one word more.
            let bent = [&signed[0][..], b"x\r\n"].concat();
            assert_eq!(checker.check(Arrival::default(), &bent, &[]).await.dkim, Proof::Fail);
        });
        switch(d, admin, false);
        d.writes("third@requester.example", SUPPORT, "Subject: Mouse", "It is gone.");
        assert!(!is_signed(&carried(d, ALL_LEFT)[0]));
    });
}

#[test]
fn what_cannot_be_signed_waits_and_says_why() {
    each(|d| {
        let admin = d.person("juniper@elsewhere.example", Role::Admin);
        made(d, admin, Vault::with_key(&[9; 32]));
        switch(d, admin, true);
        d.writes("owner@requester.example", SUPPORT, "Subject: Printer", "It is broken.");
        let left = carried(
            d,
            "SELECT count(*) FROM outgoing WHERE words NOT LIKE '%cannot be signed%'",
        );
        assert!(left.is_empty(), "it left unsigned");
        assert_eq!(d.count(ALL_LEFT), 1);
        // A key that is lost is forgotten with the other secrets.
        assert_eq!(d.write(vault::forget), 1);
        assert_eq!(key(d, admin), None);
    });
}

#[test]
fn a_key_is_kept_sealed_and_made_by_administrators_for_our_domains() {
    each(|d| {
        let admin = d.person("juniper@elsewhere.example", Role::Admin);
        let cedar = d.person("cedar@elsewhere.example", Role::Technician);
        let new = Key::generate(Kind::Ed25519).unwrap();
        let make = |who, domain: &'static str| {
            let (cx, vault, key) = (d.as_person(who), d.desk.vault().clone(), new.clone());
            d.desk.write_now(move |tx| signing::make(tx, &cx, &vault, domain, &key))
        };
        assert_eq!(make(cedar, DOMAIN), Err(Error::NotFound));
        assert_eq!(make(admin, "there.example"), Err(Error::NotFound));
        make(admin, DOMAIN).unwrap();
        assert_eq!(make(admin, DOMAIN), Err(Error::Conflict("conflict-signing-key")));
        let sealed: Vec<u8> = d.read(|r| Ok(r.one("SELECT secret FROM dkim_key", &[])?));
        let pem = new.to_pem().unwrap();
        for secret in [&pem.as_bytes()[..12], &pem.as_bytes()[40..60]] {
            assert!(!sealed.windows(secret.len()).any(|w| w == secret), "it can be read");
        }
        let kept = key(d, admin).unwrap();
        assert_eq!((kept.record, kept.active), (new.dns_record(), false));
        let cx = d.as_person(admin);
        d.write(move |tx| signing::remove(tx, &cx, DOMAIN));
        let cx = d.as_person(admin);
        let gone = d.desk.write_now(move |tx| signing::switch(tx, &cx, DOMAIN, true));
        assert_eq!((gone, key(d, admin)), (Err(Error::NotFound), None));
        let told = d.count("SELECT count(*) FROM audit WHERE action LIKE 'signing key %' AND subject = 'desk.example'");
        assert_eq!(told, 2);
    });
}
